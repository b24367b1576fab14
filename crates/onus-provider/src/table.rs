//! Where the tables of a sheet begin, and which of their columns holds what.

use crate::error::{ProviderError, Troubles};
use crate::grid::Grid;
use crate::heading::{Mark, PUBLISHED, Role, role};
use onus_model::ProviderLayout;
use std::collections::BTreeMap;

/// A table: the rows below its headings.
#[derive(Debug)]
pub(crate) struct Table {
    /// The first row below the headings.
    pub(crate) first: u32,
    /// The last row before those of the next table.
    pub(crate) last: u32,
    pub(crate) columns: Columns,
}

/// What stands where; columns count from one.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) framework: Option<u32>,
    pub(crate) control: u32,
    pub(crate) statement: Option<u32>,
    pub(crate) inherited: Option<u32>,
    pub(crate) class: Option<u32>,
    pub(crate) origination: Option<u32>,
    pub(crate) marks: Vec<(u32, Mark)>,
    pub(crate) provides: Vec<u32>,
    pub(crate) leaves: Vec<u32>,
    pub(crate) both: Vec<u32>,
    /// Whether it is this program's own matrix, without what is left to others.
    pub(crate) own_matrix: bool,
    /// Whether this program says in it what customers inherit.
    pub(crate) published: bool,
}

impl Columns {
    /// Those with text, and the answers.
    pub(crate) fn saying(&self) -> impl Iterator<Item = u32> {
        let single = [self.inherited, self.class, self.origination].into_iter().flatten();
        let texts = self.provides.iter().chain(&self.leaves).chain(&self.both).copied();
        single.chain(self.marks.iter().map(|(column, _)| *column)).chain(texts)
    }
}

/// What was found in a sheet.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) tables: Vec<Table>,
    /// Whether a table was found and could not be read.
    pub(crate) failed: bool,
}

/// The roles in a row of headings: by column, with how surely.
type Roles = BTreeMap<u32, (Role, u8)>;

/// Finds the tables of a sheet.
pub(crate) fn find(grid: &Grid, layout: &ProviderLayout, troubles: &mut Troubles) -> Tables {
    let mut found = Tables::default();
    let mut skip = 0;
    for row in grid.rows.keys().copied() {
        if row <= skip {
            continue;
        }
        let Some(roles) = headings(grid, row, layout) else { continue };
        // Headings may stand in two rows, of which the lower says more.
        let below = headings(grid, row + 1, layout).filter(|below| below.len() > roles.len());
        let (row, roles) = below.map_or((row, roles), |below| (row + 1, below));
        skip = row;
        if let Some(open) = found.tables.last_mut() {
            open.last = open.last.min(row - 1);
        }
        match columns(grid, row, &roles) {
            Ok(columns) => found.tables.push(Table { first: row + 1, last: u32::MAX, columns }),
            Err((column, error)) => {
                troubles.at(grid.place(row, column), error);
                found.failed = true;
            }
        }
    }
    found
}

/// The roles of a row, where it is one of headings: it names a control and says what is inherited.
fn headings(grid: &Grid, row: u32, layout: &ProviderLayout) -> Option<Roles> {
    let mut roles = of_row(grid, row, layout);
    if !roles.values().any(|(role, _)| role.is_answer()) && !layout.names_columns() {
        return None;
    }
    if !roles.values().any(|(role, _)| *role == Role::Control) {
        for (column, role) in
            row.checked_sub(1).map(|above| of_row(grid, above, layout)).into_iter().flatten()
        {
            if grid.text(row, column).is_empty() {
                roles.insert(column, role);
            }
        }
    }
    let has = |wanted: &dyn Fn(Role) -> bool| roles.values().any(|(role, _)| wanted(*role));
    let named = roles.values().filter(|(_, sure)| *sure == u8::MAX).count() >= layout.columns().count();
    (named && has(&|role| role == Role::Control) && has(&Role::is_answer)).then_some(roles)
}

fn of_row(grid: &Grid, row: u32, layout: &ProviderLayout) -> Roles {
    let own = grid.rows.get(&row).into_iter().flatten().map(|(column, _)| *column);
    let merged = || grid.rows.get(&row.wrapping_sub(1)).into_iter().flatten().map(|(column, _)| *column);
    let columns = own.chain(merged().filter(|column| grid.merged.contains_key(&(row, *column))));
    let roles = columns.filter_map(|column| Some((column, role(grid.text(row, column), layout)?)));
    // What spans several columns names a group of them.
    roles
        .filter(|(column, (role, _))| *role != Role::Origination || !grid.wide.contains(&(row, *column)))
        .collect()
}

/// Puts the roles in their places; an error names the column of which it is not clear what it holds.
fn columns(grid: &Grid, row: u32, roles: &Roles) -> Result<Columns, (u32, ProviderError)> {
    let single = |wanted: Role| -> Result<Option<u32>, (u32, ProviderError)> {
        let of_role = || roles.iter().filter(move |(_, (role, _))| *role == wanted);
        let surest = of_role().map(|(_, (_, sure))| *sure).max();
        let mut columns = of_role().filter(|(_, (_, sure))| Some(*sure) == surest).map(|(column, _)| *column);
        let first = columns.next();
        match first.zip(columns.next()) {
            Some((first, second)) => {
                let other = match &grid.sheet {
                    Some(_) => {
                        grid.place(row, first).to_string().split_off(grid.whole().to_string().len() + 1)
                    }
                    None => format!("column {first}"),
                };
                Err((second, ProviderError::ColumnTwice { what: wanted.what(), other }))
            }
            None => Ok(first),
        }
    };
    let texts = |wanted: Role| -> Vec<u32> {
        debug_assert!(wanted.is_text());
        roles.iter().filter(|(_, (role, _))| *role == wanted).map(|(column, _)| *column).collect()
    };
    let mut columns = Columns {
        framework: single(Role::Framework)?,
        control: single(Role::Control)?.unwrap_or_default(),
        statement: single(Role::Statement)?,
        inherited: single(Role::Inherited)?,
        class: single(Role::Class)?,
        origination: single(Role::Origination)?,
        provides: texts(Role::Provides),
        leaves: texts(Role::Leaves),
        both: texts(Role::Both),
        ..Columns::default()
    };
    for (column, (role, _)) in roles {
        if let Role::Mark(mark) = role {
            single(Role::Mark(*mark))?;
            columns.marks.push((*column, *mark));
        }
    }
    // Who wrote the matrix speaks of its own part; what it leaves to others is another column, or not known.
    let own = texts(Role::Own);
    columns.published = roles.values().any(|(role, sure)| *role == Role::Inherited && *sure == PUBLISHED);
    columns.own_matrix = !own.is_empty() && !columns.published;
    if columns.own_matrix {
        columns.leaves.extend(own)
    } else {
        columns.provides.extend(own)
    }
    Ok(columns)
}
