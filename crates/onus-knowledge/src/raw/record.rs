//! `evidence/<id>.yaml`.

use super::Words;
use jiff::civil::Date;
use onus_model::RecordResult;
use serde::Deserialize;
use serde_saphyr::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawRecord {
    pub(crate) id: Spanned<String>,
    #[serde(rename = "for")]
    pub(crate) targets: Spanned<Vec<Spanned<RawTarget>>>,
    pub(crate) owner: Spanned<String>,
    pub(crate) due: Option<Date>,
    pub(crate) how: Option<String>,
    pub(crate) result: Option<Spanned<RecordResult>>,
    pub(crate) date: Option<Spanned<Date>>,
    pub(crate) valid_until: Option<Spanned<Date>>,
    pub(crate) signed_off_by: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) files: Vec<Spanned<RawFile>>,
    pub(crate) note: Option<String>,
}

/// What a record is for: exactly one of `task`, `duty`, and `framework` with `control` or `statement`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTarget {
    pub(crate) task: Option<String>,
    pub(crate) duty: Option<RawDutyTarget>,
    pub(crate) framework: Option<String>,
    #[serde(default)]
    pub(crate) control: Words,
    #[serde(default)]
    pub(crate) statement: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDutyTarget {
    pub(crate) service: String,
    pub(crate) layer: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFile {
    pub(crate) path: String,
    pub(crate) sha256: String,
}
