//! Control origination: what must hold of every control of every framework, whatever runs.

use super::recipes;
use crate::kit;
use onus_assess::{Assessment, ControlAnswer, StatementAnswer};
use onus_knowledge::Project;
use onus_model::{Class, Convention, Layer, Share};
use proptest::prelude::*;

/// The catalogue that others map to, and which has a statement of every kind.
const CATALOG: &str = "nist-800-53-r5";

fn with_frameworks(frameworks: Vec<String>) -> Project {
    Project { frameworks, ..Project::default() }
}

fn catalog() -> Project {
    with_frameworks(vec![CATALOG.to_owned()])
}

fn all_frameworks() -> Project {
    with_frameworks(kit::knowledge().frameworks.iter().map(|framework| framework.id.clone()).collect())
}

fn statements(assessment: &Assessment) -> impl Iterator<Item = (&ControlAnswer, &StatementAnswer)> {
    assessment
        .controls
        .iter()
        .flat_map(|control| control.statements.iter().map(move |statement| (control, statement)))
}

/// Whether a duty is the customer's only at a site that is not in the boundary.
fn beyond(assessment: &Assessment, row: &onus_assess::Responsibility) -> bool {
    let of_site = [Layer::Hardware, Layer::Facilities].contains(&row.layer) && row.variant.is_none();
    of_site
        && !assessment.sites_in_boundary
        && row.holder == onus_assess::Holder::Party(onus_model::Party::Both)
}

/// Whether the customer has, or may have, something to do at a layer.
fn customers(assessment: &Assessment, layer: Layer) -> bool {
    match layer {
        Layer::Organization => true,
        Layer::Endpoints => assessment.endpoints_in_boundary,
        layer => {
            let counts = |row: &onus_assess::Responsibility| {
                row.layer == layer && row.holder.may_have_customer() && !beyond(assessment, row)
            };
            assessment.responsibilities.iter().any(counts)
        }
    }
}

/// The laws of one assessment.
#[track_caller]
fn hold(assessment: &Assessment) {
    for control in &assessment.controls {
        let parts = control.statements.iter().map(|statement| statement.share);
        assert_eq!(control.share, parts.fold(Share::default(), Share::union), "{}", control.control);
        for convention in Convention::ALL {
            assert!(!control.label(convention).is_empty(), "{}", control.control);
        }
        if control.policy {
            assert_ne!(control.class(Convention::Fedramp), Class::Inherited, "{}", control.control);
        }
        assert_eq!(control.withdrawn.is_some(), control.statements.is_empty(), "{}", control.control);
    }
    for (control, statement) in statements(assessment) {
        for convention in Convention::ALL {
            let class = statement.share.class(convention);
            let theirs = statement.layers.iter().find(|primary| customers(assessment, primary.layer));
            if class == Class::Inherited {
                assert_eq!(theirs, None, "{} of {} is inherited", statement.id, control.framework);
            }
        }
        // FedRAMP counts no more of AWS's work than the model does, and no less of the customer's.
        let [aws, fedramp] = [Convention::Aws, Convention::Fedramp].map(|own| statement.share.class(own));
        let allowed = aws == fedramp || (aws, fedramp) == (Class::Shared, Class::Customer);
        assert!(allowed, "{}: {aws} and {fedramp}", statement.id);
    }
}

#[test]
fn every_control_of_every_framework_has_a_label_for_every_single_service() {
    for service in &kit::knowledge().services {
        hold(&kit::assess_with(kit::named(&[&service.id]), all_frameworks()));
    }
}

#[test]
fn every_control_of_every_framework_names_a_layer() {
    let assessment = kit::assess_with(kit::named(&["ec2"]), all_frameworks());
    for (control, statement) in statements(&assessment) {
        assert!(!statement.layers.is_empty(), "{} of {}", control.control, control.framework);
    }
    let frameworks: std::collections::BTreeSet<_> =
        assessment.controls.iter().map(|control| control.framework.as_str()).collect();
    assert_eq!(frameworks.len(), kit::knowledge().frameworks.len());
}

#[test]
fn offices_in_the_boundary_give_the_customer_a_part_where_a_statement_speaks_of_them_and_nowhere_else() {
    let project = |endpoints_in_boundary| Project { endpoints_in_boundary, ..catalog() };
    let without = kit::assess_with(kit::named(&["ec2", "s3"]), project(false));
    let with = kit::assess_with(kit::named(&["ec2", "s3"]), project(true));
    let mut moved = 0;
    for ((_, before), (_, after)) in statements(&without).zip(statements(&with)) {
        if after.layers.iter().any(|primary| primary.layer == Layer::Endpoints) {
            assert!(after.share.may_have_customer(), "{}", after.id);
            moved += usize::from(before.share != after.share);
        } else {
            assert_eq!(before.share, after.share, "{}", after.id);
        }
    }
    assert!(moved > 20, "only {moved} statements speak of offices and devices");
    hold(&with);
}

