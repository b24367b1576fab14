//! Waivers: what each form of them does, and what is reported of those that do nothing.

use crate::kit;
use onus_assess::{Assessment, DutyState, FindingOutcome, WaiverStatus};
use onus_check::{Counterpart, Strictness};
use onus_knowledge::{Knowledge, Project, Waiver};
use onus_model::{Layer, Notation};
use std::sync::Arc;

const VERSIONING: &str = "s3-bucket-versioning";

fn waiver(check: &str, resource: Option<&str>, expires: &str) -> Waiver {
    Waiver {
        check: check.to_owned(),
        resource: resource.map(str::to_owned),
        root: None,
        reason: "Scratch data.".to_owned(),
        approver: "ciso@example.com".to_owned(),
        expires: expires.parse().unwrap(),
        line: 7,
    }
}

/// Two buckets without versions, and the waivers of `onus.yaml`.
fn two_buckets(waivers: Vec<Waiver>) -> Assessment {
    let template = "Resources:\n  Logs: {Type: AWS::S3::Bucket}\n  Photos: {Type: AWS::S3::Bucket}\n";
    kit::assess_with(kit::template(template), Project { waivers, ..Project::default() })
}

fn outcome(assessment: &Assessment, address: &str) -> FindingOutcome {
    let of = |at: usize| &*assessment.workload.resources[at].address;
    let mut findings = assessment.findings.iter();
    findings.find(|finding| finding.check == VERSIONING && of(finding.resource) == address).unwrap().outcome
}

fn statuses(assessment: &Assessment) -> Vec<WaiverStatus> {
    assessment.waivers.iter().map(|waiver| waiver.status).collect()
}

#[test]
fn a_waiver_may_be_for_one_root_module() {
    let bucket = "Resources:\n  Logs: {Type: AWS::S3::Bucket}\n";
    let outcomes = |root: Option<&str>| {
        let waiver =
            Waiver { root: root.map(str::to_owned), ..waiver(VERSIONING, Some("Logs"), "2027-01-01") };
        let roots = kit::of_roots(&[("envs/dev", bucket), ("envs/prod", bucket)]);
        let assessment = kit::assess_with(roots, Project { waivers: vec![waiver], ..Project::default() });
        let findings = assessment.findings.iter().filter(|finding| finding.check == VERSIONING);
        let mut found: Vec<_> = findings.map(|finding| (finding.resource, finding.outcome)).collect();
        found.sort_unstable();
        (found.into_iter().map(|(_, outcome)| outcome).collect::<Vec<_>>(), statuses(&assessment))
    };
    let (fail, waived) = (FindingOutcome::Fail, FindingOutcome::Waived);
    assert_eq!(outcomes(None), (vec![waived, waived], vec![WaiverStatus::Applied(2)]));
    assert_eq!(outcomes(Some("envs/dev")), (vec![waived, fail], vec![WaiverStatus::Applied(1)]));
    assert_eq!(outcomes(Some("*/prod")), (vec![fail, waived], vec![WaiverStatus::Applied(1)]));
    assert_eq!(outcomes(Some("prod")), (vec![fail, fail], vec![WaiverStatus::Unmatched]));
    // What has no root module is of none.
    let waiver = Waiver { root: Some("envs/*".to_owned()), ..waiver(VERSIONING, None, "2027-01-01") };
    assert_eq!(statuses(&two_buckets(vec![waiver])), [WaiverStatus::Unmatched]);
}

#[test]
fn a_waiver_is_an_outcome_of_its_own_and_counts_what_it_waives() {
    let assessment = two_buckets(vec![waiver(VERSIONING, Some("Logs"), "2026-11-22")]);
    assert_eq!(outcome(&assessment, "Logs"), FindingOutcome::Waived);
    assert_eq!(outcome(&assessment, "Photos"), FindingOutcome::Fail);
    assert_eq!(statuses(&assessment), [WaiverStatus::Applied(1)]);
    assert_eq!(assessment.waivers[0].source, "onus.yaml:7");
    assert_eq!(assessment.summary.waived_findings, 1);
}

#[test]
fn a_waiver_without_a_resource_is_for_all_of_them() {
    let assessment = two_buckets(vec![waiver(VERSIONING, None, "2027-01-01")]);
    assert_eq!(statuses(&assessment), [WaiverStatus::Applied(2)]);
}

#[test]
fn an_expired_waiver_waives_nothing() {
    let assessment = two_buckets(vec![waiver(VERSIONING, None, "2026-11-21")]);
    assert_eq!(statuses(&assessment), [WaiverStatus::Expired]);
    assert_eq!(outcome(&assessment, "Logs"), FindingOutcome::Fail);
}

