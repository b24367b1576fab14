//! Any bytes as a provider's document; and as the parts of a workbook, since damage to an archive seldom gets past it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_model::{Control, Framework, Statement};
use onus_provider::{Document, Request};
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;
use zip::CompressionMethod::Stored;
use zip::write::SimpleFileOptions;

static FRAMEWORKS: LazyLock<Vec<Framework>> = LazyLock::new(|| {
    let control = |id: &str| {
        let letters = ["a", "b"].map(|letter| format!("{id}_smt.{letter}"));
        let statements = letters.map(|id| Statement { id, ..Statement::default() }).to_vec();
        Control { id: id.to_owned(), statements, ..Control::default() }
    };
    let controls = ["ac-1", "ac-2", "ac-2.1", "pe-3"].map(control).to_vec();
    vec![Framework { id: "nist-800-53-r5".to_owned(), controls, ..Framework::default() }]
});

const RELATIONS: &str = "<Relationships><Relationship Id='r1' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>";
const PARTS: &str = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='sheet.xml'/><Relationship Id='r2' Type='x/sharedStrings' Target='strings.xml'/></Relationships>";
const BOOK: &str = "<workbook><sheets><sheet name='CRM' id='r1'/></sheets></workbook>";

fn workbook(data: &[u8]) -> Vec<u8> {
    let at = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (sheet, strings) = (&data[..at], data.get(at + 1..).unwrap_or(b"<sst/>"));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 5] = [
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", PARTS.as_bytes()),
        ("xl/sheet.xml", sheet),
        ("xl/strings.xml", strings),
    ];
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(Stored);
        zip.start_file(name, options).expect("a part can be begun");
        zip.write_all(content).expect("a part can be written");
    }
    zip.finish().expect("the archive can be ended").into_inner()
}

fn read(bytes: &[u8]) {
    let request = Request::new("x", &FRAMEWORKS, &["nist-800-53-r5".to_owned()]);
    let reading = onus_provider::read(&Document { path: "x", bytes }, &request);
    for part in &reading.provider.parts {
        assert!(FRAMEWORKS[0].control(&part.control).is_some());
    }
    assert!(reading.troubles.iter().all(|trouble| !trouble.problem("x").message.is_empty()));
}

fuzz_target!(|data: &[u8]| {
    read(data);
    read(&workbook(data));
});
