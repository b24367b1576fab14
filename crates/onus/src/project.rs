//! `onus.yaml`, found upward from the working folder.

use crate::knowledge::shown;
use anyhow::{Context, Result, bail};
use onus_knowledge::Project;
use std::path::{Path, PathBuf};

/// The project file's content, and the folder that its paths are relative to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) project: Project,
    pub(crate) folder: PathBuf,
    /// The file itself.
    pub(crate) file: PathBuf,
}

/// Where imported catalogs lie, unless `catalogs:` says otherwise.
const CATALOGS: &str = ".onus/catalogs";

impl Found {
    /// Whether there is a project file.
    pub(crate) fn is_there(&self) -> bool {
        !self.file.as_os_str().is_empty()
    }

    /// The folder of imported catalogs.
    pub(crate) fn catalogs(&self) -> PathBuf {
        self.path(self.project.catalogs.as_deref().unwrap_or(CATALOGS))
    }

    /// A path of the file, as seen from the working folder.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        if self.folder.as_os_str().is_empty() || self.folder == Path::new(".") {
            PathBuf::from(relative)
        } else {
            self.folder.join(relative)
        }
    }
}

/// Reads the project file that was named, or the nearest upward, or none.
pub(crate) fn find(named: Option<&Path>) -> Result<Found> {
    let path = match named {
        Some(path) => Some(path.to_owned()),
        None => search(),
    };
    let Some(path) = path else { return Ok(Found::default()) };
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    match onus_knowledge::read_project(&path.display().to_string(), &text) {
        Ok(project) => {
            Ok(Found { project, folder: path.parent().map(Path::to_owned).unwrap_or_default(), file: path })
        }
        Err(errors) => {
            bail!("{}", errors.iter().map(|error| shown(error, &text)).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn search() -> Option<PathBuf> {
    let mut prefix = PathBuf::new();
    let start = std::env::current_dir().ok()?;
    for folder in start.ancestors() {
        let path = folder.join("onus.yaml");
        if path.is_file() {
            return Some(prefix.join("onus.yaml"));
        }
        prefix.push("..");
    }
    None
}
