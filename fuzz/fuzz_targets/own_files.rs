//! Any text as `onus.yaml`, and as a check, a program and a record of the user's own: what people write by hand.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_knowledge::{File, Knowledge, PropertyIndex};
use std::sync::LazyLock;

/// A few types are enough to reach everything that looks into them.
const PROPERTIES: &str = "# Property names.\n\nAWS::S3::Bucket BucketName\n. BucketName VersioningConfiguration>Versioning Tags>*\nVersioning Status\n";

static INDEX: LazyLock<PropertyIndex<'static>> = LazyLock::new(|| PropertyIndex::new(PROPERTIES));

fuzz_target!(|text: &str| {
    if let Err(errors) = onus_knowledge::read_project("onus.yaml", text) {
        assert!(!errors.is_empty());
    }
    let program = File { path: "own.yaml".to_owned(), text: text.to_owned() };
    if let Err(errors) = onus_knowledge::replace_programs(&mut Knowledge::default(), &[program]) {
        assert!(errors.iter().all(|error| !error.to_string().is_empty()));
    }
    // Without knowledge a record is for nothing that there is, so that every one has a mistake.
    let record = onus_knowledge::read_record("own.yaml", text, &Knowledge::default());
    assert!(record.is_err_and(|errors| !errors.is_empty()));
    match onus_knowledge::read_check("own.yaml", text, &INDEX, &[]) {
        Ok(check) => assert!(!check.id.is_empty()),
        Err(errors) => assert!(errors.iter().all(|error| !error.to_string().is_empty())),
    }
});
