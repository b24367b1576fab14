//! Encodings of text and values. YAML has a file of its own.

use super::strings::{bounded, writable};
use super::{Function, Host, Outcome, Takes, collect, open_text, yaml};
use crate::convert::text_of;
use crate::evaluate::MAX_TEXT;
use crate::value::Unknown;
use crate::{Type, Val, from_json, to_json, to_open_json};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;

const fn of(
    name: &'static str,
    least: usize,
    takes: Takes,
    call: fn(&[Val], &Host<'_>) -> Outcome,
) -> Function {
    Function { name, least, most: Some(least), takes, call }
}

pub(super) const FUNCTIONS: &[Function] = &[
    of("base64decode", 1, Takes::Known, base64decode),
    of("base64encode", 1, Takes::Known, base64encode),
    of("base64gunzip", 1, Takes::Known, base64gunzip),
    of("base64gzip", 1, Takes::Known, base64gzip),
    of("csvdecode", 1, Takes::Known, csvdecode),
    of("jsondecode", 1, Takes::Known, jsondecode),
    of("jsonencode", 1, Takes::Anything, jsonencode),
    of("textdecodebase64", 2, Takes::Known, textdecodebase64),
    of("textencodebase64", 2, Takes::Known, textencodebase64),
    of("urldecode", 1, Takes::Known, urldecode),
    of("urlencode", 1, Takes::Known, urlencode),
    of("yamldecode", 1, Takes::Known, yaml::decode),
    of("yamlencode", 1, Takes::Anything, yamlencode),
];

/// `csvdecode` makes at most this many cells.
const MAX_CELLS: usize = 1_000_000;

/// The bytes; line breaks among the letters do not count.
fn bytes_of(value: &Val) -> Result<Vec<u8>, String> {
    let text = text_of(value)?;
    let text: String = text.chars().filter(|letter| !matches!(letter, '\r' | '\n')).collect();
    STANDARD.decode(text).map_err(|_| "this text is not Base64".to_owned())
}

fn base64decode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = String::from_utf8(bytes_of(&arguments[0])?);
    text.map(Val::string).map_err(|_| "what is encoded is not text in UTF-8".to_owned())
}

fn base64encode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val::string(STANDARD.encode(text_of(&arguments[0])?.as_bytes())))
}

/// Programs that compress differ in the bytes that they make, and these bytes would be compared with Terraform's.
fn base64gzip(arguments: &[Val], _: &Host<'_>) -> Outcome {
    text_of(&arguments[0])?;
    Ok(open_text("how `base64gzip` compresses is up to the release of Terraform"))
}

fn base64gunzip(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let bytes = bytes_of(&arguments[0])?;
    let mut text = Vec::new();
    // One byte more than is allowed tells a text that is too long from one that just fits.
    let mut unpacked = flate2::read::GzDecoder::new(bytes.as_slice()).take(MAX_TEXT as u64 + 1);
    unpacked.read_to_end(&mut text).map_err(|_| "what is encoded was not packed by gzip".to_owned())?;
    bounded(text.len())?;
    String::from_utf8(text).map(Val::string).map_err(|_| "what is packed is not text in UTF-8".to_owned())
}

fn jsondecode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    from_json(&text_of(&arguments[0])?)
}

fn jsonencode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let value = &arguments[0];
    writable(value)?;
    if value.has_unknown() {
        return to_open_json(value);
    }
    encoded(value, to_json)
}

fn yamlencode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    encoded(&arguments[0], yaml::encode)
}

/// A value as text; unknown where anything in the value is.
fn encoded(value: &Val, write: fn(&Val) -> Result<String, String>) -> Outcome {
    writable(value)?;
    let sensitive = value.has_sensitive();
    if value.has_unknown() {
        let mut all = Vec::new();
        collect(value, &mut all);
        return Ok(Val::unknown(Unknown::of(all, true).typed(Type::String)).marked(sensitive));
    }
    let text = write(value)?;
    bounded(text.len())?;
    Ok(Val::string(text).marked(sensitive))
}

/// How letters stand for bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Charset {
    Utf8,
    /// UTF-16, with the higher byte first or last, and with a mark of that at the start.
    Utf16 {
        is_high_first: bool,
        has_mark: bool,
    },
    Ascii,
    Latin1,
    Windows1252,
}

