//! The domain's words as the contract's.

use super::model;
use onus_assess::{DutyState, FindingOutcome, Holder, WaiverStatus};
use onus_model::{Category, Origination, Party, ProblemKind};

impl From<Category> for model::Category {
    fn from(category: Category) -> Self {
        match category {
            Category::Infrastructure => Self::Infrastructure,
            Category::Managed => Self::Managed,
            Category::Abstracted => Self::Abstracted,
        }
    }
}

impl From<Party> for model::Party {
    fn from(party: Party) -> Self {
        match party {
            Party::Aws => Self::Aws,
            Party::Customer => Self::Customer,
            Party::Both => Self::Both,
        }
    }
}

impl model::Holder {
    /// None where nobody is the holder: such a layer is no duty.
    pub(super) const fn of(holder: &Holder) -> Option<Self> {
        match holder {
            Holder::Party(Party::Aws) => Some(Self::Aws),
            Holder::Party(Party::Customer) => Some(Self::Customer),
            Holder::Party(Party::Both) => Some(Self::Both),
            Holder::Undetermined(_) => Some(Self::Undetermined),
            Holder::NotApplicable(_) => None,
        }
    }
}

impl From<DutyState> for model::State {
    fn from(state: DutyState) -> Self {
        match state {
            DutyState::NotMet => Self::NotMet,
            DutyState::Undetermined => Self::Undetermined,
            DutyState::NeedsEvidence => Self::NeedsEvidence,
            DutyState::Waived => Self::Waived,
            DutyState::Met => Self::Met,
        }
    }
}

impl From<Origination> for model::Origination {
    fn from(origination: Origination) -> Self {
        match origination {
            Origination::Inherited => Self::Inherited,
            Origination::Shared => Self::Shared,
            Origination::Customer => Self::Customer,
            Origination::NotApplicable => Self::NotApplicable,
            Origination::Undetermined => Self::Undetermined,
        }
    }
}

impl From<FindingOutcome> for model::Outcome {
    fn from(outcome: FindingOutcome) -> Self {
        match outcome {
            FindingOutcome::Fail => Self::Fail,
            FindingOutcome::Undetermined => Self::Undetermined,
            FindingOutcome::Waived => Self::Waived,
            FindingOutcome::Pass => Self::Pass,
        }
    }
}

impl From<onus_check::Severity> for model::Severity {
    fn from(severity: onus_check::Severity) -> Self {
        match severity {
            onus_check::Severity::Low => Self::Low,
            onus_check::Severity::Medium => Self::Medium,
            onus_check::Severity::High => Self::High,
            onus_check::Severity::Critical => Self::Critical,
        }
    }
}

impl From<WaiverStatus> for model::WaiverStatus {
    fn from(status: WaiverStatus) -> Self {
        match status {
            WaiverStatus::Applied(_) => Self::Applied,
            WaiverStatus::Expired => Self::Expired,
            WaiverStatus::Unmatched => Self::Unmatched,
            WaiverStatus::NoCounterpart => Self::NoCounterpart,
            WaiverStatus::OtherQuestion => Self::OtherQuestion,
            WaiverStatus::Invalid => Self::Invalid,
        }
    }
}

impl From<ProblemKind> for model::ProblemKind {
    fn from(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Unreadable => Self::Unreadable,
            ProblemKind::Syntax => Self::Syntax,
            ProblemKind::Limit => Self::Limit,
            ProblemKind::Invalid => Self::Invalid,
            ProblemKind::Skipped => Self::Skipped,
            ProblemKind::NotMapped => Self::NotMapped,
            ProblemKind::NotEvaluated => Self::NotEvaluated,
            ProblemKind::Credential => Self::Credential,
            ProblemKind::Unowned => Self::Unowned,
            ProblemKind::Evidence => Self::Evidence,
        }
    }
}
