//! The knowledge as it lies in the tree: every file loads, every example comes out as it says.

use std::path::Path;

#[test]
fn all_of_it_loads_and_every_example_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let files = onus_knowledge::read_folder(&folder).unwrap();
    let loaded = onus_knowledge::load(&files).unwrap_or_else(|errors| {
        panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    });
    assert!(!loaded.knowledge.checks.is_empty() && !loaded.cases.is_empty());
    let wrong = onus_assess::wrong_examples(&loaded);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
