//! What proves that a duty is done: programs and attestations for AWS's part, records for the customer's.
//!
//! A [`Program`] says what kind of proof there is and which services it is about, an [`Attestation`] is a document of it
//! that the user has, and a [`Record`] is evidence of the user's own. Whether they hold on a given day, and what follows
//! for a control, is derived elsewhere. Nothing here holds the contents of a document.

mod attestation;
mod digest;
mod program;
mod record;

pub use attestation::{Attestation, BridgeLetter, Proof};
pub use digest::{Sha256, UnknownDigest};
pub use program::{
    Partition, Program, ProgramKind, ServiceScope, Support, UnknownPartition, ValidFrom, Validity,
};
pub use record::{EvidenceFile, FileState, Flaw, Record, RecordOutcome, RecordResult, Target, UnknownTarget};
