//! Applies a mapping: attributes under Terraform's names become properties under CloudFormation's.
//!
//! Nothing here knows where the attributes came from.

use super::attributes::{SENSITIVE, document};
use super::partial;
use super::transform;
use onus_credentials::{Examples, WRITTEN_OUT, first};
use onus_model::{
    Field, Literal, Map, Names, Node, PartialText, Piece, Shape, Span, TypeMapping, Unknown, Value,
};

/// The properties that a resource's attributes become.
pub(super) fn properties(mapping: &TypeMapping, attributes: &Map, span: Span) -> Map {
    let mut out = Map::new();
    apply(&mapping.fields, attributes, span, &mut out);
    for (path, value) in &mapping.constants {
        set(&mut out, path, Node::new(literal(value), span), span);
    }
    if let Some(transform) = mapping.transform {
        transform::apply(transform, attributes, span, &mut out);
    }
    out
}

/// The attributes that a mapping reads: the others need not be parsed.
pub(super) fn attributes(mapping: &TypeMapping) -> Vec<&str> {
    let mut names: Vec<&str> = mapping.identity.iter().map(String::as_str).collect();
    for field in &mapping.fields {
        names.push(&field.attribute);
        match &field.shape {
            Shape::Join { with, .. } => names.extend(with.iter().map(String::as_str)),
            Shape::Tags => names.push("tags_all"),
            _ => {}
        }
    }
    names.extend(mapping.transform.map(onus_model::Transform::attributes).unwrap_or_default());
    if let onus_model::Becomes::Part(part) = &mapping.becomes {
        names.extend(part.all().map(|part| part.by.as_str()));
    }
    names.extend(mapping.apart.iter().map(|apart| apart.attribute.as_str()));
    names.extend(mapping.known_by.as_deref());
    names.extend(["region", "arn", "id"]);
    names.sort_unstable();
    names.dedup();
    names
}

fn apply(fields: &[Field], from: &Map, span: Span, out: &mut Map) {
    for field in fields {
        match source(field, from) {
            Some(node) => put(field, node, from, span, out),
            None => {
                if let Some(default) = &field.default {
                    set(out, &field.to, Node::new(literal(default), span), span);
                }
            }
        }
    }
}

/// The attribute's value, where it is set.
fn source<'m>(field: &Field, from: &'m Map) -> Option<&'m Node> {
    let all = if matches!(field.shape, Shape::Tags) { from.get("tags_all") } else { None };
    let usable = |node: &&Node| is_set(field, &node.value);
    all.filter(usable).or_else(|| from.get(&field.attribute)).filter(usable)
}

/// Whether a value sets its attribute. The provider takes an empty text for one that is left out, and plans and states
/// list what is left out as one. Where it means something to AWS, the mapping has a value for it.
fn is_set(field: &Field, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) if text.is_empty() => field.values.iter().any(|(from, _)| same(from, value)),
        _ => true,
    }
}

fn put(field: &Field, node: &Node, from: &Map, span: Span, out: &mut Map) {
    if let (Shape::One(fields), true) = (&field.shape, field.to.is_empty()) {
        match one(node) {
            Some(Node { value: Value::Map(block), span, .. }) => apply(fields, block, *span, out),
            Some(Node { value: Value::Unknown(unknown), span, .. }) => leaves(fields, unknown, *span, out),
            _ => {}
        }
        return;
    }
    if let Some(value) = shape(field, node, from)
        && !matches!(value, Value::Null)
    {
        // Other arguments add elements to the same list.
        let place = if matches!(field.shape, Shape::Element { .. }) { span } else { node.span };
        let from = node.from.clone().filter(|_| matches!(value, Value::String(_)));
        set(out, &field.to, Node { from, ..Node::new(value, place) }, span);
    }
}

/// The single block of a list of one, or the block itself.
fn one(node: &Node) -> Option<&Node> {
    match &node.value {
        Value::List(list) => list.first(),
        _ => Some(node),
    }
}

/// An unknown block that has no property of its own leaves each of its properties unknown.
fn leaves(fields: &[Field], unknown: &Unknown, span: Span, out: &mut Map) {
    for field in fields {
        match &field.shape {
            Shape::One(inner) if field.to.is_empty() => leaves(inner, unknown, span, out),
            _ => {
                let inner = Unknown { present: false, ..unknown.clone() };
                set(out, &field.to, Node::new(Value::Unknown(Box::new(inner)), span), span);
            }
        }
    }
}

