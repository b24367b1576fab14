//! The assessment results: an observation per finding of a check, and a finding per control statement.

use super::ExportError;
use super::findings::{Observations, failed, is_of, risk_uuid, risks};
use super::ids::{sealed, token, uuid};
use super::parts::{metadata_of_parties, origin, prop, time};
use super::plan::{assets, reviewed};
use super::scope::Scope;
use super::ssp::statement_uuid;
use super::text::{line, prose, sentence};
use onus_assess::{
    Assessment, ControlAnswer, Finding as CheckFinding, FindingOutcome, StatementAnswer, Status,
};
use onus_oscal::Document;
use onus_oscal::assessment_results::{
    AssessmentResult, AssessmentResults, ImportAssessmentPlan, ResultDefinitions,
};
use onus_oscal::common::{AssociatedRisk, Finding, FindingTarget, TargetStatus};

/// What came of an assessment.
///
/// # Errors
/// Where the framework has no controls.
pub fn assessment_results(assessment: &Assessment, scope: &Scope<'_>) -> Result<Document, ExportError> {
    let writer = Writer { assessment, scope, observations: Observations::new(assessment) };
    let title = format!("Assessment results of {}", assessment.system);
    let reviewed_controls = reviewed(assessment, &scope.framework.id);
    if reviewed_controls.control_selections.iter().all(|own| own.include_controls.is_empty()) {
        let (document, why) = ("file of assessment results", "the framework has no controls");
        return Err(ExportError::Nothing { document, why });
    }
    Ok(sealed(AssessmentResults {
        metadata: metadata_of_parties(&title, scope.date, Some(&assessment.system)),
        import_ap: ImportAssessmentPlan {
            href: scope.file("assessment-plan"),
            ..ImportAssessmentPlan::default()
        },
        results: vec![AssessmentResult {
            uuid: uuid(&["result", &assessment.system, &scope.framework.id, &scope.date.to_string()]),
            title: line(&title),
            description: "What the checks found, and how each statement stands by the evidence there is."
                .to_owned(),
            start: time(assessment.date),
            end: Some(time(assessment.date)),
            local_definitions: Some(ResultDefinitions {
                assessment_assets: Some(assets(&assessment.system)),
                ..ResultDefinitions::default()
            }),
            reviewed_controls,
            observations: writer.observations.of(|_| true),
            risks: risks(assessment, &writer.observations),
            findings: writer.findings(),
            ..AssessmentResult::default()
        }],
        ..AssessmentResults::default()
    }))
}

struct Writer<'a> {
    assessment: &'a Assessment,
    scope: &'a Scope<'a>,
    observations: Observations<'a>,
}

impl Writer<'_> {
    fn findings(&self) -> Vec<Finding> {
        let controls = self.assessment.controls.iter();
        let controls = controls
            .filter(|control| control.framework == self.scope.framework.id && control.withdrawn.is_none());
        controls
            .flat_map(|control| control.statements.iter().map(move |own| self.finding(control, own)))
            .collect()
    }

    fn finding(&self, control: &ControlAnswer, statement: &StatementAnswer) -> Finding {
        let (system, framework) = (&self.assessment.system, &self.scope.framework.id);
        let speaks = |finding: &CheckFinding| speaks_to(finding, control, statement);
        let failing = self
            .assessment
            .findings
            .iter()
            .any(|finding| finding.outcome == FindingOutcome::Fail && speaks(finding));
        let risks = failed(self.assessment).into_iter().filter(|(check, waived)| {
            let concerned = |finding: &CheckFinding| is_of(finding, check, *waived) && speaks(finding);
            self.assessment.findings.iter().any(concerned)
        });
        Finding {
            uuid: uuid(&["finding", system, framework, &statement.id]),
            title: line(&format!("{} {}", statement.id, control.title)),
            description: prose(&sentence(&statement.gist)),
            props: vec![prop("status", statement.standing.status.as_str())],
            origins: vec![origin()],
            target: FindingTarget {
                kind: "statement-id".to_owned(),
                target_id: token(&statement.id),
                status: status(statement, failing),
                ..FindingTarget::default()
            },
            implementation_statement_uuid: Some(statement_uuid(system, framework, &statement.id)),
            related_observations: self.observations.related(speaks),
            related_risks: risks
                .map(|(check, waived)| AssociatedRisk {
                    risk_uuid: risk_uuid(system, check, waived),
                    ..AssociatedRisk::default()
                })
                .collect(),
            ..Finding::default()
        }
    }
}

/// Whether a finding of a check speaks to a statement: its check is evidence for the control, and looks at a layer
/// where the statement is decided.
pub(super) fn speaks_to(
    finding: &CheckFinding,
    control: &ControlAnswer,
    statement: &StatementAnswer,
) -> bool {
    control.checks.iter().any(|own| own.check == finding.check)
        && statement.layers.iter().any(|primary| primary.layer == finding.layer)
}

/// The standard knows two states only: what is not shown to be satisfied is not.
fn status(statement: &StatementAnswer, failing: bool) -> TargetStatus {
    let standing = &statement.standing;
    let shown = standing.status == Status::Satisfied && !failing && !standing.evidence.is_empty();
    let nobodys = standing.status == Status::NotApplicable
        || statement.origination() == onus_model::Origination::NotApplicable;
    let (state, reason) = match () {
        () if failing => ("not-satisfied", "fail"),
        () if shown => ("satisfied", "pass"),
        () if nobodys => ("satisfied", "other"),
        () if standing.status == Status::NotSatisfied => ("not-satisfied", "fail"),
        () => ("not-satisfied", "other"),
    };
    let mut remarks: Vec<String> = standing.evidence.iter().map(|own| sentence(own)).collect();
    remarks.extend(standing.missing.iter().map(|own| format!("Missing: {}", sentence(own))));
    if nobodys {
        remarks.push("Not applicable: nothing in the workload concerns it.".to_owned());
    } else if reason == "other" {
        let status = standing.status.as_str().replace('-', " ");
        remarks.push(format!("By the evidence there is: {status}."));
    }
    TargetStatus {
        state: state.to_owned(),
        reason: Some(reason.to_owned()),
        remarks: (!remarks.is_empty()).then(|| prose(&remarks.join("\n"))),
        ..TargetStatus::default()
    }
}
