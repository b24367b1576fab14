//! `layers.yaml`.

use super::{Entries, RawDuty};
use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLayers {
    #[serde(rename = "read")]
    pub(crate) _read: Date,
    pub(crate) sources: Vec<String>,
    pub(crate) layers: Entries<Spanned<RawLayer>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLayer {
    pub(crate) title: String,
    pub(crate) what: String,
    pub(crate) all: Option<RawDuty>,
    pub(crate) infrastructure: Option<RawDuty>,
    pub(crate) managed: Option<RawDuty>,
    pub(crate) abstracted: Option<RawDuty>,
}
