//! What is written, against NIST's own JSON schema; and documents that have every field of the schema, read and
//! written. Both need the schema, which is not part of the repository.

mod common;

use common::{REFERENCES, reference};
use jsonschema::Validator;
use onus_oscal::{Model, ModelKind, read, resolve, write_json};
use serde_json::{Map, Value, json};

fn schema() -> Option<Value> {
    let mut schema: Value = serde_json::from_slice(&reference("oscal/oscal_complete_schema_1.2.1.json")?)
        .expect("the schema is JSON");
    // The schema of 1.2.1 has lost the `method` of `combine`, which the model and the schemas before have.
    for choice in 0..3 {
        let path =
            format!("/definitions/oscal-complete-oscal-profile:merge/anyOf/{choice}/properties/combine");
        let combine = schema.pointer_mut(&path).expect("the schema is that of 1.2.1");
        assert!(combine.get("properties").is_none(), "the schema has been mended");
        combine["properties"] = json!({"method": {"enum": ["use-first", "merge", "keep"]}});
    }
    Some(schema)
}

/// The model's own definition: against the whole, every error reads as not valid under any of eight.
fn definition(schema: &Value, kind: ModelKind) -> String {
    let ending = format!(":{}", kind.key());
    let definitions = schema["definitions"].as_object().expect("the schema has definitions");
    definitions.keys().find(|name| name.ends_with(&ending)).expect("every model has one").clone()
}

fn validator(schema: &Value, kind: ModelKind) -> Validator {
    let definition = definition(schema, kind);
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": schema["definitions"],
        "$ref": format!("#/definitions/{definition}"),
    });
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{error}"))
}

fn assert_valid(validator: &Validator, kind: ModelKind, written: &str, what: &str) {
    let value: Value = serde_json::from_str(written).expect("what is written is JSON");
    let errors: Vec<String> = validator
        .iter_errors(&value[kind.key()])
        .map(|error| format!("{}: {error}", error.instance_path()))
        .take(5)
        .collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

#[test]
fn documents_of_others_are_valid_when_written() {
    let Some(schema) = schema() else { return };
    for path in REFERENCES {
        let Some(bytes) = reference(path) else { return };
        let document = read(path, &bytes).unwrap().document;
        let kind = document.model.kind();
        assert_valid(&validator(&schema, kind), kind, &write_json(&document), path);
    }
}

#[test]
fn a_resolved_profile_is_a_valid_catalog() {
    let Some(schema) = schema() else { return };
    let profile = common::reference_document("nist/NIST_SP-800-53_rev5_LOW-baseline_profile.json");
    let catalog = common::reference_document(
        "nist/NIST_SP-800-53_rev5_HIGH-baseline-resolved-profile_catalog-min.json",
    );
    let (Some(profile), Some(catalog)) = (profile, catalog) else { return };
    let Model::Profile(mut profile) = profile.model else { panic!("a profile is expected") };
    for merge in [
        json!({"as-is": true}),
        json!({"flat": {}}),
        json!({"custom": {"insert-controls": [{"include-all": {}}]}}),
    ] {
        profile.merge = serde_json::from_value(merge.clone()).unwrap();
        let resolved = resolve(&profile, |_| Ok(catalog.clone())).unwrap();
        let written = write_json(&resolved.into());
        let validator = validator(&schema, ModelKind::Catalog);
        assert_valid(&validator, ModelKind::Catalog, &written, &merge.to_string());
    }
}

/// Writes down a document with all fields that a definition has.
struct Sampler<'s> {
    schema: &'s Value,
    /// Which of the alternatives to take, where there are several.
    choice: usize,
    /// Whether each object gets a field that nobody knows.
    unknown: bool,
    uuids: u32,
}

