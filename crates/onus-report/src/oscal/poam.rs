//! The plan of action and milestones: an item per check that fails, and per control that lacks evidence.

use super::ExportError;
use super::findings::{Observations, failed, is_of, risk_uuid, risks};
use super::ids::{sealed, uuid};
use super::parts::{metadata_of_parties, origin, prop, standard, time};
use super::plan::assets;
use super::results::speaks_to;
use super::scope::Scope;
use super::system::this_system_uuid;
use super::text::{line, prose, sentence};
use onus_assess::{Assessment, ControlAnswer, Finding, FindingOutcome, StatementAnswer, Status};
use onus_check::Check;
use onus_model::Target;
use onus_oscal::Document;
use onus_oscal::common::{AssociatedRisk, ImportSsp, Property, RelatedObservation, SystemId};
use onus_oscal::poam::{ItemOrigin, LocalDefinitions, PlanOfActionAndMilestones, PoamItem};
use std::collections::BTreeSet;

/// What is to be done: what fails, could not be decided, or has no evidence.
///
/// # Errors
/// Where nothing is open.
pub fn poam(assessment: &Assessment, scope: &Scope<'_>) -> Result<Document, ExportError> {
    let observations = Observations::new(assessment);
    let open = |finding: &Finding| finding.outcome != FindingOutcome::Pass;
    let writer = Writer { assessment, scope, observations: &observations };
    let items: Vec<PoamItem> = writer.failing().chain(writer.undecided()).chain(writer.missing()).collect();
    if items.is_empty() {
        let (document, why) = ("plan of action and milestones", "nothing is open");
        return Err(ExportError::Nothing { document, why });
    }
    let title = format!("Plan of action and milestones of {}", assessment.system);
    Ok(sealed(PlanOfActionAndMilestones {
        metadata: metadata_of_parties(&title, scope.date, Some(&assessment.system)),
        import_ssp: Some(ImportSsp { href: scope.file("ssp"), ..ImportSsp::default() }),
        system_id: Some(SystemId {
            identifier_type: Some("http://ietf.org/rfc/rfc4122".to_owned()),
            id: this_system_uuid(&assessment.system),
            ..SystemId::default()
        }),
        local_definitions: Some(LocalDefinitions {
            assessment_assets: Some(assets(&assessment.system)),
            ..LocalDefinitions::default()
        }),
        observations: observations.of(open),
        risks: risks(assessment, &observations),
        poam_items: items,
        ..PlanOfActionAndMilestones::default()
    }))
}

struct Writer<'a> {
    assessment: &'a Assessment,
    scope: &'a Scope<'a>,
    observations: &'a Observations<'a>,
}

impl<'a> Writer<'a> {
    fn item(&self, name: [&str; 2], title: &str, description: &str) -> PoamItem {
        PoamItem {
            uuid: Some(uuid(&["poam", &self.assessment.system, &self.scope.framework.id, name[0], name[1]])),
            title: line(title),
            description: prose(description),
            origins: vec![ItemOrigin { actors: origin().actors, ..ItemOrigin::default() }],
            ..PoamItem::default()
        }
    }

    /// What fails; where it is accepted, so that the end of the waiver is not forgotten.
    fn failing(&self) -> impl Iterator<Item = PoamItem> + use<'_, 'a> {
        failed(self.assessment).into_iter().filter_map(|(id, waived)| {
            let check = self.assessment.knowledge.check(id)?;
            let kind = if waived { "waived" } else { "failing" };
            let risk = risk_uuid(&self.assessment.system, id, waived);
            let observed = self.observations.related(|finding| is_of(finding, id, waived));
            Some(PoamItem {
                related_risks: vec![AssociatedRisk { risk_uuid: risk, ..AssociatedRisk::default() }],
                ..self.of_check(kind, check, &check.fix, observed)
            })
        })
    }

