//! Lists for programs.

use super::Listing;
use crate::json::{Counterpart, counterparts, to_json};
use onus_check::Check;
use onus_knowledge::Knowledge;
use onus_model::{Case, Program, Service, ServiceScope};
use serde::Serialize;

/// A list as JSON.
pub fn write_json(listing: Listing, knowledge: &Knowledge) -> String {
    match listing {
        Listing::Services => to_json(&knowledge.services.iter().map(service).collect::<Vec<_>>()),
        Listing::Layers => to_json(&layers(knowledge)),
        Listing::Checks => to_json(&checks(knowledge)),
        Listing::Frameworks => to_json(&frameworks(knowledge)),
        Listing::Programs => to_json(&programs(knowledge)),
    }
}

#[derive(Serialize)]
struct ServiceLine<'a> {
    id: &'a str,
    name: &'a str,
    category: &'static str,
    aliases: &'a [String],
    types: Vec<&'a str>,
    variants: Vec<&'a str>,
    settings: Vec<SettingLine<'a>>,
}

#[derive(Serialize)]
struct SettingLine<'a> {
    id: &'a str,
    cases: Vec<&'a str>,
}

fn service(service: &Service) -> ServiceLine<'_> {
    let settings = service.settings.iter();
    ServiceLine {
        id: &service.id,
        name: &service.name,
        category: service.category.as_str(),
        aliases: &service.aliases,
        types: service.types.iter().map(|claim| claim.pattern.as_str()).collect(),
        variants: ids(&service.variants),
        settings: settings
            .map(|setting| SettingLine { id: &setting.id, cases: ids(&setting.cases) })
            .collect(),
    }
}

fn ids(cases: &[Case]) -> Vec<&str> {
    cases.iter().map(|case| case.id.as_str()).collect()
}

#[derive(Serialize)]
struct LayerLine<'a> {
    id: &'static str,
    title: &'a str,
    what: &'a str,
}

fn layers(knowledge: &Knowledge) -> Vec<LayerLine<'_>> {
    let layers = knowledge.layers.iter();
    layers
        .map(|facts| LayerLine { id: facts.layer.as_str(), title: &facts.title, what: &facts.what })
        .collect()
}

#[derive(Serialize)]
struct CheckLine<'a> {
    id: &'a str,
    title: &'a str,
    severity: &'static str,
    layer: &'static str,
    resource: &'a [String],
    security_hub: Vec<&'a str>,
    config_rule: Option<&'a str>,
    counterparts: Vec<Counterpart<'a>>,
}

fn checks(knowledge: &Knowledge) -> Vec<CheckLine<'_>> {
    knowledge.checks.iter().map(check).collect()
}

fn check(check: &Check) -> CheckLine<'_> {
    CheckLine {
        id: &check.id,
        title: &check.title,
        severity: check.severity.as_str(),
        layer: check.layer.as_str(),
        resource: &check.resource,
        security_hub: check.same_controls(),
        config_rule: check.same_config_rule(),
        counterparts: counterparts(check).collect(),
    }
}

#[derive(Serialize)]
struct FrameworkLine<'a> {
    id: &'a str,
    title: &'a str,
    controls: Vec<ControlLine<'a>>,
    sources: &'a [String],
}

#[derive(Serialize)]
struct ControlLine<'a> {
    id: &'a str,
    title: &'a str,
    checks: Vec<&'a str>,
}

fn frameworks(knowledge: &Knowledge) -> Vec<FrameworkLine<'_>> {
    let frameworks = knowledge.frameworks.iter().map(|framework| {
        let controls = knowledge.controls(framework).into_iter();
        FrameworkLine {
            id: &framework.id,
            title: &framework.title,
            controls: controls
                .map(|control| ControlLine {
                    id: &control.id,
                    title: &control.title,
                    checks: control.checks.iter().map(|own| own.check.as_str()).collect(),
                })
                .collect(),
            sources: &framework.sources,
        }
    });
    frameworks.collect()
}

#[derive(Serialize)]
struct ProgramLine<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    issuer: &'a str,
    scopes: Vec<ScopeLine<'a>>,
    sources: &'a [String],
}

#[derive(Serialize)]
struct ScopeLine<'a> {
    partition: &'static str,
    as_of: String,
    source: &'a str,
    in_scope: &'a [String],
    out_of_scope: &'a [String],
}

fn programs(knowledge: &Knowledge) -> Vec<ProgramLine<'_>> {
    knowledge.programs.iter().map(program_line).collect()
}

fn program_line(program: &Program) -> ProgramLine<'_> {
    ProgramLine {
        id: &program.id,
        name: &program.name,
        kind: program.kind.as_str(),
        issuer: &program.issuer,
        scopes: program.scopes.iter().map(scope_line).collect(),
        sources: &program.sources,
    }
}

fn scope_line(scope: &ServiceScope) -> ScopeLine<'_> {
    ScopeLine {
        partition: scope.partition.as_str(),
        as_of: scope.as_of.to_string(),
        source: &scope.source,
        in_scope: &scope.in_scope,
        out_of_scope: &scope.out_of_scope,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::knowledge;

    #[test]
    fn every_list_is_json_of_as_many_lines() {
        let knowledge = knowledge();
        for (listing, number) in
            [(Listing::Services, 6), (Listing::Layers, 18), (Listing::Checks, 8), (Listing::Frameworks, 1)]
        {
            let list: serde_json::Value = serde_json::from_str(&write_json(listing, &knowledge)).unwrap();
            let list = list.as_array().unwrap();
            assert_eq!(list.len(), number);
            assert!(list.iter().all(|line| line["id"].is_string()));
        }
    }
}
