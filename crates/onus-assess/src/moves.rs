//! What moves between two workloads: services, layers, and the class of each control and statement.

use crate::assessment::{Assessment, ControlAnswer, DutyState, Holder};
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
    /// The customer's duties that are not met now, and were not open before.
    pub newly_unmet: Vec<OpenDuty>,
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
            && self.newly_unmet.is_empty()
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

/// A duty of the customer's that is not met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenDuty {
    /// The service, by its heading.
    pub service: String,
    /// The layer.
    pub layer: Layer,
    /// What it asks.
    pub responsibility: String,
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
        newly_unmet: newly_unmet(before, after),
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

fn newly_unmet(before: &Assessment, after: &Assessment) -> Vec<OpenDuty> {
    let was = unmet(before);
    unmet(after).into_iter().filter(|duty| !was.iter().any(|old| same_place(old, duty))).collect()
}

fn same_place(a: &OpenDuty, b: &OpenDuty) -> bool {
    a.service == b.service && a.layer == b.layer
}

fn unmet(assessment: &Assessment) -> Vec<OpenDuty> {
    let cells =
        assessment.columns.iter().flat_map(|column| column.cells.iter().map(move |cell| (column, cell)));
    let unmet = cells.filter(|(_, cell)| cell.state == Some(DutyState::NotMet));
    unmet
        .map(|(column, cell)| OpenDuty {
            service: column.heading.clone(),
            layer: cell.layer,
            responsibility: cell
                .responsibilities
                .iter()
                .find_map(|row| assessment.responsibilities[*row].responsibility.clone())
                .unwrap_or_default(),
        })
        .collect()
}
