//! The expression language of checks and variants, and its evaluation.
//!
//! Start at [`parse()`], which turns text into an [`Expression`](onus_model::Expression)
//! or says what is wrong with it; [`validate()`] holds its property paths against the
//! known properties of the resource types. [`Program::compile`] makes it ready to run,
//! and [`Program::evaluate`] runs it on one resource, with an [`Index`] of all of them.
//! [`Check`] and [`run`] are the layer above: a rule with its metadata, and its verdict.
//!
//! The language is described in `docs/expressions.md`. Nothing here reads files.

mod builtin;
mod check;
mod compile;
mod counterpart;
mod credentials;
mod error;
mod eval;
mod example;
mod functions;
mod identity;
mod index;
mod links;
mod logic;
mod lower;
mod macros;
mod network;
mod operators;
mod parse;
mod parts;
mod paths;
mod policy;
mod relations;
mod text;
mod validate;
mod value;

pub use check::{Check, CompiledCheck, Examples, Outcome, Severity, UnknownSeverity, Verdict, run};
pub use compile::Program;
pub use counterpart::{ConfigRule, Counterpart, Strictness};
pub use error::{Cause, ParseError};
pub use eval::{Evaluation, Truth};
pub use example::{Example, ExampleError, ExampleResource, ExampleValue};
pub use index::Index;
pub use parse::parse;
pub use paths::{PropertyPath, Root, paths};
pub use validate::{Known, PathError, PathErrorKind, Properties, validate};
