//! Terraform's JSON syntax: the same as the language itself, at its own places.

#![allow(clippy::unwrap_used)]

mod common;
use common::source::{addresses, folder, messages, property, read_at, read_files, resource, text};
use onus_model::{Node, Place, Problem, Span, Value, Workload};
use onus_workload::terraform::{Given, Settings};

/// What a span of the first file of this ending shows.
fn shown(workload: &Workload, span: Span) -> &str {
    &workload.file(span.file).text[span.start as usize..span.end as usize]
}

fn place(problem: &Problem) -> Span {
    let Place::Span(span) = problem.place else { panic!("no place: {problem:?}") };
    span
}

/// A value without its places.
fn plain(node: &Node) -> String {
    match &node.value {
        Value::List(all) => format!("[{}]", all.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Map(all) => {
            let entry = |(key, node): (&str, &Node)| format!("{key}: {}", plain(node));
            format!("{{{}}}", all.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => format!("{other:?}"),
    }
}

/// All resources with their properties, regions and waivers, without places.
fn all_of(workload: &Workload) -> Vec<String> {
    let mut all: Vec<String> = workload
        .resources
        .iter()
        .map(|found| format!("{} {:?} {}", found.address, found.region, plain(&found.properties)))
        .chain(workload.suppressions.iter().map(|found| {
            format!("{:?} {} {:?} {:?}", found.resource, found.rule, found.reason, found.expires)
        }))
        .collect();
    all.sort();
    all
}

const NATIVE: &str = r##"
terraform {
  required_version = ">= 1.5"
  backend "s3" { bucket = "state" }
}
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { team = var.team }
  }
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
variable "team" {
  type        = string
  default     = "$${not} a template"
  description = "who"
}
variable "rules" {
  type    = map(object({ port = number, open = optional(bool, false) }))
  default = { https = { port = 443, open = true }, ssh = { port = 22 } }
}
locals {
  names  = ["a", "b-${length(var.rules)}"]
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
  quoted = "say \"${join("\\", local.names)}\"\n%{ if true }yes%{ else }no%{ endif }\tend"
}
resource "aws_s3_bucket" "b" {
  #onus:ignore s3-bucket-versioning reason="rebuilt daily" expires=2027-01-01
  #checkov:skip=CKV_AWS_18:no logs
  for_each      = toset(local.names)
  bucket        = "x-${each.key}"
  force_destroy = true
  tags          = { "Name" = each.value, (each.key) = local.quoted }
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags]
  }
}
resource "aws_s3_bucket" "us" { provider = aws.us }
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.us.id
  versioning_configuration { status = "Enabled" }
  depends_on = [aws_s3_bucket.us]
}
resource "aws_security_group" "g" {
  description = "d"
  dynamic "ingress" {
    for_each = var.rules
    iterator = rule
    content {
      description = rule.key
      from_port   = rule.value.port
      to_port     = rule.value.port
      protocol    = "tcp"
      cidr_blocks = rule.value.open ? ["0.0.0.0/0"] : ["10.0.0.0/8"]
    }
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = -1
    cidr_blocks = ["0.0.0.0/0"]
  }
}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_iam_policy" "i" { policy = data.aws_iam_policy_document.p.json }
resource "aws_iam_policy" "j" { policy = local.policy }
module "m" {
  source    = "./m"
  name      = "n"
  providers = { aws = aws.us }
}
output "o" { value = module.m.name }
resource "aws_sns_topic" "t" { name = module.m.name }
moved {
  from = aws_s3_bucket.old
  to   = aws_s3_bucket.b
}
"##;

