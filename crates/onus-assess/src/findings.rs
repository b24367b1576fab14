//! Running the checks over the resources.

use crate::assessment::{Finding, FindingOutcome};
use onus_check::{Check, CompiledCheck, Index, Outcome, Verdict, run};
use onus_model::{Resource, Workload};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Every check on every resource of its types, in no particular order of importance yet.
pub(crate) fn find(workload: &Workload, checks: &[&Check], index: &Index<'_>) -> Vec<Finding> {
    let mut by_type: FxHashMap<&str, Vec<(&Check, CompiledCheck)>> = FxHashMap::default();
    for resource in &workload.resources {
        by_type.entry(&resource.resource_type).or_default();
    }
    for check in checks {
        for name in &check.resource {
            if let Some(list) = by_type.get_mut(name.as_str()) {
                list.push((check, CompiledCheck::new(check)));
            }
        }
    }
    workload
        .resources
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, resource)| {
            let checks = by_type.get(&*resource.resource_type).map(Vec::as_slice).unwrap_or_default();
            checks.iter().filter_map(move |(check, compiled)| {
                finding(workload, at, resource, check, run(compiled, index, resource))
            })
        })
        .collect()
}

fn finding(
    workload: &Workload,
    at: usize,
    resource: &Resource,
    check: &Check,
    verdict: Verdict,
) -> Option<Finding> {
    let (outcome, message) = match verdict.outcome {
        Outcome::NotApplicable => return None,
        Outcome::Pass => (FindingOutcome::Pass, check.title.clone()),
        Outcome::Fail => (FindingOutcome::Fail, format!("Not met: {}.", check.title)),
        Outcome::Undetermined => (FindingOutcome::Undetermined, undecided(&verdict)),
    };
    Some(Finding {
        check: check.id.clone(),
        resource: at,
        layer: check.layer,
        outcome,
        severity: check.severity,
        message,
        // A property that is missing altogether is the resource's, not that of the properties beside it.
        span: verdict.span.filter(|span| *span != resource.properties.span).unwrap_or(resource.span),
        waiver: None,
        fingerprint: fingerprint(&check.id, home(workload, resource), &resource.address),
        in_baseline: false,
    })
}

fn undecided(verdict: &Verdict) -> String {
    let mut reasons: Vec<String> = verdict.reasons.iter().map(ToString::to_string).collect();
    reasons.sort();
    reasons.dedup();
    if reasons.is_empty() {
        return "Not known: the properties could not be read.".to_owned();
    }
    format!("Not known: {}.", reasons.join("; "))
}

/// What tells a resource from others of its address: its root module, or else its file. Of a module that several
/// roots call the file is the same for all of them, and within a root an address is unique whatever file it is in.
fn home<'w>(workload: &'w Workload, resource: &'w Resource) -> &'w str {
    resource.root.as_deref().unwrap_or_else(|| &workload.file(resource.span.file).path)
}

/// FNV-1a over check, file or root module, and address: the same on every machine and in every version, whatever the
/// lines.
fn fingerprint(check: &str, path: &str, address: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in [check, path, address].join("\0").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// By outcome, then severity from the highest, then file, place and check.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| {
            (
                finding.outcome,
                std::cmp::Reverse(finding.severity),
                finding.span.file,
                finding.span.start,
                finding.resource,
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.check.cmp(&b.check))
    });
}
