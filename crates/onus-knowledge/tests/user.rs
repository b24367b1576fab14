//! A user's own files: `onus.yaml`, and checks.

use onus_knowledge::{PropertyIndex, read_check, read_project};

const TYPES: &str =
    "# types\n\nAWS::S3::Bucket BucketName\n. BucketName Versioning>Versioning\nVersioning Status\n";

const PROJECT: &str = "\
system: Shop
boundary: {endpoints: true}
frameworks: [aws-shared-responsibility]
inputs: [templates]
fail-on: high
waivers:
  - check: s3-bucket-versioning
    resource: Logs
    reason: Scratch data.
    approver: ciso@example.com
    expires: 2027-01-31
";

/// What is said about `onus.yaml`, when a piece of its text is another.
#[track_caller]
fn said(from: &str, to: &str) -> Vec<String> {
    assert!(PROJECT.contains(from));
    let errors =
        read_project("onus.yaml", &PROJECT.replacen(from, to, 1)).expect_err("there is a mistake in it");
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn a_project_says_what_it_says() {
    let project = read_project("onus.yaml", PROJECT).unwrap();
    assert_eq!(project.system.as_deref(), Some("Shop"));
    assert!(project.endpoints_in_boundary);
    assert_eq!(project.inputs, ["templates"]);
    assert_eq!(project.fail_on, Some(onus_check::Severity::High));
    let waiver = &project.waivers[0];
    assert_eq!((waiver.line, waiver.expires.to_string().as_str()), (7, "2027-01-31"));
}

#[test]
fn a_file_of_comments_is_an_empty_project() {
    for text in ["", "# nothing yet\n", "\n  # nothing\n\n"] {
        assert_eq!(read_project("onus.yaml", text).unwrap(), onus_knowledge::Project::default());
    }
}

#[test]
fn a_waiver_without_all_that_makes_one_does_not_load() {
    for (line, name) in [
        ("    reason: Scratch data.\n", "reason"),
        ("    approver: ciso@example.com\n", "approver"),
        ("    expires: 2027-01-31\n", "expires"),
    ] {
        let said = said(line, "");
        // The place is where the waiver ends, one line earlier now.
        assert_eq!(said, [format!("onus.yaml:10:5: missing field `{name}`")]);
    }
    assert_eq!(
        said("approver: ciso@example.com", "approver: ' '"),
        ["onus.yaml:7:5: a waiver needs a `approver`"]
    );
    assert_eq!(said("reason: Scratch data.", "reason: ''"), ["onus.yaml:7:5: a waiver needs a `reason`"]);
}

#[test]
fn a_day_that_there_is_not_ends_no_waiver() {
    let said = said("2027-01-31", "2027-02-31");
    assert!(said[0].starts_with("onus.yaml:11:"), "{said:?}");
}

#[test]
fn an_unknown_key_is_refused_on_its_line() {
    let said = said("inputs:", "input:");
    assert!(said[0].starts_with("onus.yaml:4:1: unknown field `input`"), "{said:?}");
}

#[test]
fn an_unknown_framework_is_named_with_the_one_that_was_meant() {
    let project =
        read_project("onus.yaml", &PROJECT.replace("aws-shared-responsibility", "aws-shared-responsability"))
            .unwrap();
    let (unknown, help) =
        onus_knowledge::unknown_framework(&project, &["aws-shared-responsibility"]).unwrap();
    assert_eq!(unknown, "aws-shared-responsability");
    assert_eq!(help.as_deref(), Some("did you mean `aws-shared-responsibility`?"));
    assert!(onus_knowledge::unknown_framework(&project, &[unknown]).is_none());
}

const CHECK: &str = "\
id: our-versions
title: Bucket keeps versions
resource: AWS::S3::Bucket
layer: resilience
severity: low
pass: resource.Versioning.Status == 'Enabled'
why: Gone is gone.
fix: Turn it on.
";

fn check(text: &str) -> Result<onus_check::Check, Vec<String>> {
    let read = read_check("checks/our.yaml", text, &PropertyIndex::new(TYPES), &[]);
    read.map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

#[test]
fn a_check_of_the_users_needs_neither_examples_nor_sources() {
    assert_eq!(check(CHECK).unwrap().id, "our-versions");
}

#[test]
fn a_mistake_in_a_check_of_the_users_is_on_its_line_with_advice() {
    let said = check(&CHECK.replace("Versioning.Status", "Versionin.Status")).unwrap_err();
    assert!(said[0].starts_with("checks/our.yaml:6:7: ") && said[0].contains("did you mean"), "{said:?}");
    let said = check(&CHECK.replace("AWS::S3::Bucket", "AWS::S3::Buckt")).unwrap_err();
    assert!(
        said[0].starts_with("checks/our.yaml:3:11: ") && said[0].contains("did you mean `AWS::S3::Bucket`?"),
        "{said:?}"
    );
    let said = check(&CHECK.replace("severity: low", "severity: lowish")).unwrap_err();
    assert!(said[0].starts_with("checks/our.yaml:5:11: "), "{said:?}");
}

#[test]
fn a_check_of_the_users_takes_no_id_that_there_is() {
    let first = check(CHECK).unwrap();
    let errors = read_check("checks/our.yaml", CHECK, &PropertyIndex::new(TYPES), &[first]).unwrap_err();
    assert_eq!(errors[0].to_string(), "checks/our.yaml:1:5: a check `our-versions` exists already");
}
