//! What another system, between AWS and the customer, publishes about who does what.
//!
//! A [`Provider`] is one document of it, read: per control or statement what its customers inherit, what it provides, and
//! what it leaves to them, each with the place where it was read.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A system that stands between AWS and the customer, by one of its documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provider {
    /// Who runs it.
    pub name: String,
    /// What the system is called, where it has a name of its own.
    pub system: Option<String>,
    /// The document that was read.
    pub document: ProviderDocument,
    /// What proves it, in the user's words.
    pub attestation: Option<String>,
    /// What it says, by control; a statement's own part goes before that of its control.
    pub parts: Vec<ProviderPart>,
}

/// A document of a provider's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderDocument {
    /// The path as the user wrote it.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The day on which it was last changed, as it says itself.
    pub date: Option<Date>,
}

/// Kinds of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// A customer responsibility matrix, as a workbook or as text.
    #[default]
    Crm,
    /// A matrix that this program wrote.
    Matrix,
    /// An OSCAL component definition.
    ComponentDefinition,
    /// An OSCAL system security plan that others may leverage.
    Ssp,
}

impl DocumentKind {
    /// What it is called in a sentence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Crm => "CRM",
            Self::Matrix => "matrix",
            Self::ComponentDefinition => "component definition",
            Self::Ssp => "SSP",
        }
    }
}

/// What a provider says of a control or of one of its statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderPart {
    /// The framework that has the control.
    pub framework: String,
    /// The control's id.
    pub control: String,
    /// The statement's id; none where the control as a whole is meant.
    pub statement: Option<String>,
    /// What its customers inherit.
    pub inherited: Inherited,
    /// What it provides.
    pub provides: Option<String>,
    /// What it leaves to its customers, each a responsibility.
    pub leaves: Vec<String>,
    /// Where it says so.
    pub place: DocumentPlace,
}

/// How much of a control can be inherited from a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inherited {
    /// Nothing.
    No,
    /// Some of it; the rest is left to the customer.
    Partly,
    /// All of it.
    Yes,
}

impl Inherited {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Partly => "partly",
            Self::Yes => "yes",
        }
    }

    /// Of several parts of one thing: all of it, nothing of it, or some.
    pub fn of(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        parts.into_iter().reduce(|all, part| if all == part { all } else { Self::Partly })
    }
}

impl fmt::Display for Inherited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentPlace {
    /// The document as a whole.
    #[default]
    Whole,
    /// A sheet of a workbook.
    Sheet(String),
    /// A row of a sheet, counted from one.
    Row {
        /// The sheet.
        sheet: String,
        /// The row.
        row: u32,
    },
    /// A cell of a sheet; both are counted from one.
    Cell {
        /// The sheet.
        sheet: String,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// A line of a text, counted from one.
    Line(u32),
    /// A part of an OSCAL document, by what it is and its id.
    Part(String),
}

impl fmt::Display for DocumentPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("the document"),
            Self::Sheet(sheet) => write!(f, "sheet {sheet}"),
            Self::Row { sheet, row } => write!(f, "sheet {sheet} row {row}"),
            Self::Cell { sheet, row, column } => write!(f, "sheet {sheet} cell {}{row}", letters(*column)),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Part(part) => f.write_str(part),
        }
    }
}

/// The letters of a column, as spreadsheets show them: 1 is `A`, 27 is `AA`.
fn letters(column: u32) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Where a document of no known layout has what: headings, as they stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderLayout {
    /// The only sheet to look at.
    pub sheet: Option<String>,
    /// Heading of the column that names the control.
    pub control: Option<String>,
    /// Heading of the column that names the statement, where it is not in the control's.
    pub statement: Option<String>,
    /// Heading of the column that says how much is inherited.
    pub inherited: Option<String>,
    /// Heading of the column that says what the provider does.
    pub provides: Option<String>,
    /// Heading of the column that says what is left to the customer.
    pub leaves: Option<String>,
    /// Words for an answer, beside the usual ones.
    pub answers: Vec<(String, Inherited)>,
}

impl ProviderLayout {
    /// Whether it names a column.
    pub fn names_columns(&self) -> bool {
        self.columns().next().is_some()
    }

    /// The headings that it names.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        [&self.control, &self.statement, &self.inherited, &self.provides, &self.leaves]
            .into_iter()
            .filter_map(|heading| heading.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_as_people_say_them() {
        let sheet = || "CRM".to_owned();
        assert_eq!(DocumentPlace::Row { sheet: sheet(), row: 14 }.to_string(), "sheet CRM row 14");
        for (column, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")] {
            let place = DocumentPlace::Cell { sheet: sheet(), row: 2, column };
            assert_eq!(place.to_string(), format!("sheet CRM cell {letters}2"));
        }
    }

    #[test]
    fn parts_of_one_thing_come_together() {
        use Inherited::{No, Partly, Yes};
        for (parts, expected) in [
            (vec![], None),
            (vec![Yes, Yes], Some(Yes)),
            (vec![Yes, No], Some(Partly)),
            (vec![No, No], Some(No)),
            (vec![Partly, Yes], Some(Partly)),
        ] {
            assert_eq!(Inherited::of(parts), expected);
        }
    }
}
