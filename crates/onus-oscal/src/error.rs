//! Why a document cannot be read, or a profile not resolved.

use crate::document::ModelKind;
use crate::limits;
use std::fmt;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from one.
    pub line: u32,
    /// The column, from one.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Why a document cannot be read, written, or resolved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OscalError {
    /// The file is larger than [`limits::MAX_BYTES`].
    #[error("{name}: the file has {bytes} bytes, and at most {} are read", limits::MAX_BYTES)]
    TooLarge {
        /// The file.
        name: String,
        /// Its size.
        bytes: usize,
    },
    /// The file is not text in UTF-8.
    #[error("{name}:{place}: the file is not text in UTF-8")]
    NotText {
        /// The file.
        name: String,
        /// The first byte that is wrong.
        place: Place,
    },
    /// The file has nothing in it.
    #[error("{name}: the file is empty")]
    Empty {
        /// The file.
        name: String,
    },
    /// The file is neither JSON nor YAML, or ends too early.
    #[error("{name}:{place}: {message}")]
    Syntax {
        /// The file.
        name: String,
        /// Where reading stopped.
        place: Place,
        /// What is wrong.
        message: String,
    },
    /// An object has a key twice, of which one would be lost.
    #[error("{name}:{place}: the key `{key}` is there twice")]
    DuplicateKey {
        /// The file.
        name: String,
        /// The second.
        place: Place,
        /// The key.
        key: String,
    },
    /// The file goes deeper than [`limits::MAX_DEPTH`].
    #[error("{name}:{place}: more than {} objects and lists within each other", limits::MAX_DEPTH)]
    TooDeep {
        /// The file.
        name: String,
        /// Where it goes too deep.
        place: Place,
    },
    /// The file has more than [`limits::MAX_VALUES`].
    #[error("{name}:{place}: more than {} values in one file", limits::MAX_VALUES)]
    TooMany {
        /// The file.
        name: String,
        /// Where there are too many.
        place: Place,
    },
    /// The file is JSON or YAML, and not OSCAL.
    #[error("{name}: this is no OSCAL document: {found}, where one of {} is expected", keys())]
    NotOscal {
        /// The file.
        name: String,
        /// What there is instead.
        found: String,
    },
    /// The file is written in a version of OSCAL that is not known.
    #[error("{name}: OSCAL `{version}` cannot be read: {reason}")]
    Version {
        /// The file.
        name: String,
        /// The version.
        version: String,
        /// Why not.
        reason: &'static str,
    },
    /// The file is not as its model wants it.
    #[error("{name}:{place}: {message}")]
    Shape {
        /// The file.
        name: String,
        /// Where it is not.
        place: Place,
        /// What is wrong.
        message: String,
    },
    /// A document cannot be written.
    #[error("the document cannot be written: {message}")]
    Write {
        /// Why not.
        message: String,
    },
    /// What a profile imports cannot be had.
    #[error("the import `{href}` cannot be read: {message}")]
    Import {
        /// What is imported.
        href: String,
        /// Why not, as the loader says it.
        message: String,
    },
    /// What a profile imports is another kind of document.
    #[error("the import `{href}` is neither a catalog nor a profile, but has the key `{}`", found.key())]
    NotControls {
        /// What is imported.
        href: String,
        /// What it is.
        found: ModelKind,
    },
    /// An import names a resource that the back matter does not have.
    #[error("the import `{href}` names no resource of the profile's back matter")]
    NoResource {
        /// What is imported.
        href: String,
    },
    /// An import names a resource that says not where it is.
    #[error("the import `{href}` names a resource without a link to JSON or YAML")]
    NoLink {
        /// What is imported.
        href: String,
    },
    /// A profile imports itself.
    #[error("the profile imports itself: {}", chain.iter().map(|href| format!("`{href}`")).collect::<Vec<_>>().join(" imports "))]
    Circular {
        /// The imports, from the first that comes again to where it does.
        chain: Vec<String>,
    },
    /// A profile imports one with its own uuid.
    #[error(
        "the import `{href}` has the uuid of `{importer}`, which imports it: a copy needs a uuid of its own"
    )]
    SameProfile {
        /// What is imported.
        href: String,
        /// What imports it, directly or through others.
        importer: String,
    },
    /// There are more than [`limits::MAX_IMPORT_DEPTH`] profiles in a chain.
    #[error("the import `{href}` comes after {} others, and no more are followed", limits::MAX_IMPORT_DEPTH)]
    ImportDepth {
        /// What is imported.
        href: String,
    },
    /// A profile names a control that what it imports does not have.
    #[error("the import `{href}` has no control `{id}`")]
    UnknownControl {
        /// What is imported.
        href: String,
        /// The control.
        id: String,
    },
    /// A directive of a profile contradicts another, or has a value that means nothing.
    #[error("{what}")]
    Directive {
        /// What is wrong.
        what: String,
    },
    /// Resolving takes more than [`limits::MAX_COPIED_BYTES`] or [`limits::MAX_STEPS`].
    #[error(
        "the profile takes more to resolve than is reasonable: too many imports or groups take the same controls"
    )]
    TooMuch,
}

/// The root keys, to choose from.
fn keys() -> String {
    let keys: Vec<String> = ModelKind::ALL.iter().map(|kind| format!("`{}`", kind.key())).collect();
    keys.join(", ")
}