fn shape(field: &Field, node: &Node, from: &Map) -> Option<Value> {
    match &field.shape {
        Shape::Secret => return Some(secret(&node.value)),
        Shape::Present(value) => return Some(present(value, node)),
        Shape::Join { with, separator } => return Some(join(node, with, separator, from)),
        _ => {}
    }
    if no_blocks(&field.shape, &node.value) {
        return None;
    }
    if let (Value::Unknown(unknown), Shape::Json | Shape::Pascal) = (&node.value, &field.shape)
        && let Some(document) = unknown.text.as_ref().and_then(|text| partial::document(text, node.span))
    {
        return Some(if matches!(field.shape, Shape::Pascal) { pascal(&document, 0) } else { document });
    }
    if let (Value::Unknown(_), false) =
        (&node.value, matches!(field.shape, Shape::Listed | Shape::Element { .. }))
    {
        return Some(node.value.clone());
    }
    Some(match &field.shape {
        Shape::One(fields) => match &one(node)?.value {
            Value::Map(block) => Value::Map(block_of(fields, block, node.span)),
            Value::Unknown(unknown) => Value::Unknown(unknown.clone()),
            _ => return None,
        },
        Shape::Many(fields) => many(fields, node),
        Shape::Each(key) => each(key, node),
        Shape::Json => json(node),
        Shape::Pascal => pascal(&json(node), 0),
        Shape::Tags => entries(node, "Key", "Value"),
        Shape::Entries(key, value) => entries(node, key, value),
        Shape::Keyed(key, value) => keyed(node, key, value),
        Shape::KeyedBlocks(key, fields) => keyed_blocks(node, key, fields),
        Shape::Element { key, with } => element(field, node, key, with),
        Shape::Listed => match &node.value {
            Value::List(_) => node.value.clone(),
            _ => Value::List(vec![Node { value: translate(field, &node.value), ..node.clone() }]),
        },
        Shape::First => one(node)?.value.clone(),
        Shape::Not => not(&node.value),
        Shape::Piece { separator, index } => piece(&node.value, separator, *index)?,
        _ => translate(field, &node.value),
    })
}

/// A state holds every secret, whoever made it: that one is written out is not known of any.
pub(super) fn close_secrets(node: &mut Node) {
    match &mut node.value {
        Value::String(text) if &**text == WRITTEN_OUT => node.value = Value::unknown_but_present(SENSITIVE),
        Value::List(all) => all.iter_mut().for_each(close_secrets),
        Value::Map(all) => all.iter_mut().for_each(|(_, value)| close_secrets(value)),
        _ => {}
    }
}

fn secret(value: &Value) -> Value {
    match value {
        Value::Unknown(unknown) if unknown.names == Names::Written => Value::string(WRITTEN_OUT),
        Value::Unknown(unknown) => unknown_secret(unknown),
        Value::String(text) if text.is_empty() => Value::Null,
        Value::String(_) => Value::string(WRITTEN_OUT),
        // Which of several are set, and under which names, is no secret.
        Value::List(all) => Value::List(all.iter().map(kept).collect()),
        Value::Map(all) => Value::Map(all.iter().map(|(key, node)| (key, kept(node))).collect()),
        Value::Null => Value::Null,
        _ => Value::unknown_but_present(SENSITIVE),
    }
}

/// Of a text that is put together: whether a secret is written in it, or all that is left open comes at deployment.
fn unknown_secret(unknown: &Unknown) -> Value {
    let written = unknown.text.as_ref().map(PartialText::written);
    if unknown.present && written.as_deref().is_some_and(|text| first(text, Examples::Counted).is_some()) {
        return Value::string(WRITTEN_OUT);
    }
    let deferred = unknown.text.as_ref().map_or(unknown.deferred, PartialText::is_deferred);
    // Of its pieces only that they do not stand in the code is kept.
    let mut pieces = unknown.text.iter().flat_map(PartialText::pieces);
    let has_secret = pieces.any(|piece| matches!(piece, Piece::Open(open) if open.names == Names::Secret));
    let names = if has_secret { Names::Secret } else { unknown.names };
    Value::Unknown(Box::new(Unknown { text: None, names, deferred, ..unknown.clone() }))
}

fn kept(node: &Node) -> Node {
    Node::new(secret(&node.value), node.span)
}

