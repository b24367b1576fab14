//! Catalogs that the user owns and imported: texts laid over a framework, a selection from it, or a framework of its own.
//!
//! The files are written by the program ([`write_overlay`]) and may be edited. [`apply_overlays`] puts the texts where
//! ours stood, so that whatever shows a control shows them. They never become part of the knowledge that is packed.

mod apply;

pub use apply::apply_overlays;

use crate::error::KnowledgeError;
use crate::raw;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;
use std::collections::BTreeMap;

/// An imported catalog or profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// The id: that of the framework it adds, and of its file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The framework whose controls these are; none where no framework of ours knows them.
    pub of: Option<String>,
    /// The file that was imported, by its name.
    pub source: String,
    /// The day of the import.
    pub read: Date,
    /// Of a profile: the ids that it selects, as the framework writes them.
    pub select: Vec<String>,
    /// The texts.
    pub controls: Vec<OverlayControl>,
    /// The path of the file.
    pub path: String,
}

/// What an import says of a control.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverlayControl {
    /// The control's id, as the framework writes it.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its text as a whole.
    pub text: Option<String>,
    /// The texts of its statements, by their ids; `{{ insert: param, … }}` stands for a parameter.
    pub statements: BTreeMap<String, String>,
    /// What stands for each parameter.
    pub params: BTreeMap<String, String>,
    /// Whether no framework of ours knows it.
    pub own: bool,
    /// The line in the file.
    pub line: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOverlay<I> {
    id: I,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    source: String,
    read: Date,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    select: Vec<String>,
    #[serde(default = "Vec::new")]
    controls: Vec<RawOverlayControl<I>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOverlayControl<I> {
    id: I,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    statements: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    params: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    own: bool,
}

/// Reads an imported catalog.
///
/// # Errors
/// Where the file is not one; the error has its place.
pub fn read_overlay(path: &str, text: &str) -> Result<Overlay, KnowledgeError> {
    let raw: RawOverlay<Spanned<String>> = raw::parse(path, text)?;
    let control = |raw: RawOverlayControl<Spanned<String>>| OverlayControl {
        line: raw.id.referenced.line() as u32,
        id: raw.id.value,
        title: raw.title,
        text: raw.text,
        statements: raw.statements,
        params: raw.params,
        own: raw.own,
    };
    Ok(Overlay {
        id: raw.id.value,
        title: raw.title,
        of: raw.of,
        source: raw.source,
        read: raw.read,
        select: raw.select,
        controls: raw.controls.into_iter().map(control).collect(),
        path: path.to_owned(),
    })
}

/// Writes an imported catalog, as [`read_overlay`] reads it.
///
/// # Errors
/// What the YAML writer says of a value that it refuses.
pub fn write_overlay(overlay: &Overlay) -> Result<String, String> {
    let control = |own: &OverlayControl| RawOverlayControl {
        id: own.id.clone(),
        title: own.title.clone(),
        text: own.text.clone(),
        statements: own.statements.clone(),
        params: own.params.clone(),
        own: own.own,
    };
    let raw = RawOverlay {
        id: overlay.id.clone(),
        title: overlay.title.clone(),
        of: overlay.of.clone(),
        source: overlay.source.clone(),
        read: overlay.read,
        select: overlay.select.clone(),
        controls: overlay.controls.iter().map(control).collect(),
    };
    let options = serde_saphyr::ser_options! { yaml_12: false, prefer_block_scalars: true };
    serde_saphyr::to_string_with_options(&raw, options).map_err(|error| error.to_string())
}
