//! The assessment: everything a report may say, as data without a format.

use crate::chain::{HandOnUse, LeftDuty, ProviderUse};
use crate::evidence::attestations::AttestationUse;
use crate::readiness::Readiness;
use crate::standing::Standing;
use crate::tasks::Task;
use jiff::civil::Date;
use onus_check::Severity;
use onus_knowledge::Knowledge;
use onus_model::{
    Category, Class, Convention, Layer, Origination, Party, Problem, Provider, Record, Relation, Share, Span,
    Workload,
};
use std::sync::Arc;

/// The result of one run.
#[derive(Debug)]
pub struct Assessment {
    /// The system's name: from `onus.yaml`, else the name of the folder or file.
    pub system: String,
    /// The day of the run.
    pub date: Date,
    /// What was read, as the user named it.
    pub inputs: Vec<String>,
    /// The facts it rests on.
    pub knowledge: Arc<Knowledge>,
    /// What runs.
    pub workload: Workload,
    /// Service and variant of each resource, by its position in the workload.
    pub placements: Vec<Placement>,
    /// The services in use, one per service and variant, from infrastructure to abstracted.
    pub columns: Vec<Column>,
    /// The duties: one per service, variant and layer that applies.
    pub responsibilities: Vec<Responsibility>,
    /// Who has each layer, by [`Layer::index`].
    pub uses: Vec<LayerUse>,
    /// Whether the workforce's devices and offices are in the boundary.
    pub endpoints_in_boundary: bool,
    /// Whether sites of the customer's own are in the boundary.
    pub sites_in_boundary: bool,
    /// The controls of the chosen frameworks.
    pub controls: Vec<ControlAnswer>,
    /// The results of the checks: by severity from the highest, then file and place.
    pub findings: Vec<Finding>,
    /// The waivers, with what came of each.
    pub waivers: Vec<WaiverUse>,
    /// The providers between AWS and the customer, by their documents.
    pub providers: Vec<Provider>,
    /// What the providers leave to the customer, with what became of each.
    pub left: Vec<LeftDuty>,
    /// What the customer hands on to its own customers.
    pub hands_on: Vec<HandOnUse>,
    /// The registered documents about AWS's work, with how each stands.
    pub attestations: Vec<AttestationUse>,
    /// The records of the customer's evidence; [`Record::flaws`] and [`Record::shows`] say how each stands on the day of the run.
    pub records: Vec<Record>,
    /// What the customer has to show, and has not yet.
    pub tasks: Vec<Task>,
    /// How far each of the chosen frameworks is met.
    pub readiness: Vec<Readiness>,
    /// The problems of reading and of assessing.
    pub problems: Vec<Problem>,
    /// The counts.
    pub summary: Summary,
}

impl Assessment {
    /// The convention that was asked for, else that of the framework's field.
    pub fn convention_of(&self, framework: &str, asked: Option<Convention>) -> Convention {
        let own = || self.knowledge.framework(framework).map(|framework| framework.convention);
        asked.or_else(own).unwrap_or_default()
    }
}

/// Where a resource belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The service's id; none for a type that no service claims.
    pub service: Option<String>,
    /// The chosen cases joined by `+`, `undetermined`, or none where the resource says nothing about the variant.
    pub variant: Option<String>,
    /// Why the variant is undetermined.
    pub reasons: Vec<String>,
    /// The position in [`Assessment::columns`].
    pub column: Option<usize>,
}

/// A column of the chart: a service in one of its variants.
#[derive(Clone, Debug)]
pub struct Column {
    /// The service's id.
    pub service: String,
    /// The service's name (`Amazon ECS`).
    pub name: String,
    /// The heading (`ECS on Fargate`), short.
    pub heading: String,
    /// The variant's id; none for a service without variants. `undetermined` where it is.
    pub variant: Option<String>,
    /// The category, of the variant where it has its own.
    pub category: Category,
    /// The positions of its resources in the workload; empty for a service that was only named.
    pub resources: Vec<usize>,
    /// One cell per layer of a service, in the order of the chart.
    pub cells: Vec<Cell>,
}

/// A layer of a column.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The layer.
    pub layer: Layer,
    /// Whose duty it is.
    pub holder: Holder,
    /// How the customer's part stands; none where the customer has no part.
    pub state: Option<DutyState>,
    /// The positions of its findings that are not passes, in [`Assessment::findings`].
    pub findings: Vec<usize>,
    /// How many checks passed.
    pub passed: usize,
    /// The positions of its duties in [`Assessment::responsibilities`].
    pub responsibilities: Vec<usize>,
}

