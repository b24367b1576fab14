//! Markdown for a comment on a pull request (GitHub Flavored Markdown).

mod chart;
mod comment;
mod escape;
mod write;

pub(crate) use comment::Comment;
pub(crate) use escape::{cell, code, prose};
pub use write::write;

use crate::Show;

/// GitHub refuses a comment of more characters; counted in bytes here, which are never fewer.
pub const MAX_LENGTH: usize = 65_536;

/// How to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which findings to list.
    pub show: Show,
    /// What stands before the path in a link, such as `https://github.com/me/shop/blob/main/`; may be empty.
    pub link_base: String,
    /// The most bytes to write; what does not fit is counted instead.
    pub max_length: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { show: Show::default(), link_base: String::new(), max_length: MAX_LENGTH }
    }
}
