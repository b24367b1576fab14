//! Text. What `format` does has a file of its own.

use super::{Function, Host, Outcome, Takes, collect, format, patterns};
use crate::convert::{number_of, text_of};
use crate::evaluate::MAX_TEXT;
use crate::pieces::Pieced;
use crate::value::Unknown;
use crate::{Data, Type, Val};
use unicode_segmentation::UnicodeSegmentation as _;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::of("chomp", 1, Some(1), Takes::Known, chomp),
    Function::of("endswith", 2, Some(2), Takes::Known, endswith),
    Function::of("format", 1, None, Takes::Anything, format::format),
    Function::of("formatlist", 1, None, Takes::Nulls, format::formatlist),
    Function::of("indent", 2, Some(2), Takes::Known, indent),
    Function::of("join", 2, None, Takes::Anything, join),
    Function::of("lower", 1, Some(1), Takes::Known, lower),
    Function::of("regex", 2, Some(2), Takes::Known, patterns::regex),
    Function::of("regexall", 2, Some(2), Takes::Known, patterns::regexall),
    Function::of("replace", 3, Some(3), Takes::Known, replace),
    Function::of("split", 2, Some(2), Takes::Known, split),
    Function::of("startswith", 2, Some(2), Takes::Anything, startswith),
    Function::of("strcontains", 2, Some(2), Takes::Known, strcontains),
    Function::of("strrev", 1, Some(1), Takes::Known, strrev),
    Function::of("substr", 3, Some(3), Takes::Known, substr),
    Function::of("templatestring", 2, Some(2), Takes::Known, templatestring),
    Function::of("title", 1, Some(1), Takes::Known, title),
    Function::of("trim", 2, Some(2), Takes::Known, trim),
    Function::of("trimprefix", 2, Some(2), Takes::Known, trimprefix),
    Function::of("trimspace", 1, Some(1), Takes::Known, trimspace),
    Function::of("trimsuffix", 2, Some(2), Takes::Known, trimsuffix),
    Function::of("upper", 1, Some(1), Takes::Known, upper),
];

/// Refuses a text that would become too long.
pub(super) fn bounded(length: usize) -> Result<(), String> {
    if length > MAX_TEXT { Err(format!("the text would be longer than {MAX_TEXT} bytes")) } else { Ok(()) }
}

/// Refuses a value that would be too long when it is written out: what it shares is written each time.
pub(super) fn writable(value: &Val) -> Result<(), String> {
    fn weigh(value: &Val, left: &mut usize) -> Option<()> {
        let own = value.as_str().map_or(1, |text| text.len() + 1);
        *left = left.checked_sub(own)?;
        for (key, part) in value.entries().into_iter().flatten() {
            *left = left.checked_sub(key.len())?;
            weigh(part, left)?;
        }
        value.elements().unwrap_or_default().iter().try_for_each(|part| weigh(part, left))
    }
    weigh(value, &mut MAX_TEXT.clone())
        .ok_or_else(|| format!("the text would be longer than {MAX_TEXT} bytes"))
}

fn chomp(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::string(text_of(&arguments[0])?.trim_end_matches(['\r', '\n'])))
}

fn startswith(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (text, start) = (&arguments[0], &arguments[1]);
    let sensitive = text.sensitive || start.sensitive;
    let open =
        |because: &[&Unknown]| Val::unknown(Unknown::of(because.iter().copied(), true).typed(Type::Bool));
    let made = match (text.as_unknown(), start.as_unknown()) {
        (None, None) => Val::bool(text_of(text)?.starts_with(&*text_of(start)?)),
        (Some(unknown), None) => {
            let (prefix, start) = (unknown.prefix.as_deref().unwrap_or_default(), text_of(start)?);
            // As far as Terraform goes: it compares with all of the prefix, or not at all.
            if prefix.len() >= start.len() {
                Val::bool(prefix.starts_with(&*start))
            } else {
                open(&[unknown])
            }
        }
        (text, start) => open(&text.into_iter().chain(start).collect::<Vec<_>>()),
    };
    Ok(made.marked(sensitive))
}

fn endswith(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::bool(text_of(&arguments[0])?.ends_with(&*text_of(&arguments[1])?)))
}

fn strcontains(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::bool(text_of(&arguments[0])?.contains(&*text_of(&arguments[1])?)))
}

fn indent(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let spaces =
        number_of(&arguments[0])?.as_usize().ok_or("a whole number of spaces is required, not negative")?;
    let text = text_of(&arguments[1])?;
    let lines = text.matches('\n').count();
    bounded(lines.saturating_mul(spaces).saturating_add(text.len()))?;
    // The first line stays, since it stands behind what is there already.
    Ok(Val::string(if lines == 0 {
        text.to_string()
    } else {
        text.replace('\n', &format!("\n{}", " ".repeat(spaces)))
    }))
}

