//! Regular expressions, in the syntax of RE2, which that of Rust resembles.

use super::strings::bounded;
use super::{Host, Outcome};
use crate::Val;
use crate::convert::text_of;
use crate::evaluate::MAX_TEXT;
use crate::value::Unknown;
use regex::{Captures, Regex, RegexBuilder};

/// A pattern is at most this long: what it costs to search grows with its length, for each letter of the text. The longest
/// in use, of addresses and names, have some hundred letters.
const MAX_LENGTH: usize = 4096;

/// A compiled pattern takes at most this many bytes.
const MAX_PATTERN: usize = 1024 * 1024;

/// So many pairs of a letter of the text and one of the pattern count as a step: a search goes through all of them where
/// it goes worst, and each match begins another search.
const PAIRS_PER_STEP: u64 = 512;

/// What a search costs even with the shortest pattern, as letters of one.
const LEAST_LENGTH: u64 = 16;

/// `regexall` finds at most this many parts of a text.
const MAX_MATCHES: usize = 100_000;

/// A pattern ready for use, or what a function makes without it: an unknown value if it is well written, as far as we can
/// tell, but needs more than we have.
fn compile(pattern: &str) -> Result<Regex, Outcome> {
    if pattern.len() > MAX_LENGTH {
        let why = "the regular expression is longer than 4 KiB";
        return Err(Ok(Val::unknown(Unknown { present: true, ..Unknown::new(why) })));
    }
    let mut builder = RegexBuilder::new(&translated(pattern));
    builder.size_limit(MAX_PATTERN).dfa_size_limit(MAX_PATTERN);
    let open = |why: &str| Err(Ok(Val::unknown(Unknown { present: true, ..Unknown::new(why) })));
    match builder.build() {
        Ok(compiled) => Ok(compiled),
        Err(regex::Error::CompiledTooBig(_)) => open("the regular expression is too large"),
        Err(_) if pattern.contains("\\p") || pattern.contains("\\P") => {
            open("the regular expression has a class of Unicode characters")
        }
        Err(_) => Err(Err("this is not a regular expression".to_owned())),
    }
}

/// The pattern as Rust reads it: in RE2 classes such as `\d` are of ASCII, `\Q…\E` quotes, and a bracket or brace that
/// has no meaning where it stands is taken as it is.
fn translated(pattern: &str) -> String {
    let mut made = String::new();
    let mut rest = pattern.chars();
    // Whether a class is open, and whether its first letter is still to come.
    let (mut in_class, mut is_first) = (false, false);
    while let Some(letter) = rest.next() {
        let was_first = std::mem::take(&mut is_first);
        match letter {
            '\\' => match rest.next() {
                Some('Q') if !in_class => {
                    let (quoted, behind) = rest.as_str().split_once("\\E").unwrap_or((rest.as_str(), ""));
                    made.push_str(&regex::escape(quoted));
                    rest = behind.chars();
                }
                Some(escaped) => {
                    let is_class = perl(escaped, in_class, &mut made);
                    // Behind a class a hyphen makes no range.
                    if in_class && is_class && rest.as_str().starts_with('-') {
                        rest.next();
                        made.push_str("\\-");
                    }
                }
                None => made.push('\\'),
            },
            '[' if !in_class => {
                made.push('[');
                (in_class, is_first) = (true, true);
                if rest.as_str().starts_with('^') {
                    rest.next();
                    made.push('^');
                }
            }
            '[' if rest.as_str().starts_with(':') && rest.as_str().contains(":]") => {
                let (name, behind) = rest.as_str().split_once(":]").unwrap_or_default();
                made.push('[');
                made.push_str(name);
                made.push_str(":]");
                rest = behind.chars();
            }
            '[' | '&' | '~' if in_class => made.extend(['\\', letter]),
            ']' if in_class && was_first => made.push_str("\\]"),
            ']' if in_class => {
                in_class = false;
                made.push(']');
            }
            '{' if !in_class && !repeats(rest.as_str()) => made.push_str("\\{"),
            other => made.push(other),
        }
    }
    made
}

