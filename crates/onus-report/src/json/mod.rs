//! The assessment as JSON: a contract, with its schema in `docs/assessment.schema.json`.
//!
//! Within a major [`SCHEMA_VERSION`], fields are added and never removed, renamed or given another meaning.

mod chain;
mod convert;
mod counterpart;
pub(crate) mod evidence;
mod model;
mod text;
mod write;

pub use write::{schema, write, write_to};

pub(crate) use counterpart::{Counterpart, counterparts};
pub(crate) use text::to_json;

use crate::Show;

/// The version of the contract, `major.minor`.
pub const SCHEMA_VERSION: &str = "1.2";

/// How to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which findings to list.
    pub show: Show,
}
