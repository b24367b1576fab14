//! The type that values of several types are converted to where they must be of one: the elements of a list, and the
//! branches of a conditional.
//!
//! After `convert.Unify` of <https://github.com/zclconf/go-cty>.

use crate::convert::convert;
use crate::types::Attribute;
use crate::{Data, Type, Val};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The type of a value. Of null, and of what is in an empty collection, any; of what is unknown and of a type that is
/// unknown too, `open`.
fn type_of(value: &Val, open: &Type) -> Type {
    let one = |types: Vec<Type>| Box::new(common(&types).unwrap_or(Type::Any));
    match &value.data {
        Data::Unknown(unknown) if unknown.kind == Type::Any => open.clone(),
        Data::Unknown(unknown) => unknown.kind.clone(),
        Data::NullOf(kind) => Type::clone(kind),
        Data::Null | Data::Instance(_) => Type::Any,
        Data::Bool(_) => Type::Bool,
        Data::Number(_) => Type::Number,
        Data::String(_) => Type::String,
        Data::Tuple(all) => Type::Tuple(all.iter().map(|one| type_of(one, open)).collect()),
        Data::List(all) => Type::List(one(distinct(all.iter(), open))),
        Data::Set(all) => Type::Set(one(distinct(all.iter(), open))),
        Data::Map(all) => Type::Map(one(distinct(all.values(), open))),
        Data::Object(all) => {
            let field = |(name, value): (&Arc<str>, &Val)| (name.clone(), required(type_of(value, open)));
            Type::Object(all.iter().map(field).collect())
        }
    }
}

/// The type that all of these values convert to; none where there is no such type.
///
/// Terraform has a provider's schema to know the type of an unknown attribute by. Where the known values have no type in
/// common, it is most often text, which everything single converts to; it may be anything else, and then they stay.
pub(crate) fn agreed<'v>(values: impl Iterator<Item = &'v Val> + Clone) -> Option<Type> {
    let (any, text) = (Type::Any, Type::String);
    let types = distinct(values.clone(), &any);
    common(&types).or_else(|| {
        let is_open = values.clone().any(has_open_type) && !is_mixed(&types.iter().collect::<Vec<_>>());
        is_open.then(|| common(&distinct(values, &text)).unwrap_or(any))
    })
}

/// Whether a value, or one in it, is unknown and of a type that is unknown too.
fn has_open_type(value: &Val) -> bool {
    match &value.data {
        Data::Unknown(unknown) => unknown.kind == Type::Any,
        Data::Instance(_) => true,
        _ => {
            value.elements().unwrap_or_default().iter().any(has_open_type)
                || value.entries().is_some_and(|all| all.values().any(has_open_type))
        }
    }
}

/// Whether there are both objects or maps and tuples or lists, which nothing converts to each other.
fn is_mixed(types: &[&Type]) -> bool {
    types.iter().any(|kind| is_object(kind) || is_map(kind))
        && types.iter().any(|kind| is_tuple(kind) || is_list(kind) || is_set(kind))
}

/// The types of some values, each once unless there are many.
fn distinct<'v>(values: impl Iterator<Item = &'v Val>, open: &Type) -> Vec<Type> {
    let mut found: Vec<Type> = Vec::new();
    for value in values {
        let kind = type_of(value, open);
        if found.len() > MANY || !found.contains(&kind) {
            found.push(kind);
        }
    }
    found
}

/// So many types are told apart; of more, some may stand twice.
const MANY: usize = 16;

const fn required(kind: Type) -> Attribute {
    Attribute { kind, optional: false, default: None }
}

/// The type that all of these convert to; none where there is no such type.
pub(crate) fn common(types: &[Type]) -> Option<Type> {
    shared(types, &Cell::new(MAX_COMPARISONS))
}

/// Types are compared so often at most: what differs deep down is compared again at each level above it. Beyond that
/// they are taken to have no type in common that would change them.
const MAX_COMPARISONS: u32 = 20_000;

