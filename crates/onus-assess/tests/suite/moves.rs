//! What turned out otherwise between two workloads.

use crate::kit;
use onus_assess::{Assessment, Comparison, DutyState, FindingOutcome, Options, compare};
use onus_model::{Layer, SourceFile};
use onus_workload::Input;

fn versions(status: &str) -> String {
    format!(
        "Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration: {{Status: {status}}}\n"
    )
}

const BARE: &str = "Resources:\n  Logs: {Type: AWS::S3::Bucket}\n";
const UNKNOWN: &str = "Parameters: {P: {Type: String}}\n";

fn moves(before: &str, after: &str) -> Comparison {
    compare(&kit::assess(kit::template(before)), &kit::assess(kit::template(after)), None)
}

/// The states before and after of the check on versions.
fn of_versions(moved: &[onus_assess::FindingMove]) -> Vec<(Option<FindingOutcome>, FindingOutcome)> {
    let found = moved.iter().filter(|moved| moved.check == "s3-bucket-versioning");
    found.map(|moved| (moved.from, moved.to)).collect()
}

#[test]
fn what_fails_now_is_unmet_and_what_passes_now_is_met() {
    use FindingOutcome::{Fail, Pass};
    let worse = moves(&versions("Enabled"), BARE);
    assert_eq!(of_versions(&worse.findings.unmet), [(Some(Pass), Fail)]);
    assert_eq!(of_versions(&worse.findings.met), []);
    let better = moves(BARE, &versions("Enabled"));
    assert_eq!(of_versions(&better.findings.met), [(Some(Fail), Pass)]);
    assert_eq!(of_versions(&better.findings.unmet), []);
}

#[test]
fn a_module_in_one_root_is_not_taken_for_the_same_in_another() {
    let (on, off) = (versions("Enabled"), versions("Suspended"));
    let roots = |dev, prod| kit::assess(kit::of_roots(&[("envs/dev", dev), ("envs/prod", prod)]));
    let found = compare(&roots(&on, &off), &roots(&off, &on), None).findings;
    let of = |moved: &[onus_assess::FindingMove]| -> Vec<Option<String>> {
        let own = moved.iter().filter(|moved| moved.check == "s3-bucket-versioning");
        own.map(|moved| moved.root.clone()).collect()
    };
    assert_eq!(of(&found.unmet), [Some("envs/dev".to_owned())]);
    assert_eq!(of(&found.met), [Some("envs/prod".to_owned())]);
    let one = |text| kit::assess(kit::of_roots(&[("envs/dev", text)]));
    assert_eq!(of(&compare(&one(&on), &one(&off), None).findings.unmet), [None]);
}

#[test]
fn what_is_not_known_any_more_is_neither() {
    use FindingOutcome::{Fail, Pass, Undetermined};
    let unknown = format!("{UNKNOWN}{}", versions("!Ref P"));
    for (before, from) in [(BARE.to_owned(), Fail), (versions("Enabled"), Pass)] {
        let found = moves(&before, &unknown).findings;
        assert_eq!(of_versions(&found.open), [(Some(from), Undetermined)]);
        assert!(of_versions(&found.met).is_empty() && of_versions(&found.unmet).is_empty());
    }
    assert_eq!(
        of_versions(&moves(&unknown, &versions("Enabled")).findings.met),
        [(Some(Undetermined), Pass)]
    );
}

#[test]
fn a_duty_is_met_only_where_it_is_met_now() {
    let unknown = format!("{UNKNOWN}{}", versions("!Ref P"));
    for (before, after) in [(BARE, &unknown), (&unknown, &versions("Enabled")), (BARE, &versions("Enabled"))]
    {
        let duties = moves(before, after).duties;
        assert!(duties.met.iter().all(|duty| duty.to == DutyState::Met && duty.from != Some(DutyState::Met)));
        assert!(duties.unmet.iter().all(|duty| duty.to == DutyState::NotMet));
        assert!(duties.open.iter().all(|duty| !matches!(duty.to, DutyState::Met | DutyState::NotMet)));
    }
}

#[test]
fn a_new_service_that_fails_is_newly_unmet_and_one_that_is_gone_is_not_met() {
    let topic = "Resources:\n  Other: {Type: AWS::SNS::Topic}\n";
    let new = moves(topic, &format!("{topic}  Logs: {{Type: AWS::S3::Bucket}}\n"));
    let unmet = |duty: &&onus_assess::DutyMove| duty.service == "S3" && duty.layer == Layer::Resilience;
    assert_eq!(new.duties.unmet.iter().find(unmet).unwrap().from, None);
    assert_eq!(of_versions(&new.findings.unmet), [(None, FindingOutcome::Fail)]);
    let gone = moves(&format!("{topic}  Logs: {{Type: AWS::S3::Bucket}}\n"), topic);
    assert!(gone.duties.met.is_empty() && gone.findings.is_empty(), "{:?}", gone.findings);
}

#[test]
fn nothing_turns_between_a_workload_and_itself() {
    let pieces = kit::pieces().iter().step_by(7);
    let workload = kit::workload(pieces);
    let (one, other) = (kit::assess(kit::copy(&workload)), kit::assess(workload));
    assert!(compare(&one, &other, None).is_empty());
}

/// A workload whose files lie in a folder, with a bucket in each.
fn in_folder(folder: &str, files: &[&str]) -> Assessment {
    let input = |name: &&str| Input::Text { name: format!("{folder}/{name}"), text: BARE.to_owned() };
    let inputs: Vec<Input> = files.iter().map(input).collect();
    let workload = onus_workload::read(&inputs, &onus_workload::Options::default());
    assert!(workload.files.iter().map(|file: &SourceFile| &file.path).all(|path| path.starts_with(folder)));
    let options = Options { date: kit::today(), inputs: vec![folder.to_owned()], ..Options::default() };
    onus_assess::assess(workload, kit::knowledge(), options)
}

#[test]
fn the_folders_name_and_a_files_name_do_not_matter_but_a_copy_is_new() {
    let before = in_folder("before", &["a.yaml"]);
    assert!(compare(&before, &in_folder("after", &["a.yaml"]), None).findings.is_empty());
    assert!(compare(&before, &in_folder("after", &["renamed.yaml"]), None).findings.is_empty());
    let copied = compare(&before, &in_folder("after", &["0.yaml", "a.yaml"]), None).findings;
    let new: Vec<&str> = copied.unmet.iter().map(|moved| moved.path.as_str()).collect();
    assert!(!new.is_empty() && new.iter().all(|path| *path == "after/0.yaml"), "{new:?}");
}