const JSON: &str = r##"{
  "//": {"metadata": {"backend": "s3", "stackName": "x"}, "outputs": {}},
  "terraform": {"required_version": ">= 1.5", "backend": {"s3": {"bucket": "state"}}},
  "provider": {"aws": [
    {"region": "eu-west-1", "default_tags": [{"tags": {"team": "${var.team}"}}]},
    {"alias": "us", "region": "us-east-1"}
  ]},
  "variable": {
    "team": {"type": "string", "default": "${not} a template", "description": "who"},
    "rules": {
      "type": "map(object({ port = number,\n open = optional(bool, false) }))",
      "default": {"https": {"port": 443, "open": true}, "ssh": {"port": 22}}
    }
  },
  "locals": [{
    "names": ["a", "b-${length(var.rules)}"],
    "policy": "${jsonencode({ \"Statement\" = [{\n Effect = \"Allow\"\n Action = \"s3:*\"\n Resource = \"*\" }] })}"
  }, {
    "quoted": "say \"${join(\"\\\\\", local.names)}\"\n%{ if true }yes%{ else }no%{ endif }\tend"
  }],
  "resource": {
    "aws_s3_bucket": {
      "b": {
        "//": {"metadata": {"path": "x/b"}, "waiver": "onus:ignore s3-bucket-versioning reason=\"rebuilt daily\" expires=2027-01-01\n# checkov:skip=CKV_AWS_18:no logs"},
        "for_each": "${toset(local.names)}",
        "bucket": "x-${each.key}",
        "force_destroy": true,
        "tags": {"Name": "${each.value}", "${each.key}": "${local.quoted}"},
        "lifecycle": {"prevent_destroy": true, "ignore_changes": ["tags"]}
      },
      "us": [{"provider": "aws.us"}]
    }
  },
  "resource": [
    {"aws_s3_bucket_versioning": {"v": {
      "bucket": "${aws_s3_bucket.us.id}",
      "versioning_configuration": {"//": "a comment", "status": "Enabled"},
      "depends_on": ["aws_s3_bucket.us"]
    }}},
    {"aws_security_group": [{"g": {
      "description": "d",
      "dynamic": {"ingress": {
        "for_each": "${var.rules}",
        "iterator": "rule",
        "content": {
          "description": "${rule.key}",
          "from_port": "${rule.value.port}",
          "to_port": "${rule.value.port}",
          "protocol": "tcp",
          "cidr_blocks": "${rule.value.open ? [\"0.0.0.0/0\"] : [\"10.0.0.0/8\"]}"
        }
      }},
      "egress": [{"from_port": 0, "to_port": 0, "protocol": -1, "cidr_blocks": ["0.0.0.0/0"]}]
    }}]},
    {"aws_iam_policy": {
      "i": {"policy": "${data.aws_iam_policy_document.p.json}"},
      "j": {"policy": "${local.policy}"}
    }, "aws_sns_topic": {"t": {"name": "${module.m.name}"}}}
  ],
  "data": {"aws_iam_policy_document": {"p": {"statement": {
    "actions": ["s3:GetObject"],
    "resources": ["*"],
    "principals": [{"type": "AWS", "identifiers": ["*"]}]
  }}}},
  "module": {"m": {"source": "./m", "name": "n", "providers": {"aws": "aws.us"}}},
  "output": {"o": {"value": "${module.m.name}"}},
  "moved": [{"from": "aws_s3_bucket.old", "to": "${aws_s3_bucket.b}"}]
}"##;

#[test]
fn both_syntaxes_come_to_the_same() {
    let native_module = r#"
variable "name" { type = string }
resource "aws_s3_bucket" "this" { bucket = "m-${var.name}" }
output "name" { value = "${var.name}!" }
"#;
    let json_module = r#"{"variable": {"name": {"type": "string"}},
        "resource": {"aws_s3_bucket": {"this": {"bucket": "m-${var.name}"}}},
        "output": {"name": {"value": "${var.name}!"}}}"#;
    let native = read_files(&[("main.tf", NATIVE), ("m/main.tf", native_module)]);
    let json = read_files(&[("main.tf.json", JSON), ("m/main.tf.json", json_module)]);
    let mixed = read_files(&[("main.tofu.json", JSON), ("m/main.tf", native_module)]);
    assert_eq!(messages(&native), [""; 0]);
    assert_eq!(messages(&json), [""; 0]);
    assert_eq!(native.resources.len(), 8);
    assert_eq!(native.suppressions.len(), 4);
    assert_eq!(all_of(&native), all_of(&json));
    assert_eq!(all_of(&native), all_of(&mixed));
}

