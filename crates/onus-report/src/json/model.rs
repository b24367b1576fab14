//! The contract's own structs. Its standard is `docs/assessment.schema.json`, generated from them.

use super::chain;
use super::counterpart::Counterpart;
use super::evidence::{Attestation, Readiness, Record, Status, Task};
use schemars::JsonSchema;
use serde::Serialize;

/// An assessment of a workload on AWS: whose duty everything is, and how the customer's part stands.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "onus assessment")]
pub(super) struct Document<'a> {
    /// The version of this format, `major.minor`. Within a major version, fields are only added.
    pub(super) schema_version: &'static str,
    /// The system's name.
    pub(super) system: &'a str,
    /// The day of the run, ISO 8601.
    pub(super) date: String,
    /// What was read.
    pub(super) workload: Workload<'a>,
    /// The resources, in the order of the input.
    pub(super) resources: Vec<Resource<'a>>,
    /// The duties: one per service, variant and layer that applies.
    pub(super) responsibilities: Vec<Responsibility<'a>>,
    /// The controls of the chosen frameworks.
    pub(super) controls: Vec<Control<'a>>,
    /// The results of the checks, most severe first. Passes, and what the baseline has, only with `--show all`.
    pub(super) findings: Vec<Finding<'a>>,
    /// What others ask beside the checks of these findings.
    pub(super) counterparts: Vec<Counterpart<'a>>,
    /// The waivers, with what came of each.
    pub(super) waivers: Vec<Waiver<'a>>,
    /// The systems between AWS and the customer, by their documents.
    pub(super) providers: Vec<chain::Provider<'a>>,
    /// What the providers leave to the customer, with what became of each.
    pub(super) left: Vec<chain::Left<'a>>,
    /// What the customer hands on to its own customers.
    pub(super) hands_on: Vec<chain::HandOn<'a>>,
    /// The registered documents about AWS's work, with how each stands.
    pub(super) attestations: Vec<Attestation<'a>>,
    /// The records of the customer's evidence, with how each stands.
    pub(super) records: Vec<Record<'a>>,
    /// What the customer has to show, and has not yet.
    pub(super) tasks: Vec<Task<'a>>,
    /// How far each of the chosen frameworks is met.
    pub(super) readiness: Vec<Readiness<'a>>,
    /// What could not be read or assessed, or only in part.
    pub(super) problems: Vec<Problem<'a>>,
    /// The counts, over all findings, listed or not.
    pub(super) summary: Summary,
}

/// What was read.
#[derive(Serialize, JsonSchema)]
pub(super) struct Workload<'a> {
    /// The inputs as the user named them.
    pub(super) inputs: &'a [String],
    /// The files that were read.
    pub(super) files: Vec<&'a str>,
    /// The services in use, from infrastructure to abstracted; one per variant.
    pub(super) services: Vec<Service<'a>>,
}

/// A service in one of its variants.
#[derive(Serialize, JsonSchema)]
pub(super) struct Service<'a> {
    /// The service's id.
    pub(super) service: &'a str,
    /// The service's name.
    pub(super) name: &'a str,
    /// The short heading, with the variant.
    pub(super) heading: &'a str,
    /// The variant's id, `undetermined`, or null for a service without variants.
    pub(super) variant: Option<&'a str>,
    /// The category.
    pub(super) category: Category,
    /// The addresses of its resources; empty for a service that was only named.
    pub(super) resources: Vec<&'a str>,
}

/// The category of a service.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Category {
    Infrastructure,
    Managed,
    Abstracted,
}

/// A resource.
#[derive(Serialize, JsonSchema)]
pub(super) struct Resource<'a> {
    /// What the source calls it; unique within its template or plan.
    pub(super) address: &'a str,
    /// The folder of its root module, as the user would write it; null for what is not read as Terraform source.
    pub(super) root: Option<&'a str>,
    /// The CloudFormation type, or the source's own where it has no counterpart.
    #[serde(rename = "type")]
    pub(super) resource_type: &'a str,
    /// The type in the source's language, where it is another.
    pub(super) native_type: Option<&'a str>,
    /// The service's id, or null for a type that no service claims.
    pub(super) service: Option<&'a str>,
    /// The variant's id, `undetermined`, or null where the resource says nothing about it.
    pub(super) variant: Option<&'a str>,
    /// Why the variant is undetermined.
    pub(super) reasons: &'a [String],
    /// The account's number, where the source states it.
    pub(super) account: Option<&'a str>,
    /// The region, where the source states it.
    pub(super) region: Option<&'a str>,
    /// Whether its properties could be mapped, so that checks can look at it.
    pub(super) mapped: bool,
    /// Where it is declared.
    pub(super) source: Option<Source<'a>>,
}

