//! Our services as OSCAL components: a document each, and one that imports them all.
//!
//! A requirement is there for each control of which AWS covers or enables something at a layer of the service. What AWS
//! does for itself in parallel supports no control of the customer's, and is left out. The requirement tells what both
//! parties do for the control as a whole; a statement of which other layers hold names its own.

mod layers;

use super::aws;
use super::ids::{sealed, token, uuid};
use super::parts::{detailed, metadata_of_parties, prop, references, roles};
use super::scope::Scope;
use super::text::line;
use layers::LayerDuties;
use onus_model::{Class, Control, Convention, Layer, Relation, Service, Share};
use onus_oscal::Document;
use onus_oscal::common::Property;
use onus_oscal::component_definition::{
    Component, ComponentDefinition, ControlImplementation, ImplementedRequirement, ImportComponentDefinition,
    Statement,
};

/// FedRAMP's namespace, whose word for whose a control is goes with each requirement.
const FEDRAMP: &str = "http://fedramp.gov/ns/oscal";

/// The name of a service's file, without its ending.
pub fn component_stem(service: &Service) -> String {
    format!("components/{}", token(&service.id))
}

/// The document that imports those of all services.
pub fn component_index(scope: &Scope<'_>) -> Document {
    let title = format!("AWS services and {}", scope.framework.title);
    let imports = scope.knowledge.services.iter().map(|service| ImportComponentDefinition {
        href: scope.file(&component_stem(service)),
        remarks: Some(line(&service.name)),
        ..ImportComponentDefinition::default()
    });
    sealed(ComponentDefinition {
        metadata: metadata_of_parties(&title, scope.date, None),
        import_component_definitions: imports.collect(),
        ..ComponentDefinition::default()
    })
}

/// A service, with what AWS provides and what the customer is responsible for, per control of the framework.
pub fn component_definition(scope: &Scope<'_>, service: &Service) -> Document {
    let title = format!("{} and {}", service.name, scope.framework.title);
    sealed(ComponentDefinition {
        metadata: metadata_of_parties(&title, scope.date, None),
        components: vec![component(scope, service)],
        ..ComponentDefinition::default()
    })
}

fn component(scope: &Scope<'_>, service: &Service) -> Component {
    let of_service = Layer::ALL.into_iter().filter(|layer| layer.is_of_service());
    let layers: Vec<LayerDuties<'_>> =
        of_service.map(|layer| LayerDuties::of(scope.knowledge, service, layer)).collect();
    let writer = Writer { scope, service, layers: &layers };
    let mut props = vec![
        prop("service", &service.id),
        prop("category", service.category.as_str()),
        prop("as-of", &service.read.to_string()),
    ];
    props.extend(
        service.choices().flatten().map(|case| detailed("variant", &case.id, None, Some(&case.title))),
    );
    props.extend(layers.iter().flat_map(LayerDuties::props));
    Component {
        uuid: component_uuid(&service.id),
        kind: "service".to_owned(),
        title: line(&service.name),
        description: format!("{}, an {} service of AWS.", service.name, service.category.as_str())
            .replace(", an managed", ", a managed"),
        props,
        links: aws::reference(&service.id).into_iter().chain(references(&service.sources)).collect(),
        responsible_roles: roles(true, true),
        control_implementations: writer.implementation().into_iter().collect(),
        ..Component::default()
    }
}

/// The uuid of a service as a component, whatever document it stands in.
pub(super) fn component_uuid(service: &str) -> String {
    uuid(&["component", "service", service])
}

/// A layer with the relation of AWS's work there.
type Place = (usize, Relation);

struct Writer<'a> {
    scope: &'a Scope<'a>,
    service: &'a Service,
    layers: &'a [LayerDuties<'a>],
}

