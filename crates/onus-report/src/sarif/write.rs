//! Fills a log from an assessment.

use super::model::{
    BaseId, Driver, Invocation, Location, Log, LogicalLocation, Message, Notification, PhysicalLocation,
    Region, Run, SarifResult, Suppression, Tool,
};
use super::rules::{level, rule};
use super::{MAX_RESULTS, Options, uri};
use crate::facts::{self, counted};
use crate::json::to_json;
use crate::text::clean;
use onus_assess::{Assessment, Finding, FindingOutcome};
use onus_model::{Place, Problem, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The assessment as a SARIF log of one run.
pub fn write(assessment: &Assessment, options: &Options) -> String {
    let limit = options.max_results.min(MAX_RESULTS);
    let listed: Vec<_> = assessment.findings.iter().filter(|finding| options.show.lists(finding)).collect();
    // Failures matter most; the order within is by severity already, and stays.
    let mut kept = listed.clone();
    kept.sort_by_key(|finding| finding.outcome);
    kept.truncate(limit);
    let rules = Rules::of(assessment, &kept);
    let run = Run {
        invocations: [invocation(assessment, listed.len() - kept.len())],
        results: kept.iter().map(|finding| result(assessment, finding, &rules)).collect(),
        tool: Tool { driver: rules.driver(assessment) },
        original_uri_base_ids: BTreeMap::from([(uri::ROOT, root())]),
        column_kind: "unicodeCodePoints",
    };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    to_json(&Log { schema, version: "2.1.0", runs: [run] })
}

fn root() -> BaseId {
    BaseId { description: message("the folder in which the tool was run") }
}

/// Text without what a terminal obeys and without SARIF's embedded links (§ 3.11.6).
fn message(text: &str) -> Message {
    Message { text: clean(text).replace("](", "] (") }
}

/// The checks of the results, each with its place in the list of rules.
struct Rules<'a>(BTreeMap<&'a str, usize>);

impl<'a> Rules<'a> {
    fn of(assessment: &Assessment, findings: &[&'a Finding]) -> Self {
        let known = |finding: &&&Finding| facts::check(assessment, finding).is_some();
        let mut rules: BTreeMap<_, _> =
            findings.iter().filter(known).map(|found| (found.check.as_str(), 0)).collect();
        rules.values_mut().enumerate().for_each(|(at, place)| *place = at);
        Self(rules)
    }

    fn driver<'b>(&self, assessment: &'b Assessment) -> Driver<'b> {
        let checks = self.0.keys().filter_map(|id| assessment.knowledge.check(id));
        Driver {
            name: "onus",
            semantic_version: env!("CARGO_PKG_VERSION"),
            rules: checks.map(rule).collect(),
        }
    }
}

fn result<'a>(assessment: &'a Assessment, finding: &'a Finding, rules: &Rules<'_>) -> SarifResult<'a> {
    let (kind, level) = match finding.outcome {
        FindingOutcome::Fail | FindingOutcome::Waived => ("fail", level(finding.severity)),
        // § 3.27.9: the tool had not enough information to decide.
        FindingOutcome::Undetermined => ("open", "none"),
        FindingOutcome::Pass => ("pass", "none"),
    };
    let address = facts::address(assessment, finding.resource);
    // § 3.33.5: a name is to tell one from all others, so that it begins with what is around.
    let qualified = match facts::root(assessment, finding.resource) {
        Some(root) => Cow::Owned(format!("{root}: {address}")),
        None => Cow::Borrowed(address),
    };
    let mut at = location(assessment, finding.span);
    if let Some(at) = &mut at {
        let name = clean(&qualified).into_owned();
        at.logical_locations.push(LogicalLocation { fully_qualified_name: name, kind: "resource" });
    }
    SarifResult {
        rule_id: &finding.check,
        rule_index: rules.0.get(finding.check.as_str()).copied(),
        kind,
        level,
        message: message(&format!("{}: {}", facts::named(assessment, finding.resource), finding.message)),
        locations: at.into_iter().collect(),
        related_locations: argument(assessment, finding).into_iter().collect(),
        partial_fingerprints: fingerprints(finding),
        suppressions: suppressions(assessment, finding),
        baseline_state: finding.in_baseline.then_some("unchanged"),
    }
}

/// The argument that takes the value, where that is written elsewhere.
fn argument(assessment: &Assessment, finding: &Finding) -> Option<Location> {
    let at = location(assessment, facts::argument(assessment, finding)?)?;
    Some(Location { message: Some(message("the argument that takes this value")), ..at })
}

/// The second name is the only one that GitHub compares; without it, it would hash the line.
fn fingerprints(finding: &Finding) -> BTreeMap<&'static str, &str> {
    let fingerprint = finding.fingerprint.as_str();
    BTreeMap::from([("onusFingerprint/v1", fingerprint), ("primaryLocationLineHash", fingerprint)])
}

fn suppressions(assessment: &Assessment, finding: &Finding) -> Vec<Suppression> {
    if finding.outcome != FindingOutcome::Waived {
        return Vec::new();
    }
    let waiver = finding.waiver.and_then(|at| assessment.waivers.get(at));
    let path = waiver.and_then(|waiver| waiver.source.rsplit_once(':')).map(|(path, _)| path);
    let in_source = facts::location(assessment, finding.span).is_some_and(|at| Some(at.path) == path);
    vec![Suppression {
        kind: if in_source { "inSource" } else { "external" },
        status: "accepted",
        justification: waiver
            .and_then(|waiver| waiver.reason.as_deref())
            .map(|reason| clean(reason).into_owned()),
    }]
}

fn location(assessment: &Assessment, span: Span) -> Option<Location> {
    let start = facts::location(assessment, span)?;
    let end = facts::location(assessment, Span::new(span.file, span.end, span.end))?;
    let (end_line, end_column) = (end.line, end.column).max((start.line, start.column));
    let region = Region { start_line: start.line, start_column: start.column, end_line, end_column };
    Some(at_path(start.path, Some(region)))
}

fn at_path(path: &str, region: Option<Region>) -> Location {
    let physical_location = PhysicalLocation { artifact_location: uri::location(path), region };
    Location { physical_location, logical_locations: Vec::new(), message: None }
}

fn invocation(assessment: &Assessment, left_out: usize) -> Invocation {
    let mut notifications: Vec<_> =
        assessment.problems.iter().map(|found| notification(assessment, found)).collect();
    if left_out > 0 {
        let text =
            format!("{} left out, the least severe: GitHub takes {MAX_RESULTS}", counted(left_out, "result"));
        notifications.push(Notification { level: "warning", message: message(&text), locations: Vec::new() });
    }
    Invocation {
        execution_successful: !assessment.problems.iter().any(|problem| problem.kind.is_error()),
        tool_execution_notifications: notifications,
    }
}

fn notification(assessment: &Assessment, problem: &Problem) -> Notification {
    let at = match &problem.place {
        Place::Span(span) => location(assessment, *span),
        Place::Path(path) => Some(at_path(path, None)),
        Place::Input => None,
    };
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    Notification {
        level: if problem.kind.is_error() { "error" } else { "note" },
        message: message(&format!("{}{help}", problem.message)),
        locations: at.into_iter().collect(),
    }
}
