//! Folds satellites into the resources that they configure.
//!
//! A satellite finds its resource by reference (the configuration says so) or by
//! value (its attribute equals what the resource is known by). One whose resource
//! cannot be told could belong to any of that type: what it sets is then unknown
//! in each that does not set it itself.

use super::mapping::{merge, merge_node, set};
use super::references::segments;
use onus_model::{Coverage, Map, Node, Part, Reference, Resource, Span, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is named after what is named after another is followed so far; in use are two hops.
const MAX_HOPS: usize = 4;

/// A satellite on its way to its resource.
pub(super) struct Satellite<'m> {
    pub(super) part: &'m Part,
    /// The resource that it becomes where it finds no other; its properties are the satellite's.
    pub(super) resource: Resource,
    /// The value of the attribute that names the resource.
    pub(super) by: Option<Node>,
    /// What that attribute refers to in the configuration, known value or not.
    pub(super) references: Vec<Reference>,
}

/// Finds resources by address, and by what they are known by.
#[derive(Default)]
pub(super) struct Directory {
    addresses: FxHashMap<Box<str>, usize>,
    /// What those are named after that have another's id: satellites, and types that are known by another.
    named_after: FxHashMap<Box<str>, Vec<Reference>>,
    /// None where several share an identity.
    identities: FxHashMap<(Arc<str>, Box<str>), Option<usize>>,
}

impl Directory {
    /// Makes a resource known by its address and identities.
    pub(super) fn add(
        &mut self,
        place: usize,
        resource: &Resource,
        identities: impl Iterator<Item = Box<str>>,
    ) {
        self.addresses.entry(resource.address.clone()).or_insert(place);
        let Some(kind) = &resource.native_type else { return };
        for identity in identities {
            let known = self.identities.entry((kind.clone(), identity)).or_insert(Some(place));
            if *known != Some(place) {
                *known = None;
            }
        }
    }

    /// Notes that what stands at an address has the id of what it refers to.
    pub(super) fn known_by(&mut self, address: &str, references: Vec<Reference>) {
        if !references.is_empty() {
            self.named_after.insert(address.into(), references);
        }
    }

    /// The places of what is referred to, directly or by what is named after it.
    fn places(&self, references: &[Reference], depth: usize, found: &mut Vec<usize>) {
        for to in references {
            match (self.addresses.get(&to.address), self.named_after.get(&to.address)) {
                (_, Some(further)) if depth > 0 => self.places(further, depth - 1, found),
                (Some(place), _) => found.push(*place),
                _ => {}
            }
        }
    }

    fn find(&self, satellite: &Satellite<'_>, resources: &[Resource], kinds: &[Arc<str>]) -> Found {
        let of_kind = |place: &usize| {
            resources
                .get(*place)
                .and_then(|resource| resource.native_type.as_ref())
                .is_some_and(|kind| satellite.part.of.iter().any(|wanted| **wanted == **kind))
        };
        let mut targets = Vec::new();
        self.places(&satellite.references, MAX_HOPS, &mut targets);
        targets.retain(of_kind);
        targets.sort_unstable();
        targets.dedup();
        if let [place] = targets.as_slice() {
            return Found::One(*place);
        }
        match satellite.by.as_ref().map(|node| &node.value) {
            Some(Value::String(text)) => {
                let by_value = |kind: &Arc<str>| self.identities.get(&(kind.clone(), text.clone()));
                match kinds.iter().find_map(by_value) {
                    Some(Some(place)) => Found::One(*place),
                    Some(None) => Found::Unclear,
                    None => Found::Elsewhere,
                }
            }
            Some(Value::Unknown(_)) => {
                let is_data = |to: &Reference| segments(&to.address).contains(&"data");
                let outside = !satellite.references.is_empty() && satellite.references.iter().all(is_data);
                if outside { Found::Elsewhere } else { Found::Unclear }
            }
            _ => Found::Unclear,
        }
    }
}

enum Found {
    One(usize),
    Elsewhere,
    Unclear,
}

/// Folds all satellites; those without a resource become resources of their own.
pub(super) fn fold(satellites: Vec<Satellite<'_>>, directory: &Directory, resources: &mut Vec<Resource>) {
    let mut left = Vec::new();
    for satellite in satellites {
        let kinds: Vec<Arc<str>> = satellite.part.of.iter().map(|kind| Arc::from(kind.as_str())).collect();
        match directory.find(&satellite, resources, &kinds) {
            Found::One(place) => {
                if let Some(target) = resources.get_mut(place) {
                    attach(&satellite, target);
                }
            }
            Found::Elsewhere => left.push(alone(satellite)),
            Found::Unclear => {
                blur(&satellite, resources);
                left.push(alone(satellite));
            }
        }
    }
    resources.extend(left);
}

/// The satellite's properties, shaped as they stand in the resource.
fn contribution(satellite: &Satellite<'_>) -> Option<Map> {
    let Value::Map(own) = &satellite.resource.properties.value else { return None };
    if satellite.part.element_of.is_empty() {
        return Some(own.clone());
    }
    let span = satellite.resource.span;
    let element = Node::new(Value::Map(own.clone()), span);
    let mut out = Map::new();
    set(&mut out, &satellite.part.element_of, Node::new(Value::List(vec![element]), span), span);
    Some(out)
}

/// Whether its lists add to those of the resource.
fn adds(satellite: &Satellite<'_>) -> bool {
    satellite.part.append || !satellite.part.element_of.is_empty()
}

fn attach(satellite: &Satellite<'_>, target: &mut Resource) {
    let Some(contribution) = contribution(satellite) else { return };
    let append = adds(satellite);
    target.elsewhere.extend(&satellite.resource.elsewhere);
    if let Value::Map(properties) = &mut target.properties.value {
        merge(properties, contribution, append);
    }
}

/// Marks what an unclear satellite sets as unknown, wherever it could belong and is not set otherwise.
fn blur(satellite: &Satellite<'_>, resources: &mut [Resource]) {
    let Some(contribution) = contribution(satellite) else { return };
    let reason =
        format!("`{}` may set it, but which resource it configures is not known", satellite.resource.address);
    let names: Vec<&str> = contribution.iter().map(|(name, _)| name).collect();
    for target in resources.iter_mut() {
        let fits = |kind: &Arc<str>| satellite.part.of.iter().any(|wanted| **wanted == **kind);
        if !target.native_type.as_ref().is_some_and(fits) {
            continue;
        }
        if let Value::Map(properties) = &mut target.properties.value {
            for name in &names {
                let span: Span = satellite.resource.span;
                let unknown = Node::new(Value::unknown(reason.as_str()), span);
                match properties.get_mut(name) {
                    None => properties.push(*name, unknown),
                    Some(list) if adds(satellite) => merge_node(list, unknown, true),
                    Some(_) => {}
                }
            }
        }
    }
}

fn alone(satellite: Satellite<'_>) -> Resource {
    let Satellite { part, mut resource, .. } = satellite;
    match &part.otherwise {
        Some(kind) => resource.resource_type = Arc::from(kind.as_str()),
        None => {
            resource.coverage = Coverage::TypeOnly;
            resource.properties.value = Value::Map(Map::new());
        }
    }
    resource
}
