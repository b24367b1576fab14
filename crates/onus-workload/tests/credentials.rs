//! What is hidden of a file, and where credentials are said to be.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use onus_model::{Place, ProblemKind, SourceFile, Workload};
use onus_workload::{Input, Options, read};

fn of(name: &str, text: &str) -> Workload {
    let input = Input::Text { name: name.to_owned(), text: text.to_owned() };
    read(&[input], &Options::default())
}

/// What is shown of a template, and the lines that notices are on.
#[track_caller]
fn check(text: &str, shown: &str, lines: &[u32]) {
    let workload = of("t.yaml", text);
    let file = workload.files[0].quotable().unwrap();
    let masks = |text: &str| {
        let pieces: Vec<&str> = text.split(SourceFile::MASK).filter(|piece| !piece.is_empty()).collect();
        pieces.join("…")
    };
    assert_eq!(masks(file), shown, "{text}");
    let at = |place: &Place| match place {
        Place::Span(span) => workload.location(*span).line,
        _ => 0,
    };
    let credentials = workload.problems.iter().filter(|problem| problem.kind == ProblemKind::Credential);
    assert_eq!(credentials.map(|problem| at(&problem.place)).collect::<Vec<_>>(), lines, "{text}");
}

#[test]
fn texts_anywhere_in_a_template() {
    check(
        "Resources: {B: {Type: AWS::S3::Bucket}}\nMetadata: {Note: 'password=opensesame'}\n",
        "Resources: {B: {Type: AWS::S3::Bucket}}\nMetadata: {Note: 'password=…'}\n",
        &[2],
    );
    check(
        "Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      P: |\n        export PASSWORD=opensesame\n",
        "Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      P: |\n        export PASSWORD=…\n",
        &[6],
    );
    check(
        "Resources: {B: {Type: AWS::S3::Bucket}}\n# postgres://app:opensesame@db/shop\n",
        "Resources: {B: {Type: AWS::S3::Bucket}}\n# postgres://app:…@db/shop\n",
        &[2],
    );
}

#[test]
fn defaults_of_parameters_by_their_names() {
    check(
        "Parameters: {DbPassword: {Type: String, Default: opensesame}}\nResources: {B: {Type: AWS::S3::Bucket}}\n",
        "Parameters: {DbPassword: {Type: String, Default: …}}\nResources: {B: {Type: AWS::S3::Bucket}}\n",
        &[1],
    );
    for harmless in ["prod/db", "''", "'{{resolve:ssm-secure:/db:1}}'"] {
        let text =
            format!("Parameters: {{DbPassword: {{Type: String, Default: {harmless}}}}}\nResources: {{}}\n");
        let workload = of("t.yaml", &text);
        assert!(
            !workload.problems.iter().any(|problem| problem.kind == ProblemKind::Credential),
            "{harmless}"
        );
    }
}

#[test]
fn encoded_text_is_hidden_whole_also_over_several_lines() {
    let text = "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: >-\n        IyEvYmluL2Jhc2gK\n        ZXhwb3J0IERCX1BBU1NXT1JEPW9wZW5zZXNhbWUK\n";
    let workload = of("t.yaml", text);
    let shown = workload.files[0].quotable().unwrap();
    assert!(!shown.contains("ZXhwb3J0"), "{shown}");
}

#[test]
fn messages_and_reasons_hold_nothing_of_it() {
    let text = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    # onus:ignore x reason=\"password=opensesame\" approver=\"a\" expires=2030-01-01\n    Properties:\n      BucketName: !Select [0, 'password=opensesame']\n";
    let workload = of("t.yaml", text);
    let said = format!("{:?}{:?}", workload.problems, workload.suppressions);
    assert!(!said.contains("opensesame"), "{said}");
}

#[test]
fn the_documented_keys_are_hidden_and_not_reported() {
    check(
        "Resources: {B: {Type: AWS::S3::Bucket}}\nMetadata: {Key: AKIAIOSFODNN7EXAMPLE}\n",
        "Resources: {B: {Type: AWS::S3::Bucket}}\nMetadata: {Key: …}\n",
        &[],
    );
}

#[test]
fn terraform_defaults_and_providers() {
    let folder = tempfile::tempdir().unwrap();
    let text = "variable \"db_password\" {\n  default = \"opensesame\"\n}\nprovider \"aws\" {\n  secret_key = \"opensesame\"\n}\nvariable \"stage\" {\n  default = \"production\"\n}\n";
    std::fs::write(folder.path().join("main.tf"), text).unwrap();
    let workload = read(&[Input::Path(folder.path().to_owned())], &Options::default());
    let file = workload.files[0].quotable().unwrap();
    assert!(!file.contains("opensesame") && file.contains("production"), "{file}");
    let said: Vec<u32> = workload
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::Credential)
        .filter_map(|problem| match problem.place {
            Place::Span(span) => Some(workload.location(span).line),
            _ => None,
        })
        .collect();
    assert_eq!(said, [2, 5]);
}