fn block_of(fields: &[Field], block: &Map, span: Span) -> Map {
    let mut inner = Map::new();
    apply(fields, block, span, &mut inner);
    inner
}

/// Whether blocks are not written at all: a plan has an empty list where a template has nothing.
fn no_blocks(shape: &Shape, value: &Value) -> bool {
    let blocks = matches!(shape, Shape::Many(_) | Shape::Keyed(..) | Shape::KeyedBlocks(..));
    blocks && matches!(value, Value::List(list) if list.is_empty())
}

fn many(fields: &[Field], node: &Node) -> Value {
    let element = |node: &Node| match &node.value {
        Value::Map(block) => Some(Node::new(Value::Map(block_of(fields, block, node.span)), node.span)),
        Value::Unknown(_) => Some(node.clone()),
        _ => None,
    };
    match &node.value {
        Value::List(list) => Value::List(list.iter().filter_map(element).collect()),
        _ => Value::List(element(node).into_iter().collect()),
    }
}

fn each(key: &str, node: &Node) -> Value {
    let element = |node: &Node| Node::new(Value::Map(Map::from_iter([(key, node.clone())])), node.span);
    match &node.value {
        Value::List(list) => Value::List(list.iter().map(element).collect()),
        _ => Value::List(vec![element(node)]),
    }
}

/// The document in a JSON text; text that is none stays as it is.
fn json(node: &Node) -> Value {
    match &node.value {
        Value::String(text) => match serde_json::from_str::<super::json::Json<'_>>(text) {
            Ok(json @ (super::json::Json::Map(_) | super::json::Json::List(_))) => document(&json, node.span),
            _ => node.value.clone(),
        },
        other => other.clone(),
    }
}

/// Deeper documents are left as they are; a task definition has six levels.
const MAX_PASCAL_DEPTH: usize = 32;

/// Free-form maps whose keys are the user's own.
const FREE_FORM: [&str; 3] = ["options", "dockerLabels", "driverOpts"];