fn join(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let sensitive = arguments.iter().any(Val::has_sensitive);
    if let Some(at) = arguments.iter().position(Val::is_null) {
        return Err(format!("argument {} of `join` is null", at + 1));
    }
    if arguments.iter().any(Val::has_unknown) {
        return Ok(joined_in_part(arguments).marked(sensitive));
    }
    let separator = text_of(&arguments[0])?;
    let mut made = String::new();
    let mut is_first = true;
    for list in &arguments[1..] {
        let all = list.elements().ok_or_else(|| format!("a list is required, not a {}", list.kind()))?;
        for element in all {
            let text = text_of(element)?;
            bounded(made.len() + separator.len() + text.len())?;
            if !is_first {
                made.push_str(&separator);
            }
            is_first = false;
            made.push_str(&text);
        }
    }
    Ok(Val::string(made).marked(sensitive))
}

/// What is joined of elements that are not all known: to Terraform unknown, to us a text with known pieces, unless it is
/// not known how many elements there are.
fn joined_in_part(arguments: &[Val]) -> Val {
    let mut all = Vec::new();
    arguments.iter().for_each(|argument| collect(argument, &mut all));
    let unknown = Unknown::of(all, true).typed(Type::String);
    let is_set = |list: &Val| matches!(list.data, Data::Set(_));
    let lists: Option<Vec<&[Val]>> =
        arguments[1..].iter().map(|list| list.elements().filter(|_| !is_set(list))).collect();
    let (Some(lists), Some(separator)) = (lists, arguments[0].as_str()) else { return Val::unknown(unknown) };
    let mut pieces = Pieced::default();
    for (at, element) in lists.into_iter().flatten().enumerate() {
        if at > 0 {
            pieces.known(separator);
        }
        match text_of(element) {
            Ok(text) => pieces.known(&text),
            Err(_) if element.as_unknown().is_some() => pieces.open(element),
            Err(_) => return Val::unknown(unknown),
        }
        if pieces.is_full() {
            break;
        }
    }
    Val::unknown(Unknown { pieces: pieces.finish(), ..unknown })
}

/// Letter by letter as Go does it: `ß` has no single upper-case letter and stays.
fn lower(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let lower = |letter: char| if letter == 'İ' { 'i' } else { single(letter.to_lowercase(), letter) };
    Ok(Val::string(text_of(&arguments[0])?.chars().map(lower).collect::<String>()))
}

fn upper(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let upper = |letter: char| single(letter.to_uppercase(), letter);
    Ok(Val::string(text_of(&arguments[0])?.chars().map(upper).collect::<String>()))
}

fn single(mut mapped: impl Iterator<Item = char>, letter: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => letter,
    }
}

fn title(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut previous = ' ';
    let titled = |letter: char| {
        let starts = separates(previous);
        previous = letter;
        if starts { title_case(letter) } else { letter }
    };
    Ok(Val::string(text_of(&arguments[0])?.chars().map(titled).collect::<String>()))
}

/// Whether a letter behind this one begins a word: outside of ASCII only spaces separate words.
fn separates(letter: char) -> bool {
    if letter.is_ascii() {
        return !letter.is_ascii_alphanumeric() && letter != '_';
    }
    !letter.is_alphanumeric() && letter.is_whitespace()
}

/// Four letters that are two in one have a form of which only the first is large.
fn title_case(letter: char) -> char {
    match letter {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        other => single(other.to_uppercase(), other),
    }
}

fn replace(arguments: &[Val], host: &Host<'_>) -> Outcome {
    let (text, wanted, with) = (text_of(&arguments[0])?, text_of(&arguments[1])?, text_of(&arguments[2])?);
    let inner = wanted.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    if let Some(pattern) = inner {
        return patterns::replace(&text, pattern, &with, host);
    }
    let times = if wanted.is_empty() { text.chars().count() + 1 } else { text.matches(&*wanted).count() };
    bounded(times.saturating_mul(with.len()).saturating_add(text.len()))?;
    Ok(Val::string(text.replace(&*wanted, &with)))
}

fn split(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (separator, text) = (text_of(&arguments[0])?, text_of(&arguments[1])?);
    let parts = if separator.is_empty() {
        text.chars().map(|letter| Val::string(letter.to_string())).collect()
    } else {
        text.split(&*separator).map(Val::string).collect()
    };
    Ok(Val::list(parts))
}

fn strrev(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::string(text_of(&arguments[0])?.graphemes(true).rev().collect::<String>()))
}

fn substr(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?;
    let whole = |at: usize| {
        number_of(&arguments[at])?.as_i64().ok_or_else(|| "a whole number is required".to_owned())
    };
    let (offset, length) = (whole(1)?, whole(2)?);
    // A negative offset counts from the end and stops at the start; a negative length means the rest.
    let start = if offset < 0 {
        let count = text.graphemes(true).count();
        count.saturating_sub(usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX))
    } else {
        usize::try_from(offset).unwrap_or(usize::MAX)
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    Ok(Val::string(text.graphemes(true).skip(start).take(length).collect::<String>()))
}

