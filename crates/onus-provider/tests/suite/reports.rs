//! Rows that are not read, each with its place and what to try.

use crate::kit::{HEADINGS, NIST, check, crm, fill, lines, read, read_as, sheet};
use onus_model::ProviderLayout;

#[test]
fn ids_that_are_none_are_reported_with_their_cell() {
    let bytes = crm(&[
        &["AC-2 through AC-5", "Yes"],
        &["AC-22", "Yes"],
        &["AC-2 (x)", "Yes"],
        &["Account things", "Yes"],
        &["", "Yes", "Something."],
        &["AC-2 (10)", "Yes"],
        &["PE-3", "Yes"],
        &["AC-2 (10)", "Withdrawn"],
        &["AC-2 (10)", "N/A"],
    ]);
    check(
        &bytes,
        &[
            "pe-3 yes @ sheet CRM row 8",
            "! sheet CRM cell A2: `AC-2 through AC-5` names several controls",
            "! sheet CRM cell A3: there is no control `ac-22` in nist-800-53-r5",
            "! sheet CRM cell A4: control `ac-2` has no part `x`",
            "! sheet CRM cell A5: `Account things` is not the id of a control",
            "! sheet CRM row 6: the row says something, but names no control",
            "! sheet CRM cell A7: `ac-2.10` was withdrawn and went into ac-2, and what is said of it is not used",
            "! sheet CRM: 2 rows of withdrawn controls: 9, 10",
        ],
    );
    assert_eq!(read(&bytes).troubles[1].error.help().as_deref(), Some("did you mean `ac-2`?"));
}

#[test]
fn answers_that_are_none_inherit_nothing() {
    let bytes = crm(&[
        &["PE-3", "see contract"],
        &["SI-2", ""],
        &["SC-7", "", "Customer responsibility: Set rules."],
    ]);
    check(
        &bytes,
        &[
            "sc-7 no -Set rules. @ sheet CRM row 4",
            "! sheet CRM cell B2: `see contract` does not say what is inherited of `pe-3`",
            "! sheet CRM cell B3: the row of `si-2` does not say what is inherited",
            "! sheet CRM cell B4: the row of `sc-7` does not say what is inherited",
        ],
    );
    let help = read(&bytes).troubles[0].error.help().unwrap();
    assert!(help.contains("`answers: {partly: [see contract]}`"), "{help}");
}

#[test]
fn duplicates_come_together_or_are_reported() {
    check(
        &crm(&[
            &["AC-2", "Partial", "Review users."],
            &["ac-02", "partial", "Appoint managers."],
            &["PE-3", "Yes", "Guards."],
            &["PE-3", "No", "Lock your door."],
        ]),
        &[
            "ac-2 partly -Review users.\nAppoint managers. @ sheet CRM row 2",
            "pe-3 no +Guards. -Lock your door. @ sheet CRM row 4",
            "! sheet CRM row 5: says `no` of `pe-3`, but sheet CRM row 4 says `yes`: the lesser is used",
        ],
    );
}

#[test]
fn a_statement_refines_its_control_and_must_not_contradict_it() {
    check(
        &crm(&[&["AC-2", "Partial"], &["AC-2 a.", "Yes"], &["AC-2 b.", "No"]]),
        &[
            "ac-2 partly @ sheet CRM row 2",
            "ac-2_smt.a yes @ sheet CRM row 3",
            "ac-2_smt.b no @ sheet CRM row 4",
        ],
    );
    check(
        &crm(&[&["AC-2", "No"], &["AC-2a", "Yes"]]),
        &[
            "ac-2 no @ sheet CRM row 2",
            "ac-2_smt.a no @ sheet CRM row 3",
            "! sheet CRM row 3: says `yes` of `ac-2_smt.a`, but sheet CRM row 2 says `no`: the lesser is used",
        ],
    );
}

#[test]
fn items_make_up_their_statement() {
    check(
        &crm(&[&["AC-1 a.1", "Yes"], &["AC-1 a.2", "Yes"], &["AC-1 b", "Yes"]]),
        &["ac-1_smt.b yes @ sheet CRM row 4", "ac-1_smt.a yes @ sheet CRM row 2"],
    );
    check(&crm(&[&["AC-1 a.1", "Yes"]]), &["ac-1_smt.a partly @ sheet CRM row 2"]);
    check(&crm(&[&["AC-1(a)(1)(a)", "No"], &["AC-1 a.2", "Yes"]]), &["ac-1_smt.a partly @ sheet CRM row 2"]);
}

#[test]
fn all_of_it_and_something_left_is_partly() {
    let bytes = sheet(|sheet| {
        fill(
            sheet,
            1,
            &[
                &["Control ID", "Can be inherited", "Customer Responsibility"],
                &["PE-3", "Yes", "Name visitors."],
                &["SI-2", "Yes", "N/A"],
            ],
        );
    });
    check(
        &bytes,
        &[
            "pe-3 partly -Name visitors. @ sheet CRM row 2",
            "si-2 yes @ sheet CRM row 3",
            "! sheet CRM row 2: says that all of `pe-3` is inherited, and leaves something to the customer: read as partly",
        ],
    );
}

#[test]
fn documents_of_other_kinds_are_refused_with_advice() {
    for (bytes, expected, help) in [
        (&b""[..], "the document is empty", None),
        (b" \n", "the document is empty", None),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "the workbook is encrypted, or in the binary form of old spreadsheets",
            Some("save it as .xlsx without a password"),
        ),
        (b"<?xml version='1.0'?><x/>", "XML is not read", Some("OSCAL is read in JSON or YAML")),
        (b"\xff\xfea\0", "the document is not text in UTF-8", None),
        (
            b"a,b\nc,d\n",
            "no table with a column for controls and one for what is inherited was found",
            Some("name its columns in `columns` of the provider in onus.yaml"),
        ),
    ] {
        let reading = read(bytes);
        let [trouble] = reading.troubles.as_slice() else { panic!("{:?}", reading.troubles) };
        assert_eq!((trouble.error.to_string().as_str(), trouble.error.help().as_deref()), (expected, help));
        assert!(reading.provider.parts.is_empty());
    }
}

#[test]
fn a_selection_that_is_not_answered_in_full_is_reported() {
    let bytes = sheet(|sheet| fill(sheet, 1, &[HEADINGS, &["PE-3", "Yes"]]));
    let reading = read_as(&bytes, &ProviderLayout::default(), &["fedramp-low"]);
    assert_eq!(
        lines(&reading),
        [
            "pe-3 yes @ sheet CRM row 2",
            "! the document: says nothing of 2 of the controls of `fedramp-low`: ac-1, ac-2",
        ]
    );
    let problem = reading.troubles[0].problem("crm.xlsx");
    assert!(!problem.kind.is_error());
    assert_eq!(read_as(&bytes, &ProviderLayout::default(), &[NIST]).troubles, []);
}