/// Writes an escaped letter; true if it stands for a class.
fn perl(escaped: char, in_class: bool, made: &mut String) -> bool {
    let class = match escaped {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        'w' => "[0-9A-Za-z_]",
        'W' => "[^0-9A-Za-z_]",
        's' => "[\\t\\n\\f\\r ]",
        'S' => "[^\\t\\n\\f\\r ]",
        'b' if !in_class => "(?-u:\\b)",
        'B' if !in_class => "(?-u:\\B)",
        // In Rust these two are the ends of words.
        '<' => "<",
        '>' => ">",
        other => {
            made.extend(['\\', other]);
            return false;
        }
    };
    made.push_str(class);
    class.starts_with('[')
}

/// Whether a brace before this begins a repetition.
fn repeats(text: &str) -> bool {
    let Some((inner, _)) = text.split_once('}') else { return false };
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && is_number(least) && is_number(most)
}

/// Charges for a search of as much text as is left.
fn charge(pattern: &Regex, left: usize, host: &Host<'_>) -> Result<(), String> {
    let steps = (pattern.as_str().len() as u64 + LEAST_LENGTH).saturating_mul(left as u64) / PAIRS_PER_STEP;
    if (host.spend)(steps) { Ok(()) } else { Err("the search takes too long".to_owned()) }
}

pub(super) fn regex(arguments: &[Val], host: &Host<'_>) -> Outcome {
    let pattern = match compile(&text_of(&arguments[0])?) {
        Ok(pattern) => pattern,
        Err(outcome) => return outcome,
    };
    mixes(&pattern)?;
    let text = text_of(&arguments[1])?;
    charge(&pattern, text.len(), host)?;
    let found = pattern.captures(&text).ok_or("the pattern matches nothing in the text")?;
    Ok(parts(&pattern, &found))
}

pub(super) fn regexall(arguments: &[Val], host: &Host<'_>) -> Outcome {
    let pattern = match compile(&text_of(&arguments[0])?) {
        Ok(pattern) => pattern,
        Err(outcome) => return outcome,
    };
    mixes(&pattern)?;
    let text = text_of(&arguments[1])?;
    let mut made = Vec::new();
    charge(&pattern, text.len(), host)?;
    // Rust finds nothing where the last match ended, Go does neither.
    for found in pattern.captures_iter(&text) {
        if made.len() == MAX_MATCHES {
            return Err(format!("more than {MAX_MATCHES} matches"));
        }
        charge(&pattern, text.len() - found.get(0).map_or(0, |whole| whole.end()), host)?;
        made.push(parts(&pattern, &found));
    }
    Ok(Val::list(made))
}

/// Refuses groups of which some have names and others have none.
fn mixes(pattern: &Regex) -> Result<(), String> {
    let named = pattern.capture_names().skip(1).filter(Option::is_some).count();
    if named > 0 && named + 1 != pattern.captures_len() {
        return Err("either all groups have names or none has".to_owned());
    }
    Ok(())
}

/// The text that matched; a tuple if there are groups, an object if these have names.
fn parts(pattern: &Regex, found: &Captures<'_>) -> Val {
    let part = |at: usize| found.get(at).map_or_else(Val::null, |part| Val::string(part.as_str()));
    if pattern.captures_len() == 1 {
        return part(0);
    }
    let names: Vec<Option<&str>> = pattern.capture_names().collect();
    if names.iter().flatten().next().is_some() {
        let entry = |(at, name): (usize, &Option<&str>)| name.map(|name| (name.into(), part(at)));
        return Val::object(names.iter().enumerate().filter_map(entry).collect());
    }
    Val::tuple((1..pattern.captures_len()).map(part).collect())
}