#[test]
fn a_waiver_that_matches_nothing_is_reported_as_such() {
    let assessment = two_buckets(vec![
        waiver(VERSIONING, Some("Videos"), "2027-01-01"),
        waiver("ec2-instance-imdsv2", None, "2027-01-01"),
        waiver("s3-bucket-versionings", None, "2027-01-01"),
    ]);
    assert_eq!(
        statuses(&assessment),
        [WaiverStatus::Unmatched, WaiverStatus::Unmatched, WaiverStatus::Invalid]
    );
}

#[test]
fn the_first_waiver_that_covers_a_finding_has_it() {
    let assessment = two_buckets(vec![
        waiver("s3-bucket-ver*", Some("Lo*"), "2027-01-01"),
        waiver(VERSIONING, None, "2027-01-01"),
    ]);
    assert_eq!(statuses(&assessment), [WaiverStatus::Applied(1), WaiverStatus::Applied(1)]);
}

#[test]
fn a_bracket_in_an_address_is_an_index() {
    let mut workload = kit::template("Resources:\n  A: {Type: AWS::S3::Bucket}\n");
    workload.resources[0].address = "module.logs[\"eu\"].aws_s3_bucket.this[0]".into();
    let with = |pattern: &str| {
        let project =
            Project { waivers: vec![waiver(VERSIONING, Some(pattern), "2027-01-01")], ..Project::default() };
        statuses(&kit::assess_with(kit::copy(&workload), project))
    };
    assert_eq!(with("module.logs[\"eu\"].aws_s3_bucket.this[0]"), [WaiverStatus::Applied(1)]);
    assert_eq!(with("module.logs[*].aws_s3_bucket.this[*]"), [WaiverStatus::Applied(1)]);
    assert_eq!(with("module.logs[eu].*"), [WaiverStatus::Unmatched]);
    assert_eq!(with("module.logs[\"eu\"].aws_s3_bucket.this[1]"), [WaiverStatus::Unmatched]);
    assert_eq!(with("{module.logs}"), [WaiverStatus::Unmatched]);
}

#[test]
fn nothing_but_a_star_is_special_in_a_pattern() {
    let mut workload = kit::template("Resources:\n  A: {Type: AWS::S3::Bucket}\n");
    workload.resources[0].address = "a".into();
    for pattern in ["a\\", "]", "}", "[", "a{", "**a/**b**"] {
        let project =
            Project { waivers: vec![waiver(VERSIONING, Some(pattern), "2027-01-01")], ..Project::default() };
        let assessment = kit::assess_with(kit::copy(&workload), project);
        assert_eq!(outcome(&assessment, "a"), FindingOutcome::Fail, "{pattern}");
    }
}

#[test]
fn a_comment_waives_the_resource_it_stands_at() {
    let template = "
Resources:
  # onus:ignore s3-bucket-versioning reason=\"scratch\" approver=ciso expires=2027-01-01
  Logs: {Type: AWS::S3::Bucket}
  Photos: {Type: AWS::S3::Bucket}
";
    let assessment = kit::assess(kit::template(template));
    assert_eq!(outcome(&assessment, "Logs"), FindingOutcome::Waived);
    assert_eq!(outcome(&assessment, "Photos"), FindingOutcome::Fail);
    assert_eq!(assessment.waivers[0].source, "template.yaml:3");
}

#[test]
fn our_own_comment_needs_reason_approver_and_end() {
    let complete = ["reason=r", "approver=a", "expires=2027-01-01"];
    let status = |parts: &[&str]| {
        let template = format!(
            "Resources:\n  # onus:ignore s3-bucket-versioning {}\n  Logs: {{Type: AWS::S3::Bucket}}\n",
            parts.join(" ")
        );
        statuses(&kit::assess(kit::template(&template)))
    };
    assert_eq!(status(&complete), [WaiverStatus::Applied(1)]);
    for left_out in 0..complete.len() {
        let mut parts = complete.to_vec();
        parts.remove(left_out);
        assert_eq!(status(&parts), [WaiverStatus::Invalid], "{parts:?}");
    }
    assert_eq!(status(&["reason=r", "approver=a", "expires=soon"]), [WaiverStatus::Invalid]);
    assert_eq!(status(&["reason=r", "approver=a", "expires=2026-11-21"]), [WaiverStatus::Expired]);
}