/// Whose duty a layer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Someone's, definitely.
    Party(Party),
    /// One of several, as the configuration does not tell; never fewer than two, in the order aws, customer, both.
    Undetermined(Vec<Party>),
    /// Nobody's, for the reason given.
    NotApplicable(String),
}

impl Holder {
    /// Whether the customer has, or may have, a part.
    pub fn may_have_customer(&self) -> bool {
        match self {
            Self::Party(party) => party.has_customer(),
            Self::Undetermined(parties) => parties.iter().any(|party| party.has_customer()),
            Self::NotApplicable(_) => false,
        }
    }

    /// Whether AWS has a part in every case.
    pub fn has_aws(&self) -> bool {
        match self {
            Self::Party(party) => party.has_aws(),
            Self::Undetermined(parties) => parties.iter().all(|party| party.has_aws()),
            Self::NotApplicable(_) => false,
        }
    }

    /// The word in reports: `aws`, `customer`, `both`, `undetermined`, `not-applicable`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Party(party) => party.as_str(),
            Self::Undetermined(_) => "undetermined",
            Self::NotApplicable(_) => "not-applicable",
        }
    }
}

/// How a duty of the customer's stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyState {
    /// A check found it otherwise, or a record says so.
    NotMet,
    /// A check could not decide, or the duty itself is undetermined.
    Undetermined,
    /// No check speaks to it, and no record: it needs manual evidence.
    NeedsEvidence,
    /// What fails has been waived.
    Waived,
    /// Every check that speaks to it passed, or, where none does, a record shows it.
    Met,
}

impl DutyState {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotMet => "not-met",
            Self::Undetermined => "undetermined",
            Self::NeedsEvidence => "needs-evidence",
            Self::Waived => "waived",
            Self::Met => "met",
        }
    }
}

/// A duty at a layer of a service in one of its configurations.
#[derive(Clone, Debug)]
pub struct Responsibility {
    /// The service's id.
    pub service: String,
    /// As in [`Placement::variant`].
    pub variant: Option<String>,
    /// The layer.
    pub layer: Layer,
    /// Whose duty it is; never not-applicable.
    pub holder: Holder,
    /// Whether the layer applies in every case that is possible; where not, nobody may have to do anything.
    pub certain: bool,
    /// What AWS provides.
    pub provision: Option<String>,
    /// What the customer is responsible for.
    pub responsibility: Option<String>,
    /// How the customer's part stands.
    pub state: Option<DutyState>,
    /// Why: the service's category, or the cases that moved the layer.
    pub because: String,
    /// The positions of the resources in the workload; empty for a service that was only named.
    pub resources: Vec<usize>,
    /// Documentation pages.
    pub sources: Vec<String>,
}

/// Who has a layer: positions in [`Assessment::columns`]. A service may stand in several lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerUse {
    /// AWS alone.
    pub aws: Vec<usize>,
    /// Both parties.
    pub both: Vec<usize>,
    /// The customer alone.
    pub customer: Vec<usize>,
    /// Not decided by the configuration.
    pub open: Vec<usize>,
}

/// A control of a framework, with its origination in this workload.
#[derive(Clone, Debug, Default)]
pub struct ControlAnswer {
    /// The framework's id.
    pub framework: String,
    /// The control's id.
    pub control: String,
    /// The control's title.
    pub title: String,
    /// The family, clause or domain.
    pub group: Option<String>,
    /// What must be true.
    pub gist: Option<String>,
    /// Where it went, if the publication withdrew it.
    pub withdrawn: Option<Vec<String>>,
    /// Whether it is the policy and procedures of its family.
    pub policy: bool,
    /// Who has which part: the datum that conventions render.
    pub share: Share,
    /// What AWS does for it here.
    pub provision: Option<String>,
    /// What the customer does for it here.
    pub responsibility: Option<String>,
    /// The reasons, each a sentence that names service, variant, layer and relation.
    pub because: Vec<String>,
    /// The statements, each with its own origination.
    pub statements: Vec<StatementAnswer>,
    /// The checks that are evidence for it, whether or not there is something for them to look at.
    pub checks: Vec<ControlCheck>,
    /// How it stands.
    pub standing: Standing,
}

impl ControlAnswer {
    /// Inherited, shared or the customer's, by the model's own definitions.
    pub fn origination(&self) -> Origination {
        self.share.origination()
    }

    /// Who has a part: AWS, the customer.
    pub fn parties(&self) -> Vec<Party> {
        self.share.parties()
    }

    /// The class in a convention.
    pub fn class(&self, convention: Convention) -> Class {
        convention.class(self.share, self.policy)
    }

    /// What a convention calls it.
    pub fn label(&self, convention: Convention) -> &'static str {
        if self.withdrawn.is_some() { "Withdrawn" } else { convention.label(self.share, self.policy) }
    }
}

