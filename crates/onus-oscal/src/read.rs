//! Bytes to a document.

use crate::document::{Document, ModelKind, SCHEMA};
use crate::error::{OscalError, Place};
use crate::limits;
use crate::notation::{Notation, ParseError};
use crate::scan::{self, Fault, Seen};
use crate::version::{self, Support};
use std::fmt;

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The document.
    pub document: Document,
    /// How it is written down.
    pub notation: Notation,
    /// What to know about the result.
    pub warnings: Vec<Warning>,
}

/// Something to know about a document that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// It is written in a later version of OSCAL 1 than is known. Its fields are kept where they are not understood.
    NewerVersion {
        /// The version.
        version: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::NewerVersion { version } = self;
        let newest = version::NEWEST_MINOR;
        write!(f, "OSCAL `{version}` is newer than 1.{newest}: what it adds is kept, and not understood")
    }
}

/// Reads a document, in JSON or YAML, of any model. The name only appears in errors.
///
/// OSCAL 1.0 to 1.2 is read, a later 1.x with a [`Warning`], and anything else is refused; so is whatever would come
/// out smaller than it went in: a key that is there twice, a file that breaks off, a second model. A byte order mark
/// is skipped.
///
/// # Errors
/// Where the file is not such a document, or is beyond the [`limits`]. The error names the line and column where there
/// is one to name.
pub fn read(name: &str, bytes: &[u8]) -> Result<Read, OscalError> {
    let text = text(name, bytes)?;
    let notation = Notation::of(text);
    let seen = scan::scan(notation, text).map_err(|(fault, error)| of_fault(name, fault, error))?;
    check_root(name, &seen)?;
    let warnings = check_version(name, &seen)?;
    let document = notation.parse(text).map_err(|ParseError { place, message }| OscalError::Shape {
        name: name.to_owned(),
        place,
        message,
    })?;
    Ok(Read { document, notation, warnings })
}

fn text<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, OscalError> {
    if bytes.len() > limits::MAX_BYTES {
        return Err(OscalError::TooLarge { name: name.to_owned(), bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| OscalError::NotText {
        name: name.to_owned(),
        place: place_after(&bytes[..error.valid_up_to()]),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(OscalError::Empty { name: name.to_owned() });
    }
    Ok(text)
}

/// The place of the byte that follows.
fn place_after(before: &[u8]) -> Place {
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    Place { line: lines as u32 + 1, column: column as u32 + 1 }
}

fn of_fault(name: &str, fault: Fault, ParseError { place, message }: ParseError) -> OscalError {
    let name = name.to_owned();
    match fault {
        Fault::DuplicateKey(key) => OscalError::DuplicateKey { name, place, key },
        Fault::TooDeep => OscalError::TooDeep { name, place },
        Fault::TooMany => OscalError::TooMany { name, place },
        Fault::Syntax => OscalError::Syntax { name, place, message },
    }
}

/// One model, and nothing beside it.
fn check_root(name: &str, seen: &Seen) -> Result<(), OscalError> {
    let found = match &seen.roots {
        None => "no object".to_owned(),
        Some(roots) => match roots.iter().filter(|root| *root != SCHEMA).collect::<Vec<_>>()[..] {
            [] => "an empty object".to_owned(),
            [root] if ModelKind::of_key(root).is_some() => return Ok(()),
            [root] => format!("the key `{}`", clipped(root)),
            [first, second, ..] => format!("the keys `{}` and `{}`", clipped(first), clipped(second)),
        },
    };
    Err(OscalError::NotOscal { name: name.to_owned(), found })
}

/// A key may be as long as the file.
fn clipped(key: &str) -> String {
    const SHOWN: usize = 60;
    match key.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &key[..end]),
        None => key.to_owned(),
    }
}

/// Before the types are tried: what an unknown version looks like is not a mistake of the file.
fn check_version(name: &str, seen: &Seen) -> Result<Vec<Warning>, OscalError> {
    let Some(version) = &seen.version else { return Ok(Vec::new()) };
    match version::support(version) {
        Support::Known => Ok(Vec::new()),
        Support::Newer => Ok(vec![Warning::NewerVersion { version: version.clone() }]),
        Support::No(reason) => {
            Err(OscalError::Version { name: name.to_owned(), version: version.clone(), reason })
        }
    }
}
