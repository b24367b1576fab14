//! Conversions between types, as Terraform makes them where a value of another type is needed.

use crate::value::Unknown;
use crate::{Data, Number, Type, Val};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The value as one of a type.
///
/// # Errors
/// Says why it cannot be one.
pub fn convert(value: &Val, kind: &Type) -> Result<Val, String> {
    let made = match (&value.data, kind) {
        (_, Type::Any) => return Ok(value.clone()),
        (Data::Unknown(unknown), _) => Val::unknown(Unknown::clone(unknown).typed(kind.clone())),
        (Data::Instance(_), _) => return Ok(value.clone()),
        (Data::Null, _) => return Ok(value.clone()),
        (_, Type::Bool) => Val::bool(truth_of(value)?),
        (_, Type::Number) => Val::number(number_of(value)?),
        (_, Type::String) => Val::string(text_of(value)?),
        (_, Type::List(of) | Type::Set(of)) => {
            let elements = value.elements().ok_or_else(|| mismatch(value, kind))?;
            let mut elements =
                elements.iter().map(|element| convert(element, of)).collect::<Result<Vec<_>, _>>()?;
            if **of == Type::Any {
                elements = unify(elements);
            }
            if matches!(kind, Type::List(_)) { Val::list(elements) } else { Val::set(elements) }
        }
        (_, Type::Map(of)) => {
            let entries = value.entries().ok_or_else(|| mismatch(value, kind))?;
            let keys: Vec<Arc<str>> = entries.keys().cloned().collect();
            let mut values =
                entries.values().map(|element| convert(element, of)).collect::<Result<Vec<_>, _>>()?;
            if **of == Type::Any {
                values = unify(values);
            }
            Val::map(keys.into_iter().zip(values).collect())
        }
        (_, Type::Tuple(kinds)) => {
            let elements = value.elements().ok_or_else(|| mismatch(value, kind))?;
            if elements.len() != kinds.len() {
                return Err(format!("{} elements are required, not {}", kinds.len(), elements.len()));
            }
            let made = elements.iter().zip(kinds).map(|(element, kind)| convert(element, kind));
            Val::tuple(made.collect::<Result<_, _>>()?)
        }
        (_, Type::Object(attributes)) => {
            let entries = value.entries().ok_or_else(|| mismatch(value, kind))?;
            let mut made = BTreeMap::new();
            for (name, attribute) in attributes {
                let stated =
                    entries.get(name).filter(|stated| attribute.default.is_none() || !stated.is_null());
                let own = match stated {
                    Some(stated) => {
                        convert(stated, &attribute.kind).map_err(|why| format!("`{name}`: {why}"))?
                    }
                    None if attribute.optional => match &attribute.default {
                        Some(default) => convert(default, &attribute.kind)?,
                        None => Val::null(),
                    },
                    None => return Err(format!("attribute `{name}` is required")),
                };
                made.insert(name.clone(), own);
            }
            Val::object(made)
        }
    };
    Ok(made.at(value.span).marked(value.sensitive))
}

fn mismatch(value: &Val, kind: &Type) -> String {
    let wanted = match kind {
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Tuple(_) => "a tuple",
        Type::Object(_) => "an object",
        _ => "another type",
    };
    format!("{wanted} is required, not a {}", value.kind())
}

