//! Looks up what several formats show. Nothing here panics on a position that leads nowhere.

use onus_assess::{Assessment, DutyState, Finding, FindingOutcome, Responsibility, WaiverStatus, WaiverUse};
use onus_check::Check;
use onus_model::{Layer, Location, Place, Resource, Span};
use std::borrow::Cow;

/// Where a span starts; none where its file is missing.
pub(crate) fn location(assessment: &Assessment, span: Span) -> Option<Location<'_>> {
    assessment.workload.files.get(span.file.0 as usize)?;
    Some(assessment.workload.location(span))
}

/// Where a problem is: the path, with line and column where they are known.
pub(crate) fn place<'a>(
    assessment: &'a Assessment,
    place: &'a Place,
) -> Option<(&'a str, Option<(u32, u32)>)> {
    match place {
        Place::Span(span) => location(assessment, *span).map(|at| (at.path, Some((at.line, at.column)))),
        Place::Path(path) => Some((path, None)),
        Place::Input => None,
    }
}

/// The resource of a finding.
pub(crate) fn resource<'a>(assessment: &'a Assessment, finding: &Finding) -> Option<&'a Resource> {
    assessment.workload.resources.get(finding.resource)
}

/// The argument that takes the deciding value, where that is written elsewhere.
pub(crate) fn argument(assessment: &Assessment, finding: &Finding) -> Option<Span> {
    resource(assessment, finding)?.argument(finding.span)
}

/// The address of a resource by its position.
pub(crate) fn address(assessment: &Assessment, resource: usize) -> &str {
    assessment.workload.resources.get(resource).map_or("", |resource| &resource.address)
}

/// The folder of a resource's root module, where the workload has several, so that its address alone may not tell which
/// resource is meant.
pub(crate) fn root(assessment: &Assessment, resource: usize) -> Option<&str> {
    let several = assessment.workload.roots.len() > 1;
    assessment.workload.resources.get(resource)?.root.as_deref().filter(|_| several)
}

/// The address of a resource, and its root module where there are several: `module.m.aws_sqs_queue.q of envs/prod`.
pub(crate) fn named(assessment: &Assessment, resource: usize) -> Cow<'_, str> {
    let address = address(assessment, resource);
    match root(assessment, resource) {
        Some(root) => Cow::Owned(format!("{address} of {root}")),
        None => Cow::Borrowed(address),
    }
}

/// The check of a finding; none for one that is not in the knowledge any more.
pub(crate) fn check<'a>(assessment: &'a Assessment, finding: &Finding) -> Option<&'a Check> {
    assessment.knowledge.check(&finding.check)
}

/// The layer's title, or its id where the knowledge has none.
pub(crate) fn layer_title(assessment: &Assessment, layer: Layer) -> &str {
    let mut layers = assessment.knowledge.layers.iter();
    layers.find(|facts| facts.layer == layer).map_or(layer.as_str(), |facts| &facts.title)
}

/// The heading of a finding's column, and the duty there that the finding speaks to.
pub(crate) fn duty<'a>(
    assessment: &'a Assessment,
    finding: &Finding,
) -> Option<(&'a str, &'a Responsibility)> {
    let column = assessment.placements.get(finding.resource)?.column?;
    let column = assessment.columns.get(column)?;
    let cell = column.cells.iter().find(|cell| cell.layer == finding.layer)?;
    let duties = || cell.responsibilities.iter().filter_map(|at| assessment.responsibilities.get(*at));
    let duty =
        duties().find(|duty| duty.resources.contains(&finding.resource)).or_else(|| duties().next())?;
    Some((&column.heading, duty))
}

/// Findings of one check that came out the same.
pub(crate) struct Group<'a> {
    /// The findings, never none.
    pub(crate) findings: Vec<&'a Finding>,
}

/// The open findings of an outcome, grouped by check, in the order of the first of each.
pub(crate) fn groups(
    assessment: &Assessment,
    outcome: FindingOutcome,
    with_baseline: bool,
) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    let listed = assessment.findings.iter().filter(|finding| with_baseline || !finding.in_baseline);
    for finding in listed.filter(|finding| finding.outcome == outcome) {
        let place = *places.entry(finding.check.as_str()).or_insert_with(|| {
            groups.push(Group { findings: Vec::new() });
            groups.len() - 1
        });
        groups[place].findings.push(finding);
    }
    groups
}

/// How the customer's duties stand, in the order of the headline: number, state, words.
pub(crate) fn standing(assessment: &Assessment) -> Vec<(usize, DutyState, &'static str)> {
    let summary = &assessment.summary;
    let all = [
        (summary.met, DutyState::Met, "met"),
        (summary.not_met, DutyState::NotMet, "not met"),
        (
            summary.needs_evidence,
            DutyState::NeedsEvidence,
            if summary.needs_evidence == 1 { "needs evidence" } else { "need evidence" },
        ),
        (summary.waived, DutyState::Waived, "waived"),
        (summary.undetermined, DutyState::Undetermined, "undetermined"),
    ];
    all.into_iter().filter(|(number, state, _)| *number > 0 || *state == DutyState::Met).collect()
}

/// True for a waiver that waives nothing, or less than somebody may think.
pub(crate) fn asks_for_attention(waiver: &WaiverUse) -> bool {
    !matches!(waiver.status, WaiverStatus::Applied(_)) || !waiver.open.is_empty()
}

/// The heading above waivers that ask for attention.
pub(crate) fn waivers_heading(waivers: &[&WaiverUse]) -> &'static str {
    if waivers.iter().any(|waiver| matches!(waiver.status, WaiverStatus::Applied(_))) {
        "Waivers that waive nothing, or less than they seem to"
    } else {
        "Waivers that waive nothing"
    }
}

/// A number and its noun: `1 file`, `3 files`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {}", plural(number, noun))
}

/// The noun in the number's form, for nouns that take an `s`.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    if number == 1 { noun.to_owned() } else { format!("{noun}s") }
}
