//! Damaged documents: whatever the bytes, an answer and no panic.

use crate::kit::{HEADINGS, NIST, crm, frameworks, read};
use crate::limits::with_part;
use onus_provider::{Document, Request};
use proptest::prelude::*;
use std::io::Read as _;
use std::sync::LazyLock;

fn workbook() -> &'static [u8] {
    static WORKBOOK: LazyLock<Vec<u8>> = LazyLock::new(|| {
        crm(&[&["AC-2 (1)", "Partial", "Customer Responsibility: Review."], &["PE-3", "Yes", "Guards."]])
    });
    &WORKBOOK
}

/// Some damage: where, and what stands there then.
fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
}

fn damaged(bytes: &[u8], damage: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte) in damage {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut text = Vec::new();
    zip::ZipArchive::new(std::io::Cursor::new(bytes))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_end(&mut text)
        .unwrap();
    text
}

const PARTS: [&str; 5] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "docProps/core.xml",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_of_a_workbook_may_be_anything(damage in damage()) {
        read(&damaged(workbook(), &damage));
    }

    #[test]
    fn parts_of_a_workbook_may_be_anything(at in 0..PARTS.len(), damage in damage(), cut in any::<prop::sample::Index>()) {
        let whole = workbook();
        let mut text = damaged(&part(whole, PARTS[at]), &damage);
        if cut.index(3) == 0 {
            text.truncate(cut.index(text.len()));
        }
        read(&with_part(whole, PARTS[at], &|out| out.write_all(&text).unwrap()));
    }

    #[test]
    fn texts_may_be_anything(text in "(Control ID|Inherited|Customer responsibility|[,;\"\n\r\t']|AC-2|\\PC){0,60}") {
        read(text.as_bytes());
        let request = Request::new("x", frameworks(), &[NIST.to_owned()]);
        onus_provider::read(&Document { path: "x", bytes: format!("{}\n{text}", HEADINGS.join(",")).as_bytes() }, &request);
    }

    /// The law of the readers: each row of a matrix is a part, or in the troubles.
    #[test]
    fn no_row_is_lost(rows in prop::collection::vec((0..8_usize, 0..6_usize), 1..12)) {
        let ids = ["AC-1", "AC-2", "ac-2(1)", "AC-2 a.", "PE-3", "SI-02", "ZZ-9", "AC-2, AC-3"];
        let answers = ["yes", "Partial", "No", "", "who knows", "N/A"];
        let table: Vec<[&str; 2]> = rows.iter().map(|(id, answer)| [ids[*id], answers[*answer]]).collect();
        let table: Vec<&[&str]> = table.iter().map(<[&str; 2]>::as_slice).collect();
        let reading = read(&crm(&table));
        for (row, (id, answer)) in (2_u32..).zip(&rows) {
            let row_place = format!("row {row}");
            let cells = [format!("cell A{row}"), format!("cell B{row}")];
            let told = reading.troubles.iter().any(|trouble| {
                let place = trouble.place.to_string();
                place.ends_with(&row_place) || cells.iter().any(|cell| place.ends_with(cell))
            });
            let expected = ["ac-1", "ac-2", "ac-2.1", "ac-2_smt.a", "pe-3", "si-2"].get(*id);
            let part = expected.and_then(|id| {
                reading.provider.parts.iter().find(|part| part.statement.as_deref().unwrap_or(&part.control) == *id)
            });
            let kept = part.is_some() && !matches!(*answer, 3 | 4);
            prop_assert!(told || kept, "row {} of {:?}: {:?}", row, table, reading);
        }
    }
}
