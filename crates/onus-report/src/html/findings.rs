//! What the checks found, by check, the most severe first.

use super::context::{Context, LayerView, Where};
use super::snippet::Snippet;
use crate::facts;
use onus_assess::{Finding, FindingOutcome, WaiverUse};
use onus_check::{Check, Counterpart};
use std::borrow::Cow;

/// Findings shown in the whole page, the most severe first: a page with more is slow and is not read. The other
/// formats have all of them.
const SHOWN: usize = 4_000;
/// Source snippets in the whole page: each costs about a kilobyte.
const SNIPPETS: usize = 300;
/// A group with no more findings than this shows its snippets unfolded.
const UNFOLDED: usize = 2;
/// Different reasons named per group.
const REASONS: usize = 4;
/// Resources named per check that passed.
const PASSED_NAMED: usize = 40;

/// A section: the findings of one outcome.
pub(crate) struct Section<'a> {
    pub(crate) groups: Vec<Group<'a>>,
    pub(crate) number: usize,
    /// How many are not shown.
    pub(crate) left_out: usize,
    /// How many are shown without their source.
    pub(crate) bare: usize,
}

/// The findings of one check.
pub(crate) struct Group<'a> {
    pub(crate) id: String,
    pub(crate) check: &'a str,
    pub(crate) title: &'a str,
    pub(crate) severity: &'static str,
    pub(crate) state: &'static str,
    pub(crate) layer: LayerView<'a>,
    pub(crate) facts: Option<&'a Check>,
    pub(crate) rows: Vec<Row<'a>>,
    pub(crate) reasons: Vec<Reason<'a>>,
}

/// Why a duty is the customer's.
#[derive(PartialEq, Eq)]
pub(crate) struct Reason<'a> {
    pub(crate) because: &'a str,
    pub(crate) responsibility: Option<&'a str>,
}

/// A finding.
pub(crate) struct Row<'a> {
    pub(crate) at: usize,
    pub(crate) address: &'a str,
    /// Its root module, where there are several.
    pub(crate) root: Option<&'a str>,
    pub(crate) kind: &'a str,
    pub(crate) column: Option<Owner<'a>>,
    pub(crate) place: Option<Where<'a>>,
    pub(crate) argument: Option<Where<'a>>,
    pub(crate) message: &'a str,
    pub(crate) snippet: Option<Snippet>,
    pub(crate) unfolded: bool,
    pub(crate) waiver: Option<&'a WaiverUse>,
    pub(crate) in_baseline: bool,
}

/// The service of a finding's resource.
pub(crate) struct Owner<'a> {
    pub(crate) anchor: String,
    pub(crate) cell: String,
    pub(crate) heading: &'a str,
}

/// What the page has room for still.
struct Room {
    findings: usize,
    snippets: usize,
}

/// The sections; they share one page's room.
pub(crate) struct Findings<'a> {
    pub(crate) failed: Section<'a>,
    pub(crate) undetermined: Section<'a>,
    pub(crate) waived: Section<'a>,
    pub(crate) passed: Vec<Passed<'a>>,
    pub(crate) passed_number: usize,
}

/// A check that passed.
pub(crate) struct Passed<'a> {
    pub(crate) check: &'a str,
    pub(crate) title: &'a str,
    pub(crate) layer: LayerView<'a>,
    pub(crate) resources: Vec<(Cow<'a, str>, String)>,
    pub(crate) more: usize,
    pub(crate) number: usize,
    pub(crate) columns: String,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(context: &Context<'a>) -> Self {
        let mut room = Room { findings: SHOWN, snippets: SNIPPETS };
        let failed = section(context, FindingOutcome::Fail, &mut room);
        let undetermined = section(context, FindingOutcome::Undetermined, &mut room);
        let waived = section(context, FindingOutcome::Waived, &mut room);
        let passed = passed(context);
        let passed_number = passed.iter().map(|check| check.number).sum();
        Self { failed, undetermined, waived, passed, passed_number }
    }
}

/// The findings of an outcome by check, checks in the order of their first finding.
fn by_check<'a>(context: &Context<'a>, outcome: FindingOutcome) -> Vec<Vec<(usize, &'a Finding)>> {
    let mut places = std::collections::BTreeMap::new();
    let mut groups: Vec<Vec<(usize, &Finding)>> = Vec::new();
    for (at, finding) in context.assessment.findings.iter().enumerate().filter(|(_, f)| f.outcome == outcome)
    {
        let place = *places.entry((finding.check.as_str(), finding.layer)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push((at, finding));
    }
    groups
}

fn section<'a>(context: &Context<'a>, outcome: FindingOutcome, room: &mut Room) -> Section<'a> {
    let groups = by_check(context, outcome);
    let number = groups.iter().map(Vec::len).sum();
    let (mut shown, mut taken_in_all) = (Vec::new(), 0);
    let mut bare = 0;
    for findings in &groups {
        let taken = &findings[..findings.len().min(room.findings)];
        let Some((_, first)) = taken.first() else { break };
        room.findings -= taken.len();
        taken_in_all += taken.len();
        let group = group(context, first, taken, &mut room.snippets);
        bare += group.rows.iter().filter(|row| row.place.is_some() && row.snippet.is_none()).count();
        shown.push(group);
    }
    Section {
        groups: shown,
        number,
        left_out: number - taken_in_all,
        bare: if room.snippets == 0 { bare } else { 0 },
    }
}

