//! `onus.yaml`.

use super::{RawAttestation, RawHandOn, RawProvider, Words};
use jiff::civil::Date;
use onus_check::Severity;
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawProject {
    pub(crate) system: Option<String>,
    #[serde(default)]
    pub(crate) boundary: RawBoundary,
    #[serde(default)]
    pub(crate) frameworks: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) inputs: Words,
    #[serde(default)]
    pub(crate) exclude: Words,
    #[serde(default)]
    pub(crate) parameters: Words,
    #[serde(default)]
    pub(crate) checks: Words,
    pub(crate) catalogs: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) fail_on: Option<Severity>,
    #[serde(default)]
    pub(crate) waivers: Vec<Spanned<RawWaiver>>,
    #[serde(default)]
    pub(crate) providers: Vec<Spanned<RawProvider>>,
    #[serde(default)]
    pub(crate) hands_on: Vec<Spanned<RawHandOn>>,
    pub(crate) programs: Option<String>,
    #[serde(default)]
    pub(crate) attestations: Vec<Spanned<RawAttestation>>,
    pub(crate) evidence: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBoundary {
    #[serde(default)]
    pub(crate) endpoints: bool,
    #[serde(default)]
    pub(crate) sites: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawWaiver {
    pub(crate) check: Spanned<String>,
    pub(crate) resource: Option<String>,
    pub(crate) root: Option<String>,
    pub(crate) reason: String,
    pub(crate) approver: String,
    pub(crate) expires: Date,
}
