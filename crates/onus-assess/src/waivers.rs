//! Waivers: findings that are accepted, with a reason, an approver and an end.

use crate::assessment::{Finding, FindingOutcome, WaiverStatus, WaiverUse};
use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use onus_check::Check;
use onus_knowledge::Project;
use onus_model::{Notation, Suppression, Workload};

/// A waiver ready to be matched.
struct Rule {
    checks: Vec<GlobMatcher>,
    resource: Option<GlobMatcher>,
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
            let rule = rules
                .iter_mut()
                .enumerate()
                .find(|(_, rule)| rule.covers(finding, &resource.address, resource.scope));
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
    fn covers(&self, finding: &Finding, address: &str, scope: u32) -> bool {
        matches!(self.report.status, WaiverStatus::Applied(_) | WaiverStatus::Unmatched)
            && self.scope.is_none_or(|own| own == scope)
            && self.checks.iter().any(|check| check.is_match(&finding.check))
            && self.resource.as_ref().is_none_or(|resource| resource.is_match(address))
    }

    fn count(&mut self) {
        self.report.status = match self.report.status {
            WaiverStatus::Applied(count) => WaiverStatus::Applied(count + 1),
            _ => WaiverStatus::Applied(1),
        };
    }
}

fn glob(pattern: &str) -> Option<GlobMatcher> {
    // In addresses `[` is an index, not a class of characters.
    let escaped = pattern.replace('[', "[[]").replace('{', "[{]");
    Glob::new(&escaped).ok().map(|glob| glob.compile_matcher())
}

fn from_project(waiver: &onus_knowledge::Waiver, checks: &[&Check], today: Date) -> Rule {
    let matcher = glob(&waiver.check);
    let known =
        matcher.as_ref().is_some_and(|matcher| checks.iter().any(|check| matcher.is_match(&check.id)));
    let status = match (known, waiver.expires < today) {
        (false, _) => WaiverStatus::Invalid,
        (true, true) => WaiverStatus::Expired,
        (true, false) => WaiverStatus::Unmatched,
    };
    Rule {
        checks: matcher.into_iter().collect(),
        resource: waiver.resource.as_deref().and_then(glob),
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
    let matchers: Vec<GlobMatcher> = if own {
        let matcher = glob(&suppression.rule);
        matcher.into_iter().filter(|matcher| checks.iter().any(|check| matcher.is_match(&check.id))).collect()
    } else {
        let counterparts = checks.iter().filter(|check| is_known_as(check, suppression));
        counterparts.filter_map(|check| glob(&check.id)).collect()
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
        resource: suppression.resource.as_deref().and_then(glob),
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