    /// What the input does not tell.
    fn undecided(&self) -> impl Iterator<Item = PoamItem> + use<'_, 'a> {
        let undecided = |finding: &Finding| finding.outcome == FindingOutcome::Undetermined;
        let checks = self.assessment.knowledge.checks.iter();
        checks.filter_map(move |check| {
            let holds = |finding: &Finding| finding.check == check.id && undecided(finding);
            let observed = self.observations.related(holds);
            let what = "The input does not say enough to decide this: look at what runs.";
            (!observed.is_empty()).then(|| self.of_check("undetermined", check, what, observed))
        })
    }

    fn of_check(
        &self,
        kind: &str,
        check: &Check,
        description: &str,
        observed: Vec<RelatedObservation>,
    ) -> PoamItem {
        let mut props =
            vec![prop("kind", kind), prop("check", &check.id), prop("severity", check.severity.as_str())];
        props.extend(self.controls_of(&check.id));
        PoamItem {
            props,
            related_observations: observed,
            ..self.item([kind, &check.id], &check.title, &sentence(description))
        }
    }

    /// The controls of the framework for which a check is evidence.
    fn controls_of(&self, check: &str) -> impl Iterator<Item = Property> + use<'_> {
        let controls = self.controls().filter(|control| control.checks.iter().any(|own| own.check == check));
        let controls: Vec<Property> = controls.map(|control| prop("control", &control.control)).collect();
        controls.into_iter()
    }

    fn controls(&self) -> impl Iterator<Item = &'a ControlAnswer> + use<'a> {
        let id = self.scope.framework.id.clone();
        let controls = self.assessment.controls.iter();
        controls.filter(move |control| control.framework == id && control.withdrawn.is_none())
    }

    /// Controls with a part of the customer's for which evidence is missing.
    fn missing(&self) -> impl Iterator<Item = PoamItem> + use<'_, 'a> {
        self.controls().filter_map(|control| {
            let lacking: Vec<&StatementAnswer> =
                control.statements.iter().filter(|own| self.lacks(control, own)).collect();
            if lacking.is_empty() {
                return None;
            }
            let told = lacking.iter().map(|own| format!("- {}: {}", own.id, sentence(&own.gist)));
            let told = told.collect::<Vec<_>>().join("\n");
            let missing =
                control.standing.missing.iter().map(|own| format!("\n\nMissing: {}", sentence(own)));
            let description = format!("Evidence is missing for:\n\n{told}{}", missing.collect::<String>());
            let title = format!("{}: evidence for {}", control.control, control.title);
            let mut props = vec![
                prop("kind", "evidence"),
                prop("control", &control.control),
                standard("label", &control.control),
                prop("status", control.standing.status.as_str()),
            ];
            props.extend(self.taken(control));
            Some(PoamItem { props, ..self.item(["evidence", &control.control], &title, &description) })
        })
    }

    /// Who has taken on the tasks of a control, and until when the first of them has to be done.
    fn taken(&self, control: &ControlAnswer) -> Vec<Property> {
        // Tasks name the catalogue: selections of one ask for the same thing.
        let catalog = &self.scope.catalog().id;
        let concerns = |target: &Target| match target {
            Target::Control { framework, control: id } => framework == catalog && *id == control.control,
            Target::Statement { framework, statement } => {
                framework == catalog && control.statements.iter().any(|own| own.id == *statement)
            }
            Target::Duty { .. } => false,
        };
        let tasks = || self.assessment.tasks.iter().filter(|task| concerns(&task.target));
        let owners: BTreeSet<&String> = tasks().filter_map(|task| task.owner.as_ref()).collect();
        let due = tasks().filter_map(|task| task.due).min().map(|due| prop("deadline", &time(due)));
        owners.into_iter().map(|owner| prop("owner", owner)).chain(due).collect()
    }

    /// Whether a statement has a part of the customer's that is not shown; a check that fails is an item of its own.
    fn lacks(&self, control: &ControlAnswer, statement: &StatementAnswer) -> bool {
        let fails = |finding: &Finding| {
            finding.outcome == FindingOutcome::Fail && speaks_to(finding, control, statement)
        };
        statement.share.may_have_customer()
            && !matches!(statement.standing.status, Status::Satisfied | Status::NotApplicable)
            && !self.assessment.findings.iter().any(fails)
    }
}
