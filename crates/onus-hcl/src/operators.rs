//! Operators and indexing.

use crate::convert::{number_of, text_of, truth_of};
use crate::functions::collect;
use crate::value::Unknown;
use crate::{Data, Number, Type, Val};
use hcl_edit::expr::{BinaryOperator, UnaryOperator};

/// What one operand decides alone: `false && …` and `true || …`.
pub(crate) fn decided(operator: BinaryOperator, operand: &Val) -> Option<Val> {
    let decides = match operator {
        BinaryOperator::And => false,
        BinaryOperator::Or => true,
        _ => return None,
    };
    let truth = truth_of(operand).ok()?;
    (truth == decides).then(|| Val::bool(decides).marked(operand.sensitive))
}

pub(crate) fn unary(operator: UnaryOperator, operand: &Val) -> Result<Val, String> {
    if let Some(unknown) = operand.as_unknown() {
        let kind = if operator == UnaryOperator::Neg { Type::Number } else { Type::Bool };
        return Ok(Val::unknown(Unknown::of([unknown], true).typed(kind)).marked(operand.sensitive));
    }
    let made = match operator {
        UnaryOperator::Neg => Val::number(number_of(operand)?.negated()),
        UnaryOperator::Not => Val::bool(!truth_of(operand)?),
    };
    Ok(made.marked(operand.sensitive))
}

pub(crate) fn binary(operator: BinaryOperator, left: &Val, right: &Val) -> Result<Val, String> {
    let sensitive = left.has_sensitive() || right.has_sensitive();
    let made = match operator {
        BinaryOperator::Eq | BinaryOperator::NotEq => {
            let wanted = operator == BinaryOperator::Eq;
            equal(left, right).map(|same| Val::bool(same == wanted))
        }
        BinaryOperator::And | BinaryOperator::Or => {
            // The left side did not decide, so the right side does, if it can.
            let left_known = left.as_unknown().is_none();
            if left_known {
                truth_of(left)?;
            }
            match decided(operator, right) {
                Some(decided) => Some(decided),
                None if right.as_unknown().is_some() => None,
                None => {
                    let truth = truth_of(right)?;
                    left_known.then(|| Val::bool(truth))
                }
            }
        }
        _ => arithmetic(operator, left, right)?,
    };
    let made = made.unwrap_or_else(|| {
        let mut all = Vec::new();
        collect(left, &mut all);
        collect(right, &mut all);
        Val::unknown(Unknown::of(all, true).typed(gives(operator)))
    });
    Ok(made.marked(sensitive))
}

const fn gives(operator: BinaryOperator) -> Type {
    match operator {
        BinaryOperator::Plus
        | BinaryOperator::Minus
        | BinaryOperator::Mul
        | BinaryOperator::Div
        | BinaryOperator::Mod => Type::Number,
        _ => Type::Bool,
    }
}

/// None where an operand is unknown.
fn arithmetic(operator: BinaryOperator, left: &Val, right: &Val) -> Result<Option<Val>, String> {
    let known =
        |value: &Val| if value.as_unknown().is_some() { Ok(None) } else { number_of(value).map(Some) };
    let (Some(left), Some(right)) = (known(left)?, known(right)?) else { return Ok(None) };
    let number =
        |made: Option<Number>| made.map(Val::number).ok_or_else(|| "the number is too large".to_owned());
    let quotient = |made: Option<Number>| {
        if right.is_zero() { Err("division by zero".to_owned()) } else { number(made) }
    };
    let made = match operator {
        BinaryOperator::Plus => number(left.plus(&right))?,
        BinaryOperator::Minus => number(left.minus(&right))?,
        BinaryOperator::Mul => number(left.times(&right))?,
        BinaryOperator::Div => quotient(left.over(&right))?,
        BinaryOperator::Mod => quotient(left.modulo(&right))?,
        BinaryOperator::Less => Val::bool(left < right),
        BinaryOperator::LessEq => Val::bool(left <= right),
        BinaryOperator::Greater => Val::bool(left > right),
        BinaryOperator::GreaterEq => Val::bool(left >= right),
        BinaryOperator::Eq | BinaryOperator::NotEq | BinaryOperator::And | BinaryOperator::Or => {
            return Err("not an operator of numbers".to_owned());
        }
    };
    Ok(Some(made))
}

/// Whether what is not known is certain to be another value than this.
fn differs(unknown: &Unknown, known: &Val) -> bool {
    match (&unknown.prefix, known.as_str()) {
        (Some(prefix), Some(text)) => !text.starts_with(&**prefix),
        _ => known.is_null() && unknown.present,
    }
}

/// Whether two values are equal; none where what is unknown decides it.
pub(crate) fn equal(left: &Val, right: &Val) -> Option<bool> {
    match (left.as_unknown(), right.as_unknown()) {
        (Some(unknown), None) => return differs(unknown, right).then_some(false),
        (None, Some(unknown)) => return differs(unknown, left).then_some(false),
        (Some(_), Some(_)) => return None,
        (None, None) => {}
    }
    let all = |pairs: &mut dyn Iterator<Item = (&Val, &Val)>| {
        let mut same = Some(true);
        for (a, b) in pairs {
            match equal(a, b) {
                Some(false) => return Some(false),
                Some(true) => {}
                None => same = None,
            }
        }
        same
    };
    match (&left.data, &right.data) {
        (Data::Tuple(a), Data::Tuple(b)) | (Data::List(a), Data::List(b)) => {
            if a.len() == b.len() {
                all(&mut a.iter().zip(b.iter()))
            } else {
                Some(false)
            }
        }
        (Data::Set(a), Data::Set(b)) => {
            if left.has_unknown() || right.has_unknown() {
                None
            } else {
                Some(a == b)
            }
        }
        (Data::Object(a), Data::Object(b)) | (Data::Map(a), Data::Map(b)) => {
            if a.len() == b.len() && a.keys().eq(b.keys()) {
                all(&mut a.values().zip(b.values()))
            } else {
                Some(false)
            }
        }
        _ => Some(left == right),
    }
}

/// The element that an index or key names.
pub(crate) fn index(value: &Val, index: &Val) -> Result<Val, String> {
    let sensitive = value.sensitive || index.sensitive;
    let open = |all: &[&Unknown]| {
        let made = Unknown { kind: Type::Any, ..Unknown::of(all.iter().copied(), false) };
        Val::unknown(made).marked(sensitive)
    };
    if let Data::Instance(instance) = &value.data
        && let Some(name) = index.as_str()
    {
        return Ok(instance.attribute(name).marked(sensitive));
    }
    if let (Some(unknown), _) | (None, Some(unknown)) = (value.as_unknown(), index.as_unknown()) {
        let mut all = vec![unknown];
        // What the index leaves open may be any of the elements.
        value.elements().into_iter().flatten().for_each(|element| collect(element, &mut all));
        value.entries().into_iter().flatten().for_each(|(_, element)| collect(element, &mut all));
        return Ok(open(&all));
    }
    let found = match &value.data {
        Data::Tuple(all) | Data::List(all) => {
            let at = number_of(index)?.as_usize().ok_or("the index is not a whole number from 0 on")?;
            all.get(at).ok_or("the index is past the end")?
        }
        Data::Object(all) | Data::Map(all) => {
            let key = text_of(index)?;
            all.get(&key).ok_or_else(|| format!("there is no element `{key}`"))?
        }
        _ => return Err(format!("a {} has no elements to index", value.kind())),
    };
    Ok(found.clone().marked(sensitive))
}
