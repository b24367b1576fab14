//! What `onus.yaml` says of providers, and of what is handed on to the system's own customers.

use super::{Entries, Words};
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawProvider {
    pub(crate) name: Spanned<String>,
    pub(crate) system: Option<String>,
    pub(crate) document: Spanned<String>,
    #[serde(default)]
    pub(crate) frameworks: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) columns: RawColumns,
    #[serde(default)]
    pub(crate) answers: Entries<Words>,
    pub(crate) attestation: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawColumns {
    pub(crate) sheet: Option<String>,
    pub(crate) control: Option<String>,
    pub(crate) statement: Option<String>,
    pub(crate) inherited: Option<String>,
    pub(crate) provides: Option<String>,
    pub(crate) leaves: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHandOn {
    pub(crate) framework: Option<Spanned<String>>,
    pub(crate) control: Option<Spanned<String>>,
    pub(crate) statement: Option<Spanned<String>>,
    pub(crate) responsibility: String,
}
