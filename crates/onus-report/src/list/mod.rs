//! Lists of what the knowledge holds: services, layers, checks, frameworks, programs.

mod json;
mod write;

pub use json::write_json;
pub use write::write;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// The services, with their variants.
    Services,
    /// The layers, in the order of the chart.
    Layers,
    /// The checks.
    Checks,
    /// The frameworks.
    Frameworks,
    /// The programs under which AWS's work is examined.
    Programs,
}
