//! What follows from unknown parts for the whole.

use onus_model::{Node, Reference, Unknown, Value};

/// How many references a value keeps. Honest values have a few; the list is copied with the value.
const MAX_REFERENCES: usize = 100;

/// The largest map that is compared in another order than its own, since that walks it for each key.
const MAX_UNORDERED: usize = 1_000;

/// The first unknown part of a value, however deep.
pub(crate) fn find(value: &Value) -> Option<&Unknown> {
    match value {
        Value::Unknown(unknown) => Some(unknown),
        Value::List(items) => items.iter().find_map(|item| find(&item.value)),
        Value::Map(map) => map.iter().find_map(|(_, item)| find(&item.value)),
        _ => None,
    }
}

/// Collects the resources that a value refers to, each once.
pub(crate) fn references(value: &Value, into: &mut Vec<Reference>) {
    match value {
        Value::Unknown(unknown) => add(&unknown.references, into),
        Value::List(items) => items.iter().for_each(|item| references(&item.value, into)),
        Value::Map(map) => map.iter().for_each(|(_, item)| references(&item.value, into)),
        _ => {}
    }
}

/// Adds references that are not there yet.
pub(crate) fn add(more: &[Reference], into: &mut Vec<Reference>) {
    for reference in more {
        if into.len() < MAX_REFERENCES && !into.contains(reference) {
            into.push(reference.clone());
        }
    }
}

/// A value computed from parts of which some are unknown: the first one's reason, everyone's references.
/// Nothing where all parts are known.
pub(crate) fn blend<'v>(parts: impl Iterator<Item = &'v Value> + Clone, present: bool) -> Option<Value> {
    let reason = parts.clone().find_map(find)?.reason.clone();
    let mut all = Vec::new();
    parts.for_each(|part| references(part, &mut all));
    Some(Value::Unknown(Box::new(Unknown { present, references: all, ..Unknown::new(reason) })))
}

/// Whether a value is certain to be set.
pub(crate) fn is_present(node: Option<&Node>) -> bool {
    match node.map(|node| &node.value) {
        None | Some(Value::Null) => false,
        // Of an optional string it says that it is not set.
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Unknown(unknown)) => unknown.present,
        Some(_) => true,
    }
}

/// Whether two values are the same, wherever they were written. Unknown values never are.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.value, &b.value))
        }
        (Value::Map(a), Value::Map(b)) => {
            let covered = |(key, a): (&str, &Node)| b.get(key).is_some_and(|b| same(&a.value, &b.value));
            let alike = |((a, x), (b, y)): ((&str, &Node), (&str, &Node))| a == b && same(&x.value, &y.value);
            a.len() == b.len()
                && (a.iter().zip(b.iter()).all(alike) || (a.len() <= MAX_UNORDERED && a.iter().all(covered)))
        }
        (Value::List(_) | Value::Map(_) | Value::Unknown(_), _) => false,
        (_, Value::List(_) | Value::Map(_) | Value::Unknown(_)) => false,
        (Value::Null, Value::Null) => true,
        (a, b) => super::scalar::text(a) == super::scalar::text(b),
    }
}
