//! What is only a part of a resource, and what may be a part of it.
//!
//! A part of a resource that is outside of the input is judged by what it sets: all else is unknown there. Parts that may
//! belong to a resource of the input leave what they set unknown in it; where the verdict is the same without them, with
//! each and with all, it does not hang on that.

use crate::check::{CompiledCheck, Outcome, Verdict, evaluate};
use crate::index::Index;
use crate::value::outside;
use onus_model::{Map, Node, Possible, Resource, Value};
use std::sync::Arc;

/// How many parts may be tried for one verdict. A resource with more is rare, and stays undetermined: each takes a copy
/// of its properties and a run of the check.
const MAX_TRIED: usize = 32;

/// The verdict on a part whose first `own` properties are those that it sets; none where the check looks at none of them.
pub(crate) fn of_part(
    check: &CompiledCheck,
    index: &Index<'_>,
    resource: &Resource,
    own: usize,
) -> Option<Verdict> {
    let Value::Map(map) = &resource.properties.value else { return None };
    let sets = |name: &String| map.iter().take(own).any(|(own, _)| own == name);
    if !check.decided_by.iter().any(sets) {
        return None;
    }
    let mut open = resource.clone();
    if let Value::Map(all) = &mut open.properties.value {
        let unknown = Node::new(Value::unknown(outside(resource)), resource.span);
        for name in &check.looks_at {
            if all.get(name).is_none() {
                all.push(name.as_str(), unknown.clone());
            }
        }
    }
    Some(evaluate(check, index, &open))
}

/// The verdict that holds whichever of the possible parts are the resource's; none where they differ.
pub(crate) fn settled(check: &CompiledCheck, index: &Index<'_>, resource: &Resource) -> Option<Verdict> {
    let Value::Map(map) = &resource.properties.value else { return None };
    let open: Vec<Open<'_>> =
        check.looks_at.iter().filter_map(|name| Open::at(name, map.get(name)?)).collect();
    let count: usize = open.iter().map(|open| open.possible.values.len()).sum();
    if count == 0 || count > MAX_TRIED {
        return None;
    }
    let mut tried = resource.clone();
    let mut verdict = |chosen: &dyn Fn(&Open<'_>) -> Vec<Node>| {
        if let Value::Map(map) = &mut tried.properties.value {
            open.iter().for_each(|open| open.set(map, chosen(open)));
        }
        evaluate(check, index, &tried)
    };
    let first = verdict(&|_| Vec::new());
    let mut agrees = |chosen: &dyn Fn(&Open<'_>) -> Vec<Node>| verdict(chosen).outcome == first.outcome;
    let each = open.iter().all(|one| {
        one.possible
            .values
            .iter()
            .all(|value| agrees(&|open| if open.name == one.name { vec![value.clone()] } else { Vec::new() }))
    });
    let mut all =
        || agrees(&|open| if open.possible.adds { open.possible.values.clone() } else { Vec::new() });
    (first.outcome != Outcome::Undetermined && each && (count == 1 || all())).then_some(first)
}

/// A property that parts may set.
struct Open<'w> {
    name: &'w str,
    possible: Arc<Possible>,
    /// What it holds whatever they do.
    certain: Option<Node>,
}

impl<'w> Open<'w> {
    fn at(name: &'w str, node: &Node) -> Option<Self> {
        if let Some(possible) = possible(node) {
            return Some(Self { name, possible, certain: None });
        }
        let Value::List(list) = &node.value else { return None };
        // Of several it cannot be told which of them hold at once.
        let mut all = list.iter().filter_map(possible);
        let (Some(found), None) = (all.next(), all.next()) else { return None };
        let rest = list.iter().filter(|node| possible(node).is_none()).cloned().collect();
        Some(Self { name, possible: found, certain: Some(Node::new(Value::List(rest), node.span)) })
    }

    fn set(&self, map: &mut Map, parts: Vec<Node>) {
        let mut node = self.certain.clone();
        for part in parts {
            node = Some(match (node, part) {
                (
                    Some(Node { value: Value::List(mut list), span, .. }),
                    Node { value: Value::List(more), .. },
                ) => {
                    list.extend(more);
                    Node::new(Value::List(list), span)
                }
                (Some(Node { value: Value::List(mut list), span, .. }), other) => {
                    list.push(other);
                    Node::new(Value::List(list), span)
                }
                (_, part) => part,
            });
        }
        match node {
            Some(node) => map.insert(self.name, node),
            None => drop(map.remove(self.name)),
        }
    }
}

fn possible(node: &Node) -> Option<Arc<Possible>> {
    match &node.value {
        Value::Unknown(unknown) => unknown.possible.clone(),
        _ => None,
    }
}
