//! What the heading of a column says that stands below it.

use crate::words::plain;
use onus_model::ProviderLayout;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// The framework's id.
    Framework,
    /// The control.
    Control,
    /// The statement.
    Statement,
    /// How much is inherited.
    Inherited,
    /// Whose it is in the provider's own system, in this program's words.
    Class,
    /// What the provider does.
    Provides,
    /// What the customer does.
    Leaves,
    /// What the one who wrote the matrix does.
    Own,
    /// What both do.
    Both,
    /// Whose it is, in a word.
    Origination,
    /// A mark.
    Mark(Mark),
}

/// Columns in which a cross says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mark {
    /// The provider's organization.
    Corporate,
    /// The provider's system.
    System,
    /// Both.
    Hybrid,
    /// The customer sets it.
    Configured,
    /// The customer does it.
    Provided,
    /// Provider and customer.
    Shared,
    /// Inherited by the provider itself.
    Preexisting,
    /// In place.
    Implemented,
    /// In place in part.
    PartlyImplemented,
    /// To come.
    Planned,
    /// In place in another way.
    Alternative,
    /// Not for the provider.
    NotApplicable,
}

impl Role {
    /// What stands in such a column, in a phrase.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Framework => "the framework",
            Self::Control => "the control",
            Self::Statement => "the statement",
            Self::Inherited => "what is inherited",
            Self::Class | Self::Origination => "whose it is",
            Self::Provides => "what the provider does",
            Self::Leaves | Self::Own => "what the customer does",
            Self::Both => "what both do",
            Self::Mark(_) => "the same mark",
        }
    }

    /// Whether several columns may have it: texts are read one after another.
    pub(crate) const fn is_text(self) -> bool {
        matches!(self, Self::Provides | Self::Leaves | Self::Own | Self::Both)
    }

    /// Whether it says how much is inherited.
    pub(crate) const fn is_answer(self) -> bool {
        match self {
            Self::Inherited | Self::Class | Self::Origination => true,
            Self::Mark(mark) => !mark.is_status(),
            _ => false,
        }
    }
}

impl Mark {
    /// Whether it says how far the provider is, not whose it is.
    pub(crate) const fn is_status(self) -> bool {
        matches!(
            self,
            Self::Implemented
                | Self::PartlyImplemented
                | Self::Planned
                | Self::Alternative
                | Self::NotApplicable
        )
    }
}

/// How sure the columns are in which this program publishes what customers inherit.
pub(crate) const PUBLISHED: u8 = 10;

/// The role of a heading, and how surely: where several stand for the same, the surest is meant.
pub(crate) fn role(heading: &str, layout: &ProviderLayout) -> Option<(Role, u8)> {
    if heading.len() > crate::limits::MAX_HEADING {
        return None;
    }
    let words = plain(heading);
    if words.is_empty() {
        return None;
    }
    named(&words, layout).map(|role| (role, u8::MAX)).or_else(|| usual(&words))
}

/// As the user says.
fn named(words: &str, layout: &ProviderLayout) -> Option<Role> {
    let columns = [
        (&layout.control, Role::Control),
        (&layout.statement, Role::Statement),
        (&layout.inherited, Role::Inherited),
        (&layout.provides, Role::Provides),
        (&layout.leaves, Role::Leaves),
    ];
    columns
        .into_iter()
        .find(|(heading, _)| heading.as_deref().is_some_and(|own| plain(own) == words))
        .map(|(_, role)| role)
}

