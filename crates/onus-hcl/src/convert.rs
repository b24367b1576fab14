//! Conversions between types, as Terraform makes them where a value of another type is needed.

use crate::unify::unify;
use crate::value::Unknown;
use crate::{Data, Number, Type, Val};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The value as one of a type.
///
/// # Errors
/// Says why it cannot be one.
pub fn convert(value: &Val, kind: &Type) -> Result<Val, String> {
    // What is of the type already is shared, not copied: every instance of a module takes the same large list.
    if fits(value, kind) {
        return Ok(value.clone());
    }
    let made = match (&value.data, kind) {
        (Data::Unknown(unknown), _) => Val::unknown(Unknown::clone(unknown).typed(kind.clone())),
        (Data::Null | Data::NullOf(_), _) => Val::null_of(kind),
        (_, Type::Any) => return Ok(value.clone()),
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

/// Whether a value is of a type already, all that is in it included.
fn fits(value: &Val, kind: &Type) -> bool {
    let all = |values: &[Val], of: &Type| *of != Type::Any && values.iter().all(|one| fits(one, of));
    match (&value.data, kind) {
        (_, Type::Any)
        | (Data::Instance(_), _)
        | (Data::Bool(_), Type::Bool)
        | (Data::Number(_), Type::Number)
        | (Data::String(_), Type::String) => true,
        (Data::Unknown(unknown), _) => unknown.kind == *kind,
        (Data::NullOf(own), _) => **own == *kind,
        (Data::List(values), Type::List(of)) | (Data::Set(values), Type::Set(of)) => all(values, of),
        (Data::Map(entries), Type::Map(of)) => **of != Type::Any && entries.values().all(|one| fits(one, of)),
        (Data::Tuple(values), Type::Tuple(kinds)) => {
            values.len() == kinds.len() && values.iter().zip(kinds).all(|(one, kind)| fits(one, kind))
        }
        (Data::Object(entries), Type::Object(attributes)) => {
            entries.len() == attributes.len()
                && attributes.iter().all(|(name, wanted)| {
                    entries.get(name).is_some_and(|own| {
                        (wanted.default.is_none() || !own.is_null()) && fits(own, &wanted.kind)
                    })
                })
        }
        _ => false,
    }
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
