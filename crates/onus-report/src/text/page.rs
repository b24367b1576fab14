//! A page of lines for a terminal, in which no line is wider than the page.

use super::{clean, cut, to_ascii, width};
use crate::Screen;
use anstyle::Style;
use std::fmt::Write;

/// How things are shown that carry a meaning.
pub(crate) struct Ink;

impl Ink {
    /// Nothing special.
    pub(crate) const PLAIN: Style = Style::new();
    /// Headings and numbers.
    pub(crate) const BOLD: Style = Style::new().bold();
    /// What is there to be looked up, not read.
    pub(crate) const DIM: Style = Style::new().dimmed();
    /// The customer's.
    pub(crate) const CUSTOMER: Style = colored(33).bold();
    /// AWS's.
    pub(crate) const AWS: Style = colored(208).bold();
    /// Not in order.
    pub(crate) const BAD: Style = colored(196).bold();
    /// In order.
    pub(crate) const GOOD: Style = colored(35).bold();
    /// Not decided.
    pub(crate) const OPEN: Style = colored(178).bold();
}

const fn colored(index: u8) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi256(anstyle::Ansi256Color(index))))
}

/// A space at which no line ends; shown as a plain one.
pub(crate) const NO_BREAK: char = '\u{a0}';

/// Pieces of text, each in its style.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Vec<(Style, String)>);

impl Line {
    /// An empty line.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// The same with more text, made harmless.
    #[must_use]
    pub(crate) fn with(mut self, style: Style, text: &str) -> Self {
        self.push(style, text);
        self
    }

    /// Adds text, made harmless.
    pub(crate) fn push(&mut self, style: Style, text: &str) {
        let text = clean(text);
        match self.0.last_mut() {
            Some((last, before)) if *last == style => before.push_str(&text),
            _ => self.0.push((style, text.into_owned())),
        }
    }

    /// Adds another line's pieces.
    pub(crate) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The same with another line's pieces.
    #[must_use]
    pub(crate) fn joined(mut self, other: Self) -> Self {
        self.append(other);
        self
    }

    /// Adds spaces up to a column.
    pub(crate) fn pad_to(&mut self, column: usize) {
        let missing = column.saturating_sub(self.width());
        if missing > 0 {
            self.push(Ink::PLAIN, &" ".repeat(missing));
        }
    }

    /// The cells that it takes.
    pub(crate) fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| width(text)).sum()
    }

    /// Its words, flowed into lines of at most so many cells; a longer word is broken.
    pub(crate) fn flow(&self, cells: usize) -> Vec<Self> {
        let mut lines = Vec::new();
        let mut line = Self::new();
        let mut used = 0;
        for word in self.words() {
            let need = word.width();
            if used > 0 && used + 1 + need > cells {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(Ink::PLAIN, " ");
                used += 1;
            }
            if need <= cells {
                line.append(word);
                used += need;
            } else {
                let mut pieces = word.broken(cells);
                line = pieces.pop().unwrap_or_default();
                lines.extend(pieces);
                used = line.width();
            }
        }
        lines.push(line);
        lines
    }

    /// What stands between spaces; a no-break space does not separate. A word may change its style within.
    fn words(&self) -> Vec<Self> {
        let mut words = Vec::new();
        let mut word = Self::new();
        for (style, text) in &self.0 {
            for (at, part) in text.split(' ').enumerate() {
                if at > 0 && !word.0.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if !part.is_empty() {
                    word.push(*style, part);
                }
            }
        }
        if !word.0.is_empty() {
            words.push(word);
        }
        words
    }

    fn broken(&self, cells: usize) -> Vec<Self> {
        let mut pieces = vec![Self::new()];
        let mut used = 0;
        for (style, text) in &self.0 {
            for (at, part) in split_at_width(text, cells.saturating_sub(used), cells).into_iter().enumerate()
            {
                if at > 0 {
                    pieces.push(Self::new());
                    used = 0;
                }
                used += width(part);
                if let Some(piece) = pieces.last_mut() {
                    piece.push(*style, part);
                }
            }
        }
        pieces
    }
}

/// The text in pieces: the first of at most `first` cells, the others of at most `cells`.
fn split_at_width(text: &str, first: usize, cells: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut used, mut room) = (0, 0, first);
    for (at, char) in text.char_indices() {
        let need = width(&text[at..at + char.len_utf8()]);
        if used + need > room {
            pieces.push(&text[start..at]);
            (start, used, room) = (at, 0, cells.max(2));
        }
        used += need;
    }
    pieces.push(&text[start..]);
    pieces
}

/// A page under construction.
pub(crate) struct Page {
    width: usize,
    color: bool,
    ascii: bool,
    out: String,
}

impl Page {
    /// Narrower than this, nothing can be read any more; the law of widths holds from here on.
    pub(crate) const MIN_WIDTH: usize = 40;

