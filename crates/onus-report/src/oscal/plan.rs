//! The assessment plan: which controls, by which checks, on which resources.

use super::ids::{sealed, token, uuid};
use super::parts::{detailed, metadata_of_parties, prop, tool, tool_uuid};
use super::scope::Scope;
use super::text::{line, prose, sentence};
use onus_assess::{Assessment, ControlAnswer};
use onus_check::Check;
use onus_oscal::Document;
use onus_oscal::assessment_plan::{AssessmentPlan, LocalDefinitions};
use onus_oscal::common::{
    Activity, AssessmentAssets, AssessmentPlatform, AssessmentSubject, AssociatedActivity, ControlSelection,
    ImportSsp, IncludeAll, ReviewedControls, SelectControlById, Task, UsesComponent,
};
use std::collections::BTreeMap;

/// The plan by which an assessment went.
pub fn assessment_plan(assessment: &Assessment, scope: &Scope<'_>) -> Document {
    let title = format!("Assessment plan of {}", assessment.system);
    let activities = activities(assessment, scope);
    sealed(AssessmentPlan {
        metadata: metadata_of_parties(&title, scope.date, Some(&assessment.system)),
        import_ssp: ImportSsp { href: scope.file("ssp"), ..ImportSsp::default() },
        reviewed_controls: reviewed(assessment, &scope.framework.id),
        assessment_subjects: vec![all("inventory-item"), all("component")],
        assessment_assets: Some(assets(&assessment.system)),
        tasks: vec![task(assessment, scope, &activities)],
        local_definitions: Some(LocalDefinitions { activities, ..LocalDefinitions::default() }),
        ..AssessmentPlan::default()
    })
}

/// The controls that are looked at: all but those that the publication has withdrawn.
pub(super) fn reviewed(assessment: &Assessment, framework: &str) -> ReviewedControls {
    let controls = in_force(assessment, framework).map(|control| select(&control.control));
    let selection = ControlSelection { include_controls: controls.collect(), ..ControlSelection::default() };
    ReviewedControls { control_selections: vec![selection], ..ReviewedControls::default() }
}

fn in_force<'a>(assessment: &'a Assessment, framework: &str) -> impl Iterator<Item = &'a ControlAnswer> {
    let controls = assessment.controls.iter().filter(move |control| control.withdrawn.is_none());
    controls.filter(move |control| control.framework == framework)
}

fn select(control: &str) -> SelectControlById {
    SelectControlById { control_id: token(control), ..SelectControlById::default() }
}

fn all(kind: &str) -> AssessmentSubject {
    AssessmentSubject {
        kind: kind.to_owned(),
        include_all: Some(IncludeAll::default()),
        ..AssessmentSubject::default()
    }
}

/// This program, and where it runs.
pub(super) fn assets(system: &str) -> AssessmentAssets {
    let uses = UsesComponent { component_uuid: tool_uuid(), ..UsesComponent::default() };
    AssessmentAssets {
        components: vec![tool()],
        assessment_platforms: vec![AssessmentPlatform {
            uuid: uuid(&["platform", system]),
            title: Some("onus".to_owned()),
            uses_components: vec![uses],
            ..AssessmentPlatform::default()
        }],
        ..AssessmentAssets::default()
    }
}

/// A check per activity, and one for what no check decides.
fn activities(assessment: &Assessment, scope: &Scope<'_>) -> Vec<Activity> {
    let mut controls: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut manual = Vec::new();
    for control in in_force(assessment, &scope.framework.id) {
        if control.checks.is_empty() && control.share.may_have_customer() {
            manual.push(control.control.as_str());
        }
        for own in &control.checks {
            controls.entry(&own.check).or_default().push(&control.control);
        }
    }
    let uuid = |what: &str| uuid(&["activity", &assessment.system, &scope.framework.id, what]);
    let checks =
        controls.iter().filter_map(|(id, controls)| Some((assessment.knowledge.check(id)?, controls)));
    let checks = checks.map(|(check, controls)| activity(uuid(&check.id), check, controls));
    let manual = (!manual.is_empty()).then(|| Activity {
        uuid: uuid(""),
        title: Some("Manual evidence".to_owned()),
        description: "No check decides these controls: they take records of the customer's own.".to_owned(),
        props: vec![method("EXAMINE")],
        related_controls: Some(related(&manual)),
        ..Activity::default()
    });
    checks.chain(manual).collect()
}

fn activity(uuid: String, check: &Check, controls: &[&str]) -> Activity {
    Activity {
        uuid,
        title: Some(line(&check.title)),
        description: prose(&sentence(&check.why)),
        props: vec![
            method("TEST"),
            detailed("check", &check.id, Some(check.severity.as_str()), None),
            prop("layer", check.layer.as_str()),
        ],
        related_controls: Some(related(controls)),
        ..Activity::default()
    }
}

fn method(value: &str) -> onus_oscal::common::Property {
    super::parts::standard("method", value)
}

fn related(controls: &[&str]) -> ReviewedControls {
    let include_controls = controls.iter().map(|control| select(control)).collect();
    let selection = ControlSelection { include_controls, ..ControlSelection::default() };
    ReviewedControls { control_selections: vec![selection], ..ReviewedControls::default() }
}

fn task(assessment: &Assessment, scope: &Scope<'_>, activities: &[Activity]) -> Task {
    let associated = activities.iter().map(|activity| AssociatedActivity {
        activity_uuid: activity.uuid.clone(),
        subjects: vec![all("inventory-item")],
        ..AssociatedActivity::default()
    });
    Task {
        uuid: uuid(&["task", &assessment.system, &scope.framework.id]),
        kind: "action".to_owned(),
        title: "Run the checks, and gather what they cannot decide".to_owned(),
        associated_activities: associated.collect(),
        ..Task::default()
    }
}
