//! What the system is, what it holds, and where it ends.

use crate::common::{Link, Property, ResponsibleParty, Rest, SystemId};
use serde::{Deserialize, Serialize};

/// What the system is for and how sensitive it is.
///
/// In the standard: system security plan, `system-characteristics`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemCharacteristics {
    /// Names by which the system is known.
    pub system_ids: Vec<SystemId>,
    /// The name.
    pub system_name: String,
    /// A short name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_name_short: Option<String>,
    /// What it is, in words; Markdown.
    pub description: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The day of the authorization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_authorized: Option<String>,
    /// How sensitive the system is as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_sensitivity_level: Option<String>,
    /// The information that it holds.
    pub system_information: SystemInformation,
    /// The impact levels of the system as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_impact_level: Option<SecurityImpactLevel>,
    /// The status.
    pub status: Status,
    /// What belongs to the system.
    pub authorization_boundary: AuthorizationBoundary,
    /// The network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_architecture: Option<NetworkArchitecture>,
    /// How information flows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_flow: Option<DataFlow>,
    /// Who takes which role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The information that the system holds.
///
/// In the standard: system security plan, `system-information`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemInformation {
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The kinds of information.
    pub information_types: Vec<InformationType>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A kind of information.
///
/// In the standard: system security plan, `system-information/information-types`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct InformationType {
    /// The identifier, unique in the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// The title.
    pub title: String,
    /// What it is, in words; Markdown.
    pub description: String,
    /// What schemes of categories say of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categorizations: Vec<Categorization>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What a loss of confidentiality would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidentiality_impact: Option<Impact>,
    /// What a loss of integrity would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integrity_impact: Option<Impact>,
    /// What a loss of availability would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_impact: Option<Impact>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What a scheme of categories says of the information.
///
/// In the standard: system security plan, `system-information/information-types/categorizations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Categorization {
    /// The scheme that gives the name its meaning.
    pub system: String,
    /// The names within the scheme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub information_type_ids: Vec<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What a loss of this objective would do.
///
/// In the standard: system security plan, `impact`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Impact {
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The level that the kind of information has by itself.
    pub base: String,
    /// The level that was chosen instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<String>,
    /// Why the selected level differs from the base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustment_justification: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The impact level of the system as a whole, by objective.
///
/// In the standard: system security plan, `security-impact-level`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SecurityImpactLevel {
    /// The level for confidentiality.
    pub security_objective_confidentiality: String,
    /// The level for integrity.
    pub security_objective_integrity: String,
    /// The level for availability.
    pub security_objective_availability: String,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Whether the system is in operation.
///
/// In the standard: system security plan, `status`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The state.
    pub state: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What belongs to the system and what does not.
///
/// In the standard: system security plan, `authorization-boundary`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationBoundary {
    /// What it is, in words; Markdown.
    pub description: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Diagrams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagrams: Vec<Diagram>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The network, in words and diagrams.
///
/// In the standard: system security plan, `network-architecture`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkArchitecture {
    /// What it is, in words; Markdown.
    pub description: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Diagrams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagrams: Vec<Diagram>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How information flows, in words and diagrams.
///
/// In the standard: system security plan, `data-flow`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFlow {
    /// What it is, in words; Markdown.
    pub description: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Diagrams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagrams: Vec<Diagram>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A diagram.
///
/// In the standard: system security plan, `diagram`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagram {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// What it is, in words; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What is written below the diagram.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
