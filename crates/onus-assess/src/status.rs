//! How each statement and control stands, part by part.
//!
//! AWS's part is proven by attestations, a provider's as `chain` says, the customer's by checks and records. A statement is satisfied only when each
//! part that somebody has is proven, and the customer's by a record: a check that passes shows how a setting is, never
//! that a control is done.

use crate::assessment::{ControlAnswer, StatementAnswer};
use crate::chain::providers_part;
use crate::evidence::ledger::{Account, Ledger};
use crate::evidence::listed;
use crate::evidence::outcomes::{Outcomes, Tally, concerns};
use crate::evidence::part::FrameworkProofs;
use crate::evidence::proof::Proofs;
use crate::standing::{EvidenceKinds, Standing, Status};
use onus_model::{Framework, Layer, Provider, Record, RecordResult};

/// What there is to judge by.
pub(crate) struct Evidence<'a> {
    pub(crate) proofs: &'a Proofs<'a>,
    pub(crate) outcomes: &'a Outcomes<'a>,
    pub(crate) ledger: &'a Ledger<'a>,
    pub(crate) providers: &'a [Provider],
}

/// The controls of a framework with how they and their statements stand.
pub(crate) fn fill(
    mut controls: Vec<ControlAnswer>,
    framework: &Framework,
    evidence: &Evidence<'_>,
) -> Vec<ControlAnswer> {
    let mut judge = Judge { evidence, proofs: FrameworkProofs::new(evidence.proofs, framework) };
    controls.iter_mut().for_each(|control| judge.fill(control));
    controls
}

/// Judges the statements of one framework.
struct Judge<'a> {
    evidence: &'a Evidence<'a>,
    proofs: FrameworkProofs<'a>,
}

impl Judge<'_> {
    fn fill(&mut self, control: &mut ControlAnswer) {
        let checks = self.evidence.outcomes.of_control(&control.checks);
        let mut standings = Vec::with_capacity(control.statements.len());
        for statement in &control.statements {
            let concerned: Vec<&CheckResult<'_>> = checks
                .iter()
                .filter(|(_, layer, _)| concerns(*layer, statement, &control.statements))
                .collect();
            let catalog = self.proofs.catalog();
            let account = self.evidence.ledger.of_statement(catalog, &control.control, &statement.id);
            standings.push(self.standing(statement, &concerned, account));
        }
        control.standing = whole(&standings);
        for (statement, standing) in control.statements.iter_mut().zip(standings) {
            statement.standing = standing;
        }
    }

    fn standing(
        &mut self,
        statement: &StatementAnswer,
        checks: &[&CheckResult<'_>],
        account: Account,
    ) -> Standing {
        let mut parts = Vec::new();
        let mut standing = Standing::default();
        if statement.share.may_be_covered() {
            let part = self.proofs.part(&statement.layers);
            standing.evidence.clone_from(&part.evidence);
            standing.missing.clone_from(&part.missing);
            standing.kinds.attested = part.some;
            parts.push(part.status());
        }
        if statement.share.may_be_provided() {
            let shown = account.counts.map(|(_, result)| result);
            let part = providers_part(statement, self.evidence.providers, shown);
            parts.push(part.status);
            standing.evidence.extend(part.evidence);
            standing.missing.extend(part.missing);
            standing.kinds = standing.kinds.union(part.kinds);
        }
        if statement.share.may_have_customer() {
            let part = customers(checks, account, self.evidence.ledger);
            parts.push(part.status);
            standing.evidence.extend(part.evidence);
            standing.missing.extend(part.missing);
            standing.kinds = standing.kinds.union(part.kinds);
        }
        standing.status = Status::of_parts(parts);
        standing
    }
}

/// The standing of a control: that of its statements. A withdrawn one has none and applies to nobody.
fn whole(statements: &[Standing]) -> Standing {
    let mut control = Standing {
        status: Status::of_parts(statements.iter().map(|standing| standing.status)),
        ..Standing::default()
    };
    for standing in statements {
        add_new(&mut control.evidence, &standing.evidence);
        add_new(&mut control.missing, &standing.missing);
        control.kinds = control.kinds.union(standing.kinds);
    }
    control
}

