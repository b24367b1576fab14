//! The action, the hook and the page about pull requests agree with the program. `UPDATE_DOCS=1` renews the page.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn onus(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_onus"))
        .args(arguments)
        .current_dir(root())
        .env("SOURCE_DATE_EPOCH", "1795305600")
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The scripts of the action, by the names of their steps.
fn scripts() -> Vec<(String, String)> {
    let action = yaml(&text("action.yml"));
    let steps = action["runs"]["steps"].as_array().unwrap();
    let word = |step: &Value, key: &str| step[key].as_str().unwrap().to_owned();
    steps.iter().map(|step| (word(step, "name"), word(step, "run"))).collect()
}

fn script(name: &str) -> String {
    scripts().into_iter().find(|(step, _)| step == name).unwrap().1
}

/// The options in a text, without their values.
fn options(text: &str) -> BTreeSet<String> {
    let words = text.split(|char: char| char.is_whitespace() || "\"'()=,[]".contains(char));
    let options = words.filter(|word| word.len() > 2 && word.starts_with("--"));
    options.map(str::to_owned).collect()
}

/// Fails for options that the command's help does not have.
fn known(command: &str, used: &BTreeSet<String>) {
    let help = options(&onus(&[command, "--help"]));
    assert!(!used.is_empty(), "`{command}` uses no options: are they still found?");
    let unknown: Vec<&String> = used.difference(&help).collect();
    assert!(unknown.is_empty(), "`onus {command}` has no {unknown:?}");
}

#[test]
fn the_actions_options_are_the_programs() {
    for (step, command) in [("Compare", "matrix"), ("Assess", "assess")] {
        let script = script(step);
        let calls = script.lines().filter(|line| line.contains("onus ") && !line.contains("echo "));
        for call in calls.filter(|line| line.contains("--")) {
            assert!(call.contains(&format!("onus {command} ")), "{call}");
        }
        known(command, &options(&script));
    }
    let severities = text("docs/pull-request.md");
    for severity in ["low", "medium", "high", "critical", "none"] {
        assert!(severities.contains(&format!("`{severity}`")), "{severity}");
    }
}

#[test]
fn no_input_is_expanded_into_a_script() {
    for (name, script) in scripts() {
        assert!(!script.contains("${{"), "{name}");
    }
}

#[test]
fn the_hook_is_one_that_the_program_and_the_page_know() {
    let hooks = yaml(&text(".pre-commit-hooks.yaml"));
    let hook = &hooks.as_array().unwrap()[0];
    let entry = hook["entry"].as_str().unwrap();
    assert!(entry.starts_with("onus assess "), "{entry}");
    assert_eq!(hook["pass_filenames"], false);
    let page = yaml(blocks()[1].as_str());
    let used = &page["repos"][0]["hooks"][0];
    assert_eq!(used["id"], hook["id"]);
    known("assess", &options(&format!("{entry} {}", used["args"])));
}

#[test]
fn the_workflow_of_the_page_uses_what_the_action_has() {
    let action = yaml(&text("action.yml"));
    let block = &blocks()[0];
    let workflow = yaml(block);
    let steps = workflow["jobs"]["onus"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == "onus").unwrap();
    let page = text("docs/pull-request.md");
    for input in step["with"].as_object().unwrap().keys() {
        assert!(action["inputs"].get(input).is_some(), "there is no input `{input}`");
    }
    for input in action["inputs"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("| `{input}` |")), "the page does not name `{input}`");
    }
    for rest in block.split("steps.onus.outputs.").skip(1) {
        let name: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
        assert!(action["outputs"].get(&name).is_some(), "there is no output `{name}`");
    }
    let frameworks = onus(&["list", "frameworks", "--json"]);
    assert!(frameworks.contains(&format!("\"{}\"", step["with"]["framework"].as_str().unwrap())));
}

/// The blocks of YAML on the page.
fn blocks() -> Vec<String> {
    let page = text("docs/pull-request.md");
    let blocks = page.split("```yaml\n").skip(1);
    blocks.map(|rest| rest.split_once("```").unwrap().0.to_owned()).collect()
}

#[test]
fn the_comment_on_the_page_is_true() {
    const OPENING: &str = "```markdown\n";
    let printed = onus(&[
        "matrix",
        "--compare",
        "examples/pull-request/before",
        "examples/pull-request/after",
        "--framework",
        "fedramp-r5-moderate",
        "--format",
        "markdown",
    ]);
    let page = text("docs/pull-request.md");
    let start = page.find(OPENING).unwrap() + OPENING.len();
    let end = start + page[start..].rfind("```").unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let renewed = format!("{}{printed}{}", &page[..start], &page[end..]);
        std::fs::write(root().join("docs/pull-request.md"), renewed).unwrap();
    } else {
        assert_eq!(
            &page[start..end],
            printed,
            "renew it: UPDATE_DOCS=1 cargo test -p onus --test pull_request"
        );
    }
}

