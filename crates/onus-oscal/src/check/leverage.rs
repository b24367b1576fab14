//! Two security plans: what the leveraging system inherits and satisfies, the leveraged one must provide and ask for.

use super::kinds::Kind;
use super::walk::{Object, Path};
use super::{Context, ProblemKind, Problems};
use crate::document::ModelKind;
use serde_json::Value;

pub(super) fn check(context: &Context<'_>, path: &Path<'_>, object: &Object, problems: &mut Problems) {
    if context.kind != ModelKind::SystemSecurityPlan {
        return;
    }
    let uuid = |field: &str| object.get(field).and_then(Value::as_str);
    match path.key() {
        "responsibilities" => {
            let provided = uuid("provided-uuid").filter(|uuid| !context.index.has(Kind::Provided, uuid));
            if let Some(uuid) = provided {
                let found = context.index.of_uuid(uuid);
                report(path, ("provided-uuid", uuid, Kind::Provided), found, "this system", problems);
            }
        }
        "inherited" => across(context, path, ("provided-uuid", Kind::Provided), uuid, problems),
        "satisfied" => across(context, path, ("responsibility-uuid", Kind::Responsibility), uuid, problems),
        "props" => authorization(context, path, object, problems),
        _ => {}
    }
}

/// A component of a leveraged system says in a property which authorization it belongs to.
fn authorization(context: &Context<'_>, path: &Path<'_>, object: &Object, problems: &mut Problems) {
    let text = |field: &str| object.get(field).and_then(Value::as_str);
    let (Some("leveraged-authorization-uuid"), Some(uuid)) = (text("name"), text("value")) else { return };
    if !context.index.has(Kind::LeveragedAuthorization, uuid) {
        let found = context.index.of_uuid(uuid);
        report(path, ("value", uuid, Kind::LeveragedAuthorization), found, "this system", problems);
    }
}

/// A reference into the plan of a leveraged system, where there is one.
fn across<'t>(
    context: &Context<'_>,
    path: &Path<'_>,
    (field, kind): (&str, Kind),
    uuid: impl Fn(&str) -> Option<&'t str>,
    problems: &mut Problems,
) {
    let others = &context.others;
    let Some(uuid) = uuid(field) else { return };
    let has = others.indexes.iter().any(|other| other.has(kind, uuid));
    if has || others.count(ModelKind::SystemSecurityPlan) == 0 {
        return;
    }
    let found = others.indexes.iter().find_map(|other| other.of_uuid(uuid));
    report(path, (field, uuid, kind), found, "the leveraged system", problems);
}

fn report(
    path: &Path<'_>,
    (field, uuid, kind): (&str, &str, Kind),
    found: Option<Kind>,
    system: &str,
    problems: &mut Problems,
) {
    match found {
        Some(found) => {
            let message = format!("`{uuid}` is a {found} of {system}, where a {kind} is expected");
            problems.error(ProblemKind::WrongKind, path.field(field), message);
        }
        None => {
            let message = format!("{system} has no {kind} `{uuid}`");
            problems.error(ProblemKind::Dangling, path.field(field), message);
        }
    }
}
