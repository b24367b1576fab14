//! Terragrunt's folders: which module each runs, and with which values.

#![allow(clippy::unwrap_used)]

mod common;
use common::source::{addresses, folder, messages, property, read_at, read_files, text};
use onus_model::{ProblemKind, Value, Workload};
use onus_workload::terraform::Settings;
use std::collections::BTreeMap;

const MODULE: &str = r#"
variable "name" { type = string }
variable "tags" {
  type    = map(string)
  default = {}
}
variable "ports" {
  type    = list(number)
  default = []
}
resource "aws_s3_bucket" "b" {
  bucket = var.name
  tags   = var.tags
}
"#;

fn reason<'w>(workload: &'w Workload, address: &str, path: &str) -> &'w str {
    let node = property(workload, address, path).unwrap_or_else(|| panic!("{address} has no {path}"));
    let Value::Unknown(unknown) = &node.value else { panic!("{path} is {:?}", node.value) };
    &unknown.reason
}

/// The tags of the first bucket.
fn tags(workload: &Workload) -> Vec<(&str, &str)> {
    let Some(Value::List(tags)) = property(workload, "aws_s3_bucket.b", "Tags").map(|node| &node.value)
    else {
        return Vec::new();
    };
    tags.iter()
        .map(|tag| {
            let text = |key: &str| tag.get(key).unwrap().as_str().unwrap();
            (text("Key"), text("Value"))
        })
        .collect()
}

#[test]
fn the_root_of_a_unit_is_its_folder() {
    let unit = "terraform { source = \"../../modules/store\" }\ninputs = { name = \"n\" }\n";
    let folder = folder(&[
        ("modules/store/main.tf", MODULE),
        ("live/dev/terragrunt.hcl", unit),
        ("live/prod/terragrunt.hcl", unit),
    ]);
    let workload = read_at(folder.path(), Settings::default());
    let top = folder.path().to_str().unwrap();
    let roots: Vec<&str> = workload.roots.iter().map(|root| root.strip_prefix(top).unwrap()).collect();
    assert_eq!(roots, ["/live/dev", "/live/prod"]);
}

#[test]
fn a_unit_gives_its_inputs_to_the_module_that_it_names() {
    let workload = read_files(&[
        ("modules/store/main.tf", MODULE),
        (
            "live/prod/terragrunt.hcl",
            r#"
terraform { source = "../../modules//store" }
locals {
  env  = "prod"
  name = "${local.env}-data"
}
inputs = {
  name = upper(local.name)
  tags = { env = local.env }
}
"#,
        ),
        (
            "live/test/terragrunt.hcl",
            "terraform { source = \"${get_terragrunt_dir()}/../../modules//store\" }\ninputs = merge({ name = \"test\" }, {})",
        ),
    ]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b", "aws_s3_bucket.b"]);
    let names: Vec<&str> = workload
        .resources
        .iter()
        .map(|found| found.properties.get("BucketName").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(names, ["PROD-DATA", "test"]);
    assert_ne!(workload.resources[0].scope, workload.resources[1].scope);
    assert_eq!(tags(&workload), [("env", "prod")]);
    let span = workload.resources[0].properties.get("BucketName").unwrap().span;
    let file = workload.file(span.file);
    assert!(file.path.ends_with("live/prod/terragrunt.hcl"));
    assert_eq!(&file.text[span.start as usize..span.end as usize], "upper(local.name)");
}

#[test]
fn a_unit_without_a_source_runs_what_lies_in_its_folder() {
    let folder = folder(&[
        ("a/main.tf", MODULE),
        ("a/terragrunt.hcl", "inputs = {\n  name = \"given\"\n  tags = { a = 1 }\n}"),
    ]);
    let workload = read_at(&folder.path().join("a/main.tf"), Settings::default());
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "given");
    assert_eq!(tags(&workload), [("a", "1")]);
    let workload = read_at(&folder.path().join("a/terragrunt.hcl"), Settings::default());
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "given");
}

