//! YAML: what `yamldecode` reads and `yamlencode` writes, which is how Terraform's library has them.
//!
//! Parsing is by events and does not recurse. An alias copies a finished value; what aliases multiply is bounded.

use super::{Host, Outcome};
use crate::convert::text_of;
use crate::{Data, Number, Val};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Values within values are read and written this deep, like JSON.
const MAX_DEPTH: usize = 128;

/// A document has at most this many values, those that aliases repeat included.
const MAX_NODES: usize = 100_000;

/// Letters after which a quoted text goes on in the next line.
const WIDTH: usize = 80;

/// A key of more bytes than this is written in the long form.
const MAX_KEY: usize = 128;

enum Frame {
    List(Vec<Val>, usize),
    /// Entries, entries of merged maps, and the key whose value comes next.
    Map(BTreeMap<Arc<str>, Val>, Vec<Val>, Option<Key>, usize),
}

enum Key {
    Named(Arc<str>),
    Merge,
}

pub(super) fn decode(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?;
    let mut reader = Reader { frames: Vec::new(), anchors: FxHashMap::default(), nodes: 0, root: None };
    let mut documents = 0;
    for event in Parser::new_from_str(&text) {
        let (event, span) = event.map_err(|error| format!("not YAML: {}", error.info()))?;
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                return Err("only one document is allowed".to_owned());
            }
        }
        reader.event(event).map_err(|why| format!("line {}: {why}", span.start.line()))?;
    }
    reader.root.ok_or_else(|| "there is no value".to_owned())
}

struct Reader {
    frames: Vec<Frame>,
    anchors: FxHashMap<usize, Val>,
    nodes: usize,
    root: Option<Val>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_key = matches!(self.frames.last(), Some(Frame::Map(_, _, None, _)));
                if is_key && style == ScalarStyle::Plain && text == "<<" && tag.is_none() {
                    if let Some(Frame::Map(_, _, key, _)) = self.frames.last_mut() {
                        *key = Some(Key::Merge);
                    }
                    return Ok(());
                }
                let value = scalar(&text, style == ScalarStyle::Plain, tag.as_deref())?;
                self.finish(value, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Frame::List(Vec::new(), anchor), tag.as_deref(), "seq")
            }
            Event::MappingStart(anchor, tag) => {
                self.open(Frame::Map(BTreeMap::new(), Vec::new(), None, anchor), tag.as_deref(), "map")
            }
            Event::SequenceEnd | Event::MappingEnd => match self.frames.pop() {
                Some(Frame::List(all, anchor)) => self.finish(Val::tuple(all), anchor),
                Some(Frame::Map(own, merged, _, anchor)) => self.finish(whole(own, merged)?, anchor),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().ok_or("an alias names nothing")?;
                let left = MAX_NODES.saturating_sub(self.nodes);
                let size = value.size(left).ok_or_else(too_many)?;
                self.nodes += size - 1;
                self.finish(value, 0)
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, frame: Frame, tag: Option<&Tag>, expected: &str) -> Result<(), String> {
        if tag.is_some_and(|tag| !tag.is_yaml_core_schema() || tag.suffix != expected) {
            return Err("a tag is not known".to_owned());
        }
        if matches!(self.frames.last(), Some(Frame::Map(_, _, None, _))) {
            return Err("a key must be a single value".to_owned());
        }
        if self.frames.len() == MAX_DEPTH - 1 {
            return Err("the document is nested too deep".to_owned());
        }
        self.frames.push(frame);
        Ok(())
    }

    fn finish(&mut self, value: Val, anchor: usize) -> Result<(), String> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_many());
        }
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.frames.last_mut() {
            None => self.root = Some(value),
            Some(Frame::List(all, _)) => all.push(value),
            Some(Frame::Map(own, merged, key, _)) => match key.take() {
                None => *key = Some(Key::Named(text_of(&value).map_err(|_| "a key must be a text")?)),
                Some(Key::Named(name)) => {
                    own.insert(name, value);
                }
                Some(Key::Merge) => merged.push(value),
            },
        }
        Ok(())
    }
}

fn too_many() -> String {
    format!("the document has more than {MAX_NODES} values")
}

