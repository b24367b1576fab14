//! Keys that stand in an object twice: to Terraform the last one counts, to the parser the file is broken.
//!
//! So the others are taken out of the text, as spaces, and everything else keeps its place.

use std::collections::BTreeMap;
use std::ops::Range;

/// Brackets within brackets are followed this deep, templates in texts counted in; the parser ends earlier.
const MAX_DEPTH: usize = 1000;

/// The entries of objects whose keys follow once more.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut scan = Scan { text: text.as_bytes(), at: 0, found: Vec::new() };
    scan.inside(Frame::Other, 0);
    scan.found
}

/// The text with spaces for all of some ranges but the ends of lines.
pub(super) fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        let all = bytes.get_mut(range.clone()).into_iter().flatten();
        all.filter(|byte| !matches!(**byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    // Ranges begin and end at signs of ASCII, so that whole letters are replaced.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// What brackets hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// The entries of an object, up to its brace.
    Object,
    /// Anything else, up to any closing bracket.
    Other,
}

/// What stands before a brace says what the brace begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A name or a text, as before the body of a block.
    Word,
    /// A sign, as before a value.
    Sign,
}

/// An entry of an object, as far as it was read.
#[derive(Default)]
struct Entry {
    start: Option<usize>,
    /// Where what stands before the sign ends.
    key_end: usize,
    has_sign: bool,
}

struct Scan<'t> {
    text: &'t [u8],
    at: usize,
    found: Vec<Range<usize>>,
}

impl Scan<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// Goes through what brackets hold, and past the closing one.
    fn inside(&mut self, frame: Frame, depth: usize) {
        let mut entries: BTreeMap<Vec<u8>, Range<usize>> = BTreeMap::new();
        let (mut entry, mut before) = (Entry::default(), Before::Sign);
        while let Some(byte) = self.byte(0) {
            let from = self.at;
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' | b',' => {
                    self.at += 1;
                    let end = if byte == b',' { self.at } else { from };
                    self.end(frame, std::mem::take(&mut entry), end, &mut entries);
                    before = if byte == b',' { Before::Sign } else { before };
                }
                b'#' => self.skip_line(),
                b'/' if self.byte(1) == Some(b'/') => self.skip_line(),
                b'/' if self.byte(1) == Some(b'*') => self.past(b"*/"),
                b'}' | b']' | b')' => {
                    self.end(frame, entry, from, &mut entries);
                    self.at += 1;
                    return;
                }
                b'{' | b'[' | b'(' => {
                    self.at += 1;
                    let inner =
                        if byte == b'{' && before == Before::Sign { Frame::Object } else { Frame::Other };
                    if depth >= MAX_DEPTH {
                        self.at = self.text.len();
                        return;
                    }
                    self.inside(inner, depth + 1);
                    entry.more(from..self.at);
                    before = Before::Word;
                }
                b'"' => {
                    self.string(depth);
                    entry.more(from..self.at);
                    before = Before::Word;
                }
                b'<' if self.byte(1) == Some(b'<') => {
                    self.heredoc();
                    before = Before::Word;
                }
                b'=' | b':' if !matches!(self.byte(1), Some(b'=' | b':')) => {
                    self.at += 1;
                    entry.has_sign = true;
                    before = Before::Sign;
                }
                _ if is_word(byte) => {
                    while self.byte(0).is_some_and(is_word) {
                        self.at += 1;
                    }
                    let word = from..self.at;
                    // The keyword of `for` has a value behind it.
                    let is_in = &self.text[word.clone()] == b"in";
                    before = if is_in { Before::Sign } else { Before::Word };
                    entry.more(word);
                }
                _ => {
                    self.at += 1;
                    // `==` and the like are one sign.
                    if byte == b'=' || byte == b':' {
                        self.at += 1;
                    }
                    entry.more(from..self.at);
                    before = Before::Sign;
                }
            }
        }
    }

    /// Ends an entry; an earlier one of its key is found.
    fn end(&mut self, frame: Frame, entry: Entry, end: usize, entries: &mut BTreeMap<Vec<u8>, Range<usize>>) {
        let (Frame::Object, Some(start), true) = (frame, entry.start, entry.has_sign) else { return };
        let key = plain(self.text.get(start..entry.key_end).unwrap_or_default()).to_vec();
        self.found.extend(entries.insert(key, start..end));
    }

    fn skip_line(&mut self) {
        while self.byte(0).is_some_and(|byte| byte != b'\n') {
            self.at += 1;
        }
    }

    fn past(&mut self, end: &[u8]) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.windows(end.len()).position(|part| part == end);
        self.at += length.map_or(rest.len(), |length| length + end.len());
    }

    /// Goes past a text in quotes, with what is interpolated in it.
    fn string(&mut self, depth: usize) {
        self.at += 1;
        while let Some(byte) = self.byte(0) {
            match (byte, self.byte(1), self.byte(2)) {
                (b'\\', ..) => self.at += 2,
                (b'$', Some(b'$'), Some(b'{')) | (b'%', Some(b'%'), Some(b'{')) => self.at += 3,
                (b'$' | b'%', Some(b'{'), _) if depth < MAX_DEPTH => {
                    self.at += 2;
                    self.inside(Frame::Other, depth + 1);
                }
                (b'"', ..) => break,
                _ => self.at += 1,
            }
        }
        self.at = (self.at + 1).min(self.text.len());
    }

    /// Goes to the end of the line that ends a heredoc.
    fn heredoc(&mut self) {
        self.at += 2;
        let start = self.at;
        self.skip_line();
        let marker = self.text[start..self.at].trim_ascii();
        let marker = marker.strip_prefix(b"-").unwrap_or(marker).to_vec();
        while self.at < self.text.len() {
            self.at += 1;
            let line = self.at;
            self.skip_line();
            if self.text.get(line..self.at).unwrap_or_default().trim_ascii() == marker.as_slice() {
                return;
            }
        }
    }
}

