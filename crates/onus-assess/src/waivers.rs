//! Waivers: findings that are accepted, with a reason, an approver and an end.
//!
//! A waiver of another tool's rule accepts what that rule asks about. A check of ours that asks the same is waived by
//! it. One that is looser or stricter is not, since nobody has answered its question: its findings stay open, and the
//! waiver says so.

mod names;

use crate::assessment::{Finding, FindingOutcome, StaysOpen, WaiverStatus, WaiverUse};
use jiff::civil::Date;
use names::{Meaning, Names};
use onus_check::Check;
use onus_knowledge::Project;
use onus_model::{Notation, Resource, Suppression, Workload};
use std::collections::HashMap;

/// A waiver ready to be matched.
struct Rule {
    checks: Vec<Pattern>,
    /// Checks that it does not waive, with the reason.
    near: Vec<(String, String)>,
    resource: Option<Pattern>,
    root: Option<Pattern>,
    scope: Option<u32>,
    report: WaiverUse,
}

/// Applies the waivers of `onus.yaml` and of the sources, and says what came of each.
pub(crate) fn apply(
    findings: &mut [Finding],
    workload: &Workload,
    project: &Project,
    checks: &[&Check],
    today: Date,
) -> Vec<WaiverUse> {
    let names = Names::new(checks);
    let mut rules: Vec<Rule> =
        project.waivers.iter().map(|waiver| from_project(waiver, &names, today)).collect();
    rules.extend(
        workload.suppressions.iter().map(|suppression| from_source(suppression, workload, &names, today)),
    );
    for finding in findings.iter_mut() {
        if matches!(finding.outcome, FindingOutcome::Fail | FindingOutcome::Undetermined) {
            let resource = &workload.resources[finding.resource];
            let rule = rules.iter_mut().enumerate().find(|(_, rule)| rule.covers(finding, resource));
            if let Some((place, rule)) = rule {
                finding.waiver = Some(place);
                finding.outcome = FindingOutcome::Waived;
                rule.count();
            }
        }
    }
    say_what_stays_open(&mut rules, findings, workload);
    rules.into_iter().map(|rule| rule.report).collect()
}

/// Says of each waiver which findings it leaves open that somebody may take for waived.
fn say_what_stays_open(rules: &mut [Rule], findings: &[Finding], workload: &Workload) {
    if rules.iter().all(|rule| rule.near.is_empty()) {
        return;
    }
    // By address within a check, as most waivers name one resource.
    let mut open: HashMap<&str, HashMap<&str, Vec<&Resource>>> = HashMap::new();
    for finding in findings {
        if matches!(finding.outcome, FindingOutcome::Fail | FindingOutcome::Undetermined) {
            let resource = &workload.resources[finding.resource];
            open.entry(&finding.check).or_default().entry(&resource.address).or_default().push(resource);
        }
    }
    for rule in rules.iter_mut().filter(|rule| rule.may_hold()) {
        let is_open = |check: &str| {
            open.get(check).is_some_and(|found| match rule.resource.as_ref().and_then(Pattern::exact) {
                Some(address) => found.get(address).is_some_and(|same| rule.concerns_any(same)),
                None => found.values().any(|same| rule.concerns_any(same)),
            })
        };
        // Where nothing is waived, the reader wants to know why, whatever was found.
        let all = rule.report.status == WaiverStatus::OtherQuestion
            && !rule.near.iter().any(|(check, _)| is_open(check));
        let listed = rule.near.iter().filter(|(check, _)| all || is_open(check));
        rule.report.open = listed
            .map(|(check, because)| StaysOpen { check: check.clone(), because: because.clone() })
            .collect();
    }
}

impl Rule {
    fn covers(&self, finding: &Finding, resource: &Resource) -> bool {
        self.may_hold()
            && self.checks.iter().any(|check| check.is_match(&finding.check))
            && self.concerns(resource)
    }

    fn may_hold(&self) -> bool {
        !matches!(self.report.status, WaiverStatus::Expired | WaiverStatus::Invalid)
    }

    fn concerns_any(&self, resources: &[&Resource]) -> bool {
        resources.iter().any(|resource| self.concerns(resource))
    }

    fn concerns(&self, resource: &Resource) -> bool {
        let root = resource.root.as_deref().unwrap_or_default();
        self.scope.is_none_or(|own| own == resource.scope)
            && self.resource.as_ref().is_none_or(|address| address.covers(&resource.address))
            && self.root.as_ref().is_none_or(|own| own.is_match(root))
    }

