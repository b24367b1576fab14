//! The documents that prove AWS's part, as they were registered, and how each stands.

use super::context::Context;
use super::model::{ATTESTATIONS, Cell, Column, Row, Sheet};
use onus_assess::{AttestationState, AttestationUse};
use onus_model::Proof;

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = vec![
        Column::new("Program", 30),
        Column::new("Report", 22),
        Column::new("Version", 12),
        Column::of_words("State", 15, ATTESTATIONS),
        Column::new("What is the matter", 36),
        Column::new("Is about", 26),
        Column::new("Proves until", 13),
        Column::new("Bridge letters", 26),
        Column::new("Partition", 12),
        Column::new("Regions", 26),
        Column::new("Services in scope", 50),
        Column::new("SHA-256 of the file", 34),
    ];
    Sheet {
        name: "Attestations",
        note: "The documents about AWS's work that are registered in onus.yaml, with how each stands on the day of the assessment. Without one, AWS's part is described, not proven.".to_owned(),
        columns,
        frozen: 1,
        rows: context.assessment.attestations.iter().map(row).collect(),
    }
}

fn row(used: &AttestationUse) -> Row<'_> {
    let document = &used.attestation;
    let letters = document.bridge_letters.iter().map(|letter| format!("{} to {}", letter.from, letter.to));
    let cells: [Cell<'_>; 12] = [
        used.program_name.as_deref().unwrap_or(&document.program).into(),
        (&document.report).into(),
        (&document.version).into(),
        used.state.as_str().into(),
        matter(used).into(),
        time(document.proof).into(),
        used.until.map(|day| day.to_string()).unwrap_or_default().into(),
        letters.collect::<Vec<_>>().join("\n").into(),
        document.partition.as_str().into(),
        if document.regions.is_empty() { "all".to_owned() } else { document.regions.join(", ") }.into(),
        scope(used).into(),
        document.sha256.to_string().into(),
    ];
    Row::new(cells)
}

fn time(proof: Proof) -> String {
    match proof {
        Proof::Period { from, to } => format!("{from} to {to}"),
        Proof::Issued { on, expires: Some(expires) } => format!("issued {on}, until {expires}"),
        Proof::Issued { on, expires: None } => format!("issued {on}"),
    }
}

fn matter(used: &AttestationUse) -> String {
    let mut lines = Vec::new();
    match used.state {
        AttestationState::Gap { from, to } => {
            lines.push(format!("no document and no bridge letter is about {from} to {to}"));
        }
        AttestationState::NotYetValid => lines.push("it is about days that are still to come".to_owned()),
        AttestationState::Lapsed => lines.push("it proves nothing any more".to_owned()),
        AttestationState::NoProgram => lines.push("no program has this id".to_owned()),
        AttestationState::Valid => {}
    }
    if used.scope_is_old {
        lines.push("the list of services in scope is old".to_owned());
    }
    lines.join("\n")
}

fn scope(used: &AttestationUse) -> String {
    match (&used.attestation.services, used.scope_as_of) {
        (Some(services), _) => services.join(", "),
        (None, Some(day)) => format!("the program's list of {day}"),
        (None, None) => "no list is known".to_owned(),
    }
}
