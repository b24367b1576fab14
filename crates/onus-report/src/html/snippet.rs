//! A few lines of source with the deciding place marked.

use super::text::cut;
use crate::text::unmask;
use onus_model::{SourceFile, Span};

/// Lines shown before and after the marked one.
const AROUND: u32 = 2;
/// Lines marked at most: a property that spans more is recognized by its beginning.
const MARKED: u32 = 3;
/// Characters of a line shown; minified templates have lines of megabytes.
const COLUMNS: usize = 150;

/// Some lines of a file.
pub(crate) struct Snippet {
    pub(crate) lines: Vec<Line>,
}

/// A line: what comes before the mark, the mark, what comes after. All of it is `before` in a line without a mark.
pub(crate) struct Line {
    pub(crate) number: u32,
    pub(crate) before: String,
    pub(crate) marked: String,
    pub(crate) after: String,
    pub(crate) hit: bool,
}

impl Snippet {
    /// The lines around a span; none where the file has no text there.
    pub(crate) fn new(file: &SourceFile, span: Span) -> Option<Self> {
        let (first, column) = file.line_and_column(span.start);
        let (end, end_column) = file.line_and_column(span.end.max(span.start));
        let last = end.min(first + MARKED - 1);
        let lines: Vec<Line> = (first.saturating_sub(AROUND).max(1)..=last + AROUND)
            .map_while(|number| Some((number, file.line(number)?)))
            .map(|(number, text)| {
                let from = if number == first { column as usize - 1 } else { 0 };
                let to = if number == end { end_column as usize - 1 } else { usize::MAX };
                if number < first || number > last {
                    plain(number, text)
                } else {
                    marked(number, text, from, to)
                }
            })
            .collect();
        lines.iter().any(|line| line.hit).then_some(Self { lines })
    }
}

fn plain(number: u32, text: &str) -> Line {
    Line {
        number,
        before: unmask(&cut(text, COLUMNS)).into_owned(),
        marked: String::new(),
        after: String::new(),
        hit: false,
    }
}

fn marked(number: u32, text: &str, from: usize, to: usize) -> Line {
    // Where the mark is far to the right, the line starts shortly before it.
    let skip = if from > COLUMNS / 2 { from - COLUMNS / 4 } else { 0 };
    let window: Vec<char> = text.chars().skip(skip).take(COLUMNS + 1).collect();
    let cut_off = window.len() > COLUMNS;
    let window = &window[..window.len().min(COLUMNS)];
    let indent = if from == 0 { window.iter().take_while(|c| c.is_whitespace()).count() } else { 0 };
    let start = (from - skip).max(indent).min(window.len());
    let end = to.saturating_sub(skip).clamp(start, window.len());
    let text = |part: &[char]| unmask(&part.iter().collect::<String>()).into_owned();
    Line {
        number,
        before: format!("{}{}", if skip > 0 { "…" } else { "" }, text(&window[..start])),
        marked: text(&window[start..end]),
        after: format!("{}{}", text(&window[end..]), if cut_off { "…" } else { "" }),
        hit: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::FileId;

    fn check(text: &str, start: u32, end: u32, expected: &str) {
        let snippet = Snippet::new(&SourceFile::new("f", text), Span::new(FileId(0), start, end));
        let lines = snippet.map_or_else(Vec::new, |snippet| snippet.lines);
        let shown: Vec<String> = lines
            .iter()
            .map(|line| match line.hit {
                true => format!("{}>{}[{}]{}", line.number, line.before, line.marked, line.after),
                false => format!("{} {}", line.number, line.before),
            })
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn the_deciding_place_is_marked_within_its_lines() {
        check("a\nb\nc: no\nd\ne\nf", 7, 9, "1 a\n2 b\n3>c: [no]\n4 d\n5 e");
        check("one", 0, 3, "1>[one]");
        check("one", 3, 3, "1>one[]");
        check("a: {\n  b\n}\nc", 0, 10, "1>[a: {]\n2>  [b]\n3>[}]\n4 c");
    }

    #[test]
    fn hostile_files_stay_small() {
        let long = "x".repeat(100_000);
        let snippet =
            Snippet::new(&SourceFile::new("f", long.as_str()), Span::new(FileId(0), 50_000, 99_000));
        let line = &snippet.expect("a line").lines[0];
        assert!(
            line.before.chars().count() + line.marked.chars().count() + line.after.chars().count()
                <= COLUMNS + 2
        );
        assert!(line.before.starts_with('…') && line.after.ends_with('…'));
        check("ab", 900, 7, "1>ab[]");
    }
}
