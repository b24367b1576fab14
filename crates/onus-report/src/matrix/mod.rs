//! The responsibility matrix: a row per control and statement, in the words of a convention.
//!
//! Start at [`rows()`]; the writers print those. The columns of [`csv`](write_csv) are a contract.

mod csv;
mod json;
mod markdown;
mod parts;
mod rows;
mod terminal;
mod upstream;

pub use self::csv::write_csv;
pub use self::json::write_json;
pub use self::markdown::write_markdown;
pub(crate) use self::parts::{Layout, Parts};
pub use self::rows::{Row, Tally, framework_title, rows, tally};
pub(crate) use self::rows::{control_parts, rows_with};
pub use self::terminal::write_terminal;
pub use crate::html::write_matrix as write_html;
