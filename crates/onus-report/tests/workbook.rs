//! The workbook and the page over the knowledge as it lies in the tree: no control of any framework is lost.

use calamine::{Data, Range, Reader as _, Xlsx};
use onus_assess::{Assessment, Options};
use onus_knowledge::Project;
use onus_model::Workload;
use onus_report::{matrix, workbook};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

/// Every framework, over a service of each category.
fn assessment() -> Assessment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let files = onus_knowledge::read_folder(&folder).expect("the knowledge lies beside the crates");
    let loaded = onus_knowledge::load(&files).unwrap_or_else(|errors| panic!("{}", errors[0]));
    let knowledge = Arc::new(loaded.knowledge);
    // Selections have controls of their catalogue, and no others.
    let catalogs = knowledge.frameworks.iter().filter(|framework| framework.selects.is_none());
    let frameworks = catalogs.map(|framework| framework.id.clone()).collect();
    let options = Options {
        system: "all".to_owned(),
        date: jiff::civil::date(2026, 11, 22),
        project: Project { frameworks, ..Project::default() },
        ..Options::default()
    };
    let services = ["ec2", "rds", "s3"].map(str::to_owned).to_vec();
    onus_assess::assess(Workload { services, ..Workload::default() }, knowledge, options)
}

/// The cells of a column under its heading, which stands in the second row.
fn column(sheet: &Range<Data>, heading: &str) -> Vec<String> {
    let headings = sheet.rows().nth(1).expect("headings");
    let at = headings.iter().position(|cell| *cell == *heading).expect("the column");
    sheet.rows().skip(2).map(|row| row[at].to_string()).collect()
}

#[test]
fn every_control_of_every_framework_is_on_its_sheets_and_on_the_page() {
    let assessment = assessment();
    let bytes = workbook::write(&assessment, None).expect("a workbook");
    let mut book = Xlsx::new(Cursor::new(bytes.as_slice())).expect("it can be read");
    let mut sheet = |name: &str| book.worksheet_range(name).expect("the sheet");
    let controls = |sheet: &Range<Data>| {
        let pairs = column(sheet, "Framework").into_iter().zip(column(sheet, "Control"));
        let mut pairs: Vec<(String, String)> = pairs.collect();
        pairs.dedup();
        pairs
    };
    let ids: Vec<(String, String)> = assessment
        .controls
        .iter()
        .map(|control| (control.framework.clone(), control.control.clone()))
        .collect();
    for name in ["CIS", "CRM", "Matrix"] {
        assert!(controls(&sheet(name)) == ids, "{name} lacks controls");
    }
    let rows = matrix::rows(&assessment, None);
    let table = sheet("Matrix");
    let statements: Vec<&str> = rows.iter().map(|row| row.statement).collect();
    assert!(column(&table, "Statement") == statements);
    let classes: Vec<&str> = rows.iter().map(|row| row.class).collect();
    assert!(column(&table, "Whose") == classes);

    let page = matrix::write_html(&assessment, None).expect("a page");
    assert_eq!(page.matches("<tbody class=\"k\"").count(), ids.len());
    let live = assessment.controls.iter().filter(|control| control.withdrawn.is_none());
    let statements: usize = live.map(|control| control.statements.len()).sum();
    assert_eq!(page.matches("<article>").count(), statements);
}
