//! What stacks export and others import: the only references of a template that lead out of it.

use crate::Reading;
use onus_model::{Node, Reference, Unknown, Value};
use rustc_hash::FxHashMap;

/// The scope of what is imported until it is known which stack exports it. No stack has it, so that it refers to nothing else.
pub(crate) const ELSEWHERE: u32 = u32::MAX;

/// Exports by name, with the scope of the stack; none where several stacks export one name.
type Exports = FxHashMap<String, Option<(u32, Value)>>;

/// Puts what is exported in the place of what is imported. The position of a reading is its scope.
pub(crate) fn connect<'r>(readings: impl Iterator<Item = &'r mut Reading>) {
    let mut readings: Vec<&mut Reading> = readings.collect();
    let mut exports = Exports::default();
    for (scope, reading) in (0_u32..).zip(&mut readings) {
        for (name, value) in std::mem::take(&mut reading.exports) {
            let known = exports.entry(name);
            known.and_modify(|other| *other = None).or_insert(Some((scope, value)));
        }
    }
    if exports.is_empty() {
        return;
    }
    for resource in readings.iter_mut().flat_map(|reading| &mut reading.resources) {
        walk(&mut resource.properties, &exports);
    }
}

fn walk(node: &mut Node, exports: &Exports) {
    match &mut node.value {
        Value::List(all) => all.iter_mut().for_each(|element| walk(element, exports)),
        Value::Map(all) => all.iter_mut().for_each(|(_, value)| walk(value, exports)),
        Value::Unknown(unknown) => {
            if let Some(value) = imported(unknown, exports) {
                node.value = value;
            }
        }
        _ => {}
    }
}

fn exported<'e>(reference: &Reference, exports: &'e Exports) -> Option<&'e (u32, Value)> {
    (reference.scope == Some(ELSEWHERE)).then(|| exports.get(&*reference.address)?.as_ref())?
}

/// The value of what is imported; for what is put together with that, what it refers to.
fn imported(unknown: &mut Unknown, exports: &Exports) -> Option<Value> {
    if let ([reference], None) = (unknown.references.as_slice(), &unknown.text)
        && reference.attribute.is_some()
    {
        let (scope, value) = exported(reference, exports)?;
        return Some(match value {
            Value::Unknown(exported) => {
                let mut exported = (**exported).clone();
                exported.references.iter_mut().for_each(|to| to.scope = to.scope.or(Some(*scope)));
                Value::Unknown(Box::new(exported))
            }
            known => known.clone(),
        });
    }
    for reference in &mut unknown.references {
        if let Some((scope, Value::Unknown(exported))) = exported(reference, exports)
            && let Some(to) = exported.references.first()
        {
            *reference = Reference { scope: to.scope.or(Some(*scope)), ..to.clone() };
        }
    }
    None
}
