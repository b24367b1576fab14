//! Workloads for the tests: made of the knowledge's own examples, or read from templates.

use onus_assess::{Assessment, Options};
use onus_knowledge::{Knowledge, Loaded, Project};
use onus_model::{FileId, Node, Resource, SourceFile, Span, Value, Workload};
use onus_workload::Input;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// The day on which the tests run, whatever the day.
pub(crate) fn today() -> jiff::civil::Date {
    "2026-11-22".parse().unwrap()
}

/// The knowledge as it lies in the tree.
pub(crate) fn loaded() -> &'static (Loaded, Arc<Knowledge>) {
    static LOADED: LazyLock<(Loaded, Arc<Knowledge>)> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
        let files = onus_knowledge::read_folder(&folder).unwrap();
        let loaded = onus_knowledge::load(&files).unwrap_or_else(|errors| {
            panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        });
        let knowledge = Arc::new(loaded.knowledge.clone());
        (loaded, knowledge)
    });
    &LOADED
}

pub(crate) fn knowledge() -> Arc<Knowledge> {
    Arc::clone(&loaded().1)
}

/// The same, where it is only looked at.
pub(crate) fn knowledge_ref() -> &'static Knowledge {
    &loaded().1
}

/// An example: resources that belong together. The references in it hold within it.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) resources: Vec<Resource>,
}

/// Every example of every variant, setting and check.
pub(crate) fn pieces() -> &'static [Piece] {
    static PIECES: LazyLock<Vec<Piece>> = LazyLock::new(|| {
        let loaded = &loaded().0;
        let cases = loaded.cases.iter().flat_map(|case| &case.examples);
        let checks = loaded
            .knowledge
            .checks
            .iter()
            .flat_map(|check| check.examples.iter().map(|(_, example)| example));
        cases.chain(checks).map(|example| Piece { resources: example.resources() }).collect()
    });
    &PIECES
}

/// A workload in which each piece is a file, and a scope, of its own.
pub(crate) fn workload<'a>(pieces: impl IntoIterator<Item = &'a Piece>) -> Workload {
    let mut workload = Workload::default();
    for (place, piece) in (0_u32..).zip(pieces) {
        workload.files.push(SourceFile::new(format!("{place}.yaml"), ""));
        for resource in &piece.resources {
            let mut resource = resource.clone();
            resource.scope = place;
            resource.span.file = FileId(place);
            move_to(&mut resource.properties, FileId(place));
            workload.resources.push(resource);
        }
    }
    workload
}

fn move_to(node: &mut Node, file: FileId) {
    node.span = Span { file, ..node.span };
    match &mut node.value {
        Value::List(elements) => elements.iter_mut().for_each(|element| move_to(element, file)),
        Value::Map(map) => map.iter_mut().for_each(|(_, value)| move_to(value, file)),
        _ => {}
    }
}

/// A copy, which workloads do not offer: a run takes its workload for good.
pub(crate) fn copy(workload: &Workload) -> Workload {
    Workload {
        files: workload
            .files
            .iter()
            .map(|file| SourceFile::new(file.path.clone(), file.text.clone()))
            .collect(),
        resources: workload.resources.clone(),
        roots: workload.roots.clone(),
        services: workload.services.clone(),
        suppressions: workload.suppressions.clone(),
        problems: workload.problems.clone(),
    }
}

/// A workload of services that are only named.
pub(crate) fn named(services: &[&str]) -> Workload {
    Workload { services: services.iter().map(|word| (*word).to_owned()).collect(), ..Workload::default() }
}

/// A workload read from a template.
pub(crate) fn template(text: &str) -> Workload {
    let input = Input::Text { name: "template.yaml".to_owned(), text: text.to_owned() };
    onus_workload::read(&[input], &onus_workload::Options::default())
}

/// A workload of several root modules that call one module: each has its folder and what it makes of the module.
pub(crate) fn of_roots(roots: &[(&str, &str)]) -> Workload {
    let mut all = Workload::default();
    for (scope, (root, text)) in (0..).zip(roots) {
        let read = template(text);
        let root: Arc<str> = Arc::from(*root);
        all.roots.push(root.clone());
        let own = |resource| Resource { scope, root: Some(root.clone()), ..resource };
        all.resources.extend(read.resources.into_iter().map(own));
        if all.files.is_empty() {
            all.files = read.files;
        }
    }
    all
}

pub(crate) fn assess(workload: Workload) -> Assessment {
    assess_with(workload, Project::default())
}

pub(crate) fn assess_with(workload: Workload, project: Project) -> Assessment {
    assess_by(knowledge(), workload, project)
}

/// By knowledge that a test has changed.
pub(crate) fn assess_by(knowledge: Arc<Knowledge>, workload: Workload, project: Project) -> Assessment {
    let options = Options { date: today(), project, ..Options::default() };
    onus_assess::assess(workload, knowledge, options)
}
