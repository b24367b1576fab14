//! The one way through: placement, duties, checks, waivers, controls.

use crate::assessment::{Assessment, ControlAnswer, Finding, FindingOutcome};
use crate::evidence::ledger::Ledger;
use crate::evidence::outcomes::Outcomes;
use crate::evidence::proof::Proofs;
use crate::evidence::units::Units;
use crate::evidence::{attestations, bearing};
use crate::placement::Services;
use crate::status::Evidence;
use crate::{chain, columns, controls, findings, readiness, states, status, tasks, waivers};
use jiff::civil::Date;
use onus_check::{Check, Index};
use onus_knowledge::{DEFAULT_FRAMEWORK, Knowledge, Project};
use onus_model::{
    Coverage, FileId, Framework, Place, Problem, ProblemKind, Provider, Record, Span, Workload,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an assessment needs beside workload and knowledge.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The system's name.
    pub system: String,
    /// The day of the run.
    pub date: Date,
    /// What was read, as the user named it.
    pub inputs: Vec<String>,
    /// What `onus.yaml` says.
    pub project: Project,
    /// The fingerprints of the findings that a baseline has already.
    pub baseline: BTreeSet<String>,
    /// The providers between AWS and the customer, their documents read.
    pub providers: Vec<Provider>,
    /// The records of the evidence folder, their files looked at.
    pub records: Vec<Record>,
}

/// Assesses a workload.
pub fn assess(workload: Workload, knowledge: Arc<Knowledge>, options: Options) -> Assessment {
    let mut types: Vec<&str> = workload.resources.iter().map(|resource| &*resource.resource_type).collect();
    types.sort_unstable();
    types.dedup();
    let checks: Vec<&Check> = knowledge.checks.iter().collect();
    let index = Index::new(&workload.resources);
    let services = Services::new(&knowledge, &types);
    let mut derived =
        columns::derive(&workload, &knowledge, &services, &index, options.project.sites_in_boundary);

    let mut findings = findings::find(&workload, &checks, &index);
    let waivers = waivers::apply(&mut findings, &workload, &options.project, &checks, options.date);
    mark_known(&mut findings, &options.baseline);
    findings::sort(&mut findings);
    let ledger = Ledger::new(&options.records, &knowledge, options.date);
    states::fill(&mut derived.columns, &mut derived.responsibilities, &findings, &ledger);

    let uses = controls::uses(&derived.columns, &derived.responsibilities, options.project.sites_in_boundary);
    let endpoints_in_boundary = options.project.endpoints_in_boundary;
    let sites_in_boundary = options.project.sites_in_boundary;
    let basis = controls::Basis::new(
        &knowledge,
        &derived.columns,
        &derived.responsibilities,
        &uses,
        endpoints_in_boundary,
        sites_in_boundary,
    )
    .with(&options.providers);
    let mut attestations = attestations::assess(&options.project.attestations, &knowledge, options.date);
    let region = options.project.region.as_deref();
    let units = Units::new(&derived.columns, &derived.responsibilities, &workload.resources, region);
    bearing::fill(&mut attestations, &units, &knowledge);
    let evidence = Evidence {
        proofs: &Proofs::new(&units, &attestations, &knowledge),
        outcomes: &Outcomes::new(&knowledge.checks, &findings),
        ledger: &ledger,
        providers: &options.providers,
    };
    let answers = |framework| status::fill(controls::derive(framework, &basis), framework, &evidence);
    let controls: Vec<ControlAnswer> =
        chosen(&knowledge, &options.project.frameworks).into_iter().flat_map(answers).collect();
    let tasks = tasks::derive(&controls, &derived.responsibilities, &knowledge, &ledger);

    let left = chain::left(&basis, &options.project);
    let hands_on = chain::hand_ons(&basis, &options.project);

    let unplaced = |at: usize| derived.placements[at].service.is_none();
    let found: BTreeSet<usize> = findings.iter().map(|finding| finding.resource).collect();
    let unread = |at: usize| match workload.resources[at].coverage {
        Coverage::Full => false,
        Coverage::TypeOnly => true,
        Coverage::Part { .. } => !found.contains(&at),
    };
    let unchecked = (0..workload.resources.len()).filter(|at| unplaced(*at) || unread(*at)).count();
    let summary = states::summary(&derived.columns, &findings, workload.resources.len(), unchecked);
    let mut problems = workload.problems.clone();
    without_reported(&mut problems, &findings);
    problems.extend(unclaimed(&workload, unplaced));
    problems.extend(unknown_services(&workload, &knowledge));
    problems.extend(chain::problems(&basis.chain, &left, &hands_on));
    problems.extend(attestations::problems(&attestations, &knowledge));
    problems.extend(flawed(&options.records, options.date));
    let readiness = readiness::of(&controls);
    Assessment {
        system: options.system,
        date: options.date,
        inputs: options.inputs,
        placements: derived.placements,
        columns: derived.columns,
        responsibilities: derived.responsibilities,
        uses,
        endpoints_in_boundary,
        sites_in_boundary,
        controls,
        findings,
        waivers,
        providers: options.providers,
        left,
        hands_on,
        attestations,
        records: options.records,
        tasks,
        readiness,
        problems,
        summary,
        knowledge,
        workload,
    }
}

