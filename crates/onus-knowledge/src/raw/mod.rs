//! The data files as they are written, before validation.

mod attestation;
mod chain;
mod check;
mod counterpart;
mod framework;
mod guidance;
mod layers;
mod program;
mod project;
mod record;
mod service;

pub(crate) use attestation::{RawAttestation, RawBridgeLetter, RawPeriod};
pub(crate) use chain::{RawHandOn, RawProvider};
pub(crate) use check::{RawCheck, RawExamples};
pub(crate) use counterpart::{RawConfigRules, RawCounterparts, RawStrictness};
pub(crate) use framework::{
    RawAttachments, RawControl, RawFramework, RawGroupFile, RawItems, RawPrimaryLayer,
};
pub(crate) use guidance::RawGuidance;
pub(crate) use layers::RawLayers;
pub(crate) use program::{RawProgram, RawScope, RawSupport};
pub(crate) use project::{RawProject, RawWaiver};
pub(crate) use record::{RawFile, RawRecord, RawTarget};
pub(crate) use service::{RawCase, RawClaim, RawCrossSetting, RawDuty, RawService};

use crate::error::KnowledgeError;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Parses a data file.
pub(crate) fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, KnowledgeError> {
    serde_saphyr::from_str(text).map_err(|error| {
        let location = error.location();
        let message = error.without_snippet().to_string();
        let message = message.lines().next().unwrap_or("cannot be read");
        // The place stands in front of the message.
        let message = message.split(" at line ").next().unwrap_or(message);
        KnowledgeError {
            path: path.to_owned(),
            line: location.map_or(0, |at| at.line() as u32),
            column: location.map_or(0, |at| at.column() as u32),
            message: message.to_owned(),
            help: None,
        }
    })
}

/// A map in the order of the file.
#[derive(Clone, Debug)]
pub(crate) struct Entries<T>(pub(crate) Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ordered<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Ordered<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Ordered(PhantomData))
    }
}

/// One word, or a list of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum OneOrMany {
            One(String),
            Many(Vec<String>),
        }
        Ok(match OneOrMany::deserialize(deserializer)? {
            OneOrMany::One(word) => Self(vec![word]),
            OneOrMany::Many(words) => Self(words),
        })
    }
}