fn pascal(value: &Value, depth: usize) -> Value {
    if depth > MAX_PASCAL_DEPTH {
        return value.clone();
    }
    let deeper = |node: &Node| Node::new(pascal(&node.value, depth + 1), node.span);
    match value {
        Value::List(list) => Value::List(list.iter().map(deeper).collect()),
        Value::Map(map) => Value::Map(
            map.iter()
                .map(|(key, node)| {
                    let free = FREE_FORM.contains(&key);
                    (capital(key), if free { node.clone() } else { deeper(node) })
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

fn capital(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn entries(node: &Node, key_name: &str, value_name: &str) -> Value {
    let Value::Map(map) = &node.value else { return node.value.clone() };
    let entry = |(key, value): (&str, &Node)| {
        let key = Node::new(Value::string(key), value.span);
        Node::new(Value::Map(Map::from_iter([(key_name, key), (value_name, value.clone())])), node.span)
    };
    Value::List(map.iter().map(entry).collect())
}

fn keyed(node: &Node, key: &str, value: &str) -> Value {
    let Value::List(list) = &node.value else { return node.value.clone() };
    let mut map = Map::new();
    for block in list {
        if let (Some(name), Some(value)) = (block.get(key).and_then(Node::as_str), block.get(value)) {
            map.insert(name, value.clone());
        }
    }
    Value::Map(map)
}

fn keyed_blocks(node: &Node, key: &str, fields: &[Field]) -> Value {
    let Value::List(list) = &node.value else { return node.value.clone() };
    let mut map = Map::new();
    for block in list {
        if let (Some(name), Value::Map(own)) = (block.get(key).and_then(Node::as_str), &block.value) {
            map.insert(name, Node::new(Value::Map(block_of(fields, own, block.span)), block.span));
        }
    }
    Value::Map(map)
}

fn element(field: &Field, node: &Node, key: &[String], with: &[(String, Literal)]) -> Value {
    let constants = with.iter().map(|(name, value)| (name.as_str(), Node::new(literal(value), node.span)));
    let mut map: Map = constants.collect();
    set(&mut map, key, Node { value: translate(field, &node.value), ..node.clone() }, node.span);
    Value::List(vec![Node::new(Value::Map(map), node.span)])
}

fn not(value: &Value) -> Value {
    match value {
        Value::Bool(value) => Value::Bool(!value),
        Value::String(text) if &**text == "true" => Value::Bool(false),
        Value::String(text) if &**text == "false" => Value::Bool(true),
        other => other.clone(),
    }
}

fn present(literal_value: &Literal, node: &Node) -> Value {
    match &node.value {
        Value::Unknown(unknown) if !unknown.present => node.value.clone(),
        Value::List(list) if list.is_empty() => Value::Null,
        Value::String(text) if text.is_empty() => Value::Null,
        _ => literal(literal_value),
    }
}

fn piece(value: &Value, separator: &str, index: u32) -> Option<Value> {
    match value {
        Value::String(text) => text.split(separator).nth(index as usize).map(Value::string),
        _ => Some(value.clone()),
    }
}

fn join(node: &Node, with: &[String], separator: &str, from: &Map) -> Value {
    let others = with.iter().filter_map(|name| from.get(name));
    let mut text = String::new();
    for (at, part) in std::iter::once(node).chain(others).enumerate() {
        if at > 0 {
            text.push_str(separator);
        }
        match &part.value {
            Value::String(piece) => text.push_str(piece),
            Value::Int(piece) => text.push_str(&piece.to_string()),
            Value::Bool(piece) => text.push_str(&piece.to_string()),
            Value::Unknown(_) => return part.value.clone(),
            _ => {}
        }
    }
    Value::string(text)
}

/// The value as the table has it; values that it does not list stay.
fn translate(field: &Field, value: &Value) -> Value {
    if let (Value::List(list), false) = (value, field.values.is_empty()) {
        return Value::List(
            list.iter().map(|node| Node { value: translate(field, &node.value), ..node.clone() }).collect(),
        );
    }
    let found = field.values.iter().find(|(from, _)| same(from, value));
    found.map_or_else(|| value.clone(), |(_, to)| literal(to))
}

fn same(literal: &Literal, value: &Value) -> bool {
    match (literal, value) {
        (Literal::Bool(a), Value::Bool(b)) => a == b,
        (Literal::Bool(a), Value::String(b)) => &**b == if *a { "true" } else { "false" },
        (Literal::Int(a), Value::Int(b)) => a == b,
        (Literal::Int(a), Value::String(b)) => b.parse() == Ok(*a),
        (Literal::String(a), Value::String(b)) => **a == **b,
        (Literal::String(a), Value::Bool(b)) => a == if *b { "true" } else { "false" },
        _ => false,
    }
}

pub(super) fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(value) => Value::Int(*value),
        Literal::Float(value) => Value::Float(*value),
        Literal::String(value) => Value::string(value.as_str()),
    }
}

/// Sets a property. Two lists become one, two maps one map; else the later value counts. A map that is made on the
/// way stands at the block around it, since more arguments than this may go into it.
pub(super) fn set(out: &mut Map, path: &[String], node: Node, around: Span) {
    match path {
        [] => {
            if let Value::Map(map) = node.value {
                merge(out, map, true);
            }
        }
        [last] => match out.get_mut(last) {
            Some(old) => merge_node(old, node, true),
            None => out.push(last.as_str(), node),
        },
        [first, rest @ ..] => {
            if out.get(first).is_none() {
                out.push(first.as_str(), Node::new(Value::Map(Map::new()), around));
            }
            if let Some(Node { value: Value::Map(inner), .. }) = out.get_mut(first) {
                set(inner, rest, node, around);
            }
        }
    }
}

/// Puts the entries of one map into another; lists are added to, or replaced.
pub(super) fn merge(into: &mut Map, from: Map, append: bool) {
    for (key, node) in from {
        match into.get_mut(&key) {
            Some(old) => merge_node(old, node, append),
            None => into.push(key, node),
        }
    }
}

/// Where one of two lists is not known, the sum is a list with an element that is not known.
pub(super) fn merge_node(old: &mut Node, new: Node, append: bool) {
    match (&mut old.value, new.value) {
        (Value::Map(into), Value::Map(from)) => merge(into, from, append),
        (Value::List(into), Value::List(from)) if append => into.extend(from),
        (Value::List(into), unknown @ Value::Unknown(_)) if append => into.push(Node::new(unknown, new.span)),
        (value @ Value::Unknown(_), Value::List(mut list)) if append => {
            let unknown = std::mem::replace(value, Value::Null);
            list.insert(0, Node::new(unknown, old.span));
            *value = Value::List(list);
        }
        (value, new_value) => {
            *value = new_value;
            old.span = new.span;
            old.from = new.from;
        }
    }
}
