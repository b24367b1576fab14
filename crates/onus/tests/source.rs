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
