//! What results and the plan of action share: observations of checks, and the risks behind those that failed.

use super::ids::uuid;
use super::parts::{NAMESPACE, detailed, link, origin, prop, time};
use super::system::resource_uuids;
use super::text::{line, prose, sentence};
use onus_assess::{Assessment, Finding, FindingOutcome, WaiverUse};
use onus_check::Check;
use onus_oscal::common::{
    Characterization, Facet, Observation, Property, RelatedObservation, RelevantEvidence, Response, Risk,
    SubjectReference,
};
use std::collections::BTreeMap;

/// The observations of an assessment, and their uuids by the position of the finding.
pub(super) struct Observations<'a> {
    assessment: &'a Assessment,
    uuids: Vec<String>,
    resources: Vec<String>,
}

impl<'a> Observations<'a> {
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let mut seen = BTreeMap::new();
        let findings = assessment.findings.iter();
        let name = findings.map(|finding| {
            let number = seen.entry(finding.fingerprint.as_str()).or_insert(0_usize);
            *number += 1;
            uuid(&["observation", &assessment.system, &finding.fingerprint, &number.to_string()])
        });
        Self { assessment, uuids: name.collect(), resources: resource_uuids(assessment) }
    }

    /// Those of the findings for which something holds.
    pub(super) fn of(&self, holds: impl Fn(&Finding) -> bool) -> Vec<Observation> {
        let findings = self.assessment.findings.iter().enumerate();
        findings
            .filter(|(_, finding)| holds(finding))
            .map(|(at, finding)| self.observation(at, finding))
            .collect()
    }

    /// References to the observations of the findings for which something holds.
    pub(super) fn related(&self, holds: impl Fn(&Finding) -> bool) -> Vec<RelatedObservation> {
        let findings = self.assessment.findings.iter().zip(&self.uuids);
        let related = findings.filter(|(finding, _)| holds(finding)).map(|(_, uuid)| RelatedObservation {
            observation_uuid: uuid.clone(),
            ..RelatedObservation::default()
        });
        related.collect()
    }

    fn observation(&self, at: usize, finding: &Finding) -> Observation {
        let check = self.assessment.knowledge.check(&finding.check);
        let place = crate::facts::location(self.assessment, finding.span);
        let place = place.map(|at| format!("{}:{}:{}", at.path, at.line, at.column));
        Observation {
            uuid: self.uuids[at].clone(),
            title: Some(line(check.map_or(finding.check.as_str(), |check| &check.title))),
            description: prose(&sentence(&finding.message)),
            props: self.props(finding, place.as_deref()),
            methods: vec!["TEST".to_owned()],
            types: vec!["finding".to_owned()],
            origins: vec![origin()],
            subjects: self.subject(finding).into_iter().collect(),
            relevant_evidence: place.map(|place| evidence(&place)).into_iter().collect(),
            collected: time(self.assessment.date),
            ..Observation::default()
        }
    }

    fn props(&self, finding: &Finding, place: Option<&str>) -> Vec<Property> {
        let waiver = finding.waiver.and_then(|at| self.assessment.waivers.get(at));
        let waiver = waiver.map(|waiver| detailed("waiver", &waiver.rule, None, waiver.reason.as_deref()));
        [
            prop("check", &finding.check),
            prop("outcome", finding.outcome.as_str()),
            prop("severity", finding.severity.as_str()),
            prop("layer", finding.layer.as_str()),
            prop("fingerprint", &finding.fingerprint),
        ]
        .into_iter()
        .chain(place.map(|place| prop("location", place)))
        .chain(waiver)
        .collect()
    }

    fn subject(&self, finding: &Finding) -> Option<SubjectReference> {
        Some(SubjectReference {
            subject_uuid: self.resources.get(finding.resource)?.clone(),
            kind: "inventory-item".to_owned(),
            title: Some(line(&crate::facts::named(self.assessment, finding.resource))),
            ..SubjectReference::default()
        })
    }
}

fn evidence(place: &str) -> RelevantEvidence {
    RelevantEvidence {
        description: format!("The configuration as it is written in {}.", line(place)),
        ..RelevantEvidence::default()
    }
}

