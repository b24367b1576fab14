//! The resources of a workload, ready to be found by type, address or name.

use crate::identity::{Identity, identities};
use crate::links::{Collecting, Links};
use onus_model::{Coverage, Resource};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// The resources of a workload, for `related` and `target`. Built once, shared by all threads.
#[derive(Debug)]
pub struct Index<'w> {
    resources: &'w [Resource],
    by_type: FxHashMap<&'w str, Vec<u32>>,
    by_scope: FxHashMap<u32, FxHashMap<&'w str, Vec<u32>>>,
    by_address: FxHashMap<(u32, &'w str), u32>,
    by_identity: FxHashMap<&'w str, Vec<u32>>,
    /// By scope and type, whether an identity of a resource is not known.
    unnamed: FxHashSet<(u32, &'w str)>,
    links: RwLock<LinkCache>,
}

/// By resource type and path, and by the type that is referred to, where it is one.
type LinkCache = FxHashMap<(Box<str>, Box<[Box<str>]>, Option<Box<str>>), Arc<Links>>;

impl<'w> Index<'w> {
    /// Indexes the resources of a workload.
    pub fn new(resources: &'w [Resource]) -> Self {
        let mut index = Self {
            resources,
            by_type: FxHashMap::default(),
            by_scope: FxHashMap::default(),
            by_address: FxHashMap::default(),
            by_identity: FxHashMap::default(),
            unnamed: FxHashSet::default(),
            links: RwLock::default(),
        };
        for (position, resource) in (0_u32..).zip(resources) {
            index.add(position, resource);
        }
        index
    }

    fn add(&mut self, position: u32, resource: &'w Resource) {
        self.by_type.entry(&resource.resource_type).or_default().push(position);
        self.by_scope
            .entry(resource.scope)
            .or_default()
            .entry(&resource.resource_type)
            .or_default()
            .push(position);
        self.by_address.entry((resource.scope, &resource.address)).or_insert(position);
        if matches!(resource.coverage, Coverage::Part { .. }) {
            // A name leads to the resource, of which too little is known here.
            return;
        }
        let mut unnamed = false;
        for identity in identities(resource) {
            match identity {
                Identity::Known(text) => self.by_identity.entry(text).or_default().push(position),
                Identity::Unknown(_) | Identity::Opaque => unnamed = true,
            }
        }
        if unnamed {
            self.unnamed.insert((resource.scope, &resource.resource_type));
        }
    }

    pub(crate) fn resource(&self, position: u32) -> Option<&'w Resource> {
        self.resources.get(position as usize)
    }

    pub(crate) fn of_type(&self, resource_type: &str) -> impl Iterator<Item = (u32, &'w Resource)> {
        self.found(self.by_type.get(resource_type))
    }

    /// The resources of a type in a scope.
    pub(crate) fn of_type_in(
        &self,
        scope: u32,
        resource_type: &str,
    ) -> impl Iterator<Item = (u32, &'w Resource)> {
        self.found(self.by_scope.get(&scope).and_then(|types| types.get(resource_type)))
    }

    /// The resource of that address in a scope.
    pub(crate) fn at(&self, scope: u32, address: &str) -> Option<&'w Resource> {
        self.resource(*self.by_address.get(&(scope, address))?)
    }

    /// The resources of which a text is an identity.
    pub(crate) fn named(&self, text: &str) -> impl Iterator<Item = (u32, &'w Resource)> {
        self.found(self.by_identity.get(text))
    }

    fn found(&self, positions: Option<&Vec<u32>>) -> impl Iterator<Item = (u32, &'w Resource)> {
        let resources = self.resources;
        let positions = positions.map(Vec::as_slice).unwrap_or_default();
        positions.iter().filter_map(move |at| Some((*at, resources.get(*at as usize)?)))
    }

    /// Whether a scope has a resource of a type of which an identity is not known.
    pub(crate) fn has_unnamed(&self, scope: u32, resource_type: &str) -> bool {
        self.unnamed.contains(&(scope, resource_type))
    }

    /// What the resources of a type refer to at a path, as far as it is of another type. Collected at the first question, since
    /// a search per question would take quadratic time.
    pub(crate) fn links(&self, resource_type: &str, path: &[Box<str>], to: Option<&str>) -> Arc<Links> {
        let key = (Box::from(resource_type), Box::from(path), to.map(Box::from));
        // A panic elsewhere leaves the cache as it was: entries are whole.
        if let Some(links) = self.links.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(links);
        }
        let mut collecting = Collecting { index: self, to, links: Links::default() };
        self.of_type(resource_type).for_each(|(position, resource)| collecting.add(position, resource, path));
        let links = Arc::new(collecting.links);
        let mut cache = self.links.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cache.entry(key).or_insert(links))
    }
}
