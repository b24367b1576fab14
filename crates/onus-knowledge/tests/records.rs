//! Records of evidence: what one says, and each mistake in it, with its place.

#![allow(clippy::unwrap_used)]

mod common;

use common::knowledge;
use onus_knowledge::{is_confined, is_record_id, read_record};
use onus_model::{FileState, RecordResult, Target};

const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn record() -> String {
    format!(
        "\
id: restore-test
for:
  - {{framework: nist-800-53-r5, control: [cp-9, cp-10], statement: ac-2_smt.a}}
  - {{duty: {{service: rds, layer: resilience}}}}
  - {{task: duty/s3/resilience}}
owner: Jo
due: 2027-09-01
how: Restore and compare.
result: satisfied
date: 2026-10-01
valid-until: 2027-10-01
signed-off-by: Kim
files:
  - {{path: files/a.pdf, sha256: {DIGEST}}}
note: Took two hours.
"
    )
}

/// What is said about the record, when a piece of its text is another.
#[track_caller]
fn said(from: &str, to: &str) -> Vec<String> {
    let text = record();
    assert!(text.contains(from), "{from}");
    let errors = read_record("evidence/restore-test.yaml", &text.replacen(from, to, 1), knowledge());
    errors.expect_err("there is a mistake").iter().map(ToString::to_string).collect()
}

#[track_caller]
fn one(from: &str, to: &str, expected: &str) {
    assert_eq!(said(from, to), [format!("evidence/restore-test.yaml:{expected}")]);
}

#[test]
fn a_record_says_what_it_says() {
    let record = read_record("evidence/restore-test.yaml", &record(), knowledge()).unwrap();
    let targets: Vec<String> = record.targets.iter().map(Target::to_string).collect();
    assert_eq!(
        targets,
        [
            "nist-800-53-r5/cp-9",
            "nist-800-53-r5/cp-10",
            "nist-800-53-r5/ac-2_smt.a",
            "duty/rds/resilience",
            "duty/s3/resilience"
        ]
    );
    let outcome = record.outcome.unwrap();
    assert_eq!((outcome.result, outcome.signed_off_by.as_deref()), (RecordResult::Satisfied, Some("Kim")));
    assert_eq!(record.files[0].state, FileState::Unread);
}

#[test]
fn a_record_without_a_result_is_a_plan() {
    let text = "id: plan\nfor: [{task: duty/s3/resilience}]\nowner: Jo\n";
    assert!(read_record("plan.yaml", text, knowledge()).unwrap().outcome.is_none());
}

#[test]
fn each_mistake_is_on_its_line() {
    one("id: restore-test", "id: other", "1:5: the id `other` is not the file's name");
    one(
        "id: restore-test",
        "id: Restore",
        "1:5: `Restore` is no id: lower-case letters, digits, and single `-` or `.` between them",
    );
    one("owner: Jo", "owner: ''", "6:8: a record needs an `owner`");
    one("cp-10]", "cp-99]", "3:5: `nist-800-53-r5` has no control `cp-99` (did you mean `cp-9`?)");
    let statement = said("ac-2_smt.a", "ac-2_smt.z");
    let expected =
        "evidence/restore-test.yaml:3:5: `nist-800-53-r5` has no statement `ac-2_smt.z` (did you mean ";
    assert!(statement[0].starts_with(expected), "{statement:?}");
    one(
        "nist-800-53-r5,",
        "nist-800-53,",
        "3:5: there is no framework `nist-800-53` (did you mean `nist-800-53-r5`?)",
    );
    one("service: rds", "service: rdss", "4:5: there is no service `rdss` (did you mean `rds`?)");
    one(
        "layer: resilience",
        "layer: resilienc",
        "4:5: `resilienc` is not a layer (did you mean `resilience`?)",
    );
    one(
        "layer: resilience",
        "layer: organization",
        "4:5: `organization` is no layer of a service; a statement of a framework asks for it",
    );
    one(
        "duty/s3/resilience",
        "s3",
        "5:5: `s3` is no task: `framework/control`, `framework/statement` or `duty/service/layer`",
    );
    one("date: 2026-10-01\n", "", "9:9: a `result` needs a `date`");
    one("valid-until: 2027-10-01\n", "", "9:9: a `result` needs a `valid-until`");
    one("valid-until: 2027", "valid-until: 2025", "11:14: 2025-10-01 is before 2026-10-01");
    one("files/a.pdf", "../a.pdf", "14:5: `../a.pdf` is no path below the evidence folder");
    one(DIGEST, "ab", "14:5: `ab` is no SHA-256: 64 hexadecimal digits");
    let early = said("result: satisfied\n", "");
    assert_eq!(early[0], "evidence/restore-test.yaml:9:7: `date` belongs to a `result`, and there is none");
    assert_eq!(early.len(), 3);
    for to in ["{task: duty/s3/resilience, framework: x}", "{}", "{framework: nist-800-53-r5}"] {
        let message =
            "a record is for a `framework` with `control` or `statement`, for a `duty`, or for a `task`";
        one("{task: duty/s3/resilience}", to, &format!("5:5: {message}"));
    }
    let unknown = said("note:", "notes:");
    assert!(unknown[0].starts_with("evidence/restore-test.yaml:15:1: unknown field `notes`"), "{unknown:?}");
}

#[test]
fn an_unsigned_record_loads_and_is_noticed_later() {
    for line in ["", "signed-off-by: '  '\n"] {
        let text = record().replace("signed-off-by: Kim\n", line);
        let record = read_record("restore-test.yaml", &text, knowledge()).unwrap();
        assert_eq!(record.outcome.unwrap().signed_off_by, None);
    }
}

#[test]
fn ids_and_paths_stay_where_they_belong() {
    for id in ["a", "a-b.2", "2026"] {
        assert!(is_record_id(id), "{id}");
    }
    for id in ["", "-a", "a-", "a--b", "A", "a b", "a/b", "..", "ä", &"a".repeat(101)] {
        assert!(!is_record_id(id), "{id}");
    }
    for path in ["a", "a/b.pdf", "a b/ü"] {
        assert!(is_confined(path), "{path}");
    }
    for path in ["", "/a", "a/../b", "..", "a//b", "./a", "a/", "C:/a", "a\\b", "a\0"] {
        assert!(!is_confined(path), "{path:?}");
    }
}
