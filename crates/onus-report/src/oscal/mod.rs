//! OSCAL 1.2.1 documents: the frameworks as catalogs, profiles and mappings, the services as components, and an
//! assessment as security plans, assessment plan, results, and plan of action and milestones.
//!
//! One file per document; each writer is a pure function of facts or of an assessment, and a [`Scope`] that says which
//! framework on which day. `docs/oscal.md` says what each document holds and what our properties mean. Uuids follow
//! from names (`ids`), times from the day of the assessment: the same input gives the same bytes.

mod aws;
mod catalog;
mod component;
mod findings;
mod ids;
mod leveraged;
mod mapping;
mod pair;
mod parts;
mod plan;
mod poam;
mod profile;
mod prototype;
mod results;
mod scope;
mod ssp;
mod system;
mod text;

pub use catalog::catalog;
pub use component::{component_definition, component_index, component_stem};
pub use ids::{token, untoken};
pub use leveraged::leveraged;
pub use mapping::mapping;
pub use parts::NAMESPACE;
pub use plan::assessment_plan;
pub use poam::poam;
pub use profile::profile;
pub use prototype::shared_responsibility;
pub use results::assessment_results;
pub use scope::Scope;
pub use ssp::ssp;

/// Why a document cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// The framework maps to no other.
    #[error("`{framework}` has no crosswalk to another framework, so there is no mapping to write")]
    NoCrosswalk {
        /// The framework's id.
        framework: String,
    },
    /// The standard knows no document that says so.
    #[error("there is nothing for a {document} to hold: {why}")]
    Nothing {
        /// The document, in words.
        document: &'static str,
        /// Why it would be empty.
        why: &'static str,
    },
}
