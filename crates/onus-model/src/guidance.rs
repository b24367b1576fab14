//! What helps with an open duty: AWS services, kinds of products, partners, and reading.

use crate::layer::Layer;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What helps with the duties of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guidance {
    /// The layer.
    pub layer: Layer,
    /// The day as of which it is stated.
    pub read: Date,
    /// Whatever the service.
    pub help: Help,
    /// What helps more specifically with one service, by its id.
    pub services: Vec<(String, Help)>,
}

/// What helps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Help {
    /// AWS services and features.
    pub native: Vec<NativeHelp>,
    /// Kinds of third-party product.
    pub products: Vec<ProductKind>,
    /// Competencies of AWS partners to look for.
    pub competencies: Vec<Link>,
    /// Reading for the team that assesses.
    pub learn: Vec<Link>,
}

/// An AWS service or feature that helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NativeHelp {
    /// Its name.
    pub name: String,
    /// What it does for the duty.
    #[serde(rename = "for")]
    pub purpose: String,
    /// Its page.
    pub source: String,
}

/// A kind of third-party product that helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductKind {
    /// The kind, as a market calls it.
    pub kind: String,
    /// What it does for the duty.
    #[serde(rename = "for")]
    pub purpose: String,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its title.
    #[serde(alias = "name")]
    pub title: String,
    /// Where it is.
    pub source: String,
}
