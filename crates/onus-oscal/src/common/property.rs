//! Properties and links, which stand on nearly everything.

use crate::common::Rest;
use serde::{Deserialize, Serialize};

/// A named value.
///
/// In the standard: metadata, in every model, `property`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// The name.
    pub name: String,
    /// The identifier, unique in the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// The namespace that gives the name its meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// The value.
    pub value: String,
    /// A kind, in the author's own terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// A group that properties belong to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A reference to something inside or outside of the document.
///
/// In the standard: metadata, in every model, `link`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    /// The address; `#` and a uuid stands for a resource of the back matter.
    pub href: String,
    /// What the target is to the place of the link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rel: Option<String>,
    /// The media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The place within the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_fragment: Option<String>,
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
