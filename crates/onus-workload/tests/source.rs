//! Terraform source: folders of files to resources.

#![allow(clippy::unwrap_used)]

mod common;
use common::source::{addresses, folder, messages, property, read_at, read_files, resource, text};
use onus_model::{ProblemKind, Span, Value};
use onus_workload::terraform::{Given, Settings};
use onus_workload::{Input, Options, read};
use std::collections::BTreeMap;

#[test]
fn variables_locals_and_count_come_to_resources_with_their_places() {
    let source = r#"
variable "name" { default = "logs" }
locals {
  names = ["${var.name}-a", local.second]
  second = "${var.name}-b"
}
resource "aws_s3_bucket" "b" {
  count  = length(local.names)
  bucket = local.names[count.index]
}
"#;
    let workload = read_files(&[("main.tf", source)]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b[0]", "aws_s3_bucket.b[1]"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b[0]", "BucketName"), "logs-a");
    assert_eq!(text(&workload, "aws_s3_bucket.b[1]", "BucketName"), "logs-b");
    let span = property(&workload, "aws_s3_bucket.b[1]", "BucketName").unwrap().span;
    assert_eq!(&source[span.start as usize..span.end as usize], "\"${var.name}-b\"");
}

#[test]
fn a_property_made_of_several_arguments_stands_at_the_block_that_holds_them() {
    let source = r#"
resource "aws_s3_bucket" "b" {
  bucket = "logs"
  versioning {
    enabled = false
  }
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket             = aws_s3_bucket.b.id
  block_public_acls  = true
  ignore_public_acls = false
}
"#;
    let workload = read_files(&[("main.tf", source)]);
    let written = |name: &str| {
        let span = property(&workload, "aws_s3_bucket.b", name).unwrap().span;
        source[span.start as usize..span.end as usize].lines().next().unwrap().to_owned()
    };
    let head = "resource \"aws_s3_bucket_public_access_block\" \"b\" {";
    assert_eq!(written("PublicAccessBlockConfiguration"), head);
    assert_eq!(written("PublicAccessBlockConfiguration.IgnorePublicAcls"), "false");
    assert_eq!(text(&workload, "aws_s3_bucket.b", "VersioningConfiguration.Status"), "Suspended");
    assert_eq!(written("VersioningConfiguration"), "versioning {");
    assert_eq!(written("VersioningConfiguration.Status"), "false");
}

#[test]
fn a_list_to_which_several_arguments_add_stands_at_the_resource() {
    let source =
        "resource \"aws_lb\" \"b\" {\n  enable_deletion_protection = true\n  enable_http2 = false\n}\n";
    let workload = read_files(&[("main.tf", source)]);
    let attributes = property(&workload, "aws_lb.b", "LoadBalancerAttributes").unwrap();
    assert_eq!(attributes.span, resource(&workload, "aws_lb.b").span);
    let Value::List(all) = &attributes.value else { panic!("a list") };
    let written = |span: Span| &source[span.start as usize..span.end as usize];
    assert!(all.iter().any(|node| written(node.span) == "true"));
    assert!(all.iter().any(|node| written(node.span) == "false"));
}

#[test]
fn a_resource_knows_the_root_module_that_it_is_of() {
    let call = "module \"m\" { source = \"../../m\" }\n";
    let folder = folder(&[
        ("envs/dev/main.tf", call),
        ("envs/prod/main.tf", call),
        ("m/main.tf", "resource \"aws_sqs_queue\" \"q\" {}\n"),
        ("plain/stack.yaml", "Resources:\n  Logs: {Type: AWS::S3::Bucket}\n"),
    ]);
    let workload = read_at(folder.path(), Settings::default());
    let top = folder.path().to_str().unwrap();
    let found: Vec<_> = workload
        .resources
        .iter()
        .map(|resource| {
            let root = resource.root.as_deref().map(|root| root.strip_prefix(top).unwrap());
            (&*resource.address, root)
        })
        .collect();
    let queue = "module.m.aws_sqs_queue.q";
    assert_eq!(found, [("Logs", None), (queue, Some("/envs/dev")), (queue, Some("/envs/prod"))]);
    let roots: Vec<&str> = workload.roots.iter().map(|root| root.strip_prefix(top).unwrap()).collect();
    assert_eq!(roots, ["/envs/dev", "/envs/prod"]);
    // What is no file is known by its name alone.
    let text =
        Input::Text { name: "main.tf".to_owned(), text: "resource \"aws_sqs_queue\" \"q\" {}".to_owned() };
    assert_eq!(&*read(&[text], &Options::default()).roots[0], "main.tf");
}