impl Sampler<'_> {
    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.strip_prefix("#/definitions/").expect("all references are of this form");
            return self.named(name, depth);
        }
        if let Some(Value::Array(words)) = schema.get("enum") {
            return words[0].clone();
        }
        if schema["type"] == "array" {
            return Value::Array(vec![self.value(&schema["items"], depth)]);
        }
        if let Some(all) = schema["allOf"].as_array() {
            return self.value(all.last().expect("no list is empty"), depth);
        }
        match schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
            Some(any) if any.iter().any(|one| one.get("enum").is_some()) => self.value(&any[0], depth),
            Some(any) => {
                let chosen = &any[self.choice.min(any.len() - 1)];
                let mut value = self.value(chosen, depth);
                // What stands beside the alternatives belongs to each of them.
                if let (Value::Object(object), Some(beside)) = (&mut value, schema["properties"].as_object())
                {
                    object.extend(self.object(beside, depth));
                }
                value
            }
            None if schema["type"] == "object" || schema.get("properties").is_some() => {
                let fields = schema["properties"].as_object().cloned().unwrap_or_default();
                let mut object = self.object(&fields, depth);
                if self.unknown {
                    object.insert("x-unknown".to_owned(), json!({"kept": [1, null]}));
                }
                Value::Object(object)
            }
            None => json!("text"),
        }
    }

    fn object(&mut self, fields: &Map<String, Value>, depth: usize) -> Map<String, Value> {
        let mut object = Map::new();
        for (name, schema) in fields {
            // What may contain itself ends somewhere.
            let recurses = matches!(&**name, "controls" | "groups" | "parts" | "tasks");
            if !recurses || depth < 3 {
                object.insert(name.clone(), self.value(schema, depth + usize::from(recurses)));
            }
        }
        object
    }

    fn named(&mut self, name: &str, depth: usize) -> Value {
        match name {
            "UUIDDatatype" => {
                self.uuids += 1;
                json!(common::uuid(self.uuids))
            }
            "DateTimeWithTimezoneDatatype" => json!("2026-01-31T12:00:00Z"),
            "DateDatatype" => json!("2026-01-31"),
            "EmailAddressDatatype" => json!("a@example.org"),
            "URIDatatype" => json!("https://example.org/a"),
            "URIReferenceDatatype" => json!("a/b.json"),
            "TokenDatatype" => json!("token"),
            "Base64Datatype" => json!("YWJj"),
            "BooleanDatatype" => json!(true),
            "DecimalDatatype" => json!(0.5),
            "IntegerDatatype" | "NonNegativeIntegerDatatype" | "PositiveIntegerDatatype" => json!(7),
            "oscal-complete-oscal-metadata:oscal-version" => json!("1.2.1"),
            _ => self.value(&self.schema["definitions"][name], depth),
        }
    }
}

fn sample(schema: &Value, kind: ModelKind, choice: usize, unknown: bool) -> Value {
    let mut sampler = Sampler { schema, choice, unknown, uuids: 0 };
    let model = sampler.named(&definition(schema, kind), 0);
    json!({ kind.key(): model })
}

#[test]
fn every_field_of_the_schema_is_known_and_comes_back() {
    let Some(schema) = schema() else { return };
    for kind in ModelKind::ALL {
        let validator = validator(&schema, *kind);
        for choice in 0..3 {
            let before = sample(&schema, *kind, choice, false);
            let document = read("sample", before.to_string().as_bytes());
            let document = document.unwrap_or_else(|error| panic!("{kind:?}: {error}\n{before:#}")).document;
            let written = write_json(&document);
            let mut after: Value = serde_json::from_str(&written).unwrap();
            assert_valid(&validator, *kind, &written, kind.key());
            unlist(&before, &mut after);
            assert!(before == after, "{kind:?}");
            assert_no_rest(&format!("{document:?}"), *kind);
        }
    }
}

#[test]
fn unknown_fields_of_every_object_come_back() {
    let Some(schema) = schema() else { return };
    for kind in ModelKind::ALL {
        for choice in 0..3 {
            let before = sample(&schema, *kind, choice, true);
            let document = read("sample", before.to_string().as_bytes()).unwrap().document;
            let mut after: Value = serde_json::from_str(&write_json(&document)).unwrap();
            unlist(&before, &mut after);
            assert!(before == after, "{kind:?} {choice}");
            let yaml = onus_oscal::write_yaml(&document).unwrap();
            assert!(read("sample", yaml.as_bytes()).unwrap().document == document, "{kind:?} {choice}");
        }
    }
}

/// The one thing that changes: a single mapping is written as a list of one.
fn unlist(before: &Value, after: &mut Value) {
    const MAPPINGS: &str = "/mapping-collection/mappings";
    if before.pointer(MAPPINGS).is_some_and(Value::is_object) {
        let mappings = after.pointer_mut(MAPPINGS).expect("it is written");
        *mappings = mappings[0].take();
    }
}

/// A field of the standard that has no field here would be found in `rest`.
fn assert_no_rest(debug: &str, kind: ModelKind) {
    for (at, _) in debug.match_indices("rest: {") {
        let rest = &debug[at..debug.len().min(at + 60)];
        assert!(rest.starts_with("rest: {}"), "{kind:?}: {rest}");
    }
}
