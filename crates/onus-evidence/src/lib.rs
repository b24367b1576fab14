//! Reads and writes the evidence folder, and hashes what it holds.
//!
//! A record is a YAML file directly in the folder; the files that it names lie anywhere below. Start at [`read()`] and
//! [`add()`]. Nothing here decides what a record is worth: that follows from its dates, its signature and the
//! [`FileState`](onus_model::FileState) that is found here. Files may come from anyone, so whatever is read is bounded, and no path
//! leads out of the folder.

mod add;
mod error;
mod files;
mod folder;

pub use add::{NewRecord, add};
pub use error::EvidenceError;
pub use files::{Files, MAX_FILE_BYTES, MAX_TOTAL_BYTES};
pub use folder::{Folder, MAX_RECORD_BYTES, MAX_RECORDS, Unloaded, read};
