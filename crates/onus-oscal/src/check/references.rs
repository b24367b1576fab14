//! What fields refer to, by their names.

use super::kinds::Kind;
use super::walk::{Object, Path, texts};
use super::{Context, ProblemKind, Problems};
use crate::document::ModelKind;
use crate::text;
use serde_json::Value;
use uuid::Uuid;

/// Fields that name something of one kind.
const REFERENCES: [(&str, Kind); 24] = [
    ("activity-uuid", Kind::Activity),
    ("component-uuid", Kind::Component),
    ("control-id", Kind::Control),
    ("depends-on", Kind::Param),
    ("finding-uuid", Kind::Finding),
    ("location-uuids", Kind::Location),
    ("member-of-organizations", Kind::Party),
    ("objective-id", Kind::Part),
    ("observation-uuid", Kind::Observation),
    ("param-id", Kind::Param),
    ("party-uuid", Kind::Party),
    ("party-uuids", Kind::Party),
    ("response-uuid", Kind::Response),
    ("risk-uuid", Kind::Risk),
    ("role-id", Kind::Role),
    ("role-ids", Kind::Role),
    ("statement-id", Kind::Part),
    ("statement-ids", Kind::Part),
    ("subject-placeholder-uuid", Kind::Placeholder),
    ("task-uuid", Kind::Task),
    ("with-ids", Kind::Control),
    // These say in another field what they name.
    ("actor-uuid", Kind::Other),
    ("id-ref", Kind::Other),
    ("subject-uuid", Kind::Other),
];

pub(super) fn check(context: &Context<'_>, path: &Path<'_>, object: &Object, problems: &mut Problems) {
    for (field, kind) in REFERENCES {
        let Some(kind) = stated_kind(object, kind) else { continue };
        for (at, identifier) in texts(object, field) {
            reference(context, path, (&at, identifier, kind), problems);
        }
    }
    if let Some(id) = object.get("target-id").and_then(Value::as_str) {
        reference(context, path, ("target-id", id, Kind::Part), problems);
    }
    links(context, path, object, problems);
    inserts(context, path, object, problems);
}

/// The kind that a field names, where another field says it.
fn stated_kind(object: &Object, kind: Kind) -> Option<Kind> {
    if kind != Kind::Other {
        return Some(kind);
    }
    match object.get("type").and_then(Value::as_str)? {
        "assessment-platform" => Some(Kind::Platform),
        "component" | "tool" => Some(Kind::Component),
        "control" => Some(Kind::Control),
        "inventory-item" => Some(Kind::InventoryItem),
        "location" => Some(Kind::Location),
        "party" => Some(Kind::Party),
        "resource" => Some(Kind::Resource),
        "statement" => Some(Kind::Part),
        "user" => Some(Kind::User),
        _ => None,
    }
}

fn reference(
    context: &Context<'_>,
    path: &Path<'_>,
    (at, identifier, kind): (&str, &str, Kind),
    problems: &mut Problems,
) {
    if context.has(kind, identifier) || !context.judges(kind) {
        return;
    }
    let pointer = path.fields(at);
    match context.index.of_uuid(identifier) {
        Some(found) if found != kind && found != Kind::Other => {
            let message = format!("`{identifier}` is a {found}, where a {kind} is expected");
            problems.error(ProblemKind::WrongKind, pointer, message);
        }
        _ => {
            let message = format!("there is no {kind} `{identifier}`");
            problems.error(ProblemKind::Dangling, pointer, message);
        }
    }
}