fn usual(words: &str) -> Option<(Role, u8)> {
    let exact = match words {
        "control id" | "control identifier" | "control number" | "control no" | "nist control id" => {
            (Role::Control, 9)
        }
        "security control id" | "control reference" | "security control" | "nist control" => {
            (Role::Control, 8)
        }
        "control" | "controls" | "control id and name" | "control number and name" | "requirement id" => {
            (Role::Control, 5)
        }
        "framework" => (Role::Framework, 9),
        "statement" | "statement id" | "control part" | "part" | "control statement id" => {
            (Role::Statement, 9)
        }
        "class" => (Role::Class, 9),
        "customers inherit" => (Role::Inherited, PUBLISHED),
        "left to customers" => (Role::Leaves, PUBLISHED),
        "aws part" | "provider part" => (Role::Provides, 9),
        "customer part" | "what remains your responsibility" => (Role::Own, 9),
        "what is inherited and from whom" => (Role::Provides, 9),
        "implemented" => (Role::Mark(Mark::Implemented), 9),
        "partially implemented" => (Role::Mark(Mark::PartlyImplemented), 9),
        "planned" => (Role::Mark(Mark::Planned), 9),
        "alternative implementation" | "alternate implementation" => (Role::Mark(Mark::Alternative), 9),
        "n a" | "not applicable" => (Role::Mark(Mark::NotApplicable), 9),
        "control origination" | "origination" | "responsibility" | "responsible party" => {
            (Role::Origination, 5)
        }
        _ => return origin(words).or_else(|| phrase(words)),
    };
    Some(exact)
}

/// The columns of control origination, whatever stands behind them in brackets.
fn origin(words: &str) -> Option<(Role, u8)> {
    let starts = |part: &str| words.starts_with(part);
    let mark = match () {
        () if starts("service provider corporate") => Mark::Corporate,
        () if starts("service provider system specific") => Mark::System,
        () if starts("service provider hybrid") => Mark::Hybrid,
        () if starts("configured by customer") => Mark::Configured,
        () if starts("provided by customer") => Mark::Provided,
        () if starts("shared service provider") || words == "shared" => Mark::Shared,
        () if starts("inherited from") && words.contains("authorization") => Mark::Preexisting,
        () => return None,
    };
    Some((Role::Mark(mark), 9))
}

/// Headings that say it in a sentence.
fn phrase(words: &str) -> Option<(Role, u8)> {
    let has = |part: &str| words.contains(part);
    let customer = has("customer") || has("agency") || has("tenant");
    let duty = has("responsib");
    Some(match () {
        () if has("inherit") && duty => (Role::Both, 9),
        () if duty && customer && (has("provider") || has("csp")) => (Role::Both, 8),
        () if duty && customer => (Role::Leaves, 9),
        () if duty && (has("provider") || has("csp")) => (Role::Provides, 9),
        () if has("inherit") && (has("description") || has("specific") || has("detail")) => {
            (Role::Provides, 8)
        }
        () if has("can be inherited") || has("inherited from") => (Role::Inherited, 9),
        () if has("inheritable") || words == "inherited" || words == "inheritance" => (Role::Inherited, 8),
        () if has("inherit") && (has("yes") || has("status") || has("type") || has("level")) => {
            (Role::Inherited, 7)
        }
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_headings_are_known() {
        for (heading, expected) in [
            ("Control ID", Some(Role::Control)),
            ("Can Be Inherited from CSP", Some(Role::Inherited)),
            ("Specific Inheritance and Customer Agency/CSP Responsibilities", Some(Role::Both)),
            ("Customer Responsibilities", Some(Role::Leaves)),
            ("CSP Responsibility", Some(Role::Provides)),
            ("Shared\n(Service Provider and Customer Responsibility)", Some(Role::Mark(Mark::Shared))),
            ("Provided by Customer (Customer System Specific)", Some(Role::Mark(Mark::Provided))),
            ("Inherited from pre-existing FedRAMP Authorization", Some(Role::Mark(Mark::Preexisting))),
            ("N/A", Some(Role::Mark(Mark::NotApplicable))),
            ("customers_inherit", Some(Role::Inherited)),
            ("customer_part", Some(Role::Own)),
            ("What remains your responsibility", Some(Role::Own)),
            ("What is inherited, and from whom", Some(Role::Provides)),
            ("Control Name", None),
            ("Implementation Status", None),
            ("", None),
        ] {
            assert_eq!(
                role(heading, &ProviderLayout::default()).map(|(role, _)| role),
                expected,
                "{heading}"
            );
        }
    }
}