#[test]
fn modules_pass_values_in_and_out() {
    let workload = read_files(&[
        (
            "main.tf",
            r#"
module "store" {
  source   = "./modules/store"
  for_each = toset(["x", "y"])
  name     = each.key
}
resource "aws_sns_topic" "t" { name = module.store["x"].name }
"#,
        ),
        (
            "modules/store/main.tf",
            r#"
variable "name" { type = string }
resource "aws_s3_bucket" "this" { bucket = "s-${var.name}" }
output "name" { value = aws_s3_bucket.this.bucket }
"#,
        ),
    ]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(
        addresses(&workload),
        [
            "aws_sns_topic.t",
            r#"module.store["x"].aws_s3_bucket.this"#,
            r#"module.store["y"].aws_s3_bucket.this"#
        ]
    );
    assert_eq!(text(&workload, "aws_sns_topic.t", "TopicName"), "s-x");
}

#[test]
fn values_of_variables_count_in_terraforms_order() {
    let files = [
        (
            "main.tf",
            "variable \"n\" { default = \"default\" }\nresource \"aws_s3_bucket\" \"b\" { bucket = var.n }",
        ),
        ("terraform.tfvars", "n = \"tfvars\""),
        ("a.auto.tfvars", "n = \"auto\""),
        ("other.tfvars", "n = \"file\""),
    ];
    let folder = folder(&files);
    let name = |settings: Settings| {
        let workload = read_at(folder.path(), settings);
        text(&workload, "aws_s3_bucket.b", "BucketName").to_owned()
    };
    let environment = BTreeMap::from([("n".to_owned(), "environment".to_owned())]);
    assert_eq!(name(Settings { environment: environment.clone(), ..Settings::default() }), "auto");
    let file = Given::File(folder.path().join("other.tfvars"));
    assert_eq!(name(Settings { variables: vec![file.clone()], ..Settings::default() }), "file");
    let value = Given::Value("n".into(), "given".into());
    assert_eq!(name(Settings { variables: vec![file, value], ..Settings::default() }), "given");
    for values in ["terraform.tfvars", "a.auto.tfvars"] {
        std::fs::remove_file(folder.path().join(values)).unwrap();
    }
    assert_eq!(name(Settings { environment, ..Settings::default() }), "environment");
    assert_eq!(name(Settings::default()), "default");
}

#[test]
fn what_is_not_known_says_why() {
    let workload = read_files(&[(
        "main.tf",
        r#"
variable "n" { type = string }
resource "aws_kms_key" "k" {}
resource "aws_s3_bucket" "b" { bucket = var.n }
resource "aws_sns_topic" "t" { kms_master_key_id = aws_kms_key.k.arn }
"#,
    )]);
    let Value::Unknown(unknown) = &property(&workload, "aws_s3_bucket.b", "BucketName").unwrap().value else {
        panic!("the name is known")
    };
    assert_eq!(&*unknown.reason, "the variable `n` has no value");
    let Value::Unknown(unknown) = &property(&workload, "aws_sns_topic.t", "KmsMasterKeyId").unwrap().value
    else {
        panic!("the key is known")
    };
    assert_eq!(&*unknown.references[0].address, "aws_kms_key.k");
    assert!(unknown.present);
}

#[test]
fn dynamic_blocks_become_blocks() {
    let workload = read_files(&[(
        "main.tf",
        r#"
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = { https = 443, ssh = 22 }
    iterator = port
    content {
      description = port.key
      from_port   = port.value
      to_port     = port.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
"#,
    )]);
    assert_eq!(messages(&workload), [""; 0]);
    let Value::List(rules) =
        &property(&workload, "aws_security_group.g", "SecurityGroupIngress").unwrap().value
    else {
        panic!("no list")
    };
    let ports: Vec<_> = rules.iter().map(|rule| rule.get("FromPort").unwrap().value.clone()).collect();
    assert_eq!(ports, [Value::Int(443), Value::Int(22)]);
}

#[test]
fn satellites_find_their_resource() {
    let workload = read_files(&[(
        "main.tf",
        r#"
resource "aws_s3_bucket" "b" { for_each = toset(["x", "y"]) }
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b["y"].id
  versioning_configuration { status = "Enabled" }
}
"#,
    )]);
    assert_eq!(text(&workload, r#"aws_s3_bucket.b["y"]"#, "VersioningConfiguration.Status"), "Enabled");
    assert!(property(&workload, r#"aws_s3_bucket.b["x"]"#, "VersioningConfiguration").is_none());
}

#[test]
fn what_is_not_written_is_what_the_provider_sends() {
    let workload = read_files(&[(
        "main.tf",
        r#"
resource "aws_db_instance" "d" { instance_class = "db.t4g.micro" }
resource "aws_dms_replication_instance" "r" { replication_instance_id = "r" }
resource "aws_default_subnet" "s" { availability_zone = "eu-west-1a" }
resource "aws_opensearch_domain" "o" {
  domain_name = "o"
  domain_endpoint_options { tls_security_policy = "Policy-Min-TLS-1-2-2019-07" }
}
resource "aws_s3_access_point" "p" {
  name   = "p"
  bucket = "b"
  public_access_block_configuration { block_public_acls = false }
}
resource "aws_kinesis_firehose_delivery_stream" "owned" {
  server_side_encryption { enabled = true }
}
resource "aws_kinesis_firehose_delivery_stream" "managed" {
  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
  }
}
resource "aws_kinesis_firehose_delivery_stream" "off" {
  server_side_encryption {
    enabled  = false
    key_type = "AWS_OWNED_CMK"
  }
  kinesis_source_configuration { kinesis_stream_arn = "s" }
}
"#,
    )]);
    let truth = |address: &str, path: &str| {
        property(&workload, address, path).map(|node| node.value == Value::Bool(true))
    };
    assert_eq!(truth("aws_db_instance.d", "PubliclyAccessible"), Some(false));
    assert_eq!(truth("aws_dms_replication_instance.r", "PubliclyAccessible"), Some(false));
    assert_eq!(truth("aws_default_subnet.s", "MapPublicIpOnLaunch"), Some(true));
    assert_eq!(truth("aws_opensearch_domain.o", "DomainEndpointOptions.EnforceHTTPS"), Some(true));
    let access = |name| truth("aws_s3_access_point.p", &format!("PublicAccessBlockConfiguration.{name}"));
    assert_eq!((access("BlockPublicAcls"), access("BlockPublicPolicy")), (Some(false), Some(true)));
    let stream = |name| format!("aws_kinesis_firehose_delivery_stream.{name}");
    let key = "DeliveryStreamEncryptionConfigurationInput.KeyType";
    assert_eq!(text(&workload, &stream("owned"), key), "AWS_OWNED_CMK");
    assert_eq!(text(&workload, &stream("managed"), key), "CUSTOMER_MANAGED_CMK");
    assert!(property(&workload, &stream("off"), key).is_none());
    assert_eq!(text(&workload, &stream("off"), "DeliveryStreamType"), "KinesisStreamAsSource");
}

#[test]
fn policies_of_data_sources_are_evaluated() {
    let workload = read_files(&[(
        "main.tf",
        r#"
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
resource "aws_sns_topic" "t" { display_name = data.aws_iam_policy_document.p.json }
resource "aws_iam_policy" "i" { policy = data.aws_iam_policy_document.p.json }
"#,
    )]);
    assert_eq!(messages(&workload), [""; 0]);
    let expected = r#"{"Statement":[{"Action":"s3:GetObject","Effect":"Allow","Principal":{"AWS":"*"},"Resource":"*"}],"Version":"2012-10-17"}"#;
    assert_eq!(text(&workload, "aws_sns_topic.t", "DisplayName"), expected);
    assert_eq!(text(&workload, "aws_iam_policy.i", "PolicyDocument.Version"), "2012-10-17");
}

#[test]
fn a_provider_gives_region_and_default_tags() {
    let workload = read_files(&[
        (
            "main.tf",
            r#"
provider "aws" {
  region = "eu-west-1"
  default_tags { tags = { team = "a", stage = "x" } }
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_s3_bucket" "here" { tags = { stage = "y" } }
resource "aws_s3_bucket" "there" { provider = aws.us }
module "m" {
  source    = "./m"
  providers = { aws = aws.us }
}
"#,
        ),
        ("m/main.tf", "resource \"aws_s3_bucket\" \"b\" {}"),
    ]);
    assert_eq!(resource(&workload, "aws_s3_bucket.here").region.as_deref(), Some("eu-west-1"));
    assert_eq!(resource(&workload, "aws_s3_bucket.there").region.as_deref(), Some("us-east-1"));
    assert_eq!(resource(&workload, "module.m.aws_s3_bucket.b").region.as_deref(), Some("us-east-1"));
    let Value::List(tags) = &property(&workload, "aws_s3_bucket.here", "Tags").unwrap().value else {
        panic!("no tags")
    };
    let pairs: Vec<_> = tags
        .iter()
        .map(|tag| (tag.get("Key").unwrap().as_str().unwrap(), tag.get("Value").unwrap().as_str().unwrap()))
        .collect();
    assert_eq!(pairs, [("stage", "y"), ("team", "a")]);
}

#[test]
fn override_files_change_what_is_declared() {
    let workload = read_files(&[
        ("main.tf", "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"a\"\n  force_destroy = true\n}"),
        ("override.tf", "resource \"aws_s3_bucket\" \"b\" { bucket = \"b\" }"),
    ]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "b");
}

#[test]
fn a_module_that_is_not_there_is_reported_and_its_outputs_are_unknown() {
    let workload = read_files(&[(
        "main.tf",
        "module \"vpc\" { source = \"terraform-aws-modules/vpc/aws\" }\nresource \"aws_subnet\" \"s\" { vpc_id = module.vpc.vpc_id }",
    )]);
    assert_eq!(workload.problems.len(), 1);
    assert_eq!(workload.problems[0].kind, ProblemKind::NotEvaluated);
    assert!(workload.problems[0].message.contains("terraform-aws-modules/vpc/aws"));
    assert!(matches!(property(&workload, "aws_subnet.s", "VpcId").unwrap().value, Value::Unknown(_)));
}

#[test]
fn a_fetched_module_is_read() {
    let workload = read_files(&[
        ("main.tf", "module \"m\" {\n  source = \"a/b/aws\"\n  name = \"n\"\n}"),
        (
            ".terraform/modules/modules.json",
            r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"m","Source":"a/b/aws","Dir":".terraform/modules/m"}]}"#,
        ),
        (
            ".terraform/modules/m/main.tf",
            "variable \"name\" {}\nresource \"aws_s3_bucket\" \"b\" { bucket = var.name }",
        ),
    ]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "module.m.aws_s3_bucket.b", "BucketName"), "n");
}

#[test]
fn a_plan_in_the_folder_counts_and_the_source_is_not_read_beside_it() {
    let plan = r#"{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
        {"address":"aws_s3_bucket.b","mode":"managed","type":"aws_s3_bucket","name":"b","values":{"bucket":"of-the-plan"}}]}}}"#;
    let workload = read_files(&[
        ("main.tf", "resource \"aws_s3_bucket\" \"b\" { bucket = \"x\" }"),
        ("plan.json", plan),
    ]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "of-the-plan");
}

