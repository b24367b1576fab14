//! Terraform source gives the findings that its plan gives, or says that it does not know.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The findings of an assessment, by check and resource.
fn findings(arguments: &[&str]) -> BTreeMap<(String, String), String> {
    let output = Command::new(env!("CARGO_BIN_EXE_onus"))
        .args(["assess", "--format", "json"])
        .args(arguments)
        // No project file lies above it.
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(report["problems"], serde_json::json!([]), "{arguments:?}");
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let all = report["findings"].as_array().unwrap().iter();
    all.map(|finding| ((text(finding, "check"), text(finding, "resource")), text(finding, "outcome")))
        .collect()
}

#[test]
fn the_examples_source_agrees_with_its_plan() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/web-shop-terraform");
    let of_plan = findings(&[example.join("plan.json").to_str().unwrap()]);

    let copy = tempfile::tempdir().unwrap();
    for entry in sources(&example) {
        let target = copy.path().join(entry.strip_prefix(&example).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&entry, target).unwrap();
    }
    // The values that the plan was made with.
    let of_source = findings(&[
        copy.path().to_str().unwrap(),
        "--var",
        "certificate_arn=arn:aws:acm:eu-central-1:123456789012:certificate/6f0d2a4e-1c0b-4e55-9d5c-0e8f2b7a9c31",
        "--var",
        "database_password=any",
        "--var",
        "minor_upgrades=true",
    ]);

    for (key, outcome) in &of_plan {
        assert_eq!(of_source.get(key), Some(outcome), "{key:?}");
    }
    for (key, outcome) in &of_source {
        let agrees = of_plan.get(key) == Some(outcome) || outcome == "undetermined";
        assert!(agrees, "{key:?} is {outcome} in the source only");
    }
    assert!(of_plan.len() > 40);
}

/// What a command prints in a folder.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_onus")).args(arguments).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn of_a_module_that_two_roots_call_each_report_says_whose_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("envs/dev/main.tf", "module \"m\" { source = \"../../m\" }");
    write("envs/prod/main.tf", "module \"m\" { source = \"../../m\" }");
    write("m/main.tf", "resource \"aws_sqs_queue\" \"q\" {\n  sqs_managed_sse_enabled = false\n}\n");
    let assess = |format: &str| printed(folder.path(), &["assess", ".", "--no-html", "--format", format]);

    let terminal = assess("terminal");
    assert!(
        terminal.contains("  In     module.m.aws_sqs_queue.q, aws_sqs_queue, of envs/dev\n"),
        "{terminal}"
    );
    assert!(
        terminal.contains("  Also   module.m.aws_sqs_queue.q of envs/prod in m/main.tf:2:29\n"),
        "{terminal}"
    );
    assert!(assess("markdown").contains("`module.m.aws_sqs_queue.q`<br>of `envs/prod`"));
    assert!(assess("sarif").contains("\"envs/prod: module.m.aws_sqs_queue.q\""));
    assert!(assess("junit").contains("sqs-queue-encryption: module.m.aws_sqs_queue.q of envs/prod\""));

    let dev = printed(folder.path(), &["assess", "envs/dev", "--no-html", "--format", "json"]);
    write("baseline.json", &dev);
    let both = ["assess", "envs", "--no-html", "--format", "json", "--baseline", "baseline.json"];
    let both: Value = serde_json::from_str(&printed(folder.path(), &both)).unwrap();
    let open = both["findings"].as_array().unwrap().iter().filter(|finding| finding["outcome"] == "fail");
    let marked: Vec<_> = open.map(|finding| (&finding["root"], &finding["in_baseline"])).collect();
    assert!(marked.iter().any(|(root, _)| *root == "envs/prod"), "{both}");
    assert!(marked.iter().all(|(root, known)| **known == (*root == "envs/dev")), "{marked:?}");

    let one = printed(folder.path(), &["assess", "envs/dev", "--no-html"]);
    assert!(!one.contains(" of envs/dev"), "{one}");
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "tf") {
                found.push(path);
            }
        }
    }
    found
}
