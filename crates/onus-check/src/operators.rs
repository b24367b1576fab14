//! Equality, order, arithmetic and membership.

use crate::eval::Ctx;
use crate::logic::text_as_bool;
use crate::value::{Could, Data, Item, Place, V, Why};
use onus_model::PartialText;
use std::cmp::Ordering;
use std::rc::Rc;

/// The deepest values that are compared; the readers' own limits are lower.
const MAX_VALUE_DEPTH: usize = 200;

/// Whether two values are equal.
pub(crate) enum Equal<'a> {
    Yes,
    No,
    Unknown(Why<'a>),
}

impl<'a> Equal<'a> {
    fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Yes => other(),
            Self::Unknown(why) => match other() {
                Self::No => Self::No,
                Self::Yes => Self::Unknown(why),
                Self::Unknown(other) => Self::Unknown(why.with(&other)),
            },
        }
    }

    pub(crate) fn value(self, place: Place<'a>) -> V<'a> {
        match self {
            Self::Yes => V::bool(true, place),
            Self::No => V::bool(false, place),
            Self::Unknown(why) => V::unknown(why, Could::BOOL, place),
        }
    }
}

impl From<bool> for Equal<'_> {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

/// Whether two values are equal. Null equals null alone; scalars compare as CloudFormation takes them.
pub(crate) fn equal<'a>(ctx: &Ctx<'a>, a: &V<'a>, b: &V<'a>) -> Equal<'a> {
    deep_equal(ctx, a, b, 0)
}

fn deep_equal<'a>(ctx: &Ctx<'a>, a: &V<'a>, b: &V<'a>, depth: usize) -> Equal<'a> {
    match (&a.data, &b.data) {
        (Data::Unknown(x), Data::Unknown(y)) => {
            let alike = x.could.has(y.could) || x.could.has(Could::OTHER) && y.could.has(Could::BOOL);
            let both_null = a.may_be_null() && b.may_be_null();
            if alike && (both_null || can_agree(a, b)) {
                return Equal::Unknown(x.why.with(&y.why));
            }
            Equal::from(false)
        }
        (Data::Unknown(unknown), other) | (other, Data::Unknown(unknown)) => {
            let open = if a.as_unknown().is_some() { a } else { b };
            let possible = can_be(open, other)
                && match other {
                    Data::Null => unknown.could.has(Could::NULL),
                    Data::Bool(true) => unknown.could.has(Could::TRUE.and(Could::OTHER)),
                    Data::Bool(false) => unknown.could.has(Could::FALSE.and(Could::OTHER)),
                    _ => unknown.could.has(Could::PRESENT),
                };
            if possible { Equal::Unknown(unknown.why.derived()) } else { Equal::No }
        }
        (Data::Null, Data::Null) => Equal::Yes,
        (Data::Null, _) | (_, Data::Null) => Equal::No,
        (Data::List(_) | Data::Items(_), Data::List(_) | Data::Items(_)) => equal_lists(ctx, a, b, depth),
        (Data::Map(_) | Data::Entries(_), Data::Map(_) | Data::Entries(_)) => equal_maps(ctx, a, b, depth),
        (x, y) => Equal::from(equal_scalars(x, y)),
    }
}

/// Whether what is known of the text leaves room for a value that is not nothing.
fn can_be(open: &V<'_>, other: &Data<'_>) -> bool {
    let Some(unknown) = open.source() else { return true };
    match (&unknown.text, other) {
        (_, Data::Null) => true,
        (_, Data::Str(text)) => unknown.could_be(text),
        (_, Data::Text(text)) => unknown.could_be(text),
        (None, _) => true,
        (Some(partial), Data::Bool(flag)) => partial.could_be(if *flag { "true" } else { "false" }, true),
        (Some(partial), Data::Int(_) | Data::Float(_)) => can_be_number(partial),
        (Some(_), _) => false,
    }
}

fn can_be_number(partial: &PartialText) -> bool {
    let begins = partial.prefix().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
    let ends = partial.suffix().ends_with(|c: char| c.is_ascii_digit() || c == '.');
    (begins || partial.prefix().is_empty()) && (ends || partial.suffix().is_empty())
}

