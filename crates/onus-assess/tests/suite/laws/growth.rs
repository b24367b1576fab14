//! Adding a service to a workload never takes a duty from the customer.

use super::recipes;
use crate::kit;
use onus_assess::{Assessment, Holder};
use onus_model::{Layer, Origination, Workload};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The services and layers in which the customer has a part, or may have one.
fn customers(assessment: &Assessment, counts: impl Fn(&Holder) -> bool) -> BTreeSet<(String, Layer)> {
    let rows = assessment.responsibilities.iter().filter(|row| counts(&row.holder));
    rows.map(|row| (row.service.clone(), row.layer)).collect()
}

fn has_customer(holder: &Holder) -> bool {
    matches!(holder, Holder::Party(party) if party.has_customer())
}

/// One workload beside another; nothing in one refers to the other, and no service of the first is in the second.
fn beside(base: &Workload, more: Workload) -> Workload {
    let used = |workload: &Workload| -> Vec<Option<String>> {
        kit::assess(kit::copy(workload)).placements.into_iter().map(|place| place.service).collect()
    };
    let (mine, theirs) = (used(base), used(&more));
    let named: Vec<Option<String>> = base.services.iter().cloned().map(Some).collect();
    let mut all = kit::copy(base);
    let offset = base.files.len() as u32;
    all.files.extend(more.files);
    let others = more.resources.into_iter().zip(theirs);
    for (mut resource, _) in others.filter(|(_, service)| !mine.contains(service) && !named.contains(service))
    {
        resource.scope += offset;
        resource.span.file.0 += offset;
        all.resources.push(resource);
    }
    all.services.extend(more.services);
    all
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn more_services_never_take_a_duty_from_the_customer((base, more) in (recipes(), recipes())) {
        let all = kit::assess(beside(&base.workload(), more.workload()));
        let base = kit::assess(base.workload());
        for counts in [has_customer, Holder::may_have_customer] {
            let (before, after) = (customers(&base, counts), customers(&all, counts));
            let lost: Vec<_> = before.difference(&after).collect();
            prop_assert!(lost.is_empty(), "{lost:?}");
        }
        for (before, after) in base.controls.iter().zip(&all.controls) {
            let theirs = matches!(before.origination(), Origination::Shared | Origination::Customer);
            let kept = matches!(after.origination(), Origination::Shared | Origination::Customer);
            prop_assert!(!theirs || kept, "{}: {:?} became {:?}", before.control, before.origination(), after.origination());
            for party in &before.parties() {
                prop_assert!(after.parties().contains(party), "{} lost {party}", before.control);
            }
        }
    }
}