/// Replaces what the pattern matches; in the replacement `$1`, `$name` and `${name}` stand for groups.
pub(super) fn replace(text: &str, pattern: &str, with: &str, host: &Host<'_>) -> Outcome {
    let pattern = match compile(pattern) {
        Ok(pattern) => pattern,
        Err(outcome) => return outcome,
    };
    let mut made = String::new();
    let mut end = 0;
    charge(&pattern, text.len(), host)?;
    for found in pattern.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        made.push_str(text.get(end..whole.start()).unwrap_or_default());
        // One match can fill no more than a replacement full of groups, which is bounded before it is written.
        bounded(
            made.len() + (with.len() / 2 + 1).min(groups(with)).saturating_mul(whole.len()) + with.len(),
        )?;
        found.expand(with, &mut made);
        end = whole.end();
        charge(&pattern, text.len() - end, host)?;
    }
    made.push_str(text.get(end..).unwrap_or_default());
    if made.len() > MAX_TEXT {
        bounded(made.len())?;
    }
    Ok(Val::string(made))
}

/// How often a replacement may refer to a group.
fn groups(with: &str) -> usize {
    with.matches('$').count()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, s};

    #[test]
    fn first() {
        check("regex", &[s("[a-z]+"), s("123abc")], r#""abc""#);
        check("regex", &[s(r"(\d+)-(\d+)"), s("12-34")], r#"["12","34"]"#);
        check("regex", &[s(r"(?P<a>\d+)-(?P<b>x)?"), s("12-")], r#"{"a":"12","b":null}"#);
        check("regex", &[s(r"(?P<a>\d+)-(\d+)"), s("12-34")], "ERROR");
        check("regex", &[s("x"), s("a")], "ERROR");
        check("regex", &[s("["), s("a")], "ERROR");
        check("regex", &[s("((((a{100}){100}){100}){100})"), s("a")], "UNKNOWN");
    }

    #[test]
    fn what_a_search_costs_is_bounded() {
        let long = "(a|b|c)".repeat(30_000);
        check("regexall", &[s(&long), s(&"abc".repeat(10_000))], "UNKNOWN");
        check("replace", &[s(&"abc".repeat(10_000)), s(&format!("/{long}/")), s("")], "UNKNOWN");
        // Each match begins another search, which may go to the end of the text.
        let left = std::cell::Cell::new(1_000_000_u64);
        let spend = |steps: u64| {
            left.set(left.get().saturating_sub(steps));
            left.get() > 0
        };
        let template = |_: &str, _: &crate::Val| Err(String::new());
        let host = super::Host { files: None, template: &template, spend: &spend };
        let text = s(&"A".repeat(1_000_000));
        assert!(super::regexall(&[s(".*[^A-Z]|[A-Z]"), text], &host).is_err());
        assert!(super::regexall(&[s("[A-Z]"), s(&"A".repeat(100))], &host).is_err(), "nothing is left");
    }

    #[test]
    fn as_in_re2() {
        check("regex", &[s("[[]"), s("[")], r#""[""#);
        check("regex", &[s(r"\<a"), s("<a")], r#""\u003ca""#);
        check("regex", &[s("{a"), s("{a")], r#""{a""#);
        check("regex", &[s(r"[\w-.]+"), s("a-.")], r#""a-.""#);
        check("regex", &[s(r"\d"), s("٣")], "ERROR");
        check("regex", &[s(r"\Qa.b\E+"), s("a.bb")], r#""a.bb""#);
        check("regex", &[s("[a&&b]+"), s("a&b")], r#""a\u0026b""#);
        check("regex", &[s("[^[:alpha:]]+"), s("ab12")], r#""12""#);
        check("regex", &[s("[]a]+"), s("b]a")], r#""]a""#);
        check("regexall", &[s(r"\b\w"), s("héllo")], r#"["h","l"]"#);
        check("regex", &[s(r"\p{L}+"), s("1é")], "UNKNOWN");
    }

    #[test]
    fn all() {
        check("regexall", &[s("[a-z]"), s("a1b")], r#"["a","b"]"#);
        check("regexall", &[s("(a)(b)?"), s("abac")], r#"[["a","b"],["a",null]]"#);
        check("regexall", &[s("a*"), s("baac")], r#"["","aa",""]"#);
        check("regexall", &[s(""), s("ab")], r#"["","",""]"#);
    }
}
