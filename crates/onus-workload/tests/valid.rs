//! Terraform source that Terraform accepts is no problem here, and what it does not say is not made up.

#![allow(clippy::unwrap_used)]

mod common;
use common::source::{addresses, folder, messages, property, read_at, read_files, text};
use onus_model::{ProblemKind, Value, Workload};
use onus_workload::terraform::Settings;

fn errors(workload: &Workload) -> Vec<&str> {
    let errors = workload.problems.iter().filter(|problem| problem.kind.is_error());
    errors.map(|problem| problem.message.as_str()).collect()
}

fn main(source: &str) -> Workload {
    read_files(&[("main.tf", source)])
}

fn is_unknown(workload: &Workload, address: &str, path: &str) -> bool {
    property(workload, address, path).is_some_and(|node| matches!(node.value, Value::Unknown(_)))
}

#[test]
fn other_tools_have_waivers_of_what_is_no_resource() {
    let workload = main(
        r#"
# tfsec:ignore:x
module "m" {
  # checkov:skip=CKV_TF_1:pinned elsewhere
  source = "./m"
}
variable "v" { default = "" } # trivy:ignore:AVD-AWS-0001
data "aws_region" "r" {
  # onus:ignore s3-bucket-versioning
}
locals {}

# checkov:skip=CKV_AWS_2:nothing follows
"#,
    );
    let errors = errors(&workload);
    assert!(errors.contains(&"this waiver stands beside no resource, so it waives nothing"), "{errors:?}");
    assert_eq!(errors.len(), 2, "the module is not there either: {errors:?}");
    let notices = messages(&workload);
    assert!(notices.contains(&"this waiver of another tool stands beside no block, so it waives nothing"));
    assert!(workload.suppressions.is_empty());
}

#[test]
fn a_provisioner_has_words_of_its_own_and_may_name_its_resource() {
    let workload = main(
        r#"
resource "aws_sqs_queue" "q" {
  name = "q"
  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "echo ${aws_sqs_queue.q.arn} ${self.name}"
    connection { host = aws_sqs_queue.q.url }
  }
  lifecycle { ignore_changes = all }
}
"#,
    );
    assert_eq!(messages(&workload), [""; 0]);
    let workload =
        main("resource \"aws_sqs_queue\" \"q\" {\n  name = nowhere\n  provisioner \"x\" { y = nobody }\n}");
    assert!(errors(&workload).contains(&"there is no `nobody` here"));
}

#[test]
fn what_nobody_writes_or_writes_as_null_is_unknown_to_others() {
    let workload = main(
        r#"
variable "none" {
  type    = string
  default = null
}
resource "aws_vpc" "v" {
  count           = 1
  cidr_block      = "10.0.0.0/16"
  ipv6_cidr_block = var.none
}
resource "aws_subnet" "s" {
  cidr_block      = cidrsubnet(aws_vpc.v[0].cidr_block, 8, 1)
  ipv6_cidr_block = cidrsubnet(aws_vpc.v[0].ipv6_cidr_block, 8, 0)
}
resource "aws_eks_cluster" "e" {
  vpc_config {
    subnet_ids = ["a"]
    public_access_cidrs = var.none
  }
}
resource "aws_sqs_queue" "known" { name = join(",", aws_eks_cluster.e.vpc_config[0].subnet_ids) }
resource "aws_sqs_queue" "computed" { name = aws_eks_cluster.e.vpc_config[0].cluster_security_group_id }
resource "aws_sqs_queue" "null" { name = join(",", aws_eks_cluster.e.vpc_config[0].public_access_cidrs) }
resource "aws_sqs_queue" "same" { name = aws_sqs_queue.own.name_prefix }
resource "aws_sqs_queue" "own" { name_prefix = null }
"#,
    );
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_subnet.s", "CidrBlock"), "10.0.1.0/24");
    assert!(is_unknown(&workload, "aws_subnet.s", "Ipv6CidrBlock"));
    assert_eq!(text(&workload, "aws_sqs_queue.known", "QueueName"), "a");
    for name in ["computed", "null", "same"] {
        assert!(is_unknown(&workload, &format!("aws_sqs_queue.{name}"), "QueueName"), "{name}");
    }
}

