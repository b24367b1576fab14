//! The answer for programs.

use super::facts::{base, layers};
use crate::json::to_json;
use onus_knowledge::Knowledge;
use onus_model::{Case, Duty, Layer, Service};
use serde::Serialize;

/// Who is responsible for each layer of a service, or for the one that is asked for, as JSON.
pub fn write_json(service: &Service, layer: Option<Layer>, knowledge: &Knowledge) -> String {
    let title =
        |layer| knowledge.layers.iter().find(|facts| facts.layer == layer).map(|facts| facts.title.as_str());
    let settings = service.settings.iter().map(|setting| Choice {
        id: &setting.id,
        title: &setting.title,
        cases: setting.cases.iter().map(|found| case(found, layer, &title)).collect(),
    });
    to_json(&Answer {
        service: &service.id,
        name: &service.name,
        category: service.category.as_str(),
        layers: layers(layer)
            .filter_map(|layer| Some(assignment(layer, title(layer), base(service, layer)?)))
            .collect(),
        variants: service.variants.iter().map(|found| case(found, layer, &title)).collect(),
        settings: settings.collect(),
        sources: &service.sources,
        read: service.read.to_string(),
    })
}

#[derive(Serialize)]
struct Answer<'a> {
    service: &'a str,
    name: &'a str,
    category: &'static str,
    /// Before any choice.
    layers: Vec<Assignment<'a>>,
    /// Exclusive kinds of the service, each with the layers that it moves.
    variants: Vec<CaseFacts<'a>>,
    /// Further choices.
    settings: Vec<Choice<'a>>,
    sources: &'a [String],
    read: String,
}

#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    title: &'a str,
    cases: Vec<CaseFacts<'a>>,
}

#[derive(Serialize)]
struct CaseFacts<'a> {
    id: &'a str,
    title: &'a str,
    category: Option<&'static str>,
    /// Null for the case that takes what is left.
    when: Option<&'a str>,
    layers: Vec<Assignment<'a>>,
    sources: &'a [String],
}

#[derive(Serialize)]
struct Assignment<'a> {
    layer: &'static str,
    title: Option<&'a str>,
    /// `aws`, `customer`, `both` or `not-applicable`.
    party: &'static str,
    provision: Option<&'a str>,
    responsibility: Option<&'a str>,
    /// Why the layer does not exist here.
    not_applicable: Option<&'a str>,
    sources: &'a [String],
}

fn case<'a>(
    case: &'a Case,
    asked: Option<Layer>,
    title: &impl Fn(Layer) -> Option<&'a str>,
) -> CaseFacts<'a> {
    let moved = case.layers.iter().filter(|(layer, _)| asked.is_none_or(|asked| asked == *layer));
    CaseFacts {
        id: &case.id,
        title: &case.title,
        category: case.category.map(|category| category.as_str()),
        when: case.when.as_ref().map(|when| when.source.as_str()),
        layers: moved.map(|(layer, duty)| assignment(*layer, title(*layer), duty)).collect(),
        sources: &case.sources,
    }
}

fn assignment<'a>(layer: Layer, title: Option<&'a str>, duty: &'a Duty) -> Assignment<'a> {
    let layer = layer.as_str();
    match duty {
        Duty::Assigned(assigned) => Assignment {
            layer,
            title,
            party: assigned.party.as_str(),
            provision: assigned.provision.as_deref(),
            responsibility: assigned.responsibility.as_deref(),
            not_applicable: None,
            sources: &assigned.sources,
        },
        Duty::NotApplicable(reason) => Assignment {
            layer,
            title,
            party: "not-applicable",
            provision: None,
            responsibility: None,
            not_applicable: Some(reason),
            sources: &[],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::knowledge;

    #[test]
    fn one_layer_of_a_service_with_variants() {
        let knowledge = knowledge();
        let json = write_json(knowledge.service("ecs").unwrap(), Some(Layer::GuestOs), &knowledge);
        insta::assert_snapshot!(json);
    }
}
