//! A check, and its verdict on a resource.

use crate::compile::Program;
use crate::counterpart::{ConfigRule, Counterpart};
use crate::eval::{Evaluation, Truth};
use crate::example::Example;
use crate::index::Index;
use crate::parts;
use crate::paths::{Root, paths};
use onus_model::{Coverage, Expression, Layer, Notation, Resource, Span, Value};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How much a finding matters. Ordered from low to critical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good practice.
    Low,
    /// A weakness that another failure makes use of.
    Medium,
    /// A weakness of its own.
    High,
    /// Open to anyone.
    Critical,
}

impl Severity {
    /// Every severity, from the lowest.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word in files and reports.
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

/// A word that is no severity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no severity: expected `low`, `medium`, `high` or `critical`")]
pub struct UnknownSeverity(pub String);

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(text: &str) -> Result<Self, UnknownSeverity> {
        let found = Self::ALL.into_iter().find(|severity| severity.as_str() == text);
        found.ok_or_else(|| UnknownSeverity(text.to_owned()))
    }
}

/// A rule on the configuration of a resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The id (`s3-bucket-versioning`).
    pub id: String,
    /// The state it looks at, as a sentence without a full stop.
    pub title: String,
    /// The resource types it applies to; at least one.
    pub resource: Vec<String>,
    /// The layer of the duty.
    pub layer: Layer,
    /// How much a finding matters.
    pub severity: Severity,
    /// The Security Hub controls that ask the same, or nearly.
    pub security_hub: Vec<Counterpart>,
    /// The Config rules behind those controls.
    pub config_rules: Vec<ConfigRule>,
    /// The rules of other tools that ask the same, or nearly.
    pub also_known_as: Vec<(Notation, Counterpart)>,
    /// Where this does not hold, the check says nothing.
    pub applies: Option<Expression>,
    /// What has to hold.
    pub pass: Expression,
    /// Why it matters.
    pub why: String,
    /// What to do about a finding.
    pub fix: String,
    /// Where its facts are from.
    pub sources: Vec<String>,
    /// The day on which they were read; a user's own check may leave it out.
    pub read: Option<jiff::civil::Date>,
    /// Resources and the outcome that they must have.
    pub examples: Examples,
}

impl Check {
    /// The Security Hub controls that ask the same.
    pub fn same_controls(&self) -> Vec<&str> {
        let same = self.security_hub.iter().filter(|control| control.is_equal());
        same.map(|control| control.id.as_str()).collect()
    }

    /// The Config rule that asks the same: that of a control which does, or one that stands alone.
    pub fn same_config_rule(&self) -> Option<&str> {
        let same = self.same_controls();
        let is_same = |rule: &&ConfigRule| rule.control.as_deref().is_none_or(|id| same.contains(&id));
        self.config_rules.iter().find(is_same).map(|rule| rule.name.as_str())
    }

    /// The Config rule that implements a control.
    pub fn config_rule_of(&self, control: &str) -> Option<&str> {
        let rule = self.config_rules.iter().find(|rule| rule.control.as_deref() == Some(control))?;
        Some(&rule.name)
    }
}

/// The examples of a check, by the outcome that they must have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Examples {
    /// They pass.
    pub pass: Vec<Example>,
    /// They fail.
    pub fail: Vec<Example>,
    /// They stay undetermined.
    pub undetermined: Vec<Example>,
    /// The check does not apply to them.
    pub not_applicable: Vec<Example>,
}

impl Examples {
    /// All of them, with the outcome that each must have.
    pub fn iter(&self) -> impl Iterator<Item = (Outcome, &Example)> {
        let groups = [
            (Outcome::Pass, &self.pass),
            (Outcome::Fail, &self.fail),
            (Outcome::Undetermined, &self.undetermined),
            (Outcome::NotApplicable, &self.not_applicable),
        ];
        groups
            .into_iter()
            .flat_map(|(outcome, examples)| examples.iter().map(move |example| (outcome, example)))
    }
}