#[test]
fn what_there_may_be_none_of_is_no_problem() {
    let source = |count: &str| {
        format!(
            r#"
variable "on" {{ type = bool }}
variable "o" {{
  type    = object({{ name = string }})
  default = null
}}
locals {{ broken = var.o.name }}
module "m" {{
  count  = {count}
  source = "./m"
  name   = var.o.name
}}
resource "aws_sqs_queue" "q" {{
  count = {count}
  name  = var.o.name
}}
"#
        )
    };
    let read = |count: &str| {
        let module = "variable \"name\" { type = string }\nresource \"aws_sns_topic\" \"t\" { name = tonumber(\"x\") }";
        read_files(&[("main.tf", &source(count)), ("m/main.tf", module)])
    };
    let null = "null has no attribute `name`";
    // The local is there in any case.
    assert_eq!(errors(&read("var.on ? 1 : 0")), [null]);
    assert_eq!(errors(&read("1")).len(), 4);
    assert_eq!(errors(&read("0")), [null]);
}

#[test]
fn the_workspace_is_unknown_until_it_is_told() {
    let source = "locals { sizes = { dev = 1, prod = 2 } }\n\
        resource \"aws_sqs_queue\" \"q\" {\n  name = \"q-${local.sizes[terraform.workspace]}\"\n}\n\
        resource \"aws_sqs_queue\" \"r\" { name = terraform.workspace }\n";
    let folder = folder(&[("a/main.tf", source), ("b/main.tf", source)]);
    let workload = read_at(folder.path(), Settings::default());
    let notices: Vec<_> = workload.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(notices, [ProblemKind::NotEvaluated], "one for both roots: {:?}", messages(&workload));
    assert!(workload.problems[0].help.as_deref().unwrap().contains("--workspace"));
    assert!(is_unknown(&workload, "aws_sqs_queue.q", "QueueName"));
    let told = Settings { workspace: Some("prod".to_owned()), ..Settings::default() };
    let workload = read_at(folder.path(), told);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_sqs_queue.q", "QueueName"), "q-2");
}

#[test]
fn an_empty_list_or_a_set_is_a_set() {
    let workload = main(
        r#"
variable "none" {
  type    = set(string)
  default = null
}
resource "aws_sqs_queue" "none" { for_each = var.none == null ? [] : var.none }
resource "aws_sqs_queue" "converted" { for_each = var.none == null ? [] : toset(var.none) }
resource "aws_sqs_queue" "refused" { for_each = [] }
"#,
    );
    assert_eq!(errors(&workload), ["`for_each` goes over a map or a set of strings"]);
    assert_eq!(addresses(&workload), [""; 0]);
}

#[test]
fn of_a_key_that_an_object_has_twice_the_last_counts() {
    let source = "resource \"aws_sqs_queue\" \"q\" {\n  name = { a = \"x\", a = \"y\" }.a\n}\n";
    let workload = main(source);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_sqs_queue.q", "QueueName"), "y");
    let span = property(&workload, "aws_sqs_queue.q", "QueueName").unwrap().span;
    assert_eq!(&source[span.start as usize..span.end as usize], "\"y\"");
    assert_eq!(
        errors(&main("resource \"aws_sqs_queue\" \"q\" {\n  name = \"x\"\n  name = \"y\"\n}\n")).len(),
        1
    );
}

#[test]
fn a_link_is_a_file_of_the_folder_that_it_is_in() {
    let files = [
        ("shared/variables.tf", "variable \"name\" { default = \"shared\" }"),
        ("a/main.tf", "resource \"aws_sqs_queue\" \"a\" { name = var.name }"),
        ("b/main.tf", "resource \"aws_sqs_queue\" \"b\" { name = var.name }"),
        // As git writes a link where it may make none, and as archives hold it.
        ("b/variables.tf", "../shared/variables.tf"),
    ];
    let folder = folder(&files);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../shared/variables.tf", folder.path().join("a/variables.tf")).unwrap();
    #[cfg(not(unix))]
    std::fs::write(folder.path().join("a/variables.tf"), "../shared/variables.tf").unwrap();
    let workload = read_at(folder.path(), Settings::default());
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_sqs_queue.a", "QueueName"), "shared");
    assert_eq!(text(&workload, "aws_sqs_queue.b", "QueueName"), "shared");
}

