//! The assessment results model: observations, risks and findings.

use crate::common::{
    Activity, AssessmentAssets, AssessmentPart, BackMatter, Finding, InventoryItem, Link, LocalObjective,
    LoggedBy, Metadata, Observation, Property, RelatedTask, ResponsibleParty, Rest, ReviewedControls, Risk,
    SystemComponent, SystemUser, Task,
};
use serde::{Deserialize, Serialize};

/// Results of one assessment or of several.
///
/// In the standard: assessment results, `assessment-results`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentResults {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// The plan that was followed.
    pub import_ap: ImportAssessmentPlan,
    /// What the imported documents do not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_definitions: Option<LocalDefinitions>,
    /// The results, the latest first.
    pub results: Vec<AssessmentResult>,
    /// The resources that the document refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<BackMatter>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Objectives and activities that the plan does not have.
///
/// In the standard: assessment results, `assessment-results/local-definitions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LocalDefinitions {
    /// Objectives that the catalog does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives_and_methods: Vec<LocalObjective>,
    /// Activities of the assessment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The plan that was followed.
///
/// In the standard: assessment results, `import-ap`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportAssessmentPlan {
    /// The address; `#` and a uuid stands for a resource of the back matter.
    pub href: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What was found within a period.
///
/// In the standard: assessment results, `result`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentResult {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The title.
    pub title: String,
    /// What it is, in words; Markdown.
    pub description: String,
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
    /// What the imported documents do not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_definitions: Option<ResultDefinitions>,
    /// The controls that are assessed.
    pub reviewed_controls: ReviewedControls,
    /// Statements that somebody answers for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestations: Vec<Attestation>,
    /// What was done, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment_log: Option<AssessmentLog>,
    /// The observations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observations: Vec<Observation>,
    /// The risks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<Risk>,
    /// The findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Components and others that only these results refer to.
///
/// In the standard: assessment results, `result/local-definitions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResultDefinitions {
    /// The components.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<SystemComponent>,
    /// The inventory.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inventory_items: Vec<InventoryItem>,
    /// The kinds of users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<SystemUser>,
    /// The tools that are used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment_assets: Option<AssessmentAssets>,
    /// The tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A statement that somebody answers for.
///
/// In the standard: assessment results, `result/attestations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Attestation {
    /// Who takes which role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// The parts.
    pub parts: Vec<AssessmentPart>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What was done, in order.
///
/// In the standard: assessment results, `result/assessment-log`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentLog {
    /// The entries.
    pub entries: Vec<LogEntry>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Something that was done.
///
/// In the standard: assessment results, `result/assessment-log/entries`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LogEntry {
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
