//! Terraform plans and states through the mapping files, as small inputs.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use onus_model::{Becomes, FileId, Mappings, Node, ProblemKind, Value};
use onus_workload::Reading;
use onus_workload::terraform::{CloudControl, Dictionary, fold, read};
use proptest::prelude::*;
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

static MAPPINGS: LazyLock<Mappings> = LazyLock::new(load);

fn load() -> Mappings {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let files = onus_knowledge::read_folder(&folder).unwrap();
    onus_knowledge::load_mappings(&files).unwrap()
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

fn dictionary() -> Dictionary<'static> {
    Dictionary { mappings: Some(&MAPPINGS), names: None }
}

#[track_caller]
fn check(input: &str, expected: &str) {
    let reading = read(FileId(0), input, 0, dictionary());
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
fn a_satellite_of_a_bucket_elsewhere_is_a_part_of_it() {
    check(
        &state(&[(
            "aws_s3_bucket_versioning",
            "v",
            r#"{"bucket":"x","versioning_configuration":[{"status":"Enabled"}]}"#,
        )]),
        "aws_s3_bucket_versioning.v AWS::S3::Bucket {VersioningConfiguration: {Status: 'Enabled'}, BucketName: 'x'}",
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
    let reading = read(FileId(0), PLAN, 0, dictionary());
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
        dictionary(),
    );
    assert_eq!(reading.resources.len(), 2);
    assert_eq!(reading.problems.len(), 1);
    assert_eq!(reading.problems[0].kind, ProblemKind::NotMapped);
}

#[test]
fn rules_of_security_groups_become_rules_of_one_source_each() {
    check(
        &state(&[
            (
                "aws_security_group",
                "g",
                r#"{"id":"sg-1","name":"web","ingress":[{"cidr_blocks":["10.0.0.0/8","0.0.0.0/0"],"from_port":22,"to_port":22,"protocol":"tcp","self":false,"description":"","security_groups":[],"ipv6_cidr_blocks":[],"prefix_list_ids":[]}],"egress":[]}"#,
            ),
            (
                "aws_security_group_rule",
                "r",
                r#"{"security_group_id":"sg-1","type":"ingress","from_port":443,"to_port":443,"protocol":"tcp","cidr_blocks":["0.0.0.0/0"]}"#,
            ),
            (
                "aws_vpc_security_group_ingress_rule",
                "i",
                r#"{"security_group_id":"sg-1","from_port":80,"to_port":80,"ip_protocol":"tcp","cidr_ipv6":"::/0"}"#,
            ),
            (
                "aws_vpc_security_group_egress_rule",
                "e",
                r#"{"security_group_id":"sg-2","ip_protocol":"-1","cidr_ipv4":"0.0.0.0/0"}"#,
            ),
        ]),
        "aws_security_group.g AWS::EC2::SecurityGroup {GroupId: 'sg-1', GroupName: 'web', SecurityGroupIngress: [{IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8'}, {IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0'}, {IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0'}, {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIpv6: '::/0'}], SecurityGroupEgress: []}
        aws_vpc_security_group_egress_rule.e AWS::EC2::SecurityGroupEgress {IpProtocol: '-1', CidrIp: '0.0.0.0/0'}",
    );
}

#[test]
fn policies_and_container_definitions_become_documents() {
    check(
        &state(&[
            ("aws_iam_role", "r", r#"{"name":"r","assume_role_policy":"{\"Statement\":[]}"}"#),
            ("aws_iam_role_policy", "p", r#"{"role":"r","name":"p","policy":"{\"Statement\":{\"Effect\":\"Allow\"}}"}"#),
            ("aws_iam_role_policy_attachment", "a", r#"{"role":"r","policy_arn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"#),
            ("aws_ecs_task_definition", "t", r#"{"family":"f","container_definitions":"[{\"name\":\"c\",\"dockerLabels\":{\"a\":\"b\"},\"readonlyRootFilesystem\":true}]"}"#),
        ]),
        "aws_iam_role.r AWS::IAM::Role {RoleName: 'r', AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: 'p', PolicyDocument: {Statement: {Effect: 'Allow'}}}], ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}
        aws_ecs_task_definition.t AWS::ECS::TaskDefinition {Family: 'f', ContainerDefinitions: [{Name: 'c', DockerLabels: {a: 'b'}, ReadonlyRootFilesystem: true}]}",
    );
}

#[test]
fn blocks_that_are_not_written_are_absent() {
    let trail =
        r#"{"s3_bucket_name":"logs","enable_logging":true,"event_selector":[],"advanced_event_selector":[]}"#;
    let reading = read(FileId(0), &state(&[("aws_cloudtrail", "t", trail)]), 0, dictionary());
    let properties = &reading.resources[0].properties;
    assert!(properties.get("S3BucketName").is_some());
    assert!(properties.get("EventSelectors").is_none() && properties.get("AdvancedEventSelectors").is_none());
}

#[test]
fn passwords_are_never_kept() {
    let input =
        state(&[("aws_db_instance", "d", r#"{"identifier":"d","password":"hunter2","multi_az":true}"#)]);
    check(
        &input,
        "aws_db_instance.d AWS::RDS::DBInstance {PubliclyAccessible: false, DBInstanceIdentifier: 'd', MasterUserPassword: !, AutoMinorVersionUpgrade: true, BackupRetentionPeriod: 0, MultiAZ: true}",
    );
}

#[test]
fn a_state_tells_account_and_region() {
    let input = state(&[("aws_sqs_queue", "q", r#"{"arn":"arn:aws:sqs:eu-north-1:123456789012:q"}"#)]);
    let reading = read(FileId(0), &input, 0, dictionary());
    assert_eq!(reading.resources[0].region.as_deref(), Some("eu-north-1"));
    assert_eq!(reading.resources[0].account.as_deref(), Some("123456789012"));
}

#[test]
fn an_unclear_satellite_leaves_its_property_unknown_in_every_candidate() {
    let bucket = |name: &str| {
        format!(
            r#"{{"address":"aws_s3_bucket.{name}","mode":"managed","type":"aws_s3_bucket","name":"{name}","values":{{"bucket":"{name}"}}}}"#
        )
    };
    let input = format!(
        r#"{{"format_version":"1.2","planned_values":{{"root_module":{{"resources":[{},{},{{"address":"aws_s3_bucket_versioning.v","mode":"managed","type":"aws_s3_bucket_versioning","name":"v","values":{{"versioning_configuration":[{{"status":"Enabled"}}]}}}}]}}}},
        "resource_changes":[{{"address":"aws_s3_bucket_versioning.v","change":{{"after_unknown":{{"bucket":true}}}}}}],
        "configuration":{{"root_module":{{"resources":[{{"address":"aws_s3_bucket_versioning.v","expressions":{{"bucket":{{"references":["local.x"]}}}}}}]}}}}}}"#,
        bucket("a"),
        bucket("b"),
    );
    check(
        &input,
        "aws_s3_bucket.a AWS::S3::Bucket {BucketName: 'a', VersioningConfiguration: ?}
        aws_s3_bucket.b AWS::S3::Bucket {BucketName: 'b', VersioningConfiguration: ?}
        aws_s3_bucket_versioning.v AWS::S3::Bucket {VersioningConfiguration: {Status: 'Enabled'}, BucketName: !}",
    );
}

#[test]
fn a_rule_of_an_unclear_group_leaves_every_group_in_doubt() {
    let resource = |kind: &str, name: &str, values: &str| {
        format!(
            r#"{{"address":"{kind}.{name}","mode":"managed","type":"{kind}","name":"{name}","values":{values}}}"#
        )
    };
    let rule =
        r#"{"type":"ingress","from_port":22,"to_port":22,"protocol":"tcp","cidr_blocks":["0.0.0.0/0"]}"#;
    let input = format!(
        r#"{{"format_version":"1.2","planned_values":{{"root_module":{{"resources":[{},{}]}}}},
        "resource_changes":[{{"address":"aws_security_group_rule.r","change":{{"after_unknown":{{"security_group_id":true}}}}}}]}}"#,
        resource(
            "aws_security_group",
            "a",
            r#"{"name":"a","ingress":[{"protocol":"tcp","cidr_blocks":["10.0.0.0/8"]}]}"#
        ),
        resource("aws_security_group_rule", "r", rule),
    );
    check(
        &input,
        "aws_security_group.a AWS::EC2::SecurityGroup {GroupName: 'a', SecurityGroupIngress: [{IpProtocol: 'tcp', CidrIp: '10.0.0.0/8'}, ?]}
        aws_security_group_rule.r AWS::EC2::SecurityGroup {SecurityGroupIngress: [{IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0'}]}",
    );
}

#[test]
fn cloud_control_types_map_by_rule() {
    let resource_type = |folded: &str| (folded == "s3bucket").then(|| "AWS::S3::Bucket".to_owned());
    let names = ["BucketName", "SSEAlgorithm", "BucketEncryption"];
    let property =
        |_: &str, folded: &str| names.iter().find(|name| fold(name) == folded).map(|name| (*name).to_owned());
    let names = CloudControl { resource_type: &resource_type, property: &property };
    let input = state(&[(
        "awscc_s3_bucket",
        "b",
        r#"{"id":"b","bucket_name":"b","bucket_encryption":{"sse_algorithm":"AES256"},"own":{"my_key":1}}"#,
    )]);
    let reading = read(FileId(0), &input, 0, Dictionary { names: Some(&names), ..dictionary() });
    assert_eq!(
        lines(&reading),
        "awscc_s3_bucket.b AWS::S3::Bucket {BucketEncryption: {SSEAlgorithm: 'AES256'}, BucketName: 'b', own: {my_key: 1}}\n"
    );
}

#[test]
fn broken_files_are_clear_problems() {
    let problem = |input: &str| {
        let reading = read(FileId(0), input, 0, dictionary());
        assert!(reading.resources.is_empty());
        reading.problems.first().map(|problem| (problem.kind, problem.message.clone())).unwrap()
    };
    let cases = [
        (r#"{"format_version":"2.0","planned_values":{}}"#, ProblemKind::Invalid, "format version `2.0`"),
        (r#"{"planned_values":{}}"#, ProblemKind::Invalid, "no `format_version`"),
        (
            r#"{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x"}"#,
            ProblemKind::Invalid,
            "own state file",
        ),
        (r#"{"format_version":"1.2","planned_val"#, ProblemKind::Syntax, "not the JSON"),
        (r#"{"format_version":"1.2"}"#, ProblemKind::NotEvaluated, "empty"),
        (
            r#"{"format_version":"1.2","values":{"root_module":3}}"#,
            ProblemKind::Invalid,
            "not the JSON of a Terraform plan or state",
        ),
        (r#"{"format_version":"1.2","values":{},"values":{}}"#, ProblemKind::Invalid, "duplicate field"),
    ];
    for (input, kind, message) in cases {
        let found = problem(input);
        assert_eq!(found.0, kind, "{input}");
        assert!(found.1.contains(message), "{}", found.1);
    }
    let deep = format!(
        r#"{{"format_version":"1.2","values":{{"root_module":{}{}}}}}"#,
        r#"{"child_modules":["#.repeat(400),
        "]}".repeat(400)
    );
    assert_eq!(problem(&deep).0, ProblemKind::Limit);
}

#[test]
fn a_value_that_cannot_be_read_is_unknown_and_the_rest_is_kept() {
    let input = state(&[(
        "aws_sqs_queue",
        "q",
        r#"{"name":"q","delay_seconds":1e999,"visibility_timeout_seconds":18446744073709551615}"#,
    )]);
    let reading = read(FileId(0), &input, 0, dictionary());
    assert_eq!(reading.problems.len(), 1);
    let span = format!("{:?}", reading.problems[0].place);
    assert!(span.contains("start"), "{span}");
    let properties = &reading.resources[0].properties;
    assert!(matches!(properties.get("DelaySeconds").unwrap().value, Value::Unknown(_)));
    assert!(matches!(properties.get("VisibilityTimeout").unwrap().value, Value::Float(_)));
}

#[test]
fn a_duplicate_key_is_reported() {
    let input = state(&[("aws_sqs_queue", "q", r#"{"name":"a","name":"b"}"#)]);
    let reading = read(FileId(0), &input, 0, dictionary());
    assert_eq!(reading.problems[0].kind, ProblemKind::Invalid);
    assert!(reading.problems[0].message.contains("`name`"));
}

#[test]
fn spans_point_at_the_value_in_the_file() {
    let input = state(&[("aws_sqs_queue", "q", r#"{"name":"orders"}"#)]);
    let reading = read(FileId(0), &input, 0, dictionary());
    let span = reading.resources[0].properties.get("QueueName").unwrap().span;
    assert_eq!(&input[span.start as usize..span.end as usize], "\"orders\"");
    let whole = reading.resources[0].span;
    assert!(input[whole.start as usize..whole.end as usize].starts_with(r#"{"address":"aws_sqs_queue.q""#));
}

#[test]
fn every_part_belongs_to_a_type_that_has_a_mapping() {
    assert!(MAPPINGS.iter().len() > 400);
    for mapping in MAPPINGS.iter() {
        assert!(MAPPINGS.service(&mapping.terraform_type).is_some(), "{}", mapping.terraform_type);
        let Becomes::Part(part) = &mapping.becomes else { continue };
        for target in &part.of {
            let target = MAPPINGS.get(target);
            let found = target.is_some_and(|target| matches!(target.becomes, Becomes::Resource(_)));
            assert!(found, "{} is part of {:?}", mapping.terraform_type, part.of);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_plan_never_panics(at in 0..PLAN.len(), with in "[\\[\\]{}\",:0-9a-z.\\\\ ]{0,4}", length in 0..40_usize) {
        let mut damaged = PLAN.to_owned();
        let end = (at + length).min(PLAN.len());
        if PLAN.is_char_boundary(at) && PLAN.is_char_boundary(end) {
            damaged.replace_range(at..end, &with);
            let reading = read(FileId(0), &damaged, 0, dictionary());
            let again = read(FileId(0), &damaged, 0, dictionary());
            prop_assert_eq!(lines(&reading), lines(&again));
        }
    }
}
