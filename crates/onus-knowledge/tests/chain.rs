//! Providers and what is handed on, as `onus.yaml` names them.

#![allow(clippy::unwrap_used)]

use onus_knowledge::{Knowledge, KnowledgeError, PIVOT, Project, read_project, resolve_chain};
use onus_model::{Control, Framework, Inherited, Selection, Statement};

const PROJECT: &str = "\
providers:
  - name: Example PaaS
    document: paas.xlsx
    frameworks: [low]
    columns: {control: Ref, inherited: Who}
    answers: {yes: us, partly: [both, some]}
    attestation: FedRAMP Moderate
  - {name: Plain, document: plain.csv}
hands-on:
  - control: AC-2 (1)
    responsibility: Automate.
  - statement: ac-2 a.
    framework: low
    responsibility: List.
";

fn knowledge() -> Knowledge {
    let control = |id: &str| {
        let statements =
            ["a", "b"].map(|letter| Statement { id: format!("{id}_smt.{letter}"), ..Statement::default() });
        Control { id: id.to_owned(), statements: statements.to_vec(), ..Control::default() }
    };
    let gone = Control { withdrawn: Some(vec!["ac-2".to_owned()]), ..control("ac-2.10") };
    let controls = vec![control("ac-2"), control("ac-2.1"), gone];
    let nist = Framework { id: PIVOT.to_owned(), controls, ..Framework::default() };
    let selects = Selection { framework: PIVOT.to_owned(), controls: vec!["ac-2".to_owned()] };
    let low = Framework { id: "low".to_owned(), selects: Some(selects), ..Framework::default() };
    Knowledge { frameworks: vec![low, nist], ..Knowledge::default() }
}

fn resolved(text: &str) -> Result<Project, Vec<String>> {
    let shown = |errors: Vec<KnowledgeError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut project = read_project("onus.yaml", text).map_err(shown)?;
    resolve_chain(&mut project, "onus.yaml", &knowledge()).map_err(shown)?;
    Ok(project)
}

/// What is said when a piece of the text is another.
#[track_caller]
fn said(from: &str, to: &str) -> Vec<String> {
    assert!(PROJECT.contains(from));
    resolved(&PROJECT.replacen(from, to, 1)).expect_err("there is a mistake in it")
}

#[test]
fn a_project_names_its_providers_and_what_it_hands_on() {
    let project = resolved(PROJECT).unwrap();
    let [first, second] = project.providers.as_slice() else { panic!("two providers") };
    assert_eq!((first.line, first.frameworks[0].text.as_str()), (2, "low"));
    assert_eq!(first.layout.columns().collect::<Vec<_>>(), ["Ref", "Who"]);
    let answers = [("us", Inherited::Yes), ("both", Inherited::Partly), ("some", Inherited::Partly)];
    assert_eq!(first.layout.answers, answers.map(|(word, answer)| (word.to_owned(), answer)));
    assert_eq!(second.frameworks[0].text, PIVOT);
    let hands_on: Vec<_> = project
        .hands_on
        .iter()
        .map(|own| (own.framework.text.as_str(), own.control.as_str(), own.statement.as_deref(), own.line))
        .collect();
    assert_eq!(hands_on, [(PIVOT, "ac-2.1", None, 10), (PIVOT, "ac-2", Some("ac-2_smt.a"), 12)]);
}

#[test]
fn mistakes_point_at_the_line() {
    for (from, to, expected) in [
        ("[low]", "[loww]", "onus.yaml:4:18: there is no framework `loww` (did you mean `low`?)"),
        (
            "AC-2 (1)",
            "AC-2 (11)",
            "onus.yaml:10:14: there is no control `AC-2 (11)` in `nist-800-53-r5` (did you mean `ac-2`?)",
        ),
        ("AC-2 (1)", "AC-2 (10)", "onus.yaml:10:14: control `ac-2.10` was withdrawn (it went into ac-2)"),
        ("AC-2 (1)", "AC-2 to AC-4", "onus.yaml:10:14: `AC-2 to AC-4` names several controls"),
        ("ac-2 a.", "ac-2 z.", "onus.yaml:12:16: control `ac-2` has no part `z`"),
        ("yes: us", "yess: us", "onus.yaml:2:5: `yess` is not an answer (did you mean `yes`?)"),
        ("paas.xlsx", "\"\"", "onus.yaml:3:15: a provider needs a `document`"),
        ("Automate.", "\" \"", "onus.yaml:10:5: what is handed on needs a `responsibility`"),
        (
            "statement: ac-2 a.",
            "control: ac-2\n    statement: ac-2 a.",
            "onus.yaml:12:5: what is handed on needs either a `control` or a `statement`",
        ),
    ] {
        assert_eq!(said(from, to), [expected], "{to}");
    }
    assert!(said("control: Ref", "contrl: Ref")[0].contains("unknown field `contrl`"));
}
