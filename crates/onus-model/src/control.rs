//! Frameworks, their controls, and how AWS's work relates to them.

use crate::layer::Layer;
use crate::origination::Convention;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A catalogue of controls, or a selection from one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// The id (`nist-800-53-r5`).
    pub id: String,
    /// The title.
    pub title: String,
    /// The publication's version or year.
    pub version: Option<String>,
    /// The day as of which its facts are stated.
    pub read: Date,
    /// Where its facts are from.
    pub sources: Vec<String>,
    /// The convention in which its field writes whose a control is.
    pub convention: Convention,
    /// The framework whose controls it selects; it then has none of its own.
    pub selects: Option<Selection>,
    /// How its controls map to those of another framework.
    pub crosswalk: Option<Crosswalk>,
    /// The families, clauses or domains, in published order.
    pub groups: Vec<Group>,
    /// The controls, in published order.
    pub controls: Vec<Control>,
    /// What stands behind the kinds of attachment of its checks.
    pub attachments: Vec<AttachmentSource>,
}

impl Framework {
    /// A control by its id.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.id == id)
    }

    /// A family, clause or domain by its id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }
}

/// Controls of another framework, such as a baseline of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// The framework that has them.
    pub framework: String,
    /// Their ids, in published order.
    pub controls: Vec<String>,
}

/// How a framework's controls map to those of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crosswalk {
    /// The framework mapped to.
    pub to: String,
    /// What the mapping rests on: a publication, or judgement.
    pub basis: String,
    /// Where the mapping is from.
    pub sources: Vec<String>,
}

/// A family, clause or domain of controls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The id within its framework (`ac`).
    pub id: String,
    /// The title.
    pub title: String,
}

/// A control.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// The id within its framework (`ac-2.1`).
    pub id: String,
    /// The title.
    pub title: String,
    /// The family, clause or domain.
    pub group: Option<String>,
    /// What must be true, in our own words.
    pub gist: Option<String>,
    /// What AWS does for it, in our own words.
    pub provision: Option<String>,
    /// What the customer does for it, in our own words.
    pub responsibility: Option<String>,
    /// Where it went, if the publication withdrew it; it then has no statements.
    pub withdrawn: Option<Vec<String>>,
    /// The statements; at least one, unless it was withdrawn.
    pub statements: Vec<Statement>,
    /// The controls of the crosswalk's framework that it corresponds to.
    pub maps: Vec<String>,
    /// The checks that are evidence for it.
    pub checks: Vec<Attachment>,
    /// Where its facts are from.
    pub sources: Vec<String>,
}

impl Control {
    /// The id of a statement by its letter, in the form of NIST's OSCAL: `ac-2_smt.a`, or `ac-2.1_smt` for the only one.
    pub fn statement_id(&self, letter: Option<&str>) -> String {
        match letter {
            Some(letter) => format!("{}_smt.{letter}", self.id),
            None => format!("{}_smt", self.id),
        }
    }

    /// Whether it is the policy and procedures of its family (`ac-1`), which nobody else can have for the customer.
    pub fn is_policy(&self) -> bool {
        self.id.len() == 4 && self.id.ends_with("-1")
    }
}

/// A part of a control that is implemented, and inherited, on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The id within the framework (`ac-2_smt.a`).
    pub id: String,
    /// What it asks, in our own words.
    pub gist: String,
    /// The layers where its outcome is decided; empty where they are those of the controls that it maps to.
    pub layers: Vec<PrimaryLayer>,
    /// The ids of the items it is made of (`ac-1_smt.a.1`), which are not answered on their own.
    pub items: Vec<String>,
}

/// A layer where a statement's outcome is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryLayer {
    /// The layer.
    pub layer: Layer,
    /// How AWS's work there relates to the customer's need; none where AWS has no part.
    pub relation: Option<Relation>,
    /// Why this layer, and why this relation.
    pub reason: String,
}

/// How AWS's work at a layer relates to the customer's need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// What AWS does there discharges the control there, so it can be inherited.
    Covers,
    /// AWS supplies a mechanism, the customer's settings decide the outcome.
    Enables,
    /// AWS does the same for its own people and systems, which discharges nothing for the customer.
    Parallel,
}

impl Relation {
    /// The word as it stands in data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Covers => "covers",
            Self::Enables => "enables",
            Self::Parallel => "parallel",
        }
    }
}

/// A check that is evidence for a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The check's id.
    pub check: String,
    /// What says so: the id of an [`AttachmentSource`] of the framework.
    pub source: String,
}

/// What says that checks are evidence for controls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentSource {
    /// The id within its framework (`config-rules`).
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its page, if it has one.
    pub source: Option<String>,
}
