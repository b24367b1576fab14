//! What the tests share: documents in brief, and NIST's files where they are at hand.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use onus_oscal::catalog::Catalog;
use onus_oscal::profile::Profile;
use onus_oscal::{Document, Model, read};
use std::path::PathBuf;

/// A document of a model, with metadata, from the rest of its fields.
pub fn document(model: &str, fields: &str) -> Document {
    let text = text(model, fields);
    read("test", text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}")).document
}

/// The same as text. A first field gives the uuid another end, so that documents differ.
pub fn text(model: &str, fields: &str) -> String {
    let uuid = uuid(1);
    let comma = if fields.is_empty() { "" } else { ", " };
    format!(
        r#"{{"{model}": {{"uuid": "{uuid}", "metadata": {{"title": "A title",
        "last-modified": "2026-01-31T12:00:00Z", "version": "1", "oscal-version": "1.2.1"}}{comma}{fields}}}}}"#
    )
}

/// One of many identifiers.
pub fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// A catalog from its fields.
pub fn catalog(fields: &str) -> Catalog {
    let Model::Catalog(catalog) = document("catalog", fields).model else { unreachable!() };
    catalog
}

/// A profile from its fields.
pub fn profile(fields: &str) -> Profile {
    let Model::Profile(profile) = document("profile", fields).model else { unreachable!() };
    profile
}

/// One of NIST's files, or `None`, with a word on why, where they are not at hand: they are not part of the
/// repository. `ONUS_REFERENCE` says where they are; without it they are looked for beside the repository.
pub fn reference(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("ONUS_REFERENCE").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference")),
        PathBuf::from,
    );
    let path = folder.join(path);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            println!("skipped: {}: {error}; ONUS_REFERENCE names the folder", path.display());
            None
        }
    }
}

/// One of NIST's documents.
pub fn reference_document(path: &str) -> Option<Document> {
    let bytes = reference(path)?;
    Some(read(path, &bytes).unwrap_or_else(|error| panic!("{error}")).document)
}

/// The documents of NIST and AWS that there are.
pub const REFERENCES: [&str; 11] = [
    "nist/NIST_SP-800-53_rev5_LOW-baseline_profile.json",
    "nist/NIST_SP-800-53_rev5_MODERATE-baseline_profile.json",
    "nist/NIST_SP-800-53_rev5_HIGH-baseline_profile.json",
    "nist/NIST_SP-800-53_rev5_PRIVACY-baseline_profile.json",
    "nist/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json",
    "nist/NIST_SP-800-53_rev5_MODERATE-baseline-resolved-profile_catalog-min.json",
    "nist/NIST_SP-800-53_rev5_HIGH-baseline-resolved-profile_catalog-min.json",
    "nist/NIST_SP-800-53_rev5_PRIVACY-baseline-resolved-profile_catalog-min.json",
    "aws/aws_security-hub.oscal.json",
    "oscal/oscal_leveraged-example_ssp.json",
    "oscal/oscal_leveraging-example_ssp.json",
];