#[test]
fn one_framework_is_derived_as_it_is_among_all() {
    let all = kit::assess_with(kit::named(&["ecs", "rds", "s3"]), all_frameworks());
    let one = kit::assess_with(kit::named(&["ecs", "rds", "s3"]), catalog());
    let of = |assessment: &Assessment| -> Vec<(String, Share)> {
        let controls = assessment.controls.iter().filter(|control| control.framework == CATALOG);
        controls.map(|control| (control.control.clone(), control.share)).collect()
    };
    assert_eq!(of(&all), of(&one));
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn the_laws_of_origination_hold_for_every_workload(recipe in recipes(), endpoints in any::<bool>()) {
        let project = Project { endpoints_in_boundary: endpoints, ..catalog() };
        hold(&kit::assess_with(recipe.workload(), project));
    }

    #[test]
    fn a_whole_is_the_union_of_its_services(recipe in recipes()) {
        let assessment = kit::assess_with(recipe.workload(), catalog());
        let columns = onus_assess::column_tables(&assessment);
        for (_, statement) in statements(&assessment) {
            let parts = columns.iter().map(|table| table.of(&statement.layers));
            let all = parts.fold(Share::default(), Share::union);
            prop_assert_eq!(all, statement.share, "{}", statement.id);
        }
    }
}

#[test]
fn a_service_that_is_only_named_runs_on_the_customers_sites_only_where_the_boundary_has_some() {
    for service in ["ecs", "eks", "kms"] {
        let project = |sites_in_boundary| Project { sites_in_boundary, ..catalog() };
        let of = |project| {
            let assessment = kit::assess_with(kit::named(&[service]), project);
            let guarded = assessment.controls.iter().find(|control| control.control == "pe-3").unwrap();
            (guarded.class(Convention::Fedramp), guarded.share.is_open(Convention::Fedramp))
        };
        assert_eq!(of(project(false)), (Class::Inherited, false), "{service}");
        assert_eq!(of(project(true)), (Class::Shared, true), "{service}");
    }
}

#[test]
fn the_far_end_of_a_connection_is_the_customers_where_the_boundary_has_sites() {
    let of = |sites_in_boundary| {
        let project = Project { sites_in_boundary, ..catalog() };
        let assessment = kit::assess_with(kit::named(&["directconnect", "s3"]), project);
        let guarded = assessment.controls.iter().find(|control| control.control == "pe-3").unwrap();
        guarded.class(Convention::Fedramp)
    };
    assert_eq!((of(false), of(true)), (Class::Inherited, Class::Shared));
}

#[test]
fn a_resource_that_says_so_runs_on_the_customers_site_whatever_the_boundary() {
    let template = "
Resources:
  Plant: {Type: AWS::ECS::Service, Properties: {LaunchType: EXTERNAL, TaskDefinition: web}}
";
    let assessment = kit::assess_with(kit::template(template), catalog());
    let guarded = assessment.controls.iter().find(|control| control.control == "pe-3").unwrap();
    // The control plane stands at AWS's sites, the instances at the customer's.
    assert_eq!(guarded.class(Convention::Fedramp), Class::Shared);
    assert!(!guarded.share.is_open(Convention::Fedramp));
}

/// What an alternative moves are statements that are decided where it moves a layer, and no others.
#[track_caller]
fn alternatives_hold(assessment: &Assessment) {
    for other in onus_assess::alternatives(assessment, None) {
        for moved in &other.statements {
            let (_, statement) = statements(assessment).find(|(_, own)| own.id == moved.statement).unwrap();
            let mut layers = statement.layers.iter().map(|primary| primary.layer);
            let touched = layers.any(|layer| other.layers.iter().any(|moved| moved.layer == layer));
            assert!(touched, "{} {}: {}", other.service, other.instead, moved.statement);
            assert_ne!(moved.from, moved.to);
        }
    }
}

#[test]
fn another_configuration_moves_only_what_is_decided_at_its_layers() {
    for service in &kit::knowledge().services {
        alternatives_hold(&kit::assess_with(kit::named(&[&service.id]), catalog()));
    }
    for piece in kit::pieces().iter().step_by(7) {
        alternatives_hold(&kit::assess_with(kit::workload([piece]), catalog()));
    }
}

#[test]
fn fargate_instead_of_ec2_hands_the_guest_to_aws() {
    let template = "
Resources:
  Shop: {Type: AWS::ECS::Service, Properties: {LaunchType: EC2, TaskDefinition: web}}
";
    let assessment = kit::assess_with(kit::template(template), catalog());
    let all = onus_assess::alternatives(&assessment, None);
    let fargate = all.iter().find(|other| other.instead == "on Fargate").unwrap();
    let guest = fargate.layers.iter().find(|moved| moved.layer == Layer::GuestOs).unwrap();
    assert_eq!((guest.from, guest.to), ("customer", "aws"));
    let memory = fargate.statements.iter().find(|moved| moved.statement == "si-16_smt").unwrap();
    assert_eq!((memory.from, memory.to), (Class::Shared, Class::Inherited));
}
