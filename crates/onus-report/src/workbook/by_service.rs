//! Each statement at each layer where it is decided, in each service in use.

use super::context::{Context, state, whose};
use super::model::{Cell, Column, PARTIES, Row, STANDINGS, Sheet};
use onus_assess::{ControlAnswer, StatementAnswer};

/// No more rows than this: what is left out can be joined from the sheets *Derivation* (statement to layer) and *Layers*
/// (layer to service), while 1,000 controls over 200 services would be a million rows that no office program filters.
pub(crate) const MAX_ROWS: usize = 15_000;

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = context.columns([
        Column::new("Control", 9),
        Column::new("Statement", 13),
        Column::new("Layer", 20),
        Column::new("Relation", 10),
        Column::new("Service", 26),
        Column::new("Configuration", 16),
        Column::of_words("Whose", 14, PARTIES),
        Column::new("What AWS provides", 48),
        Column::new("What you are responsible for", 56),
        Column::of_words("State of your part", 16, STANDINGS),
        Column::new("Because", 36),
        Column::new("Source; all are on sheet Layers", 44),
    ]);
    let (rows, left) = rows(context);
    let note = match left {
        0 => "Per statement, layer and service in use: whose, both parties' parts, and how yours stands. Only layers where the statement is decided.".to_owned(),
        left => format!(
            "CUT: the last {left} statements are not on this sheet, which holds {MAX_ROWS} rows. Their rows are those of sheet Layers at the layers that sheet Derivation names for them."
        ),
    };
    Sheet { name: "By service", note, columns, frozen: context.frozen(2), rows }
}

/// The rows of all statements for which there is room, and the number of those for which there is none.
fn rows<'s>(context: &'s Context<'_>) -> (Vec<Row<'s>>, usize) {
    let (mut rows, mut left, mut shaded) = (Vec::new(), 0, false);
    for control in &context.assessment.controls {
        for statement in &control.statements {
            let number = number(context, statement);
            // From the first that does not fit on, none is shown: what is cut is one piece at the end.
            if left > 0 || rows.len() + number > MAX_ROWS {
                left += 1;
                continue;
            }
            shaded = !shaded;
            add(context, control, statement, shaded, &mut rows);
        }
    }
    (rows, left)
}

fn number(context: &Context<'_>, statement: &StatementAnswer) -> usize {
    statement.layers.iter().map(|primary| context.duties_at[primary.layer.index()]).sum()
}

fn add<'s>(
    context: &'s Context<'_>,
    control: &'s ControlAnswer,
    statement: &'s StatementAnswer,
    shaded: bool,
    rows: &mut Vec<Row<'s>>,
) {
    for primary in &statement.layers {
        for column in &context.assessment.columns {
            for duty in context.duties(column, primary.layer) {
                let cells = context.cells(
                    &control.framework,
                    [
                        (&control.control).into(),
                        (&statement.id).into(),
                        context.layer(primary.layer).into(),
                        primary.relation.map(|relation| relation.as_str()).into(),
                        (&column.heading).into(),
                        duty.variant.as_deref().into(),
                        whose(&duty.holder),
                        duty.provision.as_deref().into(),
                        duty.responsibility.as_deref().into(),
                        state(duty.state).into(),
                        (&duty.because).into(),
                        Cell::source(&duty.sources),
                    ],
                );
                rows.push(Row { shaded, ..Row::new(cells) });
            }
        }
    }
}
