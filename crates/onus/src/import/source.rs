//! Reads the file, and resolves it where it is a profile.

use anyhow::{Result, bail};
use onus_knowledge::Knowledge;
use onus_oscal::catalog::Catalog;
use onus_oscal::profile::Profile;
use onus_oscal::{Document, Model, ProblemKind};
use onus_report::oscal::{self, Scope, untoken};
use std::path::{Path, PathBuf};

/// The catalog of a file, or the one that its profile stands for.
pub(super) struct Source {
    pub(super) catalog: Catalog,
    pub(super) is_profile: bool,
    /// Whether the texts are the user's; they are ours where the profile's catalog was not at hand.
    pub(super) with_texts: bool,
    pub(super) notes: Vec<String>,
}

pub(super) fn read(file: &Path, with: &[PathBuf], knowledge: &Knowledge) -> Result<Source> {
    let (document, mut notes) = document(file)?;
    match document.model {
        Model::Catalog(catalog) => Ok(Source { catalog, is_profile: false, with_texts: true, notes }),
        Model::Profile(profile) => {
            let mut finder = Finder { file, with, knowledge, profile: &profile, ours: None };
            let mut catalog = onus_oscal::resolve(&profile, |href| finder.find(href))
                .map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
            // A title of its own, without the resolution's additions.
            catalog.metadata.title.clone_from(&profile.metadata.title);
            if let Some(href) = &finder.ours {
                notes.push(format!(
                    "`{href}` is not at hand: its ids are taken from onus, and no texts; give it with --with"
                ));
            }
            let with_texts = finder.ours.is_none();
            Ok(Source { catalog, is_profile: true, with_texts, notes })
        }
        other => bail!(
            "{}: this is a `{}`, where a catalog or a profile is expected",
            file.display(),
            other.kind().key()
        ),
    }
}

/// A document without an id that is taken twice, and what there is to know about it.
fn document(file: &Path) -> Result<(Document, Vec<String>)> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| anyhow::anyhow!("cannot read `{name}`: {error}"))?;
    let read = onus_oscal::read(&name, &bytes)?;
    let problems = onus_oscal::check(&read.document, &[]);
    let twice: Vec<String> = problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::Duplicate)
        .map(|problem| match onus_oscal::locate(&bytes, &problem.pointer) {
            Some(place) => format!("{name}:{place}: {}", problem.message),
            None => format!("{name}: {problem}"),
        })
        .collect();
    if !twice.is_empty() {
        bail!("{}", twice.join("\n"));
    }
    Ok((read.document, read.warnings.iter().map(ToString::to_string).collect()))
}

/// Finds what a profile imports.
struct Finder<'a> {
    file: &'a Path,
    with: &'a [PathBuf],
    knowledge: &'a Knowledge,
    profile: &'a Profile,
    /// What was not at hand, where our catalogue took its place.
    ours: Option<String>,
}

impl Finder<'_> {
    fn find(&mut self, href: &str) -> Result<Document, String> {
        let name = href.rsplit(['/', '\\']).next().unwrap_or(href);
        let folder = self.file.parent().unwrap_or_else(|| Path::new(""));
        let named = |path: &&PathBuf| path.file_name().is_some_and(|own| own.to_string_lossy() == name);
        let given = self.with.iter().find(named).cloned();
        let places = [Some(folder.join(href)), Some(folder.join(name)), given];
        let mut beside = places.into_iter().flatten().filter(|path| path.is_file());
        let only = || if let [only] = self.with { Some(only.clone()) } else { None };
        if let Some(path) = beside.next().or_else(only) {
            return document(&path).map(|(document, _)| document).map_err(|error| error.to_string());
        }
        let ours = self.known_catalog();
        let ours =
            ours.ok_or_else(|| format!("there is no `{name}` beside the profile; give it with --with FILE"))?;
        self.ours = Some(href.to_owned());
        Ok(ours)
    }

    /// The catalogue of ours that has every control which the profile names.
    fn known_catalog(&self) -> Option<Document> {
        let selects = self.profile.imports.iter().flat_map(|import| &import.include_controls);
        let ids: Vec<String> = selects.flat_map(|select| &select.with_ids).map(|id| untoken(id)).collect();
        let has_all = |framework: &&onus_model::Framework| {
            framework.selects.is_none() && ids.iter().all(|id| framework.control(id).is_some())
        };
        let framework = self.knowledge.frameworks.iter().find(has_all).filter(|_| !ids.is_empty())?;
        Some(oscal::catalog(&Scope {
            knowledge: self.knowledge,
            framework,
            date: framework.read,
            notation: onus_oscal::Notation::Json,
        }))
    }
}
