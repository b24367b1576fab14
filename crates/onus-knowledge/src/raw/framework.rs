//! `frameworks/*.yaml`.

use jiff::civil::Date;
use onus_model::Relation;
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFramework {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    #[serde(rename = "read")]
    pub(crate) _read: Date,
    pub(crate) sources: Vec<String>,
    pub(crate) controls: Vec<RawControl>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawControl {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    pub(crate) provision: Option<String>,
    pub(crate) responsibility: Option<String>,
    pub(crate) statements: Vec<RawStatement>,
    #[serde(default)]
    pub(crate) checks: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) sources: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStatement {
    pub(crate) id: Spanned<String>,
    pub(crate) gist: String,
    pub(crate) layers: Vec<RawPrimaryLayer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPrimaryLayer {
    pub(crate) layer: Spanned<String>,
    pub(crate) relation: Option<Relation>,
    pub(crate) reason: String,
}