    fn count(&mut self) {
        self.report.status = match self.report.status {
            WaiverStatus::Applied(count) => WaiverStatus::Applied(count + 1),
            _ => WaiverStatus::Applied(1),
        };
    }
}

/// A text in which `*` stands for any run of characters. Nothing else is special, as addresses are full of
/// brackets, and so there is no pattern that cannot be read.
struct Pattern(String);

impl Pattern {
    /// The one text that it matches, if there is only one.
    fn exact(&self) -> Option<&str> {
        (!self.0.contains('*')).then_some(self.0.as_str())
    }

    /// Whether it matches a resource, or the one of which the resource is an argument (`aws_sqs_queue.q/policy`).
    fn covers(&self, address: &str) -> bool {
        self.is_match(address)
            || address.rsplit_once('/').is_some_and(|(resource, _)| self.is_match(resource))
    }

    fn is_match(&self, text: &str) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        for part in parts {
            // The earliest place leaves the most for the parts after it.
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

fn from_project(waiver: &onus_knowledge::Waiver, names: &Names<'_>, today: Date) -> Rule {
    let meaning = names.meaning(&waiver.check, Notation::Onus);
    let status = if meaning.is_nothing() {
        WaiverStatus::Invalid
    } else if waiver.expires < today {
        WaiverStatus::Expired
    } else {
        unused(&meaning)
    };
    Rule {
        checks: meaning.same,
        near: meaning.near,
        resource: waiver.resource.clone().map(Pattern),
        root: waiver.root.clone().map(Pattern),
        scope: None,
        report: WaiverUse {
            rule: waiver.check.clone(),
            resource: waiver.resource.clone(),
            reason: Some(waiver.reason.clone()),
            approver: Some(waiver.approver.clone()),
            expires: Some(waiver.expires),
            source: format!("onus.yaml:{}", waiver.line),
            status,
            open: Vec::new(),
        },
    }
}

/// The status of a waiver that has waived nothing so far.
const fn unused(meaning: &Meaning) -> WaiverStatus {
    if meaning.same.is_empty() { WaiverStatus::OtherQuestion } else { WaiverStatus::Unmatched }
}

fn from_source(suppression: &Suppression, workload: &Workload, names: &Names<'_>, today: Date) -> Rule {
    let expires = suppression.expires.as_deref().map(str::parse::<Date>);
    let own = suppression.notation == Notation::Onus;
    let mut meaning = names.meaning(&suppression.rule, suppression.notation);
    if let Some(limit) = &suppression.limit {
        meaning =
            meaning.narrowed(&format!("The waiver holds only for `{limit}`, which is not looked at here."));
    }
    // Ours must state all that makes a waiver; what other tools accept without is understood as it is.
    let complete =
        suppression.reason.is_some() && suppression.approver.is_some() && matches!(expires, Some(Ok(_)));
    let status = match &expires {
        _ if meaning.is_nothing() && own => WaiverStatus::Invalid,
        _ if meaning.is_nothing() => WaiverStatus::NoCounterpart,
        _ if own && !complete => WaiverStatus::Invalid,
        Some(Ok(last)) if *last < today => WaiverStatus::Expired,
        _ => unused(&meaning),
    };
    let place = workload.location(suppression.span);
    Rule {
        checks: meaning.same,
        near: meaning.near,
        resource: suppression.resource.as_deref().map(|address| Pattern(address.to_owned())),
        root: None,
        scope: Some(suppression.scope),
        report: WaiverUse {
            rule: suppression.rule.to_string(),
            resource: suppression.resource.as_deref().map(str::to_owned),
            reason: suppression.reason.as_deref().map(str::to_owned),
            approver: suppression.approver.as_deref().map(str::to_owned),
            expires: expires.and_then(Result::ok),
            source: format!("{}:{}", place.path, place.line),
            status,
            open: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_run_of_characters_and_all_else_is_itself() {
        let matches = |pattern: &str, text: &str| Pattern(pattern.to_owned()).is_match(text);
        for (pattern, text) in [
            ("a", "a"),
            ("*", ""),
            ("a*", "ab[0]"),
            ("*b*", "abc"),
            ("a*b*c", "a1b2b3c"),
            ("ü*", "üx"),
            ("[*]", "[0]"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("a", "ab"), ("", "a"), ("a*a", "a"), ("*b*b", "ab"), ("[ab]", "a"), ("a?", "ab")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
