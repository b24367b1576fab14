//! The findings that turned out otherwise.

use super::Turned;
use crate::assessment::{Assessment, Finding, FindingOutcome};
use onus_check::Severity;
use std::collections::BTreeMap;

/// A finding that came out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingMove {
    /// The check's id.
    pub check: String,
    /// The check's title.
    pub title: String,
    /// What to do, where it is not in order.
    pub fix: String,
    /// The check's severity.
    pub severity: Severity,
    /// The resource, by its address.
    pub resource: String,
    /// The folder of its root module, where the second workload has several.
    pub root: Option<String>,
    /// The file, as it is named in the second workload.
    pub path: String,
    /// The line.
    pub line: u32,
    /// How it came out; none where there was no such finding.
    pub from: Option<FindingOutcome>,
    /// How it comes out.
    pub to: FindingOutcome,
}

/// A finding before, by what stays the same when a folder has another name.
type Key<'a> = (&'a str, &'a str);

pub(super) fn turned(before: &Assessment, after: &Assessment) -> Turned<FindingMove> {
    let from = pairs(before, after);
    let mut turned = Turned::default();
    for (at, finding) in after.findings.iter().enumerate() {
        let from = from.get(&at).copied();
        if from == Some(finding.outcome) {
            continue;
        }
        let list = match (from, finding.outcome) {
            (_, FindingOutcome::Fail) => &mut turned.unmet,
            // That what is new is in order is no news.
            (Some(_), FindingOutcome::Pass) => &mut turned.met,
            (Some(FindingOutcome::Fail | FindingOutcome::Pass), _) => &mut turned.open,
            _ => continue,
        };
        list.push(moved(after, finding, from));
    }
    turned
}

fn moved(after: &Assessment, finding: &Finding, from: Option<FindingOutcome>) -> FindingMove {
    let at = after.workload.location(finding.span);
    let check = after.knowledge.check(&finding.check);
    let root = after.workload.resources[finding.resource].root.as_ref();
    let root = root.filter(|_| after.workload.roots.len() > 1);
    FindingMove {
        check: finding.check.clone(),
        title: check.map_or_else(|| finding.check.clone(), |check| check.title.clone()),
        fix: check.map_or_else(String::new, |check| check.fix.clone()),
        severity: finding.severity,
        resource: address(after, finding).to_owned(),
        root: root.map(|root| root.to_string()),
        path: at.path.to_owned(),
        line: at.line,
        from,
        to: finding.outcome,
    }
}

/// How each finding of the second came out in the first, by its position.
///
/// A finding is the same if check, address and home are, which is the root module or else the file; what is left over, if check and address are, since
/// folders and files are renamed. Each is the same as one other at most, so that a copy of a failing resource is new.
fn pairs(before: &Assessment, after: &Assessment) -> BTreeMap<usize, FindingOutcome> {
    let mut old: BTreeMap<Key<'_>, Vec<(&str, FindingOutcome)>> = BTreeMap::new();
    for finding in &before.findings {
        let key = (&*finding.check, address(before, finding));
        old.entry(key).or_default().push((home(before, finding), finding.outcome));
    }
    let mut found = BTreeMap::new();
    for same_home in [true, false] {
        for (at, finding) in after.findings.iter().enumerate() {
            let Some(left) = old.get_mut(&(&*finding.check, address(after, finding))) else { continue };
            let own = home(after, finding);
            let place = left.iter().position(|(old, _)| !same_home || *old == own);
            if let (false, Some(place)) = (found.contains_key(&at), place) {
                found.insert(at, left.remove(place).1);
            }
        }
    }
    found
}

fn address<'a>(assessment: &'a Assessment, finding: &Finding) -> &'a str {
    &assessment.workload.resources[finding.resource].address
}

/// The path of the resource's root module or file, within the input that it was found in.
fn home<'a>(assessment: &'a Assessment, finding: &Finding) -> &'a str {
    let resource = &assessment.workload.resources[finding.resource];
    let file = || assessment.workload.file(resource.span.file).path.as_str();
    let path = resource.root.as_deref().unwrap_or_else(file);
    let within = |input: &String| path.strip_prefix(input.trim_end_matches('/'));
    let shortest = assessment.inputs.iter().filter_map(within).min_by_key(|rest| rest.len());
    shortest.unwrap_or(path).trim_start_matches('/')
}
