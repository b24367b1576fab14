//! NIST's JSON schema, where it is at hand: it is not part of the repository.

use jsonschema::Validator;
use onus_oscal::{Document, ModelKind, write_json};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;

/// The schema's definition of each model, made when it is first asked for.
pub(crate) struct Schema {
    whole: Value,
    validators: HashMap<ModelKind, Validator>,
}

impl Schema {
    /// None, with a word on why, where the schema is not at hand.
    #[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
    pub(crate) fn find() -> Option<Self> {
        let named = std::env::var_os("ONUS_REFERENCE").map(PathBuf::from);
        let folder = named.unwrap_or_else(|| super::kit::root().join("../shared/reference"));
        let path = folder.join("oscal/oscal_complete_schema_1.2.1.json");
        match std::fs::read(&path) {
            Ok(bytes) => Some(Self {
                whole: mended(serde_json::from_slice(&bytes).unwrap()),
                validators: HashMap::new(),
            }),
            Err(error) => {
                println!("skipped: {}: {error}; ONUS_REFERENCE names the folder", path.display());
                None
            }
        }
    }

    /// Validates a document by the model's own definition: against the whole, every error reads as not valid under any.
    #[track_caller]
    pub(crate) fn assert_valid(&mut self, name: &str, document: &Document) {
        let kind = document.model.kind();
        let whole = &self.whole;
        let validator = self.validators.entry(kind).or_insert_with(|| validator(whole, kind));
        let value: Value = serde_json::from_str(&write_json(document)).unwrap();
        let errors = validator.iter_errors(&value[kind.key()]);
        let errors: Vec<String> =
            errors.map(|error| format!("{}: {error}", error.instance_path())).take(5).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// The schema of 1.2.1 has lost the `method` of `combine`, which the model and the schemas before have.
fn mended(mut schema: Value) -> Value {
    for choice in 0..3 {
        let path =
            format!("/definitions/oscal-complete-oscal-profile:merge/anyOf/{choice}/properties/combine");
        let combine = schema.pointer_mut(&path).expect("the schema is that of 1.2.1");
        combine["properties"] = json!({"method": {"enum": ["use-first", "merge", "keep"]}});
    }
    schema
}

fn validator(schema: &Value, kind: ModelKind) -> Validator {
    let ending = format!(":{}", kind.key());
    let definitions = schema["definitions"].as_object().unwrap();
    let definition = definitions.keys().find(|name| name.ends_with(&ending)).expect("every model has one");
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": schema["definitions"],
        "$ref": format!("#/definitions/{definition}"),
    });
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{error}"))
}
