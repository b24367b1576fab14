//! Controls that are selected more than once.

use super::budget::Budget;
use crate::catalog::{Catalog, Control, Group};
use crate::common::Part;
use crate::error::OscalError;
use crate::profile::Merge;
use std::collections::{HashMap, HashSet};

/// What happens to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Keep,
    UseFirst,
    Merge,
}

impl Method {
    pub(super) fn of(merge: Option<&Merge>) -> Result<Self, OscalError> {
        let combine = merge.and_then(|merge| merge.combine.as_ref());
        match combine.and_then(|combine| combine.method.as_deref()) {
            None | Some("keep") => Ok(Self::Keep),
            Some("use-first") => Ok(Self::UseFirst),
            Some("merge") => Ok(Self::Merge),
            Some(other) => {
                let what = format!("`combine` is `keep`, `use-first` or `merge`, and not `{other}`");
                Err(OscalError::Directive { what })
            }
        }
    }
}

/// Leaves one of each control, in the order of the imports, or all of them.
pub(super) fn combine(
    method: Method,
    catalogs: &mut [Catalog],
    budget: &mut Budget,
) -> Result<(), OscalError> {
    if method == Method::Keep {
        return Ok(());
    }
    let mut seen = Seen { ids: HashSet::new(), again: HashMap::new() };
    for catalog in catalogs.iter_mut() {
        seen.first(&mut catalog.controls);
        seen.first_in_groups(&mut catalog.groups);
    }
    if method == Method::Merge {
        for catalog in catalogs {
            for_each(&mut catalog.controls, &mut catalog.groups, &mut |control| {
                let again = seen.again.remove(&control.id).into_iter().flatten();
                again.into_iter().try_for_each(|other| add(control, other, budget))
            })?;
        }
    }
    Ok(())
}

/// The controls that were there before, and those that came again, without their enhancements.
struct Seen {
    ids: HashSet<String>,
    again: HashMap<String, Vec<Control>>,
}

impl Seen {
    fn first_in_groups(&mut self, groups: &mut [Group]) {
        for group in groups {
            self.first(&mut group.controls);
            self.first_in_groups(&mut group.groups);
        }
    }

    /// Takes out what was seen before; enhancements that were not take its place.
    fn first(&mut self, controls: &mut Vec<Control>) {
        for mut control in std::mem::take(controls) {
            if self.ids.insert(control.id.clone()) {
                self.first(&mut control.controls);
                controls.push(control);
            } else {
                let mut within = std::mem::take(&mut control.controls);
                self.first(&mut within);
                controls.append(&mut within);
                self.again.entry(control.id.clone()).or_default().push(control);
            }
        }
    }
}

/// Visits all controls of a catalog.
pub(super) fn for_each(
    controls: &mut [Control],
    groups: &mut [Group],
    visit: &mut impl FnMut(&mut Control) -> Result<(), OscalError>,
) -> Result<(), OscalError> {
    for control in controls {
        visit(control)?;
        for_each(&mut control.controls, &mut [], visit)?;
    }
    for group in groups {
        for_each(&mut group.controls, &mut group.groups, visit)?;
    }
    Ok(())
}

/// Adds what a control does not have yet. What has an id is the same where the id is.
fn add(control: &mut Control, other: Control, budget: &mut Budget) -> Result<(), OscalError> {
    add_all(&mut control.params, other.params, |a, b| a.id == b.id, budget)?;
    add_all(&mut control.props, other.props, |a, b| a == b, budget)?;
    add_all(&mut control.links, other.links, |a, b| a == b, budget)?;
    add_parts(&mut control.parts, other.parts, budget)
}

fn add_all<T>(
    items: &mut Vec<T>,
    more: Vec<T>,
    same: impl Fn(&T, &T) -> bool,
    budget: &mut Budget,
) -> Result<(), OscalError> {
    for item in more {
        budget.steps(items.len())?;
        if !items.iter().any(|known| same(known, &item)) {
            items.push(item);
        }
    }
    Ok(())
}

fn add_parts(parts: &mut Vec<Part>, more: Vec<Part>, budget: &mut Budget) -> Result<(), OscalError> {
    for part in more {
        budget.steps(parts.len())?;
        let known = parts.iter().position(|known| part.id.is_some() && known.id == part.id);
        match known {
            Some(at) => {
                let known = &mut parts[at];
                add_all(&mut known.props, part.props, |a, b| a == b, budget)?;
                add_all(&mut known.links, part.links, |a, b| a == b, budget)?;
                add_parts(&mut known.parts, part.parts, budget)?;
            }
            None if parts.contains(&part) => {}
            None => parts.push(part),
        }
    }
    Ok(())
}
