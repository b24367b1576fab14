//! The files that functions read, within the module's tree.

use super::Running;
use onus_hcl::Files;
use std::path::PathBuf;

/// A file that a function reads has at most this size.
const MAX_FUNCTION_FILE: u64 = 4 * 1024 * 1024;

/// A folder that a function lists has at most this many files.
const MAX_LISTED: usize = 10_000;

impl Running<'_> {
    /// The place of a file that a function names, where it is within the root module's tree or this module's.
    fn place(&self, path: &str) -> Result<PathBuf, String> {
        let given = PathBuf::from(path);
        // `path.module` is relative to the root, and so is every path.
        let full = if given.is_absolute() { given } else { self.root.join(given) };
        let full = full.canonicalize().map_err(|_| format!("there is no file `{path}`"))?;
        if full.starts_with(&self.root) || full.starts_with(&self.folder) {
            return Ok(full);
        }
        Err(format!("`{path}` is outside the module's folder, and is not read"))
    }
}

impl Files for Running<'_> {
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
