//! Sheets become a file.

use super::height;
use super::look::{self, Look};
use super::model::{Cell, Column, Kind, Row, Sheet};
use super::text::{fitted, page_text};
use jiff::civil::{Date, Time};
use rayon::prelude::*;
use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DocProperties, Workbook, Worksheet, XlsxError,
};

/// The row of the headings; the note stands above it.
const HEADINGS: u32 = 1;
/// A4, and A3 for what would be too small on it.
const PAPERS: (u8, u8) = (9, 8);
/// The width in characters up to which A4 is large enough.
const WIDE: u16 = 150;
/// How much of the system's name stands at the head of a page.
const SYSTEM_SHOWN: usize = 60;
/// Of the levels from 1 to 9 that which is done soonest: the file is mostly text that repeats, and small either way.
const COMPRESSION: u8 = 1;

/// What the file says of itself.
pub(super) struct Properties<'a> {
    pub(super) system: &'a str,
    pub(super) title: &'a str,
    pub(super) date: Date,
}

/// The workbook as bytes. The same sheets give the same bytes.
///
/// Sheets are filled side by side, since one of them is most of the work; the order of the tabs is that of the sheets.
pub(super) fn write(sheets: &[Sheet<'_>], properties: &Properties<'_>) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let pages: Vec<Result<Worksheet, XlsxError>> =
        sheets.par_iter().map(|sheet| page(sheet, &look, properties)).collect();
    let mut workbook = Workbook::new();
    workbook.set_properties(&own(properties));
    workbook.set_zip_compression_level(COMPRESSION);
    for page in pages {
        workbook.push_worksheet(page?);
    }
    workbook.save_to_buffer()
}

/// The only time in the file is the day of the assessment.
fn own(properties: &Properties<'_>) -> DocProperties {
    DocProperties::new()
        .set_title(fitted(properties.title))
        .set_subject("Whose duty each control is, and how it stands")
        .set_author("onus")
        .set_comment(concat!("Written by onus ", env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&properties.date.to_datetime(Time::midnight()))
}

fn page(sheet: &Sheet<'_>, look: &Look, properties: &Properties<'_>) -> Result<Worksheet, XlsxError> {
    let mut own = Worksheet::new();
    let page = &mut own;
    page.set_name(sheet.name)?;
    set_up(page, sheet, properties)?;
    page.write_string_with_format(0, 0, fitted(&sheet.note), &look::note())?;
    for (at, column) in (0..).zip(&sheet.columns) {
        page.set_column_width(at, f64::from(column.width))?;
        let format = look::heading(column.group, column.kind == Kind::Mark);
        page.write_string_with_format(HEADINGS, at, fitted(&column.heading), &format)?;
    }
    page.set_row_height(HEADINGS, height::of_headings(&sheet.columns))?;
    for (at, row) in (HEADINGS + 1..).zip(&sheet.rows) {
        page.set_row_height(at, height::of(row, &sheet.columns))?;
        write_row(page, at, row, sheet, look)?;
    }
    fold(page, &sheet.rows)?;
    let last = HEADINGS + sheet.rows.len() as u32;
    for (at, column) in (0..).zip(&sheet.columns) {
        colour(page, at, column, last)?;
    }
    if !sheet.rows.is_empty() {
        page.autofilter(HEADINGS, 0, last, sheet.columns.len().saturating_sub(1) as u16)?;
    }
    Ok(own)
}

/// The view on a screen and on paper.
fn set_up(page: &mut Worksheet, sheet: &Sheet<'_>, properties: &Properties<'_>) -> Result<(), XlsxError> {
    page.set_freeze_panes(HEADINGS + 1, sheet.frozen)?;
    page.set_repeat_rows(0, HEADINGS)?;
    let width: u16 = sheet.columns.iter().map(|column| column.width).sum();
    page.set_paper_size(if width > WIDE { PAPERS.1 } else { PAPERS.0 });
    page.set_landscape().set_print_fit_to_pages(1, 0);
    page.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    page.set_screen_gridlines(false);
    page.group_symbols_above(true);
    let system = page_text(properties.system, SYSTEM_SHOWN);
    page.set_header(format!("&L{system}&C{}&R{}", sheet.name, properties.date));
    page.set_footer(concat!("&Lonus ", env!("CARGO_PKG_VERSION"), "&RPage &P of &N"));
    Ok(())
}

fn write_row(
    page: &mut Worksheet,
    at: u32,
    row: &Row<'_>,
    sheet: &Sheet<'_>,
    look: &Look,
) -> Result<(), XlsxError> {
    for (place, column) in (0..).zip(&sheet.columns) {
        let cell = row.cells.get(usize::from(place)).unwrap_or(&Cell::Empty);
        let link = matches!(cell, Cell::Link(_));
        // Of a row that is set off, the names are bold; texts would be hard to read.
        let format = look.of(column.kind, row, row.head && place <= sheet.frozen, link);
        match cell {
            Cell::Empty => page.write_blank(at, place, format)?,
            Cell::Text(text) => page.write_string_with_format(at, place, fitted(text), format)?,
            Cell::Number(number) => page.write_number_with_format(at, place, *number as f64, format)?,
            Cell::Link(address) => page.write_url_with_format(at, place, *address, format)?,
        };
    }
    Ok(())
}

/// Rows that fold, under the row above them.
fn fold(page: &mut Worksheet, rows: &[Row<'_>]) -> Result<(), XlsxError> {
    let mut at = HEADINGS + 1;
    for run in rows.chunk_by(|one, next| one.folds == next.folds) {
        let next = at + run.len() as u32;
        if run.first().is_some_and(|row| row.folds) {
            page.group_rows(at, next - 1)?;
        }
        at = next;
    }
    Ok(())
}

/// Colours that follow the words, also those that people write over ours.
fn colour(page: &mut Worksheet, at: u16, column: &Column, last: u32) -> Result<(), XlsxError> {
    for (word, tone) in column.palette.iter().filter(|_| last > HEADINGS) {
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith((*word).to_owned()))
            .set_stop_if_true(true)
            .set_format(look::tone(*tone));
        page.add_conditional_format(HEADINGS + 1, at, last, at, &rule)?;
    }
    Ok(())
}
