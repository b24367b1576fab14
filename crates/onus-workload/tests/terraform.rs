//! Terraform plans and states through the mapping files, as small inputs.

use onus_model::{FileId, Mappings, Node, ProblemKind, Value};
use onus_workload::terraform::{Reading, read};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

static MAPPINGS: LazyLock<Mappings> = LazyLock::new(load);

fn load() -> Mappings {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/terraform");
    let mut types = Vec::new();
    let mut services = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ext| ext == "yaml")) {
        let text = std::fs::read_to_string(file).unwrap();
        if file.file_stem().is_some_and(|stem| stem == "services") {
            services = onus_knowledge::terraform::parse_services(&text).unwrap();
        } else {
            let parsed = onus_knowledge::terraform::parse(&text);
            types.extend(parsed.unwrap_or_else(|error| {
                panic!("{}:{}:{}: {error}", file.display(), error.line, error.column)
            }));
        }
    }
    Mappings::new(types, services)
}

/// A value as compact text: `?` is unknown, `!` is unknown but set, with what it refers to.
fn show(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => write!(out, "{value}").unwrap(),
        Value::Int(value) => write!(out, "{value}").unwrap(),
        Value::Float(value) => write!(out, "{value}").unwrap(),
        Value::String(text) => write!(out, "'{text}'").unwrap(),
        Value::List(list) => {
            out.push('[');
            for (at, element) in list.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                show(element, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                write!(out, "{}{key}: ", if at > 0 { ", " } else { "" }).unwrap();
                show(value, out);
            }
            out.push('}');
        }
        Value::Unknown(unknown) => {
            out.push(if unknown.present { '!' } else { '?' });
            for reference in &unknown.references {
                write!(out, "<{}", reference.address).unwrap();
                reference.attribute.iter().for_each(|attribute| write!(out, " {attribute}").unwrap());
                out.push('>');
            }
        }
    }
}

fn lines(reading: &Reading) -> String {
    let mut out = String::new();
    for resource in &reading.resources {
        write!(out, "{} {} ", resource.address, resource.resource_type).unwrap();
        show(&resource.properties, &mut out);
        out.push('\n');
    }
    for problem in &reading.problems {
        writeln!(out, "{:?}: {}", problem.kind, problem.message).unwrap();
    }
    out
}

#[track_caller]
fn check(input: &str, expected: &str) {
    let reading = read(FileId(0), input, 0, &MAPPINGS);
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let found = lines(&reading);
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "\n{found}");
}

/// A state with these resources, each given as type, name and values.
fn state(resources: &[(&str, &str, &str)]) -> String {
    let all: Vec<String> = resources
        .iter()
        .map(|(kind, name, values)| {
            format!(
                r#"{{"address":"{kind}.{name}","mode":"managed","type":"{kind}","name":"{name}","provider_name":"registry.terraform.io/hashicorp/aws","schema_version":0,"values":{values},"sensitive_values":{{}}}}"#
            )
        })
        .collect();
    format!(
        r#"{{"format_version":"1.0","terraform_version":"1.9.0","values":{{"root_module":{{"resources":[{}]}}}}}}"#,
        all.join(",")
    )
}

#[test]
fn a_satellite_folds_by_value() {
    check(
        &state(&[
            (
                "aws_s3_bucket",
                "b",
                r#"{"bucket":"logs","id":"logs","tags":{"a":"b"},"versioning":[{"enabled":false}]}"#,
            ),
            (
                "aws_s3_bucket_versioning",
                "v",
                r#"{"bucket":"logs","versioning_configuration":[{"status":"Enabled"}]}"#,
            ),
        ]),
        "aws_s3_bucket.b AWS::S3::Bucket {Tags: [{Key: 'a', Value: 'b'}], BucketName: 'logs', VersioningConfiguration: {Status: 'Enabled'}}",
    );
}

#[test]
fn a_satellite_of_a_bucket_elsewhere_counts_for_its_service_alone() {
    check(
        &state(&[(
            "aws_s3_bucket_versioning",
            "v",
            r#"{"bucket":"x","versioning_configuration":[{"status":"Enabled"}]}"#,
        )]),
        "aws_s3_bucket_versioning.v aws_s3_bucket_versioning {}",
    );
}

const PLAN: &str = include_str!("terraform/plan.json");

#[test]
fn a_plan_resolves_references_through_modules_and_hides_what_is_sensitive() {
    check(
        PLAN,
        r#"
        aws_s3_bucket_policy.p AWS::S3::BucketPolicy {Bucket: !<module.store["x"].aws_s3_bucket.this id>, PolicyDocument: !}
        module.store["x"].aws_s3_bucket.this AWS::S3::Bucket {PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: false, RestrictPublicBuckets: false}, VersioningConfiguration: {Status: 'Enabled'}}
        module.store["y"].aws_s3_bucket.this AWS::S3::Bucket {Tags: [{Key: 'secret', Value: !}], VersioningConfiguration: {Status: 'Enabled'}}
        "#,
    );
    let reading = read(FileId(0), PLAN, 0, &MAPPINGS);
    assert_eq!(reading.resources[0].region.as_deref(), Some("eu-west-1"));
    assert!(!format!("{:?}", reading.resources).contains("hunter2"));
}

#[test]
fn unmapped_types_are_one_notice() {
    let reading = read(
        FileId(0),
        &state(&[
            ("aws_nothing_known", "a", "{}"),
            ("aws_nothing_known", "b", "{}"),
            ("random_id", "r", "{}"),
        ]),
        0,
        &MAPPINGS,
    );
    assert_eq!(reading.resources.len(), 2);
    assert_eq!(reading.problems.len(), 1);
    assert_eq!(reading.problems[0].kind, ProblemKind::NotMapped);
}
