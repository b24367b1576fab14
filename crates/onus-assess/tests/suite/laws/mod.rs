//! Laws, over workloads made by chance.

mod completeness;
mod counts;
mod growth;
mod labels;
mod ladders;
mod order;
mod picture;
mod unknowns;

use crate::kit;
use onus_model::Workload;
use proptest::prelude::*;

/// A few examples, and a few services that are only named.
fn workloads() -> impl Strategy<Value = Workload> {
    (proptest::collection::vec(0..kit::pieces().len(), 1..7), proptest::collection::vec(services(), 0..3)).prop_map(
        |(pieces, services)| {
            let mut workload = kit::workload(pieces.into_iter().map(|place| &kit::pieces()[place]));
            workload.services = services;
            workload
        },
    )
}

fn services() -> impl Strategy<Value = String> {
    (0..kit::knowledge().services.len()).prop_map(|place| kit::knowledge().services[place].id.clone())
}
