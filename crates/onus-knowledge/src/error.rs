//! What is wrong with a file of knowledge, with its place.

use std::fmt;

/// A mistake in a data file, at a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnowledgeError {
    /// The path, as the user would write it.
    pub path: String,
    /// The line, from one; zero where the file as a whole is meant.
    pub line: u32,
    /// The column, from one.
    pub column: u32,
    /// What is wrong: lower case, no full stop, user text in backticks.
    pub message: String,
    /// What to try.
    pub help: Option<String>,
}

impl fmt::Display for KnowledgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for KnowledgeError {}

/// Collects the mistakes of one file.
pub(crate) struct Mistakes<'a> {
    path: &'a str,
    found: Vec<KnowledgeError>,
}

impl<'a> Mistakes<'a> {
    pub(crate) const fn new(path: &'a str) -> Self {
        Self { path, found: Vec::new() }
    }

    pub(crate) fn at(&mut self, at: serde_saphyr::Location, message: impl Into<String>) {
        self.push(at, message.into(), None);
    }

    /// The same with advice, where there is some.
    pub(crate) fn note(
        &mut self,
        at: serde_saphyr::Location,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.push(at, message.into(), help);
    }

    fn push(&mut self, at: serde_saphyr::Location, message: String, help: Option<String>) {
        let (line, column) = (at.line() as u32, at.column() as u32);
        self.found.push(KnowledgeError { path: self.path.to_owned(), line, column, message, help });
    }

    pub(crate) fn into_inner(self) -> Vec<KnowledgeError> {
        self.found
    }
}

/// `did you mean …?` for the nearest of the words, if one is near.
pub fn did_you_mean<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    nearest(word, words).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// The nearest of the words, if one is near.
pub(crate) fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    onus_model::nearest(word, words, 0.8).map(str::to_owned)
}
