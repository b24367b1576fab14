//! Component definitions: what components say of the controls that they support.

use super::{find, marks};
use crate::entry::{Answer, Entry, share_out};
use crate::error::{ProviderError, Troubles};
use crate::gather::gather;
use crate::marks::Marks;
use crate::request::Request;
use onus_model::{DocumentPlace, ProviderPart};
use onus_oscal::common::Property;
use onus_oscal::component_definition::{ComponentDefinition, ControlImplementation};

/// A requirement, or a statement of one.
struct Told<'a> {
    id: &'a str,
    uuid: &'a str,
    props: &'a [Property],
    description: &'a str,
    /// What it is called in the document.
    what: &'static str,
}

pub(super) fn read(
    definition: &ComponentDefinition,
    request: &Request<'_>,
    troubles: &mut Troubles,
) -> Vec<ProviderPart> {
    if !definition.import_component_definitions.is_empty() {
        let count = definition.import_component_definitions.len();
        troubles.at(DocumentPlace::Whole, ProviderError::Imports { count });
    }
    let of_components = definition.components.iter().flat_map(|component| &component.control_implementations);
    let of_capabilities = definition.capabilities.iter().flat_map(|own| &own.control_implementations);
    let (mut entries, mut silent) = (Vec::new(), Vec::new());
    for told in of_components.chain(of_capabilities).flat_map(told) {
        let place = DocumentPlace::Part(format!("{} {}", told.what, told.uuid));
        let marks = Marks::of(&marks(told.props));
        let Some(inherited) = marks.inherited else {
            silent.push(told.id.to_owned());
            continue;
        };
        let Some(named) = find(told.id, &place, request, troubles) else { continue };
        let answer = Answer::Marked { inherited, against: marks.against };
        let mut entry = Entry { named, answer, provides: None, leaves: None, place };
        // Words on both parts go to the one that has all of it.
        share_out(&mut entry, Some(told.description.trim().to_owned()).filter(|text| !text.is_empty()));
        entries.push(entry);
    }
    if !silent.is_empty() {
        silent.dedup();
        let count = silent.len();
        troubles.at(DocumentPlace::Whole, ProviderError::NotTold { count, first: silent });
    }
    gather(entries, &request.index, troubles)
}

fn told(implementation: &ControlImplementation) -> impl Iterator<Item = Told<'_>> {
    implementation.implemented_requirements.iter().flat_map(|requirement| {
        let own = Told {
            id: &requirement.control_id,
            uuid: &requirement.uuid,
            props: &requirement.props,
            description: &requirement.description,
            what: "implemented-requirement",
        };
        let statements = requirement.statements.iter().map(|statement| Told {
            id: &statement.statement_id,
            uuid: &statement.uuid,
            props: &statement.props,
            description: &statement.description,
            what: "statement",
        });
        std::iter::once(own).chain(statements)
    })
}
