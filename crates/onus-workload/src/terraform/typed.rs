//! Values as the types of their attributes: what an author writes as text where a number belongs is a number.
//!
//! Terraform converts an argument to the type that the provider's schema gives it. A plan holds the result; what is
//! read from source is converted here.

use onus_model::{AttributeType, AttributeTypes, Map, Node, Value};

/// Converts what has another type than its attribute.
pub(super) fn convert(types: &AttributeTypes, attributes: &mut Map) {
    for (name, node) in attributes.iter_mut() {
        one(types.get(name), node);
    }
}

/// Converts a value and what it holds. Lists and maps have one type for all that they hold.
fn one(kind: Option<&AttributeType>, node: &mut Node) {
    match (&mut node.value, kind) {
        (_, Some(AttributeType::Any)) | (Value::Null | Value::Unknown(_), _) => {}
        (Value::List(all), _) => {
            all.iter_mut().for_each(|element| one(kind, element));
            if kind.is_none() {
                // The provider hands lists of texts on without those that are empty.
                all.retain(|element| element.as_str() != Some(""));
            }
        }
        (Value::Map(all), Some(AttributeType::Block(types))) => convert(types, all),
        (Value::Map(all), _) => all.iter_mut().for_each(|(_, value)| one(kind, value)),
        (scalar, kind) => {
            if let Some(converted) = converted(scalar, kind) {
                *scalar = converted;
            }
        }
    }
}

/// A scalar as another type; none where it is of that type already, or cannot be.
fn converted(scalar: &Value, kind: Option<&AttributeType>) -> Option<Value> {
    match (scalar, kind) {
        (Value::String(text), Some(AttributeType::Number)) => {
            let whole = text.parse().map(Value::Int).ok();
            whole.or_else(|| text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Float))
        }
        (Value::String(text), Some(AttributeType::Bool)) => match &**text {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        (Value::Bool(truth), None) => Some(Value::string(if *truth { "true" } else { "false" })),
        (Value::Int(number), None) => Some(Value::string(number.to_string())),
        (Value::Float(number), None) => Some(Value::string(number.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::{FileId, Span};

    fn node(value: Value) -> Node {
        Node::new(value, Span::new(FileId(0), 0, 0))
    }

    #[test]
    fn what_is_written_as_another_type_becomes_that_of_its_attribute() {
        let mut types = AttributeTypes::default();
        types.insert(&["port"], AttributeType::Number);
        types.insert(&["rule", "on"], AttributeType::Bool);
        types.insert(&["free"], AttributeType::Any);
        let rule = Map::from_iter([("on", node(Value::string("false"))), ("value", node(Value::Int(3)))]);
        let mut attributes = Map::from_iter([
            ("port", node(Value::string("22"))),
            ("rule", node(Value::List(vec![node(Value::Map(rule))]))),
            ("cpu", node(Value::Int(256))),
            ("free", node(Value::Int(1))),
        ]);
        convert(&types, &mut attributes);
        let rule = Map::from_iter([("on", node(Value::Bool(false))), ("value", node(Value::string("3")))]);
        let expected = Map::from_iter([
            ("port", node(Value::Int(22))),
            ("rule", node(Value::List(vec![node(Value::Map(rule))]))),
            ("cpu", node(Value::string("256"))),
            ("free", node(Value::Int(1))),
        ]);
        assert_eq!(attributes, expected);
    }

    #[test]
    fn what_is_no_number_stays_text() {
        for text in ["", "x", "1e999", "true"] {
            assert_eq!(converted(&Value::string(text), Some(&AttributeType::Number)), None, "{text}");
        }
    }
}
