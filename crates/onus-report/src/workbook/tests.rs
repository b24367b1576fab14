//! The workbook, read back by another library.

use super::context::Context;
use super::model::{Cell, Sheet};
use super::text::fitted;
use super::{by_service, sheets, write};
use crate::fixture;
use calamine::{Data, Reader as _, Xlsx};
use onus_assess::Assessment;
use onus_model::Convention;
use std::io::Cursor;

type Rows = Vec<Vec<String>>;

fn book(assessment: &Assessment, convention: Convention) -> Vec<u8> {
    write(assessment, Some(convention)).expect("a workbook")
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("the workbook can be read")
}

/// The sheets by name, as texts.
fn read(bytes: &[u8]) -> Vec<(String, Rows)> {
    let mut book = open(bytes);
    let sheets = book.worksheets();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        cell => cell.to_string(),
    };
    let rows =
        |range: calamine::Range<Data>| range.rows().map(|row| row.iter().map(text).collect()).collect();
    sheets.into_iter().map(|(name, range)| (name, rows(range))).collect()
}

fn column(rows: &Rows, heading: &str) -> Vec<String> {
    let at = rows[1].iter().position(|cell| cell == heading).unwrap_or_else(|| panic!("no column {heading}"));
    rows[2..].iter().map(|row| row[at].clone()).collect()
}

fn sheet(bytes: &[u8], name: &str) -> Rows {
    let (_, rows) = read(bytes).into_iter().find(|(own, _)| own == name).expect("the sheet");
    rows
}

#[test]
fn a_small_system() {
    let mut text = String::new();
    for (name, rows) in read(&book(&fixture::originated(), Convention::Fedramp)) {
        text += &format!("## {name}\n");
        for row in rows {
            text += row.join(" | ").replace('\n', " / ").trim_end_matches([' ', '|']);
            text.push('\n');
        }
    }
    insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "[version]"));
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    let bytes = || book(&fixture::originated(), Convention::Aws);
    assert!(bytes() == bytes());
}

/// Every text of every sheet is in the file, whole and in its place, and there is nothing else.
#[track_caller]
fn assert_whole(assessment: &Assessment) {
    let context = Context::new(assessment, None);
    let written = sheets(&context);
    let found = read(&write(assessment, None).expect("a workbook"));
    assert_eq!(written.len(), found.len());
    for (sheet, (name, rows)) in written.iter().zip(&found) {
        assert_eq!(sheet.name, name);
        assert_eq!(rows.len(), sheet.rows.len() + 2, "{name}");
        for (expected, row) in sheet.rows.iter().zip(&rows[2..]) {
            let expected: Vec<String> = (0..row.len()).map(|at| shown(expected.cells.get(at))).collect();
            assert_eq!(&expected, row, "{name}");
        }
    }
}

fn shown(cell: Option<&Cell<'_>>) -> String {
    match cell {
        None | Some(Cell::Empty) => String::new(),
        Some(Cell::Text(text)) => fitted(text).into_owned(),
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::Link(address)) => (*address).to_owned(),
    }
}

#[test]
fn no_text_is_lost() {
    assert_whole(&fixture::originated());
    assert_whole(&fixture::web_shop());
    assert_whole(&fixture::many_findings(300));
    for text in [
        "=cmd|' /C calc'!A0",
        "_x0041_ _x005F_",
        "  spaces  ",
        "<&>\"'",
        "日本 😀",
        "a\u{0}b\u{1b}\u{202e}c",
        "two\nlines",
        "@SUM(A1)",
        "1234",
        "TRUE",
    ] {
        assert_whole(&hostile(text));
    }
    assert_whole(&hostile(&"long ".repeat(10_000)));
}

/// The text everywhere that the input can name something.
fn hostile(text: &str) -> Assessment {
    let mut assessment = fixture::hostile(text);
    assessment.controls = fixture::originated().controls;
    for control in &mut assessment.controls {
        control.title = text.to_owned();
        control.because = vec![text.to_owned()];
        control.standing.evidence = vec![text.to_owned()];
        control.standing.missing = vec![text.to_owned()];
    }
    assessment
}

