//! What is assigned to a name within a text: `export DB_PASSWORD=…`, `"password": "…"`, `--password …`.

use crate::Examples;
use crate::chars::{is_quote, is_word};
use crate::names::{Grade, grade};
use crate::written::is_secret;
use std::ops::Range;

/// Words that a name of a secret ends with. What is longer is told by the name as a whole.
pub(crate) const WORDS: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pass",
    "pwd",
    "secret",
    "token",
    "key",
    "identified by",
    "bearer ",
    "chpasswd",
];

/// The longest name.
const MAX_NAME: usize = 96;
/// How much white space may stand beside a sign.
const MAX_SPACE: usize = 16;
/// How far the value of an entry of names and values may be from its name.
const MAX_BETWEEN: usize = 64;
/// The longest value that is looked at.
const MAX_VALUE: usize = 512;

/// What the word at a place leads to.
pub(crate) fn value(
    text: &str,
    word: Range<usize>,
    examples: Examples,
) -> Option<(&'static str, Range<usize>)> {
    match text.get(word.clone())? {
        word_of if word_of.eq_ignore_ascii_case("identified by") => quoted(text, word.end)
            .filter(|range| secret(text, range, Grade::Password, examples))
            .map(|range| (kind(Grade::Password), range)),
        word_of if word_of.eq_ignore_ascii_case("bearer ") => bearer(text, word.end, examples),
        word_of if word_of.eq_ignore_ascii_case("chpasswd") => piped(text, word.start, examples),
        _ => of_name(text, word, examples),
    }
}

/// The id of what is told by its name.
pub(crate) const fn kind(grade: Grade) -> &'static str {
    match grade {
        Grade::Password => "password",
        Grade::Secret => crate::SECRET,
        Grade::Token => "token",
    }
}

fn secret(text: &str, range: &Range<usize>, grade: Grade, examples: Examples) -> bool {
    text.get(range.clone()).is_some_and(|value| is_secret(grade, value, examples))
}

fn of_name(text: &str, word: Range<usize>, examples: Examples) -> Option<(&'static str, Range<usize>)> {
    let bytes = text.as_bytes();
    let is_name = |byte: u8| is_word(byte) || byte == b'.';
    let before =
        bytes.get(..word.start)?.iter().rev().take(MAX_NAME).take_while(|byte| is_name(**byte)).count();
    let after = bytes.get(word.end..)?.iter().take(MAX_NAME).take_while(|byte| is_name(**byte)).count();
    let name = word.start - before..word.end + after;
    let grade = grade(text.get(name.clone())?)?;
    let lead = name.start.checked_sub(1).and_then(|at| bytes.get(at));
    // `$PASSWORD` and `${PASSWORD}` are uses of a name.
    if matches!(lead, Some(b'$')) || text.get(..name.start)?.ends_with("${") {
        return None;
    }
    let flag = text.get(name.clone())?.starts_with("--") && grade == Grade::Password;
    let element = lead == Some(&b'<') && bytes.get(name.end) == Some(&b'>');
    let range = if element { until(text, name.end + 1, b'<') } else { behind(text, name.end, flag) }?;
    (secret(text, &range, grade, examples) && !is_looked_up(text, &range)).then_some((kind(grade), range))
}

/// Whether a variable's type says that its value names a secret that is kept elsewhere, as CodeBuild has it.
fn is_looked_up(text: &str, value: &Range<usize>) -> bool {
    let end = text.ceil_char_boundary((value.end + MAX_NAME).min(text.len()));
    let start = text.floor_char_boundary(value.start.saturating_sub(MAX_NAME));
    let after = text.get(value.end..end).and_then(|text| text.split(['}', ']']).next());
    let before = text.get(start..value.start).and_then(|text| text.rsplit(['{', '[']).next());
    let types = ["PARAMETER_STORE", "SECRETS_MANAGER"];
    types.iter().any(|kind| before.into_iter().chain(after).any(|text| text.contains(kind)))
}

/// What is assigned by the sign behind a name.
fn behind(text: &str, name_end: usize, flag: bool) -> Option<Range<usize>> {
    let at = skip_quote(text, name_end);
    let sign = skip_space(text, at);
    if let Some(end) = equals(text, sign) {
        return right_of(text, sign, end);
    }
    if flag && sign == at + 1 && !text.get(sign..)?.starts_with('-') {
        return quoted(text, sign).or_else(|| word(text, sign));
    }
    let sign = entry_value(text, at)?;
    right_of(text, sign, equals(text, sign)?)
}

/// The end of the sign that assigns, where it stands here.
fn equals(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at..)? {
        [b':', b'=', ..] | [b'=', b'>', ..] => Some(at + 2),
        [b'=', b'=', ..] | [b':', b':', ..] => None,
        [b'=' | b':', ..] => Some(at + 1),
        _ => None,
    }
}

/// The sign behind `Value`, in an entry that has a name and a value.
fn entry_value(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let between = |byte: &u8| byte.is_ascii_whitespace() || is_quote(*byte) || matches!(byte, b',' | b'\\');
    let start = from + bytes.get(from..)?.iter().take(MAX_BETWEEN).take_while(|byte| between(byte)).count();
    let names = ["value", "ParameterValue", "default"];
    let name = names
        .iter()
        .find(|name| text.get(start..start + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name)))?;
    let end = skip_space(text, skip_quote(text, start + name.len()));
    (start > from).then_some(end)
}

