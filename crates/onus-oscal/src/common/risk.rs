//! Risks, and what is done about them.

use crate::common::{
    Link, LoggedBy, Origin, Property, RelatedObservation, RelatedTask, Rest, SubjectReference, Task,
};
use serde::{Deserialize, Serialize};

/// A risk.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `risk`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Risk {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The title.
    pub title: String,
    /// What it is, in words; Markdown.
    pub description: String,
    /// What might happen, to whom, with what effect.
    pub statement: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The status.
    pub status: String,
    /// Who or what brought it up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// The threats behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub threat_ids: Vec<ThreatId>,
    /// How grave the risk is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub characterizations: Vec<Characterization>,
    /// What makes the risk smaller already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mitigating_factors: Vec<MitigatingFactor>,
    /// By when the risk must be resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// What is done about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remediations: Vec<Response>,
    /// What was done about it, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_log: Option<RiskLog>,
    /// The observations that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_observations: Vec<RelatedObservation>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A threat, by the name that a catalog of threats gives it.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `threat-id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreatId {
    /// The scheme that gives the name its meaning.
    pub system: String,
    /// The address; `#` and a uuid stands for a resource of the back matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// The identifier.
    pub id: String,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How grave the risk is, in the terms of some system.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `characterization`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characterization {
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Who or what says so.
    pub origin: Origin,
    /// The measures.
    pub facets: Vec<Facet>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// One measure of a risk.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `characterization/facets`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// The name.
    pub name: String,
    /// The scheme that gives the name its meaning.
    pub system: String,
    /// The value.
    pub value: String,
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

/// What makes the risk smaller already.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `risk/mitigating-factors`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MitigatingFactor {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The statement of the security plan that describes the factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implementation_uuid: Option<String>,
    /// What it is, in words; Markdown.
    pub description: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectReference>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What is, or could be, done about a risk.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `response`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Response {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// Whether it is a recommendation, planned, or completed.
    pub lifecycle: String,
    /// The title.
    pub title: String,
    /// What it is, in words; Markdown.
    pub description: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Who or what brought it up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// What is needed for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_assets: Vec<RequiredAsset>,
    /// The tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What a response needs.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `response/required-assets`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredAsset {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectReference>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is, in words; Markdown.
    pub description: String,
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

/// What was done about the risk, in order.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `risk/risk-log`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskLog {
    /// The entries.
    pub entries: Vec<RiskLogEntry>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Something that was done about the risk.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `risk/risk-log/entries`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RiskLogEntry {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is, in words; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The beginning.
    pub start: String,
    /// The end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Who wrote the entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub logged_by: Vec<LoggedBy>,
    /// The status that the risk has from here on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_change: Option<String>,
    /// The responses that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_responses: Vec<RelatedResponse>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A response that an entry is about.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `risk/risk-log/entries/related-responses`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedResponse {
    /// The response.
    pub response_uuid: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The tasks that it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_tasks: Vec<RelatedTask>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
