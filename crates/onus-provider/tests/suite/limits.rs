//! Documents that ask for more than there is.

use crate::kit::{crm, read, sheet};
use onus_provider::limits;
use std::io::Cursor;
use zip::write::SimpleFileOptions;

/// A workbook in which one part is another text.
pub(crate) fn with_part(bytes: &[u8], part: &str, content: &dyn Fn(&mut dyn std::io::Write)) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let file = old.by_index_raw(at).unwrap();
        if file.name().unwrap() == part { continue } else { new.raw_copy_file(file).unwrap() }
    }
    new.start_file(part, SimpleFileOptions::default()).unwrap();
    content(&mut new);
    new.finish().unwrap().into_inner()
}

#[track_caller]
fn refused(bytes: &[u8], expected: &str) {
    let reading = read(bytes);
    let messages: Vec<String> = reading.troubles.iter().map(|trouble| trouble.error.to_string()).collect();
    assert!(messages.iter().any(|message| message.contains(expected)), "{messages:?}");
    assert!(reading.provider.parts.is_empty());
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = with_part(&crm(&[]), SHEET, &|out| {
        out.write_all(b"<worksheet><sheetData>").unwrap();
        let blank = vec![b' '; 1 << 20];
        (0..=limits::MAX_UNPACKED >> 20).for_each(|_| out.write_all(&blank).unwrap());
        out.write_all(b"</sheetData></worksheet>").unwrap();
    });
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    refused(&bomb, "bytes in the parts of the workbook");
}

#[test]
fn cells_at_the_far_end_take_no_room() {
    let bytes = sheet(|sheet| {
        crate::kit::fill(sheet, 1, &[crate::kit::HEADINGS, &["PE-3", "Yes"]]);
        sheet.write_string(1_048_575, 16_383, "far").unwrap();
    });
    assert_eq!(read(&bytes).provider.parts.len(), 1);
}

#[test]
fn counts_in_the_file_reserve_nothing() {
    let bytes = with_part(&crm(&[]), "xl/sharedStrings.xml", &|out| {
        out.write_all(b"<sst count='1' uniqueCount='99999999999999'><si><t>Control ID</t></si></sst>")
            .unwrap();
    });
    refused(&bytes, "has a text that is not there");
}

#[test]
fn merged_ranges_over_everything_are_no_more_than_the_rows() {
    let content = |range: &str| {
        let range = range.to_owned();
        with_part(&crm(&[]), SHEET, &move |out| {
            let head = "<c t='inlineStr'><is><t>Control ID</t></is></c><c t='inlineStr'><is><t>Inherited</t></is></c>";
            let row = "<c t='inlineStr'><is><t>PE-3</t></is></c><c t='inlineStr'><is><t>yes</t></is></c>";
            write!(out, "<worksheet><sheetData><row>{head}</row><row>{row}</row></sheetData><mergeCells><mergeCell ref='{range}'/></mergeCells></worksheet>").unwrap();
        })
    };
    assert_eq!(read(&content("F1:XFD1048576")).provider.parts.len(), 1);
    refused(&content("B9:A1"), "has a place that no sheet has: `B9:A1`");
    refused(&content("A1:ZZZZZZZZZZ9"), "has a place that no sheet has");
}

#[test]
fn deep_xml_and_entities_are_refused() {
    let deep = with_part(&crm(&[]), SHEET, &|out| {
        out.write_all("<worksheet>".as_bytes()).unwrap();
        (0..limits::MAX_DEPTH).for_each(|_| out.write_all(b"<a>").unwrap());
    });
    refused(&deep, "elements within each other");
    let entity = with_part(&crm(&[]), SHEET, &|out| {
        out.write_all(b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet><sheetData><row><c t='str'><v>&a;</v></c></row></sheetData></worksheet>").unwrap();
    });
    refused(&entity, "is not plain: `&a;`");
}

#[test]
fn a_part_that_is_missing_or_breaks_off_is_named() {
    let broken = with_part(&crm(&[]), SHEET, &|out| out.write_all(b"<worksheet><sheetData><row>").unwrap());
    refused(&broken, "the workbook is broken: `xl/worksheets/sheet1.xml` ends within an element");
    refused(&crm(&[&["PE-3", "Yes"]])[..900], "the workbook is broken: `the archive`");
    let other = with_part(&crm(&[]), "_rels/.rels", &|out| out.write_all(b"<Relationships/>").unwrap());
    refused(&other, "the file is a zip archive, but no workbook");
}

#[test]
fn many_troubles_are_counted() {
    let text: String = (0..2_000).map(|row| format!("ZZ-{row},yes\n")).collect();
    let reading = read(format!("Control ID,Inherited\n{text}").as_bytes());
    assert_eq!(reading.troubles.len(), limits::MAX_TROUBLES + 1);
    assert_eq!(reading.troubles[limits::MAX_TROUBLES].error.to_string(), "and 1500 more");
}

#[test]
fn long_texts_are_cut_and_reported() {
    let text = format!(
        "Control ID,Inherited,Customer responsibility\nPE-3,partly,{}\n",
        "ß".repeat(limits::MAX_TEXT + 9)
    );
    let reading = read(text.as_bytes());
    assert_eq!(reading.provider.parts[0].leaves[0].chars().count(), limits::MAX_TEXT);
    assert_eq!(reading.troubles[0].error.to_string(), "a text has more than 32767 characters");
}

#[test]
fn many_rows_on_one_control_take_no_longer_than_many_controls() {
    // Searching what was joined for each text took minutes for these.
    let rows: String = (0..50_000)
        .map(|row| format!("PE-3,Partial,Task number {row} of the long list that is yours\n"))
        .collect();
    let started = std::time::Instant::now();
    let reading = read(format!("Control ID,Inherited,Customer Responsibilities\n{rows}").as_bytes());
    assert_eq!(reading.provider.parts.len(), 1);
    assert_eq!(reading.provider.parts[0].leaves[0].lines().count(), 50_000);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
