//! Property values with the place in the source that each came from.
//!
//! A value may be unknown: an unresolved parameter, an attribute that exists
//! only after deployment, a secret. It then carries its reason, whether it is
//! certain to be set at all, and the resources it refers to.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A file of the workload, by its position in [`Workload::files`](crate::Workload::files).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A range of bytes in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last; equal to `start` where only a point is known.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of a file.
    pub const fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it was written. For a value that was computed, the place that decided it.
    pub span: Span,
}

impl Node {
    /// A value at a place.
    pub const fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    /// The value of a property, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// The text, where this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

/// A property value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Absent, or explicitly nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the source.
    Map(Map),
    /// Not known before deployment, or not from this input alone.
    Unknown(Box<Unknown>),
}

/// Why a value is not known, and what is known about it all the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// The reason, as a phrase that completes "not known: …", e.g.
    /// "parameter `Env` has no default".
    pub reason: Box<str>,
    /// Whether the value is certain to be set, so that it differs from null.
    pub present: bool,
    /// The resources that the value refers to.
    pub references: Vec<Reference>,
    /// What it is the name of. Where it turns out to be a list, this holds of each element.
    ///
    /// A value with references is not always a name: it may be computed from them.
    pub names: Names,
    /// Whether it is given or made as a whole only at deployment, so that no part of it is written in the source: a
    /// parameter that has no value, an attribute of a resource. Names are, whether this says so or not.
    pub deferred: bool,
    /// Whether it is a secret that is written in the source, of which a reader keeps that alone.
    pub written: bool,
    /// What is known of its text, where it is certain to be text if it is set.
    pub text: Option<crate::PartialText>,
    /// What it can turn out to be beside nothing, where that is known.
    pub possible: Option<Arc<Possible>>,
}

/// What may be set of a property by parts that may belong to its resource or to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Possible {
    /// Whether each is a list that adds to what is set otherwise, so that all of them can hold at once.
    pub adds: bool,
    /// What each part would set.
    pub values: Vec<Node>,
}

impl Unknown {
    /// Of this nothing is known, not even whether it is set.
    pub fn new(reason: impl Into<Box<str>>) -> Self {
        Self {
            reason: reason.into(),
            present: false,
            references: Vec::new(),
            names: Names::Unclear,
            deferred: false,
            written: false,
            text: None,
            possible: None,
        }
    }

    /// It is certain to be set.
    pub fn present(reason: impl Into<Box<str>>) -> Self {
        Self { present: true, ..Self::new(reason) }
    }

    /// Whether no part of it is written in the source; see [`deferred`](Self::deferred).
    pub const fn is_deferred(&self) -> bool {
        self.deferred || matches!(self.names, Names::One | Names::Key | Names::Network)
    }
}

/// What an unknown text is known to name, and so what it cannot be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// That is not known: it may be any text.
    #[default]
    Unclear,
    /// Something in it is a name, so that it has a letter or digit: it is neither empty nor a bare `*`.
    Part,
    /// One thing that AWS runs, by name, id or ARN: it has a letter or digit, and neither a comma nor a wildcard (`*`, `?`).
    One,
    /// A key of KMS that is the customer's own: besides, it is none of the keys that AWS keeps (`alias/aws/…`).
    Key,
    /// The addresses of a network of the customer's: a CIDR that is not that of everywhere.
    Network,
}

/// A reference from a property to another resource of the same scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The other resource's address.
    pub address: Box<str>,
    /// The attribute asked for (`Arn`), if one was named.
    pub attribute: Option<Box<str>>,
}

impl Value {
    /// The same, where it is unknown since it is given only at deployment; see [`Unknown::deferred`].
    #[must_use]
    pub fn deferred(self) -> Self {
        match self {
            Self::Unknown(unknown) => Self::Unknown(Box::new(Unknown { deferred: true, ..*unknown })),
            other => other,
        }
    }

    /// Text as a value.
    pub fn string(text: impl Into<Box<str>>) -> Self {
        Self::String(text.into())
    }

    /// A value that may or may not be set.
    pub fn unknown(reason: impl Into<Box<str>>) -> Self {
        Self::Unknown(Box::new(Unknown::new(reason)))
    }

    /// A value that is certain to be set, to something that is not known.
    pub fn unknown_but_present(reason: impl Into<Box<str>>) -> Self {
        Self::Unknown(Box::new(Unknown::present(reason)))
    }

    /// The name, id or ARN of something that AWS runs, known only after deployment; see [`Names::One`].
    pub fn unknown_name(reason: impl Into<Box<str>>) -> Self {
        Self::Unknown(Box::new(Unknown { names: Names::One, ..Unknown::present(reason) }))
    }

    /// The attribute of another resource, set but known only after deployment.
    pub fn reference(address: impl Into<Box<str>>, attribute: Option<&str>) -> Self {
        let address = address.into();
        let reason = match attribute {
            Some(attribute) => format!("`{attribute}` of `{address}` is known only after deployment"),
            None => format!("`{address}` is known only after deployment"),
        };
        let references = vec![Reference { address, attribute: attribute.map(Into::into) }];
        Self::Unknown(Box::new(Unknown { references, deferred: true, ..Unknown::present(reason) }))
    }

    /// The same for an attribute that is the resource's name, id or ARN; see [`Names::One`].
    pub fn name_of(address: impl Into<Box<str>>, attribute: Option<&str>) -> Self {
        match Self::reference(address, attribute) {
            Self::Unknown(unknown) => Self::Unknown(Box::new(Unknown { names: Names::One, ..*unknown })),
            other => other,
        }
    }
}

/// A map from property names to values, in the order of the source.
///
/// Property maps are small, so a lookup walks the entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(Vec<(Box<str>, Node)>);

impl Map {
    /// An empty map.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.0.iter().find(|(name, _)| &**name == key).map(|(_, node)| node)
    }

    /// The value of a key, to be changed in place.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.0.iter_mut().find(|(name, _)| &**name == key).map(|(_, node)| node)
    }

    /// Adds a key without looking whether it is there already: the caller has.
    pub fn push(&mut self, key: impl Into<Box<str>>, node: Node) {
        self.0.push((key.into(), node));
    }

    /// Sets a key, in place where it is there already.
    pub fn insert(&mut self, key: impl Into<Box<str>>, node: Node) {
        let key = key.into();
        match self.get_mut(&key) {
            Some(old) => *old = node,
            None => self.0.push((key, node)),
        }
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let place = self.0.iter().position(|(name, _)| &**name == key)?;
        Some(self.0.remove(place).1)
    }

    /// Keeps the entries for which this holds, in their order.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &Node) -> bool) {
        self.0.retain(|(name, node)| keep(name, node));
    }

    /// Keys and values in the order of the source.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Node)> {
        self.0.iter().map(|(name, node)| (&**name, node))
    }

    /// Keys and values, the values to be changed in place.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&str, &mut Node)> {
        self.0.iter_mut().map(|(name, node)| (&**name, node))
    }

    /// The number of keys.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Map {
    type Item = (Box<str>, Node);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<K: Into<Box<str>>> FromIterator<(K, Node)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Node)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, node)| (key.into(), node)).collect())
    }
}
