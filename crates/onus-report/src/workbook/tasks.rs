//! What nobody has shown yet: the tasks of controls and of duties, with what the records say of each.

use super::context::Context;
use super::model::{Cell, Column, Row, Sheet, TASKS};
use onus_assess::{Task, TaskState};

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = vec![
        Column::new("Task", 34),
        Column::new("For", 38),
        Column::new("What has to be shown", 64),
        Column::new("How it may be shown", 40),
        Column::of_words("State", 15, TASKS),
        Column::new("What is the matter", 30),
        Column::new("Owner", 20),
        Column::new("Due", 12),
        Column::of_words("Overdue", 10, TASKS),
        Column::new("Record", 30),
    ];
    Sheet {
        name: "Tasks",
        note: "What the customer has to show, and has not yet: no check decides it, and it stays open until a record in the evidence folder shows it.".to_owned(),
        columns,
        frozen: 1,
        rows: context.assessment.tasks.iter().map(|task| row(context, task)).collect(),
    }
}

fn row<'s>(context: &'s Context<'_>, task: &'s Task) -> Row<'s> {
    let flaws = match &task.state {
        TaskState::Renew(flaws) => flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    };
    let record = task.record.and_then(|at| context.assessment.records.get(at));
    let cells: [Cell<'_>; 10] = [
        (&task.id).into(),
        (&task.title).into(),
        (&task.what).into(),
        (&task.how).into(),
        task.state.as_str().into(),
        flaws.into(),
        task.owner.as_deref().into(),
        task.due.map(|day| day.to_string()).unwrap_or_default().into(),
        if task.overdue { "yes" } else { "" }.into(),
        record.map(|record| record.path.as_str()).into(),
    ];
    Row::new(cells)
}
