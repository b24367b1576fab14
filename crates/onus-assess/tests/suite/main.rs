//! What an assessment must be: laws that hold for every workload, and the designed outcome of each part.
//!
//! The workloads are made of the knowledge's own examples (`kit`), so a new fact is under the laws at once.

#![allow(clippy::unwrap_used)]

mod chain;
mod evidence;
mod findings;
mod kit;
mod laws;
mod moves;
mod placement;
mod tree;
mod waivers;