impl Entry {
    /// Adds what stands at a place.
    fn more(&mut self, range: Range<usize>) {
        self.start.get_or_insert(range.start);
        if !self.has_sign {
            self.key_end = range.end;
        }
    }
}

/// A key as text: a word and the same in quotes are one, and so are two expressions that read alike.
fn plain(key: &[u8]) -> &[u8] {
    let inner = key.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    inner.filter(|inner| !inner.contains(&b'"')).unwrap_or(key)
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = find(text);
        let shown: Vec<&str> = found.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(shown, expected, "{text}");
        let left = without(text, &found);
        assert_eq!(left.len(), text.len());
        assert_eq!(hcl_edit::parser::parse_body(&left).map(|_| ()), Ok(()), "{left}");
    }

    #[test]
    fn all_but_the_last_are_found() {
        check("x = { a = 1, b = 2, a = 3 }\n", &["a = 1,"]);
        check("x = {\n  a = 1 # one\n  \"a\" : 2\n  a = 3\n}\n", &["a = 1 # one", "\"a\" : 2"]);
        check("x = f({ ä = [1, 2], ä = {b = 1} })\n", &["ä = [1, 2],"]);
        check("x = [for k in {a = 1, a = 2} : k]\n", &["a = 1,"]);
        check("x = c ? {a = {\n b = 1\n}, a = 2} : {}\n", &["a = {\n b = 1\n},"]);
        check("x = { (b) = 2, \"${c}\" = 1, (b) = 3, \"${c}\" = 4 }\n", &["(b) = 2,", "\"${c}\" = 1,"]);
        check("x = \"${f({a = 1, a = 2})}\"\n", &["a = 1,"]);
        check("x = {\n a = <<E\n b = 1\n }\nE\n a = 2\n}\n", &["a = <<E\n b = 1\n }\nE"]);
    }

    #[test]
    fn what_only_looks_alike_stays() {
        check("x = { a = 1 == 2 ? 3 : 4, b = a }\n", &[]);
        check("x = [{ a = 1 }, { a = 2 }]\n", &[]);
        check("x \"a\" {\n y {\n  a = 1\n }\n y {\n  a = 2\n }\n}\n", &[]);
        check("x = { for k, v in y : k => v }\n", &[]);
        check("x = \"{ a = 1, a = 2 }\" // { a = 1, a = 2 }\n", &[]);
        check("x = { a = { a = 1 }, b = \"$${\" /* , a = 2 */ }\n", &[]);
    }
}
