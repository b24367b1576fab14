//! The records of a folder.

use crate::error::EvidenceError;
use crate::files::Files;
use onus_knowledge::{Knowledge, KnowledgeError};
use onus_model::Record;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest record that is read: many times what one needs.
pub const MAX_RECORD_BYTES: u64 = 256 * 1024;
/// The most records that are read: several for each statement of the largest catalogue.
pub const MAX_RECORDS: usize = 10_000;

/// What an evidence folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    /// The records that load, by id, their files looked at.
    pub records: Vec<Record>,
    /// The files that do not.
    pub unloaded: Vec<Unloaded>,
}

/// A mistake in a record, or a record that was not read.
#[derive(Debug)]
pub struct Unloaded {
    /// What is wrong, and where.
    pub error: KnowledgeError,
    /// The text of the file; empty where it was not read.
    pub text: String,
}

/// Reads a folder's records and looks at their files. One bad record does not end the run.
///
/// # Errors
/// Where the folder itself cannot be read.
pub fn read(folder: &Path, knowledge: &Knowledge) -> Result<Folder, EvidenceError> {
    let failed = |source| EvidenceError::Read { path: folder.to_owned(), source };
    let mut files = Files::below(folder).map_err(failed)?;
    let mut paths = record_paths(folder).map_err(failed)?;
    paths.sort();
    let mut read = Folder::default();
    if let Some(first) = paths.get(MAX_RECORDS) {
        read.unloaded.push(unread(first, format!("only the first {MAX_RECORDS} records are read")));
        paths.truncate(MAX_RECORDS);
    }
    for path in &paths {
        match text(path) {
            Ok(text) => read.add(path, text, knowledge, &mut files),
            Err(reason) => read.unloaded.push(unread(path, reason)),
        }
    }
    Ok(read)
}

impl Folder {
    fn add(&mut self, path: &Path, text: String, knowledge: &Knowledge, files: &mut Files) {
        match onus_knowledge::read_record(&shown(path), &text, knowledge) {
            Ok(mut record) => {
                for file in &mut record.files {
                    file.state = files.state(&file.path, file.sha256);
                }
                self.records.push(record);
            }
            Err(errors) => {
                self.unloaded.extend(errors.into_iter().map(|error| Unloaded { error, text: text.clone() }));
            }
        }
    }
}

/// The path as the user would write it, with forward slashes.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn unread(path: &Path, message: String) -> Unloaded {
    let error = KnowledgeError { path: shown(path), line: 0, column: 0, message, help: None };
    Unloaded { error, text: String::new() }
}

/// The YAML files directly in a folder. What lies deeper is evidence, whatever its name.
fn record_paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if is_yaml && !hidden && !path.is_dir() {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// The text of a record, or why there is none.
fn text(path: &Path) -> Result<String, String> {
    // Of the entry itself: a link could lead to any file, of which an error would show a line.
    let metadata = path.symlink_metadata().map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is no file, but a link or something else".to_owned());
    }
    let open = File::open(path).map_err(|error| error.to_string())?;
    let mut text = String::new();
    match open.take(MAX_RECORD_BYTES + 1).read_to_string(&mut text) {
        Ok(_) if text.len() as u64 > MAX_RECORD_BYTES => {
            Err(format!("it is larger than {} KiB, which no record is", MAX_RECORD_BYTES >> 10))
        }
        Ok(_) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err("it is not text".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