/// Whether two texts of which parts are known could be one.
fn can_agree(a: &V<'_>, b: &V<'_>) -> bool {
    let (Some(a), Some(b)) = (a.partial(), b.partial()) else { return true };
    let begin = a.prefix().starts_with(b.prefix()) || b.prefix().starts_with(a.prefix());
    let end = a.suffix().ends_with(b.suffix()) || b.suffix().ends_with(a.suffix());
    begin && end
}

fn equal_lists<'a>(ctx: &Ctx<'a>, a: &V<'a>, b: &V<'a>, depth: usize) -> Equal<'a> {
    let (Some(xs), Some(ys)) = (a.elements(), b.elements()) else { return Equal::No };
    let (xs, ys): (Vec<Item<'a>>, Vec<Item<'a>>) = (xs.collect(), ys.collect());
    if depth >= MAX_VALUE_DEPTH || !ctx.spend(xs.len() + ys.len()) {
        return Equal::Unknown(ctx.exhausted());
    }
    let certain = |items: &[Item<'a>]| items.iter().filter(|item| item.doubt.is_none()).count();
    if certain(&xs) > ys.len() || certain(&ys) > xs.len() {
        return Equal::No;
    }
    if let Some(doubt) = xs.iter().chain(&ys).find_map(|item| item.doubt.as_ref()) {
        return Equal::Unknown(doubt.derived());
    }
    xs.iter()
        .zip(&ys)
        .fold(Equal::Yes, |so_far, (x, y)| so_far.and(|| deep_equal(ctx, &x.value, &y.value, depth + 1)))
}

/// A missing key is null here too.
fn equal_maps<'a>(ctx: &Ctx<'a>, a: &V<'a>, b: &V<'a>, depth: usize) -> Equal<'a> {
    let keys = |value: &V<'a>| -> Vec<String> {
        let elements = value.elements().into_iter().flatten();
        elements.filter_map(|item| item.value.text().map(|text| text.into_owned())).collect()
    };
    let mut all = keys(a);
    all.extend(keys(b));
    if depth >= MAX_VALUE_DEPTH || !ctx.spend(all.len()) {
        return Equal::Unknown(ctx.exhausted());
    }
    all.sort_unstable();
    all.dedup();
    all.iter().fold(Equal::Yes, |so_far, key| {
        so_far.and(|| deep_equal(ctx, &a.select(key), &b.select(key), depth + 1))
    })
}

fn equal_scalars(a: &Data<'_>, b: &Data<'_>) -> bool {
    match (a, b) {
        (Data::Bool(x), Data::Bool(y)) => x == y,
        (Data::Bool(flag), other) | (other, Data::Bool(flag)) => {
            as_str(other).and_then(text_as_bool) == Some(*flag)
        }
        _ => match (as_str(a), as_str(b)) {
            (Some(x), Some(y)) => x == y,
            _ => matches!(order_scalars(a, b), Some(Ordering::Equal)),
        },
    }
}

