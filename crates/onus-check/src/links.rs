//! What the resources of one type refer to at one path.

use crate::identity::{fits, meanings};
use crate::index::Index;
use onus_model::{Coverage, Node, PartialText, Piece, Reference, Resource, Unknown, Value};
use rustc_hash::FxHashMap;

/// The deepest path and nesting of lists that is walked.
const MAX_DEPTH: usize = 32;

/// What the resources of one type refer to at one path, as far as that may be of another type.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// By scope and address: who refers to it. Doubtful, where that depends on something unknown.
    pub(crate) references: FxHashMap<(u32, Box<str>), Vec<Referrer>>,
    /// By identity: who has a text that could mean it.
    pub(crate) texts: FxHashMap<Box<str>, Vec<TextLink>>,
    /// By scope: who could refer to anything in it.
    pub(crate) anything: FxHashMap<u32, Vec<Referrer>>,
    /// By scope: texts that are the name of nothing that is known there.
    pub(crate) loose: FxHashMap<u32, Vec<TextLink>>,
}

/// A resource that refers to another.
#[derive(Clone, Debug)]
pub(crate) struct Referrer {
    pub(crate) position: u32,
    /// Why that is not certain, where it is not.
    pub(crate) doubt: Option<Box<str>>,
}

/// A text in a resource that could name another.
#[derive(Clone, Debug)]
pub(crate) struct TextLink {
    pub(crate) position: u32,
    pub(crate) text: Box<str>,
}

/// Collects links to resources of one type.
pub(crate) struct Collecting<'i, 'w> {
    pub(crate) index: &'i Index<'w>,
    /// The type that is referred to; none for whatever type.
    pub(crate) to: Option<&'i str>,
    pub(crate) links: Links,
}

impl Collecting<'_, '_> {
    pub(crate) fn add(&mut self, position: u32, resource: &Resource, path: &[Box<str>]) {
        match resource.coverage {
            Coverage::Full | Coverage::Part { .. } => {
                self.walk(position, resource.scope, &resource.properties, path, 0)
            }
            Coverage::TypeOnly => {
                let doubt = format!("the properties of `{}` are not mapped", resource.resource_type);
                self.any(position, resource.scope, &doubt);
            }
        }
    }

    fn walk(&mut self, position: u32, scope: u32, node: &Node, path: &[Box<str>], depth: usize) {
        match (&node.value, path.split_first()) {
            _ if depth > MAX_DEPTH => {}
            (Value::List(nodes), _) => {
                for node in nodes {
                    self.walk(position, scope, node, path, depth + 1);
                }
            }
            (Value::Map(map), Some((field, rest))) => {
                if let Some(node) = map.get(field) {
                    self.walk(position, scope, node, rest, depth + 1);
                }
            }
            (Value::String(text), None) => self.text(position, scope, text, node.from.as_deref()),
            // What the references of a whole say about a part of it is not known.
            (Value::Unknown(unknown), Some(_)) => self.any(position, scope, &unknown.reason),
            (Value::Unknown(unknown), None) => self.unknown(position, scope, unknown),
            _ => {}
        }
    }

    fn is_wanted(&self, resource: &Resource) -> bool {
        self.to.is_none_or(|to| *resource.resource_type == *to)
    }

    /// Whether a reference can be to a resource of the type that is asked for.
    fn is_of_type(&self, scope: u32, reference: &Reference) -> bool {
        let scope = reference.scope.unwrap_or(scope);
        let found = self.index.at(scope, &reference.address);
        found.is_none_or(|found| self.is_wanted(found))
    }

    fn unknown(&mut self, position: u32, scope: u32, unknown: &Unknown) {
        if unknown.references.is_empty() {
            self.any(position, scope, &unknown.reason);
            return;
        }
        let fitting = unknown.references.iter().filter(|to| self.is_of_type(scope, to));
        let mut all: Vec<(u32, &str)> = fitting.map(|to| (to.scope.unwrap_or(scope), &*to.address)).collect();
        all.sort_unstable();
        all.dedup();
        let doubt = (all.len() > 1 || !unknown.present).then(|| unknown.reason.clone());
        for (scope, address) in &all {
            self.refers(position, *scope, address, doubt.clone());
        }
        if let Some(text) = unknown.text.as_ref().filter(|_| all.is_empty() && unknown.present) {
            self.end_of(position, scope, unknown, text);
        }
    }

    fn refers(&mut self, position: u32, scope: u32, address: &str, doubt: Option<Box<str>>) {
        let referrers = self.links.references.entry((scope, Box::from(address))).or_default();
        match referrers.last_mut() {
            Some(last) if last.position == position => {
                if doubt.is_none() {
                    last.doubt = None;
                }
            }
            _ => referrers.push(Referrer { position, doubt }),
        }
    }

    /// A text that names things around, and ends with a name that is written out: `…:/restapis/${Api}/stages/prod`. It is that of
    /// a resource of this name which refers to them all.
    fn end_of(&mut self, position: u32, scope: u32, unknown: &Unknown, text: &PartialText) {
        let Some(Piece::Known(last)) = text.pieces().last() else { return };
        let Some((_, name)) = last.rsplit_once(['/', ':']) else { return };
        let around = |resource: &Resource| unknown.references.iter().all(|to| refers_at_top(resource, to));
        let named = self
            .index
            .named(name)
            .filter(|(_, resource)| resource.scope == scope && self.is_wanted(resource) && around(resource));
        let found: Vec<Box<str>> = named.map(|(_, resource)| resource.address.clone()).collect();
        let doubt = (found.len() > 1).then(|| unknown.reason.clone());
        for address in found {
            self.refers(position, scope, &address, doubt.clone());
        }
    }

    fn any(&mut self, position: u32, scope: u32, reason: &str) {
        let all = self.links.anything.entry(scope).or_default();
        if all.last().is_none_or(|last| last.position != position) {
            all.push(Referrer { position, doubt: Some(reason.into()) });
        }
    }

    fn text(&mut self, position: u32, scope: u32, text: &str, from: Option<&[Reference]>) {
        if let Some(to) = from.into_iter().flatten().find(|to| self.is_of_type(scope, to)) {
            // A reference is a reference, whatever else has this name.
            self.refers(position, to.scope.unwrap_or(scope), &to.address, None);
            return;
        }
        let mut is_known = from.is_some();
        for meaning in meanings(text) {
            let link = TextLink { position, text: text.into() };
            self.links.texts.entry(meaning.into()).or_default().push(link);
            is_known |= self.index.named(meaning).any(|(_, resource)| {
                resource.scope == scope && self.is_wanted(resource) && fits(text, resource)
            });
        }
        if !is_known {
            self.links.loose.entry(scope).or_default().push(TextLink { position, text: text.into() });
        }
    }
}

/// Whether one of a resource's properties is a reference to another resource.
fn refers_at_top(resource: &Resource, to: &Reference) -> bool {
    let Value::Map(properties) = &resource.properties.value else { return false };
    properties.iter().any(|(_, node)| match &node.value {
        Value::Unknown(unknown) => unknown.references.iter().any(|other| other.address == to.address),
        _ => node.from.iter().flat_map(|all| all.iter()).any(|other| other.address == to.address),
    })
}
