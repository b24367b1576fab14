//! What every document says of itself.

use crate::common::{Link, Location, Party, Property, Rest};
use serde::{Deserialize, Serialize};

/// Title, versions, dates, and the people and roles that the document refers to.
///
/// In the standard: metadata, in every model, `metadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Metadata {
    /// The title.
    pub title: String,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When it was last changed, with the offset from UTC.
    pub last_modified: String,
    /// The version of the document.
    pub version: String,
    /// The version of OSCAL that it is written in.
    pub oscal_version: String,
    /// Earlier states, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
    /// Names that stay the same over all versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_ids: Vec<DocumentId>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The roles that the document refers to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// The places that the document refers to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// People and organizations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// Who takes which role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// What was done to the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// An earlier state of the document.
///
/// In the standard: metadata, in every model, `metadata/revisions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Revision {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When it was last changed, with the offset from UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// The version of the document.
    pub version: String,
    /// The version of OSCAL that it is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oscal_version: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A name of the document that stays the same over its versions.
///
/// In the standard: metadata, in every model, `document-id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentId {
    /// The scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The name within the scheme.
    pub identifier: String,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A function that parties take.
///
/// In the standard: metadata, in every model, `metadata/roles`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Role {
    /// The identifier.
    pub id: String,
    /// The title.
    pub title: String,
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
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Who takes a role.
///
/// In the standard: metadata, in every model, `responsible-party`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResponsibleParty {
    /// The role.
    pub role_id: String,
    /// The parties.
    pub party_uuids: Vec<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A role that is responsible for what it stands at, and who takes it.
///
/// In the standard: metadata, in every model, `responsible-role`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResponsibleRole {
    /// The role.
    pub role_id: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub party_uuids: Vec<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Something done to the document, such as its approval.
///
/// In the standard: metadata, in every model, `action`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Action {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// When it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The scheme that gives the name its meaning.
    pub system: String,
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
