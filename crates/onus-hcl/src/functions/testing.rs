//! What the tests of functions share.

use super::{Host, call, find};
use crate::value::Unknown;
use crate::{Number, Val, from_json, to_json};

/// Calls a function by its name.
pub(super) fn run(name: &str, arguments: &[Val]) -> Result<Val, String> {
    let template = |text: &str, _: &Val| Ok(Val::string(text));
    let function = find(name).unwrap_or_else(|| panic!("no function `{name}`"));
    call(function, arguments, &Host { files: None, template: &template, spend: &|_| true })
}

/// Checks what a function makes, as JSON; `ERROR` where it refuses, `UNKNOWN` where that is not known.
#[track_caller]
pub(super) fn check(name: &str, arguments: &[Val], expected: &str) {
    let made = match run(name, arguments) {
        Ok(value) if value.as_unknown().is_some() => "UNKNOWN".to_owned(),
        Ok(value) => to_json(&value).unwrap_or_else(|_| "PARTLY".to_owned()),
        Err(_) => "ERROR".to_owned(),
    };
    assert_eq!(made, expected, "{name}({arguments:?})");
}

/// A value from its JSON: tuples and objects.
pub(super) fn j(json: &str) -> Val {
    from_json(json).unwrap()
}

pub(super) fn n(text: &str) -> Val {
    Val::number(Number::parse(text).unwrap())
}

pub(super) fn s(text: &str) -> Val {
    Val::string(text)
}

pub(super) fn unknown() -> Val {
    Val::unknown(Unknown::new("not known in a test"))
}
