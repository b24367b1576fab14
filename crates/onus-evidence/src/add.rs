//! Writing a record.

use crate::error::EvidenceError;
use crate::files::{Absent, Files};
use jiff::civil::Date;
use onus_knowledge::Knowledge;
use onus_model::{RecordResult, Sha256, Target};
use serde::Serialize;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A record to write.
#[derive(Clone, Debug, Default)]
pub struct NewRecord {
    /// The id, which becomes the file's name.
    pub id: String,
    /// What it is for.
    pub targets: Vec<Target>,
    /// Who sees to it.
    pub owner: String,
    /// When it has to be done, or done again.
    pub due: Option<Date>,
    /// How it is satisfied.
    pub how: Option<String>,
    /// Whether it is done.
    pub result: Option<RecordResult>,
    /// The day on which that was so.
    pub date: Option<Date>,
    /// The last day on which it counts.
    pub valid_until: Option<Date>,
    /// Who signed it off.
    pub signed_off_by: Option<String>,
    /// The files that show it, as seen from the working folder.
    pub files: Vec<PathBuf>,
    /// Anything else.
    pub note: Option<String>,
}

/// The file as it is written; read again by `onus-knowledge`.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Written<'a> {
    id: &'a str,
    #[serde(rename = "for")]
    targets: Vec<Task>,
    owner: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_off_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<WrittenFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Task {
    task: String,
}

#[derive(Serialize)]
struct WrittenFile {
    path: String,
    sha256: String,
}

/// Writes a record into a folder, which is made if it is not there. A record that is there already is kept.
///
/// # Errors
/// Where the record would not load again, a file is not below the folder, or something cannot be read or written.
pub fn add(folder: &Path, record: &NewRecord, knowledge: &Knowledge) -> Result<PathBuf, EvidenceError> {
    if !onus_knowledge::is_record_id(&record.id) {
        return Err(EvidenceError::Incomplete(onus_knowledge::wrong_record_id(&record.id)));
    }
    let path = folder.join(format!("{}.yaml", record.id));
    if path.symlink_metadata().is_ok() {
        return Err(EvidenceError::Exists(path));
    }
    let hashed = hashed(folder, &record.files)?;
    let text = text(record, hashed, &path)?;
    check(&text, &path, knowledge)?;
    fs::create_dir_all(folder).map_err(|source| EvidenceError::Write { path: folder.to_owned(), source })?;
    write(&path, &text)?;
    Ok(path)
}

/// What is written must load again: whatever a record needs is said in one place.
fn check(text: &str, path: &Path, knowledge: &Knowledge) -> Result<(), EvidenceError> {
    onus_knowledge::read_record(&path.display().to_string(), text, knowledge).map(|_| ()).map_err(|errors| {
        let said = errors.into_iter().map(|error| match error.help {
            Some(help) => format!("{}; {help}", error.message),
            None => error.message,
        });
        EvidenceError::Incomplete(said.collect::<Vec<_>>().join("\n"))
    })
}

fn write(path: &Path, text: &str) -> Result<(), EvidenceError> {
    let written = OpenOptions::new().write(true).create_new(true).open(path);
    match written.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(EvidenceError::Exists(path.to_owned()))
        }
        Err(source) => Err(EvidenceError::Write { path: path.to_owned(), source }),
    }
}

/// The files' paths below the folder, with their digests.
fn hashed(folder: &Path, paths: &[PathBuf]) -> Result<Vec<(String, Sha256)>, EvidenceError> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let outside = |path: &Path| EvidenceError::Outside { path: path.to_owned(), folder: folder.to_owned() };
    let mut files = Files::below(folder).map_err(|_| outside(&paths[0]))?;
    let mut hashed = Vec::new();
    for path in paths {
        let file = files.resolve(path).map_err(|absent| match absent {
            Absent::Missing => {
                EvidenceError::Read { path: path.clone(), source: io::ErrorKind::NotFound.into() }
            }
            Absent::Refused(_) => outside(path),
        })?;
        let unfit = |reason| EvidenceError::Unfit { path: path.clone(), reason };
        let digest = files.hash(&file).map_err(unfit)?;
        let name = files.relative(&file).ok_or_else(|| unfit("its name is not plain text".to_owned()))?;
        hashed.push((name, digest));
    }
    Ok(hashed)
}

fn text(record: &NewRecord, files: Vec<(String, Sha256)>, path: &Path) -> Result<String, EvidenceError> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let written = Written {
        id: &record.id,
        targets: record.targets.iter().map(|target| Task { task: target.to_string() }).collect(),
        owner: &record.owner,
        due: day(record.due),
        how: record.how.as_deref(),
        result: record.result.map(RecordResult::as_str),
        date: day(record.date),
        valid_until: day(record.valid_until),
        signed_off_by: record.signed_off_by.as_deref(),
        files: files
            .into_iter()
            .map(|(path, digest)| WrittenFile { path, sha256: digest.to_string() })
            .collect(),
        note: record.note.as_deref(),
    };
    serde_saphyr::to_string(&written).map_err(|error| EvidenceError::Write {
        path: path.to_owned(),
        source: io::Error::other(error.to_string()),
    })
}
