//! What both security plans say of systems and components.

use super::aws;
use super::component::component_uuid;
use super::ids::uuid;
use super::parts::{detailed, prop, standard};
use super::text::line;
use onus_assess::{Assessment, Column, Responsibility};
use onus_model::Provider;
use onus_oscal::common::ImplementedComponent;
use onus_oscal::common::{ComponentStatus, InventoryItem, Property, SystemComponent, SystemId};
use onus_oscal::ssp::{
    AuthorizationBoundary, InformationType, Status, SystemCharacteristics, SystemInformation,
};

/// A component of a kind, in operation.
pub(super) fn component(uuid: String, kind: &str, title: &str, description: &str) -> SystemComponent {
    SystemComponent {
        uuid,
        kind: kind.to_owned(),
        title: line(title),
        description: line(description),
        status: ComponentStatus { state: "operational".to_owned(), ..ComponentStatus::default() },
        ..SystemComponent::default()
    }
}

/// The system itself, in its own plan.
pub(super) fn this_system_uuid(system: &str) -> String {
    uuid(&["system", system])
}

/// AWS as it serves a system: the leveraged system.
pub(super) fn aws_system_uuid(system: &str) -> String {
    uuid(&["system", system, "aws"])
}

/// A service in one of its variants, as a component of the system.
pub(super) fn column_uuid(system: &str, column: &Column) -> String {
    uuid(&["system", system, "service", &column.service, column.variant.as_deref().unwrap_or_default()])
}

/// The services in use, each with its layers: who has them, and how the customer's part stands.
pub(super) fn services(assessment: &Assessment) -> Vec<SystemComponent> {
    let service = |column: &Column| {
        let uuid = column_uuid(&assessment.system, column);
        let what = format!("{} as it is configured here.", column.name);
        let mut component = component(uuid, "service", &column.heading, &what);
        component.props = vec![
            standard("implementation-point", "external"),
            prop("service", &column.service),
            prop("component-definition", &component_uuid(&column.service)),
        ];
        component.props.extend(column.variant.as_ref().map(|variant| prop("variant", variant)));
        component.props.extend(layers(assessment, column));
        component.links.extend(aws::reference(&column.service));
        component
    };
    assessment.columns.iter().map(service).collect()
}

/// A provider between AWS and the system, as a component of the system.
pub(super) fn provider_uuid(system: &str, provider: &Provider) -> String {
    uuid(&["system", system, "provider", &provider.name])
}

/// The providers between AWS and the system, each with the document that it published.
pub(super) fn providers(assessment: &Assessment) -> Vec<SystemComponent> {
    let provider = |provider: &Provider| {
        let uuid = provider_uuid(&assessment.system, provider);
        let title = provider.system.as_deref().unwrap_or(&provider.name);
        let what = format!("A system of {}, by its document {}.", provider.name, provider.document.path);
        let mut component = component(uuid, "system", title, &what);
        component.props = vec![standard("implementation-point", "external")];
        component
    };
    assessment.providers.iter().map(provider).collect()
}

fn layers(assessment: &Assessment, column: &Column) -> Vec<Property> {
    let duties = column.cells.iter().flat_map(|cell| &cell.responsibilities);
    let duties = duties.filter_map(|at| assessment.responsibilities.get(*at));
    let prop = |duty: &Responsibility| {
        let remarks = format!("{}{}", duty.because, state(duty));
        detailed("layer", duty.holder.as_str(), Some(duty.layer.as_str()), Some(&remarks))
    };
    duties.map(prop).collect()
}

fn state(duty: &Responsibility) -> String {
    duty.state.map(|state| format!(" (the customer's part: {})", state.as_str())).unwrap_or_default()
}

/// The uuids of the resources, by their position in the workload; what has one name has several by number.
pub(super) fn resource_uuids(assessment: &Assessment) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let resources = assessment.workload.resources.iter();
    let name = resources.map(|resource| {
        let file = || crate::facts::location(assessment, resource.span).map_or("", |at| at.path);
        let path = resource.root.as_deref().unwrap_or_else(file);
        let number = seen.entry((path, &*resource.address)).or_insert(0_usize);
        *number += 1;
        uuid(&["resource", &assessment.system, path, &resource.address, &number.to_string()])
    });
    name.collect()
}

/// The resources as items of the inventory, each on the service that it belongs to.
pub(super) fn inventory(assessment: &Assessment) -> Vec<InventoryItem> {
    let uuids = resource_uuids(assessment);
    let items = assessment.workload.resources.iter().zip(uuids).enumerate();
    let item = |(at, (resource, uuid)): (usize, (&onus_model::Resource, String))| {
        let column = assessment.placements.get(at).and_then(|placement| placement.column);
        let column = column.and_then(|column| assessment.columns.get(column));
        let runs_on = column.map(|column| ImplementedComponent {
            component_uuid: column_uuid(&assessment.system, column),
            ..ImplementedComponent::default()
        });
        InventoryItem {
            uuid,
            description: line(&format!(
                "{} ({})",
                crate::facts::named(assessment, at),
                resource.resource_type
            )),
            props: place(assessment, resource.span, &resource.resource_type),
            implemented_components: runs_on.into_iter().collect(),
            ..InventoryItem::default()
        }
    };
    items.map(item).collect()
}

fn place(assessment: &Assessment, span: onus_model::Span, resource_type: &str) -> Vec<Property> {
    let location = crate::facts::location(assessment, span);
    let location = location.map(|at| prop("location", &format!("{}:{}:{}", at.path, at.line, at.column)));
    std::iter::once(prop("resource-type", resource_type)).chain(location).collect()
}

/// What a plan says of its system. What a workload does not tell is said to be open.
pub(super) fn characteristics(
    id: &str,
    name: &str,
    description: &str,
    boundary: &str,
) -> SystemCharacteristics {
    let open = "Not told by the workload: to be named by the owner of the system.".to_owned();
    SystemCharacteristics {
        system_ids: vec![SystemId {
            identifier_type: Some("http://ietf.org/rfc/rfc4122".to_owned()),
            id: id.to_owned(),
            ..SystemId::default()
        }],
        system_name: line(name),
        description: line(description),
        system_information: SystemInformation {
            information_types: vec![InformationType {
                uuid: Some(uuid(&["information", id])),
                title: "Information of the system".to_owned(),
                description: open,
                ..InformationType::default()
            }],
            ..SystemInformation::default()
        },
        status: Status {
            state: "other".to_owned(),
            remarks: Some("Whether it is in operation is not told by its configuration.".to_owned()),
            ..Status::default()
        },
        authorization_boundary: AuthorizationBoundary {
            description: line(boundary),
            ..AuthorizationBoundary::default()
        },
        ..SystemCharacteristics::default()
    }
}
