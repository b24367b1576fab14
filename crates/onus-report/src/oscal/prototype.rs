//! The Shared Responsibility prototype: what a system provides, leaves, inherits and satisfies, without the rest of its plan.
//!
//! NIST publishes it for evaluation, as metaschemas of April 2024; it may change or go. It is the security plan's control
//! implementation in which what a component exports stands in the component itself.

use super::ExportError;
use super::ids::uuid;
use super::scope::Scope;
use super::ssp::ssp;
use onus_assess::Assessment;
use serde_json::{Map, Value, json};

/// The prototype document of the assessed system, for the systems that rest on it.
///
/// # Errors
/// Where there is no security plan to take it from.
pub fn shared_responsibility(assessment: &Assessment, scope: &Scope<'_>) -> Result<Value, ExportError> {
    let document = ssp(assessment, scope)?;
    let document = serde_json::to_value(&document).expect("INVARIANT: a document can be written");
    let plan = &document["system-security-plan"];
    let mut implementation = plan["control-implementation"].clone();
    hoist(&mut implementation);
    let mut metadata = plan["metadata"].clone();
    metadata["title"] = json!(format!("Shared responsibility of {}", assessment.system));
    let mut body = Map::new();
    let id = uuid(&["shared-responsibility", &assessment.system, &scope.framework.id]);
    body.insert("uuid".to_owned(), json!(id));
    body.insert("source-ssp".to_owned(), source(plan));
    body.insert("metadata".to_owned(), metadata);
    body.insert("control-implementation".to_owned(), implementation);
    if let Some(resources) = plan.get("back-matter") {
        body.insert("back-matter".to_owned(), resources.clone());
    }
    Ok(json!({"shared-responsibility": body}))
}

/// The plan that it is taken from.
fn source(plan: &Value) -> Value {
    let metadata = &plan["metadata"];
    json!({
        "ssp-uuid": plan["uuid"],
        "title": metadata["title"],
        "last-modified": metadata["last-modified"],
        "version": metadata["version"],
        "referenced-profile": {"href": plan["import-profile"]["href"]},
    })
}

/// Puts what components export into the components themselves, wherever they stand.
fn hoist(node: &mut Value) {
    match node {
        Value::Array(all) => all.iter_mut().for_each(hoist),
        Value::Object(fields) => {
            if let Some(Value::Object(export)) = fields.remove("export") {
                fields.extend(
                    export.into_iter().filter(|(key, _)| key == "provided" || key == "responsibilities"),
                );
            }
            fields.values_mut().for_each(hoist);
        }
        _ => {}
    }
}
