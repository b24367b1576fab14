//! Workbooks in Office Open XML (ECMA-376), as far as a matrix needs them: sheets, texts, numbers, merged cells.
//!
//! Read part by part with limits on what is unpacked, since libraries reserve what a file says it needs.

mod archive;
mod sheet;
mod strings;
mod workbook;
mod xml;

use crate::error::Trouble;
use crate::grid::Grid;
use crate::limits;
use archive::Archive;
use jiff::civil::Date;
use onus_model::DocumentPlace;

/// A workbook that was read.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<Grid>,
    /// The day of the last change, as it says itself.
    pub(crate) date: Option<Date>,
}

/// Reads the sheets of a workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<Workbook, Trouble> {
    let whole = |error| Trouble { place: DocumentPlace::Whole, error };
    let mut archive = Archive::open(bytes).map_err(whole)?;
    let parts = workbook::read(&mut archive).map_err(whole)?;
    let strings = match &parts.strings {
        Some(path) => strings::read(&archive.part(path).map_err(whole)?, path).map_err(whole)?,
        None => Vec::new(),
    };
    let mut workbook = Workbook { sheets: Vec::new(), date: parts.date };
    let mut cells = limits::MAX_CELLS;
    for found in &parts.sheets {
        let text = archive.part(&found.path).map_err(whole)?;
        let mut grid = sheet::read(&text, &found.path, &strings, &mut cells)
            .map_err(|error| Trouble { place: DocumentPlace::Sheet(found.name.clone()), error })?;
        grid.sheet = Some(found.name.clone());
        grid.hidden = found.hidden;
        workbook.sheets.push(grid);
    }
    Ok(workbook)
}
