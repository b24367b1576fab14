//! The files of a knowledge folder, as paths and texts.

use std::fs;
use std::io;
use std::path::Path;

/// A data file: its path below the folder, with forward slashes, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// `services/rds.yaml`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// All YAML files below a folder, and the property index, in alphabetical order.
///
/// # Errors
/// Where a folder or file cannot be read.
pub fn read_folder(folder: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if is_data(&name) {
            files.push(File { path, text: fs::read_to_string(entry.path())? });
        }
    }
    Ok(())
}

fn is_data(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml" || extension == "txt")
}
