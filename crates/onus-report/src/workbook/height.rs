//! The height of rows. Programs differ in whether they fit rows to wrapped text when a file is opened, so it is stated.

use super::model::{Cell, Column, Row};

/// The height of a line in points.
const LINE: f64 = 11.8;
/// What a row has above and below its lines.
const AIR: f64 = 3.0;
/// The highest row that Excel knows.
const MAX_HEIGHT: f64 = 409.0;
/// The lines of a row above its statements, which say the same again, each its own part.
const HEAD_LINES: usize = 3;
/// The hundredths of a column's width that a character takes, words that do not fit any more included.
const PER_CHARACTER: usize = 80;

/// The height of a row, in points.
pub(super) fn of(row: &Row<'_>, columns: &[Column]) -> f64 {
    let cells = row.cells.iter().zip(columns);
    let lines = cells.map(|(cell, column)| match cell {
        Cell::Text(text) => lines(text, column.width),
        Cell::Link(address) => lines(address, column.width),
        Cell::Empty | Cell::Number(_) => 1,
    });
    let lines = lines.max().unwrap_or(1);
    points(if row.head { lines.min(HEAD_LINES) } else { lines })
}

/// The height of the headings; a sign for the filter stands beside each.
pub(super) fn of_headings(columns: &[Column]) -> f64 {
    let lines = columns.iter().map(|column| {
        let longest = column.heading.split([' ', '-']).map(str::len).max().unwrap_or_default();
        let width = column.width.saturating_sub(2).max(1);
        lines(&column.heading, width) + usize::from(longest > usize::from(width))
    });
    points(lines.max().unwrap_or(1))
}

fn points(lines: usize) -> f64 {
    (lines as f64).mul_add(LINE, AIR).min(MAX_HEIGHT)
}

fn lines(text: &str, width: u16) -> usize {
    let of_line = |line: &str| (line.len() * PER_CHARACTER).div_ceil(usize::from(width) * 100).max(1);
    text.split('\n').map(of_line).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        let columns = [Column::new("a", 10), Column::new("b", 50)];
        let of_texts = |a: &str, b: &str| of(&Row::new([a.to_owned().into(), b.to_owned().into()]), &columns);
        assert_eq!(of_texts("", "one line"), points(1));
        assert_eq!(of_texts("two\nlines", "one line"), points(2));
        assert_eq!(of_texts("", &"word ".repeat(50)), points(4));
        assert_eq!(of_texts("", &"word ".repeat(5_000)), MAX_HEIGHT);
    }
}
