//! Laws, over workloads made by chance.

mod chain;
mod completeness;
mod counts;
mod growth;
mod labels;
mod ladders;
mod order;
mod origination;
mod picture;
mod readiness;
mod unknowns;

use crate::kit;
use onus_model::Workload;
use proptest::prelude::*;

/// As many cases as `PROPTEST_CASES` says. What is found becomes a test of its own, not a file of seeds.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// What a workload is made of: short to print, where a law fails.
#[derive(Clone, Debug)]
struct Recipe {
    /// Places in [`kit::pieces`].
    pieces: Vec<usize>,
    /// Services that are only named.
    services: Vec<String>,
}

impl Recipe {
    fn workload(&self) -> Workload {
        let mut workload = kit::workload(self.pieces.iter().map(|place| &kit::pieces()[*place]));
        workload.services.clone_from(&self.services);
        workload
    }
}

/// A few examples, and a few services that are only named.
fn recipes() -> impl Strategy<Value = Recipe> {
    let pieces = proptest::collection::vec(0..kit::pieces().len(), 1..7);
    let services = proptest::collection::vec(0..kit::knowledge().services.len(), 0..3);
    (pieces, services).prop_map(|(pieces, services)| {
        let services = services.into_iter().map(|place| kit::knowledge().services[place].id.clone());
        Recipe { pieces, services: services.collect() }
    })
}
