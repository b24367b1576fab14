//! A document as a tree, and the way to each of its objects.

use crate::document::Document;
use serde_json::{Map, Value};
use std::fmt::Write;

/// A document as it is written.
pub(super) struct Tree {
    root: Value,
}

/// An object of the tree.
pub(super) type Object = Map<String, Value>;

/// The way to an object.
pub(super) struct Path<'t> {
    steps: Vec<Step<'t>>,
}

enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

impl Tree {
    pub(super) fn of(document: &Document) -> Self {
        Self { root: serde_json::to_value(document).expect("all keys are text") }
    }

    /// Visits all objects, outer ones first.
    pub(super) fn walk<'t>(&'t self, visit: &mut impl FnMut(&Path<'t>, &'t Object)) {
        walk(&self.root, &mut Path { steps: Vec::new() }, visit);
    }
}

fn walk<'t>(value: &'t Value, path: &mut Path<'t>, visit: &mut impl FnMut(&Path<'t>, &'t Object)) {
    match value {
        Value::Object(object) => {
            visit(path, object);
            for (key, value) in object {
                path.steps.push(Step::Key(key));
                walk(value, path, visit);
                path.steps.pop();
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                path.steps.push(Step::Index(index));
                walk(value, path, visit);
                path.steps.pop();
            }
        }
        _ => {}
    }
}

impl<'t> Path<'t> {
    /// The key that the object stands under, by itself or in a list.
    pub(super) fn key(&self) -> &'t str {
        self.keys().next().unwrap_or_default()
    }

    /// The keys on the way, the nearest first.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'t str> {
        self.steps.iter().rev().filter_map(|step| match step {
            Step::Key(key) => Some(*key),
            Step::Index(_) => None,
        })
    }

    /// A field of the object, as a JSON pointer.
    pub(super) fn field(&self, name: &str) -> String {
        let mut pointer = String::new();
        for step in &self.steps {
            match step {
                Step::Key(key) => push_key(&mut pointer, key),
                Step::Index(index) => {
                    write!(pointer, "/{index}").expect("a string takes all text");
                }
            }
        }
        push_key(&mut pointer, name);
        pointer
    }

    /// A field, or an item of the list in a field: `with-ids/3`.
    pub(super) fn fields(&self, at: &str) -> String {
        match at.split_once('/') {
            Some((field, index)) => format!("{}/{index}", self.field(field)),
            None => self.field(at),
        }
    }
}

fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

/// The texts of a field, be it one or a list, each with the rest of its pointer.
pub(super) fn texts<'t>(object: &'t Object, field: &str) -> impl Iterator<Item = (String, &'t str)> {
    let value = object.get(field);
    let one = value.and_then(Value::as_str).map(|text| (field.to_owned(), text));
    let list = value.and_then(Value::as_array).into_iter().flatten().enumerate();
    let list = list.filter_map(move |(index, item)| Some((format!("{index}"), item.as_str()?)));
    let field = field.to_owned();
    one.into_iter().chain(list.map(move |(index, text)| (format!("{field}/{index}"), text)))
}