#[test]
fn what_goes_round_in_circles_ends() {
    let workload = read_files(&[
        (
            "main.tf",
            r#"
locals {
  a = local.b
  b = "${local.a}-x"
  c = { for k, v in local.c : k => v }
}
module "m" { source = "./m" }
resource "aws_s3_bucket" "one" { bucket = aws_s3_bucket.two.bucket }
resource "aws_s3_bucket" "two" { bucket = aws_s3_bucket.one.bucket }
resource "aws_s3_bucket" "three" {
  count  = length(aws_s3_bucket.three)
  bucket = local.a
}
"#,
        ),
        ("m/main.tf", "module \"m\" { source = \"../m\" }\nresource \"aws_s3_bucket\" \"b\" {}"),
    ]);
    assert!(
        messages(&workload).iter().any(|message| message.contains("nested more than")),
        "{:?}",
        messages(&workload)
    );
    assert!(addresses(&workload).contains(&"aws_s3_bucket.one"));
}

#[test]
fn modules_that_call_themselves_twice_end() {
    let inner = "module \"a\" { source = \"../m\" }\nmodule \"b\" { source = \"../m\" }\nresource \"aws_s3_bucket\" \"b\" {}";
    let workload = read_files(&[("main.tf", "module \"m\" { source = \"./m\" }"), ("m/main.tf", inner)]);
    assert!(
        workload.problems.iter().any(|problem| problem.message.contains("too many instances of modules"))
    );
}

