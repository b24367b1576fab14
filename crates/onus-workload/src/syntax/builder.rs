//! Builds a [`Tree`] from the events of a parser, within limits.

use super::json::Doubles;
use super::tree::{NodeId, Raw, STORED, Shape, Tree};
use onus_model::{FileId, Problem, ProblemKind, Span};
use rustc_hash::FxHashMap;

/// How deep lists and maps may nest. Deployed templates stay under 30 levels; the readers recurse over
/// the tree, and this many levels fit their stack many times over.
pub(crate) const MAX_DEPTH: usize = 128;

/// How many nodes a document may have: 200 MB of tree. A template that CloudFormation accepts has at
/// most 1 MB of text, so at most half a million.
pub(crate) const MAX_NODES: usize = 10_000_000;

/// How many keys merge keys (`<<`) may copy in all, since each copy is work without text.
pub(crate) const MAX_MERGED_KEYS: usize = 200_000;

/// How many distinct tags are told apart. CloudFormation has about twenty.
const MAX_TAGS: usize = 1_000;

/// Above this many keys duplicates are found by hashing rather than by comparing all pairs.
const SMALL_MAP: usize = 12;

/// Why building stopped; the problem says it.
pub(crate) struct Stop(pub(crate) Problem);

pub(super) struct Builder<'t> {
    text: &'t str,
    file: FileId,
    tree: Tree,
    open: Vec<Frame>,
    pending: Vec<NodeId>,
    merged: usize,
    doubles: Doubles,
    problems: Vec<Problem>,
}

