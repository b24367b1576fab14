//! A library that reads workbooks sees the same cells.

use crate::kit::{fill, read, sheet};
use calamine::{Data, Reader as _, Xlsx};
use std::io::Cursor;

#[test]
fn cells_are_those_that_a_library_reads() {
    let rows: &[&[&str]] = &[
        &["Control ID", "Inherited", "Customer responsibility"],
        &["PE-3", "partly", "  a & b <c> \"d\"\n\u{1f600} _x000D_ ß"],
        &["SI-2", "partly", "=not a formula"],
        &["SC-7", "partly", "x"],
    ];
    let bytes = sheet(|sheet| fill(sheet, 1, rows));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let range = book.worksheet_range("CRM").unwrap();
    let reading = read(&bytes);
    for (row, part) in (1_u32..).zip(&reading.provider.parts) {
        let Some(Data::String(text)) = range.get_value((row, 2)) else { panic!("no text in row {row}") };
        assert_eq!(part.leaves, [text.trim()], "row {row}");
    }
    assert_eq!(reading.provider.parts.len(), rows.len() - 1);
}
