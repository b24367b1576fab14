//! `checks/**/*.yaml`.

use super::counterpart::{RawConfigRules, RawCounterparts};
use super::{Entries, Words};
use jiff::civil::Date;
use onus_check::{ExampleValue, Severity};
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawCheck {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    pub(crate) resource: Spanned<Words>,
    pub(crate) layer: Spanned<String>,
    pub(crate) severity: Severity,
    pub(crate) security_hub: Option<Spanned<RawCounterparts>>,
    pub(crate) config_rule: Option<Spanned<RawConfigRules>>,
    #[serde(default)]
    pub(crate) also_known_as: Entries<Spanned<RawCounterparts>>,
    pub(crate) applies: Option<Spanned<String>>,
    pub(crate) pass: Spanned<String>,
    pub(crate) why: String,
    pub(crate) fix: String,
    #[serde(default)]
    pub(crate) sources: Vec<String>,
    pub(crate) read: Option<Date>,
    #[serde(default)]
    pub(crate) examples: RawExamples,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawExamples {
    #[serde(default)]
    pub(crate) pass: Vec<ExampleValue>,
    #[serde(default)]
    pub(crate) fail: Vec<ExampleValue>,
    #[serde(default)]
    pub(crate) undetermined: Vec<ExampleValue>,
    #[serde(default)]
    pub(crate) not_applicable: Vec<ExampleValue>,
}
