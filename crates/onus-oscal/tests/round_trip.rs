//! What is read and written again is what it was, fields that nobody knows included.

mod common;

use common::{REFERENCES, document, reference, text};
use onus_oscal::{Document, Model, read, write_json, write_yaml};
use proptest::prelude::*;
use serde_json::Value;

/// Both notations give back the document, and the same bytes each time.
fn check(document: &Document) {
    let json = write_json(document);
    let again = read("json", json.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{json}")).document;
    assert!(again == *document, "{json}");
    assert_eq!(write_json(&again), json);
    let yaml = write_yaml(document).expect("all text can be written");
    let again = read("yaml", yaml.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{yaml}")).document;
    assert!(again == *document, "{yaml}");
    assert_eq!(write_yaml(&again).expect("it was written before"), yaml);
}

#[test]
fn documents_of_others() {
    for path in REFERENCES {
        let Some(bytes) = reference(path) else { return };
        let document = read(path, &bytes).unwrap_or_else(|error| panic!("{error}")).document;
        check(&document);
        let before: Value = serde_json::from_slice(&bytes).unwrap();
        let after: Value = serde_json::from_str(&write_json(&document)).unwrap();
        assert!(before == after, "{path}");
    }
}

#[test]
fn fields_that_nobody_knows() {
    for model in ["catalog", "component-definition"] {
        let text = text(model, r#""x-list": [1, -2, 3.5, true, null, {"y": []}], "x-text": "t""#)
            .replace("\"title\"", "\"x-deep\": {\"a\": {\"b\": {}}}, \"title\"");
        let document = read("f", text.as_bytes()).unwrap().document;
        check(&document);
        let before: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&write_json(&document)).unwrap(), before);
    }
}

#[test]
fn what_is_empty_is_not_written() {
    let before = document("catalog", r#""groups": [], "params": []"#);
    let json = write_json(&before);
    assert!(!json.contains("groups") && !json.contains("params") && json.ends_with("}\n"), "{json}");
    check(&before);
}

#[test]
fn fields_come_in_the_order_of_the_standard() {
    let json =
        write_json(&document("catalog", r#""controls": [{"title": "T", "x": 1, "class": "c", "id": "a"}]"#));
    let places: Vec<_> =
        ["\"id\"", "\"class\"", "\"title\": \"T\"", "\"x\""].iter().map(|field| json.find(field)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{json}");
}

#[test]
fn a_single_mapping_becomes_a_list() {
    let mapping = r#"{"uuid": "u", "source-resource": {"type": "catalog", "href": "a"},
        "target-resource": {"type": "catalog", "href": "b"}, "maps": []}"#;
    let provenance = r#""provenance": {"method": "human", "matching-rationale": "semantic", "status": "draft",
        "mapping-description": "d", "confidence-score": {"percentage": 0.5}}"#;
    let one = document("mapping-collection", &format!(r#"{provenance}, "mappings": {mapping}"#));
    let list = document("mapping-collection", &format!(r#"{provenance}, "mappings": [{mapping}]"#));
    assert_eq!(one, list);
    check(&one);
}

/// Texts that YAML takes for something else unless they are quoted.
const TRAPS: [&str; 32] = [
    "",
    " ",
    "~",
    "null",
    "yes",
    "no",
    "true",
    "on",
    "1",
    "0123",
    "1_000",
    "1.0",
    "1e3",
    ".inf",
    "2026-01-31",
    "0x1F",
    "- a",
    "a: b",
    "a #b",
    "#b",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "{a",
    "[a",
    "? a",
    "<<",
];

#[test]
fn texts_that_yaml_takes_for_something_else() {
    for text in TRAPS
        .iter()
        .map(|trap| (*trap).to_owned())
        .chain(TRAPS.iter().map(|trap| format!("{trap}\n  {trap}\n")))
    {
        check(&with_text(text));
    }
    for text in [
        "a\n",
        "a\n\n",
        "\na",
        " a\nb",
        "a\r\nb",
        "a\tb",
        "\t",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{feff}",
        "\u{7f}",
        "a \nb",
    ] {
        check(&with_text(text.to_owned()));
    }
}

/// A catalog with a text wherever there may be one.
fn with_text(text: String) -> Document {
    let mut document = document("catalog", "");
    let Model::Catalog(catalog) = &mut document.model else { unreachable!() };
    catalog.metadata.title.clone_from(&text);
    catalog.metadata.remarks = Some(text.clone());
    catalog.metadata.rest.insert("x-text".to_owned(), Value::from(text.clone()));
    catalog.rest.insert("x-list".to_owned(), Value::from(vec![text.clone(), text.clone()]));
    if onus_oscal::ModelKind::of_key(&text).is_none() {
        catalog.rest.insert(format!("x-{text}"), Value::from(text));
    }
    document
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z -]{1,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text(text in ".{0,40}(\n.{0,20}){0,3}") {
        check(&with_text(text));
    }

    #[test]
    fn any_unknown_field(value in any_value()) {
        let mut document = document("catalog", r#""controls": [{"id": "a", "title": "A"}]"#);
        let Model::Catalog(catalog) = &mut document.model else { unreachable!() };
        catalog.controls[0].rest.insert("x".to_owned(), value);
        check(&document);
    }
}