#[test]
fn files_of_values_and_the_environment_count_over_inputs() {
    let folder = folder(&[
        ("m/main.tf", MODULE),
        ("u/terragrunt.hcl", "terraform { source = \"../m\" }\ninputs = { name = \"input\" }"),
    ]);
    let name = |settings: Settings| {
        text(&read_at(folder.path(), settings), "aws_s3_bucket.b", "BucketName").to_owned()
    };
    let environment = || Settings {
        environment: BTreeMap::from([("name".to_owned(), "environment".to_owned())]),
        ..Settings::default()
    };
    assert_eq!(name(Settings::default()), "input");
    assert_eq!(name(environment()), "environment");
    std::fs::write(folder.path().join("m/terraform.tfvars"), "name = \"module\"").unwrap();
    assert_eq!(name(environment()), "module");
    std::fs::write(folder.path().join("u/x.auto.tfvars.json"), r#"{"name": "unit"}"#).unwrap();
    assert_eq!(name(environment()), "unit");
}

#[test]
fn what_is_included_lies_under_the_units_own() {
    let parent = r#"
locals { place = path_relative_to_include() }
inputs = {
  name = "parent-${local.place}"
  tags = { from = "parent", place = local.place }
}
"#;
    let read = |child: &str| {
        let is_old = child.contains("find_in_parent_folders()");
        let workload = read_files(&[
            ("modules/m/main.tf", MODULE),
            (if is_old { "live/terragrunt.hcl" } else { "live/root.hcl" }, parent),
            (
                "live/_envcommon/m.hcl",
                "terraform { source = \"${dirname(find_in_parent_folders(\"root.hcl\"))}/../modules/m\" }\ninputs = { ports = [1] }",
            ),
            ("live/eu/m/terragrunt.hcl", child),
        ]);
        assert_eq!(messages(&workload), [""; 0], "{child}");
        let tags: Vec<String> = tags(&workload).iter().map(|(key, value)| format!("{key}={value}")).collect();
        (text(&workload, "aws_s3_bucket.b", "BucketName").to_owned(), tags.join(" "))
    };
    let source = "terraform { source = \"../../../modules/m\" }";
    let expected = |name: &str, tags: &str| (name.to_owned(), tags.to_owned());
    assert_eq!(
        read(&format!("include {{ path = find_in_parent_folders() }}\n{source}")),
        expected("parent-eu/m", "from=parent place=eu/m")
    );
    assert_eq!(
        read(&format!(
            "include \"root\" {{ path = find_in_parent_folders(\"root.hcl\") }}\n{source}\ninputs = {{ tags = {{ own = \"x\" }} }}"
        )),
        expected("parent-eu/m", "own=x")
    );
    assert_eq!(
        read(&format!(
            "include \"root\" {{\n path = \"../../root.hcl\"\n merge_strategy = \"deep\"\n}}\n{source}\ninputs = {{ tags = {{ own = \"x\" }} }}"
        )),
        expected("parent-eu/m", "from=parent own=x place=eu/m")
    );
    assert_eq!(
        read(
            "include \"root\" {\n path = find_in_parent_folders(\"root.hcl\")\n expose = true\n merge_strategy = \"no_merge\"\n}\ninclude \"common\" { path = \"../../_envcommon/m.hcl\" }\ninputs = { name = \"own-${include.root.locals.place}\" }"
        ),
        expected("own-eu/m", "")
    );
}

#[test]
fn other_files_are_read_for_their_locals() {
    let workload = read_files(&[
        ("m/main.tf", MODULE),
        (
            "live/env.hcl",
            "locals {\n  env = \"prod\"\n  more = read_terragrunt_config(\"more.hcl\").locals.more\n}",
        ),
        ("live/more.hcl", "locals { more = read_terragrunt_config(\"env.hcl\", {}).locals.env }"),
        (
            "live/u/terragrunt.hcl",
            r#"
terraform { source = "../../m" }
locals { env = read_terragrunt_config(find_in_parent_folders("env.hcl")) }
inputs = {
  name = local.env.locals.env
  tags = { more = local.env.locals.more, none = find_in_parent_folders("none.hcl", "nothing") }
}
"#,
        ),
    ]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "prod");
    let Value::List(tags) = &property(&workload, "aws_s3_bucket.b", "Tags").unwrap().value else {
        panic!("no list")
    };
    let Value::Unknown(unknown) = &tags[0].get("Value").unwrap().value else { panic!("it is known") };
    assert_eq!(&*unknown.reason, "`env.hcl` reads itself");
    assert_eq!(tags[1].get("Value").unwrap().as_str(), Some("nothing"));
}

#[test]
fn what_only_terragrunt_could_know_is_unknown_and_says_why() {
    for (input, why) in [
        ("dependency.vpc.outputs.name", "`dependency.vpc` is another unit"),
        ("\"a-${get_env(\"X\")}\"", "`get_env` is a function of Terragrunt's"),
        ("run_cmd(\"rm\", \"-rf\", \"/\")", "`run_cmd` is a function of Terragrunt's"),
        ("file(\"/etc/hostname\")", "outside"),
        ("read_terragrunt_config(\"../main.tf\").locals.x", "there is no file `main.tf`"),
    ] {
        let unit = format!("terraform {{ source = \"../m\" }}\ninputs = {{ name = {input} }}");
        let workload = read_files(&[("m/main.tf", MODULE), ("main.tf", ""), ("u/terragrunt.hcl", &unit)]);
        assert!(reason(&workload, "aws_s3_bucket.b", "BucketName").contains(why), "{input}");
    }
    let whole = "terraform { source = \"../m\" }\ninputs = merge(dependency.a.outputs, { name = \"x\" })";
    let workload = read_files(&[("m/main.tf", MODULE), ("u/terragrunt.hcl", whole)]);
    // What has a default may have been given another value.
    assert!(reason(&workload, "aws_s3_bucket.b", "Tags").contains("dependency.a"));
}

#[test]
fn a_module_that_is_not_there_is_told() {
    for (unit, kind, message) in [
        (
            "terraform { source = \"git::https://example.com/m.git//a?ref=v1\" }",
            ProblemKind::NotEvaluated,
            "git::https://example.com/m.git//a?ref=v1",
        ),
        ("terraform { source = \"../none\" }", ProblemKind::Invalid, "there is no folder `../none`"),
        ("terraform { source = \"../empty\" }", ProblemKind::Invalid, "there is no Terraform source"),
        (
            "terraform { source = \"${get_env(\"M\")}//m\" }",
            ProblemKind::NotEvaluated,
            "which module this runs is not known: `get_env`",
        ),
        ("inputs = {}", ProblemKind::NotEvaluated, "names no module to run"),
        ("terraform { source = nothing.x }", ProblemKind::Invalid, "there is no `nothing.x` here"),
        ("inputs = {", ProblemKind::Syntax, "not Terraform's syntax"),
    ] {
        let workload = read_files(&[("empty/readme", ""), ("u/terragrunt.hcl", unit)]);
        let found = workload.problems.iter().find(|problem| problem.kind == kind);
        assert!(found.is_some_and(|problem| problem.message.contains(message)), "{:?}", workload.problems);
        assert!(workload.resources.is_empty());
    }
}

#[test]
fn an_include_that_cannot_be_read_leaves_what_it_may_give_unknown() {
    let workload = read_files(&[
        ("m/main.tf", MODULE),
        (
            "u/terragrunt.hcl",
            "include \"root\" { path = find_in_parent_folders(\"missing.hcl\") }\nterraform { source = \"../m\" }\ninputs = { name = \"own\" }",
        ),
    ]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "own");
    assert!(reason(&workload, "aws_s3_bucket.b", "Tags").contains("missing.hcl"));
    assert!(messages(&workload)[0].contains("there is no `missing.hcl` in the folders above"));
}

#[test]
fn a_plan_in_the_units_folder_counts() {
    let plan = r#"{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
        {"address":"aws_s3_bucket.b","mode":"managed","type":"aws_s3_bucket","name":"b","values":{"bucket":"of-the-plan"}}]}}}"#;
    let workload = read_files(&[
        ("m/main.tf", MODULE),
        ("u/terragrunt.hcl", "terraform { source = \"../m\" }\ninputs = { name = \"x\" }"),
        ("u/plan.json", plan),
    ]);
    assert_eq!(addresses(&workload), ["aws_s3_bucket.b"]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), "of-the-plan");
}

