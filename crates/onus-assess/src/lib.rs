//! Workload and knowledge to an assessment.
//!
//! Start at [`assess()`]. Data goes through once: resources are placed with their services
//! (`placement`), duties follow (`duty`, `columns`), checks run (`findings`), waivers
//! apply (`waivers`), states and controls follow from both (`states`, `controls`), and evidence says how the controls
//! stand (`evidence`, `status`), what is still to show (`tasks`), and how far a framework is met (`readiness`).
//! Nothing here reads a file or knows an output format.

mod alternatives;
mod assess;
mod assessment;
mod chain;
mod columns;
mod controls;
mod duty;
mod evidence;
mod examples;
mod findings;
mod moves;
mod placement;
mod readiness;
mod standing;
mod states;
mod status;
mod tasks;
mod waivers;

pub use alternatives::{Alternative, AlternativeLayer, StatementMove, alternatives, column_tables};
pub use assess::{Options, assess};
pub use assessment::{
    Assessment, Cell, Column, ControlAnswer, ControlCheck, DutyState, Finding, FindingOutcome, Holder,
    LayerShare, LayerUse, Placement, Responsibility, StatementAnswer, StaysOpen, Summary, WaiverStatus,
    WaiverUse,
};
pub use chain::{Fate, HandOnStatus, HandOnUse, LeftDuty, ProviderUse, Published, published};
pub use controls::ShareTable;
pub use evidence::attestations::{AttestationState, AttestationUse, OLD_SCOPE_MONTHS};
pub use evidence::bearing::{Bearing, ServiceBearing};
pub use examples::wrong_examples;
pub use moves::{Comparison, ControlMove, DutyMove, FindingMove, LayerMove, Turned, compare};
pub use readiness::{EvidenceCoverage, Readiness, StatusCounts};
pub use standing::{EvidenceKinds, Standing, Status};
pub use tasks::{Task, TaskState};
