//! The customer's own evidence: the records of the evidence folder, and how each stands.

use super::context::Context;
use super::model::{Cell, Column, Row, STANDINGS, Sheet};
use onus_model::{FileState, Record};

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = vec![
        Column::new("Record", 28),
        Column::new("For", 44),
        Column::of_words("Result", 15, STANDINGS),
        Column::new("Why it does not count", 36),
        Column::new("Owner", 20),
        Column::new("Due", 12),
        Column::new("Shown on", 12),
        Column::new("Valid until", 12),
        Column::new("Signed off by", 20),
        Column::new("How", 40),
        Column::new("Files", 40),
        Column::new("Note", 36),
        Column::new("Path", 34),
    ];
    Sheet {
        name: "Records",
        note: "The customer's evidence: who shows what, until when it counts, and why a record does not count. A record without result is a plan.".to_owned(),
        columns,
        frozen: 1,
        rows: context.assessment.records.iter().map(|record| row(context, record)).collect(),
    }
}

fn row<'s>(context: &Context<'_>, record: &'s Record) -> Row<'s> {
    let outcome = record.outcome.as_ref();
    let lines = |texts: Vec<String>| Cell::from(texts.join("\n"));
    let flaws = record.flaws(context.assessment.date);
    let cells = [
        (&record.id).into(),
        lines(record.targets.iter().map(ToString::to_string).collect()),
        outcome.map(|outcome| outcome.result.as_str()).into(),
        lines(flaws.iter().map(ToString::to_string).collect()),
        (&record.owner).into(),
        record.due.map(|day| day.to_string()).unwrap_or_default().into(),
        outcome.map(|outcome| outcome.date.to_string()).unwrap_or_default().into(),
        outcome.map(|outcome| outcome.valid_until.to_string()).unwrap_or_default().into(),
        outcome.and_then(|outcome| outcome.signed_off_by.as_deref()).into(),
        record.how.as_deref().into(),
        lines(record.files.iter().map(|file| format!("{}: {}", file.path, found(&file.state))).collect()),
        record.note.as_deref().into(),
        (&record.path).into(),
    ];
    Row::new(cells)
}

fn found(state: &FileState) -> String {
    match state {
        FileState::Unread => "not looked at".to_owned(),
        FileState::Intact => "as recorded".to_owned(),
        FileState::Changed => "changed".to_owned(),
        FileState::Missing => "missing".to_owned(),
        FileState::Refused(reason) => format!("not read: {reason}"),
    }
}