#[test]
fn files_of_what_is_assessed_are_read_from_any_module() {
    let folder = folder(&[
        ("live/main.tf", "module \"m\" { source = \"../m/sub\" }"),
        ("m/sub/main.tf", "resource \"aws_sqs_queue\" \"q\" { name = file(\"${path.module}/../name.txt\") }"),
        ("m/name.txt", "read"),
    ]);
    let address = "module.m.aws_sqs_queue.q";
    let workload = read_at(folder.path(), Settings::default());
    assert_eq!(text(&workload, address, "QueueName"), "read");
    let workload = read_at(&folder.path().join("live"), Settings::default());
    assert_eq!(errors(&workload), [""; 0]);
    assert!(is_unknown(&workload, address, "QueueName"));
}

#[test]
fn a_module_outside_of_what_was_named_has_no_absolute_path() {
    let folder = folder(&[
        ("live/main.tf", "module \"m\" { source = \"../m\" }"),
        ("m/main.tf", "resource \"aws_sqs_queue\" \"q\" { name = \"${path.module}\" }"),
    ]);
    let workload = read_at(&folder.path().join("live"), Settings::default());
    assert_eq!(text(&workload, "module.m.aws_sqs_queue.q", "QueueName"), "../m");
    let module = workload.files.iter().find(|file| file.path.ends_with("/m/main.tf")).unwrap();
    assert!(module.path.starts_with("../"), "{}", module.path);
}

#[test]
fn a_module_that_nobody_fetched_is_said_once() {
    let call = "module \"m\" { source = \"terraform-aws-modules/vpc/aws\" }";
    let workload = read_files(&[("a/main.tf", call), ("b/main.tf", call), ("c/main.tf", call)]);
    assert_eq!(workload.problems.len(), 1);
    let help = workload.problems[0].help.as_deref().unwrap();
    assert!(help.contains("terraform init"), "{help}");
    assert!(help.contains("b/main.tf:1") && help.contains("c/main.tf:1"), "{help}");
}

#[test]
fn data_sources_give_what_is_known_without_asking() {
    let workload = main(
        r#"
variable "who" { type = string }
provider "aws" { region = "cn-north-1" }
data "aws_partition" "p" {}
data "template_file" "known" {
  template = "$${a}-%%{ if b == \"x\" }yes%%{ endif }"
  vars     = { a = "1", b = "x" }
}
data "template_file" "partly" {
  template = "arn:$${a}:end"
  vars     = { a = var.who }
}
data "aws_iam_policy" "own" { name = "mine" }
data "aws_region" "other" { region = "eu-west-1" }
resource "aws_sqs_queue" "partition" { name = data.aws_partition.p.partition }
resource "aws_sqs_queue" "known" { name = data.template_file.known.rendered }
resource "aws_sqs_queue" "partly" { name = data.template_file.partly.rendered }
resource "aws_sqs_queue" "policy" { name = data.aws_iam_policy.own.arn }
resource "aws_sqs_queue" "format" { name = format("a-%s-%s", var.who, join("/", ["b", var.who, "c"])) }
resource "aws_sqs_queue" "region" { name = data.aws_region.other.name }
"#,
    );
    assert_eq!(errors(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_sqs_queue.partition", "QueueName"), "aws-cn");
    assert_eq!(text(&workload, "aws_sqs_queue.known", "QueueName"), "1-yes");
    assert_eq!(text(&workload, "aws_sqs_queue.region", "QueueName"), "eu-west-1");
    let ends = |name: &str| {
        let Value::Unknown(unknown) =
            &property(&workload, &format!("aws_sqs_queue.{name}"), "QueueName").unwrap().value
        else {
            panic!("{name} is known")
        };
        let known = unknown.text.as_ref().unwrap();
        (known.prefix().to_owned(), known.suffix().to_owned())
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(ends("partly"), pair("arn:", ":end"));
    assert_eq!(ends("policy"), pair("arn:", "/mine"));
    assert_eq!(ends("format"), pair("a-", "/c"));
}

#[test]
fn values_of_several_types_meet_where_one_of_them_is_not_known() {
    let workload = main(
        r#"
variable "on" { default = true }
resource "aws_sns_topic" "t" { name = "t" }
locals { set = var.on ? { topic = aws_sns_topic.t.arn, name = "q", days = 3, on = true } : {} }
resource "aws_sqs_queue" "q" { name = local.set.name }
resource "aws_sqs_queue" "r" { name = jsonencode(var.on ? { on = true, days = 3 } : {}) }
resource "aws_sqs_queue" "s" { name = jsonencode(var.on ? { a = aws_sns_topic.t.arn } : [1]) }
"#,
    );
    assert_eq!(errors(&workload).len(), 2);
    assert_eq!(text(&workload, "aws_sqs_queue.q", "QueueName"), "q");
}
