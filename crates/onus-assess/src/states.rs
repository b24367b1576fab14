//! How the customer's part of each duty stands, by the findings that speak to it.

use crate::assessment::{Column, DutyState, Finding, FindingOutcome, Holder, Responsibility, Summary};
use onus_model::Layer;
use rustc_hash::FxHashMap;

/// What the findings on one layer of some resources amount to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    failed: usize,
    undecided: usize,
    waived: usize,
    passed: usize,
}

impl Tally {
    fn count(&mut self, outcome: FindingOutcome) {
        match outcome {
            FindingOutcome::Fail => self.failed += 1,
            FindingOutcome::Undetermined => self.undecided += 1,
            FindingOutcome::Waived => self.waived += 1,
            FindingOutcome::Pass => self.passed += 1,
        }
    }

    fn state(self, holder: &Holder) -> Option<DutyState> {
        if !holder.may_have_customer() {
            return None;
        }
        Some(match (self, holder) {
            (Self { failed: 1.., .. }, _) => DutyState::NotMet,
            (Self { undecided: 1.., .. }, _) | (_, Holder::Undetermined(_)) => DutyState::Undetermined,
            (Self { waived: 1.., .. }, _) => DutyState::Waived,
            (Self { passed: 1.., .. }, _) => DutyState::Met,
            _ => DutyState::NeedsEvidence,
        })
    }
}

/// Fills in the states of duties and cells.
pub(crate) fn fill(columns: &mut [Column], responsibilities: &mut [Responsibility], findings: &[Finding]) {
    let mut by_place: FxHashMap<(usize, Layer), Vec<usize>> = FxHashMap::default();
    for (at, finding) in findings.iter().enumerate() {
        by_place.entry((finding.resource, finding.layer)).or_default().push(at);
    }
    let at = |resources: &[usize], layer: Layer| {
        let mut places: Vec<usize> = resources
            .iter()
            .filter_map(|resource| by_place.get(&(*resource, layer)))
            .flatten()
            .copied()
            .collect();
        places.sort_unstable();
        places
    };
    for duty in responsibilities {
        duty.state = tally(&at(&duty.resources, duty.layer), findings).state(&duty.holder);
    }
    for column in columns {
        for cell in &mut column.cells {
            let places = at(&column.resources, cell.layer);
            let tally = tally(&places, findings);
            cell.state = tally.state(&cell.holder);
            cell.passed = tally.passed;
            cell.findings = places;
            cell.findings.retain(|place| findings[*place].outcome != FindingOutcome::Pass);
        }
    }
}

fn tally(places: &[usize], findings: &[Finding]) -> Tally {
    let mut tally = Tally::default();
    for place in places {
        tally.count(findings[*place].outcome);
    }
    tally
}

/// Counts what a summary shows.
pub(crate) fn summary(
    columns: &[Column],
    findings: &[Finding],
    resources: usize,
    unchecked: usize,
) -> Summary {
    let services: std::collections::BTreeSet<_> = columns.iter().map(|column| &column.service).collect();
    let mut summary = Summary { services: services.len(), resources, unchecked, ..Summary::default() };
    for cell in columns.iter().flat_map(|column| &column.cells) {
        summary.aws += usize::from(cell.holder.has_aws());
        let Some(state) = cell.state else { continue };
        summary.customer += 1;
        *match state {
            DutyState::Met => &mut summary.met,
            DutyState::NotMet => &mut summary.not_met,
            DutyState::NeedsEvidence => &mut summary.needs_evidence,
            DutyState::Waived => &mut summary.waived,
            DutyState::Undetermined => &mut summary.undetermined,
        } += 1;
    }
    for finding in findings {
        *match finding.outcome {
            FindingOutcome::Fail => &mut summary.failed,
            FindingOutcome::Pass => &mut summary.passed,
            FindingOutcome::Undetermined => &mut summary.undecided,
            FindingOutcome::Waived => &mut summary.waived_findings,
        } += 1;
    }
    summary
}
