//! The attestations of `onus.yaml`.

use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawAttestation {
    pub(crate) program: Spanned<String>,
    pub(crate) report: Spanned<String>,
    pub(crate) version: Spanned<String>,
    pub(crate) sha256: Spanned<String>,
    pub(crate) period: Option<Spanned<RawPeriod>>,
    pub(crate) issued: Option<Spanned<Date>>,
    pub(crate) expires: Option<Spanned<Date>>,
    pub(crate) partition: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) regions: Vec<Spanned<String>>,
    pub(crate) services: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub(crate) bridge_letters: Vec<Spanned<RawBridgeLetter>>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPeriod {
    pub(crate) from: Date,
    pub(crate) to: Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBridgeLetter {
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) sha256: Spanned<String>,
}
