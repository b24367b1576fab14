//! The workload: what a customer runs on AWS, as every reader delivers it.

use crate::value::{FileId, Node, Span};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

/// Everything the readers found, in one place.
#[derive(Debug, Default)]
pub struct Workload {
    /// The files that were read; a [`FileId`] is an index into them.
    pub files: Vec<SourceFile>,
    /// The resources, in the order of the files and within a file.
    pub resources: Vec<Resource>,
    /// The root modules that the resources are of, each once, by the order of their first resources.
    pub roots: Vec<Arc<str>>,
    /// Services that were named rather than found in use (`--services`), by id as the user wrote it.
    pub services: Vec<String>,
    /// Waivers written beside resources, or in a file for all of it.
    pub suppressions: Vec<Suppression>,
    /// What could not be read, or only in part.
    pub problems: Vec<Problem>,
}

impl Workload {
    /// The file of a span.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Where a span starts, for people: file, line and column.
    pub fn location(&self, span: Span) -> Location<'_> {
        let file = self.file(span.file);
        let (line, column) = file.line_and_column(span.start);
        Location { path: &file.path, line, column }
    }
}

/// A place in a file, for people. Lines and columns count from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The path as the user would write it, with forward slashes.
    pub path: &'a str,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// A file that was read.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as the user would write it, with forward slashes; `-` for standard input.
    pub path: String,
    /// The whole text, without a byte order mark.
    pub text: Box<str>,
    /// What may be shown of it, where that is not all.
    shown: Shown,
    lines: OnceLock<Lines>,
}

/// What may be shown of a file.
#[derive(Debug)]
enum Shown {
    All,
    /// The text with secrets masked, byte by byte.
    Masked(Box<str>),
    Nothing,
}

/// What is counted once, so that a place is found without walking its line: a plan is one line of any length.
#[derive(Debug)]
struct Lines {
    starts: Vec<u32>,
    /// For each block of the text, the bytes before it that do not begin a character.
    continuations: Vec<u32>,
}

/// The bytes of a block: few to walk, and many enough that the counts take no room.
const BLOCK: usize = 512;

fn continuations(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) == 0x80).count()
}

impl SourceFile {
    /// A file from its path and text.
    pub fn new(path: impl Into<String>, text: impl Into<Box<str>>) -> Self {
        Self { path: path.into(), text: text.into(), shown: Shown::All, lines: OnceLock::new() }
    }

    /// Says that nothing of it may be shown: plans and states hold secrets anywhere.
    #[must_use]
    pub fn unquotable(mut self) -> Self {
        self.shown = Shown::Nothing;
        self
    }

    /// Stands for the bytes of a secret in what is shown; a run of it is best shown as an ellipsis.
    pub const MASK: char = '\u{1a}';

    /// Hides these ranges of bytes in what is shown.
    pub fn hide(&mut self, ranges: impl IntoIterator<Item = std::ops::Range<usize>>) {
        let mut bytes = match &self.shown {
            Shown::All => self.text.as_bytes().to_vec(),
            Shown::Masked(text) => text.as_bytes().to_vec(),
            Shown::Nothing => return,
        };
        for range in ranges {
            // Whole characters are masked, so that what is left is text.
            let range = self.text.floor_char_boundary(range.start)..self.text.ceil_char_boundary(range.end);
            let hidden = bytes.get_mut(range).into_iter().flatten();
            hidden.filter(|byte| !matches!(**byte, b'\n' | b'\r')).for_each(|byte| *byte = Self::MASK as u8);
        }
        // Masks are single bytes in place of whole characters.
        self.shown = match String::from_utf8(bytes) {
            Ok(text) => Shown::Masked(text.into()),
            Err(_) => Shown::Nothing,
        };
    }

