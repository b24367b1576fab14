//! The parsed templates of a run that belong together, by file and by path.

use super::tree::{Syntax, Tree};
use onus_model::{FileId, SourceFile};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// Parsed templates that nested stacks connect.
#[derive(Default)]
pub(crate) struct Library {
    templates: FxHashMap<FileId, Tree>,
    paths: FxHashMap<PathBuf, FileId>,
    /// What each template's nested stacks name, as written, and the file that it is.
    links: FxHashMap<(FileId, Box<str>), FileId>,
}

impl Library {
    pub(crate) fn insert(&mut self, file: FileId, tree: Tree) {
        self.templates.insert(file, tree);
    }

    pub(crate) fn contains(&self, file: FileId) -> bool {
        self.templates.contains_key(&file)
    }

    /// Makes a file findable by its path.
    pub(crate) fn register(&mut self, path: PathBuf, file: FileId) {
        self.paths.entry(path).or_insert(file);
    }

    pub(crate) fn file_at(&self, path: &Path) -> Option<FileId> {
        self.paths.get(path).copied()
    }

    pub(crate) fn link(&mut self, parent: FileId, location: &str, child: FileId) {
        self.links.insert((parent, location.into()), child);
    }

    /// The file that a nested stack's location names.
    pub(crate) fn child_of(&self, parent: FileId, location: &str) -> Option<FileId> {
        self.links.get(&(parent, location.into())).copied()
    }

    /// The files that a template's nested stacks name, sorted.
    pub(crate) fn children(&self, parent: FileId) -> Vec<FileId> {
        let mut all: Vec<_> =
            self.links.iter().filter(|((from, _), _)| *from == parent).map(|(_, to)| *to).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The outermost node of a template, and its size.
    pub(crate) fn root<'t>(&'t self, file: FileId, source: &'t SourceFile) -> Option<(Syntax<'t>, usize)> {
        let tree = self.templates.get(&file)?;
        Some((tree.root(&source.text, file)?, tree.len()))
    }
}
