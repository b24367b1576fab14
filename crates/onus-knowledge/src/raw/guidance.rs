//! `guidance/*.yaml`.

use super::Entries;
use jiff::civil::Date;
use onus_model::{Help, Link, NativeHelp, ProductKind};
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuidance {
    pub(crate) layer: Spanned<String>,
    pub(crate) read: Date,
    #[serde(default)]
    pub(crate) native: Vec<NativeHelp>,
    #[serde(default)]
    pub(crate) products: Vec<ProductKind>,
    #[serde(default)]
    pub(crate) competencies: Vec<Link>,
    #[serde(default)]
    pub(crate) learn: Vec<Link>,
    #[serde(default)]
    pub(crate) services: Entries<Spanned<Help>>,
}