/// A repository with the example's two states as its commits, and a folder for what a runner keeps.
#[cfg(unix)]
struct Runner {
    repository: tempfile::TempDir,
    temp: tempfile::TempDir,
}

#[cfg(unix)]
impl Runner {
    fn new() -> Self {
        let runner = Self { repository: tempfile::tempdir().unwrap(), temp: tempfile::tempdir().unwrap() };
        runner.git(&["init", "--initial-branch", "main"]);
        std::fs::create_dir(runner.repository.path().join("infra")).unwrap();
        for state in ["before", "after"] {
            let from = root().join("examples/pull-request").join(state).join("shop.yaml");
            std::fs::copy(from, runner.repository.path().join("infra/shop.yaml")).unwrap();
            runner.git(&["add", "."]);
            runner.git(&["commit", "-m", state]);
        }
        runner
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .current_dir(self.repository.path())
            .args(["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .output();
        assert!(output.unwrap().status.success(), "git {arguments:?}");
    }

    /// Runs a step as the runner does.
    fn step(&self, name: &str, inputs: &[(&str, &str)]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_onus")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script(name)])
            .current_dir(self.repository.path())
            .env("PATH", path)
            .env("RUNNER_TEMP", self.temp.path())
            .env("GITHUB_OUTPUT", self.temp.path().join("output"))
            .env("GITHUB_STEP_SUMMARY", self.temp.path().join("summary"))
            .envs(inputs.iter().copied())
            .output()
            .unwrap()
    }

    fn kept(&self, file: &str) -> String {
        std::fs::read_to_string(self.temp.path().join(file)).unwrap_or_default()
    }
}

#[cfg(unix)]
#[test]
fn the_action_says_what_moved_and_names_files_as_the_repository_does() {
    let runner = Runner::new();
    let output = runner.step("Compare", &[("ONUS_PATHS", "infra\n"), ("ONUS_BASE", "main~1")]);
    assert!(output.status.success(), "{output:?}");
    let summary = runner.kept("summary");
    assert!(summary.starts_with("### What moves from main\\~1 to HEAD\n"), "{summary}");
    assert!(summary.contains("1 duty newly unmet") && summary.contains("`infra/shop.yaml:16`"), "{summary}");
    assert_eq!(runner.kept("onus.md"), summary);
    assert!(runner.kept("output").starts_with("markdown="));
}

#[cfg(unix)]
#[test]
fn the_action_fails_by_severity_and_keeps_the_sarif_file() {
    let runner = Runner::new();
    for (severity, code) in [("critical", 1), ("none", 0), ("severe", 2)] {
        let output = runner.step("Assess", &[("ONUS_PATHS", "infra"), ("ONUS_FAIL_ON", severity)]);
        assert_eq!(output.status.code(), Some(code), "{severity}: {output:?}");
    }
    let sarif: Value = serde_json::from_str(&runner.kept("onus.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(runner.kept("output").starts_with("sarif="));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_compared_is_not_known_and_no_comparison_is_none() {
    let runner = Runner::new();
    let none = runner.step("Compare", &[("ONUS_BASE", "")]);
    assert!(none.status.success() && runner.kept("summary").is_empty());
    // A file that is named as the base would be compared in its place.
    std::fs::write(runner.repository.path().join("main~1"), "Resources: {}\n").unwrap();
    for base in ["nowhere", "--output=x", "main~1"] {
        let output = runner.step("Compare", &[("ONUS_BASE", base)]);
        assert!(output.status.success(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("::warning::"), "{base}");
        assert!(runner.kept("onus.md").contains("Not known"), "{base}");
    }
}

#[cfg(unix)]
#[test]
fn an_input_is_never_run() {
    let runner = Runner::new();
    let hostile = "$(touch ran)`touch ran`\"; touch ran; \"";
    for step in ["Compare", "Assess"] {
        for input in ["ONUS_PATHS", "ONUS_FRAMEWORK", "ONUS_BASE", "ONUS_FAIL_ON"] {
            let mut inputs = vec![("ONUS_PATHS", "infra"), ("ONUS_BASE", "main~1")];
            inputs.retain(|(name, _)| *name != input);
            inputs.push((input, hostile));
            runner.step(step, &inputs);
        }
    }
    assert!(!runner.repository.path().join("ran").exists());
}