fn shared(types: &[Type], left: &Cell<u32>) -> Option<Type> {
    let Some(less) = left.get().checked_sub(1) else { return Some(Type::Any) };
    left.set(less);
    // What may be of any type takes that of the others.
    let types: Vec<&Type> = types.iter().filter(|kind| **kind != Type::Any).collect();
    let Some((first, rest)) = types.split_first() else { return Some(Type::Any) };
    if rest.iter().all(|other| other == first) {
        return Some(Type::clone(first));
    }
    let all = |test: fn(&Type) -> bool| types.iter().all(|kind| test(kind));
    let any = |test: fn(&Type) -> bool| types.iter().any(|kind| test(kind));
    let of_parts =
        || shared(&types.iter().copied().flat_map(parts).cloned().collect::<Vec<_>>(), left).map(Box::new);
    if all(is_object) {
        return fields(&types, left).or_else(|| of_parts().map(Type::Map));
    }
    if all(is_tuple) {
        return places(&types, left).or_else(|| of_parts().map(Type::List));
    }
    if all(is_map) || all(is_list) || all(is_set) {
        let inner = of_parts()?;
        return Some(match first {
            Type::Map(_) => Type::Map(inner),
            Type::Set(_) => Type::Set(inner),
            _ => Type::List(inner),
        });
    }
    if any(is_object) && any(is_tuple) {
        return None;
    }
    let made = if all(|kind| is_map(kind) || is_object(kind)) {
        of_parts().map(Type::Map)
    } else if all(|kind| is_list(kind) || is_tuple(kind)) {
        of_parts().map(Type::List)
    } else {
        None
    };
    made.or_else(|| preferred(&types))
}

/// The first of the types that all others convert to: text before other single values, collections before tuples.
fn preferred(types: &[&Type]) -> Option<Type> {
    let mut sorted = types.to_vec();
    sorted.sort_by_key(|kind| !matches!(kind, Type::String | Type::List(_) | Type::Set(_) | Type::Map(_)));
    let fits = |wanted: &&&Type| types.iter().all(|kind| converts(kind, wanted));
    sorted.iter().find(fits).map(|kind| Type::clone(kind))
}

/// Objects of the same attributes: the object of what these have in common.
fn fields(types: &[&Type], left: &Cell<u32>) -> Option<Type> {
    let all: Vec<&BTreeMap<Arc<str>, Attribute>> = types
        .iter()
        .filter_map(|kind| if let Type::Object(attributes) = kind { Some(attributes) } else { None })
        .collect();
    let (first, rest) = all.split_first()?;
    if !rest.iter().all(|other| other.keys().eq(first.keys())) {
        return None;
    }
    let field = |name: &Arc<str>| {
        let kinds: Vec<Type> = all.iter().filter_map(|own| Some(own.get(name)?.kind.clone())).collect();
        Some((name.clone(), required(shared(&kinds, left)?)))
    };
    Some(Type::Object(first.keys().map(field).collect::<Option<_>>()?))
}

/// Tuples of the same length: the tuple of what their elements have in common.
fn places(types: &[&Type], left: &Cell<u32>) -> Option<Type> {
    let all: Vec<&Vec<Type>> = types
        .iter()
        .filter_map(|kind| if let Type::Tuple(kinds) = kind { Some(kinds) } else { None })
        .collect();
    let (first, rest) = all.split_first()?;
    if !rest.iter().all(|other| other.len() == first.len()) {
        return None;
    }
    let place =
        |at: usize| shared(&all.iter().filter_map(|own| own.get(at).cloned()).collect::<Vec<_>>(), left);
    Some(Type::Tuple((0..first.len()).map(place).collect::<Option<_>>()?))
}

/// The types of what is in a value of a type.
fn parts(kind: &Type) -> Vec<&Type> {
    match kind {
        Type::List(of) | Type::Set(of) | Type::Map(of) => vec![&**of],
        Type::Tuple(kinds) => kinds.iter().collect(),
        Type::Object(attributes) => attributes.values().map(|attribute| &attribute.kind).collect(),
        _ => Vec::new(),
    }
}

