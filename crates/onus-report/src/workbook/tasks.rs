//! What nobody has shown yet: the duties that need evidence, with room for who brings it and by when.

use super::context::{Context, state};
use super::model::{Cell, Column, Group, Row, STANDINGS, Sheet};
use onus_assess::{DutyState, Responsibility};

/// A cell names no more resources than this.
const MAX_NAMED: usize = 10;

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let blank = |heading, width| Column { group: Group::Blank, ..Column::new(heading, width) };
    let columns = vec![
        Column::new("Service", 26),
        Column::new("Layer", 24),
        Column::of_words("State", 16, STANDINGS),
        Column::new("What has to be shown", 70),
        Column::new("Resources", 44),
        blank("Owner", 20),
        blank("Due", 13),
        blank("Evidence", 40),
        Column::new("Source", 50),
    ];
    let mut rows = Vec::new();
    for column in &context.assessment.columns {
        let duties = column.cells.iter().flat_map(|cell| context.duties(column, cell.layer));
        let open = |duty: &&Responsibility| {
            matches!(duty.state, Some(DutyState::NeedsEvidence | DutyState::Undetermined))
        };
        rows.extend(duties.filter(open).map(|duty| row(context, &column.heading, duty)));
    }
    Sheet {
        name: "Tasks",
        note: "The customer's duties that no check decides: each stays open until somebody brings evidence. Owner, due and evidence are for you to fill in.".to_owned(),
        columns,
        frozen: 2,
        rows,
    }
}

fn row<'s>(context: &'s Context<'_>, heading: &'s str, duty: &'s Responsibility) -> Row<'s> {
    let cells: [Cell<'_>; 9] = [
        heading.into(),
        context.layer(duty.layer).into(),
        state(duty.state).into(),
        duty.responsibility.as_deref().into(),
        resources(context, duty).into(),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::source(&duty.sources),
    ];
    Row::new(cells)
}

fn resources(context: &Context<'_>, duty: &Responsibility) -> String {
    let names =
        duty.resources.iter().take(MAX_NAMED).map(|at| crate::facts::address(context.assessment, *at));
    let names = names.collect::<Vec<_>>().join("\n");
    match duty.resources.len().saturating_sub(MAX_NAMED) {
        0 => names,
        more => format!("{names}\nand {more} more"),
    }
}
