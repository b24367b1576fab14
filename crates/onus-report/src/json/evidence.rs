//! The contract's part on evidence: documents, records, tasks, and how far frameworks are met.

use onus_assess::{Assessment, AttestationState, AttestationUse, EvidenceCoverage, Standing, StatusCounts};
use onus_model::{FileState, Proof, RecordResult};
use schemars::JsonSchema;
use serde::Serialize;

/// How a control or statement stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    NotSatisfied,
    NotAssessed,
    PartlySatisfied,
    Satisfied,
    NotApplicable,
}

impl Status {
    pub(super) const fn of(standing: &Standing) -> Self {
        match standing.status {
            onus_assess::Status::NotSatisfied => Self::NotSatisfied,
            onus_assess::Status::NotAssessed => Self::NotAssessed,
            onus_assess::Status::PartlySatisfied => Self::PartlySatisfied,
            onus_assess::Status::Satisfied => Self::Satisfied,
            onus_assess::Status::NotApplicable => Self::NotApplicable,
        }
    }
}

/// A document about AWS's work that the user registers.
#[derive(Serialize, JsonSchema)]
pub(super) struct Attestation<'a> {
    /// The program's id.
    program: &'a str,
    /// The program's name; null where there is no such program.
    name: Option<&'a str>,
    /// The report's id in AWS Artifact.
    report: &'a str,
    /// The document's version.
    version: &'a str,
    /// The digest of the file.
    sha256: String,
    /// The partition that it is about.
    partition: &'static str,
    /// The regions that it is about; empty for all.
    regions: &'a [String],
    /// The first day that it is about, ISO 8601.
    from: String,
    /// The last day on which it proves something, bridge letters included; null where there is no such program.
    until: Option<String>,
    /// How it stands.
    state: DocumentState,
    /// The days before it that no document and no letter is about: first and last; null unless the state is `gap`.
    gap: Option<[String; 2]>,
    /// The day of the program's list of services; null where the document has its own, or there is none.
    scope_as_of: Option<String>,
    /// Whether that list is more than a year old.
    scope_is_old: bool,
    /// The line in `onus.yaml`.
    line: u32,
    /// The services in use, with how it stands to each.
    services: Vec<ServiceBearing<'a>>,
}

/// A service in use in a region, and how a document stands to it.
#[derive(Serialize, JsonSchema)]
struct ServiceBearing<'a> {
    /// The service's id.
    service: &'a str,
    /// The region; null where it is not known.
    region: Option<&'a str>,
    /// How the document stands to it, whatever layers and frameworks its program supports.
    bearing: Bearing,
}

/// How a document stands to a service.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Bearing {
    Proves,
    Lapsed,
    NotYetValid,
    ScopeUnknown,
    RegionUnknown,
    WrongRegion,
    OutOfScope,
    WrongPartition,
}

fn service_bearing(of: &onus_assess::ServiceBearing) -> ServiceBearing<'_> {
    let bearing = match of.bearing {
        onus_assess::Bearing::Proves => Bearing::Proves,
        onus_assess::Bearing::Lapsed => Bearing::Lapsed,
        onus_assess::Bearing::NotYetValid => Bearing::NotYetValid,
        onus_assess::Bearing::ScopeUnknown => Bearing::ScopeUnknown,
        onus_assess::Bearing::RegionUnknown => Bearing::RegionUnknown,
        onus_assess::Bearing::WrongRegion => Bearing::WrongRegion,
        onus_assess::Bearing::OutOfScope => Bearing::OutOfScope,
        onus_assess::Bearing::WrongPartition => Bearing::WrongPartition,
    };
    ServiceBearing { service: &of.service, region: of.region.as_deref(), bearing }
}

/// How a document stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum DocumentState {
    Valid,
    Gap,
    NotYetValid,
    Lapsed,
    NoProgram,
}

