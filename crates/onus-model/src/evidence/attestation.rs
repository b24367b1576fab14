//! Attestations: documents about AWS's work that the user holds, registered without their contents.

use super::digest::Sha256;
use super::program::Partition;
use jiff::civil::Date;

/// A document of a program, as the user registers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// The program's id, as the user wrote it.
    pub program: String,
    /// The report's id in AWS Artifact.
    pub report: String,
    /// What it is about in time.
    pub proof: Proof,
    /// Its version.
    pub version: String,
    /// The digest of the file.
    pub sha256: Sha256,
    /// The partition that it is about.
    pub partition: Partition,
    /// The regions that it is about; empty for all of the partition.
    pub regions: Vec<String>,
    /// The services in its scope, as the document itself says, in alphabetical order; none where the program's list counts.
    pub services: Option<Vec<String>>,
    /// The letters that bridge the time after it.
    pub bridge_letters: Vec<BridgeLetter>,
    /// The line in `onus.yaml`.
    pub line: u32,
}

/// What a document is about in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It reports on a period.
    Period {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// It states how things are from a day on.
    Issued {
        /// The day of issue.
        on: Date,
        /// The last day on which it holds, if it says so.
        expires: Option<Date>,
    },
}

impl Proof {
    /// The first day that it proves something about.
    pub const fn first(self) -> Date {
        match self {
            Self::Period { from, .. } => from,
            Self::Issued { on, .. } => on,
        }
    }
}

/// A letter that says that nothing has changed after a document's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BridgeLetter {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The digest of the file.
    pub sha256: Sha256,
}
