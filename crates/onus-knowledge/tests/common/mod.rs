//! The knowledge as it lies in the tree.

use onus_knowledge::{File, Knowledge};
use std::path::Path;
use std::sync::LazyLock;

pub(crate) fn files() -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    onus_knowledge::read_folder(&folder).unwrap()
}

pub(crate) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: LazyLock<Knowledge> =
        LazyLock::new(|| onus_knowledge::load(&files()).unwrap().knowledge);
    &KNOWLEDGE
}
