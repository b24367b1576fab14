//! What moves between two workloads: services, layers, the class of each control and statement, and what is met.

mod duties;
mod findings;

pub use duties::DutyMove;
pub use findings::FindingMove;

use crate::assessment::{Assessment, ControlAnswer, Holder};
use onus_model::{Class, Convention, Layer, Share};
use std::collections::BTreeMap;

/// What differs between two assessments by the same knowledge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The services that are new, by their headings.
    pub added: Vec<String>,
    /// The services that are gone.
    pub removed: Vec<String>,
    /// The layers of services in both that have another holder.
    pub layers: Vec<LayerMove>,
    /// The controls and statements that have another class.
    pub controls: Vec<ControlMove>,
    /// The customer's duties that turned out otherwise.
    pub duties: Turned<DutyMove>,
    /// The findings that turned out otherwise, also within a duty that stands as it stood.
    pub findings: Turned<FindingMove>,
    /// How many controls were compared.
    pub compared: usize,
}

impl Comparison {
    /// Whether nothing moves.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.layers.is_empty()
            && self.controls.is_empty()
            && self.duties.is_empty()
            && self.findings.is_empty()
    }

    /// How many statements move from one class to another, in the order of the classes.
    pub fn counts(&self) -> Vec<((Class, Class), usize)> {
        let mut counts: BTreeMap<(Class, Class), usize> = BTreeMap::new();
        for moved in self.controls.iter().filter(|moved| moved.statement.is_some()) {
            *counts.entry((moved.from, moved.to)).or_default() += 1;
        }
        counts.into_iter().collect()
    }
}

/// What turned out otherwise, by how it came out. What is not known is neither met nor unmet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned<T> {
    /// Not met now, and not so before.
    pub unmet: Vec<T>,
    /// Met now, and not so before.
    pub met: Vec<T>,
    /// Met or not met before, and neither now: it cannot be decided, lacks evidence, or is waived.
    pub open: Vec<T>,
}

impl<T> Turned<T> {
    /// Whether nothing turned out otherwise.
    pub const fn is_empty(&self) -> bool {
        self.unmet.is_empty() && self.met.is_empty() && self.open.is_empty()
    }
}

impl<T> Default for Turned<T> {
    fn default() -> Self {
        Self { unmet: Vec::new(), met: Vec::new(), open: Vec::new() }
    }
}

/// A layer that has another holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerMove {
    /// The service, by its heading.
    pub service: String,
    /// The layer.
    pub layer: Layer,
    /// Whose it was: `aws`, `customer`, `both`, `undetermined`, `not-applicable`.
    pub from: &'static str,
    /// Whose it is.
    pub to: &'static str,
    /// Why.
    pub because: String,
}

/// A control or statement that has another class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlMove {
    /// The framework's id.
    pub framework: String,
    /// The control's id.
    pub control: String,
    /// The statement's id; none for the control as a whole.
    pub statement: Option<String>,
    /// The control's title, or what the statement asks.
    pub title: String,
    /// Whose it was.
    pub from: Class,
    /// Whose it is.
    pub to: Class,
    /// The reasons for the new class.
    pub because: Vec<String>,
}

/// Compares two assessments of the same frameworks, from the first to the second.
///
/// Without a convention, each framework is compared in that of its field.
pub fn compare(before: &Assessment, after: &Assessment, convention: Option<Convention>) -> Comparison {
    let (old, new) = (headings(before), headings(after));
    let missing =
        |of: &[String], from: &[String]| of.iter().filter(|name| !from.contains(name)).cloned().collect();
    Comparison {
        added: missing(&new, &old),
        removed: missing(&old, &new),
        layers: layer_moves(before, after),
        controls: control_moves(before, after, convention),
        duties: duties::turned(before, after),
        findings: findings::turned(before, after),
        compared: after.controls.iter().filter(|control| control.withdrawn.is_none()).count(),
    }
}

fn headings(assessment: &Assessment) -> Vec<String> {
    let mut headings: Vec<String> = assessment.columns.iter().map(|column| column.heading.clone()).collect();
    headings.sort();
    headings.dedup();
    headings
}

fn layer_moves(before: &Assessment, after: &Assessment) -> Vec<LayerMove> {
    let mut moves = Vec::new();
    for column in &after.columns {
        let Some(old) = before.columns.iter().find(|old| old.heading == column.heading) else { continue };
        for (was, is) in old.cells.iter().zip(&column.cells) {
            if was.holder != is.holder && !both_not_applicable(&was.holder, &is.holder) {
                let because =
                    is.responsibilities.first().map(|row| after.responsibilities[*row].because.clone());
                moves.push(LayerMove {
                    service: column.heading.clone(),
                    layer: is.layer,
                    from: was.holder.as_str(),
                    to: is.holder.as_str(),
                    because: because.unwrap_or_default(),
                });
            }
        }
    }
    moves
}

const fn both_not_applicable(a: &Holder, b: &Holder) -> bool {
    matches!((a, b), (Holder::NotApplicable(_), Holder::NotApplicable(_)))
}

fn control_moves(
    before: &Assessment,
    after: &Assessment,
    convention: Option<Convention>,
) -> Vec<ControlMove> {
    let old: BTreeMap<(&str, &str), &ControlAnswer> =
        before.controls.iter().map(|control| ((&*control.framework, &*control.control), control)).collect();
    let mut moves = Vec::new();
    for control in &after.controls {
        let Some(was) = old.get(&(&*control.framework, &*control.control)) else { continue };
        let convention = after.convention_of(&control.framework, convention);
        let mut push = |statement: Option<&str>, title: &str, from: Share, to: Share, because: &[String]| {
            let [from, to] = [from, to].map(|share| convention.class(share, control.policy));
            if from != to {
                moves.push(ControlMove {
                    framework: control.framework.clone(),
                    control: control.control.clone(),
                    statement: statement.map(str::to_owned),
                    title: title.to_owned(),
                    from,
                    to,
                    because: because.to_vec(),
                });
            }
        };
        push(None, &control.title, was.share, control.share, &control.because);
        for (was, is) in was.statements.iter().zip(&control.statements) {
            push(Some(&is.id), &is.gist, was.share, is.share, &is.because);
        }
    }
    moves
}
