//! Texts of separated values: a matrix as CSV, or a sheet that was saved as one.

use crate::error::{ProviderError, Trouble};
use crate::grid::{Cell, Grid};
use crate::limits;
use onus_model::DocumentPlace;

/// What may stand between values: spreadsheets follow the country.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// In how many lines the separator is looked for.
const FIRST_LINES: usize = 30;

/// Reads a text; lines stand for rows.
pub(crate) fn read(text: &str) -> Result<Grid, Trouble> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let (mut grid, mut cells, mut lines) = (Grid::default(), 0, Lines { text, at: 0, line: 1 });
    let mut record = csv::StringRecord::new();
    let mut last = 1;
    loop {
        let at = |line| DocumentPlace::Line(line);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let error = ProviderError::Broken { part: "the text".to_owned(), reason: error.to_string() };
                return Err(Trouble { place: at(last), error });
            }
        }
        last = lines.of(record.position().map_or(0, |position| position.byte() as usize));
        let row: Vec<_> = (1_u32..).zip(&record).filter(|(_, text)| !text.trim().is_empty()).collect();
        cells += row.len();
        if row.last().is_some_and(|(column, _)| *column > limits::LAST_COLUMN) || cells > limits::MAX_CELLS {
            let error = ProviderError::TooMany { what: "cells", limit: limits::MAX_CELLS as u64 };
            return Err(Trouble { place: at(last), error });
        }
        if !row.is_empty() {
            let row = row.into_iter().map(|(column, text)| (column, Cell::Text(plain(text).into())));
            grid.rows.insert(last, row.collect());
        }
        if grid.rows.len() > limits::MAX_ROWS {
            let error = ProviderError::TooMany { what: "rows", limit: limits::MAX_ROWS as u64 };
            return Err(Trouble { place: at(last), error });
        }
    }
    // What follows an open quotation mark would all be one value.
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        return Err(Trouble { place: DocumentPlace::Line(last), error: ProviderError::OpenQuote });
    }
    Ok(grid)
}

/// Writers put an apostrophe before what a spreadsheet would take for a formula.
fn plain(text: &str) -> &str {
    let rest = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
    rest.unwrap_or(text)
}

/// The separator that stands most often in the first lines.
fn separator(text: &str) -> u8 {
    let first = text.lines().take(FIRST_LINES).flat_map(str::bytes);
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in first {
        quoted ^= byte == b'"';
        if let Some(at) = SEPARATORS.iter().position(|separator| *separator == byte && !quoted) {
            counts[at] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    SEPARATORS[counts.iter().position(|count| *count == most).unwrap_or(0)]
}

/// Counts lines up to a place, going forward only.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a record that begins here, or after the blank lines that stand here.
    fn of(&mut self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let blank =
            bytes[byte.min(bytes.len())..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let to = (byte + blank).clamp(self.at, bytes.len());
        self.line += bytes[self.at..to].iter().filter(|byte| **byte == b'\n').count() as u32;
        self.at = to;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_over_blanks_and_long_values() {
        let grid = read("a;b\n\n\n\"c\nd\";e\r\n\r\nf;'-g\n").unwrap();
        assert_eq!(grid.rows.keys().copied().collect::<Vec<_>>(), [1, 4, 7]);
        assert_eq!((grid.text(4, 1), grid.text(4, 2), grid.text(7, 2)), ("c\nd", "e", "-g"));
    }

    #[test]
    fn an_open_quotation_mark_is_an_error() {
        let trouble = read("a,b\n\"c,d\ne,f\n").unwrap_err();
        assert_eq!((trouble.place, trouble.error), (DocumentPlace::Line(2), ProviderError::OpenQuote));
    }
}