    /// What may be shown of the text, byte for byte in the same places, secrets [masked](Self::MASK); none where nothing may be.
    pub fn quotable(&self) -> Option<&str> {
        match &self.shown {
            Shown::All => Some(&self.text),
            Shown::Masked(text) => Some(text),
            Shown::Nothing => None,
        }
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            // Readers refuse files of 4 GiB and more, so a byte offset fits.
            let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
            let blocks = self.text.as_bytes().chunks(BLOCK).map(continuations).scan(0, |sum, count| {
                *sum += count as u32;
                Some(*sum)
            });
            Lines { starts, continuations: std::iter::once(0).chain(blocks).collect() }
        })
    }

    /// How many characters stand before a byte offset within the text.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let before = self.lines().continuations.get(block).map_or(0, |count| *count as usize);
        offset - before - continuations(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// Line and column of a byte offset, both from one. An offset past the end is at the end.
    pub fn line_and_column(&self, offset: u32) -> (u32, u32) {
        let starts = &self.lines().starts;
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts[line - 1] as usize;
        let end = (offset as usize).clamp(start, self.text.len());
        let column = if end - start <= BLOCK {
            end - start - continuations(&self.text.as_bytes()[start..end])
        } else {
            self.characters_before(end) - self.characters_before(start)
        };
        (line as u32, column as u32 + 1)
    }

    /// What may be shown of a line, counted from one, without its line break.
    pub fn line(&self, line: u32) -> Option<&str> {
        let starts = &self.lines().starts;
        let start = *starts.get((line as usize).checked_sub(1)?)? as usize;
        let rest = self.quotable()?.get(start..)?;
        Some(rest.split('\n').next().unwrap_or(rest).trim_end_matches('\r'))
    }
}

/// One resource, with its properties in CloudFormation's schema.
#[derive(Debug, Clone)]
pub struct Resource {
    /// What the source calls it: a logical id, a Terraform address. Unique within its scope.
    pub address: Box<str>,
    /// The CloudFormation type (`AWS::S3::Bucket`). For a source type that has no counterpart, the source's own.
    pub resource_type: Arc<str>,
    /// The type in the source's language (`aws_s3_bucket`), where it is another.
    pub native_type: Option<Arc<str>>,
    /// The stack, template or plan it belongs to. References hold within one scope.
    pub scope: u32,
    /// The folder of the root module that it was read from, as the user would write it; none for what is not read as
    /// Terraform source. A module that several roots call is one text, and its resources have one address in each. So has a
    /// template that several stacks hold, and source beside several plans: there it is the file of the stack or plan.
    pub root: Option<Arc<str>>,
    /// The account's number, where the source states it.
    pub account: Option<Arc<str>>,
    /// The region, where the source states it.
    pub region: Option<Arc<str>>,
    /// The properties: a map, or unknown as a whole.
    pub properties: Node,
    /// Where the resource is declared.
    pub span: Span,
    /// How far the properties can be relied on.
    pub coverage: Coverage,
    /// Where values were written that arguments take from elsewhere, in no order.
    pub elsewhere: Vec<Elsewhere>,
}

impl Resource {
    /// The argument that takes its value from a place elsewhere; none for what is written in the argument itself.
    pub fn argument(&self, value: Span) -> Option<Span> {
        let holds =
            |outer: Span| outer.file == value.file && outer.start <= value.start && value.end <= outer.end;
        let found = self.elsewhere.iter().filter(|pair| holds(pair.value));
        found.min_by_key(|pair| pair.value.end - pair.value.start).map(|pair| pair.argument)
    }
}

/// An argument whose value is written elsewhere, such as in a variable's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    /// Where the value is written.
    pub value: Span,
    /// The argument that takes it.
    pub argument: Span,
}

/// How much of a resource's configuration the reader understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// The properties are those of the CloudFormation type, as far as the source states them.
    Full,
    /// The type counts for its service, but its properties could not be mapped: it is not checked.
    TypeOnly,
    /// It is a part of a resource of that type which is not in the input: what the input states of that resource is
    /// known, every other property is not.
    Part {
        /// How many of the properties, from the first on, are those that this part sets. Behind them stand the name of
        /// the resource and what other parts set of it.
        own: usize,
    },
}

/// A waiver that stands in the source itself, as a comment or as metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Whose notation it is, and so whose rule ids.
    pub notation: Notation,
    /// The rule's id as written, e.g. `s3-bucket-versioning` or `CKV_AWS_21`.
    pub rule: Box<str>,
    /// The reason as written.
    pub reason: Option<Box<str>>,
    /// Who approved it (our own notation only).
    pub approver: Option<Box<str>>,
    /// The last day on which it holds (our own notation only), as written: ISO 8601.
    pub expires: Option<Box<str>>,
    /// What narrows it beyond rule and resource, as written (`from_port=22`); a reader does not evaluate it.
    pub limit: Option<Box<str>>,
    /// The address of the resource it applies to, or the whole scope.
    pub resource: Option<Box<str>>,
    /// The scope in which the address is meant.
    pub scope: u32,
    /// Where it is written.
    pub span: Span,
}

