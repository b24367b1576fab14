//! The parsed templates that nested stacks connect, and these connections.

use super::tree::{Syntax, Tree};
use onus_model::{FileId, SourceFile};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Parsed templates, by file.
#[derive(Default)]
pub(crate) struct Library {
    templates: FxHashMap<FileId, Tree>,
    /// By parent, what its nested stacks name, as written, and the file that it is.
    links: FxHashMap<FileId, BTreeMap<Box<str>, FileId>>,
}

impl Library {
    pub(crate) fn insert(&mut self, file: FileId, tree: Tree) {
        self.templates.insert(file, tree);
    }

    pub(crate) fn contains(&self, file: FileId) -> bool {
        self.templates.contains_key(&file)
    }

    /// Says which file a nested stack's location is.
    pub(crate) fn link(&mut self, parent: FileId, location: &str, child: FileId) {
        self.links.entry(parent).or_default().insert(location.into(), child);
    }

    /// The file that a nested stack's location names.
    pub(crate) fn child_of(&self, parent: FileId, location: &str) -> Option<FileId> {
        self.links.get(&parent)?.get(location).copied()
    }

    /// The files that a template's nested stacks name, by location.
    pub(crate) fn children(&self, parent: FileId) -> Vec<FileId> {
        self.links.get(&parent).into_iter().flat_map(|links| links.values().copied()).collect()
    }

    /// The outermost node of a template, and the template's size.
    pub(crate) fn root<'t>(&'t self, file: FileId, source: &'t SourceFile) -> Option<(Syntax<'t>, usize)> {
        let tree = self.templates.get(&file)?;
        Some((tree.root(&source.text, file)?, tree.len()))
    }
}
