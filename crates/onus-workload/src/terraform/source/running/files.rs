//! The files that functions read, within the module's tree.

use super::Running;
use crate::walk;
use onus_hcl::Files;
use std::path::{Path, PathBuf};

/// A file that a function reads has at most this size.
const MAX_FUNCTION_FILE: u64 = 4 * 1024 * 1024;

/// A folder that a function lists has at most this many files.
const MAX_LISTED: usize = 10_000;

/// Folders within which functions read files; paths start from the first.
pub(in crate::terraform::source) struct Tree<'p> {
    pub(in crate::terraform::source) base: &'p Path,
    pub(in crate::terraform::source) other: &'p Path,
    /// Those that were named to be assessed.
    pub(in crate::terraform::source) assessed: &'p [PathBuf],
}

impl Running<'_> {
    /// That of the root module, and this module's: `path.module` is relative to the root, and so is every path.
    fn tree(&self) -> Tree<'_> {
        Tree { base: &self.root, other: &self.folder, assessed: self.world.assessed }
    }
}

impl Files for Running<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.tree().read(path)
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        self.tree().exists(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        self.tree().list(folder)
    }

    fn folder(&self) -> Option<String> {
        Some(self.root.to_string_lossy().replace('\\', "/"))
    }
}

impl Tree<'_> {
    /// The place of a file that a function names, where it is within the tree.
    fn place(&self, path: &str) -> Result<PathBuf, String> {
        let given = PathBuf::from(path);
        let full = if given.is_absolute() { given } else { self.base.join(given) };
        let shown = || walk::shown(Path::new(path));
        let full = full.canonicalize().map_err(|_| format!("there is no file `{}`", shown()))?;
        let mut within =
            [self.base, self.other].into_iter().chain(self.assessed.iter().map(PathBuf::as_path));
        if within.any(|folder| full.starts_with(folder)) {
            return Ok(full);
        }
        Err(format!("`{}` is outside the module's folder and of what is assessed, and is not read", shown()))
    }
}

impl Files for Tree<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let place = self.place(path)?;
        let size = place.metadata().map_err(|error| error.to_string())?;
        if !size.is_file() || size.len() > MAX_FUNCTION_FILE {
            return Err(format!("`{path}` is no file of up to 4 MiB"));
        }
        std::fs::read(place).map_err(|error| format!("`{path}` cannot be read: {error}"))
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        match self.place(path) {
            Ok(place) => Ok(place.is_file()),
            Err(why) if why.starts_with("there is no file") => Ok(false),
            Err(why) => Err(why),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        let place = self.place(folder)?;
        let mut files = Vec::new();
        for entry in ignore::WalkBuilder::new(&place).standard_filters(false).follow_links(false).build() {
            let Ok(entry) = entry else { continue };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            if files.len() >= MAX_LISTED {
                return Err(format!("`{folder}` has more than {MAX_LISTED} files"));
            }
            if let Ok(path) = entry.path().strip_prefix(&place) {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
        files.sort_unstable();
        Ok(files)
    }
}
