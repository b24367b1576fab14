//! `services/*.yaml` and `settings/*.yaml`.

use super::{Entries, Words};
use jiff::civil::Date;
use onus_check::ExampleValue;
use onus_model::{Category, Party};
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawService {
    pub(crate) id: Spanned<String>,
    pub(crate) name: String,
    pub(crate) short: Spanned<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    pub(crate) category: Category,
    pub(crate) read: Date,
    pub(crate) sources: Vec<String>,
    pub(crate) types: Spanned<Vec<RawClaim>>,
    #[serde(default)]
    pub(crate) layers: Entries<Spanned<RawDuty>>,
    #[serde(default)]
    pub(crate) variants: Vec<RawCase>,
    #[serde(default)]
    pub(crate) settings: Entries<RawSetting>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum RawClaim {
    Always(String),
    When {
        #[serde(rename = "type")]
        pattern: String,
        when: String,
    },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawDuty {
    pub(crate) party: Option<Party>,
    pub(crate) provision: Option<String>,
    pub(crate) responsibility: Option<String>,
    #[serde(default)]
    pub(crate) sources: Vec<String>,
    pub(crate) not_applicable: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSetting {
    pub(crate) title: String,
    pub(crate) cases: Vec<RawCase>,
}

/// A setting that reaches across services.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCrossSetting {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    #[serde(rename = "read")]
    pub(crate) _read: Date,
    pub(crate) sources: Vec<String>,
    pub(crate) cases: Vec<RawCase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCase {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    pub(crate) category: Option<Category>,
    pub(crate) resource: Spanned<Words>,
    pub(crate) when: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) layers: Entries<Spanned<RawDuty>>,
    #[serde(default)]
    pub(crate) sources: Vec<String>,
    #[serde(default)]
    pub(crate) examples: Vec<ExampleValue>,
}
