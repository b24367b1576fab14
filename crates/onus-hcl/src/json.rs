//! Values as JSON and back, as `jsonencode` and `jsondecode` have it.

use crate::functions::collect;
use crate::pieces::Pieced;
use crate::value::{Piece, Unknown};
use crate::{Data, Number, Type, Val};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// JSON within JSON is read this deep: serde_json's own limit.
const MAX_DEPTH: usize = 128;

/// The value as JSON: compact, keys sorted, with `<`, `>` and `&` escaped as Go's encoder does.
///
/// # Errors
/// Says that something in it is unknown, or nested too deep.
pub fn to_json(value: &Val) -> Result<String, String> {
    let mut text = String::new();
    let refuse = |open: &Val, _: &mut String| match &open.data {
        Data::Instance(instance) => Err(instance.whole.reason.to_string()),
        Data::Unknown(unknown) => Err(unknown.reason.to_string()),
        _ => Ok(()),
    };
    write(value, &mut text, MAX_DEPTH, &mut { refuse })?;
    Ok(text)
}

/// The value as JSON, with its places and with what is unknown in it as open pieces of an unknown text. Each stands in
/// quotes, whatever it turns out to be.
///
/// # Errors
/// Says that it is nested too deep.
pub fn to_open_json(value: &Val) -> Result<Val, String> {
    let (mut text, mut pieces) = (String::new(), Pieced::default());
    let open = |open: &Val, text: &mut String| {
        if pieces.is_full() {
            text.clear();
            return Ok(());
        }
        text.push('"');
        let mut own = Pieced::default();
        own.open(open);
        for piece in own.finish().iter().flat_map(|all| all.iter()) {
            match piece {
                Piece::Known(known) => escape(known, text),
                Piece::Open(unknown) => {
                    pieces.known(text);
                    text.clear();
                    pieces.open(&Val::unknown(unknown.clone()));
                }
            }
        }
        text.push('"');
        Ok(())
    };
    write(value, &mut text, MAX_DEPTH, &mut { open })?;
    pieces.known(&text);
    let sensitive = value.has_sensitive();
    let mut all = Vec::new();
    collect(value, &mut all);
    if all.is_empty() {
        return Ok(Val::string(text).marked(sensitive));
    }
    let unknown = Unknown { pieces: pieces.finish(), ..Unknown::of(all, true).typed(Type::String) };
    Ok(Val::unknown(unknown).marked(sensitive))
}

/// What is written for a value that is not known.
type Open<'o> = &'o mut dyn FnMut(&Val, &mut String) -> Result<(), String>;

fn write(value: &Val, text: &mut String, depth: usize, open: Open<'_>) -> Result<(), String> {
    let depth = depth.checked_sub(1).ok_or("the value is nested too deep")?;
    match &value.data {
        Data::Unknown(_) | Data::Instance(_) => open(value, text)?,
        Data::Null | Data::NullOf(_) => text.push_str("null"),
        Data::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Data::Number(number) => {
            let _ = write!(text, "{number}");
        }
        Data::String(own) => quote(own, text),
        Data::Tuple(all) | Data::List(all) | Data::Set(all) => {
            text.push('[');
            for (at, element) in all.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(element, text, depth, open)?;
            }
            text.push(']');
        }
        Data::Object(all) | Data::Map(all) => {
            text.push('{');
            for (at, (key, element)) in all.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                quote(key, text);
                text.push(':');
                write(element, text, depth, open)?;
            }
            text.push('}');
        }
    }
    Ok(())
}

fn quote(own: &str, text: &mut String) {
    text.push('"');
    escape(own, text);
    text.push('"');
}

fn escape(own: &str, text: &mut String) {
    for letter in own.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{0}'..='\u{1f}' => {
                let _ = write!(text, "\\u{:04x}", letter as u32);
            }
            other => text.push(other),
        }
    }
}

/// The value that a JSON text is: arrays become tuples, objects objects.
///
/// # Errors
/// Says where the text is not JSON.
pub fn from_json(text: &str) -> Result<Val, String> {
    let json: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| format!("not JSON at line {}, column {}", error.line(), error.column()))?;
    value_of(&json)
}

fn value_of(json: &serde_json::Value) -> Result<Val, String> {
    Ok(match json {
        serde_json::Value::Null => Val::null(),
        serde_json::Value::Bool(truth) => Val::bool(*truth),
        serde_json::Value::Number(number) => {
            Val::number(Number::parse(&number.to_string()).ok_or("a number is too large")?)
        }
        serde_json::Value::String(text) => Val::string(text.as_str()),
        serde_json::Value::Array(all) => Val::tuple(all.iter().map(value_of).collect::<Result<_, _>>()?),
        serde_json::Value::Object(all) => {
            let entry =
                |(key, value): (&String, &serde_json::Value)| Ok((key.as_str().into(), value_of(value)?));
            Val::object(all.iter().map(entry).collect::<Result<BTreeMap<_, _>, String>>()?)
        }
    })
}