impl Writer<'_> {
    fn implementation(&self) -> Option<ControlImplementation> {
        let framework = self.scope.framework;
        let controls = self.scope.knowledge.controls(framework);
        let requirements: Vec<_> =
            controls.into_iter().filter_map(|control| self.requirement(control)).collect();
        (!requirements.is_empty()).then(|| ControlImplementation {
            uuid: self.uuid("implementation", ""),
            source: format!("../{}", self.scope.profile_file()),
            description: format!(
                "How {} supports the controls of {}: what AWS does there, and what is left to its customer.",
                self.service.name,
                line(&framework.title)
            ),
            implemented_requirements: requirements,
            ..ControlImplementation::default()
        })
    }

    fn uuid(&self, what: &str, id: &str) -> String {
        uuid(&["component-definition", what, &self.service.id, &self.scope.framework.id, id])
    }

    fn requirement(&self, control: &Control) -> Option<ImplementedRequirement> {
        let statements = control.statements.iter();
        let all: Vec<(&str, Vec<Place>)> =
            statements.map(|own| (own.id.as_str(), self.places(control, own))).collect();
        let mut places: Vec<Place> = Vec::new();
        for place in all.iter().flat_map(|(_, places)| places) {
            if !places.contains(place) {
                places.push(*place);
            }
        }
        if places.is_empty() {
            return None;
        }
        let share = self.share(&places);
        Some(ImplementedRequirement {
            uuid: self.uuid("requirement", &control.id),
            control_id: token(&control.id),
            description: self.told(&places),
            props: self.props(&places, share),
            responsible_roles: self.roles(share),
            statements: self.statements(&all, &places),
            ..ImplementedRequirement::default()
        })
    }

    /// The statements of which other layers hold than of the control as a whole.
    fn statements(&self, all: &[(&str, Vec<Place>)], whole: &[Place]) -> Vec<Statement> {
        let others = all.iter().filter(|(_, places)| places.as_slice() != whole);
        let statement = |(id, places): &(&str, Vec<Place>)| Statement {
            statement_id: token(id),
            uuid: self.uuid("statement", id),
            description: self.brief(places),
            props: self.places_as_props(places),
            responsible_roles: self.roles(self.share(places)),
            ..Statement::default()
        };
        others.map(statement).collect()
    }

    /// The layers at which AWS has a part in a statement, by position.
    fn places(&self, control: &Control, statement: &onus_model::Statement) -> Vec<Place> {
        let layers = self.scope.layers(control, statement).into_iter();
        let place = |primary: &onus_model::PrimaryLayer| {
            let relation = primary.relation.filter(|relation| *relation != Relation::Parallel)?;
            let at = self.layers.iter().position(|own| own.layer == primary.layer)?;
            self.layers[at].concerns(relation).then_some((at, relation))
        };
        layers.filter_map(place).collect()
    }

    fn share(&self, places: &[Place]) -> Share {
        let shares = places.iter().map(|(at, relation)| self.layers[*at].share(*relation));
        shares.fold(Share::default(), Share::union)
    }

    fn told(&self, places: &[Place]) -> String {
        let texts: Vec<String> =
            places.iter().map(|(at, relation)| self.layers[*at].told(*relation)).collect();
        texts.join("\n\n")
    }

    /// Layers and parties alone: the requirement has what they do there.
    fn brief(&self, places: &[Place]) -> String {
        if places.is_empty() {
            return "AWS has no part in this statement.".to_owned();
        }
        let texts = places.iter().map(|(at, relation)| self.layers[*at].brief(*relation));
        format!("{}.", texts.collect::<Vec<_>>().join("; "))
    }

    fn props(&self, places: &[Place], share: Share) -> Vec<Property> {
        let mut props = origination(share);
        props.extend(self.places_as_props(places));
        props
    }

    fn places_as_props(&self, places: &[Place]) -> Vec<Property> {
        let place = |(at, relation): &Place| {
            detailed("layer", self.layers[*at].layer.as_str(), Some(relation.as_str()), None)
        };
        places.iter().map(place).collect()
    }

    fn roles(&self, share: Share) -> Vec<onus_oscal::common::ResponsibleRole> {
        let class = share.class(Convention::Aws);
        roles(!matches!(class, Class::Customer | Class::NotApplicable), class != Class::Inherited)
    }
}

/// Whose it is for a customer, as FedRAMP's own documents write it; both where both have a part.
fn origination(share: Share) -> Vec<Property> {
    let fedramp = |value: &str| Property {
        ns: Some(FEDRAMP.to_owned()),
        ..super::parts::standard("control-origination", value)
    };
    let inherited = share.may_be_covered().then(|| fedramp("inherited"));
    let configured = share.may_have_customer().then(|| fedramp("customer-configured"));
    inherited.into_iter().chain(configured).collect()
}