/// The frameworks that are asked for, in that order; the model's own classification where none is.
fn chosen<'k>(knowledge: &'k Knowledge, wanted: &[String]) -> Vec<&'k Framework> {
    match wanted {
        [] => knowledge.framework(DEFAULT_FRAMEWORK).into_iter().collect(),
        wanted => wanted.iter().filter_map(|id| knowledge.framework(id)).collect(),
    }
}

fn mark_known(findings: &mut [Finding], baseline: &BTreeSet<String>) {
    for finding in findings.iter_mut().filter(|finding| finding.outcome != FindingOutcome::Pass) {
        finding.in_baseline = baseline.contains(&finding.fingerprint);
    }
}

/// Leaves out the credentials that the readers came upon and a check reports at the same place.
fn without_reported(problems: &mut Vec<Problem>, findings: &[Finding]) {
    let is_credential = |problem: &Problem| problem.kind == ProblemKind::Credential;
    if !problems.iter().any(is_credential) {
        return;
    }
    let mut reported: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.outcome != FindingOutcome::Pass) {
        reported.entry(finding.span.file).or_default().push(finding.span);
    }
    problems.retain(|problem| match problem.place {
        Place::Span(own) if is_credential(problem) => {
            let overlaps = |other: &Span| other.start < own.end && own.start < other.end;
            !reported.get(&own.file).is_some_and(|spans| spans.iter().any(overlaps))
        }
        _ => true,
    });
}

/// One notice per type that no service claims.
fn unclaimed(workload: &Workload, unplaced: impl Fn(usize) -> bool) -> Vec<Problem> {
    let mut by_type: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, resource) in workload.resources.iter().enumerate().filter(|(at, _)| unplaced(*at)) {
        by_type.entry(&resource.resource_type).or_insert((at, 0)).1 += 1;
    }
    let notices = by_type.into_iter().map(|(name, (first, count))| {
        let many = if count == 1 { "1 resource".to_owned() } else { format!("{count} resources") };
        let span = workload.resources[first].span;
        Problem::at(
            ProblemKind::NotMapped,
            span,
            format!("no service is known for `{name}`: {many} not assessed"),
        )
    });
    notices.collect()
}

fn unknown_services(workload: &Workload, knowledge: &Knowledge) -> Vec<Problem> {
    let unknown = workload.services.iter().filter(|word| knowledge.service(word).is_none());
    unknown
        .map(|word| Problem {
            kind: ProblemKind::Invalid,
            message: format!("there is no service `{word}`"),
            help: Some("`onus list services` names them all".to_owned()),
            place: Place::Input,
        })
        .collect()
}

/// One notice for each record that does not count.
fn flawed(records: &[Record], today: Date) -> Vec<Problem> {
    let flawed = records.iter().map(|record| (record, record.flaws(today)));
    flawed
        .filter(|(_, flaws)| !flaws.is_empty())
        .map(|(record, flaws)| {
            let flaws: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            let message = format!("record `{}` does not count: {}", record.id, flaws.join("; "));
            Problem::with_path(ProblemKind::Evidence, &record.path, message)
        })
        .collect()
}
