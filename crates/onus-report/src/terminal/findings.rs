//! What is not met, and what could not be decided.

use super::{Glyphs, Options, snippet};
use crate::Show;
use crate::facts::{self, Group, counted};
use crate::text::{Ink, Line, Page, width};
use anstyle::Style;
use onus_assess::{Assessment, Finding, FindingOutcome, Holder};
use onus_check::Severity;
use onus_model::{Party, Span};

/// Where the text of an entry starts, under its label.
const INDENT: usize = 9;
/// Further resources of a check are named up to this number, unless all are asked for.
const MORE_PLACES: usize = 4;
/// Undetermined findings are named up to this number, unless all are asked for.
const MAX_UNDECIDED: usize = 10;

/// Adds the findings that fail, grouped by check.
pub(super) fn failed(page: &mut Page, assessment: &Assessment, options: &Options) {
    let all = options.show == Show::All;
    let groups = facts::groups(assessment, FindingOutcome::Fail, all);
    if groups.is_empty() {
        return;
    }
    let findings = groups.iter().map(|group| group.findings.len()).sum();
    let (checks, places) = (counted(groups.len(), "check"), counted(findings, "place"));
    page.heading(&format!("Not met: {checks} in {places}, most severe first"));
    let limit = if all { groups.len() } else { options.snippets };
    for group in groups.iter().take(limit) {
        page.blank();
        failed_check(page, assessment, group, all);
    }
    more(page, groups.len(), limit, "check");
}

fn more(page: &mut Page, number: usize, limit: usize, noun: &str) {
    if number > limit {
        page.blank();
        let text = format!("and {} more: --show all", counted(number - limit, noun));
        page.line(&Line::new().with(Ink::DIM, &text));
    }
}

fn failed_check(page: &mut Page, assessment: &Assessment, group: &Group<'_>, all: bool) {
    let Some((first, others)) = group.findings.split_first() else { return };
    title(page, assessment, first, Glyphs::of(page.ascii()).not_met, Ink::BAD);
    // The title above says already what is the matter.
    snippet::draw(page, assessment, first.span, "");
    entry(page, "In", resource(assessment, first));
    if let Some(argument) = facts::argument(assessment, first) {
        entry(page, "Used", Line::new().with(Ink::PLAIN, &format!("at {}", place(assessment, argument))));
    }
    also(page, assessment, others, all);
    if let Some((label, text)) = whose(assessment, first) {
        entry(page, label, text);
    }
    if let Some(check) = facts::check(assessment, first) {
        entry(page, "Why", Line::new().with(Ink::PLAIN, &check.why));
        entry(page, "Fix", Line::new().with(Ink::PLAIN, &check.fix));
    }
}

fn entry(page: &mut Page, label: &str, text: Line) {
    page.entry(&Line::new().with(Ink::DIM, &format!("  {label}")), INDENT, &text);
}

/// `! high  Bucket blocks public access        s3-no-public-access, S3.8`
fn title(page: &mut Page, assessment: &Assessment, finding: &Finding, mark: char, style: Style) {
    let check = facts::check(assessment, finding);
    let mut label = Line::new().with(style, &mark.to_string()).with(Ink::PLAIN, " ");
    label.push(severity_style(finding.severity), finding.severity.as_str());
    let mut ids = vec![finding.check.clone()];
    ids.extend(check.into_iter().flat_map(|check| &check.security_hub).map(ToString::to_string));
    let mut text = Line::new().with(Ink::BOLD, check.map_or("", |check| &check.title));
    let ids = ids.join(", ");
    // The ids stand at the right where they fit beside the title, else they follow it.
    let right = page.width().saturating_sub(width(&ids));
    let beside = check.map_or(0, |check| width(&check.title)) + label.width() + 4 <= right;
    if beside {
        label.push(Ink::PLAIN, "  ");
        label.append(text);
        label.pad_to(right);
        label.push(Ink::DIM, &ids);
        page.line(&label);
    } else {
        text.push(Ink::DIM, &format!(" ({ids})"));
        let indent = label.width() + 2;
        page.entry(&label, indent, &text);
    }
}

const fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical | Severity::High => Ink::BAD,
        Severity::Medium => Ink::OPEN,
        Severity::Low => Ink::BOLD,
    }
}

/// The address, and the type in the words of the source.
fn resource(assessment: &Assessment, finding: &Finding) -> Line {
    let line = Line::new().with(Ink::BOLD, facts::address(assessment, finding.resource));
    let Some(resource) = facts::resource(assessment, finding) else { return line };
    let kind = resource.native_type.as_ref().unwrap_or(&resource.resource_type);
    let line = line.with(Ink::PLAIN, ", ").with(Ink::PLAIN, kind);
    match facts::root(assessment, finding.resource) {
        Some(root) => line.with(Ink::PLAIN, ", of ").with(Ink::PLAIN, root),
        None => line,
    }
}

