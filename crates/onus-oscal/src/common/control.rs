//! What catalogs and profiles have in common: parts, parameters, and the selection of controls.

use crate::common::{Link, Property, Rest};
use serde::{Deserialize, Serialize};

/// A piece of a control's text: a statement, an item of it, guidance, an objective.
///
/// In the standard: catalog and profile, `part`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// The namespace that gives the name its meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// A kind, in the author's own terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// The text; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prose: Option<String>,
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A blank in the text of controls, that an organization fills in.
///
/// In the standard: catalog and profile, `parameter`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Parameter {
    /// The identifier.
    pub id: String,
    /// A kind, in the author's own terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Another parameter that this one depends on; no longer in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// A short name to show in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the parameter is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// What a value must satisfy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Advice on choosing a value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidelines: Vec<Guideline>,
    /// The values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// The choices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<Selection>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What a value of the parameter must satisfy.
///
/// In the standard: catalog and profile, `parameter-constraint`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// What it is, in words; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Tests of a value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<ConstraintTest>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A test of a constraint, in words or in a language that is agreed on.
///
/// In the standard: catalog and profile, `parameter-constraint/tests`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConstraintTest {
    /// The test.
    pub expression: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Advice on choosing the value of a parameter.
///
/// In the standard: catalog and profile, `parameter-guideline`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guideline {
    /// The text; Markdown.
    pub prose: String,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The choices that a parameter offers.
///
/// In the standard: catalog and profile, `parameter-selection`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Selection {
    /// How many may be chosen: `one` or `one-or-more`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how_many: Option<String>,
    /// The choices; their text may insert other parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choice: Vec<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The wish for everything: an empty object.
///
/// In the standard: catalog and profile, `include-all`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncludeAll {
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Controls by id, or by a pattern of ids.
///
/// In the standard: catalog and profile, `select-control-by-id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SelectControls {
    /// Whether the enhancements come along: `yes` or `no`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_child_controls: Option<String>,
    /// The ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_ids: Vec<String>,
    /// Patterns that ids match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matching: Vec<Matching>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Controls whose ids match a pattern.
///
/// In the standard: catalog and profile, `matching`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// The pattern: `*` and `?` stand for other characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
