//! Each mistake that a data file can hold, on a folder of a few lines: what is said, and where.

#![allow(clippy::unwrap_used)]

use onus_knowledge::{File, Loaded, PROPERTIES, load, pack, unpack};

const LAYERS: &str = include_str!("../../../knowledge/layers.yaml");
const TYPES: &str = "# types\n\nAWS::S3::Bucket BucketName\n. BucketName Encrypted Versioning>Versioning\nVersioning Status\n\nAWS::S3::Vault Name\n. Name\n";

const SERVICE: &str = "\
id: s3
name: Amazon S3
short: S3
category: abstracted
read: 2026-11-22
sources: [https://docs.aws.amazon.com/s3]
types: [AWS::S3::Bucket]
layers:
  resilience: {party: both, provision: Copies., responsibility: Versions.}
variants:
  - id: versioned
    title: with versions
    resource: [AWS::S3::Bucket]
    when: resource.Versioning.Status == 'Enabled'
    examples: [{Versioning: {Status: Enabled}}]
  - id: plain
    title: without versions
    resource: [AWS::S3::Bucket]
    examples: [{}]
";

const CHECK: &str = "\
id: s3-versioning
title: Bucket keeps versions
resource: AWS::S3::Bucket
layer: resilience
severity: low
pass: resource.Versioning.Status == 'Enabled'
why: Gone is gone.
fix: Turn it on.
sources: [https://docs.aws.amazon.com/s3]
read: 2026-11-22
examples: {pass: [{Versioning: {Status: Enabled}}], fail: [{}]}
";

const FRAMEWORK: &str = "\
id: own
title: Our own
read: 2026-11-22
sources: [https://example.com]
controls:
  - id: backup
    title: Backups
    statements:
      a: {gist: Kept., layers: {resilience: {relation: covers, reason: There.}}}
    checks: {own: [s3-versioning]}
";

/// A knowledge folder that is in order, with some files replaced or added.
fn folder(changes: &[(&str, &str)]) -> Vec<File> {
    let whole = [
        ("layers.yaml", LAYERS),
        (PROPERTIES, TYPES),
        ("services/s3.yaml", SERVICE),
        ("checks/s3/versioning.yaml", CHECK),
        ("frameworks/own.yaml", FRAMEWORK),
    ];
    let kept = whole.iter().filter(|(path, _)| changes.iter().all(|(changed, _)| changed != path));
    let mut files: Vec<File> = kept
        .chain(changes)
        .map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn loaded() -> Loaded {
    load(&folder(&[])).unwrap()
}

/// Everything that is said about a file, when a piece of its text is another.
#[track_caller]
fn said(path: &str, text: &str, from: &str, to: &str) -> Vec<String> {
    assert!(text.contains(from), "`{from}` is not in {path}");
    let text = text.replacen(from, to, 1);
    let errors = load(&folder(&[(path, &text)])).expect_err("there is a mistake in it");
    errors.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn in_service(from: &str, to: &str, expected: &str) {
    assert_eq!(said("services/s3.yaml", SERVICE, from, to), [format!("services/s3.yaml:{expected}")]);
}

#[track_caller]
fn in_check(from: &str, to: &str, expected: &str) {
    let said = said("checks/s3/versioning.yaml", CHECK, from, to);
    assert_eq!(said[0], format!("checks/s3/versioning.yaml:{expected}"));
}

#[track_caller]
fn in_framework(from: &str, to: &str, expected: &str) {
    assert_eq!(said("frameworks/own.yaml", FRAMEWORK, from, to), [format!("frameworks/own.yaml:{expected}")]);
}

#[test]
fn a_folder_in_order_loads_whole() {
    let knowledge = loaded().knowledge;
    assert_eq!((knowledge.services.len(), knowledge.checks.len(), knowledge.frameworks.len()), (1, 1, 1));
    assert_eq!(loaded().cases.len(), 2);
    assert_eq!(knowledge.layers.len(), onus_model::Layer::ALL.len());
}

#[test]
fn packed_knowledge_comes_back_the_same() {
    let knowledge = loaded().knowledge;
    assert_eq!(unpack(&pack(&knowledge)).unwrap(), knowledge);
    assert!(unpack(&pack(&knowledge)[..40]).is_err());
}

#[test]
fn an_unknown_key_is_refused_on_its_line() {
    let said = said("services/s3.yaml", SERVICE, "short: S3", "shrot: S3");
    assert!(said[0].starts_with("services/s3.yaml:3:1: unknown field `shrot`"), "{said:?}");
}

#[test]
fn a_duty_names_its_party() {
    in_service(
        "{party: both, provision: Copies., responsibility: Versions.}",
        "{provision: Copies.}",
        "9:15: neither `party` nor `not-applicable`",
    );
}

#[test]
fn a_party_goes_with_its_statements() {
    in_service(", responsibility: Versions.", "", "9:15: party `both` needs a `responsibility`");
    in_service("provision: Copies., ", "", "9:15: party `both` needs a `provision`");
    in_service("party: both", "party: aws", "9:15: party `aws` has no `responsibility`");
    in_service("party: both", "party: customer", "9:15: party `customer` has no `provision`");
    in_service(
        "party: both",
        "not-applicable: No., party: aws",
        "9:15: a layer that does not apply has no party",
    );
}

#[test]
fn a_layer_is_one_of_a_service() {
    in_service(
        "  resilience:",
        "  resilence:",
        "9:14: `resilence` is not a layer (did you mean `resilience`?)",
    );
    in_service(
        "  resilience:",
        "  endpoints:",
        "9:14: `endpoints` belongs to the workload as a whole, not to a service",
    );
}

#[test]
fn a_misspelt_property_is_found_and_the_right_one_named() {
    in_service(
        "resource.Versioning.Status",
        "resource.Versionning.Status",
        "14:11: `AWS::S3::Bucket` has no property `Versionning` (did you mean `Versioning`?)",
    );
    in_check(
        "resource.Versioning.Status",
        "resource.Versioning.State",
        "6:7: `AWS::S3::Bucket` has no property `Versioning.State` (did you mean `Status`?)",
    );
}

#[test]
fn an_expression_that_cannot_be_read_is_shown() {
    let said = said("checks/s3/versioning.yaml", CHECK, "== 'Enabled'", "== ");
    assert!(
        said[0].starts_with("checks/s3/versioning.yaml:6:7: in `resource.Versioning.Status ==`"),
        "{said:?}"
    );
}

#[test]
fn the_last_case_takes_what_is_left_and_no_other_does() {
    in_service(
        "title: without versions\n    resource: [AWS::S3::Bucket]\n",
        "title: without versions\n    resource: [AWS::S3::Bucket]\n    when: resource.Encrypted == true\n",
        "16:9: `plain` is the last case of AWS::S3::Bucket, so it must not have a `when`",
    );
    in_service(
        "    when: resource.Versioning.Status == 'Enabled'\n",
        "",
        "11:9: `versioned` takes all of AWS::S3::Bucket, so the cases after it are never tried",
    );
}

#[test]
fn a_case_has_an_example_and_an_id_of_its_own() {
    in_service("    examples: [{}]\n", "", "16:9: case `plain` has no example");
    in_service("id: plain", "id: versioned", "16:9: case `versioned` exists twice");
    in_service("id: plain", "id: undetermined", "16:9: `undetermined` cannot be a case's id");
    in_service("id: plain", "id: a+b", "16:9: `a+b` cannot be a case's id");
}

#[test]
fn an_id_is_the_path() {
    in_service("id: s3", "id: s4", "1:5: the id `s4` is not the file's name");
    in_check(
        "id: s3-versioning",
        "id: s3-versions",
        "1:5: the id `s3-versions` does not follow from the path; `s3-versioning` does",
    );
}

#[test]
fn a_heading_has_room_in_a_column() {
    in_service("short: S3", "short: Simple Storages", "3:8: `Simple Storages` is longer than 14 characters");
}

#[test]
fn a_type_is_one_of_cloudformation() {
    let said = said("services/s3.yaml", SERVICE, "types: [AWS::S3::Bucket]", "types: [AWS::S3::Buckt]");
    let expected = "services/s3.yaml:7:8: `AWS::S3::Buckt` is not a CloudFormation resource type (did you mean `AWS::S3::Bucket`?)";
    assert_eq!(said, [expected]);
}

#[test]
fn a_type_and_a_name_belong_to_one_service() {
    let other = SERVICE.replace("id: s3", "id: other");
    let errors = load(&folder(&[("services/other.yaml", &other)])).unwrap_err();
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["services/s3.yaml: `AWS::S3::Bucket` belongs to `other` already"]);
    let alias = SERVICE
        .replace("id: s3", "id: other\naliases: [s3]")
        .replace("types: [AWS::S3::Bucket]", "types: [AWS::S3::Vault]");
    let errors = load(&folder(&[("services/other.yaml", &alias)])).unwrap_err();
    assert_eq!(errors[0].to_string(), "services/s3.yaml: `s3` belongs to `other` already");
}

#[test]
fn a_check_of_ours_has_examples_and_a_source() {
    in_check(
        "{pass: [{Versioning: {Status: Enabled}}], fail: [{}]}",
        "{fail: [{}]}",
        "1:5: the check lacks an example that passes",
    );
    in_check(", fail: [{}]", "", "1:5: the check lacks an example that fails");
    in_check("sources: [https://docs.aws.amazon.com/s3]\n", "", "1:5: the check lacks a source");
    in_check(
        "pass: resource",
        "applies: resource.Encrypted == true\npass: resource",
        "1:5: the check lacks an example to which it does not apply",
    );
}

#[test]
fn a_check_names_a_layer_and_tools_that_there_are() {
    in_check(
        "layer: resilience",
        "layer: resiliance",
        "4:8: `resiliance` is not a layer (did you mean `resilience`?)",
    );
    in_check(
        "severity: low",
        "severity: low\nalso-known-as: {chekov: X}",
        "6:25: `chekov` is not a tool whose suppressions are understood (did you mean `checkov`?)",
    );
}

#[test]
fn a_check_says_how_it_stands_to_each_counterpart() {
    let with = |more: &str, expected: &str| {
        in_check("severity: low", &format!("severity: low\n{more}"), expected);
    };
    with(
        "security-hub: S3.14",
        "6:15: `S3.14` needs to say how the check stands to it (write `{S3.14: equal}`, or `looser` or `stricter` with a sentence)",
    );
    with(
        "also-known-as: {checkov: [CKV_AWS_21, CKV_AWS_22]}",
        "6:26: `CKV_AWS_21` needs to say how the check stands to it (write `{CKV_AWS_21: equal}`, or `looser` or `stricter` with a sentence)",
    );
    with(
        "security-hub: {S3.14: equals}",
        "6:23: `equals` is no relation: expected `equal`, `looser` or `stricter` (did you mean `equal`?)",
    );
    with(
        "security-hub: {S3.14: {strict: More.}}",
        "6:23: `strict` is no relation: expected `equal`, `looser` or `stricter` (did you mean `stricter`?)",
    );
    with(
        "also-known-as:\n  cfn-nag: {W1: equal}\n  trivy: {AVD-1: looser}",
        "8:18: `looser` than `AVD-1` needs a sentence that says where",
    );
    with(
        "security-hub: {S3.14: {stricter: ' '}}",
        "6:23: `stricter` than `S3.14` needs a sentence that says where",
    );
    with(
        "security-hub: {S3.14: {equal: Nearly.}}",
        "6:23: what is `equal` to `S3.14` has no difference to state",
    );
    with("security-hub: {S3.14: equal, s3.14: equal}", "6:37: `s3.14` stands here twice");
    with(
        "security-hub: {S3.14: {looser: Less., stricter: More.}}",
        "6:23: one of `looser` and `stricter` with a sentence",
    );
}

#[test]
fn a_config_rule_belongs_to_a_control() {
    let with = |more: &str, expected: &str| {
        in_check("severity: low", &format!("severity: low\n{more}"), expected);
    };
    with(
        "security-hub: {S3.14: equal, S3.5: equal}\nconfig-rule: r",
        "7:14: `r` needs to say which of the controls it implements (write `{S3.14: r, …}`)",
    );
    with(
        "security-hub: {S3.14: equal}\nconfig-rule: {S3.15: r}",
        "7:22: `S3.15` is none of the check's controls (did you mean `S3.14`?)",
    );
    let named = |id: &str, rule: &str| {
        let text = CHECK.replace("id: s3-versioning", &format!("id: {id}"));
        text.replace(
            "severity: low",
            &format!("severity: low\nsecurity-hub: {{S3.14: equal}}\nconfig-rule: {rule}"),
        )
    };
    let files = |rule: &str| {
        folder(&[
            ("checks/s3/versioning.yaml", &named("s3-versioning", "r")),
            ("checks/s3/versions.yaml", &named("s3-versions", rule)),
        ])
    };
    let errors = load(&files("q")).unwrap_err();
    let expected =
        "checks: `s3-versions` says that `S3.14` is implemented by `q`, and `s3-versioning` says `r`";
    assert_eq!(errors[0].to_string(), expected);
    assert!(load(&files("r")).is_ok());
}

#[test]
fn counterparts_are_kept_with_their_relation() {
    let stated = "severity: low\nsecurity-hub: {S3.14: equal, S3.5: {looser: It asks more.}}\n\
                  config-rule: {S3.5: r}\nalso-known-as: {checkov: {A: equal}, tfsec: {b: {stricter: We do.}}}";
    let text = CHECK.replace("severity: low", stated);
    let check = load(&folder(&[("checks/s3/versioning.yaml", &text)])).unwrap().knowledge.checks.remove(0);
    let controls: Vec<String> = check.security_hub.iter().map(ToString::to_string).collect();
    assert_eq!(controls, ["S3.14", "looser than S3.5"]);
    assert_eq!(check.security_hub[1].strictness.difference(), Some("It asks more."));
    assert_eq!((check.same_controls(), check.same_config_rule()), (vec!["S3.14"], None));
    assert_eq!(check.config_rule_of("S3.5"), Some("r"));
    let rules: Vec<_> =
        check.also_known_as.iter().map(|(tool, one)| format!("{} {one}", tool.as_str())).collect();
    assert_eq!(rules, ["checkov A", "tfsec stricter than b"]);
}

#[test]
fn a_framework_points_to_checks_that_there_are() {
    in_framework(
        "[s3-versioning]",
        "[s3-versionning]",
        "10:20: there is no check `s3-versionning` (did you mean `s3-versioning`?)",
    );
    in_framework(
        "[s3-versioning]",
        "[s3-versioning, s3-versioning]",
        "10:35: `backup` names check `s3-versioning` twice",
    );
}

#[test]
fn a_control_has_layers_that_there_are_with_reasons() {
    in_framework(
        "{resilience:",
        "{resilence:",
        "9:44: `resilence` is not a layer (did you mean `resilience`?)",
    );
    in_framework("reason: There.", "reason: ''", "9:45: layer `resilience` needs a reason");
    in_framework(
        "{resilience:",
        "{organization:",
        "9:47: nothing that AWS does covers `organization`: it is the customer's own",
    );
    in_framework(
        "    statements:\n      a: {gist: Kept., layers: {resilience: {relation: covers, reason: There.}}}\n",
        "",
        "6:9: control `backup` has neither layers nor a control that it maps to",
    );
}

#[test]
fn a_framework_is_whole() {
    let of = |more: &str| {
        let text = format!("{FRAMEWORK}{more}");
        let errors = load(&folder(&[("frameworks/own.yaml", &text)])).unwrap_err();
        errors[0].to_string()
    };
    assert_eq!(
        of("  - {id: backup, title: Again, layers: {resilience: {reason: There.}}}\n"),
        "frameworks/own.yaml: control `backup` exists twice"
    );
    assert_eq!(
        of("  - {id: more, title: More, group: x, layers: {resilience: {reason: There.}}}\n"),
        "frameworks/own.yaml: control `more`: there is no group `x`"
    );
    assert_eq!(
        of("  - {id: more, title: More, maps: [backup]}\n"),
        "frameworks/own: a control maps to `backup`, but there is no `crosswalk`"
    );
    assert_eq!(
        of("  - {id: more, title: More, withdrawn: [restore]}\n"),
        "frameworks/own: a control went into `restore`, which there is not"
    );
    assert_eq!(
        of("crosswalk: {to: theirs, basis: judged}\n"),
        "frameworks/own: there is no framework `theirs`"
    );
}

#[test]
fn a_selection_takes_controls_that_there_are() {
    const SELECTION: &str =
        "id: few\ntitle: A few\nread: 2026-11-22\nsources: []\nselects: own\nselect: [backup]\n";
    let knowledge = load(&folder(&[("frameworks/few.yaml", SELECTION)])).unwrap().knowledge;
    let few = knowledge.framework("few").unwrap();
    let ids: Vec<&str> = knowledge.controls(few).iter().map(|control| control.id.as_str()).collect();
    assert_eq!(ids, ["backup"]);
    assert_eq!(knowledge.catalog(few).id, "own");

    let wrong = SELECTION.replace("[backup]", "[restore]");
    let errors = load(&folder(&[("frameworks/few.yaml", &wrong)])).unwrap_err();
    assert_eq!(errors[0].to_string(), "frameworks/few: `own` has no control `restore`");
    let both =
        format!("{SELECTION}controls: [{{id: x, title: X, layers: {{resilience: {{reason: There.}}}}}}]\n");
    let errors = load(&folder(&[("frameworks/few.yaml", &both)])).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "frameworks/few.yaml:1:5: a selection has `selects` and `select`, and no controls of its own"
    );
}

#[test]
fn a_framework_may_be_a_folder() {
    let head = "id: big\ntitle: Big\nread: 2026-11-22\nsources: []\n";
    let group = "group: ac\ntitle: Access\ncontrols:\n  - id: ac-1\n    title: Policy\n    gist: Known.\n    layers: {organization: {reason: People.}}\n    statements: {a: Written., b: Kept.}\n";
    let checks = "sources: {rules: {title: Rules, source: https://example.com}}\nchecks:\n  ac-1: {rules: [s3-versioning]}\n";
    let items = "items:\n  ac-1_smt.a: [ac-1_smt.a.1, ac-1_smt.a.2]\n";
    let files = |checks: &str| {
        folder(&[
            ("frameworks/big/framework.yaml", head),
            ("frameworks/big/ac.yaml", group),
            ("frameworks/big/checks.yaml", checks),
            ("frameworks/big/items.yaml", items),
        ])
    };
    let knowledge = load(&files(checks)).unwrap().knowledge;
    let control = knowledge.framework("big").unwrap().control("ac-1").unwrap().clone();
    assert_eq!(control.group.as_deref(), Some("ac"));
    assert_eq!(control.checks[0].source, "rules");
    let ids: Vec<&str> = control.statements.iter().map(|statement| statement.id.as_str()).collect();
    assert_eq!(ids, ["ac-1_smt.a", "ac-1_smt.b"]);
    assert_eq!(control.statements[0].items, ["ac-1_smt.a.1", "ac-1_smt.a.2"]);

    let errors = load(&files(&checks.replace("ac-1", "ac-9"))).unwrap_err();
    assert_eq!(errors[0].to_string(), "frameworks/big/checks.yaml:3:9: there is no control `ac-9`");
}

#[test]
fn a_folder_without_layers_does_not_load() {
    let files: Vec<File> = folder(&[]).into_iter().filter(|file| file.path != "layers.yaml").collect();
    assert_eq!(load(&files).unwrap_err()[0].to_string(), "layers.yaml: the file is missing");
}

#[test]
fn every_mistake_is_told_at_once() {
    let service =
        SERVICE.replace("short: S3", "short: Simple Storages").replace("id: plain", "id: versioned");
    let check = CHECK.replace("layer: resilience", "layer: weather");
    let errors =
        load(&folder(&[("services/s3.yaml", &service), ("checks/s3/versioning.yaml", &check)])).unwrap_err();
    let places: Vec<_> = errors.iter().map(|error| (error.path.as_str(), error.line)).collect();
    assert_eq!(places, [("services/s3.yaml", 3), ("services/s3.yaml", 16), ("checks/s3/versioning.yaml", 4)]);
}
