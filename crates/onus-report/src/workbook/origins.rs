//! The columns of control origination, in the words of each convention, and which of them a share marks.

use super::model::{DONE, FROM_AWS, OWN, Palette, SHARED};
use onus_model::{Class, Convention, Seen, ServiceProvider, Share};

/// A column of control origination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The convention that has it.
    pub(crate) convention: Convention,
    /// Its name there.
    pub(crate) heading: &'static str,
    what: What,
}

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// The control is of this class.
    Class(Class),
    /// The system's own provider has a part, of this kind.
    Provider(ServiceProvider),
    /// Some of it is inherited.
    Inherited,
    /// The system's own customers have a part, of which an assessment of the system knows nothing.
    OwnCustomers,
}

const fn origin(convention: Convention, heading: &'static str, what: What) -> Origin {
    Origin { convention, heading, what }
}

const AWS: [Origin; 4] = [
    origin(Convention::Aws, "Inherited", What::Class(Class::Inherited)),
    origin(Convention::Aws, "Shared", What::Class(Class::Shared)),
    origin(Convention::Aws, "Customer specific", What::Class(Class::Customer)),
    origin(Convention::Aws, "None: not applicable", What::Class(Class::NotApplicable)),
];
const CAIQ: [Origin; 4] = [
    origin(Convention::Caiq, "CSP-owned", What::Class(Class::Inherited)),
    origin(Convention::Caiq, "Shared CSP and CSC", What::Class(Class::Shared)),
    origin(Convention::Caiq, "CSC-owned", What::Class(Class::Customer)),
    origin(Convention::Caiq, "NA", What::Class(Class::NotApplicable)),
];
const FEDRAMP: [Origin; 7] = [
    origin(Convention::Fedramp, "Service Provider Corporate", What::Provider(ServiceProvider::Corporate)),
    origin(Convention::Fedramp, "Service Provider System Specific", What::Provider(ServiceProvider::System)),
    origin(
        Convention::Fedramp,
        "Service Provider Hybrid (Corporate and System Specific)",
        What::Provider(ServiceProvider::Hybrid),
    ),
    origin(Convention::Fedramp, "Configured by Customer (Customer System Specific)", What::OwnCustomers),
    origin(Convention::Fedramp, "Provided by Customer (Customer System Specific)", What::OwnCustomers),
    origin(Convention::Fedramp, "Shared (Service Provider and Customer Responsibility)", What::OwnCustomers),
    origin(Convention::Fedramp, "Inherited from pre-existing FedRAMP Authorization", What::Inherited),
];

/// The columns of a convention.
pub(crate) const fn origins(convention: Convention) -> &'static [Origin] {
    match convention {
        Convention::Aws => &AWS,
        Convention::Caiq => &CAIQ,
        Convention::Fedramp => &FEDRAMP,
    }
}

impl Origin {
    /// The colours of its marks.
    pub(crate) const fn palette(self) -> Palette {
        match self.what {
            What::Inherited | What::Class(Class::Inherited) => FROM_AWS,
            What::Class(Class::Shared) => SHARED,
            What::Class(Class::Customer) | What::Provider(_) | What::OwnCustomers => OWN,
            What::Class(Class::NotApplicable) => DONE,
        }
    }

    /// The mark of a control with this share: `X` where it is so, `?` where the configuration leaves it open.
    pub(crate) fn mark(self, share: Share, policy: bool) -> &'static str {
        let class = self.convention.class(share, policy);
        match self.what {
            What::Class(own) if own != class => "",
            What::Class(_) if share.is_open(self.convention) => "?",
            What::Class(_) => "X",
            What::OwnCustomers => "",
            What::Provider(own) => {
                let has =
                    matches!(class, Class::Customer | Class::Shared) && ServiceProvider::of(share) == own;
                // A policy that is not inherited whatever the layers say has nothing that could be open.
                let certain = if policy { Seen::Certain } else { share.system.max(share.organization) };
                if has { mark(certain) } else { "" }
            }
            What::Inherited => match class {
                Class::Inherited | Class::Shared => mark(share.covered.max(share.provided)),
                Class::Customer | Class::NotApplicable => "",
            },
        }
    }
}

const fn mark(seen: Seen) -> &'static str {
    match seen {
        Seen::No => "",
        Seen::Possible => "?",
        Seen::Certain => "X",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::{Party, Relation};

    /// The headings that a share marks, those left open with a question mark.
    fn marked(convention: Convention, share: Share, policy: bool) -> Vec<String> {
        let all = origins(convention).iter().map(|origin| (origin.heading, origin.mark(share, policy)));
        all.filter(|(_, mark)| !mark.is_empty())
            .map(|(heading, mark)| if mark == "X" { heading.to_owned() } else { format!("{heading}?") })
            .collect()
    }

    #[test]
    fn all_that_apply_are_marked() {
        use Convention::{Aws, Caiq, Fedramp};
        let inherited = "Inherited from pre-existing FedRAMP Authorization";
        let covered = Share::at(Party::Aws, Some(Relation::Covers));
        assert_eq!(marked(Fedramp, covered, false), [inherited]);
        assert_eq!(marked(Aws, covered, false), ["Inherited"]);
        assert_eq!(marked(Caiq, covered, false), ["CSP-owned"]);
        let both = Share::at(Party::Both, Some(Relation::Covers));
        assert_eq!(marked(Fedramp, both, false), ["Service Provider System Specific", inherited]);
        assert_eq!(marked(Aws, both, false), ["Shared"]);
        let hybrid = both.union(Share::of_organization(None));
        assert_eq!(
            marked(Fedramp, hybrid, false),
            ["Service Provider Hybrid (Corporate and System Specific)", inherited]
        );
        assert_eq!(marked(Fedramp, Share::default(), false), [""; 0]);
        assert_eq!(marked(Caiq, Share::default(), false), ["NA"]);
    }

    #[test]
    fn a_policy_is_the_organization_s() {
        let covered = Share::at(Party::Aws, Some(Relation::Covers));
        assert_eq!(marked(Convention::Fedramp, covered, true), ["Service Provider Corporate"]);
    }

    #[test]
    fn what_the_configuration_leaves_open_is_asked() {
        let open = Share::of(&[Party::Aws, Party::Customer], Some(Relation::Covers));
        assert_eq!(
            marked(Convention::Fedramp, open, false),
            ["Service Provider System Specific?", "Inherited from pre-existing FedRAMP Authorization?"]
        );
        assert_eq!(marked(Convention::Aws, open, false), ["Shared?"]);
    }

    #[test]
    fn every_share_is_marked_as_its_label_says() {
        let seen = [Seen::No, Seen::Possible, Seen::Certain];
        for (at, convention) in (0..729).flat_map(|at| Convention::ALL.map(|convention| (at, convention))) {
            let digit = |place: u32| seen[at / 3_usize.pow(place) % 3];
            let share = Share {
                covered: digit(0),
                enabled: digit(1),
                parallel: digit(2),
                system: digit(3),
                organization: digit(4),
                provided: digit(5),
            };
            let label = convention.label(share, false);
            if convention != Convention::Fedramp {
                assert_eq!(marked(convention, share, false).len(), 1, "{share:?}");
                continue;
            }
            for origin in origins(convention) {
                let marked = !origin.mark(share, false).is_empty();
                assert_eq!(marked, label.contains(origin.heading), "{label}: {}", origin.heading);
            }
        }
    }
}
