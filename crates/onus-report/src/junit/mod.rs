//! JUnit's XML: a suite per file, a case per check and resource.
//!
//! There is no standard; the form is that of `quick-junit`, which CI systems read. Undetermined and waived are
//! skipped with their reason, so that neither counts as passed.

mod write;

pub use write::write;

use crate::Show;

/// How to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether failures that the baseline has already fail. Passes are always listed: a suite without them says little.
    pub show: Show,
}
