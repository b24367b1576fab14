//! What is not known only widens the answer.

use super::{picture, workloads};
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

/// A workload, and the same with some values taken out.
fn with_blanks() -> impl Strategy<Value = (Workload, Workload)> {
    let places = proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4);
    (workloads(), places).prop_map(|(workload, places)| {
        let mut blanked = kit::copy(&workload);
        for (resource, place) in places {
            let at = resource.index(blanked.resources.len());
            let properties = &mut blanked.resources[at].properties;
            assert!(blank(properties, &mut place.index(size(properties))));
        }
        (workload, blanked)
    })
}

/// By service and layer, the parties that are possible for any of its resources.
fn possible(assessment: &Assessment) -> BTreeMap<(String, Layer), BTreeSet<Party>> {
    let mut all: BTreeMap<_, BTreeSet<Party>> = BTreeMap::new();
    for row in &assessment.responsibilities {
        all.entry((row.service.clone(), row.layer)).or_default().extend(picture::parties(&row.holder));
    }
    all
}

fn outcomes(assessment: &Assessment) -> BTreeMap<(String, String), FindingOutcome> {
    let findings = assessment.findings.iter();
    findings.map(|finding| ((finding.check.clone(), picture::resource(assessment, finding.resource)), finding.outcome)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn taking_a_value_out_only_widens((whole, blanked) in with_blanks()) {
        let (whole, blanked) = (kit::assess(whole), kit::assess(blanked));
        let after = possible(&blanked);
        for (place, parties) in possible(&whole) {
            let wider = after.get(&place).cloned().unwrap_or_default();
            prop_assert!(parties.is_subset(&wider), "{place:?}: {parties:?} became {wider:?}");
        }
        let (before, after) = (outcomes(&whole), outcomes(&blanked));
        for place in before.keys().chain(after.keys()) {
            let (before, after) = (before.get(place), after.get(place));
            prop_assert!(before == after || after == Some(&FindingOutcome::Undetermined), "{place:?}: {before:?} became {after:?}");
        }
        for (before, after) in whole.controls.iter().zip(&blanked.controls) {
            let (was, is) = (before.origination, after.origination);
            prop_assert!(is == was || is == Origination::Undetermined, "{}: {was:?} became {is:?}", before.control);
        }
    }
}
