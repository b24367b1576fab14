//! Loads the knowledge and a user's own files, or points at the bad line.
//!
//! Start at [`load()`] (a folder of data files to [`Knowledge`]) and [`read_project`]
//! (`onus.yaml`), and
//! [`read_record`] (the evidence folder). The program carries its knowledge packed ([`pack`], [`unpack`]).
//! Nothing here knows a workload or a report.

mod attestation;
mod chain;
mod check;
mod counterpart;
mod error;
mod expression;
mod files;
mod framework;
mod guidance;
mod load;
mod overlay;
mod program;
mod properties;
mod raw;
mod record;
mod service;
mod terraform;
mod user;

pub use attestation::MAX_ATTESTATIONS;
pub use chain::{HandOn, PIVOT, ProviderEntry, Word, resolve_chain};
pub use error::{KnowledgeError, did_you_mean};
pub use files::{File, read_folder};
pub use load::{ATTRIBUTE_TYPES, Loaded, PROPERTIES, load, load_mappings};
pub use overlay::{Overlay, OverlayControl, apply_overlays, read_overlay, write_overlay};
pub use program::replace_programs;
pub use properties::{Known, PropertyIndex};
pub use record::{check_target, is_confined, is_record_id, read_record, wrong_record_id};
pub use service::CaseExamples;
pub use user::{Project, Waiver, read_check, read_project, unknown_framework};

use onus_check::Check;
use onus_model::{Control, Framework, Guidance, Help, Layer, Program, Service};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The framework that is derived where none is asked for: the model's own classification.
pub const DEFAULT_FRAMEWORK: &str = "aws-shared-responsibility";

/// All facts, validated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Knowledge {
    /// The layers, in the order of the chart.
    pub layers: Vec<LayerFacts>,
    /// The services, by id.
    pub services: Vec<Service>,
    /// The checks, by id.
    pub checks: Vec<Check>,
    /// The frameworks, by id.
    pub frameworks: Vec<Framework>,
    /// What helps with open duties, by layer.
    pub guidance: Vec<Guidance>,
    /// The programs under which AWS's work is examined, by id.
    pub programs: Vec<Program>,
    /// How Terraform's types and attributes become CloudFormation's.
    pub terraform: onus_model::Mappings,
}

/// What there is to say about a layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerFacts {
    /// The layer.
    pub layer: Layer,
    /// For headings (`Guest operating system`).
    pub title: String,
    /// What belongs to it.
    pub what: String,
}

impl Knowledge {
    /// A service by its id or one of its aliases.
    pub fn service(&self, word: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == word).or_else(|| {
            self.services.iter().find(|service| service.aliases.iter().any(|alias| alias == word))
        })
    }

    /// What helps with a duty: first what is specific to the service, then what is said of the layer.
    pub fn help(&self, layer: Layer, service: Option<&str>) -> Vec<&Help> {
        let Some(guidance) = self.guidance.iter().find(|guidance| guidance.layer == layer) else {
            return Vec::new();
        };
        let own =
            guidance.services.iter().filter(|(id, _)| Some(id.as_str()) == service).map(|(_, help)| help);
        own.chain([&guidance.help]).collect()
    }

    /// A framework by its id.
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.iter().find(|framework| framework.id == id)
    }

    /// The controls of a framework, in published order: its own, or those that it selects.
    pub fn controls<'k>(&'k self, framework: &'k Framework) -> Vec<&'k Control> {
        let Some(selection) = &framework.selects else { return framework.controls.iter().collect() };
        let Some(of) = self.framework(&selection.framework) else { return Vec::new() };
        let by_id: HashMap<&str, &Control> =
            of.controls.iter().map(|control| (control.id.as_str(), control)).collect();
        selection.controls.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect()
    }

    /// The framework that has the controls: itself, or the one that it selects from.
    pub fn catalog<'k>(&'k self, framework: &'k Framework) -> &'k Framework {
        let selected = framework.selects.as_ref().and_then(|selection| self.framework(&selection.framework));
        selected.unwrap_or(framework)
    }

    /// A check by its id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// A program by its id.
    pub fn program(&self, id: &str) -> Option<&Program> {
        self.programs.iter().find(|program| program.id == id)
    }

    /// What there is to say about a layer.
    ///
    /// # Panics
    /// Never for loaded knowledge: the loader refuses a layer without facts.
    pub fn layer(&self, layer: Layer) -> &LayerFacts {
        self.layers.iter().find(|facts| facts.layer == layer).expect("INVARIANT: every layer has facts")
    }
}

/// Knowledge as bytes, for the program to carry.
pub fn pack(knowledge: &Knowledge) -> Vec<u8> {
    postcard::to_stdvec(knowledge).expect("INVARIANT: knowledge holds nothing that cannot be written")
}

/// Knowledge from the bytes that [`pack`] made.
///
/// # Errors
/// Where the bytes are of another version of the program.
pub fn unpack(bytes: &[u8]) -> Result<Knowledge, postcard::Error> {
    postcard::from_bytes(bytes)
}
