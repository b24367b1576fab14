//! Waivers: findings that are accepted, with a reason, an approver and an end.

use crate::assessment::{Finding, FindingOutcome, WaiverStatus, WaiverUse};
use jiff::civil::Date;
use onus_check::Check;
use onus_knowledge::Project;
use onus_model::{Notation, Resource, Suppression, Workload};

/// A waiver ready to be matched.
struct Rule {
    checks: Vec<Pattern>,
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
    let mut rules: Vec<Rule> =
        project.waivers.iter().map(|waiver| from_project(waiver, checks, today)).collect();
    rules.extend(
        workload.suppressions.iter().map(|suppression| from_source(suppression, workload, checks, today)),
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
    rules.into_iter().map(|rule| rule.report).collect()
}

impl Rule {
    fn covers(&self, finding: &Finding, resource: &Resource) -> bool {
        let root = resource.root.as_deref().unwrap_or_default();
        matches!(self.report.status, WaiverStatus::Applied(_) | WaiverStatus::Unmatched)
            && self.scope.is_none_or(|own| own == resource.scope)
            && self.checks.iter().any(|check| check.is_match(&finding.check))
            && self.resource.as_ref().is_none_or(|address| address.is_match(&resource.address))
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

fn from_project(waiver: &onus_knowledge::Waiver, checks: &[&Check], today: Date) -> Rule {
    let matcher = Pattern(waiver.check.clone());
    let known = checks.iter().any(|check| matcher.is_match(&check.id));
    let status = match (known, waiver.expires < today) {
        (false, _) => WaiverStatus::Invalid,
        (true, true) => WaiverStatus::Expired,
        (true, false) => WaiverStatus::Unmatched,
    };
    Rule {
        checks: vec![matcher],
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
        },
    }
}

fn from_source(suppression: &Suppression, workload: &Workload, checks: &[&Check], today: Date) -> Rule {
    let expires = suppression.expires.as_deref().map(str::parse::<Date>);
    let own = suppression.notation == Notation::Onus;
    let matchers: Vec<Pattern> = if own {
        let matcher = Pattern(suppression.rule.to_string());
        let known = checks.iter().any(|check| matcher.is_match(&check.id));
        known.then_some(matcher).into_iter().collect()
    } else {
        let counterparts = checks.iter().filter(|check| is_known_as(check, suppression));
        counterparts.map(|check| Pattern(check.id.clone())).collect()
    };
    // Ours must state all that makes a waiver; what other tools accept without is understood as it is.
    let complete =
        suppression.reason.is_some() && suppression.approver.is_some() && matches!(expires, Some(Ok(_)));
    let status = match &expires {
        _ if matchers.is_empty() => {
            if own {
                WaiverStatus::Invalid
            } else {
                WaiverStatus::NoCounterpart
            }
        }
        _ if own && !complete => WaiverStatus::Invalid,
        Some(Ok(last)) if *last < today => WaiverStatus::Expired,
        _ => WaiverStatus::Unmatched,
    };
    let place = workload.location(suppression.span);
    Rule {
        checks: matchers,
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
        },
    }
}

fn is_known_as(check: &Check, suppression: &Suppression) -> bool {
    let same = |(notation, id): &(Notation, String)| {
        *notation == suppression.notation && id.eq_ignore_ascii_case(&suppression.rule)
    };
    check.also_known_as.iter().any(same)
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
