//! What the resources of one type refer to at one path.

use crate::identity::meanings;
use onus_model::{Coverage, Node, Resource, Value};
use rustc_hash::FxHashMap;

/// The deepest path and nesting of lists that is walked.
const MAX_DEPTH: usize = 32;

/// What the resources of one type refer to at one path.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// By scope and address: who refers to it. Doubtful, where that depends on something unknown.
    pub(crate) references: FxHashMap<(u32, Box<str>), Vec<Referrer>>,
    /// By identity: who has a text that could mean it.
    pub(crate) texts: FxHashMap<Box<str>, Vec<TextLink>>,
    /// Everyone who has a text.
    pub(crate) with_text: Vec<u32>,
    /// Who could refer to anything.
    pub(crate) anything: Vec<Referrer>,
}

/// A resource that refers to another.
#[derive(Clone, Debug)]
pub(crate) struct Referrer {
    pub(crate) position: u32,
    /// Why that is not certain, where it is not.
    pub(crate) doubt: Option<Box<str>>,
}

/// A text in a resource that could name another.
#[derive(Debug)]
pub(crate) struct TextLink {
    pub(crate) position: u32,
    pub(crate) text: Box<str>,
}

impl Links {
    pub(crate) fn collect<'w>(
        resources: impl Iterator<Item = (u32, &'w Resource)>,
        path: &[Box<str>],
    ) -> Self {
        let mut links = Self::default();
        for (position, resource) in resources {
            match resource.coverage {
                Coverage::Full | Coverage::Part { .. } => {
                    links.walk(position, resource.scope, &resource.properties, path, 0)
                }
                Coverage::TypeOnly => {
                    let doubt = format!("the properties of `{}` are not mapped", resource.resource_type);
                    links.anything.push(Referrer { position, doubt: Some(doubt.into()) });
                }
            }
        }
        links
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
            (Value::String(text), None) => self.text(position, text),
            // What the references of a whole say about a part of it is not known.
            (Value::Unknown(unknown), Some(_)) => self.any(position, &unknown.reason),
            (Value::Unknown(unknown), None) => {
                let mut addresses: Vec<&str> = unknown.references.iter().map(|to| &*to.address).collect();
                addresses.sort_unstable();
                addresses.dedup();
                let doubt = (addresses.len() > 1 || !unknown.present).then(|| unknown.reason.clone());
                for address in &addresses {
                    let referrer = Referrer { position, doubt: doubt.clone() };
                    self.references.entry((scope, Box::from(*address))).or_default().push(referrer);
                }
                if addresses.is_empty() {
                    self.any(position, &unknown.reason);
                }
            }
            _ => {}
        }
    }

    fn any(&mut self, position: u32, reason: &str) {
        self.anything.push(Referrer { position, doubt: Some(reason.into()) });
    }

    fn text(&mut self, position: u32, text: &str) {
        self.with_text.push(position);
        for meaning in meanings(text) {
            let link = TextLink { position, text: text.into() };
            self.texts.entry(meaning.into()).or_default().push(link);
        }
    }
}