/// Elements as values of one type, where there is one that all convert to: a string among numbers or truth values makes
/// all of them strings, and so within tuples and objects, place by place. Where there is none they stay as they are.
pub(crate) fn unify(elements: Vec<Val>) -> Vec<Val> {
    let set = || elements.iter().filter(|element| !element.is_null() && element.as_unknown().is_none());
    let all = |test: fn(&Data) -> bool| set().next().is_some() && set().all(|element| test(&element.data));
    if all(|data| matches!(data, Data::Bool(_) | Data::Number(_) | Data::String(_))) {
        if !set().any(|element| element.as_str().is_some()) {
            return elements;
        }
        let text = |element: &Val| convert(element, &Type::String).unwrap_or_else(|_| element.clone());
        return elements.iter().map(text).collect();
    }
    if all(|data| matches!(data, Data::Tuple(_) | Data::List(_))) {
        let length = set().next().and_then(Val::elements).map_or(0, <[Val]>::len);
        let is_even = set().all(|one| matches!(&one.data, Data::Tuple(own) if own.len() == length));
        return regroup(elements, |at, _| if is_even { at.to_string().into() } else { Arc::default() });
    }
    if all(|data| matches!(data, Data::Object(_) | Data::Map(_))) {
        let first = set().next().and_then(Val::entries);
        let is_even = set().all(|one| {
            let keys = one.entries().into_iter().flat_map(BTreeMap::keys);
            matches!(one.data, Data::Object(_)) && first.is_some_and(|first| keys.eq(first.keys()))
        });
        return regroup(elements, |_, key| if is_even { key.clone() } else { Arc::default() });
    }
    elements
}

/// Unifies the parts of collections with those parts of the others that have the same group.
fn regroup(elements: Vec<Val>, group: impl Fn(usize, &Arc<str>) -> Arc<str>) -> Vec<Val> {
    let none = Arc::<str>::default();
    let mut groups: BTreeMap<Arc<str>, Vec<Val>> = BTreeMap::new();
    for element in &elements {
        for (at, part) in element.elements().unwrap_or_default().iter().enumerate() {
            groups.entry(group(at, &none)).or_default().push(part.clone());
        }
        for (key, part) in element.entries().into_iter().flatten() {
            groups.entry(group(0, key)).or_default().push(part.clone());
        }
    }
    let unified = groups.into_iter().map(|(group, parts)| (group, unify(parts).into_iter()));
    let mut groups: BTreeMap<Arc<str>, std::vec::IntoIter<Val>> = unified.collect();
    let mut next = |group: Arc<str>, part: &Val| {
        groups.get_mut(&group).and_then(Iterator::next).unwrap_or_else(|| part.clone())
    };
    let mut rebuilt = |element: Val| {
        let data = match &element.data {
            Data::Tuple(all) | Data::List(all) => {
                let parts = all.iter().enumerate().map(|(at, part)| next(group(at, &none), part)).collect();
                if matches!(element.data, Data::List(_)) {
                    Data::List(Arc::new(parts))
                } else {
                    Data::Tuple(Arc::new(parts))
                }
            }
            Data::Object(all) | Data::Map(all) => {
                let parts = all.iter().map(|(key, part)| (key.clone(), next(group(0, key), part))).collect();
                if matches!(element.data, Data::Map(_)) {
                    Data::Map(Arc::new(parts))
                } else {
                    Data::Object(Arc::new(parts))
                }
            }
            _ => return element,
        };
        Val { data, ..element }
    };
    elements.into_iter().map(&mut rebuilt).collect()
}

/// The text that a value is as a string.
///
/// # Errors
/// Says that the value has no text.
pub fn text_of(value: &Val) -> Result<Arc<str>, String> {
    match &value.data {
        Data::String(text) => Ok(text.clone()),
        Data::Number(number) => Ok(number.to_string().into()),
        Data::Bool(true) => Ok("true".into()),
        Data::Bool(false) => Ok("false".into()),
        _ => Err(format!("a string is required, not a {}", value.kind())),
    }
}

/// The truth value that a value is.
///
/// # Errors
/// Says that the value is none.
pub fn truth_of(value: &Val) -> Result<bool, String> {
    match &value.data {
        Data::Bool(truth) => Ok(*truth),
        Data::String(text) if matches!(&**text, "true" | "1") => Ok(true),
        Data::String(text) if matches!(&**text, "false" | "0") => Ok(false),
        _ => Err(format!("a bool is required, not a {}", value.kind())),
    }
}

/// The number that a value is.
pub(crate) fn number_of(value: &Val) -> Result<Number, String> {
    match &value.data {
        Data::Number(number) => Ok(number.clone()),
        Data::String(text) => {
            Number::parse(text).ok_or_else(|| "a number is required, not this text".to_owned())
        }
        _ => Err(format!("a number is required, not a {}", value.kind())),
    }
}