#[test]
fn the_ids_of_other_tools_are_understood() {
    let template = "
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Metadata:
      checkov: {skip: [{id: CKV_AWS_21, comment: scratch}, {id: CKV_AWS_99999, comment: x}]}
      cfn_nag: {rules_to_suppress: [{id: W35, reason: no logs of logs}]}
";
    let assessment = kit::assess(kit::template(template));
    let mut uses: Vec<_> =
        assessment.waivers.iter().map(|waiver| (waiver.rule.as_str(), waiver.status)).collect();
    uses.sort_by_key(|(rule, _)| *rule);
    let expected = [
        ("CKV_AWS_21", WaiverStatus::Applied(1)),
        ("CKV_AWS_99999", WaiverStatus::NoCounterpart),
        ("W35", WaiverStatus::Applied(1)),
    ];
    assert_eq!(uses, expected);
    assert_eq!(outcome(&assessment, "Logs"), FindingOutcome::Waived);
}

/// Waivers and outcome of a check on a table, whose counterparts are `equal` E1, `looser` L1 and `stricter` S1.
fn of_counterparts(comment: &str, waivers: Vec<Waiver>, encrypted: &str) -> (Assessment, FindingOutcome) {
    let mut knowledge = Knowledge::clone(&kit::knowledge());
    let check = knowledge.checks.iter_mut().find(|check| check.id == "dynamodb-table-recovery").unwrap();
    let stands = |id: &str, strictness| Counterpart { id: id.to_owned(), strictness };
    check.security_hub = vec![stands("DynamoDB.2", Strictness::Equal)];
    check.also_known_as = vec![
        (Notation::Checkov, stands("E1", Strictness::Equal)),
        (Notation::Checkov, stands("L1", Strictness::Looser("Theirs asks for a month.".into()))),
        (Notation::Checkov, stands("S1", Strictness::Stricter("Theirs is content with a copy.".into()))),
        (Notation::Tfsec, stands("aws-e", Strictness::Equal)),
        (Notation::Trivy, stands("AVD-AWS-0024", Strictness::Equal)),
        (Notation::CdkNag, stands("E2", Strictness::Equal)),
    ];
    let template = format!(
        "Resources:\n  {comment}\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      \
         PointInTimeRecoverySpecification: {{PointInTimeRecoveryEnabled: {encrypted}}}\n"
    );
    let project = Project { waivers, ..Project::default() };
    let assessment = kit::assess_by(Arc::new(knowledge), kit::template(&template), project);
    let mut findings = assessment.findings.iter();
    let outcome = findings.find(|finding| finding.check == "dynamodb-table-recovery").unwrap().outcome;
    (assessment, outcome)
}

fn open(assessment: &Assessment) -> Vec<(&str, &str)> {
    let open = assessment.waivers.iter().flat_map(|waiver| &waiver.open);
    open.map(|open| (open.check.as_str(), open.because.as_str())).collect()
}

#[test]
fn only_a_rule_that_asks_the_same_is_waived_by_its_waiver() {
    let (assessment, outcome) = of_counterparts("# checkov:skip=E1:why", Vec::new(), "false");
    assert_eq!((outcome, open(&assessment)), (FindingOutcome::Waived, Vec::new()));
    for (rule, because) in [
        ("L1", "The check is looser than L1. Theirs asks for a month."),
        ("S1", "The check is stricter than S1. Theirs is content with a copy."),
    ] {
        for found in ["false", "!Ref AWS::AccountId"] {
            let comment = format!("# checkov:skip={rule}:why");
            let (assessment, outcome) = of_counterparts(&comment, Vec::new(), found);
            assert_ne!(outcome, FindingOutcome::Waived, "{rule}");
            assert_eq!(statuses(&assessment), [WaiverStatus::OtherQuestion], "{rule}");
            assert_eq!(open(&assessment), [("dynamodb-table-recovery", because)]);
        }
    }
}

#[test]
fn a_rule_is_that_of_the_notation_it_is_written_in() {
    let after = |comment: &str| of_counterparts(comment, Vec::new(), "false").1;
    assert_eq!(after("# checkov:skip=e1:why"), FindingOutcome::Waived);
    assert_eq!(after("# checkov:skip=aws-e:why"), FindingOutcome::Fail);
    assert_eq!(after("# checkov:skip=dynamodb-table-recovery:why"), FindingOutcome::Fail);
    // trivy reads tfsec's ids.
    assert_eq!(after("# trivy:ignore:aws-e"), FindingOutcome::Waived);
    assert_eq!(after("# trivy:ignore:E1"), FindingOutcome::Fail);
    for id in ["AVD-AWS-0024", "avd-aws-0024", "AWS-0024"] {
        assert_eq!(after(&format!("# trivy:ignore:{id}")), FindingOutcome::Waived, "{id}");
    }
}

