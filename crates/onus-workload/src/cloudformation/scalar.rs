//! How a scalar is read, and how a value is written as text.
//!
//! CloudFormation hands scalars to the services as text and lets the schema decide. So a scalar becomes
//! a number only where the number would be written as the very same text: `5` and `1.5` do, while `0123`
//! (an account id), `5.10` (an engine version), `1_000`, `2010-09-09` and `12:30` stay text. The words of
//! YAML 1.1 for truth (`yes`, `on`) count, as in CloudFormation.

use super::tree::{Shape, Syntax};
use onus_model::Value;
use std::borrow::Cow;
use std::fmt::Write;

/// The value of a scalar; nothing for a list or map.
pub(crate) fn value(node: Syntax<'_>) -> Option<Value> {
    let text = node.scalar()?;
    Some(match node.shape() {
        Shape::Plain => plain(text),
        Shape::Number => json_number(text),
        _ => Value::string(text),
    })
}

/// An unquoted YAML scalar, or a JSON keyword.
pub(crate) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::string(text)),
    }
}

/// The number that is written as this very text.
pub(crate) fn number(text: &str) -> Option<Value> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>()
        && whole.to_string() == text
    {
        return Some(Value::Int(whole));
    }
    let float = text.parse::<f64>().ok().filter(|float| float.is_finite())?;
    (float.to_string() == text).then_some(Value::Float(float))
}

/// A JSON number; text where it is too large to be one of ours.
fn json_number(text: &str) -> Value {
    if let Ok(whole) = text.parse::<i64>() {
        return Value::Int(whole);
    }
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() && (float.fract() != 0.0 || float.abs() < 9e15) => Value::Float(float),
        _ => Value::string(text),
    }
}

/// A scalar as text; nothing for lists, maps, null and what is unknown.
pub(crate) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        Value::Int(number) => Some(Cow::Owned(number.to_string())),
        Value::Float(number) => Some(Cow::Owned(number.to_string())),
        Value::Null | Value::List(_) | Value::Map(_) | Value::Unknown(_) => None,
    }
}

/// A value as compact JSON; unknown parts are written as null, so look for them first.
pub(crate) fn json(value: &Value) -> String {
    let mut out = String::new();
    write_json(value, &mut out);
    out
}

fn write_json(value: &Value, out: &mut String) {
    match value {
        Value::Null | Value::Unknown(_) => out.push_str("null"),
        Value::String(text) => write_json_text(text, out),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => out.push_str(&text(value).unwrap_or_default()),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_json(&item.value, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (at, (key, item)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_json_text(key, out);
                out.push(':');
                write_json(&item.value, out);
            }
            out.push('}');
        }
    }
}

fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if (control as u32) < 0x20 => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_only_where_it_writes_back_as_the_same_text() {
        for text in
            ["0123", "5.10", "1_000", "2010-09-09", "12:30", "+5", "0x1F", "1e3", "-", "99999999999999999999"]
        {
            assert_eq!(plain(text), Value::string(text), "{text}");
        }
        assert_eq!(plain("5"), Value::Int(5));
        assert_eq!(plain("-7"), Value::Int(-7));
        assert_eq!(plain("1.5"), Value::Float(1.5));
        assert_eq!(plain("yes"), Value::Bool(true));
        assert_eq!(plain("Off"), Value::Bool(false));
        assert_eq!(plain("y"), Value::string("y"));
    }
}