/// What a check says about a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// What has to hold, holds.
    Pass,
    /// It does not, or what it needs is not set.
    Fail,
    /// It depends on something that is not known.
    Undetermined,
    /// The check says nothing about this resource.
    NotApplicable,
}

impl Outcome {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Undetermined => "undetermined",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// What a check says about a resource, where, and why it does not say more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// The place of the property that decided.
    pub span: Option<Span>,
    /// Where it is undetermined: why, each reason once.
    pub reasons: Vec<String>,
}

/// The expressions of a check, ready to run.
#[derive(Debug)]
pub struct CompiledCheck {
    applies: Option<Program>,
    pass: Program,
    /// The properties that `pass` asks for.
    pub(crate) decided_by: Vec<String>,
    /// The properties that it asks for at all.
    pub(crate) looks_at: Vec<String>,
}

impl CompiledCheck {
    /// Makes a check ready to run.
    pub fn new(check: &Check) -> Self {
        let decided_by = properties(&check.pass);
        let mut looks_at = decided_by.clone();
        looks_at.extend(check.applies.iter().flat_map(properties));
        looks_at.sort_unstable();
        looks_at.dedup();
        Self {
            applies: check.applies.as_ref().map(Program::compile),
            pass: Program::compile(&check.pass),
            decided_by,
            looks_at,
        }
    }
}

/// The properties of the resource under test that an expression asks for.
fn properties(expression: &Expression) -> Vec<String> {
    let own = paths(expression).into_iter().filter(|path| path.root == Root::Resource);
    own.filter_map(|path| path.names.into_iter().next()).collect()
}

/// Runs a check on a resource of one of its types.
///
/// Nothing is known of a resource whose properties are unknown as a whole, or could not be mapped:
/// it is undetermined, whatever the expressions say.
pub fn run<'w>(check: &CompiledCheck, index: &Index<'w>, resource: &'w Resource) -> Verdict {
    if let Some(reason) = nothing_known(resource) {
        return Verdict { outcome: Outcome::Undetermined, span: Some(resource.span), reasons: vec![reason] };
    }
    if let Coverage::Part { own } = resource.coverage {
        let nothing = Verdict { outcome: Outcome::NotApplicable, span: None, reasons: Vec::new() };
        return parts::of_part(check, index, resource, own).unwrap_or(nothing);
    }
    let verdict = evaluate(check, index, resource);
    let open = verdict.outcome == Outcome::Undetermined;
    open.then(|| parts::settled(check, index, resource)).flatten().unwrap_or(verdict)
}

/// What the expressions say, with what is not known left unknown.
pub(crate) fn evaluate(check: &CompiledCheck, index: &Index<'_>, resource: &Resource) -> Verdict {
    let verdict = |outcome, evaluation: Evaluation| Verdict {
        outcome,
        span: evaluation.span,
        reasons: evaluation.reasons,
    };
    if let Some(applies) = &check.applies {
        let evaluation = applies.evaluate(index, resource);
        match evaluation.truth {
            Truth::True => {}
            Truth::False | Truth::Null => return verdict(Outcome::NotApplicable, evaluation),
            Truth::Unknown => return verdict(Outcome::Undetermined, evaluation),
        }
    }
    let evaluation = check.pass.evaluate(index, resource);
    let outcome = match evaluation.truth {
        Truth::True => Outcome::Pass,
        Truth::False | Truth::Null => Outcome::Fail,
        Truth::Unknown => Outcome::Undetermined,
    };
    verdict(outcome, evaluation)
}

fn nothing_known(resource: &Resource) -> Option<String> {
    match (resource.coverage, &resource.properties.value) {
        (Coverage::TypeOnly, _) => {
            let named = resource.native_type.as_ref().unwrap_or(&resource.resource_type);
            Some(format!("the properties of `{named}` are not mapped"))
        }
        (_, Value::Unknown(unknown)) => Some(unknown.reason.as_ref().to_owned()),
        _ => None,
    }
}
