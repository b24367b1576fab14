//! Assessments of the examples, and their documents by name.

use jiff::civil::date;
use onus_assess::Assessment;
use onus_knowledge::{Knowledge, Project};
use onus_oscal::{Document, Notation};
use onus_report::oscal::{self, Scope};
use onus_workload::{Input, Options};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

static KNOWLEDGE: LazyLock<Arc<Knowledge>> = LazyLock::new(|| {
    let files = onus_knowledge::read_folder(&root().join("knowledge")).unwrap();
    Arc::new(onus_knowledge::load(&files).unwrap().knowledge)
});

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn knowledge() -> &'static Arc<Knowledge> {
    &KNOWLEDGE
}

/// An example, or services that are only named.
#[derive(Clone, Copy)]
pub(crate) enum Example {
    Folder(&'static str),
    Services(&'static str),
}

pub(crate) const EXAMPLES: [Example; 2] = [Example::Folder("web-shop"), Example::Services("ecs,rds,s3,kms")];

pub(crate) fn assess(example: Example, framework: &str) -> Assessment {
    let (inputs, services) = match example {
        Example::Folder(name) => (vec![Input::Path(root().join("examples").join(name))], Vec::new()),
        Example::Services(names) => (Vec::new(), names.split(',').map(str::to_owned).collect()),
    };
    let workload = onus_workload::read(&inputs, &Options { services, ..Options::default() });
    let options = onus_assess::Options {
        system: "shop".to_owned(),
        date: date(2026, 11, 22),
        project: Project { frameworks: vec![framework.to_owned()], ..Project::default() },
        ..onus_assess::Options::default()
    };
    onus_assess::assess(workload, Arc::clone(&KNOWLEDGE), options)
}

pub(crate) fn scope(framework: &str) -> Scope<'static> {
    Scope {
        knowledge: &KNOWLEDGE,
        framework: KNOWLEDGE.framework(framework).unwrap(),
        date: date(2026, 11, 22),
        notation: Notation::Json,
    }
}

/// The documents that follow from an assessment, by name.
pub(crate) fn of_assessment(assessment: &Assessment, scope: &Scope<'_>) -> Vec<(&'static str, Document)> {
    vec![
        ("leveraged", oscal::leveraged(assessment, scope).unwrap()),
        ("ssp", oscal::ssp(assessment, scope).unwrap()),
        ("assessment-plan", oscal::assessment_plan(assessment, scope)),
        ("assessment-results", oscal::assessment_results(assessment, scope).unwrap()),
        ("poam", oscal::poam(assessment, scope).unwrap()),
    ]
}

/// The catalog that the profile of a framework stands for.
pub(crate) fn resolved(scope: &Scope<'_>) -> Document {
    let onus_oscal::Model::Profile(profile) = oscal::profile(scope).model else { unreachable!() };
    onus_oscal::resolve(&profile, |href| {
        assert_eq!(href, scope.catalog_file());
        Ok(oscal::catalog(scope))
    })
    .unwrap()
    .into()
}

/// Checks a document by what others it builds on, and that it survives writing in both notations.
#[track_caller]
pub(crate) fn assert_sound(name: &str, document: &Document, others: &[&Document]) {
    let problems = onus_oscal::check(document, others);
    let first: Vec<String> = problems.iter().take(5).map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{name}: {} problems: {first:#?}", problems.len());
    let json = onus_oscal::write_json(document);
    assert!(onus_oscal::read(name, json.as_bytes()).unwrap().document == *document, "{name}: JSON");
    let yaml = onus_oscal::write_yaml(document).unwrap();
    assert!(onus_oscal::read(name, yaml.as_bytes()).unwrap().document == *document, "{name}: YAML");
}