#[test]
fn places_are_those_of_the_json() {
    let workload = read_files(&[("main.tf.json", JSON), ("m/main.tf", "output \"name\" { value = \"n\" }")]);
    let bucket = resource(&workload, r#"aws_s3_bucket.b["a"]"#);
    assert!(shown(&workload, bucket.span).starts_with("\"b\": {\n        \"//\""));
    assert!(shown(&workload, bucket.span).ends_with("[\"tags\"]}\n      }"));
    let us = resource(&workload, "aws_s3_bucket.us");
    assert_eq!(shown(&workload, us.span), r#"{"provider": "aws.us"}"#);
    let of = |address: &str, path: &str| shown(&workload, property(&workload, address, path).unwrap().span);
    assert_eq!(of(r#"aws_s3_bucket.b["a"]"#, "BucketName"), r#""x-${each.key}""#);
    assert_eq!(of("aws_s3_bucket.us", "VersioningConfiguration.Status"), r#""Enabled""#);
    assert_eq!(of("aws_sns_topic.t", "TopicName"), "\"n\"");
    let Value::List(rules) =
        &property(&workload, "aws_security_group.g", "SecurityGroupIngress").unwrap().value
    else {
        panic!("no list")
    };
    assert_eq!(shown(&workload, rules[0].get("FromPort").unwrap().span), "443");
    assert_eq!(shown(&workload, rules[1].get("CidrIp").unwrap().span), r#"\"10.0.0.0/8\""#);
    for waiver in &workload.suppressions {
        assert!(shown(&workload, waiver.span).starts_with("\"onus:ignore"));
    }
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    for (json, at, message) in [
        (
            r#"{"locals": {"a": "é ${nothing(1)}"}, "resource": {"aws_s3_bucket": {"b": {"bucket": "${local.a}"}}}}"#,
            "nothing(1)",
            "there is no function `nothing`",
        ),
        (r#"{"locals": {"a": "\u00e9${ 1 + }"}}"#, "}\"}}", "not Terraform's syntax"),
        (r#"{"resource": {"aws_s3_bucket": {"b": {"bucket": 1,}}}}"#, "}}}}", "not valid JSON"),
        (r#"{"resource": {"aws_s3_bucket": {"b": 7}}}"#, "7", "is a block"),
        (r#"{"resources": {}}"#, r#""resources""#, "Terraform has no block `resources`"),
        (r#"{"locals": {"a b": 1}}"#, r#""a b""#, "cannot be the name of an argument"),
        (r#"{"resource": {"aws_s3_bucket": {"b c": {}}}}"#, r#""b c""#, "cannot be a name"),
        (r#"[1]"#, "[1]", "holds an object, or a list of them"),
        (r#"{"locals": {"a": 1, "a": 2}}"#, r#""a": 2"#, "stands twice"),
        (
            r#"{"//": "tfsec:ignore:x", "resource": {"aws_s3_bucket": {"b": {}}}}"#,
            r#""tfsec:ignore:x""#,
            "stands beside no block",
        ),
    ] {
        let workload = read_files(&[("a.tf.json", json)]);
        let [problem] = workload.problems.as_slice() else { panic!("{json}: {:?}", workload.problems) };
        assert!(problem.message.contains(message), "{json}: {}", problem.message);
        let span = place(problem);
        assert_eq!(json.rfind(at).or(json.find(at)), Some(span.start as usize), "{json}: {span:?}");
    }
}

#[test]
fn values_of_variables_are_read_in_both_syntaxes_in_terraforms_order() {
    let folder = folder(&[
        (
            "main.tf",
            "variable \"n\" {}\nvariable \"l\" {}\nresource \"aws_s3_bucket\" \"b\" { bucket = \"${var.n}-${var.l[0].a}\" }",
        ),
        ("terraform.tfvars", "n = \"1\"\nl = [{ a = 1 }]"),
        ("terraform.tfvars.json", r#"{"n": "${2}"}"#),
        ("b.auto.tfvars", "n = \"4\""),
        ("a.auto.tfvars.json", r#"{"n": "3"}"#),
        ("given.tfvars.json", r#"{"n": "5", "l": [{"a": "x"}]}"#),
    ]);
    let name = |settings: Settings| {
        let workload = read_at(folder.path(), settings);
        assert_eq!(messages(&workload), [""; 0]);
        text(&workload, "aws_s3_bucket.b", "BucketName").to_owned()
    };
    let given = || Settings {
        variables: vec![Given::File(folder.path().join("given.tfvars.json"))],
        ..Settings::default()
    };
    assert_eq!(name(given()), "5-x");
    assert_eq!(name(Settings::default()), "4-1");
    std::fs::remove_file(folder.path().join("b.auto.tfvars")).unwrap();
    assert_eq!(name(Settings::default()), "3-1");
    std::fs::remove_file(folder.path().join("a.auto.tfvars.json")).unwrap();
    assert_eq!(name(Settings::default()), "${2}-1");
}

#[test]
fn override_files_change_what_is_declared_in_either_syntax() {
    let workload = read_files(&[
        (
            "main.tf",
            "resource \"aws_s3_bucket\" \"b\" { bucket = \"a\" }\nresource \"aws_s3_bucket\" \"c\" { bucket = \"a\" }",
        ),
        ("override.tf.json", r#"{"resource": {"aws_s3_bucket": {"b": {"bucket": "b"}}}}"#),
        ("z_override.tf.json", r#"{"resource": {"aws_s3_bucket": {"c": {"bucket": "c"}}}}"#),
    ]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b", "aws_s3_bucket.c"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "b");
    assert_eq!(text(&workload, "aws_s3_bucket.c", "BucketName"), "c");
}

#[test]
fn a_file_of_opentofu_stands_for_that_of_its_name() {
    let bucket = |name: &str| format!(r#"{{"resource": {{"aws_s3_bucket": {{"{name}": {{}}}}}}}}"#);
    let (a, b) = (bucket("a"), bucket("b"));
    let workload = read_files(&[("x.tf.json", &a), ("x.tofu.json", &b)]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b"]);
}

#[test]
fn a_plan_in_the_folder_counts() {
    let plan = r#"{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
        {"address":"aws_s3_bucket.b","mode":"managed","type":"aws_s3_bucket","name":"b","values":{"bucket":"of-the-plan"}}]}}}"#;
    let json = r#"{"resource": {"aws_s3_bucket": {"b": {"bucket": "x"}}}}"#;
    let workload = read_files(&[("cdk.tf.json", json), ("plan.json", plan)]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "of-the-plan");
    assert_eq!(workload.resources.len(), 1);
}

#[test]
fn blocks_within_blocks_may_be_dynamic() {
    let native = r#"
resource "aws_cloudfront_distribution" "d" {
  enabled = true
  restrictions {
    dynamic "geo_restriction" {
      for_each = ["DE"]
      content {
        restriction_type = "whitelist"
        locations        = [geo_restriction.value]
      }
    }
  }
}"#;
    let json = r#"{"resource": {"aws_cloudfront_distribution": {"d": {"enabled": true, "restrictions": {
        "dynamic": {"geo_restriction": {"for_each": ["DE"], "content":
            [{"restriction_type": "whitelist", "locations": ["${geo_restriction.value}"]}]}}}}}}}"#;
    let native = read_files(&[("main.tf", native)]);
    let json = read_files(&[("main.tf.json", json)]);
    assert_eq!(messages(&json), [""; 0]);
    assert_eq!(all_of(&native), all_of(&json));
    assert!(all_of(&json)[0].contains("DE"), "{:?}", all_of(&json));
}

#[test]
fn secrets_are_not_shown() {
    let json = r#"{
  "//": {"token": "t0ken-one"},
  "variable": {"p": {"sensitive": "true", "default": "hunter2"}},
  "locals": {"policy": "${jsonencode({ db_password = \"in quotes\" })}"},
  "resource": {
    "aws_db_instance": {"d": {"password": "correct horse", "username": "${var.p}"}},
    "aws_s3_bucket": {"b": {"bucket": "a-${var.p}"}}
  },
  "unknown": {"client_secret": 12345}
}"#;
    let workload = read_files(&[("main.tf.json", json)]);
    assert!(matches!(property(&workload, "aws_s3_bucket.b", "BucketName").unwrap().value, Value::Unknown(_)));
    let shown = workload.files[0].quotable().unwrap();
    for secret in ["t0ken-one", "hunter2", "in quotes", "correct horse", "12345"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("${var.p}"), "{shown}");
    let broken = read_files(&[("main.tf.json", "{\"locals\": {\n\"db_password\": \"hunter2\",\n}")]);
    assert!(!broken.files[0].quotable().unwrap().contains("hunter2"));
}

#[test]
fn other_files_of_values_are_passed_over_in_silence() {
    let folder = folder(&[("main.tf", ""), ("prod.tfvars.json", r#"{"n": 1}"#)]);
    assert_eq!(messages(&read_at(folder.path(), Settings::default())), [""; 0]);
}

#[test]
fn labels_that_many_blocks_share_do_not_grow_without_bound() {
    let name = "n".repeat(100_000);
    let blocks: Vec<String> = (0..1_000).map(|at| format!("\"b{at}\": {{}}")).collect();
    let json = format!(r#"{{"resource": {{"{name}": {{{}}}}}}}"#, blocks.join(","));
    let workload = read_files(&[("main.tf.json", &json)]);
    assert!(messages(&workload)[0].contains("larger than 16 MiB"), "{:?}", workload.problems.len());
}

#[test]
fn what_nests_deep_is_a_problem_and_not_a_crash() {
    for depth in [60, 100, 10_000] {
        let json = format!(
            r#"{{"resource": {{"aws_s3_bucket": {{"b": {}{}}}}}}}"#,
            r#"{"dynamic": "#.repeat(depth),
            "}".repeat(depth)
        );
        let template = format!(r#"{{"locals": {{"a": "${{{}}}"}}}}"#, "(".repeat(depth));
        for json in [json, template] {
            assert!(!read_files(&[("main.tf.json", &json)]).problems.is_empty());
        }
    }
}

#[test]
fn strings_mean_what_they_mean_in_terraform() {
    for (written, literal, template) in [
        (r"a\\nb", r"a\nb", r"a\nb"),
        (r#"a\n\t\"b\"\u00e9\ud83d\ude00\u0001"#, "a\n\t\"b\"é😀\u{1}", "a\n\t\"b\"é😀\u{1}"),
        ("$${x}", "$${x}", "${x}"),
        ("$$${x}", "$$${x}", "$${x}"),
        ("%%{x} 50%{1}", "%%{x} 50%{1}", ""),
        ("${1 + 1}-%{ if true }a\\\"b\\\\c%{ endif }", "${1 + 1}-%{ if true }a\"b\\c%{ endif }", "2-a\"b\\c"),
        ("#{x} $ % {", "#{x} $ % {", "#{x} $ % {"),
    ] {
        let default = format!(
            r#"{{"variable": {{"v": {{"default": "{written}"}}}}, "resource": {{"aws_s3_bucket": {{"b": {{"bucket": "${{var.v}}"}}}}}}}}"#
        );
        let workload = read_files(&[("main.tf.json", &default)]);
        assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), literal, "{default}");
        let argument = format!(r#"{{"resource": {{"aws_s3_bucket": {{"b": {{"bucket": "{written}"}}}}}}}}"#);
        let workload = read_files(&[("main.tf.json", &argument)]);
        if template.is_empty() {
            assert!(!workload.problems.is_empty(), "{argument}");
        } else {
            assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), template, "{argument}");
        }
    }
}
