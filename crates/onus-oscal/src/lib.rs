//! OSCAL, the Open Security Controls Assessment Language of NIST: its documents as types, read, written, checked,
//! and profiles resolved. Nothing here knows services, layers or workloads.
//!
//! [`read()`] is where to start: bytes to a [`Document`], with the place of whatever is wrong. [`write_json`] and
//! [`write_yaml`] are the way back, [`check()`] says what no schema can, and [`resolve()`] makes the catalog that a
//! profile stands for. One module for each model of the standard has its objects; [`common`] has what they share.
//!
//! The types follow two rules. Values are text as it was written: a malformed identifier or date is a [`Problem`] of
//! that place, not a reason to refuse the file. And fields that are not known are kept, in `rest`, so that a document
//! that is read and written loses nothing.

pub mod assessment_plan;
pub mod assessment_results;
pub mod catalog;
mod check;
pub mod common;
pub mod component_definition;
mod document;
mod error;
pub mod limits;
mod locate;
pub mod mapping;
mod notation;
pub mod poam;
pub mod profile;
mod read;
mod resolve;
mod scan;
pub mod ssp;
mod text;
mod version;
mod write;

pub use check::{Problem, ProblemKind, Severity, check};
pub use document::{Document, Model, ModelKind};
pub use error::{OscalError, Place};
pub use locate::locate;
pub use notation::Notation;
pub use read::{Read, Warning, read};
pub use resolve::resolve;
pub use write::{write_json, write_yaml};
