//! The words of the field as types, and the derivation of whose duty it is.
//!
//! Start at [`Layer`] and [`Party`], then [`Service`] (what moves the line),
//! [`Workload`] (what runs) and [`Framework`] (what is asked), and [`Program`] and [`Record`] (what proves it). Nothing here reads
//! a file, parses an expression or knows an output format.

mod control;
mod evidence;
mod expression;
mod guidance;
mod layer;
mod notation;
mod origination;
mod provider;
mod service;
mod spelling;
mod terraform;
mod text;
mod value;
mod workload;

pub use control::{
    Attachment, AttachmentSource, Control, Crosswalk, Framework, Group, PrimaryLayer, Relation, Selection,
    Statement,
};
pub use evidence::{
    Attestation, BridgeLetter, EvidenceFile, FileState, Flaw, Partition, Program, ProgramKind, Proof, Record,
    RecordOutcome, RecordResult, ServiceScope, Sha256, Support, Target, UnknownDigest, UnknownPartition,
    UnknownTarget, ValidFrom, Validity,
};
pub use expression::{Expr, Expression, Literal, MacroKind};
pub use guidance::{Guidance, Help, Link, NativeHelp, ProductKind};
pub use layer::{LAYER_COUNT, Layer, Party, UnknownLayer};
pub use notation::{ControlIndex, Named, NotAControl, NotFound, Written};
pub use origination::{Class, Convention, Origination, Seen, ServiceProvider, Share, UnknownConvention};
pub use provider::{
    DocumentKind, DocumentPlace, Inherited, Provider, ProviderDocument, ProviderLayout, ProviderPart,
};
pub use service::{Assignment, Case, Category, Duty, Service, Setting, TypeClaim};
pub use spelling::nearest;
pub use terraform::{
    Apart, AttributeType, AttributeTypes, Becomes, Field, Mappings, Part, PropertyPath, ServicePrefix, Shape,
    Transform, TypeMapping,
};
pub use text::{PartialText, Piece, TextBuilder};
pub use value::{FileId, Map, Names, Node, Possible, Reference, Span, Unknown, Value};
pub use workload::{
    Coverage, Elsewhere, Location, Notation, Place, Problem, ProblemKind, Resource, SourceFile, Suppression,
    Workload,
};
