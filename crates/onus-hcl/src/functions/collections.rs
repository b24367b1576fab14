//! Lists, tuples, sets, maps and objects.
//!
//! Elements are passed on as they are, with their places, so that a finding points at where one was written.

use super::{Function, Host, Outcome, Takes, collect};
use crate::convert::{convert, number_of, text_of, truth_of};
use crate::operators::equal;
use crate::unify::unify;
use crate::value::Unknown;
use crate::{Data, Number, Type, Val};
use std::collections::BTreeMap;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation as _;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::of("alltrue", 1, Some(1), Takes::Known, alltrue),
    Function::of("anytrue", 1, Some(1), Takes::Known, anytrue),
    Function::of("chunklist", 2, Some(2), Takes::Parts, chunklist),
    Function::of("coalesce", 1, None, Takes::Anything, coalesce),
    Function::of("coalescelist", 1, None, Takes::Anything, coalescelist),
    Function::of("compact", 1, Some(1), Takes::WhollyKnown, compact),
    Function::of("concat", 1, None, Takes::Parts, concat),
    Function::of("contains", 2, Some(2), Takes::Anything, contains),
    Function::of("distinct", 1, Some(1), Takes::WhollyKnown, distinct),
    Function::of("element", 2, Some(2), Takes::Parts, element),
    Function::of("flatten", 1, Some(1), Takes::Parts, flatten),
    Function::of("index", 2, Some(2), Takes::Known, index),
    Function::of("keys", 1, Some(1), Takes::Parts, keys),
    Function::of("length", 1, Some(1), Takes::Anything, length),
    Function::of("lookup", 2, Some(3), Takes::Anything, lookup),
    Function::of("matchkeys", 3, Some(3), Takes::Known, matchkeys),
    Function::of("merge", 0, None, Takes::Anything, merge),
    Function::of("one", 1, Some(1), Takes::Parts, one),
    Function::of("range", 1, Some(3), Takes::Known, range),
    Function::of("reverse", 1, Some(1), Takes::Parts, reverse),
    Function::of("setintersection", 1, None, Takes::WhollyKnown, setintersection),
    Function::of("setproduct", 2, None, Takes::Parts, setproduct),
    Function::of("setsubtract", 2, Some(2), Takes::WhollyKnown, setsubtract),
    Function::of("setunion", 1, None, Takes::Parts, setunion),
    Function::of("slice", 3, Some(3), Takes::Parts, slice),
    Function::of("sort", 1, Some(1), Takes::WhollyKnown, sort),
    Function::of("sum", 1, Some(1), Takes::WhollyKnown, sum),
    Function::of("transpose", 1, Some(1), Takes::WhollyKnown, transpose),
    Function::of("values", 1, Some(1), Takes::Parts, values),
    Function::of("zipmap", 2, Some(2), Takes::Parts, zipmap),
];

/// `range` counts so far, as in Terraform.
const MAX_RANGE: usize = 1024;

/// `setproduct` makes at most this many values, elements of combinations included: each becomes an instance, most often.
const MAX_PRODUCT: usize = 262_144;

/// `concat`, `merge` and `flatten` make collections of at most this many elements.
const MAX_ELEMENTS: usize = 1_000_000;

/// What is not known because any of these is not known.
fn open<'v>(because: impl IntoIterator<Item = &'v Val>, present: bool) -> Val {
    let because: Vec<&Val> = because.into_iter().collect();
    let mut all = Vec::new();
    because.iter().for_each(|value| collect(value, &mut all));
    Val::unknown(Unknown::of(all, present)).marked(because.iter().any(|value| value.sensitive))
}

/// The elements of a list, tuple or set.
fn elements(value: &Val) -> Result<&[Val], String> {
    value.elements().ok_or_else(|| format!("a list is required, not a {}", value.kind()))
}

/// The elements of a list or tuple, which have an order.
fn sequence(value: &Val) -> Result<&[Val], String> {
    match &value.data {
        Data::Tuple(all) | Data::List(all) => Ok(all),
        _ => Err(format!("a list or tuple is required, not a {}", value.kind())),
    }
}

fn entries(value: &Val) -> Result<&BTreeMap<Arc<str>, Val>, String> {
    value.entries().ok_or_else(|| format!("a map or object is required, not a {}", value.kind()))
}

