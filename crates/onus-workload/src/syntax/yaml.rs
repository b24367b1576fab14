//! YAML text to a tree.
//!
//! Parsing is by events and does not recurse. An alias names a finished node, so a cycle cannot come
//! about; what aliases multiply is bounded where values are made.

use super::builder::{Builder, Stop};
use super::flow;
use super::json::Doubles;
use super::tree::{NodeId, Shape, Tree};
use onus_model::{FileId, Problem, ProblemKind};
use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use std::collections::BTreeMap;

/// How many aliases a document may use; a template written by people has a handful.
const MAX_ALIASES: usize = 100_000;

/// The tree of a template's first document, and what is wrong within it; or why there is no tree.
pub(crate) fn parse(text: &str, file: FileId) -> Result<(Tree, Vec<Problem>), Problem> {
    let refused = match read(text, text, BTreeMap::new(), file) {
        Err(problem) if problem.kind == ProblemKind::Syntax => problem,
        result => return result,
    };
    let Some(joined) = flow::joined(text) else { return Err(refused) };
    read(text, &joined.text, joined.scalars, file).map_err(|_| refused)
}

/// Reads a text, or one that has the same characters at the same places but for the line breaks in some scalars.
fn read(
    written: &str,
    text: &str,
    broken: BTreeMap<u32, u32>,
    file: FileId,
) -> Result<(Tree, Vec<Problem>), Problem> {
    let mut reader = Reader {
        text: written,
        builder: Builder::new(written, file, Doubles::LastCounts),
        offsets: Offsets::new(written),
        anchors: FxHashMap::default(),
        aliases: 0,
        broken,
    };
    match reader.read(text) {
        Ok(()) => Ok(reader.builder.finish()),
        Err(Stop(problem)) => Err(problem),
    }
}

