//! What is assessed.

use crate::common::{IncludeAll, Link, Property, Rest};
use serde::{Deserialize, Serialize};

/// Components, items, people or places that are assessed.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `assessment-subject`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentSubject {
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, in words; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The wish for all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<IncludeAll>,
    /// The subjects to take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_subjects: Vec<SelectSubjectById>,
    /// The subjects to leave out of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_subjects: Vec<SelectSubjectById>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A subject that is chosen.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `select-subject-by-id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SelectSubjectById {
    /// The subject.
    pub subject_uuid: String,
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
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

/// A subject that something was found at.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `subject-reference`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SubjectReference {
    /// The subject.
    pub subject_uuid: String,
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
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

/// The subjects that a task found in place of a placeholder.
///
/// In the standard: assessment common, in plans, results and POA&Ms, `related-task/identified-subject`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct IdentifiedSubject {
    /// The placeholder.
    pub subject_placeholder_uuid: String,
    /// What it is about.
    pub subjects: Vec<AssessmentSubject>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
