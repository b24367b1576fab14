//! YAML and JSON as one tree of syntax with spans, whichever reader asks for it.

mod builder;
mod flow;
pub(crate) mod json;
pub(crate) mod tree;
pub(crate) mod yaml;

pub(crate) use json::Doubles;
pub(crate) use tree::{Shape, Syntax};