/// A place in a file. Lines and columns count from one, columns count characters.
#[derive(Serialize, JsonSchema)]
pub(super) struct Source<'a> {
    /// The path as the user would write it, with forward slashes; `-` for standard input.
    pub(super) file: &'a str,
    /// The line; null where only the path is known.
    #[schemars(range(min = 1))]
    pub(super) line: Option<u32>,
    /// The column; null where only the path is known.
    #[schemars(range(min = 1))]
    pub(super) column: Option<u32>,
}

/// A duty at a layer of a service in one of its configurations.
#[derive(Serialize, JsonSchema)]
pub(super) struct Responsibility<'a> {
    /// The service's id.
    pub(super) service: &'a str,
    /// The variant's id, `undetermined`, or null for a service without variants.
    pub(super) variant: Option<&'a str>,
    /// The layer's id.
    pub(super) layer: &'static str,
    /// Whose duty it is.
    pub(super) party: Holder,
    /// The parties that it may be, where it is undetermined; else empty.
    pub(super) candidates: Vec<Party>,
    /// What AWS provides.
    pub(super) provision: Option<&'a str>,
    /// What the customer is responsible for.
    pub(super) responsibility: Option<&'a str>,
    /// How the customer's part stands; null where the customer has none.
    pub(super) state: Option<State>,
    /// Why: the service's category, or the configuration that moved the layer.
    pub(super) because: &'a str,
    /// The addresses of the resources concerned; empty for a service that was only named.
    pub(super) resources: Vec<&'a str>,
    /// Documentation pages.
    pub(super) sources: &'a [String],
}

/// Whose duty something is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Holder {
    Aws,
    Customer,
    Both,
    Undetermined,
}

/// A party.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Party {
    Aws,
    Customer,
    Both,
}

/// How a duty of the customer's stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    Met,
    NotMet,
    NeedsEvidence,
    Waived,
    Undetermined,
}

/// A control of a framework, with its origination in this workload.
#[derive(Serialize, JsonSchema)]
pub(super) struct Control<'a> {
    /// The framework's id.
    pub(super) framework: &'a str,
    /// The control's id.
    pub(super) control: &'a str,
    /// The control's title.
    pub(super) title: &'a str,
    /// Inherited from AWS or a provider, shared, or the customer's.
    pub(super) origination: Origination,
    /// Who has a part.
    pub(super) parties: Vec<Party>,
    /// What AWS does for it here.
    pub(super) provision: Option<&'a str>,
    /// What the customer does for it here.
    pub(super) responsibility: Option<&'a str>,
    /// The reasons.
    pub(super) because: &'a [String],
    /// The names of the providers that discharge it, or some of it.
    pub(super) inherited_from: Vec<&'a str>,
    /// How it stands.
    pub(super) status: Status,
    /// The evidence there is, each a phrase.
    pub(super) evidence: &'a [String],
    /// What is missing, each a phrase.
    pub(super) missing: &'a [String],
    /// The statements that it is made of.
    pub(super) statements: Vec<Statement<'a>>,
}

/// A statement of a control.
#[derive(Serialize, JsonSchema)]
pub(super) struct Statement<'a> {
    /// The statement's id.
    pub(super) id: &'a str,
    /// What it asks.
    pub(super) gist: &'a str,
    /// Inherited from AWS or a provider, shared, or the customer's.
    pub(super) origination: Origination,
    /// The reasons.
    pub(super) because: &'a [String],
    /// The names of the providers that discharge it, or some of it.
    pub(super) inherited_from: Vec<&'a str>,
    /// How it stands.
    pub(super) status: Status,
    /// The evidence there is, each a phrase.
    pub(super) evidence: &'a [String],
    /// What is missing, each a phrase.
    pub(super) missing: &'a [String],
}

/// Whose a control or statement is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Origination {
    Inherited,
    Shared,
    Customer,
    NotApplicable,
    Undetermined,
}

