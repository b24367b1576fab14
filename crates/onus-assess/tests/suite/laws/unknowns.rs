//! What is not known only widens the answer.

use super::{picture, recipes};
use crate::kit;
use onus_assess::{Assessment, FindingOutcome};
use onus_model::{Layer, Node, Origination, Party, Value, Workload};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many values there are in a tree, itself among them.
fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(elements) => elements.iter().map(size).sum(),
        Value::Map(map) => map.iter().map(|(_, value)| size(value)).sum(),
        _ => 0,
    }
}

/// Makes the value at a place, counted from the root, unknown. Counts down to it.
fn blank(node: &mut Node, place: &mut usize) -> bool {
    if *place == 0 {
        node.value = Value::unknown("it was taken out");
        return true;
    }
    *place -= 1;
    match &mut node.value {
        Value::List(elements) => elements.iter_mut().any(|element| blank(element, place)),
        Value::Map(map) => map.iter_mut().any(|(_, value)| blank(value, place)),
        _ => false,
    }
}

type Place = (prop::sample::Index, prop::sample::Index);

/// Takes the values at some places out.
fn with_blanks(mut workload: Workload, places: &[Place]) -> Workload {
    for (resource, place) in places {
        let at = resource.index(workload.resources.len());
        let properties = &mut workload.resources[at].properties;
        assert!(blank(properties, &mut place.index(size(properties))));
    }
    workload
}

/// By service and layer, the parties that are possible for any of its resources.
fn possible(assessment: &Assessment) -> BTreeMap<(String, Layer), BTreeSet<Party>> {
    let mut all: BTreeMap<_, BTreeSet<Party>> = BTreeMap::new();
    for row in &assessment.responsibilities {
        all.entry((row.service.clone(), row.layer)).or_default().extend(picture::parties(&row.holder));
    }
    all
}

/// The services to which the resources of a service belong once values were taken out.
fn services_after(service: &str, whole: &Assessment, blanked: &Assessment) -> BTreeSet<String> {
    let pairs = whole.placements.iter().zip(&blanked.placements);
    let of_service = pairs.filter(|(before, _)| before.service.as_deref() == Some(service));
    of_service.filter_map(|(_, after)| after.service.clone()).chain([service.to_owned()]).collect()
}

fn outcomes(assessment: &Assessment) -> BTreeMap<(String, String), FindingOutcome> {
    let findings = assessment.findings.iter();
    findings
        .map(|finding| {
            ((finding.check.clone(), picture::resource(assessment, finding.resource)), finding.outcome)
        })
        .collect()
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn taking_a_value_out_only_widens(
        recipe in recipes(),
        places in proptest::collection::vec(any::<Place>(), 1..4),
    ) {
        let whole = kit::assess(recipe.workload());
        let blanked = kit::assess(with_blanks(recipe.workload(), &places));
        let after = possible(&blanked);
        for ((service, layer), parties) in possible(&whole) {
            let services = services_after(&service, &whole, &blanked);
            let wider: BTreeSet<Party> =
                services.iter().filter_map(|service| after.get(&(service.clone(), layer))).flatten().copied().collect();
            prop_assert!(parties.is_subset(&wider), "{service} {layer}: {parties:?} became {wider:?}");
        }
        let (before, after) = (outcomes(&whole), outcomes(&blanked));
        for place in before.keys().chain(after.keys()) {
            let (before, after) = (before.get(place), after.get(place));
            prop_assert!(before == after || after == Some(&FindingOutcome::Undetermined), "{place:?}: {before:?} became {after:?}");
        }
        for (before, after) in whole.controls.iter().zip(&blanked.controls) {
            let (was, is) = (before.origination(), after.origination());
            prop_assert!(is == was || is == Origination::Undetermined, "{}: {was:?} became {is:?}", before.control);
        }
    }
}
