//! What satellites may set of resources that they may belong to.
//!
//! What is possible of all resources of a type is kept once and shared, however many resources and satellites there are.

use onus_model::{Map, Node, Possible, Resource, Span, Unknown, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Of more values than these a property is unknown without them: who judges it tries each.
const MAX_VALUES: usize = 32;

/// What is possible, by the type of the resources or by their place.
#[derive(Default)]
pub(super) struct Possibilities {
    kinds: FxHashMap<Arc<str>, Properties>,
    places: FxHashMap<usize, Properties>,
}

/// By property.
type Properties = Vec<(Box<str>, Values)>;

struct Values {
    reason: String,
    span: Span,
    adds: bool,
    nodes: Vec<Node>,
}

impl Possibilities {
    /// A satellite may belong to any resource of these Terraform types.
    pub(super) fn of_kinds(&mut self, kinds: &[Arc<str>], satellite: &Resource, sets: Map, adds: bool) {
        for kind in kinds {
            note(self.kinds.entry(kind.clone()).or_default(), satellite, &sets, adds);
        }
    }

    /// A satellite belongs to one of these resources.
    pub(super) fn of_these(&mut self, places: Vec<usize>, satellite: &Resource, sets: Map, adds: bool) {
        for place in places {
            note(self.places.entry(place).or_default(), satellite, &sets, adds);
        }
    }

    /// Leaves unknown what may be set, where it is not set otherwise.
    pub(super) fn mark(self, resources: &mut [Resource]) {
        let settled = |properties: Properties| -> Vec<(Box<str>, bool, Node)> {
            properties.into_iter().map(|(name, values)| (name, values.adds, values.unknown())).collect()
        };
        let kinds: FxHashMap<Arc<str>, _> =
            self.kinds.into_iter().map(|(kind, properties)| (kind, settled(properties))).collect();
        let mut places: FxHashMap<usize, _> =
            self.places.into_iter().map(|(place, properties)| (place, settled(properties))).collect();
        for (place, resource) in resources.iter_mut().enumerate() {
            let Value::Map(map) = &mut resource.properties.value else { continue };
            let of_kind =
                resource.native_type.as_ref().and_then(|kind| kinds.get(kind)).into_iter().flatten();
            let own = places.remove(&place).unwrap_or_default();
            of_kind.chain(&own).for_each(|(name, adds, unknown)| open(map, name, *adds, unknown));
        }
    }
}

fn note(properties: &mut Properties, satellite: &Resource, sets: &Map, adds: bool) {
    for (name, node) in sets.iter() {
        let place = properties.iter().position(|(own, values)| **own == *name && values.adds == adds);
        let values = match place.and_then(|place| properties.get_mut(place)) {
            Some((_, values)) => values,
            None => {
                let reason = format!(
                    "`{}` may set it, but which resource it configures is not known",
                    satellite.address
                );
                let values = Values { reason, span: satellite.span, adds, nodes: Vec::new() };
                properties.push((name.into(), values));
                let Some((_, values)) = properties.last_mut() else { continue };
                values
            }
        };
        // One more than are tried says that there are too many.
        if values.nodes.len() <= MAX_VALUES {
            values.nodes.push(node.clone());
        }
    }
}

impl Values {
    fn unknown(self) -> Node {
        let tried = self.nodes.len() <= MAX_VALUES;
        let possible = tried.then(|| Arc::new(Possible { adds: self.adds, values: self.nodes }));
        Node::new(Value::Unknown(Box::new(Unknown { possible, ..Unknown::new(self.reason) })), self.span)
    }
}

/// Where parts add to a list that is there, one more element is unknown. What may be set in two ways is unknown.
fn open(properties: &mut Map, name: &str, adds: bool, unknown: &Node) {
    match properties.get_mut(name).map(|node| &mut node.value) {
        None | Some(Value::Null) => properties.insert(name, unknown.clone()),
        Some(Value::List(list)) if adds => list.push(unknown.clone()),
        Some(Value::Unknown(other)) => other.possible = None,
        Some(_) => {}
    }
}
