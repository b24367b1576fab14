//! Which controls of a catalog are taken, and the catalog without the others.

use super::budget::Budget;
use super::pattern::Pattern;
use crate::catalog::{Catalog, Control, Group};
use crate::common::{IncludeAll, Parameter, SelectControls};
use crate::error::OscalError;
use crate::profile::Import;
use std::collections::{HashMap, HashSet};

/// What it takes to look at a control, and to copy it or not, in comparisons.
const STEPS_OF_A_CONTROL: usize = 20;

/// The ids that an import selects; with their ancestors, where controls are to lie as they do in the catalog.
pub(super) fn select(
    import: &Import,
    catalog: &Catalog,
    ancestors: bool,
    budget: &mut Budget,
) -> Result<HashSet<String>, OscalError> {
    let controls = Controls::of(&catalog.controls, &catalog.groups);
    let wish = Wish {
        source: &import.href,
        all: import.include_all.as_ref(),
        include: &import.include_controls,
        exclude: &import.exclude_controls,
        ancestors,
    };
    controls.select(&wish, budget)
}

/// The wish for some controls.
pub(super) struct Wish<'w> {
    /// What the controls are taken from, for errors.
    pub(super) source: &'w str,
    pub(super) all: Option<&'w IncludeAll>,
    pub(super) include: &'w [SelectControls],
    pub(super) exclude: &'w [SelectControls],
    /// Whether a control brings the one that it enhances.
    pub(super) ancestors: bool,
}

/// All controls of a catalog by id, in its order, with the one that each enhances.
pub(super) struct Controls<'c> {
    ids: Vec<(&'c str, Option<usize>)>,
    by_id: HashMap<&'c str, Vec<usize>>,
}

impl<'c> Controls<'c> {
    pub(super) fn of(controls: &'c [Control], groups: &'c [Group]) -> Self {
        let mut all = Self { ids: Vec::new(), by_id: HashMap::new() };
        all.add(controls, None);
        all.add_groups(groups);
        all
    }

    fn add_groups(&mut self, groups: &'c [Group]) {
        for group in groups {
            self.add(&group.controls, None);
            self.add_groups(&group.groups);
        }
    }

    fn add(&mut self, controls: &'c [Control], parent: Option<usize>) {
        for control in controls {
            let at = self.ids.len();
            self.ids.push((&control.id, parent));
            self.by_id.entry(&control.id).or_default().push(at);
            self.add(&control.controls, Some(at));
        }
    }

    /// What is included, without what is excluded. Nothing included means everything.
    pub(super) fn select(&self, wish: &Wish<'_>, budget: &mut Budget) -> Result<HashSet<String>, OscalError> {
        if wish.all.is_some() && !wish.include.is_empty() {
            let what = format!("`{}` has both `include-all` and `include-controls`", wish.source);
            return Err(OscalError::Directive { what });
        }
        budget.steps(STEPS_OF_A_CONTROL * self.ids.len())?;
        let mut included = vec![wish.include.is_empty(); self.ids.len()];
        for selection in wish.include {
            self.mark(selection, wish.source, &mut included, budget)?;
        }
        let mut excluded = vec![false; self.ids.len()];
        for selection in wish.exclude {
            self.mark(selection, wish.source, &mut excluded, budget)?;
        }
        let mut taken: Vec<bool> =
            included.iter().zip(&excluded).map(|(included, excluded)| *included && !excluded).collect();
        if wish.ancestors {
            self.mark_ancestors(&mut taken, &excluded);
        }
        let ids = self.ids.iter().zip(taken).filter(|(_, taken)| *taken);
        Ok(ids.map(|((id, _), _)| (*id).to_owned()).collect())
    }

    /// A control comes before its enhancements, so that one pass from the end reaches all ancestors.
    fn mark_ancestors(&self, taken: &mut [bool], excluded: &[bool]) {
        let mut wanted = taken.to_vec();
        for (at, (_, parent)) in self.ids.iter().enumerate().rev() {
            if let (true, Some(parent)) = (wanted[at], *parent) {
                wanted[parent] = true;
                taken[parent] |= !excluded[parent];
            }
        }
    }

    fn mark(
        &self,
        selection: &SelectControls,
        source: &str,
        marks: &mut [bool],
        budget: &mut Budget,
    ) -> Result<(), OscalError> {
        let mut named = HashSet::new();
        for id in &selection.with_ids {
            budget.steps(1)?;
            let found = self.by_id.get(id.as_str());
            let unknown = || OscalError::UnknownControl { href: source.to_owned(), id: id.clone() };
            named.extend(found.ok_or_else(unknown)?);
        }
        for pattern in selection.matching.iter().filter_map(|matching| matching.pattern.as_deref()) {
            let pattern = Pattern::new(pattern)?;
            for (at, (id, _)) in self.ids.iter().enumerate() {
                if pattern.matches(id, budget)? {
                    named.insert(at);
                }
            }
        }
        if with_children(selection)? {
            budget.steps(self.ids.len())?;
            // In order, one pass reaches all that is below.
            for (at, (_, parent)) in self.ids.iter().enumerate() {
                if parent.is_some_and(|parent| named.contains(&parent)) {
                    named.insert(at);
                }
            }
        }
        for at in named {
            marks[at] = true;
        }
        Ok(())
    }
}

fn with_children(selection: &SelectControls) -> Result<bool, OscalError> {
    match selection.with_child_controls.as_deref() {
        None | Some("no") => Ok(false),
        Some("yes") => Ok(true),
        Some(other) => {
            let what = format!("`with-child-controls` is `yes` or `no`, and not `{other}`");
            Err(OscalError::Directive { what })
        }
    }
}

/// Copies groups with the selected controls in them.
pub(super) fn groups(groups: &[Group], ids: &HashSet<String>) -> Vec<Group> {
    groups.iter().map(|group| self::group(group, ids)).collect()
}

fn group(group: &Group, ids: &HashSet<String>) -> Group {
    let mut params = group.params.clone();
    let controls = controls(&group.controls, ids, &mut params);
    Group {
        id: group.id.clone(),
        class: group.class.clone(),
        title: group.title.clone(),
        params,
        props: group.props.clone(),
        links: group.links.clone(),
        parts: group.parts.clone(),
        groups: groups(&group.groups, ids),
        controls,
        rest: group.rest.clone(),
    }
}

/// Copies the selected controls. Where one is not selected, the selected ones within it take its place, and its
/// parameters become loose: others may insert them.
pub(super) fn controls(
    controls: &[Control],
    ids: &HashSet<String>,
    loose: &mut Vec<Parameter>,
) -> Vec<Control> {
    let mut selected = Vec::new();
    for control in controls {
        let within = self::controls(&control.controls, ids, loose);
        if ids.contains(&control.id) {
            selected.push(Control { controls: within, ..alone(control) });
        } else {
            loose.extend(control.params.iter().cloned());
            selected.extend(within);
        }
    }
    selected
}

/// A control without its enhancements.
fn alone(control: &Control) -> Control {
    Control {
        id: control.id.clone(),
        class: control.class.clone(),
        title: control.title.clone(),
        params: control.params.clone(),
        props: control.props.clone(),
        links: control.links.clone(),
        parts: control.parts.clone(),
        controls: Vec::new(),
        rest: control.rest.clone(),
    }
}