pub(super) fn attestation(used: &AttestationUse) -> Attestation<'_> {
    let document = &used.attestation;
    let (state, gap) = match used.state {
        AttestationState::Valid => (DocumentState::Valid, None),
        AttestationState::Gap { from, to } => {
            (DocumentState::Gap, Some([from, to].map(|day| day.to_string())))
        }
        AttestationState::NotYetValid => (DocumentState::NotYetValid, None),
        AttestationState::Lapsed => (DocumentState::Lapsed, None),
        AttestationState::NoProgram => (DocumentState::NoProgram, None),
    };
    let (Proof::Period { from, .. } | Proof::Issued { on: from, .. }) = document.proof;
    Attestation {
        program: &document.program,
        name: used.program_name.as_deref(),
        report: &document.report,
        version: &document.version,
        sha256: document.sha256.to_string(),
        partition: document.partition.as_str(),
        regions: &document.regions,
        from: from.to_string(),
        until: used.until.map(|day| day.to_string()),
        state,
        gap,
        scope_as_of: used.scope_as_of.map(|day| day.to_string()),
        scope_is_old: used.scope_is_old,
        line: document.line,
        services: used.services.iter().map(service_bearing).collect(),
    }
}

/// A record of the customer's evidence.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Record<'a> {
    /// The id.
    id: &'a str,
    /// What it is for, as the ids of tasks.
    #[serde(rename = "for")]
    targets: Vec<String>,
    /// Who sees to it.
    owner: &'a str,
    /// When it has to be done, ISO 8601.
    due: Option<String>,
    /// Whether that day is past, and nothing shows that it is done.
    overdue: bool,
    /// What came of it; null for a plan.
    result: Option<RecordOutcome>,
    /// The day on which that was so, ISO 8601.
    date: Option<String>,
    /// The last day on which it counts, ISO 8601.
    valid_until: Option<String>,
    /// Who signed it off.
    signed_off_by: Option<&'a str>,
    /// Whether it counts today.
    counts: bool,
    /// Why it does not.
    flaws: Vec<String>,
    /// Its files.
    files: Vec<RecordedFile<'a>>,
    /// Where it is written.
    path: &'a str,
}

/// What came of a record.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum RecordOutcome {
    Satisfied,
    NotSatisfied,
}

/// A file of a record.
#[derive(Serialize, JsonSchema)]
struct RecordedFile<'a> {
    /// The path below the evidence folder.
    path: &'a str,
    /// The digest when it was recorded.
    sha256: String,
    /// How it was found.
    state: RecordedFileState,
}

/// How a file was found.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum RecordedFileState {
    Intact,
    Changed,
    Missing,
    Unreadable,
}

pub(crate) fn record(record: &onus_model::Record, today: jiff::civil::Date) -> Record<'_> {
    let outcome = record.outcome.as_ref();
    Record {
        id: &record.id,
        targets: record.targets.iter().map(ToString::to_string).collect(),
        owner: &record.owner,
        due: record.due.map(|day| day.to_string()),
        overdue: record.is_overdue(today),
        result: outcome.map(|outcome| match outcome.result {
            RecordResult::Satisfied => RecordOutcome::Satisfied,
            RecordResult::NotSatisfied => RecordOutcome::NotSatisfied,
        }),
        date: outcome.map(|outcome| outcome.date.to_string()),
        valid_until: outcome.map(|outcome| outcome.valid_until.to_string()),
        signed_off_by: outcome.and_then(|outcome| outcome.signed_off_by.as_deref()),
        counts: record.shows(today).is_some(),
        flaws: record.flaws(today).iter().map(ToString::to_string).collect(),
        files: record.files.iter().map(file).collect(),
        path: &record.path,
    }
}

fn file(file: &onus_model::EvidenceFile) -> RecordedFile<'_> {
    let state = match file.state {
        FileState::Intact => RecordedFileState::Intact,
        FileState::Changed => RecordedFileState::Changed,
        FileState::Missing => RecordedFileState::Missing,
        FileState::Unread | FileState::Refused(_) => RecordedFileState::Unreadable,
    };
    RecordedFile { path: &file.path, sha256: file.sha256.to_string(), state }
}

