//! What a catalog refers to within itself.

use crate::catalog::{Catalog, Control, Group};
use crate::common::{Link, Metadata, Parameter, Part, Property};
use crate::text;
use std::collections::HashSet;

/// What is referred to.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The ids of parameters that texts insert.
    pub(super) params: HashSet<String>,
    /// What follows `#` in links.
    pub(super) fragments: HashSet<String>,
}

impl References {
    /// All that the groups and controls of a catalog refer to.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut references = Self::default();
        references.controls(&catalog.controls);
        references.groups(&catalog.groups);
        references
    }

    fn groups(&mut self, groups: &[Group]) {
        for group in groups {
            self.text(&group.title);
            self.lists(&group.props, &group.links);
            self.parts(&group.parts);
            self.controls(&group.controls);
            self.groups(&group.groups);
        }
    }

    pub(super) fn controls(&mut self, controls: &[Control]) {
        for control in controls {
            self.text(&control.title);
            self.lists(&control.props, &control.links);
            self.parts(&control.parts);
            control.params.iter().for_each(|param| self.param(param));
            self.controls(&control.controls);
        }
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            part.title.iter().chain(&part.prose).for_each(|text| self.text(text));
            self.lists(&part.props, &part.links);
            self.parts(&part.parts);
        }
    }

    /// What a parameter refers to: choices insert others.
    pub(super) fn param(&mut self, param: &Parameter) {
        param.label.iter().chain(&param.usage).chain(&param.values).for_each(|text| self.text(text));
        param.select.iter().flat_map(|select| &select.choice).for_each(|text| self.text(text));
        param.guidelines.iter().for_each(|guideline| self.text(&guideline.prose));
        for constraint in &param.constraints {
            constraint.description.iter().for_each(|text| self.text(text));
        }
        self.params.extend(param.depends_on.clone());
        self.lists(&param.props, &param.links);
    }

    /// What the metadata links to.
    pub(super) fn metadata(&mut self, metadata: &Metadata) {
        self.lists(&metadata.props, &metadata.links);
        metadata.remarks.iter().for_each(|text| self.text(text));
        for revision in &metadata.revisions {
            self.lists(&revision.props, &revision.links);
        }
        metadata.roles.iter().for_each(|role| self.lists(&role.props, &role.links));
        metadata.locations.iter().for_each(|place| self.lists(&place.props, &place.links));
        metadata.parties.iter().for_each(|party| self.lists(&party.props, &party.links));
        metadata.responsible_parties.iter().for_each(|party| self.lists(&party.props, &party.links));
        metadata.actions.iter().for_each(|action| self.lists(&action.props, &action.links));
    }

    fn lists(&mut self, props: &[Property], links: &[Link]) {
        props.iter().filter_map(|prop| prop.remarks.as_ref()).for_each(|text| self.text(text));
        let hrefs = links.iter().filter_map(|link| link.href.strip_prefix('#'));
        self.fragments.extend(hrefs.map(str::to_owned));
    }

    fn text(&mut self, text: &str) {
        self.params.extend(text::inserts(text).map(str::to_owned));
        self.fragments.extend(text::fragments(text).map(str::to_owned));
    }
}
