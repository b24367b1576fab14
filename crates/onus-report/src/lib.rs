<<<<<<< HEAD
//! An assessment as each output format, one folder per format.
//!
//! A writer is a pure function: the same assessment gives the same bytes. Nothing here decides anything; whose a
//! duty is and how a check came out stands in the [`Assessment`](onus_assess::Assessment). `text` keeps what comes
//! from the input from harming a terminal, `facts` looks up what several formats show.

mod facts;
#[cfg(test)]
mod fixture;
pub mod json;
pub mod terminal;
mod text;

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
=======
//! An assessment as each output format.

pub mod html;
>>>>>>> rep-html
