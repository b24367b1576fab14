//! A resource or data source as other expressions see it: not as it is written, but as it is once AWS has made it.
//!
//! Without the provider's schema it is not known which attributes AWS sets where nobody does. So whatever is not written, or
//! is written to be null, is unknown to those who read it, in the resource and in its blocks; what is written is known.

use super::body::is_meta;
use crate::names;
use hcl_edit::structure::Body;
use onus_hcl::{Data, Instance, Unknown, Val};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Types of Terraform's own that are known to take a null as it is.
const PLAIN: [&str; 2] = ["terraform_data", "null_resource"];

/// Blocks within blocks are seen this deep, as they are read.
const MAX_BLOCK_DEPTH: usize = 64;

/// The instance that its arguments and blocks make; `whole` is what is known of it as such.
pub(super) fn instance<'c>(
    kind: &str,
    bodies: impl Iterator<Item = &'c Body>,
    mut attributes: BTreeMap<Arc<str>, Val>,
    whole: Unknown,
) -> Instance {
    open_blocks(&bodies.collect::<Vec<_>>(), &mut attributes, &whole, 0);
    if !PLAIN.contains(&kind) {
        open_nulls(kind, &mut attributes, &whole);
    }
    Instance { attributes, whole, names: names::of_terraform(kind) }
}

/// The value of an argument to those who read it.
pub(super) fn argument(kind: &str, name: &str, value: Val, whole: &Unknown) -> Val {
    if !value.is_null() || PLAIN.contains(&kind) {
        return value;
    }
    let Data::Unknown(unknown) = Instance::unwritten(whole, names::of_terraform(kind), name).data else {
        return value;
    };
    // It may be one that AWS leaves alone, and then it is null.
    let mut unknown = Unknown { present: false, ..Unknown::clone(&unknown) };
    if let Data::NullOf(kind) = &value.data {
        unknown = unknown.typed((**kind).clone());
    }
    Val::unknown(unknown).at(value.span).marked(value.sensitive)
}

fn open_nulls(kind: &str, attributes: &mut BTreeMap<Arc<str>, Val>, whole: &Unknown) {
    for (name, value) in attributes.iter_mut().filter(|(_, value)| value.is_null()) {
        *value = argument(kind, name, value.clone(), whole);
    }
}

/// Makes instances of blocks: they have attributes that nobody wrote, as the resource itself has.
fn open_blocks(bodies: &[&Body], attributes: &mut BTreeMap<Arc<str>, Val>, whole: &Unknown, depth: usize) {
    if depth > MAX_BLOCK_DEPTH {
        return;
    }
    let mut inner: BTreeMap<&str, Vec<&Body>> = BTreeMap::new();
    for block in bodies.iter().flat_map(|body| body.blocks()) {
        match (block.ident.as_str(), block.labels.first()) {
            ("dynamic", Some(label)) => {
                let contents = block.body.get_blocks("content").map(|content| &content.body);
                inner.entry(label.as_str()).or_default().extend(contents);
            }
            (name, _) if depth > 0 || !is_meta(name) => inner.entry(name).or_default().push(&block.body),
            _ => {}
        }
    }
    for (name, bodies) in inner {
        let Some(value) = attributes.get_mut(name) else { continue };
        let Data::Tuple(all) = &value.data else { continue };
        let block_whole = within(whole, name);
        let one = |one: &Val| {
            let Data::Object(own) = &one.data else { return one.clone() };
            let mut own = BTreeMap::clone(own);
            open_blocks(&bodies, &mut own, &block_whole, depth + 1);
            open_nulls("", &mut own, &block_whole);
            let made = Instance { attributes: own, whole: block_whole.clone(), names: &[] };
            Val { data: Data::Instance(Arc::new(made)), ..one.clone() }
        };
        let made = Val::tuple(all.iter().map(one).collect());
        *value = Val { data: made.data, ..value.clone() };
    }
}

/// What is known of a block as a whole.
fn within(whole: &Unknown, name: &str) -> Unknown {
    let mut own = whole.clone();
    if let [reference] = own.references.as_mut_slice() {
        reference.attribute = Some(match &reference.attribute {
            Some(outer) => format!("{outer}.{name}").into(),
            None => name.into(),
        });
    }
    own
}
