//! Folds satellites into the resources that they configure.
//!
//! A satellite finds its resource by reference (the configuration says so) or by
//! value (its attribute equals what the resource is known by). One whose resource
//! is not in the input becomes a part of it, and is judged as far as a part can be.
//! One whose resource cannot be told is such a part, and could belong to any of that
//! type: what it sets is then unknown in each that does not set it itself.

use super::mapping::{merge, set};
use super::possible::Possibilities;
use super::references::segments;
use onus_model::{
    Becomes, Coverage, Map, Mappings, Node, Part, PropertyPath, Reference, Resource, Shape, Value,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// A satellite that refers to more resources than these may be any's of their type: to note it in each would take
/// quadratic time.
const MAX_CANDIDATES: usize = 32;

/// What is named after what is named after another is followed so far; in use are two hops.
const MAX_HOPS: usize = 4;

/// How many properties that other parts set are noted at a part. A type has some dozens.
const MAX_OTHERS: usize = 64;

/// A satellite on its way to its resource.
pub(super) struct Satellite<'m> {
    pub(super) part: &'m Part,
    /// What its resource is in CloudFormation, where that is known.
    pub(super) whole: Option<Whole<'m>>,
    /// The resource that it becomes where it finds no other; its properties are the satellite's.
    pub(super) resource: Resource,
    /// The value of the attribute that names the resource.
    pub(super) by: Option<Node>,
    /// What that attribute refers to in the configuration, known value or not.
    pub(super) references: Vec<Reference>,
}

/// The CloudFormation type of a resource that has parts, and the property that holds its name.
#[derive(Clone, Copy)]
pub(super) struct Whole<'m> {
    resource_type: &'m str,
    name: Option<&'m PropertyPath>,
}

/// What a Terraform type is in CloudFormation, where the attribute `by` of its part names it.
pub(super) fn whole<'m>(mappings: &'m Mappings, kind: &str, by: &str) -> Option<Whole<'m>> {
    let mapping = mappings.get(kind)?;
    let Becomes::Resource(resource_type) = &mapping.becomes else { return None };
    let named = |attribute: &String| {
        let mut fields = mapping.fields.iter();
        let plain = |shape: &Shape| matches!(shape, Shape::Plain);
        fields.find(|field| field.attribute == *attribute && plain(&field.shape)).map(|field| &field.to)
    };
    // An id that AWS gives is no name.
    let is_name = |name: &str| !["id", "arn", "url"].iter().any(|end| name.rsplit('_').next() == Some(*end));
    let mut identities = mapping.identity.iter().filter(|name| is_name(name) && is_name(by));
    Some(Whole { resource_type, name: identities.find_map(named) })
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
        match targets.as_slice() {
            [place] => return Found::One(*place),
            [] => {}
            several if several.len() <= MAX_CANDIDATES => return Found::OneOf(targets),
            _ => return Found::Unclear,
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
    /// Of these, which cannot be told.
    OneOf(Vec<usize>),
    Elsewhere,
    Unclear,
}

/// Folds all satellites; those without a resource become resources of their own.
pub(super) fn fold(satellites: Vec<Satellite<'_>>, directory: &Directory, resources: &mut Vec<Resource>) {
    let mut left = Vec::new();
    let mut possible = Possibilities::default();
    for satellite in satellites {
        let kinds: Vec<Arc<str>> = satellite.part.of.iter().map(|kind| Arc::from(kind.as_str())).collect();
        match directory.find(&satellite, resources, &kinds) {
            Found::One(place) => {
                if let Some(target) = resources.get_mut(place) {
                    attach(&satellite, target);
                }
                continue;
            }
            Found::Elsewhere => {}
            Found::OneOf(places) => {
                if let Some(contribution) = contribution(&satellite) {
                    possible.of_these(places, &satellite.resource, contribution, adds(&satellite));
                }
            }
            Found::Unclear => {
                if let Some(contribution) = contribution(&satellite) {
                    possible.of_kinds(&kinds, &satellite.resource, contribution, adds(&satellite));
                }
            }
        }
        left.push(satellite);
    }
    possible.mark(resources);
    resources.extend(alone(left));
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

/// What is known of a resource outside of the input, by its type and name.
type Outside<'s> = FxHashMap<(&'s str, Box<str>), Map>;

/// The resources that satellites become which find no other. One that is a part of several resources is judged once.
fn alone(left: Vec<Satellite<'_>>) -> Vec<Resource> {
    let mut outside = Outside::default();
    for satellite in &left {
        let (Some(key), Some(contribution)) = (key(satellite), contribution(satellite)) else { continue };
        merge(outside.entry(key).or_default(), contribution, adds(satellite));
    }
    let mut seen = FxHashSet::default();
    let once = |satellite: &Satellite<'_>| seen.insert(satellite.resource.address.clone());
    left.into_iter().filter(once).map(|satellite| part_of(satellite, &outside)).collect()
}

/// The name of the resource that a satellite belongs to, where it is written out.
fn key<'s>(satellite: &Satellite<'s>) -> Option<(&'s str, Box<str>)> {
    let name = satellite.by.as_ref().and_then(Node::as_str).filter(|name| !name.is_empty())?;
    Some((satellite.part.of.first()?, name.into()))
}

/// The part of a resource elsewhere that a satellite is. What other satellites set of the same resource stands behind
/// what it sets itself.
fn part_of(satellite: Satellite<'_>, outside: &Outside<'_>) -> Resource {
    let own = contribution(&satellite).unwrap_or_default();
    let others = key(&satellite).and_then(|key| outside.get(&key));
    let Satellite { part, whole, mut resource, by, .. } = satellite;
    if let Some(kind) = &part.otherwise {
        resource.resource_type = Arc::from(kind.as_str());
        return resource;
    }
    let Some(whole) = whole else {
        resource.coverage = Coverage::TypeOnly;
        resource.properties.value = Value::Map(Map::new());
        return resource;
    };
    resource.resource_type = Arc::from(whole.resource_type);
    resource.coverage = Coverage::Part { own: own.len() };
    let mut all = own;
    for (name, node) in others.into_iter().flat_map(Map::iter).take(MAX_OTHERS) {
        if all.get(name).is_none() {
            all.push(name, node.clone());
        }
    }
    if let (Some([name]), Some(by)) = (whole.name.map(Vec::as_slice), by)
        && all.get(name).is_none()
        && by.as_str() != Some("")
    {
        all.push(name.as_str(), by);
    }
    resource.properties.value = Value::Map(all);
    resource
}
