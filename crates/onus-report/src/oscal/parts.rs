//! The small objects that all documents are made of.

use super::ids::uuid;
use super::text::{line, prose};
use jiff::civil::Date;
use onus_oscal::common::{
    Link, Metadata, Origin, OriginActor, Party, Property, ResponsibleParty, ResponsibleRole, Role,
    SystemComponent,
};

/// The namespace of our properties. It is a name, not an address; `docs/oscal.md` says what they mean.
pub const NAMESPACE: &str = "urn:onus:oscal";

/// The version of OSCAL that is written.
pub(super) const OSCAL_VERSION: &str = "1.2.1";

/// Who has the customer's part.
pub(super) const CUSTOMER: &str = "customer";
/// Who has AWS's part.
pub(super) const PROVIDER: &str = "provider";

/// A property of the standard's own.
pub(super) fn standard(name: &str, value: &str) -> Property {
    Property { name: name.to_owned(), value: line(value), ..Property::default() }
}

/// A property of our namespace.
pub(super) fn prop(name: &str, value: &str) -> Property {
    Property { ns: Some(NAMESPACE.to_owned()), ..standard(name, value) }
}

/// The same with a class, which must be a token, and remarks.
pub(super) fn detailed(name: &str, value: &str, class: Option<&str>, remarks: Option<&str>) -> Property {
    Property { class: class.map(str::to_owned), remarks: remarks.map(prose), ..prop(name, value) }
}

/// A link by its relation.
pub(super) fn link(rel: &str, href: &str) -> Link {
    Link { href: href.to_owned(), rel: Some(rel.to_owned()), ..Link::default() }
}

/// Links to documentation pages.
pub(super) fn references(sources: &[String]) -> Vec<Link> {
    sources.iter().map(|source| link("reference", source)).collect()
}

/// Midnight of a day, as the standard writes a time.
pub(super) fn time(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// What every document says of itself.
pub(super) fn metadata(title: &str, date: Date) -> Metadata {
    Metadata {
        title: line(title),
        last_modified: time(date),
        version: date.to_string(),
        oscal_version: OSCAL_VERSION.to_owned(),
        remarks: Some(format!(
            "Derived by onus {}. Properties of the namespace {NAMESPACE} are described in its docs/oscal.md.",
            env!("CARGO_PKG_VERSION")
        )),
        ..Metadata::default()
    }
}

/// The same with both parties and their roles; without a system the customer is whoever uses the component.
pub(super) fn metadata_of_parties(title: &str, date: Date, system: Option<&str>) -> Metadata {
    let role = |id: &str, title: &str| Role { id: id.to_owned(), title: title.to_owned(), ..Role::default() };
    let owner = system.map(|system| party(&owner_uuid(system), &format!("Owner of {system}")));
    let customer = system.map(|system| responsible(CUSTOMER, &owner_uuid(system)));
    Metadata {
        roles: vec![role(PROVIDER, "AWS, provider of the services"), role(CUSTOMER, "Customer of AWS")],
        parties: owner.into_iter().chain([party(&aws_uuid(), "Amazon Web Services")]).collect(),
        responsible_parties: customer.into_iter().chain([responsible(PROVIDER, &aws_uuid())]).collect(),
        ..metadata(title, date)
    }
}

fn party(uuid: &str, name: &str) -> Party {
    let (uuid, kind) = (uuid.to_owned(), "organization".to_owned());
    Party { uuid, kind, name: Some(line(name)), ..Party::default() }
}

fn responsible(role: &str, party: &str) -> ResponsibleParty {
    ResponsibleParty {
        role_id: role.to_owned(),
        party_uuids: vec![party.to_owned()],
        ..ResponsibleParty::default()
    }
}

/// AWS as a party.
pub(super) fn aws_uuid() -> String {
    uuid(&["party", "aws"])
}

fn owner_uuid(system: &str) -> String {
    uuid(&["party", "owner", system])
}

/// The roles of those who have a part.
pub(super) fn roles(aws: bool, customer: bool) -> Vec<ResponsibleRole> {
    let role = |id: &str| ResponsibleRole { role_id: id.to_owned(), ..ResponsibleRole::default() };
    let (aws, customer) = (aws.then(|| role(PROVIDER)), customer.then(|| role(CUSTOMER)));
    aws.into_iter().chain(customer).collect()
}

/// This program as a component, which observations come from.
pub(super) fn tool() -> SystemComponent {
    SystemComponent {
        uuid: tool_uuid(),
        kind: "software".to_owned(),
        title: "onus".to_owned(),
        description:
            "Derives responsibilities from a workload's configuration, and checks the customer's part."
                .to_owned(),
        props: vec![standard("version", env!("CARGO_PKG_VERSION"))],
        status: onus_oscal::common::ComponentStatus {
            state: "operational".to_owned(),
            ..onus_oscal::common::ComponentStatus::default()
        },
        ..SystemComponent::default()
    }
}

pub(super) fn tool_uuid() -> String {
    uuid(&["component", "onus"])
}

/// That this program found it.
pub(super) fn origin() -> Origin {
    let actor = OriginActor { kind: "tool".to_owned(), actor_uuid: tool_uuid(), ..OriginActor::default() };
    Origin { actors: vec![actor], ..Origin::default() }
}
