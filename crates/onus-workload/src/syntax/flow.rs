//! YAML in which brackets, or a text in quotes, go on at no deeper an indentation than their key.
//!
//! YAML forbids that, and the parser holds to it. PyYAML and the parsers of AWS's own tools do not look at indentation within
//! brackets and quotes, so such templates are deployed. Here line breaks within brackets and quotes become spaces, and so do the comments
//! there: no character moves, so that all places stay right. Where a text goes on over a line break, its value is read of
//! the text as it was written.
//!
//! This is no parser: it knows just enough to tell what stands within brackets and quotes, and gives up where these are not closed.
//! Only a text that the parser has refused comes here. It is walked once.

use std::collections::BTreeMap;
use std::ops::Range;

/// A text without line breaks in its brackets and quotes.
pub(super) struct Joined {
    pub(super) text: String,
    /// The scalars that go over line breaks: the byte at which each starts, and the one after its last.
    pub(super) scalars: BTreeMap<u32, u32>,
}

/// Joins the lines within brackets and quotes; nothing where there are none, or where they are not closed.
pub(super) fn joined(text: &str) -> Option<Joined> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, blanks: Vec::new(), scalars: BTreeMap::new() };
    scan.document()?;
    let Scan { mut blanks, scalars, .. } = scan;
    if blanks.is_empty() {
        return None;
    }
    // A value is joined with its key once it has been seen whole.
    blanks.sort_by_key(|blank| blank.start);
    let mut joined = String::with_capacity(text.len());
    let mut done = 0;
    for blank in blanks {
        joined.push_str(text.get(done..blank.start)?);
        joined.extend(text.get(blank.clone())?.chars().map(|_| ' '));
        done = blank.end;
    }
    joined.push_str(text.get(done..)?);
    Some(Joined { text: joined, scalars })
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    /// What is to become spaces.
    blanks: Vec<Range<usize>>,
    scalars: BTreeMap<u32, u32>,
}

/// Where the tokens of a line stand.
#[derive(Default)]
struct Block {
    /// One more than the column of the innermost key or dash; 0 where there is none.
    parent: usize,
    /// The byte after a key or dash whose value has not come yet.
    due: Option<usize>,
    /// A text without quotes goes on over lines that are indented this much at the least.
    plain: Option<usize>,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Whether the byte there is a blank or the end of a line.
    fn ends_word(&self, ahead: usize) -> bool {
        self.peek(ahead).is_none_or(|byte| byte.is_ascii_whitespace())
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        self.skip(|byte| byte != b'\n');
    }

    /// Whether a document's marker stands here, at the start of a line.
    fn at_marker(&self) -> bool {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        (rest.starts_with(b"---") || rest.starts_with(b"...")) && self.ends_word(3)
    }

    fn document(&mut self) -> Option<()> {
        let mut block = Block::default();
        while self.at < self.bytes.len() {
            let start = self.at;
            self.skip(|byte| byte == b' ');
            let indent = self.at - start;
            match self.peek(0) {
                None | Some(b'\n' | b'\r' | b'#') => self.skip_line(),
                Some(b'%') if indent == 0 => self.skip_line(),
                _ if indent == 0 && self.at_marker() => {
                    self.at += 3;
                    block = Block::default();
                    self.line(start, &mut block)?;
                }
                _ if block.plain.is_some_and(|least| indent >= least) => self.skip_line(),
                _ => {
                    block.plain = None;
                    self.line(start, &mut block)?;
                }
            }
            self.skip_line();
            self.at += 1;
        }
        Some(())
    }

    /// Walks the tokens of a line, with the lines that what begins in it takes.
    fn line(&mut self, line: usize, block: &mut Block) -> Option<()> {
        loop {
            self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
            let start = self.at;
            let column = start.saturating_sub(line);
            match self.peek(0) {
                None | Some(b'\n' | b'#') => return Some(()),
                Some(b'-' | b'?' | b':') if self.ends_word(1) => {
                    if self.peek(0) != Some(b':') {
                        block.parent = column + 1;
                    }
                    self.at += 1;
                    block.due = Some(self.at);
                }
                Some(b'!' | b'&' | b'*') => self.skip(|byte| !byte.is_ascii_whitespace()),
                Some(b'|' | b'>') => {
                    block.due = None;
                    self.skip_line();
                    self.block_text(block.parent);
                    return Some(());
                }
                Some(b'"' | b'\'' | b'{' | b'[') => {
                    match self.peek(0) {
                        Some(quote @ (b'"' | b'\'')) => self.quoted(quote)?,
                        _ => self.brackets()?,
                    }
                    if self.is_key() {
                        block.parent = column + 1;
                        block.due = Some(self.at);
                    } else if let Some(due) = block.due.take().filter(|_| column < block.parent) {
                        self.join(due, start);
                    }
                }
                Some(_) => {
                    let is_key = self.plain_word();
                    block.due = is_key.then_some(self.at);
                    if is_key {
                        block.parent = column + 1;
                    } else {
                        block.plain = Some(block.parent);
                        return Some(());
                    }
                }
            }
        }
    }

    /// Whether a colon follows that makes a key of what was before; goes past it.
    fn is_key(&mut self) -> bool {
        let before = self.at;
        self.skip(|byte| byte == b' ');
        let is_key = self.peek(0) == Some(b':') && self.ends_word(1);
        self.at = if is_key { self.at + 1 } else { before };
        is_key
    }

