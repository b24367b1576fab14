//! The mapping files against what the two sides publish: the provider's schema, and CloudFormation's.
//!
//! The provider's schema is fetched by `cargo xtask provider` into the target folder. Where it is not there, the tests that
//! need it say so.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail by panic, and says what it left out"
)]

mod common;
use common::schema::schema;
use onus_model::{Becomes, Field, Mappings, Part, Shape, TypeMapping};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

static FILES: LazyLock<Vec<onus_knowledge::File>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    onus_knowledge::read_folder(&folder).unwrap()
});

static MAPPINGS: LazyLock<Mappings> = LazyLock::new(|| onus_knowledge::load_mappings(&FILES).unwrap());

#[test]
fn every_mapped_name_is_the_providers() {
    let Some(schema) = schema() else { return };
    let mut wrong = Vec::new();
    for mapping in MAPPINGS.iter() {
        let name = &mapping.terraform_type;
        let own = &schema["types"][name];
        if !own.is_object() {
            wrong.push(format!("there is no `{name}`"));
            continue;
        }
        names(&mapping.fields, own, name, &mut wrong);
        let part = if let Becomes::Part(part) = &mapping.becomes { Some(part) } else { None };
        let by = part.into_iter().flat_map(Part::all).map(|part| part.by.as_str());
        let by = by.chain(mapping.apart.iter().map(|apart| apart.attribute.as_str()));
        let transformed = mapping.transform.map(onus_model::Transform::attributes).unwrap_or_default();
        for attribute in by.chain(transformed.iter().copied()) {
            if own[attribute].is_null() {
                wrong.push(format!("{name}.{attribute}"));
            }
        }
        let is_named = matches!(mapping.becomes, Becomes::Resource(_));
        if is_named && !mapping.identity.iter().any(|attribute| own[attribute].is_object()) {
            wrong.push(format!("{name} has none of its identities"));
        }
    }
    assert!(wrong.is_empty(), "not in hashicorp/aws {}: {wrong:#?}", schema["version"]);
}

#[test]
fn what_cases_name_of_terraforms_is_mapped() {
    let loaded = onus_knowledge::load(&FILES).unwrap();
    let cases = loaded.knowledge.services.iter().flat_map(|service| service.choices().flatten());
    let native = cases.flat_map(|case| &case.resource).filter(|name| !name.contains("::"));
    let wrong: Vec<&String> = native
        .filter(|name| MAPPINGS.get(name).is_none_or(|mapping| mapping.becomes != Becomes::NoCounterpart))
        .collect();
    assert!(wrong.is_empty(), "no types without counterpart: {wrong:?}");
}

fn names(fields: &[Field], schema: &Value, outer: &str, wrong: &mut Vec<String>) {
    for field in fields {
        let own = &schema[&field.attribute];
        let path = format!("{outer}.{}", field.attribute);
        if own.is_null() {
            wrong.push(path);
            continue;
        }
        let is_block = own["of"].is_object();
        match &field.shape {
            Shape::One(inner) | Shape::Many(inner) | Shape::KeyedBlocks(_, inner) => {
                if is_block {
                    names(inner, &own["of"], &path, wrong);
                } else if own["type"] != "any" {
                    wrong.push(format!("{path} holds no blocks"));
                }
            }
            Shape::Keyed(key, value) => {
                for name in [key, value] {
                    if own["of"][name].is_null() {
                        wrong.push(format!("{path}.{name}"));
                    }
                }
            }
            Shape::Join { with, .. } => {
                wrong.extend(
                    with.iter().filter(|name| schema[*name].is_null()).map(|name| format!("{outer}.{name}")),
                );
            }
            Shape::Plain | Shape::Each(_) | Shape::Not | Shape::Tags | Shape::Entries(..) if is_block => {
                wrong.push(format!("{path} is a block, and its fields are not named"));
            }
            _ => {}
        }
    }
}