#[test]
fn files_of_the_unit_lie_beside_the_modules() {
    let workload = read_files(&[
        ("m/main.tf", MODULE),
        ("u/terragrunt.hcl", "terraform { source = \"../m\" }\ninputs = { name = \"x\" }"),
        ("u/provider.tf.json", r#"{"provider": {"aws": {"region": "eu-west-1"}}}"#),
    ]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(workload.resources.len(), 1);
    assert_eq!(workload.resources[0].region.as_deref(), Some("eu-west-1"));
}

#[test]
fn what_terragrunt_would_write_is_read() {
    let parent = r#"
locals { region = "eu-west-1" }
generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<-EOF
    provider "aws" {
      region = "${local.region}"
      default_tags { tags = { unit = "${path_relative_to_include()}" } }
    }
  EOF
}
generate "backend" {
  path      = "backend.tf"
  if_exists = "overwrite"
  contents  = "terraform {}"
}
generate "versions" {
  path      = "versions.tf"
  contents  = get_env("X")
}
"#;
    let workload = read_files(&[
        ("m/main.tf", MODULE),
        ("live/root.hcl", parent),
        (
            "live/u/terragrunt.hcl",
            "include \"root\" { path = find_in_parent_folders(\"root.hcl\") }\nterraform { source = \"../../m\" }\ninputs = { name = \"x\" }",
        ),
    ]);
    assert_eq!(
        messages(&workload),
        [
            "what `versions.tf` would hold is not known: `get_env` is a function of Terragrunt's that is not run"
        ]
    );
    assert_eq!(workload.resources[0].region.as_deref(), Some("eu-west-1"));
    assert_eq!(tags(&workload), [("unit", "u")]);
    let names: Vec<&str> = workload.files.iter().filter_map(|file| file.path.rsplit('/').next()).collect();
    assert_eq!(names, ["terragrunt.hcl", "main.tf", "root.hcl", "provider.tf"]);
}

#[test]
fn a_variable_of_text_takes_other_values_as_json() {
    let workload = read_files(&[
        ("m/main.tf", MODULE),
        ("u/terragrunt.hcl", "terraform { source = \"../m\" }\ninputs = { name = { a = [1] } }"),
    ]);
    assert_eq!(text(&workload, "aws_s3_bucket.b", "BucketName"), r#"{"a":[1]}"#);
}

#[test]
fn secrets_among_inputs_are_not_shown() {
    let workload = read_files(&[
        ("root.hcl", "inputs = { api_token = \"hunter2\" }"),
        ("m/main.tf", MODULE),
        (
            "u/terragrunt.hcl",
            "include \"root\" { path = \"../root.hcl\" }\nterraform { source = \"../m\" }\ninputs = {\n  name = \"x\"\n  db_password = \"correct horse\"\n}",
        ),
    ]);
    assert_eq!(messages(&workload), ["a credential is written out here (password)"]);
    for file in &workload.files {
        let shown = file.quotable().unwrap();
        assert!(!shown.contains("hunter2") && !shown.contains("correct horse"), "{shown}");
    }
}

#[test]
fn what_goes_round_in_circles_ends() {
    let unit = r#"
terraform { source = "../m" }
locals { y = local.y }
inputs = {
  name = read_terragrunt_config("../a.hcl").locals.x
  tags = local.y
}
"#;
    let workload = read_files(&[
        ("m/main.tf", MODULE),
        ("a.hcl", "locals { x = read_terragrunt_config(\"b.hcl\").locals.x }"),
        ("b.hcl", "locals { x = read_terragrunt_config(\"a.hcl\").locals.x }"),
        ("u/terragrunt.hcl", unit),
        ("v/terragrunt.hcl", "include { path = \"terragrunt.hcl\" }\nterraform { source = \"../m\" }"),
    ]);
    assert!(reason(&workload, "aws_s3_bucket.b", "BucketName").contains("reads itself"));
    assert!(reason(&workload, "aws_s3_bucket.b", "Tags").contains("refers to itself"));
}
