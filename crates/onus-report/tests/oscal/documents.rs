use crate::kit::{EXAMPLES, Example, assert_sound, assess, knowledge, of_assessment, resolved, scope};
use crate::schema::Schema;
use onus_oscal::{Document, Model};
use onus_report::oscal;
use serde_json::Value;

const FRAMEWORKS: [&str; 2] = ["fedramp-r5-moderate", "hipaa-security-rule"];

#[test]
fn documents_of_assessments_are_sound_and_valid() {
    let mut schema = Schema::find();
    for example in EXAMPLES {
        for framework in FRAMEWORKS {
            let (assessment, scope) = (assess(example, framework), scope(framework));
            let catalog = resolved(&scope);
            let documents = of_assessment(&assessment, &scope);
            let by_name = |name: &str| &documents.iter().find(|(own, _)| *own == name).unwrap().1;
            for (name, document) in &documents {
                let mut others: Vec<&Document> = vec![&catalog];
                match *name {
                    "leveraged" => {}
                    "ssp" => others.push(by_name("leveraged")),
                    "assessment-plan" => others.push(by_name("ssp")),
                    _ => others.extend([by_name("ssp"), by_name("assessment-plan")]),
                }
                let name = format!("{framework} {name}");
                assert_sound(&name, document, &others);
                if let Some(schema) = &mut schema {
                    schema.assert_valid(&name, document);
                }
            }
        }
    }
}

#[test]
fn every_framework_is_a_catalog_a_profile_and_where_it_maps_a_mapping() {
    let mut schema = Schema::find();
    for framework in &knowledge().frameworks {
        let scope = scope(&framework.id);
        let (catalog, profile) = (oscal::catalog(&scope), oscal::profile(&scope));
        let mut documents = vec![("catalog", catalog), ("profile", profile), ("resolved", resolved(&scope))];
        if let Some(walk) = &scope.catalog().crosswalk {
            let target = oscal::catalog(&crate::kit::scope(&walk.to));
            let mapping = oscal::mapping(&scope).unwrap();
            assert_sound(&framework.id, &mapping, &[&documents[0].1, &target]);
            documents.push(("mapping", mapping));
        } else {
            assert!(oscal::mapping(&scope).unwrap_err().to_string().contains("has no crosswalk"));
        }
        for (name, document) in &documents {
            let name = format!("{} {name}", framework.id);
            if !name.ends_with("mapping") {
                assert_sound(&name, document, &[&documents[0].1]);
            }
            if let Some(schema) = &mut schema {
                schema.assert_valid(&name, document);
            }
        }
    }
}

#[test]
fn every_service_is_a_component() {
    let mut schema = Schema::find();
    let scope = scope("nist-800-53-r5");
    let catalog = resolved(&scope);
    let mut bytes = 0;
    let mut without = Vec::new();
    for service in &knowledge().services {
        let document = oscal::component_definition(&scope, service);
        // All are made alike: some are enough for what takes long.
        if service.id.starts_with(['e', 's']) {
            assert_eq!(onus_oscal::check(&document, &[&catalog]), []);
        }
        let text = serde_json::to_string(&document).unwrap();
        assert!(text.len() < 1_000_000, "{}: {} bytes", service.id, text.len());
        bytes += text.len();
        let Model::ComponentDefinition(definition) = &document.model else { unreachable!() };
        if definition.components[0].control_implementations.is_empty() {
            without.push(service.id.as_str());
        }
        if let Some(schema) = schema.as_mut().filter(|_| bytes % 29 == 0 || service.id == "ecs") {
            schema.assert_valid(&service.id, &document);
        }
    }
    assert_eq!(without, [] as [&str; 0], "services of which AWS has a part in no control");
    assert!(bytes < 150_000_000, "{bytes} bytes in all");
    let index = oscal::component_index(&scope);
    assert_sound("index", &index, &[]);
    if let Some(schema) = &mut schema {
        schema.assert_valid("index", &index);
    }
}

