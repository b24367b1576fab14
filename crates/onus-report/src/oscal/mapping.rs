//! A crosswalk as an OSCAL mapping collection.

use super::ExportError;
use super::ids::{sealed, token, uuid};
use super::parts::{metadata, prop, references};
use super::scope::Scope;
use super::text::line;
use onus_model::{Control, Crosswalk, Framework};
use onus_oscal::Document;
use onus_oscal::common::{Metadata, SelectControls};
use onus_oscal::mapping::{
    GapSummary, Map, Mapping, MappingCollection, MappingItem, Provenance, ResourceReference,
};
use std::collections::BTreeSet;

/// How a framework's controls map to those of the framework that its crosswalk leads to.
///
/// # Errors
/// Where the framework has no crosswalk.
pub fn mapping(scope: &Scope<'_>) -> Result<Document, ExportError> {
    let framework = scope.catalog();
    let walk = framework.crosswalk.as_ref();
    let walk = walk.ok_or_else(|| ExportError::NoCrosswalk { framework: framework.id.clone() })?;
    let title = format!("{} to {}", framework.title, title_of(scope, walk));
    Ok(sealed(MappingCollection {
        metadata: Metadata { links: references(&walk.sources), ..metadata(&title, scope.date) },
        provenance: Provenance {
            method: "human".to_owned(),
            matching_rationale: "semantic".to_owned(),
            status: "complete".to_owned(),
            mapping_description: line(&walk.basis),
            ..Provenance::default()
        },
        mappings: vec![table(scope, framework, walk)],
        ..MappingCollection::default()
    }))
}

fn title_of<'a>(scope: &Scope<'a>, walk: &'a Crosswalk) -> &'a str {
    scope.knowledge.framework(&walk.to).map_or(&walk.to, |to| &to.title)
}

fn table(scope: &Scope<'_>, framework: &Framework, walk: &Crosswalk) -> Mapping {
    let (ours, theirs) = (framework.id.as_str(), walk.to.as_str());
    let targets = scope.knowledge.framework(theirs);
    let mapped: BTreeSet<&str> =
        framework.controls.iter().flat_map(|control| &control.maps).map(String::as_str).collect();
    let without = framework.controls.iter().filter(|own| own.maps.is_empty() && own.withdrawn.is_none());
    let unmet = targets.into_iter().flat_map(|targets| &targets.controls);
    let unmet = unmet.filter(|own| !mapped.contains(own.id.as_str()) && own.withdrawn.is_none());
    Mapping {
        uuid: uuid(&["mapping", ours, theirs]),
        source_resource: resource(scope, ours),
        target_resource: resource(scope, theirs),
        maps: framework.controls.iter().filter_map(|control| map(control, ours, walk)).collect(),
        source_gap_summary: gap(&["gap", "source", ours, theirs], without),
        target_gap_summary: gap(&["gap", "target", ours, theirs], unmet),
        ..Mapping::default()
    }
}

fn resource(scope: &Scope<'_>, framework: &str) -> ResourceReference {
    ResourceReference {
        kind: "catalog".to_owned(),
        href: scope.file_of(framework, "catalog"),
        ..ResourceReference::default()
    }
}

/// The data say that controls correspond, not how far: that both ask something of the other is all that is claimed.
fn map(control: &Control, framework: &str, walk: &Crosswalk) -> Option<Map> {
    let item =
        |id: &String| MappingItem { kind: "control".to_owned(), id_ref: token(id), ..MappingItem::default() };
    (!control.maps.is_empty()).then(|| Map {
        uuid: uuid(&["map", framework, &walk.to, &control.id]),
        relationship: "intersects-with".to_owned(),
        sources: vec![item(&control.id)],
        targets: control.maps.iter().map(item).collect(),
        props: vec![prop("basis", &walk.basis)],
        ..Map::default()
    })
}

fn gap<'a>(name: &[&str], controls: impl Iterator<Item = &'a Control>) -> Option<GapSummary> {
    let with_ids: Vec<String> = controls.map(|control| token(&control.id)).collect();
    let select = SelectControls { with_ids, ..SelectControls::default() };
    (!select.with_ids.is_empty()).then(|| GapSummary {
        uuid: uuid(name),
        unmapped_controls: vec![select],
        ..GapSummary::default()
    })
}