#[test]
fn too_many_instances_are_a_limit_and_not_a_hang() {
    let workload = read_files(&[(
        "main.tf",
        r#"
locals { a = range(1000) }
resource "aws_s3_bucket" "b" { count = 1000000000 }
resource "aws_s3_bucket" "c" { for_each = toset([for p in setproduct(local.a, local.a) : "${p[0]}-${p[1]}"]) }
"#,
    )]);
    assert!(workload.problems.iter().any(|problem| problem.kind == ProblemKind::Limit));
}

#[test]
fn files_are_read_within_the_modules_tree_only() {
    let outside = folder(&[("secret.txt", "s")]);
    let source = format!(
        "resource \"aws_s3_bucket\" \"in\" {{ bucket = trimspace(file(\"${{path.module}}/name.txt\")) }}\nresource \"aws_s3_bucket\" \"out\" {{ bucket = file(\"{}/secret.txt\") }}",
        outside.path().display()
    );
    let workload = read_files(&[("main.tf", &source), ("name.txt", "inside\n")]);
    assert_eq!(text(&workload, "aws_s3_bucket.in", "BucketName"), "inside");
    let Value::Unknown(unknown) = &property(&workload, "aws_s3_bucket.out", "BucketName").unwrap().value
    else {
        panic!("it was read")
    };
    assert!(unknown.reason.contains("outside"), "{}", unknown.reason);
}