impl Context<'_> {
    /// Whether there is such a thing, here or in what this builds on.
    fn has(&self, kind: Kind, identifier: &str) -> bool {
        let here = self.index.has(kind, identifier);
        here || (self.looks_elsewhere(kind)
            && self.others.indexes.iter().any(|other| other.has(kind, identifier)))
    }

    /// Whether such things may stand in another document.
    fn looks_elsewhere(&self, kind: Kind) -> bool {
        !matches!(self.elsewhere(kind), Elsewhere::Nowhere)
    }

    /// Whether what is not found would have been found if it existed.
    fn judges(&self, kind: Kind) -> bool {
        match self.elsewhere(kind) {
            Elsewhere::Nowhere => true,
            // A mapping has two sides, and which one is at hand cannot be told.
            Elsewhere::In(ModelKind::Catalog) if self.kind == ModelKind::MappingCollection => {
                self.others.count(ModelKind::Catalog) >= 2
            }
            Elsewhere::In(ModelKind::ComponentDefinition) if !self.builds_on => true,
            Elsewhere::In(model) => self.others.count(model) > 0,
        }
    }

    /// Where such things may stand but in the document itself.
    fn elsewhere(&self, kind: Kind) -> Elsewhere {
        use ModelKind::{
            AssessmentPlan, AssessmentResults, Catalog, ComponentDefinition, PlanOfActionAndMilestones,
            SystemSecurityPlan,
        };
        match (self.kind, kind) {
            (Catalog, _) => Elsewhere::Nowhere,
            (_, Kind::Control | Kind::Part | Kind::Param) => Elsewhere::In(Catalog),
            (ComponentDefinition, Kind::Component) => Elsewhere::In(ComponentDefinition),
            (
                AssessmentResults | PlanOfActionAndMilestones,
                Kind::Activity | Kind::Placeholder | Kind::Platform | Kind::Task,
            ) => Elsewhere::In(AssessmentPlan),
            (
                AssessmentPlan | AssessmentResults | PlanOfActionAndMilestones,
                Kind::Component
                | Kind::InventoryItem
                | Kind::Location
                | Kind::Party
                | Kind::Resource
                | Kind::Role
                | Kind::User,
            ) => Elsewhere::In(SystemSecurityPlan),
            _ => Elsewhere::Nowhere,
        }
    }
}

/// Where a thing may stand.
enum Elsewhere {
    /// In the document itself only.
    Nowhere,
    /// In a document of a model as well, which the checked one builds on.
    In(ModelKind),
}

/// `#uuid` stands for a resource, or something else of the document.
fn links(context: &Context<'_>, path: &Path<'_>, object: &Object, problems: &mut Problems) {
    let href = object.get("href").and_then(Value::as_str).and_then(|href| href.strip_prefix('#'));
    if let Some(target) = href {
        link(context, path, ("href", target), problems);
    }
    for field in ["prose", "description", "remarks"] {
        for target in object.get(field).and_then(Value::as_str).into_iter().flat_map(text::fragments) {
            link(context, path, (field, target), problems);
        }
    }
}

fn link(context: &Context<'_>, path: &Path<'_>, (field, target): (&str, &str), problems: &mut Problems) {
    let target = target.strip_prefix('#').unwrap_or(target);
    let imports = matches!(path.key(), "imports" | "import-profile" | "import-ssp" | "import-ap");
    let message = match context.index.of_uuid(target) {
        Some(Kind::Resource) => return,
        _ if imports => format!("the back matter has no resource `{target}`"),
        _ if context.index.has_any(target) => return,
        _ => format!("nothing here is called `{target}`"),
    };
    if imports || Uuid::try_parse(target).is_ok() {
        problems.error(ProblemKind::Dangling, path.field(field), message);
    } else {
        problems.warning(ProblemKind::Dangling, path.field(field), message);
    }
}

/// A catalog has all parameters that its text inserts.
fn inserts(context: &Context<'_>, path: &Path<'_>, object: &Object, problems: &mut Problems) {
    if context.kind != ModelKind::Catalog {
        return;
    }
    for field in ["prose", "choice", "label"] {
        for (at, prose) in texts(object, field) {
            for id in text::inserts(prose).filter(|id| !context.index.has(Kind::Param, id)) {
                let message = format!("there is no parameter `{id}` to insert");
                problems.error(ProblemKind::Dangling, path.fields(&at), message);
            }
        }
    }
}
