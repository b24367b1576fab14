//! How far a framework is met: counts, and one figure that cannot be raised by leaving out what is hard.

use crate::assessment::ControlAnswer;
use crate::standing::Status;

/// How far a framework is met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// The framework's id.
    pub framework: String,
    /// Its controls by status, without those that were withdrawn.
    pub controls: StatusCounts,
    /// Their statements by status.
    pub statements: StatusCounts,
    /// What evidence its controls can have, and have.
    pub coverage: EvidenceCoverage,
}

impl Readiness {
    /// The share of satisfied statements among all that apply, from 0 to 1; none where none applies.
    ///
    /// A statement leaves the sum only where the derivation finds that it applies to nobody: nothing that a user writes
    /// down, or leaves out, takes it away.
    pub fn figure(&self) -> Option<f64> {
        let all = self.statements.applicable();
        (all > 0).then(|| self.statements.satisfied as f64 / all as f64)
    }
}

/// A number for each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Satisfied.
    pub satisfied: usize,
    /// Partly satisfied.
    pub partly_satisfied: usize,
    /// Not satisfied.
    pub not_satisfied: usize,
    /// Not assessed.
    pub not_assessed: usize,
    /// Applies to nobody.
    pub not_applicable: usize,
}

impl StatusCounts {
    /// All that apply to somebody.
    pub const fn applicable(&self) -> usize {
        self.satisfied + self.partly_satisfied + self.not_satisfied + self.not_assessed
    }

    fn count(&mut self, status: Status) {
        *match status {
            Status::Satisfied => &mut self.satisfied,
            Status::PartlySatisfied => &mut self.partly_satisfied,
            Status::NotSatisfied => &mut self.not_satisfied,
            Status::NotAssessed => &mut self.not_assessed,
            Status::NotApplicable => &mut self.not_applicable,
        } += 1;
    }
}

/// How many of the controls that apply can have, and have, which evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceCoverage {
    /// Checks are attached, and the customer has a part: automated evidence is possible, beside a record.
    pub automated_possible: usize,
    /// The customer has a part, and no check is attached: only a record is possible.
    pub manual_only: usize,
    /// Only AWS or a provider has a part: only attestations are possible.
    pub attestation_only: usize,
    /// Checks looked at something.
    pub automated: usize,
    /// A record counts for at least one statement.
    pub manual: usize,
    /// An attestation proves some of AWS's part.
    pub attested: usize,
    /// There is no evidence of any kind.
    pub without: usize,
}

impl EvidenceCoverage {
    fn count(&mut self, control: &ControlAnswer) {
        *match (control.share.may_have_customer(), control.checks.is_empty()) {
            (true, false) => &mut self.automated_possible,
            (true, true) => &mut self.manual_only,
            (false, _) => &mut self.attestation_only,
        } += 1;
        let kinds = control.standing.kinds;
        self.automated += usize::from(kinds.automated);
        self.manual += usize::from(kinds.manual);
        self.attested += usize::from(kinds.attested);
        self.without += usize::from(kinds.is_none());
    }
}

/// How far each framework is met, in the order in which the controls name them.
pub(crate) fn of(controls: &[ControlAnswer]) -> Vec<Readiness> {
    let frameworks = controls.chunk_by(|one, next| one.framework == next.framework);
    frameworks.map(of_framework).collect()
}

fn of_framework(controls: &[ControlAnswer]) -> Readiness {
    let mut readiness = Readiness {
        framework: controls.first().map(|control| control.framework.clone()).unwrap_or_default(),
        ..Readiness::default()
    };
    for control in controls.iter().filter(|control| control.withdrawn.is_none()) {
        readiness.controls.count(control.standing.status);
        control.statements.iter().for_each(|own| readiness.statements.count(own.standing.status));
        if control.standing.status != Status::NotApplicable {
            readiness.coverage.count(control);
        }
    }
    readiness
}