#[test]
fn no_cell_is_a_formula() {
    for text in ["=1+1", "+1", "-1", "@SUM(A1)", "{=A1}", "=HYPERLINK(\"https://example.com\")"] {
        let bytes = book(&hostile(text), Convention::Aws);
        let mut book = open(&bytes);
        for name in book.sheet_names() {
            let formulas = book.worksheet_formula(&name).expect("the sheet");
            assert!(formulas.used_cells().next().is_none(), "{name}");
        }
    }
}

#[test]
fn a_long_text_is_cut_where_one_sees_it() {
    let mut assessment = fixture::originated();
    assessment.controls[0].standing.evidence = vec!["x".repeat(40_000)];
    let evidence = column(&sheet(&book(&assessment, Convention::Aws), "Matrix"), "Evidence");
    assert!(evidence[0].ends_with("[cut: a cell holds no more]"));
}

#[test]
fn every_control_is_in_every_sheet_that_should_have_it() {
    let assessment = fixture::originated();
    let ids: Vec<&str> = assessment.controls.iter().map(|control| control.control.as_str()).collect();
    for convention in Convention::ALL {
        let bytes = book(&assessment, convention);
        assert_eq!(column(&sheet(&bytes, "CIS"), "Control"), ids);
        for name in ["CRM", "Matrix"] {
            let mut found = column(&sheet(&bytes, name), "Control");
            found.dedup();
            assert_eq!(found, ids, "{name}");
        }
        let layers: usize = assessment
            .controls
            .iter()
            .flat_map(|control| &control.statements)
            .map(|own| own.layers.len())
            .sum();
        assert_eq!(sheet(&bytes, "Derivation").len(), layers + 2);
    }
}

#[test]
fn the_matrix_is_the_csv() {
    let assessment = fixture::originated();
    let csv = crate::matrix::write_csv(&assessment, Some(Convention::Fedramp)).expect("CSV");
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let headings = csv.headers().expect("headings").clone();
    let records: Vec<csv::StringRecord> = csv.records().map(|record| record.expect("a record")).collect();
    let matrix = sheet(&book(&assessment, Convention::Fedramp), "Matrix");
    for (of_csv, of_sheet) in [
        ("control", "Control"),
        ("statement", "Statement"),
        ("title", "Title, or what is asked"),
        ("class", "Whose"),
        ("label", "Label"),
        ("aws_part", "AWS's part"),
        ("customer_part", "Your part"),
        ("because", "Because"),
        ("status", "Status"),
        ("evidence", "Evidence"),
        ("missing", "What is missing"),
    ] {
        let at = headings.iter().position(|heading| heading == of_csv).expect("the column");
        // In a sheet each sentence has a line of its own.
        let gap = if of_csv == "because" { " | " } else { " " };
        let found: Vec<String> =
            column(&matrix, of_sheet).iter().map(|text| text.replace('\n', gap)).collect();
        let expected: Vec<&str> = records.iter().map(|record| &record[at]).collect();
        assert_eq!(found, expected, "{of_csv}");
    }
}

#[test]
fn a_sheet_that_is_cut_says_so() {
    let mut assessment = fixture::originated();
    let controls = assessment.controls.clone();
    for at in 0..3_000 {
        let mut more = controls.clone();
        more.iter_mut().for_each(|control| control.control = format!("{}-{at}", control.control));
        assessment.controls.extend(more);
    }
    let context = Context::new(&assessment, None);
    let sheet: Sheet<'_> = by_service::sheet(&context);
    assert!(sheet.rows.len() <= by_service::MAX_ROWS && sheet.rows.len() + 4 > by_service::MAX_ROWS);
    assert!(sheet.note.starts_with("CUT: the last "), "{}", sheet.note);
    let whole = by_service::sheet(&Context::new(&fixture::originated(), None)).note;
    assert!(!whole.contains("CUT"));
}

#[test]
fn no_part_of_the_file_has_the_time_of_the_run() {
    let bytes = book(&fixture::originated(), Convention::Aws);
    // 1980-01-01, the first day of the format: 0x0021 after the time 0x0000.
    let heads = bytes.windows(4).enumerate().filter(|(_, window)| window == b"PK\x03\x04");
    for (at, _) in heads {
        assert_eq!(bytes[at + 10..at + 14], [0, 0, 0x21, 0], "a part has another time");
    }
}