#[test]
fn every_property_is_cloudformations() {
    let index = FILES.iter().find(|file| file.path == onus_knowledge::PROPERTIES).unwrap();
    let index = onus_knowledge::PropertyIndex::new(&index.text);
    let mut wrong = Vec::new();
    for mapping in MAPPINGS.iter() {
        for kind in targets(mapping) {
            let mut paths = Vec::new();
            let outer =
                if let Becomes::Part(part) = &mapping.becomes { part.element_of.clone() } else { Vec::new() };
            properties(&mapping.fields, &outer, &mut paths);
            paths.extend(mapping.constants.iter().map(|(path, _)| [outer.as_slice(), path].concat()));
            for path in paths {
                let names: Vec<&str> = path.iter().map(String::as_str).collect();
                if index.known(&kind, &names) != onus_knowledge::Known::Yes {
                    wrong.push(format!("{}: {kind} {}", mapping.terraform_type, names.join(".")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} not in CloudFormation's schemas: {wrong:#?}", wrong.len());
}

/// The CloudFormation types whose properties a mapping sets.
fn targets(mapping: &TypeMapping) -> Vec<String> {
    match &mapping.becomes {
        Becomes::Resource(kind) => vec![kind.clone()],
        Becomes::Part(part) => {
            let of = part.all().flat_map(|part| &part.of);
            of.filter_map(|of| MAPPINGS.get(of)).flat_map(targets).collect()
        }
        Becomes::NoCounterpart => Vec::new(),
    }
}

/// The paths of the properties that fields set.
fn properties(fields: &[Field], outer: &[String], out: &mut Vec<Vec<String>>) {
    for field in fields {
        let path = [outer, &field.to].concat();
        let below = |name: &String| [path.as_slice(), std::slice::from_ref(name)].concat();
        match &field.shape {
            Shape::One(inner) | Shape::Many(inner) => properties(inner, &path, out),
            Shape::Each(key) => out.push(below(key)),
            Shape::Entries(key, value) => out.extend([below(key), below(value)]),
            Shape::Element { key, with } => {
                out.push([path.as_slice(), key].concat());
                out.extend(with.iter().map(|(name, _)| below(name)));
            }
            _ => out.push(path),
        }
    }
}

#[test]
fn an_argument_that_is_a_resource_of_its_own_is_one_that_is_mapped() {
    let mut wrong = Vec::new();
    for mapping in MAPPINGS.iter() {
        for apart in &mapping.apart {
            let Some(other) = MAPPINGS.get(&apart.terraform_type) else {
                wrong.push(format!("there is no `{}`", apart.terraform_type));
                continue;
            };
            let has = |name: &String| other.fields.iter().any(|field| field.attribute == *name);
            if !matches!(other.becomes, Becomes::Resource(_)) || !has(&apart.like) || !has(&apart.by) {
                wrong.push(format!("{}.{}", mapping.terraform_type, apart.attribute));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What checks look at and no type of the provider becomes, with the reason.
const WITHOUT: [(&str, &str); 4] = [
    ("AWS::SQS::QueueInlinePolicy", "the provider has a policy of the whole queue"),
    ("AWS::SNS::TopicInlinePolicy", "the provider has a policy of the whole topic"),
    ("AWS::IAM::Policy", "the provider has a policy of each kind of holder"),
    ("AWS::SecretsManager::SecretTargetAttachment", "the provider leaves it to the rotation's configuration"),
];

#[test]
fn what_checks_look_at_is_mapped() {
    let loaded = onus_knowledge::load(&FILES).unwrap();
    let mut made: Vec<&str> = Vec::new();
    for mapping in MAPPINGS.iter() {
        match &mapping.becomes {
            Becomes::Resource(kind) => made.push(kind),
            Becomes::Part(part) => made.extend(part.otherwise.as_deref()),
            Becomes::NoCounterpart => {}
        }
    }
    let wanted = loaded.knowledge.checks.iter().flat_map(|check| &check.resource);
    let mut missing: Vec<&str> = wanted
        .map(String::as_str)
        .filter(|kind| !made.contains(kind) && WITHOUT.iter().all(|(without, _)| without != kind))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    assert!(missing.is_empty(), "no type of the provider becomes {missing:#?}");
}
