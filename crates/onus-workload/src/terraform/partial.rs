//! A document of which only pieces are known, such as a policy that names what is not there yet.
//!
//! To Terraform the text of such a document is unknown as a whole. Its structure is known all the same: what is open stands
//! within its strings.

use super::attributes::document as of_json;
use super::json::Json;
use onus_model::{Map, Node, PartialText, Piece, Span, TextBuilder, Value};

/// Stands before and behind the number of an open piece: letters for private use, which no document has.
const MARK: [char; 2] = ['\u{f8f0}', '\u{f8f1}'];

/// The document in a text in JSON, with what is open in its place; none where it is no document with open strings.
pub(super) fn document(text: &PartialText, span: Span) -> Option<Value> {
    let (mut marked, mut open) = (String::new(), Vec::new());
    for piece in text.pieces() {
        match piece {
            Piece::Known(known) if known.contains(MARK) => return None,
            Piece::Known(known) => marked.push_str(known),
            Piece::Open(unknown) => {
                marked.extend([MARK[0].to_string(), open.len().to_string(), MARK[1].to_string()]);
                open.push(unknown);
            }
        }
    }
    if !marked.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let json: Json<'_> = serde_json::from_str(&marked).ok()?;
    let value = of_json(&json, span);
    Some(filled(&value, &open)?.unwrap_or(value))
}

/// The value with its open strings; none inside where it has none, and none at all where a key is open.
fn filled(value: &Value, open: &[&onus_model::Unknown]) -> Option<Option<Value>> {
    Some(match value {
        Value::String(text) if text.contains(MARK) => Some(string(text, open)?),
        Value::List(all) => {
            let mut made = Vec::with_capacity(all.len());
            for element in all {
                let value = filled(&element.value, open)?.unwrap_or_else(|| element.value.clone());
                made.push(Node::new(value, element.span));
            }
            Some(Value::List(made))
        }
        Value::Map(all) => {
            let mut made = Map::new();
            for (key, element) in all.iter() {
                if key.contains(MARK) {
                    return None;
                }
                let value = filled(&element.value, open)?.unwrap_or_else(|| element.value.clone());
                made.push(key, Node::new(value, element.span));
            }
            Some(Value::Map(made))
        }
        _ => None,
    })
}

/// A string with the open pieces that stand in it. One alone is that value, of whatever kind.
fn string(marked: &str, open: &[&onus_model::Unknown]) -> Option<Value> {
    let mut builder = TextBuilder::default();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once(MARK[0]) {
        let (number, behind) = after.split_once(MARK[1])?;
        let unknown = *open.get(number.parse::<usize>().ok()?)?;
        if before.is_empty() && behind.is_empty() && rest.len() == marked.len() {
            return Some(Value::Unknown(Box::new(unknown.clone())));
        }
        builder.known(before);
        builder.open(unknown);
        rest = behind;
    }
    builder.known(rest);
    Some(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::{FileId, Unknown};

    fn made(pieces: &[&str]) -> Option<String> {
        let mut builder = TextBuilder::default();
        for piece in pieces {
            match *piece {
                "?" => builder.open(&Unknown::present("not there yet")),
                text => builder.known(text),
            }
        }
        let Value::Unknown(unknown) = builder.finish() else { panic!("nothing is open") };
        let span = Span::new(FileId(0), 0, 0);
        let value = document(&unknown.text.expect("it is put together"), span)?;
        Some(shown(&value))
    }

    fn shown(value: &Value) -> String {
        match value {
            Value::List(all) => {
                format!("[{}]", all.iter().map(|one| shown(&one.value)).collect::<Vec<_>>().join(" "))
            }
            Value::Map(all) => {
                let entries = all.iter().map(|(key, one)| format!("{key}: {}", shown(&one.value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
            }
            Value::String(text) => text.to_string(),
            Value::Unknown(unknown) => unknown
                .text
                .as_ref()
                .map_or_else(|| "?".to_owned(), |text| format!("{}…{}", text.prefix(), text.suffix())),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_is_open_stands_in_its_place() {
        let text = [r#"{"Action": "*", "Resource": ["?", "#, "?", r#""]}"#];
        assert_eq!(made(&text), None, "a quotation mark is missing");
        let text = [r#"{"Action": "*", "Resource": [""#, "?", r#"", ""#, "?", r#"/*"]}"#];
        assert_eq!(made(&text).as_deref(), Some("{Action: * Resource: [? …/*]}"));
        assert_eq!(made(&[r#"{""#, "?", r#"": 1}"#]), None, "a key is open");
        assert_eq!(made(&[r#"{"a": "#, "?", "}"]), None, "what is open is no string");
        assert_eq!(made(&["arn:", "?"]), None, "it is no document");
    }
}