/// Adds the address, and the root module where there are several.
fn address(line: Line, assessment: &Assessment, finding: &Finding) -> Line {
    let line = line.with(Ink::BOLD, facts::address(assessment, finding.resource));
    match facts::root(assessment, finding.resource) {
        Some(root) => line.with(Ink::PLAIN, " of ").with(Ink::PLAIN, root),
        None => line,
    }
}

/// The other resources on which the same check failed.
fn also(page: &mut Page, assessment: &Assessment, others: &[&Finding], all: bool) {
    let limit = if all || others.len() == MORE_PLACES + 1 { others.len() } else { MORE_PLACES };
    for (at, finding) in others.iter().take(limit).enumerate() {
        let label = if at == 0 { "Also" } else { "" };
        let text = address(Line::new(), assessment, finding).with(Ink::PLAIN, " in ");
        entry(page, label, text.with(Ink::PLAIN, &place(assessment, finding.span)));
    }
    if others.len() > limit {
        entry(page, "", Line::new().with(Ink::DIM, &format!("and {} more", others.len() - limit)));
    }
}

/// `path:line:column`
fn place(assessment: &Assessment, span: Span) -> String {
    facts::location(assessment, span)
        .map_or_else(String::new, |at| format!("{}:{}:{}", at.path, at.line, at.column))
}

/// Whose duty it is, and why. One that AWS meets by itself may still be taken over, which such a check looks for.
fn whose(assessment: &Assessment, finding: &Finding) -> Option<(&'static str, Line)> {
    let (heading, duty) = facts::duty(assessment, finding)?;
    let layer = facts::layer_title(assessment, finding.layer);
    let who = match &duty.holder {
        Holder::Party(Party::Customer) => "your duty",
        Holder::Party(Party::Both) => "your duty, AWS has a part",
        Holder::Party(Party::Aws) => "AWS's duty as it is set up",
        Holder::Undetermined(_) => "possibly your duty",
        Holder::NotApplicable(_) => "nobody's duty",
    };
    let line = Line::new().with(Ink::CUSTOMER, layer).with(Ink::PLAIN, &format!(" on {heading} is {who}: "));
    let label = if duty.holder.may_have_customer() { "Yours" } else { "Whose" };
    Some((label, line.with(Ink::PLAIN, &duty.because)))
}

/// Adds the findings that could not be decided, briefly.
pub(super) fn undetermined(page: &mut Page, assessment: &Assessment, options: &Options) {
    let all = options.show == Show::All;
    let groups = facts::groups(assessment, FindingOutcome::Undetermined, all);
    if groups.is_empty() {
        return;
    }
    page.heading(&format!("Not decided: {}", counted(groups.len(), "check")));
    page.blank();
    let limit = if all { groups.len() } else { MAX_UNDECIDED };
    for group in groups.iter().take(limit) {
        let Some((first, others)) = group.findings.split_first() else { continue };
        title(page, assessment, first, Glyphs::of(page.ascii()).open, Ink::OPEN);
        let text =
            address(Line::new(), assessment, first).with(Ink::PLAIN, ": ").with(Ink::PLAIN, &first.message);
        page.entry(&Line::new(), 2, &text);
        let place = match others.len() {
            0 => place(assessment, first.span),
            more => format!("{}, and {} more", place(assessment, first.span), counted(more, "place")),
        };
        page.entry(&Line::new(), 2, &Line::new().with(Ink::DIM, &place));
    }
    more(page, groups.len(), limit, "check");
}

/// Adds the findings that are waived and those that pass, a line each.
pub(super) fn rest(page: &mut Page, assessment: &Assessment, options: &Options) {
    if options.show != Show::All {
        return;
    }
    let glyphs = Glyphs::of(page.ascii());
    for (outcome, heading, mark, style) in [
        (FindingOutcome::Waived, "Waived", glyphs.waived, Ink::OPEN),
        (FindingOutcome::Pass, "Met", glyphs.met, Ink::GOOD),
    ] {
        let groups = facts::groups(assessment, outcome, true);
        if groups.is_empty() {
            continue;
        }
        page.heading(&format!("{heading}: {}", counted(groups.len(), "check")));
        page.blank();
        for finding in groups.iter().flat_map(|group| &group.findings) {
            let label = Line::new().with(style, &mark.to_string());
            let text = Line::new().with(Ink::PLAIN, &finding.check).with(Ink::PLAIN, " ");
            let text = address(text, assessment, finding);
            page.entry(&label, 2, &text.with(Ink::DIM, &format!(" in {}", place(assessment, finding.span))));
        }
    }
}
