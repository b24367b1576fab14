//! Functions on text.

use crate::value::{Could, Data, V};
use onus_model::{Names, PartialText, Piece, Unknown};
use regex::{Regex, RegexBuilder};

/// Compiled patterns of checks have some kilobytes; a repetition of repetitions would have gigabytes.
const MAX_PATTERN_SIZE: usize = 1 << 20;

/// The functions of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextTest {
    StartsWith,
    EndsWith,
    Contains,
}

/// A pattern, or why it is none.
pub(crate) fn compile_pattern(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).size_limit(MAX_PATTERN_SIZE).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too big".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default().trim();
            last.strip_prefix("error: ").unwrap_or(last).to_owned()
        }
    })
}

/// A test on the text of a scalar; nothing where it has none.
pub(crate) fn test<'a>(value: &V<'a>, holds: impl FnOnce(&str) -> bool) -> V<'a> {
    if let Data::Unknown(unknown) = &value.data {
        return V::unknown(unknown.why.derived(), Could::LOGIC, value.place);
    }
    match value.text() {
        Some(text) => V::bool(holds(&text), value.place),
        None => V::null(value.place),
    }
}

/// `x.startsWith(y)` and its kin.
pub(crate) fn compare<'a>(kind: TextTest, value: &V<'a>, other: &V<'a>) -> V<'a> {
    if let Data::Unknown(unknown) = &other.data {
        let hopeless = !matches!(value.data, Data::Unknown(_)) && value.text().is_none();
        return if hopeless {
            V::null(value.place)
        } else {
            let why =
                value.as_unknown().map_or_else(|| unknown.why.derived(), |own| own.why.with(&unknown.why));
            V::unknown(why, Could::LOGIC, value.place.or(other.place))
        };
    }
    let Some(other) = other.text() else { return V::null(value.place.or(other.place)) };
    if let Some(holds) = value.source().and_then(|source| decide(kind, source, &other)) {
        return match value.as_unknown() {
            Some(unknown) if value.may_be_null() => {
                let could = if holds { Could::TRUE } else { Could::FALSE };
                V::unknown(unknown.why.derived(), could.and(Could::NULL), value.place)
            }
            _ => V::bool(holds, value.place),
        };
    }
    test(value, |text| match kind {
        TextTest::StartsWith => text.starts_with(&*other),
        TextTest::EndsWith => text.ends_with(&*other),
        TextTest::Contains => text.contains(&*other),
    })
}

/// What is known of a text says, where it says it for certain.
fn decide(kind: TextTest, source: &Unknown, other: &str) -> Option<bool> {
    let partial = source.text.as_ref();
    let (prefix, suffix) = partial.map_or(("", ""), |partial| (partial.prefix(), partial.suffix()));
    match kind {
        _ if partial.is_none() && other.is_empty() => None,
        TextTest::StartsWith if prefix.starts_with(other) => Some(true),
        TextTest::StartsWith => (!source.could_begin_with(other)).then_some(false),
        TextTest::EndsWith if suffix.ends_with(other) => Some(true),
        TextTest::EndsWith => (!other.ends_with(suffix) || !source.could_hold(other)).then_some(false),
        TextTest::Contains if other.is_empty() || partial.is_some_and(|partial| partial.contains(other)) => {
            Some(true)
        }
        TextTest::Contains => (!source.could_hold(other)).then_some(false),
    }
}

/// `x.lowerAscii()`
pub(crate) fn lower<'a>(value: V<'a>) -> V<'a> {
    match &value.data {
        Data::Unknown(unknown) => V::unknown(unknown.why.derived(), Could::ANYTHING, value.place),
        Data::Str(text) if !text.bytes().any(|byte| byte.is_ascii_uppercase()) => value,
        _ => match value.text() {
            Some(text) => V::new(Data::Text(text.to_ascii_lowercase().into()), value.place),
            None => V::null(value.place),
        },
    }
}

/// How a secret or parameter is named that CloudFormation looks up at deployment.
const LOOKUP: &str = "{{resolve:";

/// `written(x)`: whether a value stands in the code, readable for all who read that. What is looked up or handed over at deployment
/// does not, and nothing does not either.
pub(crate) fn written<'a>(value: &V<'a>) -> V<'a> {
    let place = value.place;
    let Data::Unknown(unknown) = &value.data else {
        let holds = !matches!(value.data, Data::Null)
            && value.text().is_none_or(|text| !text.is_empty() && !text.starts_with(LOOKUP));
        return V::bool(holds, place);
    };
    let is_secret = |unknown: &Unknown| unknown.names == Names::Secret;
    let has_secret = |text: &PartialText| {
        text.pieces().iter().any(|piece| matches!(piece, Piece::Open(open) if is_secret(open)))
    };
    match value.source() {
        Some(source) if source.names == Names::Written => V::bool(true, place),
        Some(source) if is_secret(source) || source.text.as_ref().is_some_and(has_secret) => {
            V::bool(false, place)
        }
        _ => V::unknown(unknown.why.derived(), Could::BOOL, place),
    }
}
