//! Terraform's language: HCL with spans, its values, its functions, and evaluation in which parts may be unknown.
//!
//! An [`Evaluator`] has a [`Scope`], which says what names mean, and makes a [`Val`] of an expression. Nothing here knows
//! what a resource or a module is: the reader in `onus-workload` does.
//!
//! - An unknown value keeps its reason and what it refers to, and spreads as Terraform spreads it.
//! - A sensitive value stays marked as sensitive in all that is made of it.
//! - Every value carries the place that it was written at, for those who report on it.
//! - Evaluation has a budget: no expression takes more steps or makes larger texts than the constants allow.
//!
//! The language: <https://developer.hashicorp.com/terraform/language>.

mod convert;
mod evaluate;
mod functions;
mod json;
mod number;
mod operators;
mod pieces;
mod template;
mod types;
mod unify;
mod value;

pub use convert::{convert, text_of, truth_of};
pub use evaluate::{Budget, Evaluator, Failure, Functions, MAX_SIZE, Scope, items, written_key};
pub use functions::{Files, names as function_names};
pub use json::{from_json, to_json, to_open_json};
pub use number::Number;
pub use types::{Type, read_type};
pub use value::{Data, Instance, Piece, Unknown, Val};
