//! The frameworks against the publications themselves, where these are at hand.
//!
//! NIST's catalogues and the lists of ids are not carried here. Where they lie is told by `ONUS_REFERENCE`, else they are
//! looked for in `../shared/reference` beside the repository; where they are not, the tests say so and pass.

#![allow(clippy::unwrap_used)]

use onus_knowledge::Knowledge;
use onus_model::{Control, Framework};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    onus_knowledge::load(&onus_knowledge::read_folder(&folder).unwrap()).unwrap().knowledge
});

#[allow(clippy::print_stdout, reason = "a test that cannot run says so")]
fn reference() -> Option<PathBuf> {
    let named = std::env::var_os("ONUS_REFERENCE").map(PathBuf::from);
    let folder =
        named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference"));
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "skipped: the publications are not at hand ({} is no folder; set ONUS_REFERENCE)",
        folder.display()
    );
    None
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn framework(id: &str) -> &'static Framework {
    KNOWLEDGE.framework(id).unwrap_or_else(|| panic!("there is no framework `{id}`"))
}

fn ids(framework: &Framework) -> Vec<&str> {
    KNOWLEDGE.controls(framework).into_iter().map(|control| control.id.as_str()).collect()
}

/// The first column of a CSV file, of rows that are assessable.
fn listed(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|row| row.get(1) == Some(&"1")).map(|row| row[0].to_owned()).collect()
}

/// `AC-2 (1)` and `AC-2(1)` as OSCAL writes them.
fn oscal_id(id: &str) -> String {
    id.to_lowercase().replace(' ', "").replace('(', ".").replace(')', "")
}

fn walk<'v>(node: &'v Value, found: &mut Vec<&'v Value>) {
    for key in ["groups", "controls"] {
        for child in node[key].as_array().into_iter().flatten() {
            if key == "controls" {
                found.push(child);
            }
            walk(child, found);
        }
    }
}

/// The ids of parts below a part, at the first level, and below each those of its items.
fn statement_ids(control: &Value) -> Vec<(String, Vec<String>)> {
    fn below(part: &Value) -> impl Iterator<Item = &Value> {
        part["parts"].as_array().into_iter().flatten()
    }
    fn all(part: &Value, into: &mut Vec<String>) {
        for part in below(part) {
            into.push(part["id"].as_str().unwrap().to_owned());
            all(part, into);
        }
    }
    let statement = below(control).find(|part| part["name"] == "statement").unwrap();
    let first: Vec<_> = below(statement)
        .map(|part| {
            let mut items = Vec::new();
            all(part, &mut items);
            (part["id"].as_str().unwrap().to_owned(), items)
        })
        .collect();
    if first.is_empty() { vec![(statement["id"].as_str().unwrap().to_owned(), Vec::new())] } else { first }
}

#[test]
fn every_control_of_800_53_is_there_in_order() {
    let Some(reference) = reference() else { return };
    let listed = listed(&reference.join("frameworks/nist-sp-800-53-rev5.csv"));
    let listed: BTreeSet<String> = listed.iter().map(|id| oscal_id(id)).collect();
    let own = ids(framework("nist-800-53-r5"));
    assert_eq!(own.len(), 1_189);
    assert_eq!(own.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>(), listed);
    let numbers = |id: &str| -> (String, Vec<u32>) {
        let (family, number) = id.split_once('-').unwrap();
        (family.to_owned(), number.split('.').map(|part| part.parse().unwrap()).collect())
    };
    assert!(own.is_sorted_by_key(|id| numbers(id)), "the controls are not in published order");
}

#[test]
fn statements_are_those_of_nists_catalogue() {
    let Some(reference) = reference() else { return };
    let catalog = framework("nist-800-53-r5");
    let by_id: BTreeMap<&str, &Control> =
        catalog.controls.iter().map(|control| (control.id.as_str(), control)).collect();
    let mut compared = 0;
    for baseline in ["LOW", "MODERATE", "HIGH", "PRIVACY"] {
        let name = format!("nist/NIST_SP-800-53_rev5_{baseline}-baseline-resolved-profile_catalog-min.json");
        let document = json(&reference.join(name));
        let mut controls = Vec::new();
        walk(&document["catalog"], &mut controls);
        for control in controls {
            let own = by_id[control["id"].as_str().unwrap()];
            let statements: Vec<_> = own
                .statements
                .iter()
                .map(|statement| (statement.id.clone(), statement.items.clone()))
                .collect();
            assert_eq!(statements, statement_ids(control), "{}", own.id);
            assert_eq!(
                own.title.to_lowercase(),
                control["title"].as_str().unwrap().to_lowercase(),
                "{}",
                own.id
            );
            compared += 1;
        }
    }
    assert!(compared > 800);
}

#[test]
fn selections_are_those_of_the_published_profiles() {
    let Some(reference) = reference() else { return };
    for baseline in ["low", "moderate", "high", "privacy"] {
        let name = format!("nist/NIST_SP-800-53_rev5_{}-baseline_profile.json", baseline.to_uppercase());
        let document = json(&reference.join(name));
        let imports = document["profile"]["imports"].as_array().unwrap().iter();
        let included = imports.flat_map(|import| import["include-controls"].as_array().unwrap());
        let ids: Vec<&str> = included
            .flat_map(|include| include["with-ids"].as_array().unwrap())
            .map(|id| id.as_str().unwrap())
            .collect();
        assert_eq!(self::ids(framework(&format!("nist-800-53-r5-{baseline}"))), ids, "{baseline}");
    }
    let high = listed(&reference.join("frameworks/fedramp-rev5.csv"));
    let high: Vec<String> = high.iter().map(|id| oscal_id(id)).collect();
    assert_eq!(ids(framework("fedramp-r5-high")), high);
}

#[test]
fn other_frameworks_have_the_ids_of_their_publications() {
    let Some(reference) = reference() else { return };
    for (id, file) in [
        ("nist-csf-2.0", "nist-csf-2.0.csv"),
        ("nist-800-171-r2", "nist-800-171-rev2.csv"),
        ("c5-2020", "bsi-c5-2020.csv"),
        ("iso-27001-2022", "iso27001-2022.csv"),
    ] {
        let listed: BTreeSet<String> = listed(&reference.join("frameworks").join(file)).into_iter().collect();
        let own: BTreeSet<String> = ids(framework(id)).into_iter().map(str::to_owned).collect();
        let missing: Vec<_> = listed.difference(&own).collect();
        let more: Vec<_> = own.difference(&listed).collect();
        assert!(missing.is_empty() && more.is_empty(), "{id}: missing {missing:?}, more {more:?}");
    }
}

#[test]
fn fedramps_selections_have_the_published_numbers_of_controls() {
    for (id, number) in [
        ("fedramp-r5-low", 156),
        ("fedramp-r5-li-saas", 156),
        ("fedramp-r5-moderate", 323),
        ("fedramp-r5-high", 410),
    ] {
        assert_eq!(ids(framework(id)).len(), number, "{id}");
    }
    // Each contains the one below it.
    let set = |id: &str| ids(framework(id)).into_iter().collect::<BTreeSet<_>>();
    assert!(set("fedramp-r5-low").is_subset(&set("fedramp-r5-moderate")));
    assert!(set("fedramp-r5-moderate").is_subset(&set("fedramp-r5-high")));
    assert!(set("nist-800-53-r5-high").is_subset(&set("fedramp-r5-high")));
}
