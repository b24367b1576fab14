//! What spreadsheets do to a matrix: merged cells, notes, formulas, numbers, fonts, hidden parts.

use crate::kit::{HEADINGS, NIST, check, crm, fill, lines, read_as, sheet};
use onus_model::ProviderLayout;
use rust_xlsxwriter::{Format, Formula, Workbook};

#[test]
fn a_merged_control_speaks_for_all_its_rows() {
    let bytes = sheet(|sheet| {
        let plain = Format::new();
        fill(sheet, 1, &[&["Control ID", "Part", "Can be inherited", "Customer responsibilities"]]);
        sheet.merge_range(1, 0, 2, 0, "AC-2", &plain).unwrap();
        fill(sheet, 2, &[&["", "a", "Yes"], &["", "(b)", "No", "Appoint managers."]]);
        sheet.merge_range(3, 0, 5, 0, "SI-2", &plain).unwrap();
        fill(sheet, 4, &[&["", "", "Partial", "Patch guests."], &["", "", "", "Patch code."]]);
        sheet.write_string(5, 7, "note").unwrap();
        sheet.merge_range(6, 2, 7, 2, "Yes", &plain).unwrap();
        fill(sheet, 7, &[&["PE-3"], &["SC-7"]]);
    });
    check(
        &bytes,
        &[
            "ac-2_smt.a yes @ sheet CRM row 2",
            "ac-2_smt.b no -Appoint managers. @ sheet CRM row 3",
            "si-2 partly -Patch guests.\nPatch code. @ sheet CRM row 4",
            "pe-3 yes @ sheet CRM row 7",
            "sc-7 yes @ sheet CRM row 8",
        ],
    );
}

#[test]
fn headings_of_families_and_footnotes_are_notes() {
    let bytes = sheet(|sheet| {
        fill(sheet, 1, &[HEADINGS]);
        sheet.merge_range(1, 0, 1, 2, "Access Control", &Format::new()).unwrap();
        fill(
            sheet,
            3,
            &[
                &["AC-2", "Yes"],
                &["PHYSICAL AND ENVIRONMENTAL PROTECTION"],
                &["PE-3", "Yes"],
                &[],
                &["* as of May"],
            ],
        );
    });
    check(
        &bytes,
        &[
            "ac-2 yes @ sheet CRM row 3",
            "pe-3 yes @ sheet CRM row 5",
            "! sheet CRM: 3 rows without a control: 2, 4, 7",
        ],
    );
}

#[test]
fn headings_may_come_again_in_another_order() {
    let bytes = sheet(|sheet| {
        fill(
            sheet,
            1,
            &[
                HEADINGS,
                &["AC-2", "Yes"],
                &[],
                &["Can be inherited from CSP", "", "Control ID"],
                &["No", "", "PE-3"],
            ],
        );
    });
    check(&bytes, &["ac-2 yes @ sheet CRM row 2", "pe-3 no @ sheet CRM row 5"]);
}

#[test]
fn two_columns_for_the_same_are_not_guessed_between() {
    let bytes = sheet(|sheet| {
        fill(
            sheet,
            2,
            &[&["Control ID", "Can be inherited (Gov)", "Can be inherited (Public)"], &["AC-2", "Yes", "No"]],
        );
    });
    check(
        &bytes,
        &["! sheet CRM cell C2: this heading and that of cell B2 both stand for what is inherited"],
    );
    let layout =
        ProviderLayout { inherited: Some("Can be inherited (Gov)".into()), ..ProviderLayout::default() };
    assert_eq!(lines(&read_as(&bytes, &layout, &[NIST])), ["ac-2 yes @ sheet CRM row 3"]);
}

#[test]
fn the_surer_of_two_headings_is_meant() {
    let bytes = sheet(|sheet| {
        fill(
            sheet,
            1,
            &[&["Control", "Control ID", "Can be inherited"], &["Account Management", "AC-2", "Yes"]],
        );
    });
    check(&bytes, &["ac-2 yes @ sheet CRM row 2"]);
}