fn add_new(phrases: &mut Vec<String>, more: &[String]) {
    for phrase in more {
        if !phrases.contains(phrase) {
            phrases.push(phrase.clone());
        }
    }
}

/// A check of a control that looked at something here.
type CheckResult<'c> = (&'c str, Layer, Tally);

/// The customer's part: by checks and records.
fn customers(checks: &[&CheckResult<'_>], account: Account, ledger: &Ledger<'_>) -> Standing {
    let mut part = Standing {
        kinds: EvidenceKinds {
            automated: !checks.is_empty(),
            manual: account.counts.is_some(),
            attested: false,
        },
        ..Standing::default()
    };
    add_checks(&mut part, checks);
    let any = |of: fn(&Tally) -> usize| checks.iter().any(|(_, _, tally)| of(tally) > 0);
    let failed = any(|tally| tally.failed);
    let open = any(|tally| tally.undecided) || any(|tally| tally.waived);
    let shown = account.counts.map(|(_, result)| result);
    add_record(&mut part, account, ledger);
    part.status = match shown {
        _ if failed => Status::NotSatisfied,
        Some(RecordResult::NotSatisfied) => Status::NotSatisfied,
        Some(RecordResult::Satisfied) if !open => Status::Satisfied,
        Some(RecordResult::Satisfied) => Status::PartlySatisfied,
        None if any(|tally| tally.passed) => Status::PartlySatisfied,
        None => Status::NotAssessed,
    };
    part
}

fn add_checks(part: &mut Standing, checks: &[&CheckResult<'_>]) {
    let passed: Vec<&str> = checks
        .iter()
        .filter(|(_, _, tally)| Tally { passed: tally.passed, ..Tally::default() } == *tally)
        .map(|(id, _, _)| *id)
        .collect();
    for (id, _, tally) in checks {
        for (count, words) in
            [(tally.failed, "fails on"), (tally.undecided, "is undecided on"), (tally.waived, "is waived on")]
        {
            if count > 0 {
                let noun = if count == 1 { "resource" } else { "resources" };
                part.missing.push(format!("check {id} {words} {count} {noun}"));
            }
        }
    }
    match passed.as_slice() {
        [] => {}
        [id] => part.evidence.push(format!("check {id} passes")),
        ids => part.evidence.push(format!("checks pass: {}", listed(ids))),
    }
}

fn add_record(part: &mut Standing, account: Account, ledger: &Ledger<'_>) {
    match (account.counts, account.nearest) {
        (Some((at, result)), _) => {
            let phrase = record_phrase(ledger.record(at), result);
            match result {
                RecordResult::Satisfied => part.evidence.push(phrase),
                RecordResult::NotSatisfied => part.missing.push(phrase),
            }
        }
        (None, Some(at)) => part.missing.push(unusable_phrase(ledger.record(at), ledger)),
        (None, None) => part.missing.push("your part has no record".to_owned()),
    }
}

fn record_phrase(record: &Record, result: RecordResult) -> String {
    let words = match result {
        RecordResult::Satisfied => "shows your part done",
        RecordResult::NotSatisfied => "says that your part is not done",
    };
    let id = &record.id;
    let Some(outcome) = &record.outcome else { return format!("record {id} {words}") };
    let signed =
        outcome.signed_off_by.as_ref().map(|name| format!(", signed off by {name}")).unwrap_or_default();
    format!("record {id} {words} as of {}, valid until {}{signed}", outcome.date, outcome.valid_until)
}

fn unusable_phrase(record: &Record, ledger: &Ledger<'_>) -> String {
    let flaws: Vec<String> = record.flaws(ledger.today()).iter().map(ToString::to_string).collect();
    match (flaws.as_slice(), record.due) {
        ([], Some(due)) => format!("record {} is a plan of {}, due {due}", record.id, record.owner),
        ([], None) => format!("record {} is a plan of {}", record.id, record.owner),
        (flaws, _) => format!("record {} does not count: {}", record.id, flaws.join("; ")),
    }
}