/// Whether a finding is a matter of risk: it fails, accepted or not.
pub(super) fn is_failure(finding: &Finding) -> bool {
    matches!(finding.outcome, FindingOutcome::Fail | FindingOutcome::Waived)
}

/// The uuid of the risk behind the failures of a check; those that are waived are a risk of their own.
pub(super) fn risk_uuid(system: &str, check: &str, waived: bool) -> String {
    uuid(&["risk", system, check, if waived { "waived" } else { "open" }])
}

/// The checks that failed, with whether the failures are waived, from the most severe.
pub(super) fn failed(assessment: &Assessment) -> Vec<(&str, bool)> {
    let mut failed: Vec<(&str, bool)> = Vec::new();
    for finding in assessment.findings.iter().filter(|finding| is_failure(finding)) {
        let key = (finding.check.as_str(), finding.outcome == FindingOutcome::Waived);
        if !failed.contains(&key) {
            failed.push(key);
        }
    }
    failed
}

/// A risk per check that failed.
pub(super) fn risks(assessment: &Assessment, observations: &Observations<'_>) -> Vec<Risk> {
    let failed = failed(assessment).into_iter();
    failed
        .filter_map(|(id, waived)| {
            let check = assessment.knowledge.check(id)?;
            Some(risk(assessment, observations, check, waived))
        })
        .collect()
}

fn risk(assessment: &Assessment, observations: &Observations<'_>, check: &Check, waived: bool) -> Risk {
    let holds = |finding: &Finding| is_of(finding, &check.id, waived);
    let waivers = waivers(assessment, &check.id);
    let deadline = waivers.iter().filter_map(|waiver| waiver.expires).min().filter(|_| waived);
    Risk {
        uuid: risk_uuid(&assessment.system, &check.id, waived),
        title: line(&check.title),
        description: prose(&sentence(&check.why)),
        statement: if waived { accepted(&waivers) } else { prose(&sentence(&check.why)) },
        props: vec![prop("check", &check.id)],
        links: check.sources.iter().map(|source| link("reference", source)).collect(),
        status: if waived { "deviation-approved" } else { "open" }.to_owned(),
        origins: vec![origin()],
        characterizations: vec![severity(check)],
        deadline: deadline.map(time),
        remediations: vec![remediation(assessment, check, waived)],
        related_observations: observations.related(holds),
        ..Risk::default()
    }
}

/// Whether a finding is a failure of a check, waived or not.
pub(super) fn is_of(finding: &Finding, check: &str, waived: bool) -> bool {
    let outcome = if waived { FindingOutcome::Waived } else { FindingOutcome::Fail };
    finding.check == check && finding.outcome == outcome
}

/// The waivers that hold for findings of a check.
fn waivers<'a>(assessment: &'a Assessment, check: &str) -> Vec<&'a WaiverUse> {
    let mut places: Vec<usize> = assessment
        .findings
        .iter()
        .filter(|finding| finding.check == check)
        .filter_map(|finding| finding.waiver)
        .collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|at| assessment.waivers.get(at)).collect()
}

fn accepted(waivers: &[&WaiverUse]) -> String {
    let told = waivers.iter().map(|waiver| {
        let reason = waiver.reason.as_deref().unwrap_or("no reason is stated");
        let approver =
            waiver.approver.as_deref().map(|who| format!(" Approved by {who}.")).unwrap_or_default();
        format!("Accepted ({}): {}{approver}", waiver.source, sentence(reason))
    });
    prose(&told.collect::<Vec<_>>().join("\n"))
}

fn severity(check: &Check) -> Characterization {
    let facet = Facet {
        name: "severity".to_owned(),
        system: NAMESPACE.to_owned(),
        value: check.severity.as_str().to_owned(),
        ..Facet::default()
    };
    Characterization { origin: origin(), facets: vec![facet], ..Characterization::default() }
}

fn remediation(assessment: &Assessment, check: &Check, waived: bool) -> Response {
    let kind = if waived { "waived" } else { "open" };
    Response {
        uuid: uuid(&["response", &assessment.system, &check.id, kind]),
        lifecycle: "recommendation".to_owned(),
        title: line(&check.title),
        description: prose(&sentence(&check.fix)),
        ..Response::default()
    }
}
