//! The chart: services by layers.

use super::context::Context;
use super::model::{CHART, Column, Group, Row, Sheet};
use onus_assess::Holder;
use onus_model::{Layer, Party};

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let mut columns = vec![
        Column::new("Service", 30),
        Column::new("Full name", 28),
        Column::new("Category", 14),
        Column::new("Resources", 10),
    ];
    let layers = Layer::ALL.into_iter().filter(|layer| layer.is_of_service());
    columns.extend(layers.map(|layer| Column {
        heading: context.layer(layer).to_owned().into(),
        ..Column::of_marks("", Group::Plain, CHART)
    }));
    Sheet {
        name: "Services",
        note: "Whose duty each layer of each service is: A AWS, C the customer, B both, ? undetermined, – does not apply; below it how the customer's part stands.".to_owned(),
        columns,
        frozen: 1,
        rows: context.assessment.columns.iter().enumerate().map(row).collect(),
    }
}

fn row((at, column): (usize, &onus_assess::Column)) -> Row<'_> {
    let mut row = Row::new([
        (&column.heading).into(),
        (&column.name).into(),
        column.category.as_str().into(),
        column.resources.len().into(),
    ]);
    row.cells.extend(column.cells.iter().map(|cell| {
        let letter = letter(&cell.holder);
        cell.state.map_or_else(|| letter.into(), |state| format!("{letter}\n{}", state.as_str()).into())
    }));
    Row { shaded: at % 2 == 1, ..row }
}

const fn letter(holder: &Holder) -> &'static str {
    match holder {
        Holder::Party(Party::Aws) => "A",
        Holder::Party(Party::Customer) => "C",
        Holder::Party(Party::Both) => "B",
        Holder::Undetermined(_) => "?",
        Holder::NotApplicable(_) => "–",
    }
}
