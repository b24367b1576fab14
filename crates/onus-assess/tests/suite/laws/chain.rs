//! What must hold of providers, whatever runs and whatever they say.

use super::{Recipe, config, recipes};
use crate::chain::{assess, hand_on, provider};
use crate::kit;
use onus_assess::{Assessment, Fate, published};
use onus_model::{Class, Convention, Inherited, Provider};
use proptest::prelude::*;
use std::collections::BTreeSet;

const NIST: &str = "nist-800-53-r5";

/// Each case derives all of 800-53 several times.
const CASES: u32 = 40;

/// A few answers of a provider: controls and statements by their places, with how much.
fn answers() -> impl Strategy<Value = Vec<(String, Inherited, bool)>> {
    let knowledge = kit::knowledge();
    let nist = knowledge.framework(NIST).unwrap();
    let ids: Vec<String> = nist
        .controls
        .iter()
        .filter(|control| control.withdrawn.is_none())
        .flat_map(|control| control.statements.iter().map(|own| own.id.clone()).chain([control.id.clone()]))
        .collect();
    let inherited = prop::sample::select(vec![Inherited::Yes, Inherited::Partly, Inherited::No]);
    prop::collection::vec((prop::sample::select(ids), inherited, any::<bool>()), 1..40)
}

fn made(answers: &[(String, Inherited, bool)]) -> Provider {
    let parts: Vec<_> = answers
        .iter()
        .map(|(id, inherited, leaves)| (id.as_str(), *inherited, if *leaves { "Do it." } else { "" }))
        .collect();
    provider("Example PaaS", &parts)
}

fn pair(recipe: &Recipe, framework: &str, answers: &[(String, Inherited, bool)]) -> (Assessment, Assessment) {
    let with = assess(recipe.workload(), framework, vec![made(answers)], Vec::new());
    (assess(recipe.workload(), framework, Vec::new(), Vec::new()), with)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..config() })]

    #[test]
    fn a_provider_never_takes_a_part_from_the_customer(recipe in recipes(), answers in answers()) {
        let (without, with) = pair(&recipe, "fedramp-r5-high", &answers);
        for (before, after) in without.controls.iter().zip(&with.controls) {
            for (before, after) in before.statements.iter().zip(&after.statements) {
                prop_assert!(before.share.system <= after.share.system, "{}", before.id);
                prop_assert_eq!(before.share.organization, after.share.organization);
                prop_assert_eq!(before.share.covered, after.share.covered);
                prop_assert_eq!(before.share.union(after.upstream), after.share);
            }
        }
    }

    #[test]
    fn inherited_is_only_what_no_layer_leaves_to_the_customer(recipe in recipes(), answers in answers()) {
        let (_, with) = pair(&recipe, NIST, &answers);
        for control in &with.controls {
            for statement in &control.statements {
                for convention in Convention::ALL {
                    if convention.class(statement.share, control.policy) == Class::Inherited {
                        prop_assert!(statement.layers.iter().all(|at| !at.share.may_have_customer()), "{}", statement.id);
                        prop_assert!(!statement.upstream.may_have_customer(), "{}", statement.id);
                    }
                }
            }
            if control.policy {
                prop_assert!(control.class(Convention::Fedramp) != Class::Inherited);
            }
        }
    }

    #[test]
    fn nothing_that_is_left_is_inherited(recipe in recipes(), first in answers(), second in answers()) {
        let providers = vec![made(&first), Provider { name: "Example Site".to_owned(), ..made(&second) }];
        let with = assess(recipe.workload(), NIST, providers, Vec::new());
        let left: BTreeSet<&str> = with
            .left
            .iter()
            .map(|duty| with.providers[duty.provider].parts[duty.part].control.as_str())
            .collect();
        for control in with.controls.iter().filter(|control| left.contains(control.control.as_str())) {
            for convention in Convention::ALL {
                prop_assert!(control.class(convention) != Class::Inherited, "{} {convention:?}", control.control);
            }
        }
        for statement in with.controls.iter().flat_map(|control| &control.statements) {
            let left = statement.providers.iter().map(|found| found.part(&with.providers).1);
            let left = left.filter(|part| part.inherited != Inherited::Yes || !part.leaves.is_empty());
            prop_assert!(left.count() == 0 || statement.share.may_have_customer(), "{}", statement.id);
        }
    }

    #[test]
    fn everything_that_is_left_is_accounted_for(recipe in recipes(), answers in answers(), at in any::<prop::sample::Index>()) {
        let (_, with) = pair(&recipe, NIST, &answers);
        let parts = &with.providers[0].parts;
        let expected =
            parts.iter().filter(|part| part.inherited != Inherited::Yes || !part.leaves.is_empty()).count();
        prop_assert_eq!(with.left.len(), expected);
        // Handing on what nobody took settles it, and changes no class.
        let nobodys: Vec<_> = with.left.iter().filter(|duty| duty.fate == Fate::Nobody).collect();
        if !nobodys.is_empty() {
            let part = &parts[nobodys[at.index(nobodys.len())].part];
            let target = part.statement.as_ref().unwrap_or(&part.control);
            let after = assess(recipe.workload(), NIST, vec![made(&answers)], vec![hand_on(target, "Do it.")]);
            let left = |all: &Assessment| all.left.iter().filter(|duty| duty.fate == Fate::Nobody).count();
            prop_assert!(left(&after) < left(&with));
            for (before, after) in with.controls.iter().zip(&after.controls) {
                prop_assert_eq!(before.share, after.share);
            }
        }
        for row in published(&with) {
            prop_assert!(row.applies || row.inherited == Inherited::No, "{:?}", row);
        }
    }
}
