//! Finds the framework that a catalog is the text of, by the ids of its controls.

use crate::knowledge::unknown;
use anyhow::{Result, bail};
use onus_knowledge::Knowledge;
use onus_model::Framework;
use onus_oscal::catalog::{Catalog, Control, Group};
use onus_report::oscal::untoken;
use std::collections::{BTreeMap, BTreeSet};

/// The framework, if one matches, and the controls of the catalog.
pub(super) struct Match<'a> {
    pub(super) framework: Option<&'a Framework>,
    pub(super) controls: Vec<Matched<'a>>,
}

/// A control of the catalog.
pub(super) struct Matched<'a> {
    pub(super) control: &'a Control,
    /// Its id as the framework writes it; its own where no framework knows it.
    pub(super) id: String,
    /// Whether the framework knows it.
    pub(super) known: bool,
}

/// The framework that was asked for, or the one that knows most of the controls, if that is at least half of them.
pub(super) fn find<'a>(
    catalog: &'a Catalog,
    knowledge: &'a Knowledge,
    asked: Option<&str>,
) -> Result<Match<'a>> {
    let mut controls = Vec::new();
    gather(&catalog.groups, &catalog.controls, &mut controls);
    if controls.is_empty() {
        bail!("the catalog `{}` has no controls", catalog.metadata.title);
    }
    let own = || knowledge.frameworks.iter().filter(|framework| framework.selects.is_none());
    let framework = match asked {
        Some(id) => match own().find(|framework| framework.id == id) {
            Some(framework) => Some(framework),
            None => bail!("{}", unknown("catalogue", id, own().map(|own| own.id.as_str()), "frameworks")),
        },
        None => own()
            .map(|framework| (hits(framework, &controls), framework))
            .filter(|(hits, _)| hits * 2 >= controls.len())
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.id.cmp(&a.1.id)))
            .map(|(_, framework)| framework),
    };
    Ok(matched(framework, controls))
}

fn gather<'a>(groups: &'a [Group], controls: &'a [Control], found: &mut Vec<&'a Control>) {
    for control in controls {
        found.push(control);
        gather(&[], &control.controls, found);
    }
    for group in groups {
        gather(&group.groups, &group.controls, found);
    }
}

fn hits(framework: &Framework, controls: &[&Control]) -> usize {
    let known: BTreeSet<String> = framework.controls.iter().map(|own| folded(&own.id)).collect();
    controls.iter().filter(|control| names(control).iter().any(|name| known.contains(name))).count()
}

fn matched<'a>(framework: Option<&'a Framework>, controls: Vec<&'a Control>) -> Match<'a> {
    let known: BTreeMap<String, &str> = framework
        .into_iter()
        .flat_map(|framework| &framework.controls)
        .map(|own| (folded(&own.id), own.id.as_str()))
        .collect();
    let control = |control: &'a Control| {
        let ours = names(control).iter().find_map(|name| known.get(name).copied());
        let id = ours.map_or_else(|| untoken(&control.id), str::to_owned);
        Matched { control, id, known: ours.is_some() }
    };
    Match { framework, controls: controls.into_iter().map(control).collect() }
}

/// What a control may be known by: its id, and its label.
fn names(control: &Control) -> Vec<String> {
    let labels = control.props.iter().filter(|prop| prop.name == "label").map(|prop| folded(&prop.value));
    std::iter::once(folded(&untoken(&control.id))).chain(labels).collect()
}

/// An id without what publications write differently: `AC-2(1)` is `ac-2.1`.
fn folded(id: &str) -> String {
    let id = id.to_lowercase().replace(' ', "");
    id.replace('(', ".").replace(')', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_compared_as_they_are_meant() {
        assert_eq!(folded("AC-2 (1)"), "ac-2.1");
        assert_eq!(folded("164.308(a)(1)"), folded("164.308.a.1"));
    }
}
