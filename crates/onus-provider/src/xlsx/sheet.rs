//! The cells of a sheet.

use super::archive::broken;
use super::strings::{rich, unescape};
use super::xml::{Element, Item, Items};
use crate::error::ProviderError;
use crate::grid::{Cell, Grid};
use crate::limits;
use std::sync::Arc;

pub(super) fn read(
    text: &str,
    path: &str,
    strings: &[Arc<str>],
    cells: &mut usize,
) -> Result<Grid, ProviderError> {
    let mut sheet = Sheet {
        items: Items::new(text, path),
        path,
        strings,
        grid: Grid::default(),
        cells,
        row: 0,
        column: 0,
    };
    let (mut is_sheet, mut ranges) = (false, Vec::new());
    while let Some(item) = sheet.items.next()? {
        let Item::Start(element) = item else { continue };
        match element.name.as_str() {
            "worksheet" => is_sheet = true,
            "row" => sheet.row(&element)?,
            "c" => sheet.cell(&element)?,
            "mergeCell" => ranges.push(sheet.range(&element)?),
            _ => {}
        }
    }
    if !is_sheet {
        return Err(broken(path, &"is not a sheet"));
    }
    merge(&mut sheet.grid, &ranges)?;
    Ok(sheet.grid)
}

struct Sheet<'a> {
    items: Items<'a>,
    path: &'a str,
    strings: &'a [Arc<str>],
    grid: Grid,
    cells: &'a mut usize,
    row: u32,
    column: u32,
}

impl Sheet<'_> {
    fn row(&mut self, element: &Element) -> Result<(), ProviderError> {
        self.column = 0;
        self.row = match element.attribute("r") {
            Some(number) => number.parse().map_err(|_| self.no_place(number))?,
            None => self.row + 1,
        };
        if (1..=limits::LAST_ROW).contains(&self.row) {
            Ok(())
        } else {
            Err(self.no_place(&self.row.to_string()))
        }
    }

    fn cell(&mut self, element: &Element) -> Result<(), ProviderError> {
        let (row, column) = match element.attribute("r") {
            Some(place) => reference(place).ok_or_else(|| self.no_place(place))?,
            None => (self.row, self.column + 1),
        };
        if !(1..=limits::LAST_COLUMN).contains(&column) || row == 0 {
            return Err(self.no_place(&format!("row {row} column {column}")));
        }
        (self.row, self.column) = (row, column);
        let kind = element.attribute("t").unwrap_or("n").to_owned();
        let Some(cell) = self.content(&kind)? else { return Ok(()) };
        *self.cells = self
            .cells
            .checked_sub(1)
            .ok_or(ProviderError::TooMany { what: "cells", limit: limits::MAX_CELLS as u64 })?;
        let rows = self.grid.rows.len();
        if self.grid.rows.entry(row).or_default().insert(column, cell).is_some() {
            return Err(broken(self.path, &format!("has a cell twice: row {row} column {column}")));
        }
        if rows == limits::MAX_ROWS && self.grid.rows.len() > rows {
            return Err(ProviderError::TooMany { what: "rows", limit: limits::MAX_ROWS as u64 });
        }
        Ok(())
    }

    /// What the cell holds; none where that is nothing.
    fn content(&mut self, kind: &str) -> Result<Option<Cell>, ProviderError> {
        let (mut value, mut inline, mut formula, mut inside) = (None, None, false, false);
        while let Some(item) = self.items.next()? {
            match item {
                Item::Start(element) => match element.name.as_str() {
                    "v" => {
                        inside = true;
                        value.get_or_insert_with(String::new);
                    }
                    "f" => formula = true,
                    "is" => inline = Some(rich(&mut self.items, "is")?),
                    _ => {}
                },
                Item::Text(text) if inside => value.get_or_insert_with(String::new).push_str(&text),
                Item::Text(_) => {}
                Item::End(name) if name == "c" => break,
                Item::End(_) => inside = false,
            }
        }
        let value = match value.filter(|value| !value.is_empty() || kind == "str") {
            Some(value) => value,
            None if kind == "inlineStr" => return Ok(inline.map(|text| Cell::Text(text.into()))),
            None => return Ok(formula.then_some(Cell::Unknown)),
        };
        self.typed(kind, &value).map(Some)
    }

    fn typed(&self, kind: &str, value: &str) -> Result<Cell, ProviderError> {
        Ok(match kind {
            "s" => {
                let text = value.trim().parse::<usize>().ok().and_then(|at| self.strings.get(at));
                Cell::Text(Arc::clone(
                    text.ok_or_else(|| broken(self.path, &"has a text that is not there"))?,
                ))
            }
            "b" => Cell::Number(if value.trim() == "1" { "yes" } else { "no" }.into()),
            "e" => Cell::Fault(value.into()),
            "n" => match value.trim().parse::<f64>() {
                // The shortest way to write it: spreadsheets store more digits than they show.
                Ok(number) => Cell::Number(number.to_string().into()),
                Err(_) => {
                    return Err(broken(self.path, &format!("has no number where one should be: `{value}`")));
                }
            },
            _ => Cell::Text(unescape(value).into()),
        })
    }

    fn range(&self, element: &Element) -> Result<Range, ProviderError> {
        let text = element.attribute("ref").unwrap_or_default();
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let corners = reference(first)
            .zip(reference(last))
            .filter(|(first, last)| first.0 <= last.0 && first.1 <= last.1);
        corners.map(|(first, last)| Range { first, last }).ok_or_else(|| self.no_place(text))
    }

    fn no_place(&self, text: &str) -> ProviderError {
        broken(self.path, &format!("has a place that no sheet has: `{text}`"))
    }
}

/// A merged range; corners are row and column.
struct Range {
    first: (u32, u32),
    last: (u32, u32),
}

/// Says of which cell the cells below the first of a range have their content. What lies beside it has none: a title
/// that spans the columns of a table speaks of none of them.
fn merge(grid: &mut Grid, ranges: &[Range]) -> Result<(), ProviderError> {
    let too_many = ProviderError::TooMany { what: "merged rows", limit: limits::MAX_MERGED_ROWS as u64 };
    for Range { first, last } in ranges {
        if first.1 < last.1 {
            grid.wide.insert(*first);
        }
        let end = last.0.min(grid.rows.last_key_value().map_or(0, |(row, _)| *row));
        if (end.saturating_sub(first.0) as usize) + grid.merged.len() > limits::MAX_MERGED_ROWS {
            return Err(too_many);
        }
        grid.merged.extend((first.0 + 1..=end).map(|row| ((row, first.1), first.0)));
    }
    if grid.wide.len() > limits::MAX_MERGED_ROWS { Err(too_many) } else { Ok(()) }
}

/// Row and column of a place such as `C14`.
fn reference(place: &str) -> Option<(u32, u32)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = place[..letters].bytes().try_fold(0_u32, |sum, letter| {
        sum.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: u32 = place[letters..].parse().ok()?;
    ((1..=limits::LAST_ROW).contains(&row) && (1..=limits::LAST_COLUMN).contains(&column))
        .then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        for (place, expected) in [
            ("A1", Some((1, 1))),
            ("XFD1048576", Some((1_048_576, 16_384))),
            ("XFE1", None),
            ("A0", None),
            ("A", None),
            ("7", None),
            ("AAAAAAAAAAAA1", None),
            ("A99999999999", None),
        ] {
            assert_eq!(reference(place), expected, "{place}");
        }
    }
}