/// Something that the customer has to show, and has not yet.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Task<'a> {
    /// The id, which stays the same from run to run: `framework/statement`, or `duty/service/layer`.
    id: &'a str,
    /// A heading.
    title: &'a str,
    /// What to do.
    what: &'a str,
    /// How it may be satisfied.
    how: &'a str,
    /// How far it is.
    state: TaskState,
    /// Who sees to it.
    owner: Option<&'a str>,
    /// When it has to be done, ISO 8601.
    due: Option<String>,
    /// Whether that day is past.
    overdue: bool,
    /// The id of the record that comes nearest.
    record: Option<&'a str>,
}

/// How far a task is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum TaskState {
    Open,
    Planned,
    Renew,
    NotSatisfied,
}

pub(crate) fn task<'a>(all: &'a Assessment, task: &'a onus_assess::Task) -> Task<'a> {
    Task {
        id: &task.id,
        title: &task.title,
        what: &task.what,
        how: &task.how,
        state: match task.state {
            onus_assess::TaskState::Open => TaskState::Open,
            onus_assess::TaskState::Planned => TaskState::Planned,
            onus_assess::TaskState::Renew(_) => TaskState::Renew,
            onus_assess::TaskState::NotSatisfied => TaskState::NotSatisfied,
        },
        owner: task.owner.as_deref(),
        due: task.due.map(|day| day.to_string()),
        overdue: task.overdue,
        record: task.record.and_then(|at| all.records.get(at)).map(|record| record.id.as_str()),
    }
}

/// How far a framework is met.
#[derive(Serialize, JsonSchema)]
pub(super) struct Readiness<'a> {
    /// The framework's id.
    framework: &'a str,
    /// The share of satisfied statements among all that apply, from 0 to 1; null where none applies.
    figure: Option<f64>,
    /// Its controls by status, without those that were withdrawn.
    controls: Counts,
    /// Their statements by status.
    statements: Counts,
    /// What evidence the controls that apply can have, and have.
    coverage: Coverage,
}

/// A number for each status.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// Every part has valid evidence.
    satisfied: usize,
    /// Some parts have, and nothing speaks against it.
    partly_satisfied: usize,
    /// Evidence shows that some of it is not done.
    not_satisfied: usize,
    /// There is no evidence.
    not_assessed: usize,
    /// It concerns nothing in the workload.
    not_applicable: usize,
}

/// A number of controls for each kind of evidence.
#[derive(Serialize, JsonSchema)]
struct Coverage {
    /// Checks are attached, so that automated evidence is possible beside a record.
    automated_possible: usize,
    /// No check is attached, so that only a record is possible.
    manual_only: usize,
    /// The customer has no part, so that only attestations are possible.
    attestation_only: usize,
    /// Checks looked at something.
    automated: usize,
    /// A record counts.
    manual: usize,
    /// An attestation proves some of AWS's part.
    attested: usize,
    /// There is no evidence.
    without: usize,
}

pub(super) fn readiness(readiness: &onus_assess::Readiness) -> Readiness<'_> {
    Readiness {
        framework: &readiness.framework,
        figure: readiness.figure(),
        controls: counts(&readiness.controls),
        statements: counts(&readiness.statements),
        coverage: coverage(&readiness.coverage),
    }
}

const fn counts(counts: &StatusCounts) -> Counts {
    Counts {
        satisfied: counts.satisfied,
        partly_satisfied: counts.partly_satisfied,
        not_satisfied: counts.not_satisfied,
        not_assessed: counts.not_assessed,
        not_applicable: counts.not_applicable,
    }
}

const fn coverage(coverage: &EvidenceCoverage) -> Coverage {
    Coverage {
        automated_possible: coverage.automated_possible,
        manual_only: coverage.manual_only,
        attestation_only: coverage.attestation_only,
        automated: coverage.automated,
        manual: coverage.manual,
        attested: coverage.attested,
        without: coverage.without,
    }
}