#[test]
fn what_is_inherited_and_satisfied_is_what_the_other_side_exports() {
    let (assessment, scope) =
        (assess(Example::Folder("web-shop"), "fedramp-r5-moderate"), scope("fedramp-r5-moderate"));
    let (ssp, leveraged) =
        (oscal::ssp(&assessment, &scope).unwrap(), oscal::leveraged(&assessment, &scope).unwrap());
    let count = |document: &Document, key: &str| {
        let text = onus_oscal::write_json(document);
        let value: Value = serde_json::from_str(&text).unwrap();
        let mut number = 0;
        walk(&value, &mut |object| number += object.get(key).and_then(Value::as_array).map_or(0, Vec::len));
        number
    };
    let exported = |key: &str| {
        let text = onus_oscal::write_json(&leveraged);
        let value: Value = serde_json::from_str(&text).unwrap();
        let mut number = 0;
        walk(&value, &mut |object| {
            if let Some(export) = object.get("export") {
                number += export.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            }
        });
        number
    };
    assert!(count(&ssp, "inherited") > 100);
    assert_eq!(count(&ssp, "inherited"), exported("provided"));
    assert_eq!(count(&ssp, "satisfied"), exported("responsibilities"));
    // Another system's plan does not fit, and that is found.
    let mut other = assess(Example::Services("s3"), "fedramp-r5-moderate");
    other.system = "another".to_owned();
    let other = oscal::leveraged(&other, &scope).unwrap();
    assert!(!onus_oscal::check(&ssp, &[&other]).is_empty());
}

fn walk(value: &Value, visit: &mut impl FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values().for_each(|value| walk(value, visit));
        }
        Value::Array(list) => list.iter().for_each(|value| walk(value, visit)),
        _ => {}
    }
}

#[test]
fn nothing_is_called_implemented_without_evidence() {
    let scope = scope("fedramp-r5-moderate");
    let mut assessment = assess(Example::Folder("web-shop"), "fedramp-r5-moderate");
    let states = |document: &Document| {
        let value: Value = serde_json::from_str(&onus_oscal::write_json(document)).unwrap();
        let mut states = Vec::new();
        walk(&value, &mut |object| {
            states.extend(
                object.get("implementation-status").map(|own| own["state"].as_str().unwrap().to_owned()),
            );
        });
        states
    };
    for control in &mut assessment.controls {
        for statement in &mut control.statements {
            statement.standing.status = onus_assess::Status::Satisfied;
            statement.standing.evidence.clear();
        }
    }
    assert!(!states(&oscal::ssp(&assessment, &scope).unwrap()).contains(&"implemented".to_owned()));
    for control in &mut assessment.controls {
        for statement in &mut control.statements {
            statement.standing.evidence.push("a record of 2026-11-01".to_owned());
        }
    }
    assert!(states(&oscal::ssp(&assessment, &scope).unwrap()).contains(&"implemented".to_owned()));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for framework in FRAMEWORKS {
        let write = || {
            let documents = of_assessment(&assess(EXAMPLES[0], framework), &scope(framework));
            documents.iter().map(|(_, document)| onus_oscal::write_json(document)).collect::<String>()
        };
        assert!(write() == write(), "{framework}");
    }
}

#[test]
fn nist_s_own_statements_are_those_of_the_catalog() {
    let Model::Catalog(catalog) = oscal::catalog(&scope("nist-800-53-r5")).model else { unreachable!() };
    let ac = catalog.groups.iter().find(|group| group.id.as_deref() == Some("ac")).unwrap();
    let ac_2 = ac.controls.iter().find(|control| control.id == "ac-2").unwrap();
    assert!(ac_2.controls.iter().any(|child| child.id == "ac-2.1"));
    let statement = ac_2.parts.iter().find(|part| part.name == "statement").unwrap();
    assert_eq!(statement.id.as_deref(), Some("ac-2_smt"));
    let item = statement.parts.iter().find(|part| part.id.as_deref() == Some("ac-2_smt.d")).unwrap();
    assert_eq!(item.parts[0].id.as_deref(), Some("ac-2_smt.d.1"));
    let withdrawn = ac_2.controls.iter().find(|child| child.id == "ac-2.10").unwrap();
    assert!(withdrawn.props.iter().any(|prop| prop.name == "status" && prop.value == "withdrawn"));
}

#[test]
fn a_task_gives_its_item_an_owner_and_a_deadline() {
    let scope = scope("fedramp-r5-moderate");
    let mut assessment = assess(Example::Services("s3"), "fedramp-r5-moderate");
    let is_of = |task: &&mut onus_assess::Task| task.id.contains("at-2");
    let task = assessment.tasks.iter_mut().find(is_of).expect("training is a task");
    (task.owner, task.due) = (Some("Jo Example".to_owned()), Some(jiff::civil::date(2027, 1, 31)));
    let text = onus_oscal::write_json(&oscal::poam(&assessment, &scope).unwrap());
    assert!(text.contains("2027-01-31T00:00:00Z") && text.contains("Jo Example"));
}
