//! From an OSCAL catalog or profile to the overlay that the program keeps of it.
//!
//! `source` reads the file and resolves a profile, `matching` finds the framework that it is the text of, `texts` takes
//! the texts out.

mod matching;
mod source;
mod texts;

use anyhow::{Result, bail};
use jiff::civil::Date;
use matching::Match;
use onus_knowledge::{Knowledge, Overlay};
use source::Source;
use std::path::{Path, PathBuf};

/// What to import, and how it is to be known.
pub(crate) struct Wish<'a> {
    pub(crate) file: &'a Path,
    pub(crate) with: &'a [PathBuf],
    pub(crate) id: Option<&'a str>,
    pub(crate) framework: Option<&'a str>,
    pub(crate) date: Date,
}

/// The overlay of a file, and what to tell the user of it.
pub(crate) fn import(wish: &Wish<'_>, knowledge: &Knowledge) -> Result<(Overlay, Vec<String>)> {
    let source = source::read(wish.file, wish.with, knowledge)?;
    let found = matching::find(&source.catalog, knowledge, wish.framework)?;
    let id = wish.id.map_or_else(|| slug(&source.catalog.metadata.title), str::to_owned);
    if id.is_empty() || slug(&id) != id {
        bail!("`{id}` cannot be an id: small letters, digits, `-` and `.` can; name one with --id");
    }
    if knowledge.framework(&id).is_some() {
        bail!("a framework `{id}` exists already; name another id with --id");
    }
    let controls: Vec<_> =
        found.controls.iter().map(|own| texts::control(own, &found, source.with_texts)).collect();
    let notes = notes(&source, &found);
    let keeps = |own: &onus_knowledge::OverlayControl| own.own || source.with_texts;
    let overlay = Overlay {
        id,
        title: source.catalog.metadata.title.clone(),
        of: found.framework.map(|framework| framework.id.clone()),
        source: wish.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        read: wish.date,
        select: select(&source, &found),
        controls: controls.into_iter().filter(keeps).collect(),
        path: String::new(),
    };
    Ok((overlay, notes))
}

/// A profile becomes a selection of the framework, in the profile's order.
fn select(source: &Source, found: &Match<'_>) -> Vec<String> {
    if source.is_profile && found.framework.is_some() {
        found.controls.iter().map(|own| own.id.clone()).collect()
    } else {
        Vec::new()
    }
}

fn notes(source: &Source, found: &Match<'_>) -> Vec<String> {
    let mut notes = source.notes.clone();
    let known = found.controls.iter().filter(|own| own.known).count();
    match found.framework {
        Some(framework) => notes.push(format!("{known} controls are those of {}", framework.id)),
        None => notes.push("no framework of onus has these controls".to_owned()),
    }
    let unknown: Vec<&str> =
        found.controls.iter().filter(|own| !own.known).map(|own| own.id.as_str()).collect();
    if !unknown.is_empty() {
        notes.push(format!(
            "{} that no framework knows enter as your own, at organization: {}",
            unknown.len(),
            unknown.join(", ")
        ));
    }
    notes
}

/// A title as an id: `Our Baseline 2.0` is `our-baseline-2.0`.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for char in title.chars().flat_map(char::to_lowercase) {
        if char.is_ascii_alphanumeric() || (char == '.' && !slug.is_empty()) {
            slug.push(char);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches(['-', '.']).to_owned()
}
