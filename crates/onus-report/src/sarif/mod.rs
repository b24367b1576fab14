//! SARIF 2.1.0, within what GitHub's code scanning takes.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>, and for the limits
//! <https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit>.

mod model;
mod rules;
#[cfg(test)]
mod tests;
mod uri;
mod write;

pub(crate) use uri::encode_path;
pub use write::write;

use crate::Show;

/// GitHub refuses a run of more results.
pub const MAX_RESULTS: usize = 25_000;

/// How to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which findings to list. GitHub shows passes as alerts too.
    pub show: Show,
    /// How many results to keep, the most severe; at most [`MAX_RESULTS`].
    pub max_results: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { show: Show::default(), max_results: MAX_RESULTS }
    }
}
