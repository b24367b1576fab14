//! When what is to be done.

use crate::common::{
    AssessmentSubject, IdentifiedSubject, Link, Property, ResponsibleParty, ResponsibleRole, Rest,
};
use serde::{Deserialize, Serialize};

/// An action or a milestone.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `task`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Task {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title.
    pub title: String,
    /// What it is, in words; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// When it happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
    /// The tasks that must be done before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<TaskDependency>,
    /// The tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// The activities that the task consists of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub associated_activities: Vec<AssociatedActivity>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<AssessmentSubject>,
    /// The roles that are responsible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<ResponsibleRole>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// When a task happens: exactly one of the three is given.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `task/timing`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Timing {
    /// A single date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_date: Option<OnDate>,
    /// A period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_date_range: Option<WithinDateRange>,
    /// Again and again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_frequency: Option<AtFrequency>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A single date.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `task/timing/on-date`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDate {
    /// The date.
    pub date: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A period.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `task/timing/within-date-range`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithinDateRange {
    /// The beginning.
    pub start: String,
    /// The end.
    pub end: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Again and again.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `task/timing/at-frequency`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtFrequency {
    /// How many units lie between two times.
    pub period: u64,
    /// The unit of time.
    pub unit: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A task that must be done before.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `task/dependencies`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TaskDependency {
    /// The task.
    pub task_uuid: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// An activity that the task consists of.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `task/associated-activities`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssociatedActivity {
    /// The activity.
    pub activity_uuid: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The roles that are responsible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_roles: Vec<ResponsibleRole>,
    /// What it is about.
    pub subjects: Vec<AssessmentSubject>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The task in which something was found or done.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `related-task`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedTask {
    /// The task.
    pub task_uuid: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Who takes which role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<AssessmentSubject>,
    /// What stood in for a placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identified_subject: Option<IdentifiedSubject>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Who wrote an entry of a log.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `logged-by`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LoggedBy {
    /// The party.
    pub party_uuid: String,
    /// The role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
