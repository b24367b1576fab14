//! NIST's baselines, resolved, against what NIST published.

mod common;

use common::reference_document;
use onus_oscal::catalog::{Catalog, Control, Group};
use onus_oscal::{Document, Model, resolve};
use std::collections::BTreeSet;

fn published(level: &str) -> Option<Document> {
    reference_document(&format!(
        "nist/NIST_SP-800-53_rev5_{level}-baseline-resolved-profile_catalog-min.json"
    ))
}

/// Resolves a baseline over a resolved one that has all of its controls: the catalog itself is not at hand.
fn resolved(level: &str, source: &Document) -> Option<Catalog> {
    let document = reference_document(&format!("nist/NIST_SP-800-53_rev5_{level}-baseline_profile.json"))?;
    let Model::Profile(profile) = document.model else { panic!("a profile is expected") };
    let loader = |href: &str| {
        let json = "../../../../nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json";
        if href == json { Ok(source.clone()) } else { Err("not there".to_owned()) }
    };
    Some(resolve(&profile, loader).unwrap_or_else(|error| panic!("{level}: {error}")))
}

fn control_ids<'c>(controls: &'c [Control], groups: &'c [Group], ids: &mut Vec<&'c str>) {
    for control in controls {
        ids.push(&control.id);
        control_ids(&control.controls, &[], ids);
    }
    for group in groups {
        control_ids(&group.controls, &group.groups, ids);
    }
}

fn resources(catalog: &Catalog) -> BTreeSet<&str> {
    catalog.back_matter.iter().flat_map(|back| &back.resources).map(|resource| &*resource.uuid).collect()
}

#[test]
fn baselines_are_what_nist_published() {
    for (level, source, controls) in
        [("LOW", "HIGH", 149), ("MODERATE", "HIGH", 287), ("HIGH", "HIGH", 370), ("PRIVACY", "PRIVACY", 102)]
    {
        let (Some(source), Some(expected)) = (published(source), published(level)) else { return };
        let Some(found) = resolved(level, &source) else { return };
        let Model::Catalog(expected) = expected.model else { panic!("a catalog is expected") };
        let (mut ids, mut expected_ids) = (Vec::new(), Vec::new());
        control_ids(&found.controls, &found.groups, &mut ids);
        control_ids(&expected.controls, &expected.groups, &mut expected_ids);
        assert_eq!(ids, expected_ids, "{level}");
        assert_eq!(ids.len(), controls, "{level}");
        assert!(found.params == expected.params && found.controls == expected.controls, "{level}");
        for (found, expected) in found.groups.iter().zip(&expected.groups) {
            assert!(found == expected, "{level}: group {:?}\n{found:#?}\n{expected:#?}", found.id);
        }
        assert_eq!(found.groups.len(), expected.groups.len(), "{level}");
        assert_eq!(resources(&found), resources(&expected), "{level}");
    }
}