/// The tool whose suppression notation was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Notation {
    /// Our own, `onus:ignore`.
    Onus,
    /// `checkov:skip=…`, or `Metadata: checkov`.
    Checkov,
    /// `Metadata: cfn_nag`.
    CfnNag,
    /// `Metadata: cdk_nag`.
    CdkNag,
    /// `trivy:ignore`.
    Trivy,
    /// `tfsec:ignore`.
    Tfsec,
}

impl Notation {
    /// The tool's name in files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Onus => "onus",
            Self::Checkov => "checkov",
            Self::CfnNag => "cfn-nag",
            Self::CdkNag => "cdk-nag",
            Self::Trivy => "trivy",
            Self::Tfsec => "tfsec",
        }
    }
}

/// Something that could not be read, or only in part. The run goes on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    /// What went wrong, as a class.
    pub kind: ProblemKind,
    /// What went wrong, in a phrase: lower case, no full stop, user text in backticks.
    pub message: String,
    /// What to try.
    pub help: Option<String>,
    /// Where.
    pub place: Place,
}

impl Problem {
    /// A problem at a place in a file.
    pub fn at(kind: ProblemKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None, place: Place::Span(span) }
    }

    /// A problem with a path as a whole.
    pub fn with_path(kind: ProblemKind, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None, place: Place::Path(path.into()) }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// In a file that was read.
    Span(Span),
    /// A path, of which no text was read.
    Path(String),
    /// Nowhere in particular.
    Input,
}

/// Classes of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The file could not be opened or is not text. Its resources are missing from the result.
    Unreadable,
    /// The file is broken. Its resources are missing from the result.
    Syntax,
    /// A limit was reached that keeps time and memory bounded. Something is missing from the result.
    Limit,
    /// The file is well-formed but part of it makes no sense (a duplicate key, a reference to nothing).
    Invalid,
    /// A notice: the file is none that a reader knows.
    Skipped,
    /// A notice: the type has no mapping, its properties are not checked.
    NotMapped,
    /// A notice: something that the reader does not evaluate; the values concerned are unknown.
    NotEvaluated,
    /// A notice: a credential is written out, where no check reports it.
    Credential,
    /// A notice: a responsibility that a provider leaves and nobody took, or one that is handed on without need.
    Unowned,
    /// A notice: evidence that does not count, or not for all that it seems to.
    Evidence,
}

impl ProblemKind {
    /// Whether something is missing from, or wrong in, the input; the others are notices.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Unreadable | Self::Syntax | Self::Limit | Self::Invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let file = SourceFile::new("f", "aß\r\nc\n");
        assert_eq!(file.line_and_column(0), (1, 1));
        assert_eq!(file.line_and_column(3), (1, 3));
        assert_eq!(file.line_and_column(5), (2, 1));
        assert_eq!(file.line_and_column(99), (3, 1));
        assert_eq!(file.line(1), Some("aß"));
        assert_eq!(file.line(3), Some(""));
        assert_eq!(file.line(4), None);
        assert_eq!(file.line(0), None);
    }

    #[test]
    fn what_is_hidden_keeps_its_place() {
        let mut file = SourceFile::new("f", "a: ßß b\nc: |\n  x\n");
        file.hide([4..6, 15..900]);
        let shown = "a: \u{1a}\u{1a}\u{1a}\u{1a} b\nc: |\n\u{1a}\u{1a}\u{1a}\n";
        assert_eq!(file.quotable(), Some(shown));
        assert_eq!(file.line(1), Some("a: \u{1a}\u{1a}\u{1a}\u{1a} b"));
        let file = SourceFile::new("f", "secret").unquotable();
        assert_eq!((file.quotable(), file.line(1)), (None, None));
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_a_walk() {
        let text = format!("x\n{}", "aß日\u{1f600}".repeat(2_000));
        let file = SourceFile::new("f", text.as_str());
        for (at, _) in text.char_indices().skip(2).step_by(7) {
            assert_eq!(file.line_and_column(at as u32), (2, text[2..at].chars().count() as u32 + 1));
        }
        assert_eq!(file.line_and_column(u32::MAX), (2, 8_001));
    }
}
