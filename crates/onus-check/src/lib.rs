//! The expression language of checks and variants, and its evaluation.

mod check;

pub use check::{Check, Severity};
