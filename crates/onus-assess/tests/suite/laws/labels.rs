//! The labels of the model's own classification, as they follow from what runs.

use crate::kit;
use onus_assess::Assessment;
use onus_model::{Origination, Origination::*};

#[track_caller]
fn label(assessment: &Assessment, control: &str) -> Origination {
    let found = assessment.controls.iter().find(|answer| answer.control == control);
    found.unwrap_or_else(|| panic!("there is no control `{control}`")).origination()
}

#[track_caller]
fn check(workload: onus_model::Workload, expected: &[(&str, Origination)]) {
    let assessment = kit::assess(workload);
    let found: Vec<_> = expected.iter().map(|(control, _)| (*control, label(&assessment, control))).collect();
    assert_eq!(found, expected);
}

#[test]
fn where_ec2_runs_patches_are_shared_and_the_host_is_the_customers() {
    check(
        kit::named(&["ec2"]),
        &[
            ("physical-environmental", Inherited),
            ("patch-management", Shared),
            ("configuration-management", Shared),
            ("awareness-training", Shared),
            ("zone-security", Customer),
            ("identity-access-management", Shared),
            ("data-classification-encryption", Shared),
            ("host-protection", Customer),
        ],
    );
}

#[test]
fn where_only_s3_and_dynamodb_run_patches_are_inherited() {
    check(
        kit::named(&["s3", "dynamodb"]),
        &[
            ("physical-environmental", Inherited),
            ("patch-management", Inherited),
            ("configuration-management", Shared),
            ("zone-security", Customer),
            ("identity-access-management", Shared),
            ("host-protection", Inherited),
        ],
    );
}

#[test]
fn one_ec2_instance_beside_many_buckets_shares_the_host() {
    let template = "
Resources:
  Logs: {Type: AWS::S3::Bucket}
  Photos: {Type: AWS::S3::Bucket}
  Old: {Type: AWS::EC2::Instance, Properties: {InstanceType: m7g.large}}
";
    check(
        kit::template(template),
        &[("patch-management", Shared), ("host-protection", Shared), ("physical-environmental", Inherited)],
    );
}

#[test]
fn on_an_outpost_the_site_is_the_customers_and_media_stay_with_aws() {
    let template = "
Resources:
  Plant: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, OutpostArn: 'arn:aws:outposts:eu-central-1:111122223333:outpost/op-0123456789abcdef0'}}
";
    let assessment = kit::assess(kit::template(template));
    assert_eq!(label(&assessment, "physical-environmental"), Shared);
    let control =
        assessment.controls.iter().find(|answer| answer.control == "physical-environmental").unwrap();
    let statements: Vec<_> =
        control.statements.iter().map(|statement| (statement.id.as_str(), statement.origination())).collect();
    assert_eq!(
        statements,
        [("physical-environmental_smt.site", Customer), ("physical-environmental_smt.media", Inherited)]
    );
}

#[test]
fn an_undecided_launch_type_leaves_the_host_undetermined() {
    let template = "
Parameters: {Launch: {Type: String}}
Resources:
  Shop: {Type: AWS::ECS::Service, Properties: {LaunchType: !Ref Launch}}
";
    check(kit::template(template), &[("host-protection", Undetermined), ("patch-management", Shared)]);
}

#[test]
fn offices_in_the_boundary_change_no_control_that_does_not_speak_of_them() {
    let project = onus_knowledge::Project { endpoints_in_boundary: true, ..Default::default() };
    let with = kit::assess_with(kit::named(&["ec2"]), project);
    let without = kit::assess(kit::named(&["ec2"]));
    for (with, without) in with.controls.iter().zip(&without.controls) {
        assert_eq!(with.origination(), without.origination(), "{}", with.control);
    }
}