/// A statement of a control, with its origination in this workload.
#[derive(Clone, Debug, Default)]
pub struct StatementAnswer {
    /// The statement's id.
    pub id: String,
    /// What it asks.
    pub gist: String,
    /// Who has which part.
    pub share: Share,
    /// The reasons.
    pub because: Vec<String>,
    /// The layers where it is decided.
    pub layers: Vec<LayerShare>,
    /// The share that providers add to that of the layers.
    pub upstream: Share,
    /// What providers say of it.
    pub providers: Vec<ProviderUse>,
    /// How it stands.
    pub standing: Standing,
}

impl StatementAnswer {
    /// Inherited, shared or the customer's, by the model's own definitions.
    pub fn origination(&self) -> Origination {
        self.share.origination()
    }
}

/// A layer where a statement is decided, with the share there over all services in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerShare {
    /// The layer.
    pub layer: Layer,
    /// How AWS's work there relates to the customer's need.
    pub relation: Option<Relation>,
    /// Why this layer, and why this relation.
    pub reason: String,
    /// The control by which it comes, where a crosswalk says so.
    pub through: Option<String>,
    /// The share.
    pub share: Share,
}

/// A check that is evidence for a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlCheck {
    /// The check's id.
    pub check: String,
    /// What says so: an attachment source of the framework that has the control.
    pub source: String,
    /// The control by which it comes, where a crosswalk says so.
    pub through: Option<String>,
}

/// The result of a check on a resource.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The check's id.
    pub check: String,
    /// The position of the resource in the workload.
    pub resource: usize,
    /// The layer whose duty it speaks to.
    pub layer: Layer,
    /// How it came out.
    pub outcome: FindingOutcome,
    /// The check's severity.
    pub severity: Severity,
    /// What is the matter, in a sentence; what could not be decided and why; or what is in order.
    pub message: String,
    /// The property that decided.
    pub span: Span,
    /// The waiver that applies, by its position in [`Assessment::waivers`].
    pub waiver: Option<usize>,
    /// A name that stays the same when lines move: check, file or root module, and address, hashed.
    pub fingerprint: String,
    /// Whether the baseline has it already.
    pub in_baseline: bool,
}

/// How a finding came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingOutcome {
    /// The good state was not found.
    Fail,
    /// The input does not say enough.
    Undetermined,
    /// Not in the good state, or undetermined, and accepted by a waiver.
    Waived,
    /// In the good state.
    Pass,
}

impl FindingOutcome {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Undetermined => "undetermined",
            Self::Waived => "waived",
            Self::Pass => "pass",
        }
    }
}

/// A waiver and what came of it.
#[derive(Clone, Debug)]
pub struct WaiverUse {
    /// The rule as the user wrote it.
    pub rule: String,
    /// The resource or pattern it is for; none for all.
    pub resource: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who approved it.
    pub approver: Option<String>,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// Where it is written, for people: `path:line`.
    pub source: String,
    /// What came of it.
    pub status: WaiverStatus,
    /// Checks whose findings it does not waive, although they have to do with its rule.
    pub open: Vec<StaysOpen>,
}

/// A check whose findings a waiver leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaysOpen {
    /// The check's id.
    pub check: String,
    /// Why, in a sentence or two.
    pub because: String,
}

/// What came of a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverStatus {
    /// It waived this many findings.
    Applied(usize),
    /// It has expired and waives nothing.
    Expired,
    /// It matches no finding.
    Unmatched,
    /// It names a rule of another tool that has no counterpart here.
    NoCounterpart,
    /// What it accepts is none of what the checks here ask: see [`WaiverUse::open`].
    OtherQuestion,
    /// It names a check that does not exist, or lacks what a waiver must state.
    Invalid,
}

/// The counts that a summary shows. A duty is a cell of the chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Services in use.
    pub services: usize,
    /// Resources.
    pub resources: usize,
    /// Cells in which AWS has a part.
    pub aws: usize,
    /// Cells in which the customer has, or may have, a part: the sum of the next five.
    pub customer: usize,
    /// The customer's, met.
    pub met: usize,
    /// The customer's, not met.
    pub not_met: usize,
    /// The customer's, without a check: needs evidence.
    pub needs_evidence: usize,
    /// The customer's, waived.
    pub waived: usize,
    /// The customer's, or possibly the customer's, and not decided.
    pub undetermined: usize,
    /// Findings that fail.
    pub failed: usize,
    /// Findings that pass.
    pub passed: usize,
    /// Findings that could not be decided.
    pub undecided: usize,
    /// Findings that are waived.
    pub waived_findings: usize,
    /// Resources that no check could look at: no mapping, or no service.
    pub unchecked: usize,
}
