//! Where resources belong, what stays undetermined, and the words that say so.

use crate::kit;
use onus_assess::{Assessment, Holder, Responsibility};
use onus_model::{Layer, Party, ProblemKind};

fn placed(template: &str) -> Assessment {
    kit::assess(kit::template(template))
}

fn service(template: &str) -> (Option<String>, Option<String>) {
    let assessment = placed(template);
    (assessment.placements[0].service.clone(), assessment.placements[0].variant.clone())
}

fn duty<'a>(assessment: &'a Assessment, service: &str, layer: Layer) -> &'a Responsibility {
    let mut rows = assessment.responsibilities.iter();
    rows.find(|row| row.service == service && row.layer == layer).unwrap()
}

fn cluster(engine: &str) -> String {
    format!(
        "Parameters: {{Engine: {{Type: String}}}}\nResources:\n  Db: {{Type: AWS::RDS::DBCluster, Properties: {{Engine: {engine}}}}}\n"
    )
}

#[test]
fn a_claim_with_a_condition_wins_where_it_holds() {
    assert_eq!(service(&cluster("aurora-mysql")).0.as_deref(), Some("aurora"));
    assert_eq!(service(&cluster("mysql")).0.as_deref(), Some("rds"));
}

#[test]
fn an_unknown_engine_leaves_both_services_possible() {
    let assessment = placed(&cluster("!Ref Engine"));
    let place = &assessment.placements[0];
    assert_eq!((place.service.as_deref(), place.variant.as_deref()), (Some("rds"), Some("undetermined")));
    assert!(place.reasons.iter().any(|reason| reason.contains("`Engine`")), "{:?}", place.reasons);
    let names: Vec<_> =
        assessment.responsibilities.iter().filter_map(|row| row.responsibility.as_deref()).collect();
    assert!(
        names.iter().any(|text| text.contains("If Amazon Aurora") && text.contains("If Amazon RDS")),
        "{names:#?}"
    );
}

#[test]
fn a_type_that_nobody_claims_is_a_notice_and_counts_as_unchecked() {
    let assessment =
        placed("Resources:\n  A: {Type: 'AWS::Nothing::Known'}\n  B: {Type: 'AWS::Nothing::Known'}\n");
    assert_eq!(assessment.summary.unchecked, 2);
    assert!(assessment.columns.is_empty());
    let problems: Vec<_> =
        assessment.problems.iter().map(|problem| (problem.kind, problem.message.as_str())).collect();
    let expected =
        (ProblemKind::NotMapped, "no service is known for `AWS::Nothing::Known`: 2 resources not assessed");
    assert!(problems.contains(&expected), "{problems:?}");
}

#[test]
fn a_service_that_there_is_not_is_a_problem_with_advice() {
    let assessment = kit::assess(kit::named(&["ec2", "ec3"]));
    assert_eq!(assessment.columns.len(), 1);
    let problem = &assessment.problems[0];
    assert_eq!((problem.kind, problem.message.as_str()), (ProblemKind::Invalid, "there is no service `ec3`"));
    assert!(problem.help.as_deref().is_some_and(|help| help.contains("onus list services")));
}

#[test]
fn a_service_may_be_named_by_an_alias_and_counts_once() {
    let assessment = kit::assess(kit::named(&["ec2", "ec2-instance", "ec2"]));
    assert_eq!(assessment.summary.services, 1);
    assert_eq!(assessment.columns.len(), 1);
}

const UNDECIDED: &str = "
Parameters: {Launch: {Type: String}}
Resources:
  Shop: {Type: AWS::ECS::Service, Properties: {LaunchType: !Ref Launch, TaskDefinition: t}}
";

#[test]
fn an_undecided_variant_shows_every_party_that_is_possible() {
    let assessment = placed(UNDECIDED);
    assert_eq!(assessment.placements[0].variant.as_deref(), Some("undetermined"));
    assert!(assessment.placements[0].reasons.iter().any(|reason| reason.contains("Launch")));
    let host = duty(&assessment, "ecs", Layer::GuestOs);
    assert_eq!(host.holder, Holder::Undetermined(vec![Party::Aws, Party::Customer]));
    assert!(
        host.because.contains("aws on Fargate") && host.because.contains("customer on EC2"),
        "{}",
        host.because
    );
    assert_eq!(assessment.columns[0].heading, "ECS (undetermined)");
}

#[test]
fn the_statements_of_an_undecided_variant_name_the_case_that_each_is_for() {
    let assessment = placed(UNDECIDED);
    let host = duty(&assessment, "ecs", Layer::GuestOs);
    let (aws, customer) = (host.provision.as_deref().unwrap(), host.responsibility.as_deref().unwrap());
    assert!(aws.contains("If on Fargate: "), "{aws}");
    assert!(customer.contains("If on EC2: ") && !customer.contains("If on Fargate: "), "{customer}");
}

#[test]
fn a_decided_variant_has_one_statement_without_an_if() {
    let assessment = placed(&UNDECIDED.replace("!Ref Launch", "FARGATE"));
    let host = duty(&assessment, "ecs", Layer::GuestOs);
    assert_eq!(host.holder, Holder::Party(Party::Aws));
    assert!(!host.provision.as_deref().unwrap().contains("If "));
    assert_eq!(host.responsibility, None);
}

#[test]
fn a_service_that_is_only_named_can_be_any_of_its_variants() {
    let assessment = kit::assess(kit::named(&["ecs"]));
    let host = duty(&assessment, "ecs", Layer::GuestOs);
    assert_eq!(host.holder, Holder::Undetermined(vec![Party::Aws, Party::Customer]));
}

#[test]
fn a_layer_that_may_not_apply_makes_no_control_certain() {
    let assessment = placed(
        "Resources:\n  D: {Type: AWS::GuardDuty::Detector, Properties: !Transform {Name: AWS::Include}}\n",
    );
    let row = duty(&assessment, "guardduty", Layer::Applications);
    assert!(!row.certain, "{row:?}");
    let control = assessment.controls.iter().find(|answer| answer.control == "patch-management").unwrap();
    assert_eq!(control.origination(), onus_model::Origination::Undetermined);
}