fn right_of(text: &str, sign: usize, end: usize) -> Option<Range<usize>> {
    let start = skip_space(text, end);
    if let Some(range) = quoted(text, start) {
        return Some(range);
    }
    let mut range = word(text, start)?;
    let mut value = text.get(range.clone())?;
    if let Some(end) = value.find('}').filter(|_| !value.contains('{')) {
        // It ends what a flow began, or `{{resolve:…:password}}`.
        if value[end..].starts_with("}}") && is_within_reference(text, sign) {
            return None;
        }
        range.end = range.start + end;
        value = &value[..end];
    }
    let next = text.as_bytes().get(range.end);
    // In prose and in code no value follows, but more words, a name, or a call.
    let rest = text.get(range.end..)?.split('\n').next().unwrap_or_default();
    let alone = rest.trim().trim_matches(['\\', '"', '\'', ',', '}', ']']).is_empty();
    let colon = text.as_bytes().get(sign) == Some(&b':');
    let code = start > end && is_code(value) && !colon || matches!(next, Some(b'(' | b'['));
    ((alone || !colon) && !code && !value.contains(['(', ')', '[', '{'])).then_some(range)
}

/// Whether `{{` stands open before a place on its line.
fn is_within_reference(text: &str, at: usize) -> bool {
    let from = text.ceil_char_boundary(at.saturating_sub(MAX_VALUE));
    let line = text.get(from..at).map_or("", |before| before.rsplit('\n').next().unwrap_or_default());
    line.rfind("{{").is_some_and(|open| !line[open..].contains("}}"))
}

/// Whether it may be a name of a program: `self.password`.
fn is_code(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.'))
}

fn skip_space(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    from + rest.iter().take(MAX_SPACE).take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Behind a quote, which may be escaped.
fn skip_quote(text: &str, from: usize) -> usize {
    quote(text, from).map_or(from, |(end, _)| end)
}

/// A quote, any number of times escaped: where it ends, and which it is.
fn quote(text: &str, from: usize) -> Option<(usize, u8)> {
    let bytes = text.as_bytes();
    let escapes = bytes.get(from..)?.iter().take(MAX_SPACE).take_while(|byte| **byte == b'\\').count();
    let quote = *bytes.get(from + escapes)?;
    is_quote(quote).then_some((from + escapes + 1, quote))
}

/// What stands between quotes.
fn quoted(text: &str, from: usize) -> Option<Range<usize>> {
    let from = skip_space(text, from);
    let (start, quote) = quote(text, from)?;
    let range = until(text, start, quote)?;
    // The quote may be escaped as its like was.
    let escapes = text.get(range.clone())?.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let opened = start - 1 - from;
    Some(range.start..range.end - escapes.min(opened))
}

/// What stands before the next of a sign on the same line.
fn until(text: &str, start: usize, sign: u8) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(start..)?;
    let length = rest.iter().take(MAX_VALUE).position(|byte| *byte == sign || *byte == b'\n')?;
    (rest[length] == sign).then_some(start..start + length)
}

/// What stands before the next white space or sign of a shell.
fn word(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(start..)?;
    let ends = |byte: &u8| {
        byte.is_ascii_whitespace()
            || matches!(byte, b'"' | b'\'' | b'`' | b';' | b'&' | b'|' | b',' | b'<' | b'>')
    };
    let length = rest.iter().take(MAX_VALUE).position(ends).unwrap_or(rest.len().min(MAX_VALUE));
    let end = text.floor_char_boundary(start + length);
    let value = text.get(start..end)?;
    let end = start + value.strip_suffix("\\n").or_else(|| value.strip_suffix('\\')).unwrap_or(value).len();
    (end > start).then_some(start..end)
}

/// A token in a header.
fn bearer(text: &str, at: usize, examples: Examples) -> Option<(&'static str, Range<usize>)> {
    let range = word(text, at)?;
    let value = text.get(range.clone())?;
    let token = value.len() >= 20
        && value.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'~' | b'+' | b'/' | b'='));
    (token && secret(text, &range, Grade::Token, examples)).then_some((kind(Grade::Token), range))
}

/// How far before `chpasswd` its input may stand.
const MAX_PIPED: usize = 160;

/// The password in `echo 'user:…' | chpasswd`.
fn piped(text: &str, at: usize, examples: Examples) -> Option<(&'static str, Range<usize>)> {
    let from = text.ceil_char_boundary(at.saturating_sub(MAX_PIPED));
    let before = text.get(from..at)?;
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let pipe = before.rfind('|').filter(|pipe| *pipe > line)?;
    let input = before.get(line..pipe)?.trim_end().trim_end_matches(['"', '\'']);
    let colon = input.rfind(':')?;
    let start = from + line + colon + 1;
    let range = start..from + line + input.len();
    secret(text, &range, Grade::Password, examples).then_some((kind(Grade::Password), range))
}
