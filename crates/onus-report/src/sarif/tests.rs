//! The constraints of the standard and of GitHub, as far as the writer can break them.

use super::{Options, write};
use crate::Show;
use crate::fixture::{hostile, web_shop};
use onus_assess::Assessment;
use serde_json::Value;

fn run(assessment: &Assessment, options: &Options) -> Value {
    let log: Value = serde_json::from_str(&write(assessment, options)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    log["runs"][0].clone()
}

fn assert_valid(run: &Value) {
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        let score: f64 = rule["properties"]["security-severity"].as_str().unwrap().parse().unwrap();
        assert!((0.1..=10.0).contains(&score));
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
        assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
        assert!(rule["helpUri"].as_str().unwrap().starts_with("https://"));
    }
    for result in run["results"].as_array().unwrap() {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        // § 3.27.10: a level other than none goes with the kind `fail` alone.
        assert_eq!(result["kind"] == "fail", result["level"] != "none");
        let fingerprints = result["partialFingerprints"].as_object().unwrap();
        assert!(fingerprints.values().all(|value| !value.as_str().unwrap().is_empty()));
        for location in result["locations"].as_array().unwrap() {
            assert_place(&location["physicalLocation"]);
        }
    }
    let notes = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert!(notes.iter().all(|note| note["message"]["text"].is_string()));
}

fn assert_place(place: &Value) {
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%:".contains(&byte)), "{uri}");
    if place["artifactLocation"]["uriBaseId"].is_string() {
        assert!(!uri.starts_with('/') && !uri.contains(':'), "relative to the root: {uri}");
    }
    let number = |name: &str| place["region"][name].as_u64().unwrap();
    let start = (number("startLine"), number("startColumn"));
    assert!(start.0 >= 1 && start.1 >= 1);
    assert!((number("endLine"), number("endColumn")) >= start);
}

#[test]
fn the_web_shop() {
    insta::assert_snapshot!(write(&web_shop(), &Options::default()));
}

#[test]
fn every_log_is_valid() {
    for show in [Show::Open, Show::All] {
        let options = Options { show, ..Options::default() };
        assert_valid(&run(&web_shop(), &options));
        assert_valid(&run(&hostile("a b/../:\x1b[31m\u{202e}](https://example.com)"), &options));
    }
}

#[test]
fn the_most_severe_results_are_kept_and_the_rest_is_told() {
    let options = Options { max_results: 3, show: Show::All };
    let run = run(&web_shop(), &options);
    assert_valid(&run);
    let levels: Vec<_> =
        run["results"].as_array().unwrap().iter().map(|result| result["level"].clone()).collect();
    assert_eq!(levels, ["error", "error", "error"]);
    let notes = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(
        notes.last().unwrap()["message"]["text"],
        "7 results left out, the least severe: GitHub takes 25000"
    );
}

#[test]
fn a_message_holds_no_embedded_link() {
    let run = run(&hostile("[x](https://example.com)"), &Options::default());
    let text = run["results"][0]["message"]["text"].as_str().unwrap();
    assert!(!text.contains("]("), "{text}");
}

/// The official schema is not ours to copy, so it comes from outside.
#[test]
#[ignore = "needs the official schema: SARIF_SCHEMA=sarif-schema-2.1.0.json cargo test -- --ignored"]
fn every_log_is_valid_by_the_official_schema() {
    let path = std::env::var_os("SARIF_SCHEMA").expect("SARIF_SCHEMA names the official schema");
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // Some editions of the schema carry a pattern with an unpaired bracket here, which no validator compiles.
    for part in ["run", "toolComponent"] {
        if let Some(language) = schema["definitions"][part]["properties"]["language"].as_object_mut() {
            language.remove("pattern");
        }
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    for assessment in [web_shop(), hostile("a b/../:\x1b[31m\u{202e}")] {
        let log = write(&assessment, &Options { show: Show::All, ..Options::default() });
        let errors: Vec<_> = validator
            .iter_errors(&serde_json::from_str(&log).unwrap())
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}
