//! The words of the field as types, and the derivation of whose duty it is.
//!
//! Start at [`Layer`] and [`Party`], then [`Service`] (what moves the line),
//! [`Workload`] (what runs) and [`Framework`] (what is asked). Nothing here reads
//! a file, parses an expression or knows an output format.

mod control;
mod expression;
mod guidance;
mod layer;
mod origination;
mod service;
mod terraform;
mod text;
mod value;
mod workload;

pub use control::{
    Attachment, AttachmentSource, Control, Crosswalk, Framework, Group, PrimaryLayer, Relation, Selection,
    Statement,
};
pub use expression::{Expr, Expression, Literal, MacroKind};
pub use guidance::{Guidance, Help, Link, NativeHelp, ProductKind};
pub use layer::{LAYER_COUNT, Layer, Party, UnknownLayer};
pub use origination::{Class, Convention, Origination, Seen, ServiceProvider, Share, UnknownConvention};
pub use service::{Assignment, Case, Category, Duty, Service, Setting, TypeClaim};
pub use terraform::{
    Becomes, Field, Mappings, Part, PropertyPath, ServicePrefix, Shape, Transform, TypeMapping,
};
pub use text::{PartialText, Piece, TextBuilder};
pub use value::{FileId, Map, Node, Reference, Span, Unknown, Value};
pub use workload::{
    Coverage, Location, Notation, Place, Problem, ProblemKind, Resource, SourceFile, Suppression, Workload,
};