    /// An empty page of so many cells.
    pub(crate) fn new(screen: &Screen) -> Self {
        let Screen { width, color, ascii } = *screen;
        Self { width: width.max(Self::MIN_WIDTH), color, ascii, out: String::new() }
    }

    /// The cells of a line.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Whether styles are shown.
    pub(crate) const fn color(&self) -> bool {
        self.color
    }

    /// Whether only ASCII may be used.
    pub(crate) const fn ascii(&self) -> bool {
        self.ascii
    }

    /// Adds a line, cut where the page ends.
    pub(crate) fn line(&mut self, line: &Line) {
        let mut room = self.width;
        let Some(last) = line.0.iter().rposition(|(_, text)| !text.trim_end().is_empty()) else {
            return self.blank();
        };
        for (at, (style, text)) in line.0.iter().enumerate().take(last + 1) {
            let text = if at == last { text.trim_end() } else { text };
            let shown = cut(text, room);
            room -= width(&shown);
            self.piece(*style, &shown);
            if shown != text {
                break;
            }
        }
        self.out.push('\n');
    }

    fn piece(&mut self, style: Style, text: &str) {
        let text = text.replace(NO_BREAK, " ");
        let text = if self.ascii { to_ascii(&text) } else { text };
        if self.color && style != Ink::PLAIN && !text.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(self.out, "{style}{text}{style:#}");
        } else {
            self.out.push_str(&text);
        }
    }

    /// Adds an empty line.
    pub(crate) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// Adds a heading.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(&Line::new().with(Ink::BOLD, text));
    }

    /// Adds text that may take several lines.
    pub(crate) fn paragraph(&mut self, line: &Line) {
        for line in line.flow(self.width) {
            self.line(&line);
        }
    }

    /// Adds a label and beside it text that may take several lines, all indented under its first.
    pub(crate) fn entry(&mut self, label: &Line, indent: usize, text: &Line) {
        let flowed = text.flow(self.width.saturating_sub(indent));
        for (at, part) in flowed.iter().enumerate() {
            let mut line = if at == 0 { label.clone() } else { Line::new() };
            line.pad_to(indent);
            line.0.extend(part.0.iter().cloned());
            self.line(&line);
        }
    }

    /// Adds text whose first line is indented so much, and the others by four cells more.
    pub(crate) fn hanging(&mut self, indent: usize, text: &Line) {
        for (at, part) in text.flow(self.width.saturating_sub(indent + 4)).into_iter().enumerate() {
            let mut line = Line::new();
            line.pad_to(if at == 0 { indent } else { indent + 4 });
            line.append(part);
            self.line(&line);
        }
    }

    /// Adds lines that another renderer made; the caller vouches for their width and cleanness.
    pub(crate) fn rendered(&mut self, text: &str) {
        for line in text.lines() {
            self.out.push_str(&without_trailing_blanks(line));
            self.out.push('\n');
        }
    }

    /// The finished text.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}

/// The line without spaces at its end, where escapes may stand between and behind them.
fn without_trailing_blanks(line: &str) -> String {
    let mut kept = line.trim_end();
    let mut escapes = Vec::new();
    while let Some(start) = kept.rfind('\x1b').filter(|_| kept.ends_with('m')) {
        let (before, escape) = kept.split_at(start);
        // Only a whole escape may be set aside: what ends with an `m` by chance has text in it.
        if escape.matches('m').count() != 1 {
            break;
        }
        escapes.push(escape);
        kept = before.trim_end();
    }
    escapes.into_iter().rev().fold(kept.to_owned(), |line, escape| line + escape)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flowed(line: &Line, cells: usize) -> Vec<String> {
        let text = |line: Line| line.0.into_iter().map(|(_, text)| text).collect();
        line.flow(cells).into_iter().map(text).collect()
    }

    #[test]
    fn words_flow_and_what_hangs_together_stays_together() {
        let line =
            Line::new().with(Ink::BOLD, "one two").with(Ink::PLAIN, ", three").with(Ink::DIM, " four\u{a0}x");
        assert_eq!(flowed(&line, 7), ["one", "two,", "three", "four\u{a0}x"]);
        assert_eq!(flowed(&line, 8), ["one two,", "three", "four\u{a0}x"]);
        assert_eq!(flowed(&Line::new(), 8), [""]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        let line = Line::new().with(Ink::PLAIN, "a bcdef").with(Ink::BOLD, "ghi日 j");
        assert_eq!(flowed(&line, 3), ["a", "bcd", "efg", "hi", "日", "j"]);
    }

    #[test]
    fn a_page_cuts_what_does_not_fit_and_shows_no_blank_ends() {
        let mut page = Page::new(&Screen { width: 40, ..Screen::default() });
        page.line(&Line::new().with(Ink::PLAIN, &"x".repeat(50)).with(Ink::BOLD, "y"));
        page.line(&Line::new().with(Ink::BOLD, "a ").with(Ink::DIM, "  "));
        assert_eq!(page.finish(), format!("{}…\na\n", "x".repeat(39)));
    }
}
