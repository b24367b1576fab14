//! What the checks found in this workload, by check.

use crate::assessment::{ControlCheck, Finding, FindingOutcome, StatementAnswer};
use onus_check::Check;
use onus_model::Layer;
use rustc_hash::FxHashMap;

/// How often a check came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) failed: usize,
    pub(crate) undecided: usize,
    pub(crate) waived: usize,
    pub(crate) passed: usize,
}

impl Tally {
    pub(crate) fn count(&mut self, outcome: FindingOutcome) {
        match outcome {
            FindingOutcome::Fail => self.failed += 1,
            FindingOutcome::Undetermined => self.undecided += 1,
            FindingOutcome::Waived => self.waived += 1,
            FindingOutcome::Pass => self.passed += 1,
        }
    }
}

/// The results of the checks, and the layer that each speaks to.
pub(crate) struct Outcomes<'a> {
    by_check: FxHashMap<&'a str, (Layer, Tally)>,
}

impl<'a> Outcomes<'a> {
    pub(crate) fn new(checks: &'a [Check], findings: &[Finding]) -> Self {
        let mut by_check: FxHashMap<&str, (Layer, Tally)> =
            checks.iter().map(|check| (check.id.as_str(), (check.layer, Tally::default()))).collect();
        for finding in findings {
            if let Some((_, tally)) = by_check.get_mut(finding.check.as_str()) {
                tally.count(finding.outcome);
            }
        }
        Self { by_check }
    }

    /// The checks of a control that looked at something here, with the layer that each speaks to.
    pub(crate) fn of_control<'c>(&self, checks: &'c [ControlCheck]) -> Vec<(&'c str, Layer, Tally)> {
        let found = checks.iter().filter_map(|check| {
            let (layer, tally) = self.by_check.get(check.check.as_str())?;
            (*tally != Tally::default()).then_some((check.check.as_str(), *layer, *tally))
        });
        found.collect()
    }
}

/// Whether a check at a layer is about a statement: that of the control which is decided at that layer, or every
/// statement where none is.
pub(crate) fn concerns(layer: Layer, statement: &StatementAnswer, all: &[StatementAnswer]) -> bool {
    let at = |statement: &StatementAnswer| statement.layers.iter().any(|primary| primary.layer == layer);
    at(statement) || !all.iter().any(at)
}
