//! Each layer in each service in use: the duties, each once.

use super::context::{Context, state, whose};
use super::model::{Cell, Column, PARTIES, Row, STANDINGS, Sheet};
use onus_assess::{Cell as ChartCell, Column as Service, Holder};
use onus_model::Layer;

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = vec![
        Column::new("Layer", 24),
        Column::new("Service", 28),
        Column::new("Configuration", 16),
        Column::of_words("Whose", 14, PARTIES),
        Column::new("What AWS provides", 60),
        Column::new("What you are responsible for", 60),
        Column::of_words("State of your part", 16, STANDINGS),
        Column::new("Because", 50),
        Column::new("Resources", 10),
        Column::new("Source", 46),
        Column::new("More sources", 46),
    ];
    let mut rows = Vec::new();
    for layer in Layer::ALL {
        rows.push(heading(context, layer));
        for service in &context.assessment.columns {
            let cell = service.cells.iter().find(|cell| cell.layer == layer);
            rows.extend(cell.into_iter().flat_map(|cell| duties(context, service, cell)));
        }
    }
    Sheet {
        name: "Layers",
        note: "The duties at each layer of the stack, service by service, each once: what the matrix is derived from.".to_owned(),
        columns,
        frozen: 2,
        rows,
    }
}

fn heading<'s>(context: &'s Context<'_>, layer: Layer) -> Row<'s> {
    let facts = context.assessment.knowledge.layers.iter().find(|facts| facts.layer == layer);
    let what = facts.map_or("", |facts| &facts.what);
    let whose = match layer {
        Layer::Organization => "Each party its own",
        Layer::Endpoints if context.assessment.endpoints_in_boundary => "Customer",
        Layer::Endpoints => "Not applicable: outside the boundary",
        _ => "",
    };
    let cells = [context.layer(layer).into(), Cell::Empty, Cell::Empty, whose.into(), what.into()];
    Row { head: true, shaded: true, ..Row::new(cells) }
}

fn duties<'s>(context: &'s Context<'_>, service: &'s Service, cell: &'s ChartCell) -> Vec<Row<'s>> {
    if let Holder::NotApplicable(reason) = &cell.holder {
        let mut cells: Vec<Cell<'_>> = vec![
            context.layer(cell.layer).into(),
            (&service.heading).into(),
            Cell::Empty,
            whose(&cell.holder),
        ];
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, reason.into()]);
        return vec![Row { folds: true, ..Row::new(cells) }];
    }
    let duties = context.duties(service, cell.layer);
    duties
        .map(|duty| {
            let cells = [
                context.layer(cell.layer).into(),
                (&service.heading).into(),
                duty.variant.as_deref().into(),
                whose(&duty.holder),
                duty.provision.as_deref().into(),
                duty.responsibility.as_deref().into(),
                state(duty.state).into(),
                (&duty.because).into(),
                duty.resources.len().into(),
                Cell::source(&duty.sources),
                Cell::more_sources(&duty.sources),
            ];
            Row { folds: true, ..Row::new(cells) }
        })
        .collect()
}
