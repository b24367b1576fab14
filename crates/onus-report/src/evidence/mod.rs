//! Evidence: what is still to show, and the records that there are.

mod json;
mod write;

pub use json::{write_json, write_records_json};
pub use write::{write, write_records};