#[test]
fn our_own_waivers_may_name_a_rule_by_anybodys_id() {
    for rule in ["E1", "e1", "E2", "aws-e", "DynamoDB.2", "dynamodb-table-rec*"] {
        let (assessment, outcome) = of_counterparts("", vec![waiver(rule, Some("T"), "2027-01-01")], "false");
        assert_eq!(outcome, FindingOutcome::Waived, "{rule}");
        assert_eq!(statuses(&assessment), [WaiverStatus::Applied(1)], "{rule}");
        let comment = format!("# onus:ignore {rule} reason=r approver=a expires=2027-01-01");
        assert_eq!(of_counterparts(&comment, Vec::new(), "false").1, FindingOutcome::Waived, "{rule}");
    }
    let (assessment, outcome) = of_counterparts("", vec![waiver("L1", None, "2027-01-01")], "false");
    assert_eq!(outcome, FindingOutcome::Fail);
    assert_eq!(statuses(&assessment), [WaiverStatus::OtherQuestion]);
    let (assessment, _) = of_counterparts("", vec![waiver("L1", None, "2026-11-21")], "false");
    assert_eq!((statuses(&assessment), open(&assessment)), (vec![WaiverStatus::Expired], Vec::new()));
    let (assessment, _) = of_counterparts("", vec![waiver("L*", None, "2027-01-01")], "false");
    assert_eq!(statuses(&assessment), [WaiverStatus::Invalid]);
}

#[test]
fn a_waiver_that_is_narrowed_by_what_is_not_looked_at_waives_nothing() {
    for (comment, limit) in [
        ("# trivy:ignore:aws-e[name=T]", "name=T"),
        ("# trivy:ignore:aws-e:ws:prod", "ws:prod"),
        ("# trivy:ignore:aws-e:exp:2027-01-01:ws:prod", "ws:prod"),
    ] {
        let (assessment, outcome) = of_counterparts(comment, Vec::new(), "false");
        assert_eq!(outcome, FindingOutcome::Fail, "{comment}");
        let because = format!("The waiver holds only for `{limit}`, which is not looked at here.");
        assert_eq!(open(&assessment), [("dynamodb-table-recovery", because.as_str())]);
    }
    let after = |comment: &str| of_counterparts(comment, Vec::new(), "false").1;
    assert_eq!(after("# trivy:ignore:aws-e:exp:2027-01-01"), FindingOutcome::Waived);
    assert_eq!(after("# trivy:ignore:aws-e:exp:2026-11-21"), FindingOutcome::Fail);
}

#[test]
fn a_rule_may_waive_one_check_and_leave_another_open() {
    let template = "
Resources:
  # checkov:skip=E1:why
  Logs: {Type: AWS::S3::Bucket}
  Photos: {Type: AWS::S3::Bucket}
";
    let with = |strictness| {
        let mut knowledge = Knowledge::clone(&kit::knowledge());
        let mut add = |id: &str, strictness| {
            let check = knowledge.checks.iter_mut().find(|check| check.id == id).unwrap();
            check.also_known_as = vec![(Notation::Checkov, Counterpart { id: "E1".into(), strictness })];
        };
        add(VERSIONING, Strictness::Equal);
        add("s3-bucket-lifecycle", strictness);
        kit::assess_by(Arc::new(knowledge), kit::template(template), Project::default())
    };
    let assessment = with(Strictness::Stricter("Ours asks for more.".into()));
    assert_eq!(statuses(&assessment), [WaiverStatus::Applied(1)]);
    let because = "The check is stricter than E1. Ours asks for more.";
    assert_eq!(open(&assessment), [("s3-bucket-lifecycle", because)]);
    let assessment = with(Strictness::Equal);
    assert_eq!((statuses(&assessment), open(&assessment)), (vec![WaiverStatus::Applied(2)], Vec::new()));
}

#[test]
fn a_pass_is_never_waived() {
    let template = "
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties: {VersioningConfiguration: {Status: Enabled}}
";
    let project = Project { waivers: vec![waiver(VERSIONING, None, "2027-01-01")], ..Project::default() };
    let assessment = kit::assess_with(kit::template(template), project);
    assert_eq!(outcome(&assessment, "Logs"), FindingOutcome::Pass);
    assert_eq!(statuses(&assessment), [WaiverStatus::Unmatched]);
}

#[test]
fn a_duty_of_which_all_failures_are_waived_is_waived_and_not_met() {
    let assessment = two_buckets(vec![waiver("s3-*", None, "2027-01-01")]);
    let cell = &assessment.columns[0].cells[Layer::Resilience.index()];
    assert_eq!(cell.state, Some(DutyState::Waived));
    assert!(assessment.summary.waived > 0 && assessment.summary.failed == 0);
}
