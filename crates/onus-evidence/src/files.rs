//! The files of records: found below the folder, and hashed.

use onus_model::{FileState, Sha256};
use sha2::{Digest, Sha256 as Hasher};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is hashed: more than any document or recording that is kept as evidence.
pub const MAX_FILE_BYTES: u64 = 1 << 30;
/// The most bytes that one run hashes: a run stays within a minute or so, however many files the records name.
pub const MAX_TOTAL_BYTES: u64 = 16 << 30;
/// How much of a file is in memory at a time.
const BLOCK: usize = 64 * 1024;

/// Finds and hashes files, each once, up to a total.
#[derive(Debug)]
pub struct Files {
    /// The folder, with every link resolved.
    root: PathBuf,
    left: u64,
    known: HashMap<PathBuf, Result<Sha256, String>>,
}

/// A file that is not there, or that cannot be read for a reason.
pub(crate) enum Absent {
    Missing,
    Refused(String),
}

impl Files {
    /// The files below a folder.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn below(folder: &Path) -> io::Result<Self> {
        let root = folder.canonicalize()?;
        Ok(Self { root, left: MAX_TOTAL_BYTES, known: HashMap::new() })
    }

    /// How a file is found against the digest that was recorded. The path is relative to the folder.
    pub fn state(&mut self, path: &str, recorded: Sha256) -> FileState {
        match self.find(path).and_then(|file| self.hash(&file).map_err(Absent::Refused)) {
            Ok(digest) if digest == recorded => FileState::Intact,
            Ok(_) => FileState::Changed,
            Err(Absent::Missing) => FileState::Missing,
            Err(Absent::Refused(reason)) => FileState::Refused(reason),
        }
    }

    /// The file with every link resolved, if it is a file and lies below the folder.
    fn find(&self, path: &str) -> Result<PathBuf, Absent> {
        if !onus_knowledge::is_confined(path) {
            return Err(Absent::Refused("its path leads out of the evidence folder".to_owned()));
        }
        self.resolve(&self.root.join(path))
    }

    /// The same for any path.
    pub(crate) fn resolve(&self, path: &Path) -> Result<PathBuf, Absent> {
        let file = match path.canonicalize() {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Absent::Missing),
            Err(error) => return Err(Absent::Refused(error.to_string())),
        };
        if !file.starts_with(&self.root) {
            return Err(Absent::Refused("a link in its path leads out of the evidence folder".to_owned()));
        }
        Ok(file)
    }

    /// The path below the folder, with forward slashes; none where it cannot be written as text.
    pub(crate) fn relative(&self, file: &Path) -> Option<String> {
        let parts = file.strip_prefix(&self.root).ok()?.components();
        let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/")).filter(|path| onus_knowledge::is_confined(path))
    }

    /// The digest of a resolved file, or why there is none.
    pub(crate) fn hash(&mut self, file: &Path) -> Result<Sha256, String> {
        if let Some(known) = self.known.get(file) {
            return known.clone();
        }
        let digest = self.read(file);
        self.known.insert(file.to_owned(), digest.clone());
        digest
    }

    fn read(&mut self, file: &Path) -> Result<Sha256, String> {
        let metadata = file.metadata().map_err(|error| error.to_string())?;
        if !metadata.is_file() {
            // A pipe would wait for a writer that may never come.
            return Err("it is no file".to_owned());
        }
        if metadata.len() > MAX_FILE_BYTES {
            return Err(format!("it is larger than {} MiB", MAX_FILE_BYTES >> 20));
        }
        if metadata.len() > self.left {
            return Err(format!("the files are larger than {} GiB together", MAX_TOTAL_BYTES >> 30));
        }
        self.left -= metadata.len();
        let open = File::open(file).map_err(|error| error.to_string())?;
        digest(open.take(MAX_FILE_BYTES)).map_err(|error| error.to_string())
    }
}

fn digest(mut input: impl Read) -> io::Result<Sha256> {
    let mut hasher = Hasher::new();
    let mut block = vec![0; BLOCK];
    loop {
        match input.read(&mut block)? {
            0 => return Ok(Sha256::new(hasher.finalize().into())),
            count => hasher.update(&block[..count]),
        }
    }
}
