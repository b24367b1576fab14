//! Every layer has a party, or says why it does not apply.

use crate::kit;
use onus_model::{Case, Duty, Layer, Service};

/// What is wrong with a duty.
fn fault(duty: &Duty) -> Option<&'static str> {
    match duty {
        Duty::NotApplicable(reason) if reason.trim().is_empty() => Some("does not say why it does not apply"),
        Duty::NotApplicable(_) => None,
        Duty::Assigned(assignment) => {
            let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
            if said(&assignment.provision) != assignment.party.has_aws() {
                Some("has a provision where AWS has no part, or none where it has")
            } else if said(&assignment.responsibility) != assignment.party.has_customer() {
                Some("has a responsibility where the customer has no part, or none where they have")
            } else if assignment.sources.is_empty() {
                Some("has no source")
            } else {
                None
            }
        }
    }
}

fn cases(service: &Service) -> impl Iterator<Item = &Case> {
    service.choices().flatten()
}

#[test]
fn every_layer_of_every_service_variant_and_setting_has_a_party_or_a_reason() {
    let mut wrong = Vec::new();
    for service in &kit::knowledge().services {
        let base = Layer::ALL.into_iter().map(|layer| ("base", layer, service.duty(layer)));
        let moved =
            cases(service).flat_map(|case| case.layers.iter().map(|(layer, duty)| (&*case.id, *layer, duty)));
        for (case, layer, duty) in base.chain(moved) {
            if let Some(fault) = fault(duty) {
                wrong.push(format!("{} ({case}): {layer} {fault}", service.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_statement_names_its_service_and_not_the_place_for_it() {
    for service in &kit::knowledge().services {
        let moved = cases(service).flat_map(|case| case.layers.iter().map(|(_, duty)| duty));
        for duty in service.layers.iter().chain(moved) {
            assert!(!format!("{duty:?}").contains("{service}"), "{}: {duty:?}", service.id);
        }
    }
}