fn templatestring(arguments: &[Val], host: &Host<'_>) -> Outcome {
    if !matches!(arguments[1].data, Data::Object(_) | Data::Map(_)) {
        return Err(format!("the variables must be an object or a map, not a {}", arguments[1].kind()));
    }
    (host.template)(&text_of(&arguments[0])?, &arguments[1])
}

fn trim(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (text, letters) = (text_of(&arguments[0])?, text_of(&arguments[1])?);
    let letters: rustc_hash::FxHashSet<char> = letters.chars().collect();
    Ok(Val::string(text.trim_matches(|letter| letters.contains(&letter))))
}

fn trimprefix(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (text, prefix) = (text_of(&arguments[0])?, text_of(&arguments[1])?);
    Ok(Val::string(text.strip_prefix(&*prefix).unwrap_or(&text)))
}

fn trimsuffix(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (text, suffix) = (text_of(&arguments[0])?, text_of(&arguments[1])?);
    Ok(Val::string(text.strip_suffix(&*suffix).unwrap_or(&text)))
}

fn trimspace(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::string(text_of(&arguments[0])?.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, j, n, s, unknown};
    use crate::Val;

    #[test]
    fn what_is_shared_is_bounded() {
        let mut value = s(&"x".repeat(1000));
        for _ in 0..60 {
            value = Val::tuple(vec![value.clone(), value]);
        }
        assert!(super::writable(&value).is_err());
        assert!(super::writable(&j(r#"{"a":["b",1]}"#)).is_ok());
    }

    #[test]
    fn ends() {
        check("chomp", &[s("a\r\n\n")], r#""a""#);
        check("startswith", &[n("123"), s("1")], "true");
        check("endswith", &[s("abc"), s("bc")], "true");
        check("strcontains", &[s("abc"), s("x")], "false");
        check("trim", &[s("?!a?!"), s("!?")], r#""a""#);
        check("trimprefix", &[s("aab"), s("a")], r#""ab""#);
        check("trimsuffix", &[s("abb"), s("b")], r#""ab""#);
        check("trimspace", &[s(" \u{a0}\ta\n")], r#""a""#);
    }

    #[test]
    fn cases() {
        check("lower", &[s("ÀBİ")], r#""àbi""#);
        check("upper", &[s("straße ŉ")], r#""STRAßE ŉ""#);
        check("title", &[s("hello foo-bar it's a_b")], r#""Hello Foo-Bar It'S A_b""#);
    }

    #[test]
    fn lines() {
        check("indent", &[n("2"), s("a\nb\n\nc")], r#""a\n  b\n  \n  c""#);
        check("indent", &[n("100000000"), s("a\nb")], "ERROR");
    }

    #[test]
    fn lists() {
        check("join", &[s(","), j(r#"["a",1]"#), j("[true]")], r#""a,1,true""#);
        check("join", &[s(","), j("[null]")], "ERROR");
        check("join", &[s(","), Val::tuple(vec![s("a"), unknown()])], "UNKNOWN");
        check("split", &[s(","), s("a,b,")], r#"["a","b",""]"#);
        check("split", &[s(""), s("añ")], r#"["a","ñ"]"#);
        check("split", &[s(","), s("")], r#"[""]"#);
    }

    #[test]
    fn parts() {
        check("substr", &[s("hello"), n("1"), n("3")], r#""ell""#);
        check("substr", &[s("hello"), n("-3"), n("2")], r#""ll""#);
        check("substr", &[s("hello"), n("1"), n("-1")], r#""ello""#);
        check("substr", &[s("hello"), n("-10"), n("2")], r#""he""#);
        check("substr", &[s("hello"), n("10"), n("2")], r#""""#);
        check("substr", &[s("héé"), n("1"), n("1")], r#""é""#);
        check("strrev", &[s("👨‍👩‍👧a")], r#""a👨‍👩‍👧""#);
    }

    #[test]
    fn replacements() {
        check("replace", &[s("abc"), s("b"), s("x")], r#""axc""#);
        check("replace", &[s("abc"), s(""), s("-")], r#""-a-b-c-""#);
        check("replace", &[s("a/b"), s("/"), s("-")], r#""a-b""#);
        check("replace", &[s("abc"), s("/(b)/"), s("$1$1")], r#""abbc""#);
        check("replace", &[s("aab"), s("/a/"), s("$x")], r#""b""#);
        check("replace", &[s("a"), s("//"), s("-")], r#""-a-""#);
        check("replace", &[s(&"a".repeat(10_000)), s(""), s(&"b".repeat(10_000))], "ERROR");
        check("replace", &[s(&"a".repeat(10_000)), s("/a/"), s(&"$0".repeat(10_000))], "ERROR");
    }
}