    /// Goes past a text without quotes, up to the colon that makes it a key, a comment, or the end of the line.
    fn plain_word(&mut self) -> bool {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\n' => return false,
                b':' if self.ends_word(1) => {
                    self.at += 1;
                    return true;
                }
                b'#' if self.bytes[self.at - 1].is_ascii_whitespace() => return false,
                _ => self.at += 1,
            }
        }
        false
    }

    /// Goes past the lines of a text after `|` or `>`: those that are blank, or indented deeper than its key.
    fn block_text(&mut self, least: usize) {
        while self.at < self.bytes.len() {
            let end = self.at;
            self.at += 1;
            let start = self.at;
            self.skip(|byte| byte == b' ');
            let is_blank = matches!(self.peek(0), None | Some(b'\n' | b'\r'));
            if !is_blank && self.at - start < least.max(1) && (least > 0 || self.at_marker()) {
                self.at = end;
                return;
            }
            self.skip_line();
        }
    }

    /// Makes spaces of the line breaks and comments between a key and its value.
    fn join(&mut self, from: usize, to: usize) {
        let resume = std::mem::replace(&mut self.at, from);
        while self.at < to {
            match self.bytes[self.at] {
                b'\n' | b'\r' => self.blank(),
                b'#' if self.bytes[self.at - 1].is_ascii_whitespace() => self.comment(),
                _ => self.at += 1,
            }
        }
        self.at = resume;
    }

    fn blank(&mut self) {
        self.blanks.push(self.at..self.at + 1);
        self.at += 1;
    }

    fn comment(&mut self) {
        let start = self.at;
        self.skip_line();
        self.blanks.push(start..self.at);
    }

    /// Goes past a text in quotes; nothing where it is not closed.
    fn quoted(&mut self, quote: u8) -> Option<()> {
        let start = self.at;
        let breaks = self.blanks.len();
        self.at += 1;
        loop {
            match self.peek(0)? {
                b'\n' | b'\r' => {
                    self.blank();
                    if self.at_marker() && self.bytes[self.at - 1] == b'\n' {
                        return None;
                    }
                }
                b'\\' if quote == b'"' && !self.ends_word(1) => self.at += 2,
                byte if byte == quote && quote == b'\'' && self.peek(1) == Some(quote) => self.at += 2,
                byte if byte == quote => break,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        if self.blanks.len() > breaks {
            self.scalars.insert(start as u32, self.at as u32);
        }
        Some(())
    }

    /// Goes past a list or map in brackets; nothing where it is not closed.
    fn brackets(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        // A text without quotes: where it starts, where its last character so far ends, and whether it has gone over a line break.
        let mut plain: Option<(usize, usize, bool)> = None;
        let mut broken = false;
        loop {
            let byte = self.peek(0)?;
            let ends_plain = match byte {
                b'{' | b'[' | b'}' | b']' | b',' => true,
                b':' => {
                    plain.is_none()
                        || self.ends_word(1)
                        || matches!(self.peek(1), Some(b',' | b'{' | b'}' | b'[' | b']'))
                }
                b'#' => self.bytes[self.at - 1].is_ascii_whitespace(),
                _ => false,
            };
            if ends_plain && let Some((start, end, true)) = plain.take() {
                self.scalars.insert(start as u32, end as u32);
            }
            match byte {
                b'\n' | b'\r' => {
                    self.blank();
                    broken = true;
                    if byte == b'\n' && self.at_marker() {
                        return None;
                    }
                }
                b' ' | b'\t' => self.at += 1,
                b'#' if ends_plain => self.comment(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        return Some(());
                    }
                }
                _ if ends_plain => self.at += 1,
                b'"' | b'\'' if plain.is_none() => self.quoted(byte)?,
                b'!' | b'&' | b'*' if plain.is_none() => {
                    self.skip(|byte| !byte.is_ascii_whitespace() && !b",[]{}".contains(&byte));
                }
                _ => {
                    let (start, _, over) = plain.unwrap_or((self.at, self.at, false));
                    plain = Some((start, self.at + 1, over || (broken && start != self.at)));
                    self.at += 1;
                    broken = false;
                }
            }
            if plain.is_none() {
                broken = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let joined = joined(text);
        assert_eq!(joined.as_ref().map(|joined| joined.text.as_str()), expected, "{text}");
    }

    #[test]
    fn line_breaks_in_brackets_and_quotes_become_spaces() {
        check("a: [\n1, # c\n2]\nb: 'x\ny'\n", Some("a: [ 1,     2]\nb: 'x y'\n"));
        check("a:\n{b: c}\nd: e\n", Some("a: {b: c}\nd: e\n"));
        check("a:\n'b': c\nd: e\n", None);
        check("a: |\n  [\n  {\nb: [\n]\n", Some("a: |\n  [\n  {\nb: [ ]\n"));
        check("a: b [ c\n  { d\ne: [\n]\n", Some("a: b [ c\n  { d\ne: [ ]\n"));
        check("- it's\n- [it's, 'it''s'\n]\n", Some("- it's\n- [it's, 'it''s' ]\n"));
        check("a: [ß, # ßß\n]\n", Some("a: [ß,      ]\n"));
    }

    #[test]
    fn what_is_not_closed_is_left_alone() {
        check("a: [\nb: c\n", None);
        check("a: 'b\nc: d\n", None);
        check("a: [\n---\n]\n", None);
        check("a: b\n", None);
    }

    #[test]
    fn a_text_over_a_line_break_is_remembered_whole() {
        let joined = joined("a: [b\nc, d, \"e\nf\"]").unwrap();
        let scalars: Vec<_> = joined.scalars.into_iter().collect();
        assert_eq!(scalars, [(4, 7), (12, 17)]);
    }
}
