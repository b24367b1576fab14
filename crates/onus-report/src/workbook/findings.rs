//! The results of the checks.

use super::context::Context;
use super::model::{Cell, Column, Row, SEVERITIES, STANDINGS, Sheet};
use crate::facts::{check, duty, named, place, resource};
use onus_assess::{Finding, FindingOutcome};
use onus_model::Place;

/// No more rows than this; those that need attention come first, and JSON has all of them.
pub(crate) const MAX_ROWS: usize = 100_000;

/// The order of the sheet.
const OUTCOMES: [FindingOutcome; 4] =
    [FindingOutcome::Fail, FindingOutcome::Undetermined, FindingOutcome::Waived, FindingOutcome::Pass];

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = vec![
        Column::of_words("Severity", 11, SEVERITIES),
        Column::of_words("Outcome", 14, STANDINGS),
        Column::new("Check", 26),
        Column::new("Good state", 34),
        Column::new("Resource", 30),
        Column::new("Type", 24),
        Column::new("Service", 24),
        Column::new("Layer", 22),
        Column::new("Place", 34),
        Column::new("What is the matter", 42),
        Column::new("How to fix it", 46),
        Column::new("Waiver", 24),
        Column::new("In the baseline", 10),
    ];
    let all = &context.assessment.findings;
    let of = |outcome| all.iter().filter(move |finding: &&Finding| finding.outcome == outcome);
    let rows: Vec<_> =
        OUTCOMES.into_iter().flat_map(of).take(MAX_ROWS).map(|finding| row(context, finding)).collect();
    let note = match all.len().saturating_sub(MAX_ROWS) {
        0 => "What the checks found, most severe first. A passing check is evidence for a duty, not a proof of a control.".to_owned(),
        left => format!("CUT: {left} more findings are not on this sheet, which holds {MAX_ROWS}; `onus assess --format json` has all."),
    };
    Sheet { name: "Findings", note, columns, frozen: 3, rows }
}

fn row<'s>(context: &'s Context<'_>, finding: &'s Finding) -> Row<'s> {
    let assessment = context.assessment;
    let facts = check(assessment, finding);
    let resource = resource(assessment, finding);
    let waiver = finding.waiver.and_then(|at| assessment.waivers.get(at));
    let waiver = waiver.map(|waiver| {
        let until = waiver.expires.map(|day| format!(" until {day}")).unwrap_or_default();
        let approver = waiver.approver.as_deref().unwrap_or("nobody");
        format!("{}, approved by {approver}{until}", waiver.reason.as_deref().unwrap_or("no reason given"))
    });
    let cells: [Cell<'_>; 13] = [
        finding.severity.as_str().into(),
        finding.outcome.as_str().into(),
        (&finding.check).into(),
        facts.map(|check| check.title.as_str()).into(),
        named(assessment, finding.resource).into_owned().into(),
        resource.map(|resource| &*resource.resource_type).into(),
        duty(assessment, finding).map(|(heading, _)| heading).into(),
        context.layer(finding.layer).into(),
        at(context, finding).into(),
        (&finding.message).into(),
        facts.filter(|_| finding.outcome != FindingOutcome::Pass).map(|check| check.fix.as_str()).into(),
        waiver.unwrap_or_default().into(),
        if finding.in_baseline { "yes" } else { "" }.into(),
    ];
    Row::new(cells)
}

/// `path:line:column`.
fn at(context: &Context<'_>, finding: &Finding) -> String {
    match place(context.assessment, &Place::Span(finding.span)) {
        Some((path, Some((line, column)))) => format!("{path}:{line}:{column}"),
        Some((path, None)) => path.to_owned(),
        None => String::new(),
    }
}