fn as_str<'d>(data: &'d Data<'_>) -> Option<&'d str> {
    match data {
        Data::Str(text) => Some(text),
        Data::Text(text) => Some(text),
        _ => None,
    }
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// `a < b` and its kin; nothing for values that have no order.
pub(crate) fn order<'a>(kind: Order, a: &V<'a>, b: &V<'a>) -> V<'a> {
    let place = a.place.or(b.place);
    if let Some(unknown) = propagate(a, b, Could::LOGIC) {
        return unknown;
    }
    let Some(ordering) = order_scalars(&a.data, &b.data) else { return V::null(place) };
    let holds = match kind {
        Order::Less => ordering.is_lt(),
        Order::LessEqual => ordering.is_le(),
        Order::Greater => ordering.is_gt(),
        Order::GreaterEqual => ordering.is_ge(),
    };
    V::bool(holds, place)
}

/// The unknown result of an operator on scalars where an operand is unknown; or nothing, where
/// the other operand cannot give anything.
fn propagate<'a>(a: &V<'a>, b: &V<'a>, could: Could) -> Option<V<'a>> {
    let place = a.place.or(b.place);
    match (a.as_unknown(), b.as_unknown()) {
        (Some(x), Some(y)) => Some(V::unknown(x.why.with(&y.why), could, place)),
        (Some(unknown), None) => Some(match &b.data {
            Data::Null => V::null(b.place),
            _ => V::unknown(unknown.why.derived(), could, a.place),
        }),
        (None, Some(unknown)) => Some(match &a.data {
            Data::Null => V::null(a.place),
            _ => V::unknown(unknown.why.derived(), could, b.place),
        }),
        (None, None) => None,
    }
}

fn order_scalars(a: &Data<'_>, b: &Data<'_>) -> Option<Ordering> {
    if let (Data::Bool(x), Data::Bool(y)) = (a, b) {
        return Some(x.cmp(y));
    }
    if let (Some(x), Some(y)) = (as_str(a), as_str(b)) {
        return Some(x.cmp(y));
    }
    match (number(a)?, number(b)?) {
        (Number::Int(x), Number::Int(y)) => Some(x.cmp(&y)),
        (Number::Float(x), Number::Float(y)) => x.partial_cmp(&y),
        (Number::Int(x), Number::Float(y)) => order_mixed(x, y),
        (Number::Float(x), Number::Int(y)) => order_mixed(y, x).map(Ordering::reverse),
    }
}

/// Exact, where a conversion to a float would lose digits.
fn order_mixed(whole: i64, float: f64) -> Option<Ordering> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        None
    } else if float >= LIMIT {
        Some(Ordering::Less)
    } else if float < -LIMIT {
        Some(Ordering::Greater)
    } else {
        let below = float.floor();
        let ordering = whole.cmp(&(below as i64));
        Some(if ordering.is_eq() && float > below { Ordering::Less } else { ordering })
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    fn float(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    fn value<'a>(self) -> Data<'a> {
        match self {
            Self::Int(value) => Data::Int(value),
            Self::Float(value) if value.is_finite() => Data::Float(value),
            Self::Float(_) => Data::Null,
        }
    }
}

/// A number, or text that is one.
pub(crate) fn number(data: &Data<'_>) -> Option<Number> {
    match data {
        Data::Int(value) => Some(Number::Int(*value)),
        Data::Float(value) => Some(Number::Float(*value)),
        _ => text_as_number(as_str(data)?),
    }
}

fn text_as_number(text: &str) -> Option<Number> {
    // Rust also reads `inf`, `nan` and `+1`, which are no numbers to CloudFormation.
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if let Ok(whole) = text.parse() {
        return Some(Number::Int(whole));
    }
    text.parse().ok().filter(|float: &f64| float.is_finite()).map(Number::Float)
}

/// The arithmetic operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// `a + b` and its kin; nothing on overflow, on division by zero, and for operands that make no sense.
pub(crate) fn arithmetic<'a>(ctx: &Ctx<'a>, kind: Arithmetic, a: &V<'a>, b: &V<'a>) -> V<'a> {
    let place = a.place.or(b.place);
    if let Some(unknown) = propagate(a, b, Could::ANYTHING) {
        return unknown;
    }
    if kind == Arithmetic::Add {
        if let (Some(x), Some(y)) = (as_str(&a.data), as_str(&b.data)) {
            return concat_text(ctx, x, y, place);
        }
        if a.is_list() && b.is_list() {
            return concat_lists(ctx, a, b, place);
        }
    }
    let data = match (number(&a.data), number(&b.data)) {
        (Some(Number::Int(x)), Some(Number::Int(y))) => whole(kind, x, y).map_or(Data::Null, Data::Int),
        (Some(x), Some(y)) => Number::Float(float(kind, x.float(), y.float())).value(),
        _ => Data::Null,
    };
    V::new(data, place)
}

