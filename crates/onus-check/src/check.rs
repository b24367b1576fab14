//! A check: one question to the configuration of one resource.

use jiff::civil::Date;
use onus_model::{Expression, Layer, Notation};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much a failed check matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good practice.
    Low,
    /// Weakens a safeguard.
    Medium,
    /// Exposes data or access under common conditions.
    High,
    /// Exposes data or access as it stands.
    Critical,
}

impl Severity {
    /// The word as it stands in data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A check, as loaded and validated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The id, e.g. `s3-bucket-versioning`.
    pub id: String,
    /// The good state, as a sentence without full stop.
    pub title: String,
    /// The resource types it asks.
    pub resource: Vec<String>,
    /// The layer whose duty it is evidence for.
    pub layer: Layer,
    /// How much a failure matters.
    pub severity: Severity,
    /// The Security Hub controls it equals.
    pub security_hub: Vec<String>,
    /// The AWS Config rule it equals.
    pub config_rule: Option<String>,
    /// The ids of the same question in other tools, for their suppressions.
    pub also_known_as: Vec<(Notation, String)>,
    /// Where this is not true, the check says nothing.
    pub applies: Option<Expression>,
    /// True where the resource is in the good state.
    pub pass: Expression,
    /// What follows from a failure.
    pub why: String,
    /// What to change.
    pub fix: String,
    /// Documentation pages.
    pub sources: Vec<String>,
    /// The day on which the sources were read; users' own checks may leave it out.
    pub read: Option<Date>,
}
