//! Workload and knowledge to an assessment.

mod assessment;

pub use assessment::{
    Assessment, Cell, Column, ControlAnswer, DutyState, Finding, FindingOutcome, Holder, Placement, Responsibility,
    StatementAnswer, Summary, WaiverStatus, WaiverUse,
};
