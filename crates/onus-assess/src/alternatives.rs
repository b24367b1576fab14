//! What would change the answer: other variants and settings of the services in use, and the statements they would move.

use crate::assessment::{Assessment, Cell, Column, ControlAnswer, Holder};
use crate::controls::ShareTable;
use onus_model::{Case, Class, Convention, Duty, Layer, Party, Service};

/// Another configuration of a service in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The service as it is now, by its heading.
    pub service: String,
    /// What it would be instead, in words that complete the service's name.
    pub instead: String,
    /// The layers that would have another holder.
    pub layers: Vec<AlternativeLayer>,
    /// The statements of the frameworks in question that would have another class.
    pub statements: Vec<StatementMove>,
}

/// A layer that would have another holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternativeLayer {
    /// The layer.
    pub layer: Layer,
    /// Whose it is.
    pub from: &'static str,
    /// Whose it would be.
    pub to: &'static str,
}

/// A statement that would have another class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementMove {
    /// The control's id.
    pub control: String,
    /// The statement's id.
    pub statement: String,
    /// Whose it is.
    pub from: Class,
    /// Whose it would be.
    pub to: Class,
}

/// Every other configuration that would move a layer, with what it would move; those that move most come first.
pub fn alternatives(assessment: &Assessment, convention: Option<Convention>) -> Vec<Alternative> {
    let tables = column_tables(assessment);
    let mut found = Vec::new();
    for (at, column) in assessment.columns.iter().enumerate() {
        let Some(service) = assessment.knowledge.service(&column.service) else { continue };
        let mut rest: Option<ShareTable> = None;
        for (title, duties) in options(service, column, assessment) {
            let layers = moved(column, &duties);
            if layers.is_empty() {
                continue;
            }
            let rest = rest.get_or_insert_with(|| all_but(assessment, &tables, at));
            let table = with(rest, assessment, column, &layers);
            found.push(Alternative {
                service: column.heading.clone(),
                instead: title,
                statements: statements(assessment, &table, convention),
                layers: layers
                    .into_iter()
                    .map(|(layer, from, to)| AlternativeLayer { layer, from, to: to.as_str() })
                    .collect(),
            });
        }
    }
    found.sort_by_key(|other| std::cmp::Reverse(other.statements.len()));
    found
}

/// The share at each layer that each column gives by itself, in the order of [`Assessment::columns`].
pub fn column_tables(assessment: &Assessment) -> Vec<ShareTable> {
    assessment.columns.iter().map(|column| column_table(assessment, column)).collect()
}

/// The share at each layer that one column gives.
fn column_table(assessment: &Assessment, column: &Column) -> ShareTable {
    let mut table = ShareTable::new(false);
    column.cells.iter().for_each(|cell| add_cell(&mut table, assessment, cell));
    table
}

/// Adds the duties of a layer of a column.
fn add_cell(table: &mut ShareTable, assessment: &Assessment, cell: &Cell) {
    for row in &cell.responsibilities {
        table.add(&assessment.responsibilities[*row], assessment.sites_in_boundary);
    }
}

fn all_but(assessment: &Assessment, tables: &[ShareTable], but: usize) -> ShareTable {
    let mut all = ShareTable::new(assessment.endpoints_in_boundary);
    for (at, table) in tables.iter().enumerate() {
        if at != but {
            all.union(table);
        }
    }
    all
}

/// The duties that the other cases of each choice would bring, by title.
fn options<'k>(
    service: &'k Service,
    column: &Column,
    assessment: &Assessment,
) -> Vec<(String, Vec<(Layer, &'k Duty)>)> {
    let in_use = labels(assessment, column);
    let mut options = Vec::new();
    for cases in service.choices() {
        let current: Vec<&Case> = cases.iter().filter(|case| in_use.contains(&case.id.as_str())).collect();
        // What is not decided has no current case: each possible one is an answer to it.
        if current.is_empty() && column.resources.is_empty() && column.variant.is_none() {
            continue;
        }
        let touched = || cases.iter().flat_map(|case| case.layers.iter().map(|(layer, _)| *layer));
        for case in cases.iter().filter(|case| !in_use.contains(&case.id.as_str())) {
            // A setting's default moves nothing and has no place in a label: it is in use where no other is.
            if current.is_empty() && case.layers.is_empty() {
                continue;
            }
            let duties = touched().map(|layer| (layer, service.duty_in(case, layer)));
            options.push((case.title.clone(), duties.collect()));
        }
    }
    options
}

/// The ids of the cases that hold for the column's resources.
fn labels<'a>(assessment: &'a Assessment, column: &'a Column) -> Vec<&'a str> {
    let rows = column.cells.iter().flat_map(|cell| &cell.responsibilities);
    let labels = rows.filter_map(|row| assessment.responsibilities[*row].variant.as_deref());
    let mut ids: Vec<&str> =
        labels.flat_map(|label| label.split('+')).chain(column.variant.as_deref()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The layers at which a definite party would be another one.
fn moved(column: &Column, duties: &[(Layer, &Duty)]) -> Vec<(Layer, &'static str, Party)> {
    let mut moved: Vec<(Layer, &'static str, Party)> = Vec::new();
    for (layer, duty) in duties {
        let Some(cell) = column.cells.iter().find(|cell| cell.layer == *layer) else { continue };
        let Some(party) = duty.party() else { continue };
        let same = matches!(cell.holder, Holder::Party(current) if current == party);
        if !same && moved.iter().all(|(known, ..)| known != layer) {
            moved.push((*layer, cell.holder.as_str(), party));
        }
    }
    moved
}

/// The rest of the workload, with the column as it would be.
fn with(
    rest: &ShareTable,
    assessment: &Assessment,
    column: &Column,
    layers: &[(Layer, &'static str, Party)],
) -> ShareTable {
    let mut table = rest.clone();
    for cell in &column.cells {
        match layers.iter().find(|(layer, ..)| *layer == cell.layer) {
            Some((layer, _, party)) => table.add_holder(*layer, &Holder::Party(*party), true),
            None => add_cell(&mut table, assessment, cell),
        }
    }
    table
}

fn statements(
    assessment: &Assessment,
    table: &ShareTable,
    convention: Option<Convention>,
) -> Vec<StatementMove> {
    let mut moves = Vec::new();
    for control in &assessment.controls {
        let convention = assessment.convention_of(&control.framework, convention);
        moves.extend(control_moves(control, table, convention));
    }
    moves
}

fn control_moves<'a>(
    control: &'a ControlAnswer,
    table: &'a ShareTable,
    convention: Convention,
) -> impl Iterator<Item = StatementMove> + use<'a> {
    control.statements.iter().filter_map(move |statement| {
        let from = convention.class(statement.share, control.policy);
        let to = convention.class(table.of(&statement.layers).union(statement.upstream), control.policy);
        (from != to).then(|| StatementMove {
            control: control.control.clone(),
            statement: statement.id.clone(),
            from,
            to,
        })
    })
}
