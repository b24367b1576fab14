//! A plan and the source that it was made from: the plan's values, at the places where the source writes them.
//!
//! A plan knows more than its source, but nobody edits a plan. What both have is shown where it is written. Only of texts
//! that are known in part does the source say more.

use super::references::{segments, split_key};
use crate::Reading;
use onus_model::{Names, Node, Resource, Span, Suppression, Value};
use rustc_hash::FxHashMap;

/// Gives what a plan's reading has the places of the source's, and the waivers that stand there.
pub(crate) fn join(plan: &mut Reading, source: Reading) {
    let mut by_address: FxHashMap<&str, &Resource> = FxHashMap::default();
    let mut by_block: FxHashMap<String, &Resource> = FxHashMap::default();
    for resource in &source.resources {
        by_address.entry(&resource.address).or_insert(resource);
        by_block.entry(block(&resource.address)).or_insert(resource);
    }
    for resource in &mut plan.resources {
        // Where the keys of instances are not known from source, an instance stands at its block all the same.
        let written = by_address.get(&*resource.address).or_else(|| by_block.get(&block(&resource.address)));
        if let Some(written) = written.filter(|written| written.native_type == resource.native_type) {
            resource.span = written.span;
            place(&mut resource.properties, Some(&written.properties), written.span);
            resource.elsewhere.clone_from(&written.elsewhere);
        }
    }
    waive(plan, source.suppressions);
}

/// Puts the places of what is written in a value; what the source does not have stands where what holds it does.
fn place(node: &mut Node, written: Option<&Node>, outer: Span) {
    node.span = written.map_or(outer, |written| written.span);
    let outer = node.span;
    // Of a document that names what is not there yet a plan knows nothing, the source all but that.
    if let (Value::Unknown(_), Some(written)) = (&node.value, written)
        && !matches!(&written.value, Value::Unknown(unknown) if unknown.text.is_none() && unknown.names == Names::Unclear)
    {
        *node = written.clone();
        return;
    }
    node.from = written.and_then(|written| written.from.clone()).or_else(|| node.from.take());
    match &mut node.value {
        Value::Map(all) => {
            for (key, inner) in all.iter_mut() {
                place(inner, written.and_then(|written| written.get(key)), outer);
            }
        }
        Value::List(all) => {
            let other = match written.map(|written| &written.value) {
                Some(Value::List(other)) if other.len() == all.len() => other.as_slice(),
                _ => &[],
            };
            for (at, inner) in all.iter_mut().enumerate() {
                place(inner, other.get(at), outer);
            }
        }
        _ => {}
    }
}

/// Takes over the waivers of the source; one of a block whose instances only the plan knows holds for each of them.
fn waive(plan: &mut Reading, waivers: Vec<Suppression>) {
    let mut instances: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    for resource in &plan.resources {
        instances.entry(block(&resource.address)).or_default().push(&resource.address);
    }
    for waiver in waivers {
        let Some(address) = waiver.resource.as_deref() else {
            plan.suppressions.push(waiver);
            continue;
        };
        let all = instances.get(&block(address)).map(Vec::as_slice).unwrap_or_default();
        if all.contains(&address) || all.is_empty() {
            plan.suppressions.push(waiver);
        } else if split_key(address).1.is_empty() {
            let of = |address: &&str| Suppression { resource: Some((*address).into()), ..waiver.clone() };
            plan.suppressions.extend(all.iter().map(of));
        }
    }
}

/// An address without the keys of instances: `module.a["x"].aws_b.c[0]` as `module.a.aws_b.c`.
fn block(address: &str) -> String {
    let parts: Vec<&str> = segments(address).into_iter().map(|part| split_key(part).0).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_an_address_without_keys() {
        assert_eq!(block(r#"module.a["x.y"].aws_b.c[0]"#), "module.a.aws_b.c");
        assert_eq!(block("aws_b.c"), "aws_b.c");
        assert_eq!(block(""), "");
    }
}
