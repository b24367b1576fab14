//! The system security plan model: a system, and how it satisfies the controls of its profile.

mod characteristics;
mod control;
mod implementation;

pub use characteristics::{
    AuthorizationBoundary, Categorization, DataFlow, Diagram, Impact, InformationType, NetworkArchitecture,
    SecurityImpactLevel, Status, SystemCharacteristics, SystemInformation,
};
pub use control::{
    ByComponent, ControlImplementation, Export, ImplementedRequirement, Inherited, Provided, Responsibility,
    Satisfied, Statement,
};
pub use implementation::{LeveragedAuthorization, SystemImplementation};

use crate::common::{BackMatter, Metadata, Rest};
use serde::{Deserialize, Serialize};

/// A system security plan.
///
/// In the standard: system security plan, `system-security-plan`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemSecurityPlan {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// The profile or catalog that the system is held to.
    pub import_profile: ImportProfile,
    /// What the system is.
    pub system_characteristics: SystemCharacteristics,
    /// What the system is made of.
    pub system_implementation: SystemImplementation,
    /// How controls are satisfied.
    pub control_implementation: ControlImplementation,
    /// The resources that the document refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<BackMatter>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The profile or catalog that the system is held to.
///
/// In the standard: system security plan, `import-profile`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProfile {
    /// The address; `#` and a uuid stands for a resource of the back matter.
    pub href: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
