//! An assessment as each output format, one folder per format.
//!
//! A writer is a pure function: the same assessment gives the same bytes. Nothing here decides anything; whose a
//! duty is and how a check came out stands in the [`Assessment`](onus_assess::Assessment). `text` keeps what comes
//! from the input from harming a terminal, `facts` looks up what several formats show.

mod class;
mod csv_text;
pub mod evidence;
pub mod explain;
mod facts;
#[cfg(test)]
mod fixture;
mod help;
pub mod html;
pub mod json;
pub mod junit;
pub mod list;
pub mod markdown;
pub mod matrix;
pub mod moves;
pub mod oscal;
#[cfg(test)]
mod quoting;
pub mod sarif;
pub mod terminal;
mod text;
pub mod who;
pub mod why;
pub mod workbook;

/// Which findings a report lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Those that need attention: all but passes, and without those that the baseline has already.
    #[default]
    Open,
    /// All, in full.
    All,
}

impl Show {
    /// Whether a finding is listed.
    pub fn lists(self, finding: &onus_assess::Finding) -> bool {
        self == Self::All || (finding.outcome != onus_assess::FindingOutcome::Pass && !finding.in_baseline)
    }
}

/// A problem in a line: its place, if it has one, and what is the matter.
pub fn problem(assessment: &onus_assess::Assessment, problem: &onus_model::Problem) -> String {
    let place = match facts::place(assessment, &problem.place) {
        Some((path, Some((line, column)))) => format!("{path}:{line}:{column}: "),
        Some((path, None)) => format!("{path}: "),
        None => String::new(),
    };
    text::clean(&format!("{place}{}", problem.message)).into_owned()
}

/// What text for people is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The cells of a line; taken as 40 where it is less.
    pub width: usize,
    /// Whether to colour with ANSI escapes. The characters are the same either way.
    pub color: bool,
    /// Whether to keep to ASCII.
    pub ascii: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self { width: 80, color: false, ascii: false }
    }
}
