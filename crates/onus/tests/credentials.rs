//! No output of any format holds a secret, wherever it was planted.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::path::Path;
use std::process::Command;

/// What every planted secret has in it; nothing else does.
const PLANTED: &str = "pl4nted";

const TEMPLATE: &str = r#"AWSTemplateFormatVersion: '2010-09-09'
Description: 'to log in: password=pl4ntedDescription1'
Parameters:
  DbPassword: {Type: String, Default: pl4ntedDefault1}
  Hidden: {Type: String, NoEcho: true, Default: pl4ntedHidden1}
  Url: {Type: String, Default: 'postgres://app:pl4ntedUnused1@db/shop'}
  Stage: {Type: String}
Mappings:
  Accounts: {prod: {DbPassword: pl4ntedMapping1}}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          PASSWORD = "pl4ntedCode1"
      Environment:
        Variables:
          DB_PASSWORD: pl4ntedVariable1
          OTHER_PASSWORD: !Ref DbPassword
          MAPPED_PASSWORD: !FindInMap [Accounts, prod, DbPassword]
          URL: !Sub 'postgres://app:pl4ntedUrl1@${Stage}/shop'
          DOCUMENT: '{"name": "x", "password": "pl4ntedJson1"}'
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          export STAGE=${Stage}
          export DB_PASSWORD=pl4ntedScript1
          mysql --password=pl4ntedFlag1
  Encoded:
    Type: AWS::EC2::Instance
    Properties:
      UserData: IyEvYmluL2Jhc2gKZXhwb3J0IERCX1BBU1NXT1JEPXBsNG50ZWRCYXNlNjQK
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: nginx
          Environment: [{Name: API_KEY, Value: pl4ntedKey1234}]
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: '{"States": {"A": {"Parameters": {"password": "pl4ntedState1"}}}}'
  Bucket:
    Type: AWS::S3::Bucket
    # onus:ignore s3-bucket-versioning reason="password=pl4ntedReason1" approver="a" expires=2030-01-01
    Properties:
      VersioningConfiguration: {Status: !Select [0, [Enabled]]}
Outputs:
  Login: {Value: 'postgres://app:pl4ntedOutput1@db/shop'}
"#;

const SOURCE: &str = r##"
variable "db_password" {
  default = "pl4ntedTerraform1"
}
variable "settings" {
  default = { password = "pl4ntedTerraform2" }
}
variable "stage" {}
provider "aws" {
  region     = "eu-west-1"
  secret_key = "pl4ntedTerraform3"
}
locals {
  api_key = "pl4ntedTerraform4"
}
resource "aws_lambda_function" "one" {
  function_name = "one"
  environment {
    variables = { DB_PASSWORD = var.db_password, KEY = local.api_key }
  }
}
resource "aws_ecs_task_definition" "text" {
  family                = "text"
  container_definitions = <<EOF
[{"name": "a", "environment": [{"name": "DB_PASSWORD", "value": "pl4ntedTerraform5"}]}]
EOF
}
resource "aws_instance" "one" {
  user_data = <<-EOF
    #!/bin/bash
    mysql --password=pl4ntedTerraform6 ${var.stage}
  EOF
}
resource "aws_launch_template" "one" {
  user_data = base64encode("export DB_PASSWORD=pl4ntedTerraform7\necho ${var.stage}")
}
resource "aws_ssm_parameter" "one" {
  name  = "/shop/db/password"
  type  = "SecureString"
  value = "pl4ntedTerraform8"
}
resource "aws_codebuild_project" "one" {
  environment {
    environment_variable {
      name  = "DB_PASSWORD"
      value = "pl4ntedTerraform9"
    }
  }
}
"##;

const PLAN: &str = r#"{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": [{
  "address": "aws_lambda_function.planned", "mode": "managed", "type": "aws_lambda_function", "name": "planned",
  "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0,
  "values": {"function_name": "planned", "environment": [{"variables": {"DB_PASSWORD": "pl4ntedPlan1"}}]},
  "sensitive_values": {}}]}}}"#;

/// The standard output and error of a run, and the files that it wrote into a folder.
fn run(folder: &Path, arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onus"));
    let output =
        command.args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "1795305600").output().unwrap();
    let broken = arguments.contains(&"broken");
    assert_eq!(output.status.code() == Some(2), broken, "{arguments:?}: {output:?}");
    let name = arguments.join(" ");
    let mut all =
        vec![(format!("{name} (stdout)"), output.stdout), (format!("{name} (stderr)"), output.stderr)];
    let written = folder.join("out");
    if let Ok(entries) = std::fs::read_dir(&written) {
        for entry in entries {
            let path = entry.unwrap().path();
            all.push((format!("{name}: {}", path.display()), std::fs::read(&path).unwrap()));
        }
        std::fs::remove_dir_all(&written).unwrap();
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

/// Of a workbook the texts of its parts, which are compressed.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.starts_with(b"PK") {
        return bytes;
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for at in 0..archive.len() {
        std::io::copy(&mut archive.by_index(at).unwrap(), &mut all).unwrap();
    }
    all
}

