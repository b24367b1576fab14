//! `programs/<id>.yaml`.

use super::Entries;
use jiff::civil::Date;
use onus_model::{ProgramKind, ValidFrom};
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawProgram {
    pub(crate) id: Spanned<String>,
    pub(crate) name: String,
    pub(crate) kind: ProgramKind,
    pub(crate) issuer: String,
    pub(crate) read: Date,
    pub(crate) sources: Vec<String>,
    pub(crate) valid: RawValidity,
    pub(crate) bridge: Option<RawBridge>,
    pub(crate) supports: Spanned<RawSupport>,
    #[serde(default)]
    pub(crate) scopes: Entries<Spanned<RawScope>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawValidity {
    pub(crate) months: Spanned<u16>,
    pub(crate) from: ValidFrom,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBridge {
    pub(crate) months: Spanned<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSupport {
    #[serde(default)]
    pub(crate) frameworks: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) layers: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawScope {
    pub(crate) as_of: Spanned<Date>,
    pub(crate) source: Spanned<String>,
    #[serde(default)]
    pub(crate) in_scope: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) out_of_scope: Vec<Spanned<String>>,
}
