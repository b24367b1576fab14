//! Terraform's JSON syntax: a text is written out in the language itself, and then read as any other.
//!
//! Spans of `hcl-edit`'s syntax cannot be set, so what is read of the written text has places in that. `places` knows which
//! bytes of the JSON each piece was written from; when all is read, [`restore`] puts the places of the JSON there instead.
//! `blocks` says where blocks stand and how the strings of arguments are read; `translate` writes it all, `strings` its strings,
//! of which `text` has the letters.
//!
//! The syntax: <https://developer.hashicorp.com/terraform/language/syntax/json>.

mod blocks;
mod places;
mod secrets;
mod strings;
mod text;
mod translate;

pub(crate) use places::Places;

use super::configuration::Source;
use crate::Reading;
use onus_model::{FileId, Node, Place, Problem, Span, Value};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Blocks.
    Configuration,
    /// Values of variables.
    Values,
}

/// A JSON text in the language itself.
#[derive(Debug)]
pub(super) struct Translation {
    pub(super) text: String,
    pub(super) places: Places,
    /// What is wrong with it, at the places of the JSON.
    pub(super) problems: Vec<Problem>,
    /// What is named like a secret, at the places of the JSON.
    pub(super) hidden: Vec<Range<usize>>,
}

/// Whether a file is in the JSON syntax, by its name alone as Terraform has it.
pub(super) fn is_json(name: &str) -> bool {
    name.ends_with(".json")
}

/// Writes a JSON text out in the language itself.
///
/// # Errors
/// Says what is not JSON, or no template where one is due.
pub(super) fn translate(file: FileId, json: &str, content: Content) -> Result<Translation, Problem> {
    translate::translate(file, json, content)
}

/// Puts the places of JSON files in a reading that has those of the text that these were written out in.
pub(super) fn restore<'s>(reading: &mut Reading, sources: impl Iterator<Item = &'s Source>) {
    let files: BTreeMap<FileId, &Places> =
        sources.filter_map(|source| Some((source.file, source.places.as_ref()?))).collect();
    if files.is_empty() {
        return;
    }
    let put = |span: &mut Span| {
        if let Some(places) = files.get(&span.file) {
            *span = places.span(*span);
        }
    };
    for resource in &mut reading.resources {
        put(&mut resource.span);
        nodes(&mut resource.properties, &put);
        for pair in &mut resource.elsewhere {
            put(&mut pair.value);
            put(&mut pair.argument);
        }
    }
    reading.suppressions.iter_mut().for_each(|found| put(&mut found.span));
    for problem in &mut reading.problems {
        if let Place::Span(span) = &mut problem.place {
            put(span);
        }
    }
}

/// Every place in a value; values are as deep as blocks and expressions are read.
fn nodes(node: &mut Node, put: &impl Fn(&mut Span)) {
    put(&mut node.span);
    match &mut node.value {
        Value::List(all) => all.iter_mut().for_each(|node| nodes(node, put)),
        Value::Map(all) => all.iter_mut().for_each(|(_, node)| nodes(node, put)),
        _ => {}
    }
}