#[test]
fn what_is_broken_is_a_problem_at_its_place_and_the_rest_is_read() {
    let workload = read_files(&[
        ("bad.tf", "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \n}\n"),
        ("good.tf", "resource \"aws_s3_bucket\" \"c\" { bucket = nothing(1) }"),
    ]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.c"]);
    let kinds: Vec<_> = workload.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::Syntax, ProblemKind::Invalid]);
}

#[test]
fn sensitive_values_are_not_kept_nor_shown() {
    let workload = read_files(&[(
        "main.tf",
        "variable \"p\" {\n  sensitive = true\n  default = \"hunter2\"\n}\nresource \"aws_s3_bucket\" \"b\" { bucket = \"a-${var.p}\" }\nresource \"aws_db_instance\" \"d\" { password = \"correct horse\" }",
    )]);
    assert!(matches!(property(&workload, "aws_s3_bucket.b", "BucketName").unwrap().value, Value::Unknown(_)));
    let shown = workload.files[0].quotable().unwrap();
    assert!(!shown.contains("hunter2") && !shown.contains("correct horse"));
}

#[test]
fn waivers_in_comments_belong_to_the_block_that_they_stand_at() {
    let workload = read_files(&[(
        "main.tf",
        r##"
# onus:ignore s3-bucket-versioning reason="none needed"
resource "aws_s3_bucket" "b" {
  count = 2
  #checkov:skip=CKV_AWS_18:no logs
  bucket = "# checkov:skip=CKV_AWS_1"
}
resource "aws_s3_bucket" "c" { // tfsec:ignore:aws-s3-enable-versioning
} # trivy:ignore:AVD-AWS-0089

# trivy:ignore:AVD-AWS-0090
locals {}
"##,
    )]);
    let all: Vec<_> = workload
        .suppressions
        .iter()
        .map(|found| (found.resource.as_deref().unwrap_or_default(), &*found.rule))
        .collect();
    assert_eq!(
        all,
        [
            ("aws_s3_bucket.b[0]", "s3-bucket-versioning"),
            ("aws_s3_bucket.b[0]", "CKV_AWS_18"),
            ("aws_s3_bucket.b[1]", "s3-bucket-versioning"),
            ("aws_s3_bucket.b[1]", "CKV_AWS_18"),
            ("aws_s3_bucket.c", "aws-s3-enable-versioning"),
            ("aws_s3_bucket.c", "AVD-AWS-0089"),
        ]
    );
    // Another tool's is none of ours beside what is no resource.
    assert_eq!(messages(&workload), [""; 0]);
}

#[test]
fn a_file_that_is_named_brings_its_folder() {
    let folder = folder(&[
        ("main.tf", "resource \"aws_s3_bucket\" \"b\" { bucket = var.n }"),
        ("variables.tf", "variable \"n\" {}"),
        ("terraform.tfvars", "n = \"x\""),
    ]);
    let workload = read_at(&folder.path().join("main.tf"), Settings::default());
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "x");
}

