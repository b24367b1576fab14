//! Values of the language as values of a workload.

use super::super::attributes::SENSITIVE;
use crate::names;
use onus_hcl::{Data, Piece, Val};
use onus_model::{Map, Names, Node, PartialText, Reference, Span, TextBuilder, Unknown, Value};
use std::sync::Arc;

/// A value as a node; none where nothing is set. What has no place of its own stands at `place`.
pub(super) fn node(value: &Val, place: Span) -> Option<Node> {
    let span = value.span.unwrap_or(place);
    if value.sensitive && !value.is_null() {
        return Some(Node::new(sensitive(value), span));
    }
    let made = match &value.data {
        Data::Null | Data::NullOf(_) => return None,
        Data::Unknown(unknown) => unknown_of(unknown, value.from.as_deref()),
        Data::Instance(instance) => unknown_of(&instance.whole, None),
        Data::Bool(truth) => Value::Bool(*truth),
        Data::Number(number) => number.as_i64().map_or_else(|| Value::Float(number.as_f64()), Value::Int),
        Data::String(text) => Value::string(&**text),
        Data::Tuple(all) | Data::List(all) | Data::Set(all) => {
            let element = |element: &Val| node(element, span).unwrap_or(Node::new(Value::Null, span));
            Value::List(all.iter().map(element).collect())
        }
        Data::Object(all) | Data::Map(all) => {
            let mut map = Map::new();
            for (key, value) in all.iter() {
                if let Some(node) = node(value, span) {
                    map.push(&**key, node);
                }
            }
            Value::Map(map)
        }
    };
    let from = value.from.as_ref().filter(|_| matches!(made, Value::String(_)));
    Some(Node { from: from.map(Arc::clone), ..Node::new(made, span) })
}

/// What is sensitive is not kept, only whether it stands in the code: what is handed over from outside stands nowhere.
fn sensitive(value: &Val) -> Value {
    let names = match &value.data {
        Data::String(text) if !text.is_empty() && value.span.is_some() => Names::Written,
        Data::String(_) => Names::Unclear,
        Data::Unknown(unknown) if unknown.references.is_empty() => Names::Secret,
        Data::Unknown(unknown) => plain(unknown).names,
        _ => Names::Unclear,
    };
    let deferred = matches!(&value.data, Data::Unknown(unknown) if unknown.deferred);
    // An empty text sets nothing, and that is all that may be said of it.
    let present = value.as_str() != Some("");
    Value::Unknown(Box::new(Unknown { names, deferred, present, ..Unknown::new(SENSITIVE) }))
}

fn unknown_of(unknown: &onus_hcl::Unknown, from: Option<&[Reference]>) -> Value {
    let mut plain = plain(unknown);
    if let Some(from) = from {
        // What it is put together of in the attribute it is read from says nothing of what it refers to.
        let direct = plain.references.into_iter().filter(|_| unknown.name);
        plain.references = from.iter().cloned().chain(direct).collect();
    }
    let text = unknown.pieces.as_deref().and_then(text_of).or(plain.text);
    Value::Unknown(Box::new(Unknown { text, ..plain }))
}

fn plain(unknown: &onus_hcl::Unknown) -> Unknown {
    let plain = Unknown {
        reason: (*unknown.reason).into(),
        present: unknown.present,
        references: unknown.references.clone(),
        names: Names::Unclear,
        deferred: unknown.deferred || unknown.name,
        text: None,
        possible: None,
    };
    let named = match unknown.references.as_slice() {
        [Reference { address, attribute: Some(attribute), .. }] if unknown.name => {
            names::in_terraform(address, attribute)
        }
        _ => None,
    };
    if !unknown.references.is_empty() && unknown.references.iter().all(|to| names::gives_secrets(&to.address))
    {
        return Unknown { names: Names::Secret, ..plain };
    }
    match named {
        Some(named) => named.describe(plain),
        None => plain,
    }
}

/// What is known of a text that is put together of pieces.
fn text_of(pieces: &[Piece]) -> Option<PartialText> {
    let mut builder = TextBuilder::default();
    for piece in pieces {
        match piece {
            Piece::Known(text) => builder.known(text),
            Piece::Open(unknown) => builder.open(&plain(unknown)),
        }
    }
    match builder.finish() {
        Value::Unknown(unknown) => unknown.text,
        _ => None,
    }
}
