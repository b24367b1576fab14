//! The FedRAMP arrangement, and others by a mapping of columns.

use crate::kit::{HEADINGS, NIST, check, crm, fill, lines, read_as, sheet};
use onus_model::{Inherited, ProviderLayout};
use rust_xlsxwriter::{Format, Workbook};

#[test]
fn the_three_columns_of_a_crm() {
    check(
        &crm(&[
            &["PE-3", "Yes", "Guards at every site."],
            &[
                "AC-2",
                "Partial",
                "Customer Responsibility: Review your users.\nCSP Responsibility: Operators' accounts.",
            ],
            &["AC-2 (1)", "No", "Automate it yourself."],
        ]),
        &[
            "pe-3 yes +Guards at every site. @ sheet CRM row 2",
            "ac-2 partly +Operators' accounts. -Review your users. @ sheet CRM row 3",
            "ac-2.1 no -Automate it yourself. @ sheet CRM row 4",
        ],
    );
}

#[test]
fn headings_stand_wherever_they_stand() {
    let bytes = sheet(|sheet| {
        sheet
            .merge_range(0, 0, 0, 6, "Example PaaS: Customer Responsibility Matrix", &Format::new())
            .unwrap();
        fill(sheet, 3, &[&["Legend: Yes, Partial, No"], &[], &["", "", "", "Version", "2.1"]]);
        let mut row = vec!["", "No."];
        row.extend(HEADINGS);
        fill(sheet, 9, &[&row]);
        fill(sheet, 10, &[&["", "1", "PE-3", "Yes", "Guards."], &["", "2", "SI-2", "no", "Patch."]]);
        sheet.write_string(9, 8, "ask Jo about this").unwrap();
        sheet.write_string(30, 0, "Stray note at the end").unwrap();
    });
    check(&bytes, &["pe-3 yes +Guards. @ sheet CRM row 10", "si-2 no -Patch. @ sheet CRM row 11"]);
}

/// FedRAMP's control implementation summary: two rows of headings, crosses below.
fn cis(rows: &[(&str, &[u16])]) -> Vec<u8> {
    sheet(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 1, 0, "Control ID", &plain).unwrap();
        sheet.merge_range(0, 1, 0, 5, "Implementation Status", &plain).unwrap();
        sheet.merge_range(0, 6, 0, 12, "Control Origination", &plain).unwrap();
        let headings = [
            "Implemented",
            "Partially Implemented",
            "Planned",
            "Alternative Implementation",
            "N/A",
            "Service Provider Corporate",
            "Service Provider System Specific",
            "Service Provider Hybrid (Corporate and System Specific)",
            "Configured by Customer (Customer System Specific)",
            "Provided by Customer (Customer System Specific)",
            "Shared (Service Provider and Customer Responsibility)",
            "Inherited from pre-existing FedRAMP Authorization",
        ];
        for (column, heading) in (1_u16..).zip(headings) {
            sheet.write_string(1, column, heading).unwrap();
        }
        for (row, (control, crosses)) in (2_u32..).zip(rows) {
            sheet.write_string(row, 0, *control).unwrap();
            for column in *crosses {
                sheet.write_string(row, *column, "x").unwrap();
            }
        }
    })
}

#[test]
fn crosses_say_no_more_than_whose_it_is() {
    check(
        &cis(&[
            ("AC-1", &[1, 6]),
            ("AC-2", &[1, 11]),
            ("PE-3", &[1, 12]),
            ("SI-2", &[3, 7]),
            ("SC-7", &[1, 7]),
            ("AC-2 (1)", &[1]),
        ]),
        &[
            "ac-1 no @ sheet CRM row 3",
            "ac-2 partly @ sheet CRM row 4",
            "pe-3 yes @ sheet CRM row 5",
            "si-2 no @ sheet CRM row 6",
            "sc-7 yes @ sheet CRM row 7",
            "! sheet CRM cell A8: the row of `ac-2.1` does not say what is inherited",
        ],
    );
}