const fn whole(kind: Arithmetic, x: i64, y: i64) -> Option<i64> {
    match kind {
        Arithmetic::Add => x.checked_add(y),
        Arithmetic::Subtract => x.checked_sub(y),
        Arithmetic::Multiply => x.checked_mul(y),
        Arithmetic::Divide => x.checked_div(y),
        Arithmetic::Remainder => x.checked_rem(y),
    }
}

fn float(kind: Arithmetic, x: f64, y: f64) -> f64 {
    match kind {
        Arithmetic::Add => x + y,
        Arithmetic::Subtract => x - y,
        Arithmetic::Multiply => x * y,
        Arithmetic::Divide => x / y,
        Arithmetic::Remainder => x % y,
    }
}

/// Text is paid for by length, so that a repeated doubling ends.
fn concat_text<'a>(ctx: &Ctx<'a>, x: &str, y: &str, place: Place<'a>) -> V<'a> {
    if !ctx.spend(1 + (x.len() + y.len()) / 64) {
        return V::unknown(ctx.exhausted(), Could::PRESENT, place);
    }
    V::new(Data::Text([x, y].concat().into()), place)
}

fn concat_lists<'a>(ctx: &Ctx<'a>, a: &V<'a>, b: &V<'a>, place: Place<'a>) -> V<'a> {
    let items: Vec<Item<'a>> =
        a.elements().into_iter().flatten().chain(b.elements().into_iter().flatten()).collect();
    if !ctx.spend(items.len()) {
        return V::unknown(ctx.exhausted(), Could::PRESENT, place);
    }
    V::new(Data::Items(items.into()), place)
}

/// `-x`
pub(crate) fn negate<'a>(value: &V<'a>) -> V<'a> {
    let data = match &value.data {
        Data::Unknown(unknown) => return V::unknown(unknown.why.derived(), Could::ANYTHING, value.place),
        other => match number(other) {
            Some(Number::Int(whole)) => whole.checked_neg().map_or(Data::Null, Data::Int),
            Some(Number::Float(float)) => Data::Float(-float),
            None => Data::Null,
        },
    };
    V::new(data, value.place)
}

/// `x in list`, and `key in map`. Nothing is in nothing.
pub(crate) fn contained<'a>(ctx: &Ctx<'a>, value: &V<'a>, range: &V<'a>) -> V<'a> {
    match &range.data {
        Data::Null => V::bool(false, range.place),
        // What is known of a name holds of each element of a list of names.
        Data::Unknown(unknown) => {
            let could = if can_be(range, &value.data) { Could::LOGIC } else { Could::FALSE.and(Could::NULL) };
            V::unknown(unknown.why.derived(), could, range.place)
        }
        Data::Map(_) | Data::Entries(_) => match (value.as_unknown(), value.text()) {
            (Some(unknown), _) => V::unknown(unknown.why.derived(), Could::BOOL, value.place),
            (None, Some(key)) => has(range, &key),
            (None, None) => V::bool(false, range.place),
        },
        Data::List(_) | Data::Items(_) => {
            let place = if value.place.span.is_some() { value.place } else { range.place };
            contained_in(ctx, value, range.elements().into_iter().flatten()).value(place)
        }
        _ => V::null(range.place),
    }
}

/// Whether an element equals the value for certain, or could.
pub(crate) fn contained_in<'a>(
    ctx: &Ctx<'a>,
    value: &V<'a>,
    items: impl Iterator<Item = Item<'a>>,
) -> Equal<'a> {
    let mut open: Option<Why<'a>> = None;
    for item in items {
        if !ctx.spend(1) {
            return Equal::Unknown(ctx.exhausted());
        }
        let why = match (equal(ctx, value, &item.value), item.doubt) {
            (Equal::No, _) => continue,
            (Equal::Yes, None) => return Equal::Yes,
            (Equal::Yes, Some(doubt)) => doubt.derived(),
            (Equal::Unknown(why), _) => why,
        };
        open = Some(open.map_or_else(|| why.clone(), |open| open.with(&why)));
    }
    open.map_or(Equal::No, Equal::Unknown)
}

