//! A check's page: what it looks at, why, how to fix it, and what it is evidence for.

mod write;

pub use write::{write, write_json};