/// The result of a check on a resource.
#[derive(Serialize, JsonSchema)]
pub(super) struct Finding<'a> {
    /// The check's id.
    pub(super) check: &'a str,
    /// The good state that the check asks for.
    pub(super) title: &'a str,
    /// The resource's address.
    pub(super) resource: &'a str,
    /// The folder of the resource's root module; null for what is not read as Terraform source.
    pub(super) root: Option<&'a str>,
    /// How it came out.
    pub(super) outcome: Outcome,
    /// How much a failure matters.
    pub(super) severity: Severity,
    /// The id of the layer whose duty it speaks to.
    pub(super) layer: &'static str,
    /// What is the matter, what could not be decided and why, or what is in order.
    pub(super) message: &'a str,
    /// What to change.
    pub(super) fix: &'a str,
    /// The property that decided.
    pub(super) source: Option<Source<'a>>,
    /// The argument that takes its value from there, where it is written elsewhere, as in a variable's default.
    pub(super) argument: Option<Source<'a>>,
    /// The Security Hub controls that the check equals.
    pub(super) security_hub: Vec<&'a str>,
    /// The AWS Config rule that the check equals.
    pub(super) config_rule: Option<&'a str>,
    /// A name that stays the same when lines move.
    pub(super) fingerprint: &'a str,
    /// Whether the baseline has it already.
    pub(super) in_baseline: bool,
    /// The waiver that applies, by its position in `waivers`.
    pub(super) waiver: Option<usize>,
}

/// How a check came out.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    Pass,
    Fail,
    Undetermined,
    Waived,
}

/// How much a failure matters.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Severity {
    Low,
    Medium,
    High,
    Critical,
}

/// A waiver and what came of it.
#[derive(Serialize, JsonSchema)]
pub(super) struct Waiver<'a> {
    /// The rule as the user wrote it.
    pub(super) rule: &'a str,
    /// The resource or pattern that it is for; null for all.
    pub(super) resource: Option<&'a str>,
    /// Why.
    pub(super) reason: Option<&'a str>,
    /// Who approved it.
    pub(super) approver: Option<&'a str>,
    /// The last day on which it holds, ISO 8601.
    pub(super) expires: Option<String>,
    /// Where it is written: `path:line`.
    pub(super) source: &'a str,
    /// What came of it.
    pub(super) status: WaiverStatus,
    /// How many findings it waives.
    pub(super) findings: usize,
    /// Checks whose findings it does not waive, although they have to do with its rule.
    pub(super) open: Vec<Open<'a>>,
}

/// A check whose findings a waiver leaves open.
#[derive(Serialize, JsonSchema)]
pub(super) struct Open<'a> {
    /// The check's id.
    pub(super) check: &'a str,
    /// Why, in a sentence.
    pub(super) because: &'a str,
}

/// What came of a waiver.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum WaiverStatus {
    Applied,
    Expired,
    Unmatched,
    NoCounterpart,
    OtherQuestion,
    Invalid,
}

/// Something that could not be read or assessed, or only in part.
#[derive(Serialize, JsonSchema)]
pub(super) struct Problem<'a> {
    /// The class.
    pub(super) kind: ProblemKind,
    /// Whether something is missing from, or wrong in, the input.
    pub(super) severity: ProblemSeverity,
    /// What went wrong.
    pub(super) message: &'a str,
    /// What to try.
    pub(super) help: Option<&'a str>,
    /// Where.
    pub(super) source: Option<Source<'a>>,
}

/// The class of a problem.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProblemKind {
    Unreadable,
    Syntax,
    Limit,
    Invalid,
    Skipped,
    NotMapped,
    NotEvaluated,
    Credential,
    Unowned,
    Evidence,
}

/// How much a problem matters.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProblemSeverity {
    Error,
    Notice,
}

/// The counts. A duty is a layer of a service in one of its variants.
#[derive(Serialize, JsonSchema)]
pub(super) struct Summary {
    /// Services in use, one per variant.
    pub(super) services: usize,
    /// Resources.
    pub(super) resources: usize,
    /// Resources that no check could look at.
    pub(super) unchecked: usize,
    /// The duties.
    pub(super) duties: Duties,
    /// The findings.
    pub(super) findings: Findings,
}

/// The number of duties.
#[derive(Serialize, JsonSchema)]
pub(super) struct Duties {
    /// In which AWS has a part.
    pub(super) aws: usize,
    /// In which the customer has, or may have, a part: the sum of the following.
    pub(super) customer: usize,
    /// The customer's, met.
    pub(super) met: usize,
    /// The customer's, not met.
    pub(super) not_met: usize,
    /// The customer's, without a check.
    pub(super) needs_evidence: usize,
    /// The customer's, waived.
    pub(super) waived: usize,
    /// The customer's or possibly the customer's, not decided.
    pub(super) undetermined: usize,
}

/// The number of findings.
#[derive(Serialize, JsonSchema)]
pub(super) struct Findings {
    /// That fail.
    pub(super) fail: usize,
    /// That pass.
    pub(super) pass: usize,
    /// That could not be decided.
    pub(super) undetermined: usize,
    /// That are waived.
    pub(super) waived: usize,
}