/// `has(x.field)`
pub(crate) fn has<'a>(value: &V<'a>, field: &str) -> V<'a> {
    let selected = value.select(field);
    match &selected.data {
        Data::Null => V::bool(false, selected.place),
        Data::Unknown(unknown) if unknown.could.has(Could::NULL) => {
            V::unknown(unknown.why.derived(), Could::BOOL, selected.place)
        }
        _ => V::bool(true, selected.place),
    }
}

/// `list[position]` and `map[key]`; nothing where there is none.
pub(crate) fn index<'a>(value: &V<'a>, key: &V<'a>) -> V<'a> {
    let unknown = |why: &Why<'a>, place| V::unknown(why.derived(), Could::ANYTHING, place);
    match (&value.data, &key.data) {
        (Data::Null, _) | (_, Data::Null) => V::null(value.place),
        (Data::Unknown(open), _) => unknown(&open.why, value.place),
        (_, Data::Unknown(open)) => unknown(&open.why, key.place),
        (Data::List(_) | Data::Items(_), data) => {
            let Some(Number::Int(position)) = number(data) else { return V::null(value.place) };
            let Ok(position) = usize::try_from(position) else { return V::null(value.place.missing()) };
            element(value, position)
        }
        (Data::Map(_) | Data::Entries(_), _) => {
            key.text().map_or_else(|| V::null(value.place), |key| value.select(&key))
        }
        _ => V::null(value.place),
    }
}

/// Behind an element that may not be there, no position is certain.
fn element<'a>(list: &V<'a>, position: usize) -> V<'a> {
    for (at, item) in list.elements().into_iter().flatten().enumerate() {
        if let Some(doubt) = item.doubt {
            return V::unknown(doubt.derived(), Could::ANYTHING, item.value.place);
        }
        if at == position {
            return item.value;
        }
    }
    V::null(list.place.missing())
}

/// `size(x)`: of a list, a map or text.
pub(crate) fn size<'a>(value: &V<'a>) -> V<'a> {
    let data = match &value.data {
        Data::Unknown(unknown) => {
            return V::unknown(unknown.why.derived(), Could::NULL.and(Could::OTHER), value.place);
        }
        Data::Str(text) => count(text.chars().count()),
        Data::Text(text) => count(text.chars().count()),
        Data::List(_) | Data::Items(_) | Data::Map(_) | Data::Entries(_) => {
            let doubt = value.elements().into_iter().flatten().find_map(|item| item.doubt);
            if let Some(doubt) = doubt {
                return V::unknown(doubt.derived(), Could::OTHER, value.place);
            }
            count(value.elements().into_iter().flatten().count())
        }
        _ => Data::Null,
    };
    V::new(data, value.place)
}

fn count<'a>(count: usize) -> Data<'a> {
    i64::try_from(count).map_or(Data::Null, Data::Int)
}

/// `int(x)`: text and floats cut to whole numbers.
pub(crate) fn int<'a>(value: &V<'a>) -> V<'a> {
    let data = match &value.data {
        Data::Unknown(unknown) => {
            return V::unknown(unknown.why.derived(), Could::NULL.and(Could::OTHER), value.place);
        }
        other => match number(other) {
            Some(Number::Int(whole)) => Data::Int(whole),
            Some(Number::Float(float)) if float.abs() < 9.2e18 => Data::Int(float as i64),
            _ => Data::Null,
        },
    };
    V::new(data, value.place)
}

/// Whether an unknown value is certain to be one text, neither nothing nor a list.
pub(crate) fn is_one_text(value: &V<'_>) -> bool {
    value.partial().is_some() && !value.may_be_null()
}

/// `list(x)`: nothing is an empty list, one thing a list of one.
pub(crate) fn list<'a>(value: V<'a>) -> V<'a> {
    let place = value.place;
    match &value.data {
        Data::Null => V::new(Data::Items(Rc::new([])), place),
        Data::List(_) | Data::Items(_) => value,
        Data::Unknown(unknown) if !is_one_text(&value) => {
            V::unknown(unknown.why.derived(), Could::OTHER, place)
        }
        _ => V::new(Data::Items(Rc::new([Item::certain(value)])), place),
    }
}
