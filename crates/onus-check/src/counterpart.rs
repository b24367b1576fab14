//! What other tools ask beside a check of ours.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A control or rule of somebody else that asks what a check of ours asks, or nearly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterpart {
    /// Its id there (`S3.14`, `CKV_AWS_21`).
    pub id: String,
    /// How our check stands to it.
    pub strictness: Strictness,
}

/// How our check stands to a counterpart, on the resources that both look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strictness {
    /// What fails one fails the other.
    Equal,
    /// Ours asks for less: it passes what fails theirs. Says where, in a sentence.
    Looser(String),
    /// Ours asks for more: it fails what passes theirs. Says where, in a sentence.
    Stricter(String),
}

impl Strictness {
    /// The words of the knowledge files and reports, from ours to theirs.
    pub const WORDS: [&'static str; 3] = ["equal", "looser", "stricter"];

    /// The word in files and reports.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Looser(_) => "looser",
            Self::Stricter(_) => "stricter",
        }
    }

    /// Where the two differ, in a sentence.
    pub fn difference(&self) -> Option<&str> {
        match self {
            Self::Equal => None,
            Self::Looser(difference) | Self::Stricter(difference) => Some(difference),
        }
    }
}

impl Counterpart {
    /// True if both ask the same, so that who accepts a failure of one accepts that of the other.
    pub const fn is_equal(&self) -> bool {
        matches!(self.strictness, Strictness::Equal)
    }
}

/// `S3.14`, or `stricter than S3.14`.
impl fmt::Display for Counterpart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.strictness {
            Strictness::Equal => f.write_str(&self.id),
            _ => write!(f, "{} than {}", self.strictness.as_str(), self.id),
        }
    }
}

/// A managed rule of AWS Config, by which AWS itself answers a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigRule {
    /// Its name (`s3-bucket-versioning-enabled`).
    pub name: String,
    /// The Security Hub control that it implements, and to which our check stands as to that.
    pub control: Option<String>,
}