/// The elements as a list of one type.
fn listed(value: &Val) -> Result<Vec<Val>, String> {
    alike(match &value.data {
        Data::Tuple(all) => unify(all.to_vec()),
        _ => elements(value)?.to_vec(),
    })
}

/// Refuses elements that have no type in common.
fn alike(all: Vec<Val>) -> Result<Vec<Val>, String> {
    if share_a_type(&all) { Ok(all) } else { Err("all elements must be of one type".to_owned()) }
}

/// Whether elements, after they were unified, are of one type.
pub(super) fn share_a_type<'v>(all: impl IntoIterator<Item = &'v Val>) -> bool {
    let mut kinds = all.into_iter().filter(|one| !one.is_null() && one.as_unknown().is_none()).map(shape);
    let first = kinds.next();
    kinds.all(|kind| Some(kind) == first)
}

/// What a value is without regard to whether it was written with brackets or converted.
fn shape(value: &Val) -> &'static str {
    match &value.data {
        Data::Tuple(_) | Data::List(_) | Data::Set(_) => "list",
        Data::Object(_) | Data::Map(_) => "map",
        _ => value.kind(),
    }
}

fn strings(value: &Val) -> Result<Vec<Arc<str>>, String> {
    elements(value)?.iter().map(text_of).collect()
}

/// A list if all of these are lists, a tuple if any is one.
fn like<'v>(sources: impl IntoIterator<Item = &'v Val>, made: Vec<Val>) -> Val {
    if sources.into_iter().all(|source| matches!(source.data, Data::List(_))) {
        Val::list(unify(made))
    } else {
        Val::tuple(made)
    }
}

/// The elements of a list of truth values, each of which is one, null or unknown.
fn truths(value: &Val) -> Result<&[Val], String> {
    let all = elements(value)?;
    for element in all.iter().filter(|element| !element.is_null() && element.as_unknown().is_none()) {
        truth_of(element)?;
    }
    Ok(all)
}

fn alltrue(arguments: &[Val], _: &Host<'_>) -> Outcome {
    for element in truths(&arguments[0])? {
        if element.as_unknown().is_some() {
            return Ok(open(arguments, true));
        }
        if element.is_null() || !truth_of(element)? {
            return Ok(Val::bool(false));
        }
    }
    Ok(Val::bool(true))
}

fn anytrue(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut is_open = false;
    for element in truths(&arguments[0])? {
        if element.as_unknown().is_some() {
            is_open = true;
        } else if !element.is_null() && truth_of(element)? {
            return Ok(Val::bool(true));
        }
    }
    Ok(if is_open { open(arguments, true) } else { Val::bool(false) })
}

fn chunklist(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let all = listed(&arguments[0])?;
    let size = position(&arguments[1])?;
    if all.is_empty() {
        return Ok(Val::list(Vec::new()));
    }
    // A size of zero stands for one chunk with everything.
    let size = if size == 0 { all.len() } else { size };
    Ok(Val::list(all.chunks(size).map(|chunk| Val::list(chunk.to_vec())).collect()))
}

fn coalesce(arguments: &[Val], _: &Host<'_>) -> Outcome {
    // Which argument counts depends on all that come before it.
    let sensitive = arguments.iter().any(Val::has_sensitive);
    let nulls = arguments.iter().filter(|argument| argument.is_null()).count();
    let all = unify(arguments.to_vec());
    // A null of no type leaves the result's type open, so that nothing needs to agree.
    let all = if nulls == 0 { alike(all)? } else { all };
    for (at, value) in all.iter().enumerate() {
        if value.as_unknown().is_some() {
            // What comes first may turn out to be null or empty, and then another one counts.
            return Ok(open(&all[at..], true).marked(sensitive));
        }
        if !value.is_null() && value.as_str() != Some("") {
            return Ok(value.clone().marked(sensitive));
        }
    }
    Err("every argument is null or empty".to_owned())
}

