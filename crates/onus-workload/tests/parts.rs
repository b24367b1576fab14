//! Parts of resources, arguments that are resources of their own, and what is not set.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod common;
use common::source::{MAPPINGS, addresses, property, read_files, resource, text};
use onus_model::{Becomes, Coverage, FileId, Node, Value, Workload};
use onus_workload::terraform::{Dictionary, read};
use std::fmt::Write as _;

fn source(text: &str) -> Workload {
    read_files(&[("main.tf", text)])
}

/// The texts of a list, in order.
fn texts(node: Option<&Node>) -> Vec<&str> {
    match node.map(|node| &node.value) {
        Some(Value::List(all)) => all.iter().filter_map(Node::as_str).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn no_satellite_is_silent_wherever_its_resource_is() {
    for target in ["\"made-elsewhere\"", "var.name", "data.aws_ssm_parameter.name.value"] {
        for mapping in MAPPINGS.iter() {
            let Becomes::Part(part) = &mapping.becomes else { continue };
            for part in part.all() {
                let kind = &mapping.terraform_type;
                let mut text = format!("variable \"name\" {{}}\nresource \"{kind}\" \"p\" {{\n");
                writeln!(text, "  {} = {target}\n}}", part.by).unwrap();
                let workload = source(&text);
                let found = resource(&workload, &format!("{kind}.p"));
                let expected = match &part.otherwise {
                    Some(_) => matches!(found.coverage, Coverage::Full),
                    None => matches!(found.coverage, Coverage::Part { .. }),
                };
                assert!(expected, "{kind} of {target}: {:?}", found.coverage);
                assert!(found.resource_type.contains("::"), "{kind} is {}", found.resource_type);
            }
        }
    }
}

#[test]
fn parts_of_one_resource_elsewhere_know_each_other() {
    let workload = source(
        r#"
resource "aws_s3_bucket_acl" "a" {
  bucket = "elsewhere"
  acl    = "public-read"
}
resource "aws_s3_bucket_public_access_block" "b" { bucket = "elsewhere" }
resource "aws_s3_bucket_acl" "other" {
  bucket = "another"
  acl    = "private"
}
"#,
    );
    let own = |address: &str| resource(&workload, address).coverage;
    assert_eq!(own("aws_s3_bucket_acl.a"), Coverage::Part { own: 1 });
    assert_eq!(text(&workload, "aws_s3_bucket_acl.a", "BucketName"), "elsewhere");
    assert!(property(&workload, "aws_s3_bucket_acl.a", "PublicAccessBlockConfiguration").is_some());
    assert_eq!(text(&workload, "aws_s3_bucket_public_access_block.b", "AccessControl"), "PublicRead");
    assert!(property(&workload, "aws_s3_bucket_acl.other", "PublicAccessBlockConfiguration").is_none());
}

#[test]
fn a_name_in_the_code_is_that_resource_and_no_part_is_left() {
    let workload = source(
        r#"
resource "aws_s3_bucket" "b" { bucket = "here" }
resource "aws_s3_bucket_acl" "a" {
  bucket = "here"
  acl    = "public-read"
}
"#,
    );
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "AccessControl"), "PublicRead");
}