#[test]
fn formulas_count_by_their_results() {
    let bytes = sheet(|sheet| {
        fill(sheet, 1, &[HEADINGS, &["PE-3"], &["SI-2"], &["SC-7"], &["", "Yes"]]);
        sheet.write_formula(1, 1, Formula::new("=IF(1=1,\"Yes\",\"No\")").set_result("Yes")).unwrap();
        sheet.write_formula(2, 1, Formula::new("=A99").set_result("")).unwrap();
        sheet.write_formula(3, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_formula(4, 0, Formula::new("=A2").set_result("AC-2")).unwrap();
    });
    check(
        &bytes,
        &[
            "pe-3 yes @ sheet CRM row 2",
            "ac-2 yes @ sheet CRM row 5",
            "! sheet CRM cell B3: `0` does not say what is inherited of `si-2`",
            "! sheet CRM cell B4: the cell holds the error `#DIV/0!`",
        ],
    );
}

#[test]
fn numbers_are_ids_where_they_can_only_be_one() {
    let bytes = sheet(|sheet| {
        fill(sheet, 1, &[HEADINGS, &["", "Yes"], &["", "Yes"], &["1.10", "Yes"]]);
        sheet.write_number(1, 0, 1.2).unwrap();
        sheet.write_number(2, 0, 1.1).unwrap();
        sheet.write_boolean(1, 1, true).unwrap();
    });
    let reading = read_as(&bytes, &ProviderLayout::default(), &["cis"]);
    assert_eq!(
        lines(&reading),
        [
            "1.2 yes @ sheet CRM row 2",
            "1.10 yes @ sheet CRM row 4",
            "! sheet CRM cell A3: the number 1.1 may stand for `1.1` or `1.10`",
        ]
    );
}

#[test]
fn fonts_and_white_space_make_no_difference() {
    let bytes = sheet(|sheet| {
        let (bold, plain) = (Format::new().set_bold(), Format::new());
        fill(sheet, 1, &[&["  control\nID ", "CAN BE INHERITED\u{a0}FROM CSP"]]);
        sheet.write_rich_string(1, 0, &[(&bold, "AC"), (&plain, "-2"), (&bold, " (1)")]).unwrap();
        sheet.write_rich_string(1, 1, &[(&bold, "Y"), (&plain, "es")]).unwrap();
        sheet.write_string(2, 0, "\u{200b}PE\u{2011}03 ").unwrap();
        sheet.write_string(2, 1, " yes\n").unwrap();
    });
    check(&bytes, &["ac-2.1 yes @ sheet CRM row 2", "pe-3 yes @ sheet CRM row 3"]);
}

#[test]
fn what_is_hidden_is_read_all_the_same() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").unwrap();
    let sheet = workbook.add_worksheet().set_name("CRM").unwrap();
    fill(sheet, 1, &[HEADINGS, &["PE-3", "Yes"], &["SI-2", "No"]]);
    sheet.set_row_hidden(2).unwrap();
    let sheet = workbook.add_worksheet().set_name("Old").unwrap();
    fill(sheet, 1, &[HEADINGS, &["PE-3", "Partial"]]);
    sheet.set_hidden(true);
    check(
        &workbook.save_to_buffer().unwrap(),
        &[
            "pe-3 partly @ sheet CRM row 2",
            "si-2 no @ sheet CRM row 3",
            "! sheet Old: the sheet is hidden, and was read",
            "! sheet Old row 2: says `partly` of `pe-3`, but sheet CRM row 2 says `yes`: the lesser is used",
        ],
    );
}

#[test]
fn sheets_that_only_name_controls_are_reported() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("CRM").unwrap();
    fill(sheet, 1, &[HEADINGS, &["PE-3", "Yes"]]);
    let sheet = workbook.add_worksheet().set_name("Parameters").unwrap();
    fill(sheet, 1, &[&["Control ID", "Value"], &["AC-2", "30 days"], &["SI-2", "7 days"], &["SC-7", "all"]]);
    check(
        &workbook.save_to_buffer().unwrap(),
        &[
            "pe-3 yes @ sheet CRM row 2",
            "! sheet Parameters: the sheet names controls, but no row of headings says what is inherited: it is not read",
        ],
    );
}

#[test]
fn the_day_is_the_one_in_the_properties() {
    let mut workbook = Workbook::new();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 1).unwrap();
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day));
    fill(workbook.add_worksheet().set_name("CRM").unwrap(), 1, &[HEADINGS, &["PE-3", "Yes"]]);
    let reading = crate::kit::read(&workbook.save_to_buffer().unwrap());
    assert_eq!(reading.provider.document.date, Some(jiff::civil::date(2026, 3, 1)));
    assert_eq!(reading.provider.document.sha256.len(), 64);
    assert_eq!(crm(&[]).len(), crm(&[]).len());
}