#[test]
fn of_folders_that_call_each_other_the_first_is_the_root() {
    let folder = folder(&[
        ("a/main.tf", "module \"b\" { source = \"../b\" }\nresource \"aws_s3_bucket\" \"a\" {}"),
        ("b/main.tf", "module \"a\" { source = \"../a\" }\nresource \"aws_s3_bucket\" \"b\" {}"),
    ]);
    let workload = read_at(folder.path(), Settings::default());
    assert!(addresses(&workload).contains(&"aws_s3_bucket.a"), "{:?}", addresses(&workload));
    assert!(addresses(&workload).contains(&"module.b.aws_s3_bucket.b"));
}

#[test]
fn of_two_locals_the_first_counts() {
    let source = "locals { a = \"one\" }\nlocals { a = \"two\" }\nresource \"aws_s3_bucket\" \"b\" { bucket = local.a }";
    let workload = read_files(&[("main.tf", source)]);
    assert_eq!(messages(&workload), ["`a` is declared twice in this module; the first counts"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "one");
}

#[test]
fn a_file_of_values_that_is_broken_shows_no_secret() {
    let folder = folder(&[("main.tf", ""), ("x.tfvars", "db_password = \"hunter2\"\nn = = 1")]);
    let file = Given::File(folder.path().join("x.tfvars"));
    let workload = read_at(folder.path(), Settings { variables: vec![file], ..Settings::default() });
    // That it is broken, and that a password is written in it.
    let kinds: Vec<ProblemKind> = workload.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::Syntax, ProblemKind::Credential]);
    assert!(workload.files.iter().all(|file| !file.quotable().unwrap().contains("hunter2")));
}

#[test]
fn what_is_written_elsewhere_has_both_places() {
    let main = r#"
variable "acl" { default = "public-read" }
variable "rules" { default = [{ port = 22 }] }
resource "aws_s3_bucket" "b" {
  acl    = var.acl
  bucket = "logs"
}
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = var.rules
    content {
      from_port = ingress.value.port
      to_port   = 22
      protocol  = "tcp"
    }
  }
}
"#;
    let workload = read_files(&[("main.tf", main)]);
    let text_at = |span: Span| &main[span.start as usize..span.end as usize];
    let bucket = resource(&workload, "aws_s3_bucket.b");
    let acl = bucket.properties.get("AccessControl").unwrap();
    assert_eq!(text_at(acl.span), r#""public-read""#);
    assert_eq!(bucket.argument(acl.span).map(text_at), Some("var.acl"));
    let name = bucket.properties.get("BucketName").unwrap();
    assert_eq!(bucket.argument(name.span), None);
    let group = resource(&workload, "aws_security_group.g");
    let elsewhere: Vec<_> =
        group.elsewhere.iter().map(|pair| (text_at(pair.value), text_at(pair.argument))).collect();
    assert_eq!(elsewhere, [("22", "ingress.value.port")]);
}