fn coalescelist(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let sensitive = arguments.iter().any(Val::has_sensitive);
    for (at, value) in arguments.iter().enumerate() {
        if value.as_unknown().is_some() {
            return Ok(open(&arguments[at..], true).marked(sensitive));
        }
        if matches!(&value.data, Data::NullOf(kind) if matches!(**kind, Type::List(_) | Type::Tuple(_))) {
            continue;
        }
        if !sequence(value)?.is_empty() {
            return Ok(value.clone().marked(sensitive));
        }
    }
    Err("every argument is an empty list, or null".to_owned())
}

fn compact(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut made = Vec::new();
    for element in elements(&arguments[0])?.iter().filter(|element| !element.is_null()) {
        let text = convert(element, &Type::String)?;
        if text.as_str() != Some("") {
            made.push(text);
        }
    }
    Ok(Val::list(made))
}

fn concat(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut made = Vec::new();
    for argument in arguments {
        made.extend_from_slice(sequence(argument)?);
        if made.len() > MAX_ELEMENTS {
            return Err(format!("more than {MAX_ELEMENTS} elements"));
        }
    }
    Ok(like(arguments, made))
}

fn contains(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let [collection, wanted] = arguments else { return Err("two arguments are required".to_owned()) };
    if let Some(at) = arguments.iter().position(Val::is_null) {
        return Err(format!("argument {} of `contains` is null", at + 1));
    }
    let sensitive = arguments.iter().any(Val::has_sensitive);
    if collection.as_unknown().is_some() || wanted.as_unknown().is_some() {
        return Ok(open(arguments, true).marked(sensitive));
    }
    let mut undecided = Vec::new();
    for element in elements(collection)? {
        match equal(element, wanted) {
            Some(true) => return Ok(Val::bool(true).marked(sensitive)),
            Some(false) => {}
            None => undecided.push(element),
        }
    }
    if undecided.is_empty() {
        return Ok(Val::bool(false).marked(sensitive));
    }
    undecided.push(wanted);
    Ok(open(undecided, true).marked(sensitive))
}

fn distinct(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let all = listed(&arguments[0])?;
    let mut sorted: Vec<&Val> = all.iter().collect();
    // The sort is stable, so of equal elements the one that was written first comes first.
    sorted.sort_by(|a, b| a.order(b));
    sorted.dedup_by(|a, b| a == b);
    let kept: rustc_hash::FxHashSet<*const Val> = sorted.into_iter().map(std::ptr::from_ref).collect();
    let made = all.iter().filter(|one| kept.contains(&std::ptr::from_ref(*one))).cloned().collect();
    Ok(Val::list(made))
}

fn element(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let all = sequence(&arguments[0])?;
    let at = position(&arguments[1])?;
    // The index wraps around.
    let at = at.checked_rem(all.len()).ok_or("an empty list has no elements")?;
    Ok(all[at].clone())
}

fn flatten(arguments: &[Val], _: &Host<'_>) -> Outcome {
    elements(&arguments[0])?;
    let mut made = Vec::new();
    if !unfold(&arguments[0], &mut made)? {
        return Ok(open(arguments, true));
    }
    // How many elements there are tells of a list that is sensitive.
    let sensitive = arguments[0].elements().into_iter().flatten().any(holds_sensitive_list);
    Ok(Val::tuple(made).marked(sensitive))
}

/// Whether a list, or one in it, is sensitive as a whole.
fn holds_sensitive_list(value: &Val) -> bool {
    value.elements().is_some_and(|elements| value.sensitive || elements.iter().any(holds_sensitive_list))
}

