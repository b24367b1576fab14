//! What nothing refers to, dropped.

use super::merge::is_kept;
use super::references::References;
use crate::catalog::{Catalog, Control, Group};
use crate::common::Parameter;
use crate::profile::Profile;
use std::collections::{HashMap, HashSet};

/// Drops loose parameters and resources without references. Parameters of controls stay with their control.
pub(super) fn prune(profile: &Profile, catalog: &mut Catalog) {
    let mut references = References::of(catalog);
    let mut anchored = HashSet::new();
    anchors(&catalog.controls, &catalog.groups, &mut anchored);
    let needed = needed(catalog, &mut references, &anchored);
    let mut kept = HashSet::new();
    keep(&mut catalog.params, &needed, &mut kept);
    keep_in_groups(&mut catalog.groups, &needed, &mut kept);
    references.metadata(&profile.metadata);
    if let Some(back_matter) = &mut catalog.back_matter {
        back_matter
            .resources
            .retain(|resource| is_kept(resource) || references.fragments.contains(&resource.uuid));
    }
    catalog.back_matter = catalog.back_matter.take().filter(|back| !back.resources.is_empty());
}

/// The parameters of controls that are in the result.
fn anchors(controls: &[Control], groups: &[Group], found: &mut HashSet<String>) {
    for control in controls {
        found.extend(control.params.iter().map(|param| param.id.clone()));
        anchors(&control.controls, &[], found);
    }
    for group in groups {
        anchors(&group.controls, &group.groups, found);
    }
}

/// The ids of the loose parameters that are inserted somewhere, be it into one another.
fn needed(catalog: &Catalog, references: &mut References, anchored: &HashSet<String>) -> HashSet<String> {
    let mut loose = HashMap::new();
    collect(&catalog.params, &catalog.groups, &mut loose);
    let mut needed = HashSet::new();
    let mut open: Vec<String> = references.params.iter().cloned().collect();
    while let Some(id) = open.pop() {
        if anchored.contains(&id) || !loose.contains_key(id.as_str()) || !needed.insert(id.clone()) {
            continue;
        }
        let mut more = References::default();
        loose[id.as_str()].iter().for_each(|param| more.param(param));
        references.fragments.extend(more.fragments);
        open.extend(more.params);
    }
    needed
}

fn collect<'c>(
    params: &'c [Parameter],
    groups: &'c [Group],
    loose: &mut HashMap<&'c str, Vec<&'c Parameter>>,
) {
    for param in params {
        loose.entry(&param.id).or_default().push(param);
    }
    for group in groups {
        collect(&group.params, &group.groups, loose);
    }
}

/// Keeps the first of each.
fn keep(params: &mut Vec<Parameter>, needed: &HashSet<String>, kept: &mut HashSet<String>) {
    params.retain(|param| needed.contains(&param.id) && kept.insert(param.id.clone()));
}

fn keep_in_groups(groups: &mut [Group], needed: &HashSet<String>, kept: &mut HashSet<String>) {
    for group in groups {
        keep(&mut group.params, needed, kept);
        keep_in_groups(&mut group.groups, needed, kept);
    }
}
