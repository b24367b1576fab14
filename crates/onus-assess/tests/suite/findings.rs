//! Findings, their names and the states of the duties that they speak to.

use crate::kit;
use onus_assess::{Assessment, DutyState, FindingOutcome, Options};
use onus_model::Layer;
use std::collections::BTreeSet;

const BUCKET: &str = "Resources:\n  Logs: {Type: AWS::S3::Bucket}\n";

fn fingerprints(assessment: &Assessment) -> BTreeSet<(String, String)> {
    assessment.findings.iter().map(|finding| (finding.check.clone(), finding.fingerprint.clone())).collect()
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_differs_by_check_and_address() {
    let moved = format!("# A comment.\n\n{BUCKET}  Other: {{Type: AWS::SNS::Topic}}\n");
    let (one, other) = (kit::assess(kit::template(BUCKET)), kit::assess(kit::template(&moved)));
    assert!(fingerprints(&one).is_subset(&fingerprints(&other)));
    let distinct: BTreeSet<_> = other.findings.iter().map(|finding| &finding.fingerprint).collect();
    assert_eq!(distinct.len(), other.findings.len());
    let renamed = kit::assess(kit::template(&BUCKET.replace("Logs", "Blogs")));
    assert!(fingerprints(&one).is_disjoint(&fingerprints(&renamed)));
}

#[test]
fn a_fingerprint_is_the_same_in_every_version() {
    // A baseline outlives the program that wrote it: whoever changes this number breaks every baseline.
    let assessment = kit::assess(kit::template(BUCKET));
    let finding = assessment.findings.iter().find(|finding| finding.check == "s3-bucket-versioning").unwrap();
    assert_eq!(finding.fingerprint, "d330d993167069e7");
}

#[test]
fn a_module_that_two_roots_call_has_findings_of_its_own_in_each() {
    let dev = kit::assess(kit::of_roots(&[("envs/dev", BUCKET)]));
    let known: BTreeSet<String> = dev.findings.iter().map(|finding| finding.fingerprint.clone()).collect();
    let options = Options { date: kit::today(), baseline: known.clone(), ..Options::default() };
    let both = kit::of_roots(&[("envs/dev", BUCKET), ("envs/prod", BUCKET)]);
    let both = onus_assess::assess(both, kit::knowledge(), options);
    assert_eq!(both.findings.len(), 2 * dev.findings.len());
    for finding in &both.findings {
        let of_dev = both.workload.resources[finding.resource].root.as_deref() == Some("envs/dev");
        assert_eq!(known.contains(&finding.fingerprint), of_dev, "{finding:?}");
        assert_eq!(finding.in_baseline, of_dev && finding.outcome != FindingOutcome::Pass, "{finding:?}");
    }
    // Within a root a block may move from file to file.
    let mut moved = kit::of_roots(&[("envs/dev", BUCKET)]);
    moved.files[0].path = "elsewhere.tf".to_owned();
    assert_eq!(fingerprints(&kit::assess(moved)), fingerprints(&dev));
}

#[test]
fn a_baseline_marks_what_it_has_and_nothing_else() {
    let first = kit::assess(kit::template(BUCKET));
    let known: BTreeSet<String> = first.findings.iter().map(|finding| finding.fingerprint.clone()).collect();
    let more = format!("{BUCKET}  Photos: {{Type: AWS::S3::Bucket}}\n");
    let options = Options { date: kit::today(), baseline: known, ..Options::default() };
    let second = onus_assess::assess(kit::template(&more), kit::knowledge(), options);
    for finding in &second.findings {
        let old = &*second.workload.resources[finding.resource].address == "Logs";
        let expected = old && finding.outcome != FindingOutcome::Pass;
        assert_eq!(finding.in_baseline, expected, "{finding:?}");
    }
}

#[test]
fn failures_come_first_and_the_most_severe_of_them_before() {
    let template = "
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: open
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]
  Logs: {Type: AWS::S3::Bucket}
";
    let assessment = kit::assess(kit::template(template));
    let order: Vec<_> = assessment
        .findings
        .iter()
        .map(|finding| (finding.outcome, std::cmp::Reverse(finding.severity)))
        .collect();
    assert!(order.is_sorted());
    assert!(order.iter().any(|(outcome, _)| *outcome == FindingOutcome::Fail));
}

fn state(template: &str, layer: Layer) -> Option<DutyState> {
    kit::assess(kit::template(template)).columns[0].cells[layer.index()].state
}

#[test]
fn a_duty_stands_as_the_checks_on_it_say() {
    let bucket = |properties: &str| {
        format!(
            "
Parameters: {{Status: {{Type: String}}}}
Resources:
  Logs: {{Type: AWS::S3::Bucket, Properties: {properties}}}
"
        )
    };
    let good = "{VersioningConfiguration: {Status: Enabled}, ObjectLockEnabled: true}";
    assert_eq!(state(&bucket("{}"), Layer::Resilience), Some(DutyState::NotMet));
    assert_eq!(state(&bucket(good), Layer::Resilience), Some(DutyState::Met));
    let unknown = "{VersioningConfiguration: {Status: !Ref Status}, ObjectLockEnabled: true}";
    assert_eq!(state(&bucket(unknown), Layer::Resilience), Some(DutyState::Undetermined));
    assert_eq!(state(&bucket(good), Layer::ClientSideEncryption), Some(DutyState::NeedsEvidence));
    assert_eq!(state(&bucket(good), Layer::Facilities), None);
}
