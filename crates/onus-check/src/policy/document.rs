//! `statements(document)`: an IAM policy document made regular.

use crate::operators::is_one_text;
use crate::value::{Could, Data, Item, V, Why};
use std::borrow::Cow;
use std::rc::Rc;

/// IAM's own limits are 20 KiB for a bucket's policy and less elsewhere; KMS and queues stay below this too.
const MAX_DOCUMENT: usize = 256 << 10;

/// The fields of a statement.
pub(crate) const FIELDS: [&str; 9] = [
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
];

/// The statements of a policy document: a map, or a text that is one in JSON.
pub(crate) fn statements<'a>(document: &V<'a>) -> V<'a> {
    let place = document.place;
    match &document.data {
        Data::Null => V::null(place),
        Data::Unknown(unknown) => V::unknown(unknown.why.derived(), Could::ANYTHING, place),
        Data::Map(_) | Data::Entries(_) => of_document(document),
        Data::Str(text) => of_text(text, document),
        Data::Text(text) => of_text(text, document),
        _ => V::null(place),
    }
}

fn of_text<'a>(text: &str, document: &V<'a>) -> V<'a> {
    let unreadable = |reason| V::unknown(Why::Text(reason), Could::PRESENT, document.place);
    if text.len() > MAX_DOCUMENT {
        return unreadable("the policy document is longer than AWS allows");
    }
    match serde_json::from_str(text) {
        Ok(json) => of_document(&from_json(json, document)),
        Err(_) => unreadable("the policy document is not valid JSON"),
    }
}

/// Everything in the text has the text's place. The parser bounds the depth.
fn from_json<'a>(json: serde_json::Value, document: &V<'a>) -> V<'a> {
    let data = match json {
        serde_json::Value::Null => Data::Null,
        serde_json::Value::Bool(value) => Data::Bool(value),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Data::Int(whole),
            None => number.as_f64().map_or(Data::Null, Data::Float),
        },
        serde_json::Value::String(text) => Data::Text(text.into()),
        serde_json::Value::Array(elements) => {
            Data::Items(elements.into_iter().map(|json| Item::certain(from_json(json, document))).collect())
        }
        serde_json::Value::Object(map) => Data::Entries(
            map.into_iter().map(|(key, json)| (Cow::Owned(key), from_json(json, document))).collect(),
        ),
    };
    V::new(data, document.place)
}

fn of_document<'a>(document: &V<'a>) -> V<'a> {
    let statements = document.select("Statement");
    let place = statements.place;
    match &statements.data {
        Data::Unknown(unknown) => V::unknown(unknown.why.derived(), Could::ANYTHING, place),
        Data::List(_) | Data::Items(_) => {
            let items = statements.elements().into_iter().flatten();
            let items = items.map(|Item { value, doubt }| Item { value: regular(&value), doubt });
            V::new(Data::Items(items.collect()), place)
        }
        Data::Map(_) | Data::Entries(_) => {
            V::new(Data::Items(Rc::new([Item::certain(regular(&statements))])), place)
        }
        _ => V::new(Data::Items(Rc::new([])), place),
    }
}

fn regular<'a>(statement: &V<'a>) -> V<'a> {
    // An unknown statement stays unknown, and the fields of what is no statement are nothing.
    if !matches!(statement.data, Data::Map(_) | Data::Entries(_)) {
        return statement.clone();
    }
    let field = |name: &'static str| {
        let value = statement.select(name);
        let value = match name {
            "Sid" | "Effect" | "Condition" => value,
            "Principal" | "NotPrincipal" => principals(value),
            _ => listed(value),
        };
        (Cow::Borrowed(name), value)
    };
    V::new(Data::Entries(FIELDS.into_iter().map(field).collect()), statement.place)
}

/// A list as it is, one thing as a list of one, nothing as nothing.
fn listed<'a>(value: V<'a>) -> V<'a> {
    match &value.data {
        // Names may be one or many; what is known of one is known of each.
        Data::Unknown(unknown)
            if value.source().is_some_and(|source| source.names.is_filled()) && !is_one_text(&value) =>
        {
            let (place, doubt) = (value.place, Some(unknown.why.derived()));
            V::new(Data::Items(Rc::new([Item { value, doubt }])), place)
        }
        Data::Unknown(_) if !is_one_text(&value) => value,
        Data::Null | Data::List(_) | Data::Items(_) => value,
        _ => {
            let place = value.place;
            V::new(Data::Items(Rc::new([Item::certain(value)])), place)
        }
    }
}

/// The principals of all kinds in one list.
fn principals<'a>(value: V<'a>) -> V<'a> {
    let kinds: Vec<V<'a>> = match &value.data {
        Data::Map(map) => map.iter().map(|(_, node)| V::node(node)).collect(),
        Data::Entries(entries) => entries.iter().map(|(_, value)| value.clone()).collect(),
        _ => return listed(value),
    };
    let mut all = Vec::new();
    for kind in kinds {
        match &kind.data {
            Data::Null => {}
            // It may be one principal, or a list of any length.
            Data::Unknown(unknown) if !is_one_text(&kind) => {
                let doubt = Some(unknown.why.derived());
                all.push(Item { value: kind.clone(), doubt });
            }
            Data::List(_) | Data::Items(_) => all.extend(kind.elements().into_iter().flatten()),
            _ => all.push(Item::certain(kind)),
        }
    }
    V::new(Data::Items(all.into()), value.place)
}
