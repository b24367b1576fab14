//! The matrix itself: the rows of the CSV.

use super::context::Context;
use super::model::{CLASSES, Cell, Column, Row, STANDINGS, Sheet};
use crate::matrix;

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = context.columns([
        Column::new("Control", 9),
        Column::new("Statement", 13),
        Column::new("Title, or what is asked", 32),
        Column::of_words("Whose", 13, CLASSES),
        Column::new("Label", 20),
        Column::new("AWS's part", 48),
        Column::new("Your part", 64),
        Column::new("Because", 60),
        Column::of_words("Status", 14, STANDINGS),
        Column::new("Evidence", 26),
        Column::new("What is missing", 26),
        Column::new("Undeter-mined", 8),
    ]);
    let mut rows = Vec::new();
    for (at, (_, control, statements)) in context.controls().enumerate() {
        let shaded = at % 2 == 1;
        rows.push(Row { head: true, shaded, ..Row::new(cells(context, control)) });
        let own = statements.iter().map(|row| Row { shaded, folds: true, ..Row::new(cells(context, row)) });
        rows.extend(own);
    }
    Sheet {
        name: "Matrix",
        note: "Every control with its statements: whose, both parties' parts, the reasons, and how it stands. The same rows as `onus matrix --format csv`.".to_owned(),
        columns,
        frozen: context.frozen(2),
        rows,
    }
}

fn cells<'s>(context: &Context<'_>, row: &'s matrix::Row<'_>) -> Vec<Cell<'s>> {
    context.cells(
        row.framework,
        [
            row.control.into(),
            row.statement.into(),
            row.title.into(),
            row.class.into(),
            row.label.into(),
            (&row.aws_part).into(),
            (&row.customer_part).into(),
            (&row.because).into(),
            row.status.into(),
            (&row.evidence).into(),
            (&row.missing).into(),
            if row.undetermined { "yes" } else { "" }.into(),
        ],
    )
}
