//! What the targets share: the repository's own knowledge.

use onus_knowledge::Knowledge;
use onus_model::Mappings;

/// All of it.
///
/// # Panics
/// Where `knowledge/` has mistakes.
pub fn knowledge() -> Knowledge {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../knowledge");
    let files = onus_knowledge::read_folder(folder.as_ref()).expect("knowledge/ can be read");
    onus_knowledge::load(&files).unwrap_or_else(|errors| panic!("{errors:#?}")).knowledge
}

/// How Terraform's types become CloudFormation's.
///
/// # Panics
/// Where `knowledge/` has mistakes.
pub fn mappings() -> Mappings {
    knowledge().terraform
}
