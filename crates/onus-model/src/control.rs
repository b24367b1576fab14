//! Frameworks, their controls, and how AWS's work relates to them.

use crate::layer::Layer;
use serde::{Deserialize, Serialize};

/// A catalogue of controls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// The id (`aws-shared-responsibility`).
    pub id: String,
    /// The title.
    pub title: String,
    /// Where its facts are from.
    pub sources: Vec<String>,
    /// The controls, in published order.
    pub controls: Vec<Control>,
}

/// A control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// The id within its framework.
    pub id: String,
    /// The title.
    pub title: String,
    /// What AWS does for it, in our own words.
    pub provision: Option<String>,
    /// What the customer does for it, in our own words.
    pub responsibility: Option<String>,
    /// The statements; at least one.
    pub statements: Vec<Statement>,
    /// The ids of the checks that are evidence for it.
    pub checks: Vec<String>,
    /// Where its facts are from.
    pub sources: Vec<String>,
}

/// A part of a control that is implemented, and inherited, on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The id within the framework (`patch-management_smt`).
    pub id: String,
    /// What it asks, in our own words.
    pub gist: String,
    /// The layers where its outcome is decided.
    pub layers: Vec<PrimaryLayer>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// What AWS does there discharges the control there, so it can be inherited.
    Covers,
    /// AWS supplies a mechanism, the customer's settings decide the outcome.
    Enables,
    /// AWS does the same for its own people and systems, which discharges nothing for the customer.
    Parallel,
}

/// Whose a control or statement is, in the customer's workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origination {
    /// AWS does all of it.
    Inherited,
    /// AWS and the customer each do a part.
    Shared,
    /// The customer does all of it.
    Customer,
    /// Nothing in the workload concerns it.
    NotApplicable,
    /// The workload does not say enough to tell.
    Undetermined,
}

impl Origination {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inherited => "inherited",
            Self::Shared => "shared",
            Self::Customer => "customer",
            Self::NotApplicable => "not-applicable",
            Self::Undetermined => "undetermined",
        }
    }
}