/// A map with what it merges; what it has itself comes first.
fn whole(mut own: BTreeMap<Arc<str>, Val>, merged: Vec<Val>) -> Outcome {
    for value in merged {
        let sources = match value.elements() {
            Some(all) => all.to_vec(),
            None => vec![value],
        };
        for source in sources {
            for (key, value) in source.entries().ok_or("only maps can be merged")? {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
    }
    Ok(Val::object(own))
}

fn scalar(text: &str, is_plain: bool, tag: Option<&Tag>) -> Outcome {
    let Some(tag) = tag else { return if is_plain { plain(text) } else { Ok(Val::string(text)) } };
    if !tag.is_yaml_core_schema() {
        return if tag.handle.is_empty() && tag.suffix == "!" {
            Ok(Val::string(text))
        } else {
            Err("a tag is not known".to_owned())
        };
    }
    let made = match &*tag.suffix {
        // A number in quotes stays a text, whatever its tag.
        _ if !is_plain => Some(Val::string(text)),
        "str" | "binary" => Some(Val::string(text)),
        "null" => Some(Val::null()),
        "bool" => truth(text).map(Val::bool),
        "int" => integer(text).map(Val::number),
        "float" => number(text).map(Val::number),
        "timestamp" => timestamp(text).map(Val::string),
        _ => None,
    };
    made.ok_or_else(|| "a value does not fit its tag".to_owned())
}

fn plain(text: &str) -> Outcome {
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Ok(Val::null());
    }
    if let Some(truth) = truth(text) {
        return Ok(Val::bool(truth));
    }
    if let Some(number) = number(text) {
        return Ok(Val::number(number));
    }
    let is_special =
        matches!(text.trim_start_matches(['+', '-']), ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN");
    if is_special {
        return Err("there is no infinite number".to_owned());
    }
    Ok(Val::string(timestamp(text).unwrap_or_else(|| text.to_owned())))
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

fn integer(text: &str) -> Option<Number> {
    number(text).filter(Number::is_whole)
}

fn number(text: &str) -> Option<Number> {
    let based = |digits: &str, radix| i64::from_str_radix(digits, radix).ok().filter(|number| *number >= 0);
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16).map(Number::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8).map(Number::from);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if is_number { Number::parse(text) } else { None }
}

/// A date or time as Terraform writes it, without fractions of seconds.
fn timestamp(text: &str) -> Option<String> {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let parts: Vec<&str> = text[..end].split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![month, day].iter().all(|part| part.len() <= 2) || !parts.iter().all(is_number) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    let rest = text.get(end..)?;
    if rest.is_empty() {
        return Some(format!("{date}T00:00:00Z"));
    }
    let time = rest.get(1..9)?;
    let is_time = time.bytes().enumerate().all(|(at, byte)| match at {
        2 | 5 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let mut zone = rest.get(9..)?;
    if let Some(fraction) = zone.strip_prefix('.') {
        zone = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
    }
    let zone = match zone {
        "" if text.contains(' ') => "Z",
        "Z" | "z" => "Z",
        other if other.len() == 6 && other.starts_with(['+', '-']) && other.get(3..4) == Some(":") => other,
        _ => return None,
    };
    let fits = time.get(..2)? < "24" && time.get(3..5)? < "60" && time.get(6..)? < "60";
    (is_time && fits).then(|| format!("{date}T{time}{zone}"))
}

/// The value as YAML.
pub(super) fn encode(value: &Val) -> Result<String, String> {
    let mut writer = Writer { text: String::new(), column: 0, after_space: true, indenting: true };
    writer.node(value, None, Place::Root, MAX_DEPTH)?;
    if matches!(value.data, Data::Null | Data::NullOf(_) | Data::Bool(_) | Data::Number(_)) {
        // A bare value is closed, since more of it could follow.
        writer.text.push_str("\n...");
    }
    if !writer.text.ends_with('\n') {
        writer.text.push('\n');
    }
    Ok(writer.text)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Element,
    Key,
    LongKey,
    Value,
}

/// Writes blocks, and knows where in the line it is.
struct Writer {
    text: String,
    column: usize,
    /// Whether a space or the start of a line comes before.
    after_space: bool,
    /// Whether there was nothing but indentation and indicators in the line.
    indenting: bool,
}

impl Writer {
    fn node(&mut self, value: &Val, outer: Option<usize>, place: Place, depth: usize) -> Result<(), String> {
        let depth = depth.checked_sub(1).ok_or("the value is nested too deep")?;
        let inner = outer.map_or(0, |outer| outer + 2);
        match &value.data {
            Data::Tuple(all) | Data::List(all) | Data::Set(all) if !all.is_empty() => {
                // A list that is the value of a key stands as far left as the key.
                let indent =
                    if place == Place::Value && !self.indenting { outer.unwrap_or(0) } else { inner };
                for element in all.iter() {
                    self.indent(indent);
                    self.indicator("-", true, true);
                    self.node(element, Some(indent), Place::Element, depth)?;
                }
            }
            Data::Object(all) | Data::Map(all) if !all.is_empty() => {
                for (key, own) in all.iter() {
                    self.indent(inner);
                    if key.len() <= MAX_KEY && !key.contains('\n') {
                        self.quoted(key, inner, false);
                        self.indicator(":", false, false);
                    } else {
                        self.indicator("?", true, true);
                        self.string(key, inner + 2, Place::LongKey);
                        self.indent(inner);
                        self.indicator(":", true, true);
                    }
                    self.node(own, Some(inner), Place::Value, depth)?;
                }
            }
            Data::Tuple(_) | Data::List(_) | Data::Set(_) => self.word("[]"),
            Data::Object(_) | Data::Map(_) => self.word("{}"),
            Data::Null | Data::NullOf(_) => self.word("null"),
            Data::Bool(truth) => self.word(if *truth { "true" } else { "false" }),
            Data::Number(number) => self.word(&number.to_string()),
            Data::String(text) => self.string(text, outer.map_or(2, |outer| outer + 2), place),
            Data::Unknown(_) | Data::Instance(_) => return Err("a value is not known".to_owned()),
        }
        Ok(())
    }

    fn push(&mut self, letter: char) {
        self.text.push(letter);
        self.column += 1;
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.column = 0;
    }

    fn indent(&mut self, indent: usize) {
        if !self.indenting || self.column > indent || (self.column == indent && !self.after_space) {
            self.line();
        }
        while self.column < indent {
            self.push(' ');
        }
        (self.after_space, self.indenting) = (true, true);
    }

    fn indicator(&mut self, text: &str, needs_space: bool, keeps_indenting: bool) {
        if needs_space && !self.after_space {
            self.push(' ');
        }
        text.chars().for_each(|letter| self.push(letter));
        self.after_space = false;
        self.indenting &= keeps_indenting;
    }

    fn word(&mut self, text: &str) {
        self.indicator(text, true, false);
    }

    fn string(&mut self, text: &str, indent: usize, place: Place) {
        if text.contains('\n') && place != Place::Key && may_be_block(text) {
            self.block(text, indent);
        } else {
            if !self.after_space {
                self.push(' ');
            }
            self.quoted(text, indent, true);
        }
    }

    fn block(&mut self, text: &str, indent: usize) {
        self.indicator("|", true, false);
        if text.starts_with([' ', '\n']) {
            self.push('2');
        }
        if !text.ends_with('\n') {
            self.push('-');
        } else if text == "\n" || text.ends_with("\n\n") {
            self.push('+');
        }
        self.line();
        for line in text.split_inclusive('\n') {
            let bare = line.strip_suffix('\n').unwrap_or(line);
            if !bare.is_empty() {
                (0..indent).for_each(|_| self.push(' '));
                bare.chars().for_each(|letter| self.push(letter));
            }
            if bare.len() < line.len() {
                self.line();
            }
        }
        self.indenting = text.ends_with('\n');
        self.after_space = self.indenting;
    }

    fn quoted(&mut self, text: &str, indent: usize, may_break: bool) {
        self.push('"');
        let mut after_space = false;
        let mut letters = text.chars().enumerate().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map(|(_, next)| *next);
            if letter == ' ' && may_break && !after_space && self.column > WIDTH && at > 0 && next.is_some() {
                self.indenting = false;
                self.indent(indent);
                if next == Some(' ') {
                    self.push('\\');
                }
                after_space = true;
            } else if is_printable(letter)
                && !matches!(letter, '"' | '\\' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
            {
                self.push(letter);
                after_space = letter == ' ';
            } else {
                escaped(letter).chars().for_each(|letter| self.push(letter));
                after_space = false;
            }
        }
        self.push('"');
        (self.after_space, self.indenting) = (false, false);
    }
}

fn may_be_block(text: &str) -> bool {
    let is_plain = |letter: char| is_printable(letter) && !matches!(letter, '\u{2028}' | '\u{2029}');
    !text.ends_with(' ') && !text.contains(" \n") && text.chars().all(is_plain)
}

const fn is_printable(letter: char) -> bool {
    matches!(letter, '\n' | ' '..='~' | '\u{a0}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

fn escaped(letter: char) -> String {
    let short = match letter {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        other => {
            return match other as u32 {
                code @ 0..=0xff => format!("\\x{code:02X}"),
                code @ 0x100..=0xffff => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            };
        }
    };
    format!("\\{short}")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, j, run, s};

    #[track_caller]
    fn writes(json: &str, expected: &str) {
        assert_eq!(run("yamlencode", &[j(json)]).unwrap().as_str(), Some(expected), "{json}");
    }

    #[test]
    fn reading() {
        for (text, expected) in [
            (
                "a: 1\nb: [x, ~, true, yes, 0x1F, 0o17, 017, 1_000, 1.5e3]",
                r#"{"a":1,"b":["x",null,true,true,31,15,17,"1_000",1500]}"#,
            ),
            ("a: &x {k: v}\nc:\n  <<: *x\n  z: 1", r#"{"a":{"k":"v"},"c":{"k":"v","z":1}}"#),
            (
                "- 2020-01-01\n- !!str 1\n- 'x'\n- |\n  l1\n  l2\n",
                r#"["2020-01-01T00:00:00Z","1","x","l1\nl2\n"]"#,
            ),
            (
                "[2001-12-14t21:59:43.10-05:00, 2001-1-1]",
                r#"["2001-12-14T21:59:43-05:00","2001-01-01T00:00:00Z"]"#,
            ),
            ("1: a\ntrue: b", r#"{"1":"a","true":"b"}"#),
            ("[0b11, +1, -1, 1., .5, 12:30, 0x, 0o8, 08]", r#"["0b11",1,-1,1,0.5,"12:30","0x","0o8",8]"#),
            ("a: 1\na: 2", r#"{"a":2}"#),
        ] {
            check("yamldecode", &[s(text)], expected);
        }
        for text in
            ["", "# c", "a: b: c", "---\na\n---\nb", "? [a]\n: b", "!foo x", "{a: *b}", "[.inf]", "!!int x"]
        {
            check("yamldecode", &[s(text)], "ERROR");
        }
    }

    #[test]
    fn aliases_are_bounded() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let before = format!("*a{}, ", level - 1).repeat(10);
            text.push_str(&format!("a{level}: &a{level} [{before}]\n"));
        }
        check("yamldecode", &[s(&text)], "ERROR");
        check("yamldecode", &[s(&"[".repeat(100_000))], "ERROR");
    }

    #[test]
    fn writing() {
        writes("1", "1\n...\n");
        writes(r#""a""#, "\"a\"\n");
        writes("[]", "[]\n");
        writes(r#""a\nb\n""#, "|\n  a\n  b\n");
        writes(
            r#"{"a":[1,{"b":"x","c":[[1,2],[]]}],"d":{},"e":null}"#,
            "\"a\":\n- 1\n- \"b\": \"x\"\n  \"c\":\n  - - 1\n    - 2\n  - []\n\"d\": {}\n\"e\": null\n",
        );
        writes(r#"[{"a":1},{"c":{"d":1}}]"#, "- \"a\": 1\n- \"c\":\n    \"d\": 1\n");
        writes(r#"{"a":"\n"}"#, "\"a\": |2+\n\n");
        writes(r#"{"a":"x\n\ny"}"#, "\"a\": |-\n  x\n\n  y\n");
        writes(r#"{"a":"x\n\n","b":1}"#, "\"a\": |+\n  x\n\n\"b\": 1\n");
        writes(r#"[["a\nb"]]"#, "- - |-\n    a\n    b\n");
        writes(r#"{"a":"b \nc"}"#, "\"a\": \"b \\nc\"\n");
        writes(r#"{"x\ny":5}"#, "? |-\n  x\n  y\n: 5\n");
    }
}
