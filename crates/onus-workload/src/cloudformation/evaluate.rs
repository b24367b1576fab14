//! Syntax to values: what every node of a template evaluates to.
//!
//! The span of a value is the place in the resource that decided it: a literal's own, the chosen branch's
//! for `Fn::If`, and the place of use for parameters, mappings and all other functions, since that is where
//! the resource's author reads it.

use super::foreach::{Entry, Loops};
use super::run::OVER_LIMIT;
use super::scalar;
use super::stack::{Stack, shorten};
use super::tree::{Shape, Syntax};
use crate::exports::ELSEWHERE;
use onus_model::{Map, Names, Node, Reference, TextBuilder, Unknown, Value};

/// How a reference to a secret or parameter begins that is looked up at deployment.
pub(crate) const LOOKUP: &str = "{{resolve:";

impl<'t> Stack<'t> {
    /// The value of a node; nothing for `AWS::NoValue`, which takes the property away.
    pub(crate) fn evaluate(&self, node: Syntax<'t>, loops: &Loops) -> Option<Node> {
        if !self.run.enter(node.span()) {
            return Some(self.unknown(node, OVER_LIMIT));
        }
        let value = match node.call() {
            Some((name, argument)) => self.call(name, argument, node, loops),
            None => Some(self.literal(node, loops)),
        };
        self.run.leave();
        value
    }

    /// A value that is not known, at a place.
    pub(crate) fn unknown(&self, node: Syntax<'t>, reason: impl Into<Box<str>>) -> Node {
        Node::new(Value::unknown(reason), node.span())
    }

    fn literal(&self, node: Syntax<'t>, loops: &Loops) -> Node {
        let value = match node.shape() {
            Shape::List => Value::List(node.items().filter_map(|item| self.evaluate(item, loops)).collect()),
            Shape::Map => self.map(node, loops),
            Shape::Text | Shape::Plain | Shape::Number => self.scalar(node),
        };
        Node::new(value, node.span())
    }

    fn scalar(&self, node: Syntax<'t>) -> Value {
        let value = scalar::value(node).unwrap_or(Value::Null);
        match value {
            Value::String(text) if self.run.spend_text(text.len(), node.span()) => finished(text.into()),
            Value::String(_) => Value::unknown(OVER_LIMIT),
            other => other,
        }
    }

    fn map(&self, node: Syntax<'t>, loops: &Loops) -> Value {
        if let Some(transform) = node.get("Fn::Transform") {
            return self.transform(transform);
        }
        let has_loops = self.transforms.language_extensions
            && node.named().any(|(name, _, _)| name.starts_with("Fn::ForEach::"));
        if !has_loops {
            let entries = node.named().filter_map(|(name, key, value)| {
                if !self.run.spend_text(name.len(), key.span()) {
                    return None;
                }
                self.evaluate(value, loops).map(|value| (loops.replace(name), value))
            });
            return Value::Map(entries.collect());
        }
        let mut entries: Vec<Entry<'t>> = Vec::new();
        self.expand(node, loops, &mut entries);
        let mut map = Map::new();
        for entry in entries {
            if let Some(value) = self.evaluate(entry.value, &entry.loops) {
                map.push(entry.name, value);
            }
        }
        Value::Map(map)
    }

    fn call(&self, name: &'t str, argument: Syntax<'t>, node: Syntax<'t>, loops: &Loops) -> Option<Node> {
        let value = match name {
            "Ref" => return self.reference(node, argument, loops),
            "If" => return self.choose(node, argument, loops),
            "Select" => return self.select(node, argument, loops),
            "FindInMap" => return self.find_in_map(node, argument, loops),
            "GetAtt" => self.attribute(node, argument, loops),
            "Sub" => self.substitute(node, argument, loops),
            "Join" => self.join(node, argument, loops),
            "Split" => self.split(node, argument, loops),
            "Base64" => self.base64(node, argument, loops),
            "Cidr" => self.cidr(node, argument, loops),
            "Length" => self.length(node, argument, loops),
            "ToJsonString" => self.to_json_string(node, argument, loops),
            "GetAZs" => Value::unknown_but_present("the zones of a region are known only at deployment"),
            "ImportValue" => self.import(argument, loops),
            "And" | "Or" | "Not" | "Equals" | "Condition" => self.truth(node, loops).into_value(),
            "Transform" => self.transform(argument),
            _ if name.starts_with("ForEach::") => self.map(node.without_tag(), loops),
            _ => {
                // Of modules it was said already that they are not read.
                if !self.transforms.packaged {
                    let message = format!("the function `{}` is not evaluated", shorten(name));
                    self.run.not_evaluated(node.span(), message);
                }
                Value::unknown(format!("the function `{}` is not evaluated", shorten(name)))
            }
        };
        Some(Node::new(value, node.span()))
    }

    fn import(&self, argument: Syntax<'t>, loops: &Loops) -> Value {
        let name = self.evaluate(argument, loops);
        let name = name.as_ref().and_then(|name| scalar::text(&name.value));
        let reason = match &name {
            Some(name) => format!("`{}` is exported by another stack", shorten(name)),
            None => "it is exported by another stack".to_owned(),
        };
        // Whatever it is, it is none of this stack's.
        let reference = Reference {
            address: name.as_deref().unwrap_or_default().into(),
            attribute: Some("Fn::ImportValue".into()),
            scope: Some(ELSEWHERE),
        };
        Value::Unknown(Box::new(Unknown { references: vec![reference], ..Unknown::present(reason) }))
    }

    fn transform(&self, transform: Syntax<'t>) -> Value {
        let name = transform.get("Name").and_then(Syntax::scalar).map_or_else(|| "?".to_owned(), shorten);
        self.run.not_evaluated(transform.span(), format!("the macro `{name}` is not evaluated"));
        Value::unknown(format!("the macro `{name}` writes it"))
    }
}

/// Text as a value, unless it names a secret or parameter that is looked up at deployment.
pub(crate) fn finished(text: String) -> Value {
    let Some(start) = text.find(LOOKUP) else { return Value::string(text) };
    let (before, rest) = text.split_at(start);
    let reference = rest.find("}}").map_or(rest, |end| &rest[..end + 2]);
    let reason = format!("`{}` is looked up at deployment", shorten(reference));
    let lookup = Unknown { names: Names::Secret, deferred: true, ..Unknown::present(reason) };
    around(before, &lookup, &rest[reference.len()..])
}

/// Text of which some pieces are known. One that is part of a lookup is not what will stand there.
pub(crate) fn finished_pieces(text: TextBuilder) -> Value {
    let value = text.finish();
    let Value::Unknown(unknown) = &value else {
        return match value {
            Value::String(text) => finished(text.into()),
            other => other,
        };
    };
    match &unknown.text {
        Some(text) if text.contains(LOOKUP) => {
            // Of more pieces some would be lost.
            let deferred = text.pieces().len() <= 3;
            let open = Unknown { names: Names::Secret, deferred, text: None, ..(**unknown).clone() };
            around(text.prefix(), &open, text.suffix())
        }
        _ => value,
    }
}

/// A lookup with the texts on both sides of it, as far as they are part of no further one.
fn around(before: &str, open: &Unknown, after: &str) -> Value {
    let mut text = TextBuilder::default();
    text.known(before.find(LOOKUP).map_or(before, |start| &before[..start]));
    text.open(open);
    text.known(after.rfind("}}").map_or(after, |end| &after[end + 2..]));
    text.finish()
}
