//! What was selected, as one catalog.

use super::budget::Budget;
use super::combine::{Method, combine};
use super::custom;
use super::select;
use crate::catalog::{Catalog, Control, Group};
use crate::common::{BackMatter, Parameter, Resource};
use crate::error::OscalError;
use crate::profile::{Merge, Profile};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What one import selects.
pub(super) struct Selection {
    /// Where the catalog lies.
    pub(super) place: String,
    /// The ids of the controls.
    pub(super) selected: HashSet<String>,
    pub(super) catalog: Rc<Catalog>,
}

/// How controls are arranged.
pub(super) enum Structure<'p> {
    /// One list, without groups.
    Flat,
    /// As the catalogs have them.
    AsIs,
    /// As the profile says.
    Custom(&'p crate::profile::Custom),
}

impl<'p> Structure<'p> {
    pub(super) fn of(merge: Option<&'p Merge>) -> Result<Self, OscalError> {
        let Some(merge) = merge else { return Ok(Self::Flat) };
        let as_is = merge.as_is == Some(true);
        if usize::from(as_is) + usize::from(merge.flat.is_some()) + usize::from(merge.custom.is_some()) > 1 {
            let what = "`merge` has more than one of `flat`, `as-is` and `custom`".to_owned();
            return Err(OscalError::Directive { what });
        }
        Ok(match &merge.custom {
            Some(custom) => Self::Custom(custom),
            None if as_is => Self::AsIs,
            None => Self::Flat,
        })
    }
}

/// Puts the selections together. Only the groups, controls, parameters and resources of the result are filled.
pub(super) fn merge(
    profile: &Profile,
    structure: &Structure<'_>,
    selections: Vec<Selection>,
    budget: &mut Budget,
) -> Result<Catalog, OscalError> {
    let method = Method::of(profile.merge.as_ref())?;
    let selections = match structure {
        Structure::AsIs => united(selections, method),
        _ => selections,
    };
    let mut resources = Vec::new();
    let mut catalogs = Vec::new();
    for selection in &selections {
        budget.copy(&*selection.catalog)?;
        resources
            .extend(selection.catalog.back_matter.iter().flat_map(|back| back.resources.iter().cloned()));
        catalogs.push(copy(selection));
    }
    combine(method, &mut catalogs, budget)?;
    let mut merged = match structure {
        Structure::AsIs => as_is(catalogs),
        Structure::Flat => flat(catalogs),
        Structure::Custom(custom) => custom::arrange(custom, flat_pool(catalogs), budget)?,
    };
    merged.back_matter = back_matter(resources, profile, budget)?;
    Ok(merged)
}

fn copy(selection: &Selection) -> Catalog {
    let source = &*selection.catalog;
    let mut params = source.params.clone();
    let controls = select::controls(&source.controls, &selection.selected, &mut params);
    let groups = select::groups(&source.groups, &selection.selected);
    Catalog { params, controls, groups, ..Catalog::default() }
}

/// Imports of one document are one, so that an enhancement finds its control; unless controls that are selected
/// twice are to be kept twice.
fn united(selections: Vec<Selection>, method: Method) -> Vec<Selection> {
    let mut united: Vec<Selection> = Vec::new();
    let mut by_place: HashMap<String, usize> = HashMap::new();
    for selection in selections {
        let earlier = by_place.get(&selection.place).map(|at| &mut united[*at]);
        match earlier {
            Some(earlier) if method != Method::Keep || earlier.selected.is_disjoint(&selection.selected) => {
                earlier.selected.extend(selection.selected);
            }
            _ => {
                by_place.insert(selection.place.clone(), united.len());
                united.push(selection);
            }
        }
    }
    united
}

/// Groups of the same id become one, with what the first says of it.
fn as_is(catalogs: Vec<Catalog>) -> Catalog {
    let mut merged = Catalog::default();
    for catalog in catalogs {
        merged.params.extend(catalog.params);
        merged.controls.extend(catalog.controls);
        add_groups(&mut merged.groups, catalog.groups);
    }
    drop_empty(&mut merged.groups, &mut merged.params);
    merged
}

fn add_groups(groups: &mut Vec<Group>, more: Vec<Group>) {
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        if let Some(id) = &group.id {
            by_id.entry(id.clone()).or_insert(at);
        }
    }
    for group in more {
        match group.id.as_ref().and_then(|id| by_id.get(id)) {
            Some(at) => {
                groups[*at].params.extend(group.params);
                groups[*at].controls.extend(group.controls);
                add_groups(&mut groups[*at].groups, group.groups);
            }
            None => {
                if let Some(id) = &group.id {
                    by_id.insert(id.clone(), groups.len());
                }
                groups.push(group);
            }
        }
    }
}

/// Drops the groups that have no controls, at any depth. Their parameters move outwards: others may insert them.
fn drop_empty(groups: &mut Vec<Group>, params: &mut Vec<Parameter>) {
    groups.retain_mut(|group| {
        drop_empty(&mut group.groups, &mut group.params);
        let stays = !group.groups.is_empty() || !group.controls.is_empty();
        if !stays {
            params.append(&mut group.params);
        }
        stays
    });
}

fn flat(catalogs: Vec<Catalog>) -> Catalog {
    let mut pool = flat_pool(catalogs);
    pool.controls = unnested(pool.controls);
    pool
}

/// All controls without their groups, enhancements within what they enhance.
fn flat_pool(catalogs: Vec<Catalog>) -> Catalog {
    let mut pool = Catalog::default();
    for catalog in catalogs {
        pool.params.extend(catalog.params);
        pool.controls.extend(catalog.controls);
        ungroup(catalog.groups, &mut pool);
    }
    pool
}

fn ungroup(groups: Vec<Group>, pool: &mut Catalog) {
    for group in groups {
        pool.params.extend(group.params);
        pool.controls.extend(group.controls);
        ungroup(group.groups, pool);
    }
}

fn unnested(controls: Vec<Control>) -> Vec<Control> {
    let mut all = Vec::new();
    for mut control in controls {
        let within = std::mem::take(&mut control.controls);
        all.push(control);
        all.extend(unnested(within));
    }
    all
}

/// The resources of all imports in their order, and the profile's own. Of several with one uuid the last is kept, or
/// the last of those that are marked to be kept always. What nothing refers to is dropped later.
fn back_matter(
    mut resources: Vec<Resource>,
    profile: &Profile,
    budget: &mut Budget,
) -> Result<Option<BackMatter>, OscalError> {
    if let Some(own) = &profile.back_matter {
        budget.copy(own)?;
        resources.extend(own.resources.iter().cloned());
    }
    let mut chosen: HashMap<String, usize> = HashMap::new();
    for (at, resource) in resources.iter().enumerate() {
        let earlier = chosen.get(&resource.uuid).is_some_and(|earlier| is_kept(&resources[*earlier]));
        if !earlier || is_kept(resource) {
            chosen.insert(resource.uuid.clone(), at);
        }
    }
    let resources: Vec<Resource> = resources
        .into_iter()
        .enumerate()
        .filter(|(at, resource)| chosen.get(&resource.uuid) == Some(at))
        .map(|(_, resource)| resource)
        .collect();
    Ok((!resources.is_empty()).then(|| BackMatter { resources, ..BackMatter::default() }))
}

/// Whether a resource stays, referred to or not.
pub(super) fn is_kept(resource: &Resource) -> bool {
    resource.props.iter().any(|prop| prop.name == "keep" && prop.value == "always")
}
