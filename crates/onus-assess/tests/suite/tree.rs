//! A walk over the knowledge: nothing in it stands alone.

use crate::kit;
use onus_model::{LAYER_COUNT, Workload};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_check_is_evidence_for_a_control_of_a_framework() {
    let knowledge = kit::knowledge();
    let controls = knowledge.frameworks.iter().flat_map(|framework| &framework.controls);
    let used: BTreeSet<&str> =
        controls.flat_map(|control| &control.checks).map(|own| own.check.as_str()).collect();
    let checks = knowledge.checks.iter().map(|check| check.id.as_str());
    let unused: Vec<_> = checks.filter(|id| !used.contains(id)).collect();
    assert!(unused.is_empty(), "name them in a framework of knowledge/frameworks: {unused:#?}");
}

#[test]
fn no_control_names_a_check_twice() {
    for control in kit::knowledge().frameworks.iter().flat_map(|framework| &framework.controls) {
        let distinct: BTreeSet<_> = control.checks.iter().map(|own| &own.check).collect();
        assert_eq!(distinct.len(), control.checks.len(), "{}", control.id);
    }
}

#[test]
fn every_service_has_every_layer() {
    for service in &kit::knowledge().services {
        assert_eq!(service.layers.len(), LAYER_COUNT, "{}", service.id);
    }
}

/// Types that belong to no service of AWS.
fn is_foreign(name: &str) -> bool {
    !name.starts_with("AWS::")
}

#[test]
fn every_resource_type_of_aws_is_claimed_by_a_service() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge").join(onus_knowledge::PROPERTIES);
    let text = std::fs::read_to_string(path).unwrap();
    let index = onus_knowledge::PropertyIndex::new(&text);
    let any = &kit::pieces()[0].resources[0];
    let of = |name: &str| onus_model::Resource { resource_type: name.into(), ..any.clone() };
    let resources = index.types().filter(|name| !is_foreign(name)).map(of).collect();
    let assessment = kit::assess(kit::workload([&kit::Piece { resources }]));
    assert!(assessment.workload.resources.len() > 1_000);
    let unplaced = assessment.placements.iter().zip(&assessment.workload.resources);
    let unplaced: Vec<_> = unplaced
        .filter(|(place, _)| place.service.is_none())
        .map(|(_, resource)| &*resource.resource_type)
        .collect();
    assert!(unplaced.is_empty(), "no service claims {unplaced:#?}");
}

#[test]
fn no_service_is_without_a_name_that_finds_it() {
    for service in &kit::knowledge().services {
        let assessment = kit::assess(Workload { services: vec![service.id.clone()], ..Workload::default() });
        let found: BTreeSet<_> = assessment.columns.iter().map(|column| column.service.as_str()).collect();
        assert_eq!(found, BTreeSet::from([service.id.as_str()]));
    }
}
