//! Rows of aligned columns, the last of which takes what room is left.

use super::{Ink, Line, Page};

/// Where less is left for the last column, it goes on a line of its own.
const MIN_LAST: usize = 28;

/// Rows under construction.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Line>>,
}

impl Table {
    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Line>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Draws the rows on a page.
    pub(crate) fn draw(&self, page: &mut Page) {
        let columns = self.rows.iter().map(|row| row.len().saturating_sub(1)).max().unwrap_or(0);
        let widest =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(Line::width).max();
        let starts: Vec<usize> = (0..columns)
            .scan(0, |start, column| {
                let this = *start;
                *start += widest(column).unwrap_or(0) + 2;
                Some(this)
            })
            .collect();
        let last = starts.last().map_or(0, |start| start + widest(columns - 1).unwrap_or(0) + 2);
        let beside = last + MIN_LAST <= page.width();
        for row in &self.rows {
            let Some((text, cells)) = row.split_last() else { continue };
            let mut label = Line::new();
            for (cell, start) in cells.iter().zip(&starts) {
                label.pad_to(*start);
                label.append(cell.clone());
            }
            if beside {
                page.entry(&label, last, text);
            } else {
                page.line(&label);
                page.entry(&Line::new().with(Ink::PLAIN, ""), 4, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Screen;

    fn drawn(width: usize) -> String {
        let cell = |text: &str| Line::new().with(Ink::PLAIN, text);
        let mut table = Table::default();
        table.row([cell("a"), cell("long cell"), cell("what it is, in more words than one line has room")]);
        table.row([cell("bcd"), cell("x"), cell("short")]);
        let mut page = Page::new(&Screen { width, ..Screen::default() });
        table.draw(&mut page);
        page.finish()
    }

    #[test]
    fn the_last_column_flows_beside_the_others_or_under_them() {
        let beside = "\
a    long cell  what it is, in more words than
                one line has room
bcd  x          short
";
        assert_eq!(drawn(46), beside);
        let under = "\
a    long cell
    what it is, in more words than one
    line has room
bcd  x
    short
";
        assert_eq!(drawn(40), under);
    }
}
