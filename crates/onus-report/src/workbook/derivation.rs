//! How each answer was derived: statement, layer, relation, and who has the layer.

use super::context::Context;
use super::model::{CLASSES, Column, Row, Sheet};
use onus_assess::{ControlAnswer, LayerShare, StatementAnswer};

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = context.columns([
        Column::new("Control", 9),
        Column::new("Statement", 13),
        Column::new("Layer", 22),
        Column::new("AWS's work there", 14),
        Column::new("Why this layer, and why so", 60),
        Column::new("Through", 14),
        Column::of_words("Whose, there", 14, CLASSES),
        Column::new("AWS's in", 36),
        Column::new("Both parties' in", 36),
        Column::new("The customer's in", 36),
        Column::new("Undetermined in", 30),
    ]);
    let mut rows = Vec::new();
    for (at, control) in context.assessment.controls.iter().enumerate() {
        for statement in &control.statements {
            let own = statement.layers.iter().map(|primary| row(context, control, statement, primary));
            rows.extend(own.map(|row| Row { shaded: at % 2 == 1, ..row }));
        }
    }
    Sheet {
        name: "Derivation",
        note: "Where each statement is decided, how AWS's work there relates to it (covers: discharges it; enables: supplies the mechanism; parallel: does the same for itself), and who has the layer.".to_owned(),
        columns,
        frozen: context.frozen(2),
        rows,
    }
}

fn row<'s>(
    context: &'s Context<'_>,
    control: &'s ControlAnswer,
    statement: &'s StatementAnswer,
    primary: &'s LayerShare,
) -> Row<'s> {
    let convention = context.convention(control);
    let used = &context.users[primary.layer.index()];
    let cells = context.cells(
        &control.framework,
        [
            (&control.control).into(),
            (&statement.id).into(),
            context.layer(primary.layer).into(),
            primary.relation.map_or("no part", |relation| relation.as_str()).into(),
            (&primary.reason).into(),
            primary.through.as_deref().into(),
            primary.share.class(convention).as_str().into(),
            (&used.aws).into(),
            (&used.both).into(),
            (&used.customer).into(),
            (&used.open).into(),
        ],
    );
    Row::new(cells)
}
