//! Waivers that ask for attention, problems of reading, and what to do next.

use super::{Options, snippet};
use crate::Show;
use crate::facts::{self, counted};
use crate::text::{Ink, Line, Page};
use onus_assess::{Assessment, WaiverStatus, WaiverUse};
use onus_model::{Place, Problem, ProblemKind};
use std::collections::BTreeMap;

/// Errors of reading are shown up to this number, unless all are asked for.
const MAX_ERRORS: usize = 10;

/// Adds the waivers that waive nothing, or less than they seem to.
pub(super) fn waivers(page: &mut Page, assessment: &Assessment) {
    let idle: Vec<_> = assessment.waivers.iter().filter(|waiver| facts::asks_for_attention(waiver)).collect();
    if idle.is_empty() {
        return;
    }
    page.heading(facts::waivers_heading(&idle));
    page.blank();
    for waiver in idle {
        let target = waiver.resource.as_ref().map_or_else(String::new, |resource| format!(" for {resource}"));
        let text = Line::new().with(Ink::BOLD, &waiver.rule).with(Ink::PLAIN, &target).with(Ink::PLAIN, ": ");
        let text =
            text.with(Ink::PLAIN, &what_is_wrong(waiver)).with(Ink::DIM, &format!(" ({})", waiver.source));
        page.entry(&Line::new().with(Ink::OPEN, "!"), 2, &text);
        for open in &waiver.open {
            let text = Line::new().with(Ink::BOLD, &open.check);
            let text = text.with(Ink::PLAIN, &format!(" stays open. {}", open.because));
            page.entry(&Line::new(), 4, &text);
        }
    }
}

fn what_is_wrong(waiver: &WaiverUse) -> String {
    match (waiver.status, waiver.expires) {
        (WaiverStatus::Expired, Some(day)) => format!("expired on {day}"),
        (WaiverStatus::Expired, None) => "expired".into(),
        (WaiverStatus::Unmatched, _) => "matches no finding; remove it, or correct the name".into(),
        (WaiverStatus::NoCounterpart, _) => "is a rule of another tool that has no counterpart here".into(),
        (WaiverStatus::OtherQuestion, _) => "asks something else than the checks here".into(),
        (WaiverStatus::Invalid, _) => "names no check, or lacks reason, approver or expiry".into(),
        (WaiverStatus::Applied(number), _) => format!("waives {}", counted(number, "finding")),
    }
}

/// Adds the problems: errors in full, notices by kind.
pub(super) fn problems(page: &mut Page, assessment: &Assessment, options: &Options) {
    let (errors, notices): (Vec<_>, Vec<_>) =
        assessment.problems.iter().partition(|problem| problem.kind.is_error());
    if !errors.is_empty() {
        page.heading(&format!("Problems of the input: {}", errors.len()));
        let limit = if options.show == Show::All { errors.len() } else { MAX_ERRORS };
        for problem in errors.iter().take(limit) {
            page.blank();
            error(page, assessment, problem);
        }
        if errors.len() > limit {
            page.blank();
            page.line(&Line::new().with(Ink::DIM, &format!("and {} more: --show all", errors.len() - limit)));
        }
    }
    if !notices.is_empty() {
        page.heading("Notices");
        page.blank();
        match options.show {
            Show::All => notices.iter().for_each(|problem| notice(page, assessment, problem)),
            Show::Open => summarized(page, &notices),
        }
    }
}

fn error(page: &mut Page, assessment: &Assessment, problem: &Problem) {
    page.entry(&Line::new().with(Ink::BAD, "error:"), 7, &Line::new().with(Ink::BOLD, &problem.message));
    match &problem.place {
        Place::Span(span) => {
            snippet::draw(page, assessment, *span, "");
        }
        Place::Path(path) => page.entry(&Line::new(), 2, &Line::new().with(Ink::DIM, path)),
        Place::Input => {}
    }
    if let Some(help) = &problem.help {
        page.entry(&Line::new().with(Ink::DIM, "  help:"), 8, &Line::new().with(Ink::PLAIN, help));
    }
}

fn notice(page: &mut Page, assessment: &Assessment, problem: &Problem) {
    let mut text = Line::new().with(Ink::PLAIN, &problem.message);
    if let Some((path, at)) = facts::place(assessment, &problem.place) {
        let at = at.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        text = text.with(Ink::DIM, &format!(" ({path}{at})"));
    }
    page.entry(&Line::new().with(Ink::DIM, "-"), 2, &text);
}

/// A line per kind: how many, and the first as an example.
fn summarized(page: &mut Page, notices: &[&Problem]) {
    let mut kinds: BTreeMap<ProblemKind, Vec<&Problem>> = BTreeMap::new();
    for problem in notices {
        kinds.entry(problem.kind).or_default().push(problem);
    }
    for (kind, problems) in kinds {
        let what = match kind {
            ProblemKind::Skipped => "skipped",
            ProblemKind::NotMapped => "not checked",
            ProblemKind::NotEvaluated => "not evaluated",
            ProblemKind::Credential => "with a credential written out",
            ProblemKind::Unowned => "nobody's",
            ProblemKind::Evidence => "with evidence",
            _ => "noted",
        };
        let noun = match kind {
            ProblemKind::Skipped => "file",
            ProblemKind::Evidence => "problem",
            _ => "place",
        };
        let text =
            Line::new().with(Ink::BOLD, &counted(problems.len(), noun)).with(Ink::PLAIN, &format!(" {what}"));
        let example = problems.first().map_or("", |problem| &problem.message);
        let such = if problems.len() > 1 { ", such as: " } else { ": " };
        page.entry(
            &Line::new().with(Ink::DIM, "-"),
            2,
            &text.with(Ink::PLAIN, such).with(Ink::PLAIN, example),
        );
    }
}

/// Adds what to do next.
pub(super) fn next(page: &mut Page, assessment: &Assessment, options: &Options) {
    let summary = &assessment.summary;
    let mut steps = Vec::new();
    let baseline = assessment.findings.iter().filter(|finding| finding.in_baseline).count();
    if options.show == Show::Open && baseline > 0 {
        steps.push(("--show all", format!("lists the {} of the baseline too", counted(baseline, "finding"))));
    }
    if let Some(first) = assessment.findings.iter().find(|finding| Show::Open.lists(finding)) {
        steps.push(("onus explain CHECK", format!("the reasons behind a check, such as {}", first.check)));
    }
    if let Some(column) = assessment.columns.first() {
        steps.push((
            "onus who SERVICE",
            format!("whose duty each layer is, and why, such as {}", column.service),
        ));
    }
    if summary.needs_evidence > 0 {
        let text = format!(
            "no check can decide {} of your duties: keep a record with owner and date",
            summary.needs_evidence
        );
        steps.push(("onus evidence list", text));
    }
    if steps.is_empty() {
        return;
    }
    page.heading("Next");
    page.blank();
    let indent = steps.iter().map(|(label, _)| label.len()).max().unwrap_or(0) + 2;
    for (label, text) in steps {
        page.entry(&Line::new().with(Ink::BOLD, label), indent, &Line::new().with(Ink::PLAIN, &text));
    }
}