/// Whether values of a type may be converted to another, though not each may.
fn converts(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Bool | Type::Number | Type::String, Type::String)
        | (Type::String | Type::Number, Type::Number)
        | (Type::String | Type::Bool, Type::Bool) => true,
        (Type::List(from) | Type::Set(from), Type::List(to) | Type::Set(to))
        | (Type::Map(from), Type::Map(to)) => converts(from, to),
        (Type::Tuple(kinds), Type::List(to) | Type::Set(to)) => kinds.iter().all(|kind| converts(kind, to)),
        (Type::Tuple(from), Type::Tuple(to)) => {
            from.len() == to.len() && from.iter().zip(to).all(|(from, to)| converts(from, to))
        }
        (Type::Object(from), Type::Map(to)) => from.values().all(|own| converts(&own.kind, to)),
        (Type::Object(from), Type::Object(to)) => to.iter().all(|(name, wanted)| match from.get(name) {
            Some(own) => converts(&own.kind, &wanted.kind),
            None => wanted.optional,
        }),
        (Type::Map(from), Type::Object(to)) => to.values().all(|wanted| converts(from, &wanted.kind)),
        _ => false,
    }
}

const fn is_object(kind: &Type) -> bool {
    matches!(kind, Type::Object(_))
}

const fn is_tuple(kind: &Type) -> bool {
    matches!(kind, Type::Tuple(_))
}

const fn is_map(kind: &Type) -> bool {
    matches!(kind, Type::Map(_))
}

const fn is_list(kind: &Type) -> bool {
    matches!(kind, Type::List(_))
}

const fn is_set(kind: &Type) -> bool {
    matches!(kind, Type::Set(_))
}

/// Elements as values of one type, where there is one that all convert to; where there is none they stay as they are.
pub(crate) fn unify(elements: Vec<Val>) -> Vec<Val> {
    let Some(kind) = agreed(elements.iter()) else { return elements };
    let made: Result<Vec<Val>, String> = elements.iter().map(|element| convert(element, &kind)).collect();
    made.unwrap_or(elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(attributes: &[(&str, Type)]) -> Type {
        let all = attributes.iter().map(|(name, kind)| ((*name).into(), required(kind.clone())));
        Type::Object(all.collect())
    }

    fn list(of: Type) -> Type {
        Type::List(Box::new(of))
    }

    #[test]
    fn what_types_have_in_common() {
        let check = |types: &[Type], expected: Option<Type>| assert_eq!(common(types), expected, "{types:?}");
        check(&[], Some(Type::Any));
        check(&[Type::Number, Type::String], Some(Type::String));
        check(&[Type::Number, Type::Bool], None);
        check(&[Type::Any, Type::Bool], Some(Type::Bool));
        check(&[list(Type::Number), list(Type::String)], Some(list(Type::String)));
        check(&[list(Type::String), Type::Tuple(vec![Type::Number])], Some(list(Type::String)));
        check(&[Type::Tuple(vec![]), Type::Tuple(vec![Type::Number])], Some(list(Type::Number)));
        check(&[Type::Tuple(vec![]), object(&[])], None);
        let (a, b) = (object(&[("a", Type::Number)]), object(&[("a", Type::String)]));
        check(&[a.clone(), b.clone()], Some(b));
        let other = object(&[("b", Type::String)]);
        check(&[a.clone(), other], Some(Type::Map(Box::new(Type::String))));
        check(&[a, object(&[("b", list(Type::String))])], None);
    }

    #[test]
    fn what_differs_deep_down_ends() {
        let chain = |leaf: Type| (0..60).fold(leaf, |inner, _| object(&[("a", inner), ("b", Type::String)]));
        common(&[chain(Type::Bool), chain(Type::Number)]);
    }
}
