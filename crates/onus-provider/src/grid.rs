//! Sheets and texts alike: rows of cells, each with its place.

use onus_model::DocumentPlace;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A sheet of a workbook, or a text of separated values.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// The sheet's name; none for a text.
    pub(crate) sheet: Option<String>,
    /// Whether the sheet is hidden from who opens the workbook.
    pub(crate) hidden: bool,
    /// The rows that hold something, by number from one.
    pub(crate) rows: BTreeMap<u32, Row>,
    /// Cells that lie below the first of a merged range, with the row of that first.
    pub(crate) merged: HashMap<(u32, u32), u32>,
    /// First cells of ranges that are merged over several columns.
    pub(crate) wide: HashSet<(u32, u32)>,
}

/// The cells of a row that hold something, by column from one.
pub(crate) type Row = BTreeMap<u32, Cell>;

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A text.
    Text(Arc<str>),
    /// A number or a truth value, as text.
    Number(Arc<str>),
    /// An error, as spreadsheets write it (`#REF!`).
    Fault(Arc<str>),
    /// A formula whose result was not stored.
    Unknown,
}

impl Cell {
    /// The text, without white space around it; empty where there is none.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text.trim(),
            Self::Fault(_) | Self::Unknown => "",
        }
    }

    /// Whether there is nothing to see.
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) | Self::Number(text) if text.trim().is_empty())
    }
}

impl Grid {
    /// A cell; that of the first row of its range where it is merged with cells above.
    pub(crate) fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        let at = |row: u32| self.rows.get(&row)?.get(&column).filter(|cell| !cell.is_blank());
        at(row).or_else(|| at(*self.merged.get(&(row, column))?))
    }

    /// The text of a cell; empty where there is none.
    pub(crate) fn text(&self, row: u32, column: u32) -> &str {
        self.cell(row, column).map_or("", Cell::text)
    }

    /// The place of a row.
    pub(crate) fn row_place(&self, row: u32) -> DocumentPlace {
        match &self.sheet {
            Some(sheet) => DocumentPlace::Row { sheet: sheet.clone(), row },
            None => DocumentPlace::Line(row),
        }
    }

    /// The place of a cell.
    pub(crate) fn place(&self, row: u32, column: u32) -> DocumentPlace {
        match &self.sheet {
            Some(sheet) => DocumentPlace::Cell { sheet: sheet.clone(), row, column },
            None => DocumentPlace::Line(row),
        }
    }

    /// The place of all of it.
    pub(crate) fn whole(&self) -> DocumentPlace {
        self.sheet.clone().map_or(DocumentPlace::Whole, DocumentPlace::Sheet)
    }
}
