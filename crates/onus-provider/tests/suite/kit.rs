//! A catalogue of a few controls, workbooks in a few lines, and readings as lines to compare.

use onus_model::{Control, Framework, ProviderLayout, ProviderPart, Selection, Statement};
use onus_provider::{Document, Reading, Request};
use rust_xlsxwriter::{Workbook, Worksheet};
use std::sync::LazyLock;

pub(crate) const NIST: &str = "nist-800-53-r5";

fn control(id: &str, letters: &[&str]) -> Control {
    let mut control = Control { id: id.into(), title: id.to_uppercase(), ..Control::default() };
    let ids = match letters {
        [] => vec![control.statement_id(None)],
        letters => letters.iter().map(|letter| control.statement_id(Some(letter))).collect(),
    };
    control.statements = ids.into_iter().map(|id| Statement { id, ..Statement::default() }).collect();
    control
}

/// The catalogue, a selection of it, and one of another notation.
pub(crate) fn frameworks() -> &'static [Framework] {
    static FRAMEWORKS: LazyLock<Vec<Framework>> = LazyLock::new(|| {
        let mut policy = control("ac-1", &["a", "b"]);
        policy.statements[0].items =
            ["ac-1_smt.a.1", "ac-1_smt.a.1.a", "ac-1_smt.a.1.b", "ac-1_smt.a.2"].map(str::to_owned).to_vec();
        let gone = Control {
            withdrawn: Some(vec!["ac-2".into()]),
            ..Control { id: "ac-2.10".into(), ..Control::default() }
        };
        let nist = Framework {
            id: NIST.into(),
            controls: vec![
                policy,
                control("ac-2", &["a", "b"]),
                control("ac-2.1", &[]),
                gone,
                control("pe-3", &[]),
                control("si-2", &[]),
                control("sc-7", &[]),
            ],
            ..Framework::default()
        };
        let low = Framework {
            id: "fedramp-low".into(),
            selects: Some(Selection {
                framework: NIST.into(),
                controls: ["ac-1", "ac-2", "pe-3"].map(str::to_owned).to_vec(),
            }),
            ..Framework::default()
        };
        let cis = Framework {
            id: "cis".into(),
            controls: vec![control("1.1", &[]), control("1.10", &[]), control("1.2", &[])],
            ..Framework::default()
        };
        vec![nist, low, cis]
    });
    &FRAMEWORKS
}

/// A workbook of one sheet, filled by a function.
pub(crate) fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("CRM").unwrap();
    fill(sheet);
    workbook.save_to_buffer().unwrap()
}

/// Writes rows of texts from a row, counted from one as in the sheet; empty texts are no cells.
pub(crate) fn fill(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first - 1..).zip(rows) {
        for (column, text) in (0_u16..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
}

/// The headings of FedRAMP's matrix.
pub(crate) const HEADINGS: &[&str] = &[
    "Control ID",
    "Can Be Inherited from CSP",
    "Specific Inheritance and Customer Agency/CSP Responsibilities",
];

/// A workbook with the usual headings and these rows below.
pub(crate) fn crm(rows: &[&[&str]]) -> Vec<u8> {
    sheet(|sheet| {
        fill(sheet, 1, &[HEADINGS]);
        fill(sheet, 2, rows);
    })
}

/// What is read under a layout, of some frameworks.
pub(crate) fn read_as(bytes: &[u8], layout: &ProviderLayout, frameworks: &[&str]) -> Reading {
    let names: Vec<String> = frameworks.iter().map(|id| (*id).to_owned()).collect();
    let request = Request::new("Example PaaS", self::frameworks(), &names).layout(layout);
    onus_provider::read(&Document { path: "crm.xlsx", bytes }, &request)
}

pub(crate) fn read(bytes: &[u8]) -> Reading {
    read_as(bytes, &ProviderLayout::default(), &[NIST])
}

/// A part in a line: what, how much, what is provided, what is left, and where.
pub(crate) fn line(part: &ProviderPart) -> String {
    let id = part.statement.as_ref().unwrap_or(&part.control);
    let provides = part.provides.as_ref().map(|text| format!(" +{text}")).unwrap_or_default();
    let leaves = part.leaves.iter().map(|text| format!(" -{text}")).collect::<String>();
    format!("{id} {}{provides}{leaves} @ {}", part.inherited, part.place)
}

/// The parts of a reading, then its troubles.
pub(crate) fn lines(reading: &Reading) -> Vec<String> {
    let troubles = reading.troubles.iter().map(|trouble| format!("! {}: {}", trouble.place, trouble.error));
    reading.provider.parts.iter().map(line).chain(troubles).collect()
}

#[track_caller]
pub(crate) fn check(bytes: &[u8], expected: &[&str]) {
    assert_eq!(lines(&read(bytes)), expected);
}