#[test]
fn a_document_keeps_what_is_known_of_it() {
    let workload = read_files(&[(
        "main.tf",
        r#"
resource "aws_sqs_queue" "q" {}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.q.arn, "${aws_sqs_queue.q.arn}/x"]
  }
  dynamic "statement" {
    for_each = aws_sqs_queue.q.tags_all
    content { actions = [statement.key] }
  }
}
resource "aws_iam_policy" "encoded" {
  policy = jsonencode({ Statement = [{ Action = "*", Resource = "*" }, { Action = "a", Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_iam_policy" "document" { policy = data.aws_iam_policy_document.d.json }
resource "aws_iam_policy" "template" {
  policy = <<EOT
{"Statement": [{"Action": "*", "Resource": "${aws_sqs_queue.q.arn}:*"}]}
EOT
}
resource "aws_iam_policy" "joined" { policy = "${aws_sqs_queue.q.arn}x" }
"#,
    )]);
    assert_eq!(messages(&workload), [""; 0]);
    let shown = |address: &str| {
        let mut out = String::new();
        common::node(property(&workload, address, "PolicyDocument").unwrap(), &mut out);
        out
    };
    assert_eq!(
        shown("aws_iam_policy.encoded"),
        "{Statement: [{Action: '*', Resource: '*'}, {Action: 'a', Resource: @aws_sqs_queue.q.arn('arn:aws'…'')}]}"
    );
    assert_eq!(
        shown("aws_iam_policy.document"),
        "{Statement: [{Action: 'sqs:*', Effect: 'Allow', Resource: [@aws_sqs_queue.q.arn('arn:aws'…''), \
         @aws_sqs_queue.q.arn('arn:aws'…'/x')]}, @?aws_sqs_queue.q.tags_all], Version: '2012-10-17'}"
    );
    assert_eq!(
        shown("aws_iam_policy.template"),
        "{Statement: [{Action: '*', Resource: @aws_sqs_queue.q.arn('arn:aws'…':*')}]}"
    );
    assert_eq!(shown("aws_iam_policy.joined"), "@aws_sqs_queue.q.arn('arn:aws'…'x')");
}

#[test]
fn a_block_beside_one_that_is_not_known_is_kept() {
    let workload = read_files(&[(
        "main.tf",
        r#"
variable "more" {}
resource "aws_elb" "b" {
  listener { lb_port = 80 }
  dynamic "listener" {
    for_each = var.more
    content { lb_port = listener.value }
  }
}
"#,
    )]);
    let mut out = String::new();
    common::node(property(&workload, "aws_elb.b", "Listeners").unwrap(), &mut out);
    assert_eq!(out, "[{LoadBalancerPort: 80}, <? the variable `more` has no value>]");
}

#[test]
fn what_has_a_buckets_id_leads_to_the_bucket() {
    let workload = read_files(&[(
        "main.tf",
        r#"
resource "aws_s3_bucket" "a" {}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_policy" "a" { bucket = aws_s3_bucket.a.id }
resource "aws_s3_bucket_ownership_controls" "a" { bucket = aws_s3_bucket_policy.a.id }
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket_ownership_controls.a.id
  versioning_configuration { status = "Enabled" }
}
"#,
    )]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_s3_bucket.a", "VersioningConfiguration.Status"), "Enabled");
    assert!(property(&workload, "aws_s3_bucket.b", "VersioningConfiguration").is_none());
}

#[test]
fn of_a_secret_it_is_known_whether_it_is_written_out() {
    let folder = folder(&[(
        "main.tf",
        r#"
resource "random_password" "p" {}
variable "db_password" {}
resource "aws_db_instance" "written" { password = "opensesame" }
resource "aws_db_instance" "made" { password = random_password.p.result }
resource "aws_db_instance" "handed" { password = var.db_password }
variable "default" {
  sensitive = true
  default   = "opensesame"
}
resource "aws_db_instance" "default" { password = var.default }
"#,
    )]);
    let environment = BTreeMap::from([("db_password".to_owned(), "opensesame".to_owned())]);
    let workload = read_at(folder.path(), Settings { environment, ..Settings::default() });
    for address in ["aws_db_instance.written", "aws_db_instance.default"] {
        let written = text(&workload, address, "MasterUserPassword");
        assert!(!written.contains("opensesame"), "{address}");
    }
    for address in ["aws_db_instance.made", "aws_db_instance.handed"] {
        let other = property(&workload, address, "MasterUserPassword").unwrap();
        assert!(
            matches!(&other.value, Value::Unknown(unknown) if unknown.names == onus_model::Names::Secret),
            "{address}"
        );
    }
}

#[test]
fn terraform_runs_in_the_root_modules_folder() {
    let workload = read_files(&[(
        "envs/prod/main.tf",
        r#"resource "aws_s3_bucket" "b" { bucket = "${basename(abspath(path.root))}-${basename(path.cwd)}" }"#,
    )]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "prod-prod");
}

#[test]
fn opentofus_providers_may_be_many() {
    let workload = read_files(&[
        (
            "main.tofu",
            r#"
locals { regions = toset(["eu-west-1", "us-east-1"]) }
provider "aws" {
  alias    = "by"
  for_each = local.regions
  region   = each.value
}
resource "aws_sqs_queue" "q" {
  for_each = local.regions
  provider = aws.by[each.key]
}
module "m" {
  source    = "./m"
  for_each  = local.regions
  providers = { aws = aws.by[each.key] }
}
"#,
        ),
        ("m/main.tofu", r#"resource "aws_sqs_queue" "q" {}"#),
    ]);
    assert_eq!(messages(&workload), [""; 0]);
    let regions: Vec<_> = workload.resources.iter().map(|resource| resource.region.as_deref()).collect();
    let expected = ["eu-west-1", "us-east-1"].map(Some);
    assert_eq!(regions, [expected, expected].concat());
}

#[test]
fn source_in_batches_is_what_it_is_at_once() {
    // Each folder is larger than a batch; two share a module, and one has the module's name in nothing but a comment.
    let filler = "# nothing\n".repeat(30_000);
    let bucket = "variable \"name\" {}\nresource \"aws_s3_bucket\" \"b\" { bucket = var.name }\n";
    let call =
        |name: &str| format!("module \"m\" {{\n  source = \"../shared\"\n  name = \"{name}\"\n}}\n{filler}");
    let (a, c) = (call("a"), call("c"));
    let alone = format!("resource \"aws_sqs_queue\" \"q\" {{}}\n{filler}");
    let commented = format!("# as in \"../alone\"\nresource \"aws_sns_topic\" \"t\" {{}}\n{filler}");
    let files = [
        ("a/main.tf", a.as_str()),
        ("alone/main.tf", alone.as_str()),
        ("c/main.tf", c.as_str()),
        ("other/main.tf", commented.as_str()),
        ("shared/main.tf", bucket),
        ("z/main.tf", alone.as_str()),
    ];
    let workload = read_files(&files);
    assert_eq!(messages(&workload), [""; 0]);
    let roots: Vec<_> = workload
        .resources
        .iter()
        .map(|resource| (resource.root.as_deref().unwrap().rsplit('/').next().unwrap(), &*resource.address))
        .collect();
    let expected = [
        ("a", "module.m.aws_s3_bucket.b"),
        ("alone", "aws_sqs_queue.q"),
        ("c", "module.m.aws_s3_bucket.b"),
        ("other", "aws_sns_topic.t"),
        ("z", "aws_sqs_queue.q"),
    ];
    assert_eq!(roots, expected);

    // A module that was not named itself belongs to whoever calls it.
    let folder = folder(&files);
    let inputs: Vec<_> =
        ["a", "c", "z"].iter().map(|name| onus_workload::Input::Path(folder.path().join(name))).collect();
    let workload = onus_workload::read(&inputs, &onus_workload::Options::default());
    // What is so at a place of a module that two roots call is said once.
    assert_eq!(
        messages(&workload),
        [
            "`aws_s3_bucket` has no mapping: 1 resource counts for the service, but the properties are not checked",
            "`aws_sqs_queue` has no mapping: 1 resource counts for the service, but the properties are not checked",
        ]
    );
    assert_eq!(workload.resources.len(), 3);
}

#[test]
fn a_default_is_that_of_the_releases_in_use() {
    let cluster = "resource \"aws_redshift_cluster\" \"c\" {\n  cluster_identifier = \"c\"\n}\n";
    let required = |version: &str| {
        format!(
            "terraform {{\n required_providers {{\n aws = {{ source = \"hashicorp/aws\", version = \"{version}\" }}\n }}\n}}\n"
        )
    };
    let old_style = "provider \"aws\" { version = \"~> 4.0\" }\n".to_owned();
    let lock = |version: &str| {
        format!("provider \"registry.terraform.io/hashicorp/aws\" {{\n  version = \"{version}\"\n}}\n")
    };
    for (code, locked, expected) in [
        (String::new(), None, "none"),
        (required("~> 6.0"), None, "none"),
        (required("~> 5.0"), None, "true"),
        (old_style, None, "true"),
        (required(">= 5.0, < 6.0"), None, "true"),
        (required(">= 5.0"), None, "unknown"),
        (required(">= 5.0"), Some("5.31.0"), "true"),
        (required(">= 5.0"), Some("6.2.0"), "none"),
    ] {
        let (main, lock) = (format!("{code}{cluster}"), locked.map(lock));
        let files =
            [Some(("main.tf", main.as_str())), lock.as_deref().map(|text| (".terraform.lock.hcl", text))];
        let files: Vec<(&str, &str)> = files.into_iter().flatten().collect();
        let workload = read_files(&files);
        let found = match property(&workload, "aws_redshift_cluster.c", "PubliclyAccessible")
            .map(|node| &node.value)
        {
            None => "none",
            Some(Value::Bool(true)) => "true",
            Some(Value::Unknown(_)) => "unknown",
            Some(_) => "else",
        };
        assert_eq!(found, expected, "{code} {locked:?}");
    }
    let set =
        format!("{}{}", required("~> 5.0"), cluster.replace("\n}", "\n  publicly_accessible = false\n}"));
    let workload = read_files(&[("main.tf", &set)]);
    let value = &property(&workload, "aws_redshift_cluster.c", "PubliclyAccessible").unwrap().value;
    assert_eq!(*value, Value::Bool(false));
}
