//! The command line as its users meet it: what is printed, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The day of the tests: 2026-11-22.
const DATE: &str = "1795305600";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onus"));
    command.args(arguments).current_dir(root()).env("SOURCE_DATE_EPOCH", DATE);
    command
}

fn onus(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let all: Vec<&str> = ["assess", "--format", "json"].iter().chain(arguments).copied().collect();
    serde_json::from_slice(&onus(&all).stdout).unwrap()
}

fn findings<'v>(report: &'v Value, outcome: &str) -> Vec<&'v Value> {
    report["findings"].as_array().unwrap().iter().filter(|finding| finding["outcome"] == outcome).collect()
}

#[test]
fn sessions() {
    std::env::set_current_dir(root()).unwrap();
    trycmd::TestCases::new()
        .env("SOURCE_DATE_EPOCH", DATE)
        .env("COLUMNS", "80")
        .case("crates/onus/tests/cmd/*.trycmd")
        .run();
}

#[test]
fn a_baseline_silences_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("main.json");
    let baseline = baseline.to_str().unwrap();
    let first = onus(&["assess", "examples/web-shop", "--format", "json", "--output", baseline]);
    assert_eq!(code(&first), 1);
    let again = onus(&["assess", "examples/web-shop", "--no-html", "--baseline", baseline]);
    assert_eq!(code(&again), 0, "{}", stdout(&again));
    let new = [
        "assess",
        "examples/web-shop",
        "--no-html",
        "--baseline",
        baseline,
        "--checks",
        "crates/onus/tests/files/own-check.yaml",
    ];
    let new = onus(&new);
    assert_eq!(code(&new), 1);
    assert!(stdout(&new).contains("own-bucket-named") && !stdout(&new).contains("vpc-security-group-ssh"));
}

#[test]
fn the_severity_that_fails_the_run() {
    let run = |severity: &str| {
        code(&onus(&["assess", "examples/web-shop/data.yaml", "--no-html", "--fail-on", severity]))
    };
    assert_eq!(["none", "low", "medium", "high", "critical"].map(run), [0, 1, 1, 1, 0]);
}