#[test]
fn an_attachment_of_several_belongs_to_each_of_them() {
    let workload = source(
        r#"
resource "aws_iam_user" "u" { name = "u" }
resource "aws_iam_role" "r" { name = "r" }
resource "aws_iam_policy_attachment" "a" {
  users      = [aws_iam_user.u.name, "elsewhere"]
  roles      = ["r"]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
"#,
    );
    let arns = |address: &str| texts(property(&workload, address, "ManagedPolicyArns"));
    for address in ["aws_iam_user.u", "aws_iam_role.r", "aws_iam_policy_attachment.a"] {
        assert_eq!(arns(address), ["arn:aws:iam::aws:policy/ReadOnlyAccess"], "{address}");
    }
    assert_eq!(addresses(&workload).len(), 3);
}

#[test]
fn what_may_belong_to_a_resource_is_kept_with_it() {
    let workload = source(
        r#"
variable "role" {}
resource "aws_iam_role" "r" {}
resource "aws_iam_role_policy_attachment" "a" {
  role       = var.role
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
"#,
    );
    let node = property(&workload, "aws_iam_role.r", "ManagedPolicyArns").unwrap();
    let Value::Unknown(unknown) = &node.value else { panic!("it is known: {node:?}") };
    let possible = unknown.possible.as_ref().unwrap();
    assert!(possible.adds);
    assert_eq!(texts(possible.values.first()), ["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
}

#[test]
fn a_policy_in_an_argument_is_the_resource_that_it_would_be() {
    for (kind, becomes, owner) in [
        ("aws_s3_bucket", "AWS::S3::BucketPolicy", "Bucket"),
        ("aws_sqs_queue", "AWS::SQS::QueuePolicy", "Queues"),
        ("aws_sns_topic", "AWS::SNS::TopicPolicy", "Topics"),
        ("aws_secretsmanager_secret", "AWS::SecretsManager::ResourcePolicy", "SecretId"),
    ] {
        let workload = source(&format!(
            "resource \"{kind}\" \"r\" {{\n  policy = jsonencode({{ Statement = [] }})\n}}\n\
             resource \"{kind}\" \"none\" {{\n  policy = \"\"\n}}\n"
        ));
        let address = format!("{kind}.r/policy");
        assert_eq!(&*resource(&workload, &address).resource_type, becomes);
        let node = property(&workload, &address, owner).unwrap();
        let node = match &node.value {
            Value::List(all) => &all[0],
            _ => node,
        };
        let Value::Unknown(unknown) = &node.value else { panic!("it refers to nothing: {node:?}") };
        assert_eq!(&*unknown.references[0].address, format!("{kind}.r"));
        assert!(!addresses(&workload).contains(&format!("{kind}.none/policy").as_str()));
    }
}

#[track_caller]
fn check_grants(text: &str, expected: &[&str]) {
    let policy = format!("resource \"aws_s3_bucket\" \"b\" {{}}\n{text}");
    let workload = source(&policy);
    assert_eq!(texts(property(&workload, "aws_s3_bucket.b", "AccessControl")), expected);
}

#[test]
fn grants_are_the_words_of_lists_that_make_them() {
    let acl = |grants: &str| {
        format!(
            "resource \"aws_s3_bucket_acl\" \"a\" {{\n  bucket = aws_s3_bucket.b.id\n  access_control_policy {{\n{grants}\n  }}\n}}\n"
        )
    };
    let grant = |permission: &str, grantee: &str| {
        format!(
            "    grant {{\n      permission = \"{permission}\"\n      grantee {{\n{grantee}\n      }}\n    }}\n"
        )
    };
    let group = |name: &str| format!("type = \"Group\"\nuri = \"http://acs.amazonaws.com/groups/{name}\"");
    for (permission, name, expected) in [
        ("READ", "global/AllUsers", "PublicRead"),
        ("WRITE", "global/AllUsers", "PublicWrite"),
        ("FULL_CONTROL", "global/AuthenticatedUsers", "AuthenticatedReadWrite"),
        ("WRITE_ACP", "global/AllUsers", "PublicWriteAcp"),
        ("WRITE", "s3/LogDelivery", "LogDeliveryWrite"),
    ] {
        check_grants(&acl(&grant(permission, &group(name))), &[expected]);
    }
    let user = grant("FULL_CONTROL", "type = \"CanonicalUser\"\nid = \"0123456789abcdef\"");
    check_grants(&acl(&user), &[]);
    let two = format!("{user}{}", grant("READ", &group("global/AllUsers")));
    check_grants(&acl(&two), &["PublicRead"]);
    let old = source(
        r#"
resource "aws_s3_bucket" "b" {
  grant {
    type        = "Group"
    permissions = ["READ", "WRITE"]
    uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
  }
}
"#,
    );
    assert_eq!(texts(property(&old, "aws_s3_bucket.b", "AccessControl")), ["PublicRead", "PublicWrite"]);
}

#[test]
fn an_empty_text_sets_nothing() {
    let workload = source(
        r#"
variable "key" { default = "" }
variable "chosen" {}
resource "aws_sqs_queue" "q" { kms_master_key_id = var.key }
resource "aws_sqs_queue" "open" { kms_master_key_id = var.chosen == "x" ? "alias/own" : "" }
resource "aws_lb_listener" "l" {
  ssl_policy = ""
  default_action { target_group_arn = "" }
}
resource "aws_lambda_function" "f" {
  image_uri = ""
  environment { variables = { MODE = "" } }
  vpc_config { subnet_ids = ["", "subnet-1"] }
}
"#,
    );
    assert!(property(&workload, "aws_sqs_queue.q", "KmsMasterKeyId").is_none());
    let open = property(&workload, "aws_sqs_queue.open", "KmsMasterKeyId").unwrap();
    assert!(matches!(&open.value, Value::Unknown(unknown) if !unknown.present), "{open:?}");
    assert!(property(&workload, "aws_lb_listener.l", "SslPolicy").is_none());
    assert!(property(&workload, "aws_lambda_function.f", "Code.ImageUri").is_none());
    assert_eq!(text(&workload, "aws_lambda_function.f", "Environment.Variables.MODE"), "");
    assert_eq!(texts(property(&workload, "aws_lambda_function.f", "VpcConfig.SubnetIds")), ["subnet-1"]);
}

#[test]
fn an_empty_text_of_a_template_sets_nothing() {
    let workload = read_files(&[(
        "t.yaml",
        "Parameters:\n  Key: {Type: String, Default: ''}\n  Env: {Type: String}\n\
         Conditions:\n  Own: !Equals [!Ref Env, prod]\n\
         Resources:\n\
         \x20 Q: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key, QueueName: q}}\n\
         \x20 O: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !If [Own, alias/own, !Ref Key]}}\n\
         \x20 T: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: a, Value: ''}]}}\n",
    )]);
    assert!(property(&workload, "Q", "KmsMasterKeyId").is_none());
    assert_eq!(text(&workload, "Q", "QueueName"), "q");
    let open = property(&workload, "O", "KmsMasterKeyId").unwrap();
    assert!(matches!(&open.value, Value::Unknown(unknown) if !unknown.present), "{open:?}");
    let Value::List(tags) = &property(&workload, "T", "Tags").unwrap().value else { panic!("no list") };
    assert_eq!(tags[0].get("Value").and_then(Node::as_str), Some(""));
}

#[test]
fn a_plan_says_what_terraform_says_is_missing() {
    for (more, expected) in [
        (r#","errored":true,"complete":false"#, Some("ended with an error")),
        (r#","complete":false"#, Some("is not complete")),
        (r#","errored":false,"complete":true"#, None),
        ("", None),
    ] {
        let plan = format!(
            r#"{{"format_version":"1.2","planned_values":{{"root_module":{{"resources":[]}}}}{more}}}"#
        );
        let reading = read(FileId(0), &plan, 0, Dictionary { mappings: Some(&MAPPINGS), names: None });
        let messages: Vec<&str> = reading.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages.len(), usize::from(expected.is_some()), "{messages:?}");
        assert!(expected.is_none_or(|expected| messages[0].contains(expected)), "{messages:?}");
    }
}
