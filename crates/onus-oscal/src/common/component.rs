//! Components, users and inventory, which plans, results and POA&Ms share.

use crate::common::{Link, Property, ResponsibleParty, ResponsibleRole, Rest};
use serde::{Deserialize, Serialize};

/// A part of a system: software, a service, a policy, the system as a whole.
///
/// In the standard: implementation common, in several models, `system-component`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemComponent {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title.
    pub title: String,
    /// What it is, in words; Markdown.
    pub description: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The status.
    pub status: ComponentStatus,
    /// The roles that are responsible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<ResponsibleRole>,
    /// The protocols that it speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<Protocol>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Whether the component is in operation.
///
/// In the standard: implementation common, in several models, `system-component/status`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentStatus {
    /// The state.
    pub state: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A protocol that a component speaks.
///
/// In the standard: implementation common, in several models, `protocol`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Protocol {
    /// The identifier, unique in the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The ports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub port_ranges: Vec<PortRange>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Ports of a protocol.
///
/// In the standard: implementation common, in several models, `port-range`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortRange {
    /// The first port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// The last port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
    /// `TCP` or `UDP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How far a control is implemented.
///
/// In the standard: implementation common, in several models, `implementation-status`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImplementationStatus {
    /// The state.
    pub state: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A kind of user of the system.
///
/// In the standard: implementation common, in several models, `system-user`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemUser {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A short name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// What it is, in words; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub role_ids: Vec<String>,
    /// What the user may do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorized_privileges: Vec<AuthorizedPrivilege>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What a user may do.
///
/// In the standard: implementation common, in several models, `authorized-privilege`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AuthorizedPrivilege {
    /// The title.
    pub title: String,
    /// What it is, in words; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What the privilege is used for.
    pub functions_performed: Vec<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A single thing that runs: a host, an instance.
///
/// In the standard: implementation common, in several models, `inventory-item`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct InventoryItem {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// What it is, in words; Markdown.
    pub description: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Who takes which role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// The components that run on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implemented_components: Vec<ImplementedComponent>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A component that runs on an inventory item.
///
/// In the standard: implementation common, in several models, `inventory-item/implemented-components`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImplementedComponent {
    /// The component.
    pub component_uuid: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
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

/// The value that a parameter of a control has here.
///
/// In the standard: implementation common, in several models, `set-parameter`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SetParameter {
    /// The parameter.
    pub param_id: String,
    /// The values.
    pub values: Vec<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A name by which the system is known.
///
/// In the standard: implementation common, in several models, `system-id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SystemId {
    /// The scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_type: Option<String>,
    /// The identifier.
    pub id: String,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