fn group<'a>(
    context: &Context<'a>,
    first: &'a Finding,
    findings: &[(usize, &'a Finding)],
    snippets: &mut usize,
) -> Group<'a> {
    let facts = context.check(&first.check);
    let unfolded = findings.len() <= UNFOLDED;
    let mut reasons = Vec::new();
    for (_, finding) in findings {
        let Some(duty) = context.duty(finding.resource, finding.layer) else { continue };
        let reason = Reason { because: &duty.because, responsibility: duty.responsibility.as_deref() };
        if reasons.len() < REASONS && !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let state = state(first.outcome);
    Group {
        id: format!("{state}-{}", findings.first().map_or(0, |(at, _)| *at)),
        check: &first.check,
        title: facts.map_or(&first.check, |check| &check.title),
        severity: first.severity.as_str(),
        state,
        layer: context.layer(first.layer),
        facts,
        rows: findings.iter().map(|(at, finding)| row(context, *at, finding, unfolded, snippets)).collect(),
        reasons,
    }
}

fn row<'a>(
    context: &Context<'a>,
    at: usize,
    finding: &'a Finding,
    unfolded: bool,
    snippets: &mut usize,
) -> Row<'a> {
    let resource = context.resource(finding.resource);
    let snippet = (*snippets > 0).then(|| Snippet::new(context.file(finding.span)?, finding.span)).flatten();
    *snippets -= usize::from(snippet.is_some());
    Row {
        at,
        address: resource.map_or("", |resource| &resource.address),
        root: facts::root(context.assessment, finding.resource),
        kind: resource.map_or("", |resource| &resource.resource_type),
        column: context.column_of(finding.resource).map(|column| Owner {
            anchor: context.anchors[column].clone(),
            cell: context.cell_anchor(column, finding.layer),
            heading: &context.assessment.columns[column].heading,
        }),
        place: context.place(finding.span),
        argument: facts::argument(context.assessment, finding).and_then(|argument| context.place(argument)),
        // Of what is not met, the card's title says already what.
        message: if finding.outcome == FindingOutcome::Fail { "" } else { &finding.message },
        snippet,
        unfolded,
        waiver: finding.waiver.and_then(|waiver| context.assessment.waivers.get(waiver)),
        in_baseline: finding.in_baseline,
    }
}

fn passed<'a>(context: &Context<'a>) -> Vec<Passed<'a>> {
    let view = |findings: Vec<(usize, &'a Finding)>| {
        let (_, first) = *findings.first()?;
        let mut columns: Vec<usize> =
            findings.iter().filter_map(|(_, f)| context.column_of(f.resource)).collect();
        columns.sort_unstable();
        columns.dedup();
        let named = |finding: &'a Finding| {
            let place = context
                .place(finding.span)
                .map(|place| format!("{}:{}", place.path, place.line.unwrap_or(1)));
            (facts::named(context.assessment, finding.resource), place.unwrap_or_default())
        };
        Some(Passed {
            check: &first.check,
            title: context.check(&first.check).map_or(&first.check, |check| &check.title),
            layer: context.layer(first.layer),
            resources: findings.iter().take(PASSED_NAMED).map(|(_, finding)| named(finding)).collect(),
            more: findings.len().saturating_sub(PASSED_NAMED),
            number: findings.len(),
            columns: columns.iter().map(|at| context.anchors[*at].as_str()).collect::<Vec<_>>().join(" "),
        })
    };
    by_check(context, FindingOutcome::Pass).into_iter().filter_map(view).collect()
}

/// The word that findings and duties share, for the filters.
const fn state(outcome: FindingOutcome) -> &'static str {
    match outcome {
        FindingOutcome::Fail => "not-met",
        FindingOutcome::Undetermined => "undetermined",
        FindingOutcome::Waived => "waived",
        FindingOutcome::Pass => "met",
    }
}

impl Group<'_> {
    /// The Security Hub controls, each with its page where its form is the usual one.
    pub(crate) fn hub(&self) -> Vec<(&Counterpart, Option<String>)> {
        let page = |id: &str| {
            let (service, number) = id.split_once('.')?;
            let usual = !service.is_empty()
                && service.chars().all(|c| c.is_ascii_alphanumeric())
                && !number.is_empty()
                && number.chars().all(|c| c.is_ascii_digit());
            let (service, id) = (service.to_ascii_lowercase(), id.to_ascii_lowercase().replace('.', "-"));
            usual.then(|| {
                format!(
                    "https://docs.aws.amazon.com/securityhub/latest/userguide/{service}-controls.html#{id}"
                )
            })
        };
        self.facts
            .into_iter()
            .flat_map(|check| &check.security_hub)
            .map(|control| (control, page(&control.id)))
            .collect()
    }

    /// The AWS Config rules, each with its page where its name has the usual form.
    pub(crate) fn config(&self) -> Vec<(&str, Option<String>)> {
        let page = |rule: &str| {
            let usual = rule.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            usual.then(|| format!("https://docs.aws.amazon.com/config/latest/developerguide/{rule}.html"))
        };
        let rules = self.facts.into_iter().flat_map(|check| &check.config_rules);
        rules.map(|rule| (rule.name.as_str(), page(&rule.name))).collect()
    }
}
