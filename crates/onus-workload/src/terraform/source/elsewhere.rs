//! Which arguments take their values from elsewhere: from a variable's default, a file of values, a local.
//!
//! A value carries the place where it was written; the argument that takes it is the second place that a reader of a
//! finding wants to see.

use super::configuration::{Declared, span};
use super::running::is_meta;
use hcl_edit::structure::{Body, Structure};
use onus_hcl::{Data, Val};
use onus_model::{Elsewhere, FileId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many are kept of one resource: a reader looks at one.
const MAX_ARGUMENTS: usize = 1_000;

/// The arguments of a resource, and of its blocks, whose values are written elsewhere.
pub(super) fn find(declared: &Declared<'_>, values: &BTreeMap<Arc<str>, Val>) -> Vec<Elsewhere> {
    let mut found = Vec::new();
    for (file, body) in declared.bodies() {
        block(body, file, values, true, &mut found);
    }
    found
}

fn block(
    body: &Body,
    file: FileId,
    values: &BTreeMap<Arc<str>, Val>,
    is_top: bool,
    found: &mut Vec<Elsewhere>,
) {
    let mut inner: BTreeMap<(&str, u32), &Body> = BTreeMap::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let name = attribute.key.as_str();
                if let Some(value) = values.get(name).filter(|_| !(is_top && is_meta(name))) {
                    note(value, span(file, &attribute.value), found);
                }
            }
            Structure::Block(block) if block.ident.as_str() == "dynamic" => {
                if let (Some(label), Some(content)) =
                    (block.labels.first(), block.body.get_blocks("content").next())
                {
                    inner.insert((label.as_str(), span(file, content).start), &content.body);
                }
            }
            Structure::Block(block) => {
                inner.insert((block.ident.as_str(), span(file, block).start), &block.body);
            }
        }
    }
    // What a block made stands at the block's place.
    let names: Vec<&str> = inner.keys().map(|(name, _)| *name).collect();
    for (name, value) in
        names.iter().filter_map(|name| Some((*name, values.get(*name)?))).collect::<BTreeMap<_, _>>()
    {
        let Data::Tuple(made) = &value.data else { continue };
        for one in
            made.iter().filter_map(|one| Some((one.span.filter(|place| place.file == file)?, one.entries()?)))
        {
            if let Some(body) = inner.get(&(name, one.0.start)) {
                self::block(body, file, one.1, false, found);
            }
        }
    }
}

/// Notes what of a value is written outside of the argument that takes it.
fn note(value: &Val, argument: Span, found: &mut Vec<Elsewhere>) {
    if found.len() >= MAX_ARGUMENTS {
        return;
    }
    let within = |place: Span| {
        place.file == argument.file && argument.start <= place.start && place.end <= argument.end
    };
    match (value.span, &value.data) {
        (Some(place), _) if !within(place) => found.push(Elsewhere { value: place, argument }),
        (_, Data::Tuple(all) | Data::List(all) | Data::Set(all)) => {
            all.iter().for_each(|element| note(element, argument, found));
        }
        (_, Data::Object(all) | Data::Map(all)) => {
            all.values().for_each(|value| note(value, argument, found))
        }
        _ => {}
    }
}
