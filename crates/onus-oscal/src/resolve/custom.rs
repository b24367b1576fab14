//! A profile's own arrangement of the selected controls.

use super::budget::Budget;
use super::select::{Controls, Wish, controls};
use crate::catalog::{Catalog, Control, Group};
use crate::common::Parameter;
use crate::error::OscalError;
use crate::profile::{Custom, CustomGroup, InsertControls};

/// Arranges what was selected. A control that no group takes is left out, and one that two take is there twice, as
/// the specification says.
pub(super) fn arrange(custom: &Custom, pool: Catalog, budget: &mut Budget) -> Result<Catalog, OscalError> {
    let mut arranged = Catalog { params: pool.params.clone(), ..Catalog::default() };
    let pool = Pool { index: Controls::of(&pool.controls, &[]), controls: &pool.controls };
    arranged.controls = pool.take(&custom.insert_controls, &mut arranged.params, budget)?;
    for group in &custom.groups {
        budget.copy(group)?;
        arranged.groups.push(pool.group(group, &mut arranged.params, budget)?);
    }
    Ok(arranged)
}

struct Pool<'c> {
    index: Controls<'c>,
    controls: &'c [Control],
}

impl Pool<'_> {
    fn group(
        &self,
        group: &CustomGroup,
        loose: &mut Vec<Parameter>,
        budget: &mut Budget,
    ) -> Result<Group, OscalError> {
        let mut groups = Vec::new();
        for inner in &group.groups {
            groups.push(self.group(inner, loose, budget)?);
        }
        Ok(Group {
            id: group.id.clone(),
            class: group.class.clone(),
            title: group.title.clone(),
            params: group.params.clone(),
            props: group.props.clone(),
            links: group.links.clone(),
            parts: group.parts.clone(),
            groups,
            controls: self.take(&group.insert_controls, loose, budget)?,
            rest: group.rest.clone(),
        })
    }

    fn take(
        &self,
        inserts: &[InsertControls],
        loose: &mut Vec<Parameter>,
        budget: &mut Budget,
    ) -> Result<Vec<Control>, OscalError> {
        let mut taken = Vec::new();
        for insert in inserts {
            let wish = Wish {
                source: "insert-controls",
                all: insert.include_all.as_ref(),
                include: &insert.include_controls,
                exclude: &insert.exclude_controls,
                ancestors: false,
            };
            budget.copy(&self.controls)?;
            let ids = self.index.select(&wish, budget)?;
            let mut controls = controls(self.controls, &ids, loose);
            sort(&mut controls, insert.order.as_deref())?;
            taken.append(&mut controls);
        }
        Ok(taken)
    }
}

fn sort(controls: &mut [Control], order: Option<&str>) -> Result<(), OscalError> {
    match order {
        None | Some("keep") => {}
        Some("ascending") => controls.sort_by(|a, b| a.id.cmp(&b.id)),
        Some("descending") => controls.sort_by(|a, b| b.id.cmp(&a.id)),
        Some(other) => {
            let what = format!("`order` is `keep`, `ascending` or `descending`, and not `{other}`");
            return Err(OscalError::Directive { what });
        }
    }
    Ok(())
}
