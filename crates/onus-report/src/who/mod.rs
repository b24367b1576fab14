//! Who is responsible for each layer of a service, and how its configuration moves the line.
//!
//! `facts` resolves a case against the service, `write` is for people, `json` for programs.

mod facts;
mod json;
mod write;

pub use json::write_json;
pub use write::write;