#[test]
fn no_output_holds_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::create_dir_all(here.join("code/plan")).unwrap();
    std::fs::write(here.join("code/template.yaml"), TEMPLATE).unwrap();
    std::fs::write(here.join("code/main.tf"), SOURCE).unwrap();
    std::fs::write(here.join("code/plan/plan.json"), PLAN).unwrap();
    std::fs::create_dir_all(here.join("broken")).unwrap();
    std::fs::write(here.join("broken/syntax.yaml"), format!("{TEMPLATE}\n  : [\n")).unwrap();
    let senseless = TEMPLATE.replace("!Select [0, [Enabled]]", "!Select ['password=pl4ntedChoice1', [a]]");
    std::fs::write(here.join("broken/senseless.yaml"), senseless).unwrap();
    std::fs::write(here.join("broken/syntax.tf"), format!("{SOURCE}\n}}")).unwrap();
    let formats = ["terminal", "json", "sarif", "junit", "markdown", "html"];
    let mut outputs = Vec::new();
    for format in formats {
        outputs.extend(run(here, &["assess", "code", "--show", "all", "--format", format]));
        outputs.extend(run(here, &["assess", "broken", "--show", "all", "--format", format]));
    }
    for format in ["csv", "xlsx", "html"] {
        let file = format!("out/matrix.{format}");
        std::fs::create_dir_all(here.join("out")).unwrap();
        outputs.extend(run(
            here,
            &["matrix", "code", "--framework", "nist-800-53-r5", "--format", format, "-o", &file],
        ));
    }
    outputs.extend(run(here, &["export", "all", "code", "--framework", "nist-800-53-r5", "-o", "out"]));
    outputs.extend(run(here, &["why", "ia-5", "code"]));
    // The base64 of a script is hidden as its text is.
    let encoded = ["IyEvYmluL2Jhc2gK", "ZXhwb3J0IERCX1BB"];
    for (name, bytes) in outputs {
        let bytes = unpacked(bytes);
        assert!(!holds(&bytes, PLANTED), "{name} holds a secret: {}", around(&bytes));
        assert!(!encoded.iter().any(|text| holds(&bytes, text)), "{name} holds encoded user data");
    }
}

fn around(bytes: &[u8]) -> String {
    let at = bytes
        .windows(PLANTED.len())
        .position(|own| own.eq_ignore_ascii_case(PLANTED.as_bytes()))
        .unwrap_or(0);
    String::from_utf8_lossy(&bytes[at.saturating_sub(200)..(at + 60).min(bytes.len())]).into_owned()
}

#[test]
fn every_planted_credential_is_found_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(here.join("template.yaml"), TEMPLATE).unwrap();
    std::fs::write(here.join("main.tf"), SOURCE).unwrap();
    let (_, json) = run(here, &["assess", ".", "--format", "json"]).swap_remove(0);
    let report: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let failed = |check: &str, resource: &str, file: &str, line: usize| {
        let all = report["findings"].as_array().unwrap();
        let found = all.iter().find(|own| own["check"] == check && own["resource"] == resource);
        let found = found.unwrap_or_else(|| panic!("{check} says nothing of {resource}"));
        assert_eq!(found["outcome"], "fail", "{found}");
        assert_eq!(
            (&found["source"]["file"], &found["source"]["line"]),
            (&file.into(), &line.into()),
            "{found}"
        );
    };
    let line = |text: &str, part: &str| text[..text.find(part).unwrap()].matches('\n').count() + 1;
    let template = |check: &str, resource: &str, part: &str| {
        failed(check, resource, "template.yaml", line(TEMPLATE, part))
    };
    template("lambda-function-credentials", "Function", "DB_PASSWORD: pl4ntedVariable1");
    template("ec2-instance-credentials", "Encoded", "UserData: Iy");
    template("ecs-container-credentials", "Task", "pl4ntedKey1234");
    template("stepfunctions-machine-credentials", "Machine", "pl4ntedState1");
    let source =
        |check: &str, resource: &str, part: &str| failed(check, resource, "main.tf", line(SOURCE, part));
    source("lambda-function-credentials", "aws_lambda_function.one", "pl4ntedTerraform1");
    source("ec2-instance-credentials", "aws_instance.one", "user_data = <<-EOF");
    source("ec2-launch-template-credentials", "aws_launch_template.one", "user_data = base64encode");
    source("ssm-parameter-credentials", "aws_ssm_parameter.one", "pl4ntedTerraform8");
    source("codebuild-variable-credentials", "aws_codebuild_project.one", "pl4ntedTerraform9");
    // What no check looks at is a notice at its place.
    let noticed = |file: &str, line: usize| {
        let all = report["problems"].as_array().unwrap();
        let found = |own: &&serde_json::Value| {
            own["kind"] == "credential" && own["source"]["file"] == file && own["source"]["line"] == line
        };
        assert!(all.iter().any(|own| found(&own)), "nothing is said of {file}:{line}");
    };
    for part in ["pl4ntedDefault1", "pl4ntedUnused1", "pl4ntedMapping1", "pl4ntedOutput1"] {
        noticed("template.yaml", line(TEMPLATE, part));
    }
    for part in ["pl4ntedTerraform2", "pl4ntedTerraform3"] {
        noticed("main.tf", line(SOURCE, part));
    }
}
