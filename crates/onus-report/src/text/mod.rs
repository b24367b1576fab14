//! Text for people: made harmless, measured, cut and wrapped in terminal cells.
//!
//! Names, paths and messages come from files that anybody may have written, so every one passes
//! [`clean`] before it reaches a terminal.

mod clean;
mod measure;
mod page;

pub(crate) use clean::{clean, to_ascii};
pub(crate) use measure::{cut, cut_start, width};
pub(crate) use page::{Ink, Line, NO_BREAK, Page};
