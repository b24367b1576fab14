//! Any bytes as an OSCAL document: read, checked against itself, written, and resolved where it is a profile, with
//! itself as what it imports.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_oscal::{Model, check, locate, read, resolve, write_json, write_yaml};

fuzz_target!(|bytes: &[u8]| {
    let document = match read("fuzz", bytes) {
        Ok(read) => read.document,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    for problem in check(&document, &[&document]) {
        let _ = locate(bytes, &problem.pointer);
    }
    if let Model::Profile(profile) = &document.model {
        let _ = resolve(profile, |_| Ok(document.clone()));
        // Anything that is selected can be merged and changed: a catalog with what the profile adds.
        let mut catalog = onus_oscal::catalog::Catalog::default();
        for alter in profile.modify.iter().flat_map(|modify| &modify.alters) {
            let parts = alter.adds.iter().flat_map(|add| add.parts.clone()).collect();
            let id = alter.control_id.clone();
            catalog.controls.push(onus_oscal::catalog::Control { id, parts, ..Default::default() });
        }
        let _ = resolve(profile, |_| Ok(catalog.clone().into()));
    }
    let written = write_json(&document);
    let again = read("written", written.as_bytes()).expect("what is written can be read").document;
    assert!(again == document, "something was lost");
    let _ = write_yaml(&document);
});