#[test]
fn standard_input_is_read_by_its_content() {
    for path in ["examples/web-shop/audit.yaml", "examples/web-shop-terraform/plan.json"] {
        let mut child = command(&["assess", "-", "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&std::fs::read(root().join(path)).unwrap()).unwrap();
        let report: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
        let resources = report["resources"].as_array().unwrap();
        assert!(resources.iter().any(|resource| resource["type"] == "AWS::CloudTrail::Trail"), "{path}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order() {
    for format in ["terminal", "json", "sarif", "junit", "markdown", "html"] {
        let run = |paths: [&str; 2]| {
            let output = onus(&[
                "assess",
                paths[0],
                paths[1],
                "--no-html",
                "--config",
                "examples/serverless/onus.yaml",
                "--format",
                format,
            ]);
            assert!(!output.stdout.is_empty(), "{format}");
            output.stdout
        };
        let (one, other) = ("examples/web-shop/network.yaml", "examples/web-shop/audit.yaml");
        let first = run([one, other]);
        assert!(first == run([one, other]), "{format} differs from run to run");
        assert!(first == run([other, one]), "{format} differs with the order of the paths");
    }
}

#[test]
fn both_forms_of_the_web_shop_have_the_same_findings() {
    let (template, plan) = (json(&["examples/web-shop"]), json(&["examples/web-shop-terraform"]));
    // A waiver in a template's metadata has no counterpart in a plan.
    let counted = |report: &Value| {
        let open = [findings(report, "fail"), findings(report, "waived")].concat();
        let mut checks: Vec<String> = open.iter().map(|finding| finding["check"].to_string()).collect();
        checks.sort();
        checks
    };
    assert!(counted(&template).len() > 20);
    assert_eq!(counted(&template), counted(&plan));
    assert!(plan["problems"].as_array().unwrap().is_empty(), "{}", plan["problems"]);
    let text = plan.to_string() + stdout(&onus(&["assess", "examples/web-shop-terraform", "--no-html"]));
    assert!(!text.contains("correct-horse-battery-staple"), "a secret is shown");
}

#[test]
fn a_project_file_names_inputs_and_waives() {
    let output = command(&["assess", "--format", "json"])
        .current_dir(root().join("examples/serverless"))
        .output()
        .unwrap();
    assert_eq!(code(&output), 1);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let waived = findings(&report, "waived");
    assert_eq!(waived.iter().map(|finding| &finding["check"]).collect::<Vec<_>>(), ["s3-bucket-access-logs"]);
}

#[test]
fn a_duty_that_aws_meets_by_itself_is_not_called_yours() {
    let output = onus(&["assess", "--no-html", "--config", "examples/serverless/onus.yaml"]);
    let text = stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Whose Server-side encryption on ECR is AWS's duty as it is set up: Amazon ECR, key of a repository's"), "{text}");
    assert!(text.contains("Yours Identity and access on Cognito is your duty: Amazon Cognito, threat protection: not enforced"), "{text}");
}

#[test]
fn init_writes_a_file_that_changes_nothing_and_keeps_one_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| command(arguments).current_dir(folder.path()).output().unwrap();
    assert_eq!(code(&run(&["init"])), 0);
    let path = folder.path().join("onus.yaml");
    std::fs::write(&path, std::fs::read_to_string(&path).unwrap() + "system: kept\n").unwrap();
    let again = run(&["init"]);
    assert_eq!(code(&again), 2);
    assert!(String::from_utf8_lossy(&again.stderr).contains("exists already"));
    assert!(std::fs::read_to_string(&path).unwrap().ends_with("system: kept\n"));
    let assessed = run(&["assess", "--services", "s3", "--no-html"]);
    assert!(stdout(&assessed).starts_with("kept\n"), "{}", stdout(&assessed));
}

#[test]
fn an_input_that_is_not_there_leaves_the_last_page_alone() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(&["assess", "nowhere"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(!folder.path().join("onus-report.html").exists());
}

/// A repository of git with two commits: an ECS service moves from EC2 to Fargate.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .current_dir(folder.path())
            .args(["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    };
    git(&["init", "--initial-branch", "main"]);
    for launch in ["EC2", "FARGATE"] {
        let template = format!(
            "Resources:\n  Shop: {{Type: AWS::ECS::Service, Properties: {{LaunchType: {launch}, TaskDefinition: web}}}}\n"
        );
        std::fs::create_dir_all(folder.path().join("infra")).unwrap();
        std::fs::write(folder.path().join("infra/shop.yaml"), template).unwrap();
        git(&["add", "."]);
        git(&["commit", "-m", launch]);
    }
    folder
}

#[test]
fn what_moves_between_two_commits() {
    let repository = repository();
    let compare = |arguments: &[&str]| {
        let all: Vec<&str> = ["matrix", "--format", "csv"].iter().chain(arguments).copied().collect();
        command(&all).current_dir(repository.path()).output().unwrap()
    };
    let framework = ["--framework", "nist-800-53-r5-moderate"];
    let moved = compare(&[&["infra", "--compare", "main~1", "main"], framework.as_slice()].concat());
    assert_eq!(code(&moved), 0, "{}", String::from_utf8_lossy(&moved.stderr));
    let text = stdout(&moved);
    // The guest's kernel goes to AWS; flaws of the customer's own software stay the customer's.
    assert!(text.contains("nist-800-53-r5-moderate,si-16,si-16_smt,shared,inherited,"), "{text}");
    assert!(!text.contains(",si-2,,"), "{text}");
    let none = compare(&[&["infra", "--compare", "main", "main"], framework.as_slice()].concat());
    assert_eq!(stdout(&none).lines().count(), 1);
    // The work tree stands where it stood.
    let status = Command::new("git").current_dir(repository.path()).args(["status", "--porcelain"]).output();
    assert!(status.unwrap().stdout.is_empty());
    let unknown = compare(&["infra", "--compare", "main", "nowhere"]);
    assert_eq!(code(&unknown), 2);
    assert!(
        String::from_utf8_lossy(&unknown.stderr)
            .contains("`nowhere` is neither a path nor a revision of git")
    );
}

#[test]
fn the_matrix_as_csv_keeps_its_contract() {
    let output = onus(&["matrix", "examples/web-shop", "--framework", "fedramp-r5-low", "--format", "csv"]);
    assert_eq!(code(&output), 0);
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let contract = [
        "framework",
        "control",
        "statement",
        "class",
        "label",
        "aws_part",
        "customer_part",
        "because",
        "status",
        "evidence",
    ];
    assert_eq!(header[..contract.len()], contract);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let controls = rows.iter().filter(|row| row[2].is_empty()).count();
    assert_eq!(controls, 156);
    for row in &rows {
        assert!(["inherited", "shared", "customer", "not-applicable"].contains(&&row[3]), "{row:?}");
        let (aws, customer) = (!row[5].is_empty(), !row[6].is_empty());
        match &row[3] {
            "inherited" => assert!(aws && !customer, "{row:?}"),
            "shared" => assert!(aws && customer, "{row:?}"),
            "customer" => assert!(customer, "{row:?}"),
            _ => assert!(!customer, "{row:?}"),
        }
        assert!(!row[7].is_empty(), "{row:?}");
    }
    let of = |id: &str| rows.iter().find(|row| &row[1] == id && row[2].is_empty()).unwrap();
    assert_eq!(&of("pe-3")[3], "inherited");
    assert_eq!(&of("pe-1")[3], "customer");
    assert_eq!(&of("si-2")[3], "shared");
    assert_eq!(&of("at-2")[3], "customer");
}

/// What a platform's matrix leaves is accounted for, and the system's own matrix can be handed on in turn.
#[test]
fn systems_in_a_chain() {
    let report = json(&["--config", "examples/on-a-platform/onus.yaml"]);
    let fates: Vec<(&str, &str)> = report["left"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| (left["control"].as_str().unwrap(), left["fate"].as_str().unwrap()))
        .collect();
    assert!(fates.contains(&("ac-2", "taken-and-handed-on")), "{fates:?}");
    assert!(fates.contains(&("pe-6", "handed-on")) && fates.contains(&("pe-8", "nobody")), "{fates:?}");
    let kinds: Vec<&str> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"unowned"), "{kinds:?}");
    assert_eq!(report["providers"][0]["sha256"].as_str().unwrap().len(), 64);

    // The matrix of this system is what its own customers read in.
    let folder = tempfile::tempdir().unwrap();
    let matrix = folder.path().join("booking.csv");
    let matrix = matrix.to_str().unwrap();
    let written =
        onus(&["matrix", "--config", "examples/on-a-platform/onus.yaml", "--format", "csv", "-o", matrix]);
    assert_eq!(code(&written), 0, "{written:?}");
    let hotel = "frameworks: [fedramp-r5-low]\nproviders: [{name: Booking, document: booking.csv, frameworks: [fedramp-r5-low]}]\n";
    let config = folder.path().join("onus.yaml");
    std::fs::write(&config, hotel).unwrap();
    let report = json(&["--config", config.to_str().unwrap(), "--services", "s3"]);
    let control = |id: &str| {
        report["controls"]
            .as_array()
            .unwrap()
            .iter()
            .find(|control| control["control"] == id)
            .unwrap()
            .clone()
    };
    assert_eq!(control("pe-3")["inherited_from"], serde_json::json!(["Booking"]));
    assert_eq!(control("pe-3")["origination"], "inherited");
    let left = report["left"].as_array().unwrap();
    let asked = left.iter().find(|left| left["control"] == "ac-2" && left["statement"].is_null()).unwrap();
    assert_eq!(
        asked["responsibility"],
        "Review the accounts of your staff in the administration page each quarter."
    );
    let errors =
        report["problems"].as_array().unwrap().iter().filter(|problem| problem["severity"] == "error");
    assert_eq!(errors.count(), 0);
}

/// A folder with a project, and a file in its evidence folder.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("onus.yaml"), "system: kept\n").unwrap();
    std::fs::create_dir(folder.path().join("evidence")).unwrap();
    std::fs::write(folder.path().join("evidence/shown.txt"), "seen\n").unwrap();
    folder
}

fn within(folder: &Path, arguments: &[&str]) -> Output {
    command(arguments).current_dir(folder).output().unwrap()
}

/// The arguments that add a record which meets the customer's duty of data on S3.
const ADD: [&str; 14] = [
    "evidence",
    "add",
    "data",
    "--for",
    "duty/s3/customer-data",
    "--owner",
    "Jo",
    "--result",
    "satisfied",
    "--valid-until",
    "2027-11-22",
    "--signed-off-by",
    "Kim",
    "--file=evidence/shown.txt",
];

#[test]
fn a_record_counts_until_its_file_changes() {
    let folder = project();
    let duties = || {
        let report = within(folder.path(), &["assess", "--services", "s3", "--format", "json"]);
        let report: Value = serde_json::from_slice(&report.stdout).unwrap();
        let records = report["records"].as_array().unwrap().len();
        (report["summary"]["duties"]["met"].as_u64().unwrap(), records)
    };
    let verified = || code(&within(folder.path(), &["evidence", "verify"]));
    let before = duties();
    assert_eq!(code(&within(folder.path(), &ADD)), 0);
    assert_eq!(duties(), (before.0 + 1, 1));
    assert_eq!(verified(), 0);
    std::fs::write(folder.path().join("evidence/shown.txt"), "other\n").unwrap();
    assert_eq!(duties(), (before.0, 1));
    assert_eq!(verified(), 1);
    std::fs::write(folder.path().join("evidence/broken.yaml"), "id: broken\nowner: Jo\n").unwrap();
    let output = within(folder.path(), &["evidence", "verify"]);
    assert_eq!(code(&output), 2);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("missing field `for`") && said.contains("broken.yaml:"), "{said}");
    let assessed = within(folder.path(), &["assess", "--services", "s3", "--no-html"]);
    assert_eq!(code(&assessed), 2, "what does not load may hold anything");
}

#[test]
fn programs_of_the_users_own_replace_ours_and_point_at_their_mistakes() {
    let folder = project();
    let programs = folder.path().join("programs");
    std::fs::create_dir(&programs).unwrap();
    std::fs::write(folder.path().join("onus.yaml"), "programs: programs\n").unwrap();
    let ours = std::fs::read_to_string(root().join("knowledge/programs/soc-2.yaml")).unwrap();
    let run = |text: &str| {
        std::fs::write(programs.join("soc-2.yaml"), text).unwrap();
        within(folder.path(), &["assess", "--services", "s3", "--no-html", "--show", "all"])
    };
    let older = run(&ours.replace("as-of: 2022-07-01", "as-of: 2021-07-01"));
    assert!(stdout(&older).contains("as of 2021-07-01, older than"), "{}", stdout(&older));
    let wrong = run(&ours.replace("kind: report", "kind: rapport"));
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert_eq!(code(&wrong), 2);
    assert!(said.contains("programs/soc-2.yaml:") && said.contains("| kind: rapport"), "{said}");
}

#[test]
fn an_evidence_folder_that_is_named_has_to_be_there() {
    let folder = project();
    std::fs::write(folder.path().join("onus.yaml"), "evidence: nowhere\n").unwrap();
    let output = within(folder.path(), &["assess", "--services", "s3", "--no-html"]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot read `nowhere`"));
}