impl Charset {
    fn find(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "UTF-8" => Self::Utf8,
            "UTF-16" => Self::Utf16 { is_high_first: true, has_mark: true },
            "UTF-16BE" => Self::Utf16 { is_high_first: true, has_mark: false },
            "UTF-16LE" => Self::Utf16 { is_high_first: false, has_mark: false },
            "US-ASCII" => Self::Ascii,
            "ISO-8859-1" | "LATIN1" => Self::Latin1,
            "WINDOWS-1252" => Self::Windows1252,
            _ => return None,
        })
    }

    fn encode(self, text: &str) -> Option<Vec<u8>> {
        if self == Self::Utf8 {
            return Some(text.as_bytes().to_vec());
        }
        if let Self::Utf16 { is_high_first, has_mark } = self {
            let mark = has_mark.then_some(0xFEFF_u16);
            let unit = |unit: u16| if is_high_first { unit.to_be_bytes() } else { unit.to_le_bytes() };
            return Some(mark.into_iter().chain(text.encode_utf16()).flat_map(unit).collect());
        }
        let byte = |letter: char| match self.upper().iter().position(|upper| *upper == letter) {
            Some(at) => u8::try_from(at + 0x80).ok(),
            None => u8::try_from(letter).ok().filter(u8::is_ascii),
        };
        text.chars().map(byte).collect()
    }

    fn decode(self, bytes: &[u8]) -> Option<String> {
        if self == Self::Utf8 {
            return String::from_utf8(bytes.to_vec()).ok();
        }
        if let Self::Utf16 { is_high_first, has_mark } = self {
            let (mut bytes, mut is_high_first) = (bytes, is_high_first);
            if has_mark
                && let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]).or(bytes.strip_prefix(&[0xFE, 0xFF]))
            {
                is_high_first = bytes.first() == Some(&0xFE);
                bytes = rest;
            }
            let (pairs, []) = bytes.as_chunks::<2>() else { return None };
            let unit = |pair: &[u8; 2]| {
                if is_high_first { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) }
            };
            return String::from_utf16(&pairs.iter().map(unit).collect::<Vec<u16>>()).ok();
        }
        let upper = self.upper();
        let letter = |byte: &u8| match byte.checked_sub(0x80) {
            Some(at) => upper.get(usize::from(at)).copied(),
            None => Some(char::from(*byte)),
        };
        bytes.iter().map(letter).collect()
    }

    /// What the bytes from 0x80 stand for.
    fn upper(self) -> Vec<char> {
        match self {
            Self::Latin1 => ('\u{80}'..='\u{ff}').collect(),
            Self::Windows1252 => WINDOWS_1252.chars().chain('\u{a0}'..='\u{ff}').collect(),
            _ => Vec::new(),
        }
    }
}

/// The bytes from 0x80 to 0x9F; the five without a letter stand for control characters.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn textencodebase64(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (text, name) = (text_of(&arguments[0])?, text_of(&arguments[1])?);
    let Some(charset) = Charset::find(&name) else {
        return Ok(open_text(&format!("the encoding `{name}` is not read")));
    };
    let bytes = charset.encode(&text).ok_or_else(|| format!("`{name}` lacks a letter of the text"))?;
    Ok(Val::string(STANDARD.encode(bytes)))
}

fn textdecodebase64(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let (bytes, name) = (bytes_of(&arguments[0])?, text_of(&arguments[1])?);
    let Some(charset) = Charset::find(&name) else {
        return Ok(open_text(&format!("the encoding `{name}` is not read")));
    };
    charset.decode(&bytes).map(Val::string).ok_or_else(|| format!("what is encoded is not text in `{name}`"))
}

fn urlencode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let mut made = String::new();
    for byte in text_of(&arguments[0])?.bytes() {
        match byte {
            b' ' => made.push('+'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                made.push(char::from(byte))
            }
            other => made.push_str(&format!("%{other:02X}")),
        }
    }
    bounded(made.len())?;
    Ok(Val::string(made))
}

fn urldecode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?;
    let mut made = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        made.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                let value = digit().and_then(|high| Some(high * 16 + digit()?));
                value.and_then(|value| u8::try_from(value).ok()).ok_or("two hexadecimal digits follow `%`")?
            }
            other => other,
        });
    }
    String::from_utf8(made).map(Val::string).map_err(|_| "what is encoded is not text in UTF-8".to_owned())
}

fn csvdecode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?.replace("\r\n", "\n");
    let mut rest = text.strip_suffix('\r').unwrap_or(&text);
    let mut head: Option<Vec<Arc<str>>> = None;
    let (mut made, mut cells) = (Vec::new(), 0);
    while let Some(row) = csv_row(&mut rest)? {
        cells += row.len();
        if cells > MAX_CELLS {
            return Err(format!("more than {MAX_CELLS} cells"));
        }
        let Some(head) = &head else {
            let names: Vec<Arc<str>> = row.iter().map(|name| name.as_str().into()).collect();
            if names.iter().collect::<std::collections::BTreeSet<_>>().len() != names.len() {
                return Err("two columns have the same name".to_owned());
            }
            head = Some(names);
            continue;
        };
        if row.len() != head.len() {
            return Err(format!("row {} has {} cells, not {}", made.len() + 1, row.len(), head.len()));
        }
        let entries: BTreeMap<Arc<str>, Val> =
            head.iter().cloned().zip(row.into_iter().map(Val::string)).collect();
        made.push(Val::object(entries));
    }
    head.map(|_| Val::list(made)).ok_or_else(|| "the names of the columns are missing".to_owned())
}