/// Adds the elements of a list and of the lists in it; false where there may be more than is known. Values are nested no
/// deeper than expressions, which the evaluator bounds.
fn unfold(value: &Val, into: &mut Vec<Val>) -> Result<bool, String> {
    let Some(elements) = value.elements() else {
        // What names something is a text; anything else of which nothing is known may be a list.
        let is_single = value.as_unknown().is_none_or(|unknown| {
            let kind = &unknown.kind;
            unknown.name || !matches!(kind, Type::Any | Type::List(_) | Type::Set(_) | Type::Tuple(_))
        });
        into.push(value.clone());
        if into.len() > MAX_ELEMENTS {
            return Err(format!("more than {MAX_ELEMENTS} elements"));
        }
        return Ok(is_single);
    };
    if matches!(value.data, Data::Set(_)) && elements.len() > 1 && value.has_unknown() {
        return Ok(false);
    }
    for element in elements {
        if !unfold(&element.clone().marked(value.sensitive), into)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn index(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let all = sequence(&arguments[0])?;
    for (at, element) in all.iter().enumerate() {
        match equal(element, &arguments[1]) {
            Some(true) => return Ok(Val::number(at)),
            Some(false) => {}
            None => return Ok(open(arguments, true)),
        }
    }
    Err("the list has no such element".to_owned())
}

fn keys(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let all = entries(&arguments[0])?;
    let keys = all.iter().map(|(key, value)| Val::string(key.clone()).at(value.span)).collect();
    Ok(if matches!(arguments[0].data, Data::Map(_)) { Val::list(keys) } else { Val::tuple(keys) })
}

fn length(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let value = &arguments[0];
    let length = match &value.data {
        Data::String(text) => text.graphemes(true).count(),
        // Unknown elements may turn out to be the same one.
        Data::Set(all) if all.len() > 1 && value.has_unknown() => return Ok(open([value], true)),
        Data::Tuple(all) | Data::List(all) | Data::Set(all) => all.len(),
        Data::Object(all) | Data::Map(all) => all.len(),
        Data::Unknown(unknown) => match &unknown.kind {
            Type::Tuple(kinds) => kinds.len(),
            Type::Object(attributes) => attributes.len(),
            _ => return Ok(open([value], true)),
        },
        Data::Instance(_) => return Ok(open([value], true)),
        _ => return Err(format!("a {} has no length", value.kind())),
    };
    Ok(Val::number(length).marked(value.sensitive))
}

fn lookup(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (map, key, default) = (&arguments[0], &arguments[1], arguments.get(2));
    if map.is_null() || key.is_null() {
        return Err("`lookup` takes neither a null map nor a null key".to_owned());
    }
    let sensitive = map.sensitive || key.sensitive;
    if let (Data::Instance(instance), Some(key)) = (&map.data, key.as_str())
        && instance.attributes.contains_key(key)
    {
        return Ok(instance.attribute(key).marked(sensitive));
    }
    if map.as_unknown().is_some() || key.as_unknown().is_some() {
        return Ok(open(arguments, false));
    }
    let all = entries(map)?;
    let default = match (&map.data, default) {
        (Data::Map(_), Some(default)) => Some(fitting(all, default)?),
        (_, default) => default.cloned(),
    };
    if let Some(found) = all.get(&*text_of(key)?) {
        return Ok(found.clone().marked(sensitive));
    }
    default
        .map(|default| default.marked(sensitive))
        .ok_or_else(|| "there is no such key, and no default".to_owned())
}

/// A default as a value of the type of a map's values.
fn fitting(map: &BTreeMap<Arc<str>, Val>, default: &Val) -> Result<Val, String> {
    let kind = map.values().find_map(|value| match &value.data {
        Data::Bool(_) => Some(Type::Bool),
        Data::Number(_) => Some(Type::Number),
        Data::String(_) => Some(Type::String),
        _ => None,
    });
    kind.map_or_else(|| Ok(default.clone()), |kind| convert(default, &kind))
}

fn matchkeys(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let values = listed(&arguments[0])?;
    let (keys, wanted) = (listed(&arguments[1])?, listed(&arguments[2])?);
    if values.len() != keys.len() {
        return Err("there must be as many keys as values".to_owned());
    }
    let at = keys.len();
    let mut keys = alike(unify(keys.into_iter().chain(wanted).collect()))?;
    let wanted = keys.split_off(at);
    if wanted.is_empty() {
        return Ok(Val::list(Vec::new()));
    }
    if arguments.iter().any(Val::has_unknown) {
        return Ok(open(arguments, true));
    }
    // Sorted, so that not every key is compared with every other.
    let wanted = Val::set(wanted);
    let is_wanted = |key: &Val| holds(wanted.elements().unwrap_or_default(), key);
    let pairs = values.into_iter().zip(&keys);
    Ok(Val::list(pairs.filter(|(_, key)| is_wanted(key)).map(|(value, _)| value).collect()))
}

fn merge(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut made = BTreeMap::new();
    let given: Vec<&Val> = arguments.iter().filter(|argument| !argument.is_null()).collect();
    if given.iter().any(|argument| argument.as_unknown().is_some()) {
        return Ok(open(given, true));
    }
    for argument in &given {
        let own = entries(argument)?;
        made.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
        if made.len() > MAX_ELEMENTS {
            return Err(format!("more than {MAX_ELEMENTS} elements"));
        }
    }
    let sensitive = arguments.iter().any(|argument| argument.sensitive);
    let is_map = !given.is_empty() && given.iter().all(|argument| matches!(argument.data, Data::Map(_)));
    let is_map = is_map && alike(made.values().cloned().collect()).is_ok();
    Ok(if is_map { Val::map(made) } else { Val::object(made) }.marked(sensitive))
}

fn one(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let value = &arguments[0];
    match elements(value)? {
        [] => Ok(Val::null()),
        [single] => Ok(single.clone()),
        _ if matches!(value.data, Data::Set(_)) && value.has_unknown() => Ok(open([value], false)),
        all => Err(format!("at most one element is required, not {}", all.len())),
    }
}

fn range(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let numbers = arguments.iter().map(number_of).collect::<Result<Vec<Number>, _>>()?;
    let (start, limit, step) = match numbers.as_slice() {
        [limit] => (Number::from(0_i64), limit, None),
        [start, limit] => (start.clone(), limit, None),
        [start, limit, step] => (start.clone(), limit, Some(step.clone())),
        _ => return Err("one to three numbers are required".to_owned()),
    };
    let is_down = *limit < start;
    let step = step.unwrap_or_else(|| Number::from(if is_down { -1_i64 } else { 1 }));
    if step.signum() == 0 || (*limit != start && is_down != (step.signum() < 0)) {
        return Err("the step does not lead from the start to the limit".to_owned());
    }
    let (mut made, mut at) = (Vec::new(), start);
    while if is_down { at > *limit } else { at < *limit } {
        if made.len() == MAX_RANGE {
            return Err(format!("more than {MAX_RANGE} numbers"));
        }
        made.push(Val::number(at.clone()));
        at = at.plus(&step).ok_or("the numbers grow too large")?;
    }
    Ok(Val::list(made))
}

fn reverse(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut all = elements(&arguments[0])?.to_vec();
    all.reverse();
    Ok(if matches!(arguments[0].data, Data::Tuple(_)) { Val::tuple(all) } else { Val::list(all) })
}

/// Sets whose elements are all of one type.
fn sets(arguments: &[Val]) -> Result<Vec<Vec<Val>>, String> {
    let mut all = Vec::new();
    let mut lengths = Vec::new();
    for argument in arguments {
        let own = elements(argument)?;
        lengths.push(own.len());
        all.extend_from_slice(own);
    }
    let mut rest = alike(unify(all))?.into_iter();
    let set = |length: usize| match Val::set(rest.by_ref().take(length).collect()).data {
        Data::Set(own) => own.to_vec(),
        _ => Vec::new(),
    };
    Ok(lengths.into_iter().map(set).collect())
}

fn holds(sorted: &[Val], element: &Val) -> bool {
    sorted.binary_search_by(|other| other.order(element)).is_ok()
}

fn setintersection(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let sets = sets(arguments)?;
    let (first, others) = sets.split_first().ok_or("a set is required")?;
    let in_all = |element: &&Val| others.iter().all(|other| holds(other, element));
    Ok(Val::set(first.iter().filter(in_all).cloned().collect()))
}

fn setsubtract(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let sets = sets(arguments)?;
    let [from, taken] = sets.as_slice() else { return Err("two sets are required".to_owned()) };
    Ok(Val::set(from.iter().filter(|element| !holds(taken, element)).cloned().collect()))
}

fn setunion(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::set(sets(arguments)?.into_iter().flatten().collect()))
}

fn setproduct(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut parts = Vec::new();
    let mut size = arguments.len();
    for argument in arguments {
        let own = listed(argument)?;
        if matches!(argument.data, Data::Set(_)) && own.len() > 1 && argument.has_unknown() {
            return Ok(open(arguments, true));
        }
        size = size.saturating_mul(own.len());
        parts.push(own);
    }
    if size > MAX_PRODUCT {
        return Err(format!("more than {MAX_PRODUCT} values"));
    }
    let mut made = vec![Vec::new()];
    for part in &parts {
        let longer = |row: &Vec<Val>| {
            let row = row.clone();
            part.iter().map(move |one| row.iter().chain([one]).cloned().collect::<Vec<Val>>())
        };
        made = made.iter().flat_map(longer).collect();
    }
    let made = made.into_iter().map(Val::tuple).collect();
    let is_set = arguments.iter().all(|argument| matches!(argument.data, Data::Set(_)));
    Ok(if is_set { Val::set(made) } else { Val::list(made) })
}

fn slice(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let all = sequence(&arguments[0])?;
    let (start, end) = (position(&arguments[1])?, position(&arguments[2])?);
    let made = all
        .get(start..end)
        .ok_or_else(|| format!("{start} to {end} is no part of {} elements", all.len()))?;
    Ok(like([&arguments[0]], made.to_vec()))
}

fn position(value: &Val) -> Result<usize, String> {
    number_of(value)?.as_usize().ok_or_else(|| "a whole number is required, not negative".to_owned())
}

fn sort(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let texts = elements(&arguments[0])?.iter().map(|element| match element.is_null() {
        true => Err("an element is null".to_owned()),
        false => convert(element, &Type::String),
    });
    let mut texts = texts.collect::<Result<Vec<_>, _>>()?;
    texts.sort_by(Val::order);
    Ok(Val::list(texts))
}

fn sum(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let numbers = elements(&arguments[0])?.iter().map(number_of).collect::<Result<Vec<_>, _>>()?;
    let (first, others) = numbers.split_first().ok_or("there is nothing to add up")?;
    let sum = others.iter().try_fold(first.clone(), |sum, number| sum.plus(number));
    Ok(Val::number(sum.ok_or("the sum is too large")?))
}

fn transpose(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut made: BTreeMap<Arc<str>, Vec<Val>> = BTreeMap::new();
    for (key, texts) in entries(&arguments[0])? {
        for text in strings(texts)? {
            made.entry(text).or_default().push(Val::string(key.clone()).at(texts.span));
        }
    }
    Ok(Val::map(made.into_iter().map(|(key, all)| (key, Val::list(all))).collect()))
}

fn values(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let all = entries(&arguments[0])?.values().cloned().collect();
    Ok(if matches!(arguments[0].data, Data::Map(_)) { Val::list(all) } else { Val::tuple(all) })
}

fn zipmap(arguments: &[Val], _: &Host<'_>) -> Outcome {
    if arguments[0].has_unknown() {
        return Ok(open(arguments, true));
    }
    let keys = strings(&arguments[0])?;
    let values = sequence(&arguments[1])?;
    if keys.len() != values.len() {
        return Err(format!("{} keys cannot be matched with {} values", keys.len(), values.len()));
    }
    let made = keys.into_iter().zip(values.iter().cloned()).collect();
    Ok(if matches!(arguments[1].data, Data::List(_)) { Val::map(made) } else { Val::object(made) })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, j, n, run, s, unknown};
    use crate::value::Unknown;
    use crate::{Type, Val, convert};

    fn set(json: &str) -> Val {
        convert(&j(json), &Type::Set(Box::new(Type::Any))).unwrap()
    }

    fn list(json: &str) -> Val {
        convert(&j(json), &Type::List(Box::new(Type::Any))).unwrap()
    }

    fn map(json: &str) -> Val {
        convert(&j(json), &Type::Map(Box::new(Type::Any))).unwrap()
    }

    #[test]
    fn keys_are_not_each_compared_with_all() {
        let all = |prefix: &str| Val::tuple((0..100_000).map(|at| s(&format!("{prefix}{at}"))).collect());
        let made = run("matchkeys", &[all("v"), all("k"), all("k")]).unwrap();
        assert_eq!(made.elements().unwrap().len(), 100_000);
        assert_eq!(run("matchkeys", &[all("v"), all("k"), all("x")]).unwrap().elements().unwrap().len(), 0);
    }

    #[test]
    fn truths() {
        check("alltrue", &[j(r#"[true,"true"]"#)], "true");
        check("alltrue", &[j("[]")], "true");
        check("alltrue", &[j("[true,null]")], "false");
        check("alltrue", &[Val::tuple(vec![Val::bool(false), unknown()])], "false");
        check("alltrue", &[Val::tuple(vec![Val::bool(true), unknown()])], "UNKNOWN");
        check("anytrue", &[j("[null,true]")], "true");
        check("anytrue", &[j("[]")], "false");
        check("anytrue", &[Val::tuple(vec![unknown(), Val::bool(true)])], "true");
        check("anytrue", &[Val::tuple(vec![unknown(), Val::bool(false)])], "UNKNOWN");
    }

    #[test]
    fn chunks_and_slices() {
        check("chunklist", &[j("[1,2,3]"), n("2")], "[[1,2],[3]]");
        check("chunklist", &[j("[1,2,3]"), n("0")], "[[1,2,3]]");
        check("chunklist", &[j("[1]"), n("-1")], "ERROR");
        check("slice", &[j("[1,2,3]"), n("1"), n("2")], "[2]");
        check("slice", &[j("[1]"), n("0"), n("2")], "ERROR");
        check("slice", &[j("[1]"), n("1"), n("0")], "ERROR");
        check("slice", &[set("[1]"), n("0"), n("1")], "ERROR");
    }

    #[test]
    fn first_usable() {
        check("coalesce", &[s(""), Val::null(), s("b")], r#""b""#);
        check("coalesce", &[n("1"), s("b")], r#""1""#);
        check("coalesce", &[s(""), s("")], "ERROR");
        check("coalesce", &[n("1"), Val::bool(true)], "ERROR");
        check("coalesce", &[s("a"), unknown()], r#""a""#);
        check("coalesce", &[Val::null(), unknown(), s("a")], "UNKNOWN");
        check("coalescelist", &[j("[]"), j("[1]")], "[1]");
        check("coalescelist", &[j("[]")], "ERROR");
        check("coalescelist", &[Val::null(), j("[1]")], "ERROR");
        check("compact", &[j(r#"["a","",null,1]"#)], r#"["a","1"]"#);
    }

    #[test]
    fn joined() {
        check("concat", &[j("[1]"), j(r#"["a"]"#)], r#"[1,"a"]"#);
        check("concat", &[list("[1]"), list(r#"["a"]"#)], r#"["1","a"]"#);
        check("concat", &[set("[1]"), j("[]")], "ERROR");
        check("concat", &[j("[1]"), unknown()], "UNKNOWN");
        check("flatten", &[j(r#"[["a"],[["b"]],"c",null]"#)], r#"["a","b","c",null]"#);
        check("flatten", &[j("{}")], "ERROR");
        check("flatten", &[Val::tuple(vec![n("1"), unknown()])], "UNKNOWN");
        let text = Val::unknown(Unknown::new("later").typed(Type::String));
        check("flatten", &[Val::tuple(vec![n("1"), text])], "PARTLY");
        check("reverse", &[set(r#"["b","a"]"#)], r#"["b","a"]"#);
        check("distinct", &[j(r#"["b","a","b",1,"1"]"#)], r#"["b","a","1"]"#);
    }

    #[test]
    fn members() {
        check("contains", &[j(r#"["a"]"#), s("a")], "true");
        check("contains", &[j("[1]"), s("1")], "false");
        check("contains", &[j("{}"), s("1")], "ERROR");
        check("contains", &[Val::tuple(vec![unknown(), s("a")]), s("a")], "true");
        check("contains", &[Val::tuple(vec![unknown(), s("a")]), s("b")], "UNKNOWN");
        check("index", &[j(r#"["a","b"]"#), s("b")], "1");
        check("index", &[j("[1]"), s("1")], "ERROR");
        check("element", &[j(r#"["a","b"]"#), n("3")], r#""b""#);
        check("element", &[j("[]"), n("0")], "ERROR");
        check("element", &[j("[1]"), n("-1")], "ERROR");
        check("element", &[Val::tuple(vec![s("a"), unknown()]), n("2")], r#""a""#);
        check("one", &[j("[]")], "null");
        check("one", &[j("[1]")], "1");
        check("one", &[j("[1,2]")], "ERROR");
        check("matchkeys", &[j(r#"["a","b"]"#), j(r#"["x","y"]"#), j(r#"["y"]"#)], r#"["b"]"#);
        check("matchkeys", &[j(r#"["a"]"#), j("[1]"), j(r#"["1"]"#)], r#"["a"]"#);
    }

    #[test]
    fn maps() {
        check("keys", &[j(r#"{"b":1,"a":2}"#)], r#"["a","b"]"#);
        check("keys", &[Val::object([("a".into(), unknown())].into())], r#"["a"]"#);
        check("values", &[j(r#"{"b":1,"a":2}"#)], "[2,1]");
        check("lookup", &[j(r#"{"a":1}"#), s("a")], "1");
        check("lookup", &[j(r#"{"a":1}"#), s("b")], "ERROR");
        check("lookup", &[j(r#"{"a":1}"#), s("b"), s("x")], r#""x""#);
        check("lookup", &[map(r#"{"a":1}"#), s("a"), s("x")], "ERROR");
        check("lookup", &[Val::object([("a".into(), n("1")), ("b".into(), unknown())].into()), s("a")], "1");
        check("lookup", &[unknown(), s("a"), s("x")], "UNKNOWN");
        check("merge", &[], "{}");
        check("merge", &[j(r#"{"a":1}"#), Val::null(), j(r#"{"a":2,"b":3}"#)], r#"{"a":2,"b":3}"#);
        check("merge", &[j(r#"{"a":1}"#), unknown()], "UNKNOWN");
        check("merge", &[j("[1]")], "ERROR");
        check("transpose", &[j(r#"{"a":["x","y"],"b":["x"]}"#)], r#"{"x":["a","b"],"y":["a"]}"#);
        check("zipmap", &[j(r#"["a","b"]"#), j("[1,2]")], r#"{"a":1,"b":2}"#);
        check("zipmap", &[j(r#"["a"]"#), j("[1,2]")], "ERROR");
    }

    #[test]
    fn lengths() {
        check("length", &[s("añ")], "2");
        check("length", &[s("👨‍👩‍👧")], "1");
        check("length", &[Val::tuple(vec![unknown()])], "1");
        check("length", &[n("1")], "ERROR");
        check("length", &[Val::null()], "ERROR");
        check("length", &[unknown()], "UNKNOWN");
    }

    #[test]
    fn ranges() {
        check("range", &[n("3")], "[0,1,2]");
        check("range", &[n("-2")], "[0,-1]");
        check("range", &[n("0.5"), n("3")], "[0.5,1.5,2.5]");
        check("range", &[n("0"), n("10"), n("4")], "[0,4,8]");
        check("range", &[n("0"), n("3"), n("-1")], "ERROR");
        check("range", &[n("1025")], "ERROR");
        check("sum", &[j(r#"[1,"2.5"]"#)], "3.5");
        check("sum", &[j("[]")], "ERROR");
        check("sort", &[j("[3,10,2]")], r#"["10","2","3"]"#);
        check("sort", &[j("[null]")], "ERROR");
    }

    #[test]
    fn set_operations() {
        check("setintersection", &[j(r#"["a","b"]"#), j(r#"["b"]"#)], r#"["b"]"#);
        check("setunion", &[j("[1]"), j(r#"["b"]"#)], r#"["1","b"]"#);
        check("setsubtract", &[j(r#"["a","b"]"#), j(r#"["b"]"#)], r#"["a"]"#);
        check("setproduct", &[j(r#"["a","b"]"#), j("[1]")], r#"[["a",1],["b",1]]"#);
        check("setproduct", &[j(r#"["a"]"#), j("[]")], "[]");
        check("setproduct", &[j(r#"["a"]"#)], "ERROR");
    }

    #[test]
    fn a_product_is_bounded() {
        let many = run("range", &[n("1000")]).unwrap();
        check("setproduct", &[many.clone(), many.clone(), many], "ERROR");
    }

    #[test]
    fn sensitivity_stays_with_the_part() {
        let secret = s("x").marked(true);
        let made = run("merge", &[Val::object([("a".into(), secret)].into()), j(r#"{"b":1}"#)]).unwrap();
        assert!(!made.sensitive && made.get("a").unwrap().sensitive && !made.get("b").unwrap().sensitive);
    }
}
