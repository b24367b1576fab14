//! What can go wrong with the evidence folder as a whole, or with a record that is written.

use std::io;
use std::path::PathBuf;

/// Why the evidence folder could not be read, or a record not be written.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The folder or a file in it could not be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder or a file in it could not be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A record of that id is there already, and is kept.
    #[error("`{}` exists already", .0.display())]
    Exists(PathBuf),
    /// A file is not below the folder, or only by a link that leads out of it.
    #[error("`{}` is not in the evidence folder `{}`: copy it there first", path.display(), folder.display())]
    Outside {
        /// The file.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// A file cannot be evidence, for the reason given.
    #[error("`{}` cannot be evidence: {reason}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The record would not load again, for the reason given.
    #[error("the record is not complete: {0}")]
    Incomplete(String),
}