struct Reader<'t> {
    builder: Builder<'t>,
    offsets: Offsets<'t>,
    anchors: FxHashMap<usize, NodeId>,
    aliases: usize,
    text: &'t str,
    /// The scalars that go over line breaks which the parser was not shown: where they start, and end.
    broken: BTreeMap<u32, u32>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) -> Result<(), Stop> {
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| self.broken(&error))?;
            let (start, end) = (self.offsets.byte(&span.start), self.offsets.byte(&span.end));
            if matches!(event, Event::DocumentStart(_)) {
                documents += 1;
                if documents > 1 {
                    let span = self.builder.span(start, end);
                    let message = "only the first document of this file is read";
                    self.builder.problem(Problem::at(ProblemKind::NotEvaluated, span, message));
                    return Ok(());
                }
            }
            self.event(event, start, end)?;
        }
        Ok(())
    }

    fn broken(&self, error: &ScanError) -> Stop {
        let at = self.offsets.byte(error.marker());
        let span = self.builder.span(at, at);
        // The scanner reads ahead, so it may come upon too deep brackets before the builder does.
        if error.info().contains("recursion limit") {
            return Stop(Builder::too_deep(span));
        }
        Stop(Problem::at(ProblemKind::Syntax, span, format!("not valid YAML: {}", error.info())))
    }

    fn event(&mut self, event: Event<'_>, start: u32, end: u32) -> Result<(), Stop> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(&value, style, anchor, tag.as_deref(), start, end)
            }
            Event::SequenceStart(anchor, tag) => self.open(Shape::List, anchor, tag.as_deref(), start),
            Event::MappingStart(anchor, tag) => self.open(Shape::Map, anchor, tag.as_deref(), start),
            Event::SequenceEnd | Event::MappingEnd => {
                // The end of a block is the start of what follows it, past blank lines and comments.
                let written = (end > start).then_some(end);
                if let Some((node, anchor)) = self.builder.close(written)? {
                    self.remember(anchor, node);
                }
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, start, end),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        start: u32,
        end: u32,
    ) -> Result<(), Stop> {
        let mut shape = if style == ScalarStyle::Plain { Shape::Plain } else { Shape::Text };
        if tag.is_some_and(|tag| {
            tag.is_yaml_core_schema() && matches!(&*tag.suffix, "str" | "binary" | "timestamp")
        }) {
            shape = Shape::Text;
        }
        if shape == Shape::Plain && value == "<<" && self.builder.at_key() {
            self.builder.expect_merge();
        }
        let tag = self.tag(tag);
        // A tag before the scalar is part of what the event spans.
        let broken = self.broken.range(start..end.max(start)).next();
        let unbroken = broken.and_then(|(start, end)| self.folded(*start, *end));
        let value = unbroken.as_deref().unwrap_or(value);
        // An empty plain scalar stands at a point; anything else that spans nothing would be a lie.
        let node = self.builder.scalar(shape, tag, value, start, end.max(start))?;
        self.remember(anchor, node);
        Ok(())
    }

    /// The value of a scalar that was written over several lines, of the scalar alone.
    fn folded(&self, start: u32, end: u32) -> Option<String> {
        let written = self.text.get(start as usize..end as usize)?;
        Parser::new_from_str(written).find_map(|event| match event {
            Ok((Event::Scalar(value, ..), _)) => Some(value.into_owned()),
            _ => None,
        })
    }

    fn open(&mut self, shape: Shape, anchor: usize, tag: Option<&Tag>, start: u32) -> Result<(), Stop> {
        if self.builder.at_key() {
            let span = self.builder.span(start, start);
            let problem = Problem::at(ProblemKind::Syntax, span, "a key of a map must be text");
            return Err(Stop(problem.help("quote it, or check the indentation and the brackets before it")));
        }
        let tag = self.tag(tag);
        self.builder.open(shape, tag, anchor, start)
    }

    fn tag(&mut self, tag: Option<&Tag>) -> u16 {
        match tag {
            Some(tag) if !tag.is_yaml_core_schema() && tag.handle == "!" => self.builder.tag(&tag.suffix),
            _ => 0,
        }
    }

    fn remember(&mut self, anchor: usize, node: NodeId) {
        if anchor != 0 {
            self.anchors.insert(anchor, node);
        }
    }

    fn alias(&mut self, anchor: usize, start: u32, end: u32) -> Result<(), Stop> {
        let span = self.builder.span(start, end);
        self.aliases += 1;
        if self.aliases > MAX_ALIASES {
            let message = format!("the document uses more than {MAX_ALIASES} aliases");
            return Err(Stop(Problem::at(ProblemKind::Limit, span, message)));
        }
        let Some(node) = self.anchors.get(&anchor).copied() else {
            return Err(Stop(Problem::at(
                ProblemKind::Invalid,
                span,
                "this alias stands within what it names",
            )));
        };
        if self.builder.at_key() && !self.builder.is_scalar(node) {
            return Err(Stop(Problem::at(ProblemKind::Syntax, span, "a key of a map must be text")));
        }
        self.builder.alias(node);
        Ok(())
    }
}

/// How many characters lie between two entries of the table.
const STRIDE: usize = 64;

/// Byte offsets of character counts, since the parser's markers count characters.
struct Offsets<'t> {
    text: &'t str,
    /// The byte at which every [`STRIDE`]th character starts; empty for ASCII, where both counts agree.
    table: Vec<u32>,
}

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        let table = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(byte, _)| byte as u32).collect()
        };
        Self { text, table }
    }

    fn byte(&self, marker: &Marker) -> u32 {
        let character = marker.index();
        if self.table.is_empty() {
            return character.min(self.text.len()) as u32;
        }
        let Some(base) = self.table.get(character / STRIDE) else { return self.text.len() as u32 };
        let rest = self.text.get(*base as usize..).unwrap_or_default();
        let within = rest.char_indices().nth(character % STRIDE).map_or(rest.len(), |(byte, _)| byte);
        base + within as u32
    }
}
