//! Values of the language as values of a workload.

use super::super::attributes::SENSITIVE;
use crate::names;
use onus_hcl::{Data, Piece, Val};
use onus_model::{Map, Names, Node, PartialText, Reference, Span, TextBuilder, Unknown, Value};

/// A value as a node; none where nothing is set. What has no place of its own stands at `place`.
pub(super) fn node(value: &Val, place: Span) -> Option<Node> {
    let span = value.span.unwrap_or(place);
    // That nothing is set is no secret.
    if value.sensitive && !value.is_null() && value.as_str() != Some("") {
        let deferred = matches!(&value.data, Data::Unknown(unknown) if unknown.deferred);
        let written = matches!(&value.data, Data::String(text) if !text.is_empty());
        let unknown = Unknown { deferred, written, ..Unknown::present(SENSITIVE) };
        return Some(Node::new(Value::Unknown(Box::new(unknown)), span));
    }
    let made = match &value.data {
        Data::Null | Data::NullOf(_) => return None,
        Data::Unknown(unknown) => unknown_of(unknown),
        Data::Instance(instance) => unknown_of(&instance.whole),
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
    Some(Node::new(made, span))
}

fn unknown_of(unknown: &onus_hcl::Unknown) -> Value {
    let plain = plain(unknown);
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
        written: false,
        text: None,
        possible: None,
    };
    let named = match unknown.references.as_slice() {
        [Reference { address, attribute: Some(attribute) }] if unknown.name => {
            names::in_terraform(address, attribute)
        }
        _ => None,
    };
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
