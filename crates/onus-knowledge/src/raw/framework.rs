//! `frameworks/<id>.yaml`, or `frameworks/<id>/` with `framework.yaml`, a file per group, and `checks.yaml`.

use super::Entries;
use jiff::civil::Date;
use onus_model::{Convention, Relation};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_saphyr::Spanned;
use std::fmt;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFramework {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    pub(crate) version: Option<String>,
    pub(crate) read: Date,
    pub(crate) sources: Vec<String>,
    #[serde(default)]
    pub(crate) convention: Convention,
    pub(crate) selects: Option<Spanned<String>>,
    /// Of a selection: the ids.
    #[serde(default)]
    pub(crate) select: Vec<Spanned<String>>,
    pub(crate) crosswalk: Option<RawCrosswalk>,
    #[serde(default)]
    pub(crate) groups: Vec<RawGroup>,
    #[serde(default)]
    pub(crate) controls: Vec<RawControl>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCrosswalk {
    pub(crate) to: Spanned<String>,
    pub(crate) basis: String,
    #[serde(default)]
    pub(crate) sources: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGroup {
    pub(crate) id: String,
    pub(crate) title: String,
}

/// A file with the controls of one group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGroupFile {
    pub(crate) group: Spanned<String>,
    pub(crate) title: String,
    pub(crate) controls: Vec<RawControl>,
}

/// `checks.yaml`: what is evidence for which control, and what says so.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAttachments {
    pub(crate) sources: Entries<RawAttachmentSource>,
    pub(crate) checks: Entries<Spanned<Entries<Vec<Spanned<String>>>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAttachmentSource {
    pub(crate) title: String,
    pub(crate) source: Option<String>,
}

/// `items.yaml`: what statements are made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawItems {
    pub(crate) items: Entries<Spanned<Vec<String>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawControl {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    pub(crate) group: Option<Spanned<String>>,
    pub(crate) gist: Option<String>,
    pub(crate) provision: Option<String>,
    pub(crate) responsibility: Option<String>,
    #[serde(default)]
    pub(crate) layers: Entries<Spanned<RawPrimaryLayer>>,
    #[serde(default)]
    pub(crate) statements: Entries<RawStatement>,
    pub(crate) withdrawn: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(crate) maps: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) checks: Entries<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(crate) sources: Vec<String>,
}

/// A statement: its gist, or the gist with layers of its own.
#[derive(Debug)]
pub(crate) struct RawStatement {
    pub(crate) gist: String,
    pub(crate) layers: Entries<Spanned<RawPrimaryLayer>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeStatement {
    gist: String,
    #[serde(default)]
    layers: Entries<Spanned<RawPrimaryLayer>>,
}

impl<'de> serde::Deserialize<'de> for RawStatement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Statement;

        impl<'de> Visitor<'de> for Statement {
            type Value = RawStatement;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a gist, or a map with `gist` and `layers`")
            }

            fn visit_str<E: serde::de::Error>(self, gist: &str) -> Result<Self::Value, E> {
                Ok(RawStatement { gist: gist.to_owned(), layers: Entries::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let whole = WholeStatement::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawStatement { gist: whole.gist, layers: whole.layers })
            }
        }
        deserializer.deserialize_any(Statement)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPrimaryLayer {
    pub(crate) relation: Option<Relation>,
    pub(crate) reason: String,
}
