//! The responsibility matrix: a row per control and statement, in the words of a convention.
//!
//! Start at [`rows()`]; the writers print those. The columns of [`csv`](write_csv) are a contract.

mod csv;
mod json;
mod markdown;
pub(crate) mod parts;
mod rows;
mod terminal;

pub use self::csv::write_csv;
pub use self::json::write_json;
pub use self::markdown::write_markdown;
pub use self::rows::{Row, Tally, framework_title, rows, tally};
pub use self::terminal::write_terminal;