struct Frame {
    node: NodeId,
    first: usize,
    anchor: usize,
    merges: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, file: FileId, doubles: Doubles) -> Self {
        Self {
            text,
            file,
            tree: Tree::default(),
            open: Vec::new(),
            pending: Vec::new(),
            merged: 0,
            doubles,
            problems: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> (Tree, Vec<Problem>) {
        self.tree.nodes.shrink_to_fit();
        self.tree.children.shrink_to_fit();
        (self.tree, self.problems)
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.file, start, end)
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The number of the tag, made up as needed.
    pub(super) fn tag(&mut self, name: &str) -> u16 {
        let known = self.tree.tags.iter().position(|tag| &**tag == name);
        let place = known.unwrap_or_else(|| {
            if self.tree.tags.len() < MAX_TAGS {
                self.tree.tags.push(name.into());
            }
            self.tree.tags.len() - 1
        });
        place as u16 + 1
    }

    fn add(&mut self, raw: Raw) -> Result<NodeId, Stop> {
        if self.tree.nodes.len() >= MAX_NODES {
            let span = self.span(raw.start, raw.end);
            let message = format!("the document has more than {MAX_NODES} values");
            return Err(Stop(Problem::at(ProblemKind::Limit, span, message)));
        }
        self.tree.nodes.push(raw);
        Ok(NodeId(self.tree.nodes.len() as u32 - 1))
    }

    /// A scalar. Its text is kept as a range of the source where it stands there as it is meant.
    pub(super) fn scalar(
        &mut self,
        shape: Shape,
        tag: u16,
        value: &str,
        start: u32,
        end: u32,
    ) -> Result<NodeId, Stop> {
        let (a, b) = match self.find(value, start, end) {
            Some(range) => range,
            None => {
                self.tree.strings.push(value.into());
                (self.tree.strings.len() as u32 - 1, STORED)
            }
        };
        let id = self.add(Raw { shape, tag, a, b, start, end })?;
        self.pending.push(id);
        Ok(id)
    }

    fn find(&self, value: &str, start: u32, end: u32) -> Option<(u32, u32)> {
        let written = self.text.get(start as usize..end as usize)?;
        if written == value {
            return Some((start, end));
        }
        let inside = written.get(1..written.len().checked_sub(1)?)?;
        (inside == value).then_some((start + 1, end - 1))
    }

    /// A node that is there already.
    pub(super) fn alias(&mut self, id: NodeId) {
        self.pending.push(id);
    }

    pub(super) fn open(&mut self, shape: Shape, tag: u16, anchor: usize, start: u32) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Stop(Self::too_deep(self.span(start, start))));
        }
        let node = self.add(Raw { shape, tag, a: 0, b: 0, start, end: start })?;
        self.open.push(Frame { node, first: self.pending.len(), anchor, merges: false });
        Ok(())
    }

    pub(super) fn too_deep(at: Span) -> Problem {
        Problem::at(ProblemKind::Limit, at, format!("the document nests more than {MAX_DEPTH} levels deep"))
    }

    /// Says that the innermost map has a merge key.
    pub(super) fn expect_merge(&mut self) {
        if let Some(frame) = self.open.last_mut() {
            frame.merges = true;
        }
    }

    /// Whether the next node is a key of a map.
    pub(super) fn at_key(&self) -> bool {
        self.open.last().is_some_and(|frame| {
            self.tree.nodes[frame.node.0 as usize].shape == Shape::Map
                && (self.pending.len() - frame.first).is_multiple_of(2)
        })
    }

    pub(super) fn is_scalar(&self, id: NodeId) -> bool {
        !matches!(self.tree.nodes[id.0 as usize].shape, Shape::List | Shape::Map)
    }

    /// Closes the innermost list or map; without an end, it ends where its last child does.
    pub(super) fn close(&mut self, end: Option<u32>) -> Result<Option<(NodeId, usize)>, Stop> {
        let Some(frame) = self.open.pop() else { return Ok(None) };
        let mut ids = self.pending.split_off(frame.first);
        let raw = self.tree.nodes[frame.node.0 as usize];
        let last = ids.iter().map(|id| self.tree.nodes[id.0 as usize].end).max().unwrap_or(raw.start);
        if raw.shape == Shape::Map {
            ids.truncate(ids.len() / 2 * 2);
            if frame.merges {
                self.merge(&mut ids)?;
            }
            if self.doubles == Doubles::LastCounts {
                self.drop_duplicates(&mut ids);
            }
        }
        let first = self.tree.children.len() as u32;
        self.tree.children.extend_from_slice(&ids);
        let raw = &mut self.tree.nodes[frame.node.0 as usize];
        (raw.a, raw.b, raw.end) = (first, ids.len() as u32, end.unwrap_or(last).max(raw.start));
        self.pending.push(frame.node);
        Ok(Some((frame.node, frame.anchor)))
    }

    fn key(&self, id: NodeId) -> &str {
        let raw = self.tree.nodes[id.0 as usize];
        match raw.b {
            STORED => self.tree.strings.get(raw.a as usize).map_or("", |text| text),
            _ => self.text.get(raw.a as usize..raw.b as usize).unwrap_or(""),
        }
    }

    /// Where a key stands twice the last one counts, as in CloudFormation.
    fn drop_duplicates(&mut self, ids: &mut Vec<NodeId>) {
        let mut doubles: Vec<(usize, NodeId)> = Vec::new();
        if ids.len() / 2 <= SMALL_MAP {
            for (at, pair) in ids.chunks_exact(2).enumerate() {
                let later =
                    ids[at * 2 + 2..].chunks_exact(2).find(|other| self.key(other[0]) == self.key(pair[0]));
                doubles.extend(later.map(|other| (at, other[0])));
            }
        } else {
            let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
            for (at, pair) in ids.chunks_exact(2).enumerate() {
                if let Some(earlier) = seen.insert(self.key(pair[0]), at) {
                    doubles.push((earlier, pair[0]));
                }
            }
        }
        if doubles.is_empty() {
            return;
        }
        for (_, key) in &doubles {
            let raw = self.tree.nodes[key.0 as usize];
            let message =
                format!("the key `{}` stands twice in this map; the last one counts", self.key(*key));
            self.problems.push(Problem::at(ProblemKind::Invalid, self.span(raw.start, raw.end), message));
        }
        let mut dropped = vec![false; ids.len() / 2];
        doubles.iter().for_each(|(at, _)| dropped[*at] = true);
        let kept = ids.chunks_exact(2).zip(&dropped).filter(|(_, dropped)| !**dropped);
        *ids = kept.flat_map(|(pair, _)| pair.iter().copied()).collect();
    }

    /// Puts the entries of merged maps (`<<`) in place; what the map itself says wins, then the earlier map.
    fn merge(&mut self, ids: &mut Vec<NodeId>) -> Result<(), Stop> {
        let (merges, own): (Vec<_>, Vec<_>) =
            ids.chunks_exact(2).map(|p| (p[0], p[1])).partition(|(key, _)| {
                self.key(*key) == "<<" && self.tree.nodes[key.0 as usize].shape == Shape::Plain
            });
        let mut merged: Vec<NodeId> = own.iter().flat_map(|(key, value)| [*key, *value]).collect();
        let mut seen: FxHashMap<String, ()> =
            own.iter().map(|(key, _)| (self.key(*key).to_owned(), ())).collect();
        for (key, value) in merges {
            for source in self.merge_sources(value) {
                let raw = self.tree.nodes[source.0 as usize];
                let entries = &self.tree.children[raw.a as usize..raw.a as usize + raw.b as usize];
                self.merged += entries.len() / 2;
                if self.merged > MAX_MERGED_KEYS {
                    let raw = self.tree.nodes[key.0 as usize];
                    let message = format!("merge keys copy more than {MAX_MERGED_KEYS} entries");
                    return Err(Stop(Problem::at(
                        ProblemKind::Limit,
                        self.span(raw.start, raw.end),
                        message,
                    )));
                }
                for pair in entries.chunks_exact(2) {
                    if seen.insert(self.key(pair[0]).to_owned(), ()).is_none() {
                        merged.extend_from_slice(pair);
                    }
                }
            }
        }
        *ids = merged;
        Ok(())
    }

    /// The maps that a merge key names: one, or a list of them.
    fn merge_sources(&self, value: NodeId) -> Vec<NodeId> {
        let raw = self.tree.nodes[value.0 as usize];
        let is_map = |id: &NodeId| self.tree.nodes[id.0 as usize].shape == Shape::Map;
        match raw.shape {
            Shape::Map => vec![value],
            Shape::List => {
                let items = &self.tree.children[raw.a as usize..raw.a as usize + raw.b as usize];
                items.iter().copied().filter(is_map).collect()
            }
            _ => Vec::new(),
        }
    }
}
