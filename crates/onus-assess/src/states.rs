//! How the customer's part of each duty stands, by the findings and records that speak to it.

use crate::assessment::{Column, DutyState, Finding, FindingOutcome, Holder, Responsibility, Summary};
use crate::evidence::ledger::Ledger;
use crate::evidence::outcomes::Tally;
use onus_model::{Layer, RecordResult};
use rustc_hash::FxHashMap;

/// How the customer's part stands, by the findings on the layer and the record for it.
fn state(tally: Tally, record: Option<RecordResult>, holder: &Holder) -> Option<DutyState> {
    if !holder.may_have_customer() {
        return None;
    }
    Some(match (tally, record, holder) {
        (Tally { failed: 1.., .. }, ..) | (_, Some(RecordResult::NotSatisfied), _) => DutyState::NotMet,
        (Tally { undecided: 1.., .. }, ..) | (.., Holder::Undetermined(_)) => DutyState::Undetermined,
        (Tally { waived: 1.., .. }, ..) => DutyState::Waived,
        (Tally { passed: 1.., .. }, ..) | (_, Some(RecordResult::Satisfied), _) => DutyState::Met,
        _ => DutyState::NeedsEvidence,
    })
}

/// Fills in the states of duties and cells.
pub(crate) fn fill(
    columns: &mut [Column],
    responsibilities: &mut [Responsibility],
    findings: &[Finding],
    ledger: &Ledger<'_>,
) {
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
        let record = ledger.of_duty(&duty.service, duty.layer).counts.map(|(_, result)| result);
        duty.state = state(tally(&at(&duty.resources, duty.layer), findings), record, &duty.holder);
    }
    for column in columns {
        for cell in &mut column.cells {
            let places = at(&column.resources, cell.layer);
            let tally = tally(&places, findings);
            let record = ledger.of_duty(&column.service, cell.layer).counts.map(|(_, result)| result);
            cell.state = state(tally, record, &cell.holder);
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
