//! The customer's duties that turned out otherwise.

use super::Turned;
use crate::assessment::{Assessment, DutyState};
use onus_model::Layer;
use std::collections::BTreeMap;

/// A duty of the customer's that stands otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyMove {
    /// The service, by its heading.
    pub service: String,
    /// The layer.
    pub layer: Layer,
    /// What it asks.
    pub responsibility: String,
    /// How it stood; none where it was no duty of the customer's.
    pub from: Option<DutyState>,
    /// How it stands.
    pub to: DutyState,
}

pub(super) fn turned(before: &Assessment, after: &Assessment) -> Turned<DutyMove> {
    let was = worst(before);
    let is = worst(after);
    let mut turned = Turned::default();
    for duty in duties(after) {
        // Where two columns share a heading, the duty stands as the worse of them.
        let from = was.get(&duty.key()).copied();
        if is.get(&duty.key()) != Some(&duty.to) || from == Some(duty.to) {
            continue;
        }
        let list = match (from, duty.to) {
            (_, DutyState::NotMet) => &mut turned.unmet,
            (_, DutyState::Met) => &mut turned.met,
            (Some(DutyState::NotMet | DutyState::Met), _) => &mut turned.open,
            _ => continue,
        };
        if !list.iter().any(|listed: &DutyMove| listed.key() == duty.key()) {
            list.push(DutyMove { from, ..duty });
        }
    }
    turned
}

impl DutyMove {
    fn key(&self) -> (String, Layer) {
        (self.service.clone(), self.layer)
    }
}

fn worst(assessment: &Assessment) -> BTreeMap<(String, Layer), DutyState> {
    let mut states = BTreeMap::new();
    for duty in duties(assessment) {
        // INVARIANT: the states are in order from the worst.
        states.entry(duty.key()).and_modify(|state| *state = duty.to.min(*state)).or_insert(duty.to);
    }
    states
}

/// Every duty of the customer's, in the order of the chart, with how it stands.
fn duties(assessment: &Assessment) -> impl Iterator<Item = DutyMove> {
    let cells =
        assessment.columns.iter().flat_map(|column| column.cells.iter().map(move |cell| (column, cell)));
    cells.filter_map(|(column, cell)| {
        let mut asked = cell.responsibilities.iter().map(|row| &assessment.responsibilities[*row]);
        Some(DutyMove {
            service: column.heading.clone(),
            layer: cell.layer,
            responsibility: asked.find_map(|row| row.responsibility.clone()).unwrap_or_default(),
            from: None,
            to: cell.state?,
        })
    })
}