#[test]
fn a_cross_speaks_against_what_another_sheet_says() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("CRM").unwrap();
    fill(sheet, 1, &[HEADINGS, &["PE-3", "Yes"], &["SI-2", "Yes"], &["AC-2", "No"], &["SC-7", "Yes"]]);
    let sheet = workbook.add_worksheet().set_name("CIS").unwrap();
    let headings: &[&str] = &[
        "Control ID",
        "Implemented",
        "Planned",
        "Service Provider Corporate",
        "Service Provider System Specific",
        "Shared",
    ];
    fill(
        sheet,
        1,
        &[
            headings,
            &["PE-3", "x", "", "x"],
            &["SI-2", "x", "", "", "", "x"],
            &["AC-2", "x", "", "", "x"],
            &["SC-7", "", "x", "", "x"],
            &["AC-1", "x", "", "x", "", ""],
        ],
    );
    check(
        &workbook.save_to_buffer().unwrap(),
        &[
            "pe-3 yes @ sheet CRM row 2",
            "si-2 partly @ sheet CRM row 3",
            "ac-2 no @ sheet CRM row 4",
            "sc-7 partly @ sheet CRM row 5",
            "ac-1 no @ sheet CIS row 6",
            "! sheet CIS row 3: marks `si-2` as shared with the customer, but sheet CRM row 3 says that all of it is inherited: the lesser is used",
            "! sheet CIS row 5: marks `sc-7` as planned, but sheet CRM row 5 says that all of it is inherited: the lesser is used",
        ],
    );
}

fn own_layout() -> ProviderLayout {
    ProviderLayout {
        control: Some("Ref".into()),
        inherited: Some("Who?".into()),
        leaves: Some("Your to-do".into()),
        answers: vec![
            ("us".into(), Inherited::Yes),
            ("both".into(), Inherited::Partly),
            ("you".into(), Inherited::No),
        ],
        ..ProviderLayout::default()
    }
}

#[test]
fn other_layouts_are_read_by_a_mapping_of_columns() {
    let bytes = sheet(|sheet| {
        fill(
            sheet,
            2,
            &[
                &["Ref", "Topic", "Who?", "Your to-do"],
                &["SI-2", "Flaws", "Both", "Patch."],
                &["PE-3", "", "us"],
            ],
        );
    });
    let reading = read_as(&bytes, &own_layout(), &[NIST]);
    assert_eq!(lines(&reading), ["si-2 partly -Patch. @ sheet CRM row 3", "pe-3 yes @ sheet CRM row 4"]);
}

#[test]
fn a_column_that_is_not_there_is_named_with_one_that_is_near() {
    let bytes = sheet(|sheet| fill(sheet, 1, &[&["Ref", "Who??", "Your todo"], &["SI-2", "us", "Patch."]]));
    let reading = read_as(&bytes, &own_layout(), &[NIST]);
    assert_eq!(lines(&reading), ["! the document: no row of headings has the column `Your to-do`"]);
    assert_eq!(reading.troubles[0].error.help().as_deref(), Some("did you mean `Your todo`?"));
}

#[test]
fn a_sheet_can_be_chosen() {
    let mut workbook = Workbook::new();
    for (name, answer) in [("Low", "Yes"), ("High", "No")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        fill(sheet, 1, &[HEADINGS, &["PE-3", answer]]);
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let layout = |name: &str| ProviderLayout { sheet: Some(name.into()), ..ProviderLayout::default() };
    assert_eq!(lines(&read_as(&bytes, &layout("high"), &[NIST])), ["pe-3 no @ sheet High row 2"]);
    assert_eq!(
        lines(&read_as(&bytes, &layout("Hihg"), &[NIST])),
        ["! the document: there is no sheet `Hihg`"]
    );
    check(
        &bytes,
        &[
            "pe-3 no @ sheet Low row 2",
            "! sheet High row 2: says `no` of `pe-3`, but sheet Low row 2 says `yes`: the lesser is used",
        ],
    );
}

#[test]
fn texts_of_separated_values_are_read_as_sheets() {
    let text = "Matrix of Example PaaS;;\nControl ID;Can be inherited?;Customer responsibilities\nPE-3;yes;\n\n\"AC-2\na.\";partial;\"Review;\nusers\"\n";
    check(text.as_bytes(), &["pe-3 yes @ line 3", "ac-2_smt.a partly -Review;\nusers @ line 5"]);
}