/// The next row that is not empty; none at the end.
fn csv_row(rest: &mut &str) -> Result<Option<Vec<String>>, String> {
    *rest = rest.trim_start_matches('\n');
    if rest.is_empty() {
        return Ok(None);
    }
    let mut row = Vec::new();
    loop {
        row.push(csv_cell(rest)?);
        match rest.strip_prefix(',') {
            Some(behind) => *rest = behind,
            None => return Ok(Some(row)),
        }
    }
}

fn csv_cell(rest: &mut &str) -> Result<String, String> {
    let Some(mut quoted) = rest.strip_prefix('"') else {
        let end = rest.find([',', '\n']).unwrap_or(rest.len());
        let cell = rest[..end].to_owned();
        *rest = &rest[end..];
        return if cell.contains('"') { Err("a quote stands within a cell".to_owned()) } else { Ok(cell) };
    };
    let mut cell = String::new();
    loop {
        let (text, behind) = quoted.split_once('"').ok_or("a quote is not closed")?;
        cell.push_str(text);
        match behind.strip_prefix('"') {
            Some(behind) => {
                cell.push('"');
                quoted = behind;
            }
            None if behind.is_empty() || behind.starts_with([',', '\n']) => {
                *rest = behind;
                return Ok(cell);
            }
            None => return Err("text follows a closing quote".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, j, s, unknown};
    use crate::Val;

    #[test]
    fn base64() {
        check("base64encode", &[s("héllo")], r#""aMOpbGxv""#);
        check("base64decode", &[s("aGk=\n")], r#""hi""#);
        check("base64decode", &[s("aGk")], "ERROR");
        check("base64decode", &[s("//8=")], "ERROR");
        check("base64gzip", &[s("a")], "UNKNOWN");
        check("base64gunzip", &[s("H4sIAAAAAAAA/8pIzcnJBwAAAP//AQAA//+GphA2BQAAAA==")], r#""hello""#);
        check("base64gunzip", &[s("aGk=")], "ERROR");
    }

    #[test]
    fn json() {
        check("jsondecode", &[s(r#"{"a":[1,null]}"#)], r#"{"a":[1,null]}"#);
        check("jsondecode", &[s("1 2")], "ERROR");
        check("jsonencode", &[Val::null()], r#""null""#);
        check("jsonencode", &[j("[1]")], r#""[1]""#);
        check("jsonencode", &[Val::tuple(vec![unknown()])], "UNKNOWN");
    }

    #[test]
    fn charsets() {
        for (text, charset, expected) in [
            ("hi", "UTF-16LE", "aABpAA=="),
            ("hi", "UTF-16", "/v8AaABp"),
            ("hé", "iso-8859-1", "aOk="),
            ("€", "windows-1252", "gA=="),
        ] {
            check("textencodebase64", &[s(text), s(charset)], &format!("\"{expected}\""));
            check("textdecodebase64", &[s(expected), s(charset)], &format!("\"{text}\""));
        }
        check("textencodebase64", &[s("日"), s("ISO-8859-1")], "ERROR");
        check("textdecodebase64", &[s("aABp"), s("UTF-16LE")], "ERROR");
        check("textencodebase64", &[s("a"), s("EUC-JP")], "UNKNOWN");
    }

    #[test]
    fn urls() {
        check("urlencode", &[s("a b/c~é*")], r#""a+b%2Fc~%C3%A9%2A""#);
        check("urldecode", &[s("a+b%2Fc%C3%a9")], r#""a b/cé""#);
        check("urldecode", &[s("%2")], "ERROR");
        check("urldecode", &[s("%ff")], "ERROR");
    }

    #[test]
    fn csv() {
        check(
            "csvdecode",
            &[s("a,b\r\n1,\"x,\"\"y\"\r\n\r\n3,")],
            r#"[{"a":"1","b":"x,\"y"},{"a":"3","b":""}]"#,
        );
        check("csvdecode", &[s("a\n")], "[]");
        for text in ["", "a,b\n1\n", "a,a\n1,2", "a\nx\"y", "a\n\"x", "a\n\"x\"y"] {
            check("csvdecode", &[s(text)], "ERROR");
        }
    }
}
