//! The syntax tree that YAML and JSON share.
//!
//! Nodes live in one arena and name each other by number, so an alias costs nothing, dropping a deep
//! tree cannot recurse, and text that stands in the source as it is meant is not copied.

use onus_model::{FileId, Span};

/// A node, by its place in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

/// What a node is, and how its scalar is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A list.
    List,
    /// A map.
    Map,
    /// Text, whatever it looks like.
    Text,
    /// A scalar whose type follows from its look: YAML without quotes, a JSON keyword.
    Plain,
    /// A JSON number.
    Number,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Raw {
    pub(super) shape: Shape,
    /// One more than the place in `tags`; 0 for none.
    pub(super) tag: u16,
    /// Containers: the first child. Scalars: the first byte, or the place in `strings`.
    pub(super) a: u32,
    /// Containers: the number of children. Scalars: the byte after the last, or [`STORED`].
    pub(super) b: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Marks a scalar whose text is not in the source as it is meant (escapes, folding).
pub(super) const STORED: u32 = u32::MAX;

/// A parsed document.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Raw>,
    pub(super) children: Vec<NodeId>,
    pub(super) strings: Vec<Box<str>>,
    pub(super) tags: Vec<Box<str>>,
}

impl Tree {
    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The spans of all scalars, in the order of the source.
    pub(crate) fn scalar_spans(&self) -> impl Iterator<Item = (u32, u32)> {
        let scalars = self.nodes.iter().filter(|raw| !matches!(raw.shape, Shape::List | Shape::Map));
        scalars.map(|raw| (raw.start, raw.end))
    }

    /// The outermost node; the builder makes it first.
    pub(crate) fn root<'t>(&'t self, text: &'t str, file: FileId) -> Option<Syntax<'t>> {
        (!self.nodes.is_empty()).then_some(Syntax { tree: self, text, file, id: NodeId(0), untagged: false })
    }
}

/// A node together with what is needed to read it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Syntax<'t> {
    tree: &'t Tree,
    text: &'t str,
    file: FileId,
    id: NodeId,
    untagged: bool,
}

impl<'t> Syntax<'t> {
    fn raw(self) -> Raw {
        self.tree.nodes[self.id.0 as usize]
    }

    fn at(self, id: NodeId) -> Self {
        Self { id, untagged: false, ..self }
    }

    fn child_ids(self) -> &'t [NodeId] {
        let raw = self.raw();
        match raw.shape {
            Shape::List | Shape::Map => {
                // INVARIANT: the builder gives containers ranges within `children`.
                &self.tree.children[raw.a as usize..raw.a as usize + raw.b as usize]
            }
            _ => &[],
        }
    }

    /// The whole text of the file.
    pub(crate) fn source(self) -> &'t str {
        self.text
    }

    /// The tree that the node is part of.
    pub(crate) fn tree(self) -> &'t Tree {
        self.tree
    }

    /// The file.
    pub(crate) fn file(self) -> FileId {
        self.file
    }

    /// The place in the source.
    pub(crate) fn span(self) -> Span {
        let raw = self.raw();
        Span::new(self.file, raw.start, raw.end)
    }

    /// What the node is.
    pub(crate) fn shape(self) -> Shape {
        self.raw().shape
    }

    /// The short tag without its exclamation mark.
    pub(crate) fn tag(self) -> Option<&'t str> {
        let tag = self.raw().tag;
        if self.untagged || tag == 0 {
            return None;
        }
        self.tree.tags.get(usize::from(tag) - 1).map(|tag| &**tag)
    }

    /// The same node, read as if it had no tag.
    pub(crate) fn without_tag(self) -> Self {
        Self { untagged: true, ..self }
    }

    /// The text of a scalar, as written but for quotes, escapes and folding.
    pub(crate) fn scalar(self) -> Option<&'t str> {
        let raw = self.raw();
        match raw.shape {
            Shape::List | Shape::Map => None,
            _ if raw.b == STORED => self.tree.strings.get(raw.a as usize).map(|text| &**text),
            _ => self.text.get(raw.a as usize..raw.b as usize),
        }
    }

    /// The node's number within its tree.
    pub(crate) fn id(self) -> NodeId {
        self.id
    }

    /// The text of a scalar that has no tag.
    pub(crate) fn untagged_scalar(self) -> Option<&'t str> {
        if self.tag().is_some() { None } else { self.scalar() }
    }

    /// Whether this is nothing: `null`, `~`, or a value left out.
    pub(crate) fn is_null(self) -> bool {
        self.shape() == Shape::Plain && matches!(self.scalar(), Some("" | "~" | "null" | "Null" | "NULL"))
    }

    /// Whether this is a map without a tag.
    pub(crate) fn is_map(self) -> bool {
        self.shape() == Shape::Map
    }

    /// Whether this is a list.
    pub(crate) fn is_list(self) -> bool {
        self.shape() == Shape::List
    }

    /// The elements of a list; nothing for anything else.
    pub(crate) fn items(self) -> impl ExactSizeIterator<Item = Self> + Clone {
        let ids = if self.is_list() { self.child_ids() } else { &[] };
        ids.iter().map(move |id| self.at(*id))
    }

    /// The element of a list.
    pub(crate) fn item(self, index: usize) -> Option<Self> {
        if self.is_list() { self.child_ids().get(index).map(|id| self.at(*id)) } else { None }
    }

    /// Keys and values of a map; nothing for anything else. Every key is a scalar.
    pub(crate) fn entries(self) -> impl ExactSizeIterator<Item = (Self, Self)> + Clone {
        let ids = if self.is_map() { self.child_ids() } else { &[] };
        ids.chunks_exact(2).map(move |pair| (self.at(pair[0]), self.at(pair[1])))
    }

    /// Keys, their text, and values.
    pub(crate) fn named(self) -> impl Iterator<Item = (&'t str, Self, Self)> + Clone {
        self.entries().map(|(key, value)| (key.scalar().unwrap_or_default(), key, value))
    }

    /// The value of a key.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.entries().find(|(name, _)| name.scalar() == Some(key)).map(|(_, value)| value)
    }

    /// A function call: a tag, or a map whose one key is `Ref` or begins with `Fn::`.
    /// The name comes without `Fn::`.
    pub(crate) fn call(self) -> Option<(&'t str, Self)> {
        if let Some(tag) = self.tag() {
            return Some((tag.strip_prefix("Fn::").unwrap_or(tag), self.without_tag()));
        }
        let [key, value] = self.child_ids() else { return None };
        if !self.is_map() {
            return None;
        }
        let name = self.at(*key).scalar()?;
        let function = if name == "Ref" { Some(name) } else { name.strip_prefix("Fn::") };
        function.map(|function| (function, self.at(*value)))
    }
}
