//! AWS's side of the responsibilities as the plan of a leveraged system: what it provides to this workload, and what it
//! leaves to the customer. Derived from public facts, not stated by AWS; it says so.

use super::ExportError;
use super::ids::{sealed, token, uuid};
use super::pair::{LayerExport, Pair};
use super::parts::{metadata_of_parties, roles};
use super::scope::Scope;
use super::system::{aws_system_uuid, characteristics, component, services};
use onus_assess::{Assessment, ControlAnswer, StatementAnswer};
use onus_oscal::Document;
use onus_oscal::ssp::{
    ByComponent, ControlImplementation, Export, ImplementedRequirement, ImportProfile, Provided,
    Responsibility, Statement, SystemImplementation, SystemSecurityPlan,
};

const DISCLAIMER: &str = "Derived by onus from public facts about the services in use. AWS has not stated it: \
                          attestations of AWS, such as those in AWS Artifact, are the evidence for its part.";

/// The plan of AWS as the leveraged system of an assessed workload.
///
/// # Errors
/// Where AWS has no part in any control, so that the plan would be empty.
pub fn leveraged(assessment: &Assessment, scope: &Scope<'_>) -> Result<Document, ExportError> {
    let writer = Writer { pair: Pair::new(assessment), scope };
    let requirements: Vec<_> =
        writer.pair.controls(&scope.framework.id).filter_map(|control| writer.requirement(control)).collect();
    if requirements.is_empty() {
        return Err(ExportError::Nothing {
            document: "leveraged system security plan",
            why: "aws has no part in these controls with the services in use",
        });
    }
    let system = &assessment.system;
    let id = aws_system_uuid(system);
    let mut metadata =
        metadata_of_parties(&format!("AWS as leveraged by {system}"), scope.date, Some(system));
    metadata.remarks = Some(DISCLAIMER.to_owned());
    Ok(sealed(SystemSecurityPlan {
        metadata,
        import_profile: ImportProfile { href: scope.profile_file(), ..ImportProfile::default() },
        system_characteristics: characteristics(
            &id,
            &format!("AWS as leveraged by {system}"),
            "The services of AWS that the system uses, with the infrastructure below them.",
            "What AWS operates: from the service's software down to the facilities.",
        ),
        system_implementation: SystemImplementation {
            components: std::iter::once(component(id, "this-system", "AWS", DISCLAIMER))
                .chain(services(assessment))
                .collect(),
            ..SystemImplementation::default()
        },
        control_implementation: ControlImplementation {
            description: DISCLAIMER.to_owned(),
            implemented_requirements: requirements,
            ..ControlImplementation::default()
        },
        ..SystemSecurityPlan::default()
    }))
}

struct Writer<'a> {
    pair: Pair<'a>,
    scope: &'a Scope<'a>,
}

impl Writer<'_> {
    fn uuid(&self, what: &str, id: &str) -> String {
        uuid(&["leveraged", what, &self.pair.assessment.system, &self.scope.framework.id, id])
    }

    fn requirement(&self, control: &ControlAnswer) -> Option<ImplementedRequirement> {
        let statements: Vec<_> = control.statements.iter().filter_map(|own| self.statement(own)).collect();
        (!statements.is_empty()).then(|| ImplementedRequirement {
            uuid: self.uuid("requirement", &control.control),
            control_id: token(&control.control),
            statements,
            ..ImplementedRequirement::default()
        })
    }

    fn statement(&self, statement: &StatementAnswer) -> Option<Statement> {
        let exports = self.pair.exports(&self.scope.catalog().id, statement);
        (!exports.is_empty()).then(|| Statement {
            statement_id: token(&statement.id),
            uuid: self.uuid("statement", &statement.id),
            by_components: vec![ByComponent {
                component_uuid: aws_system_uuid(&self.pair.assessment.system),
                uuid: self.uuid("by-component", &statement.id),
                description: description(&exports),
                export: Some(export(&exports)),
                ..ByComponent::default()
            }],
            ..Statement::default()
        })
    }
}

fn description(exports: &[LayerExport]) -> String {
    let provided = exports.iter().filter_map(|export| export.provided.as_ref());
    let texts: Vec<&str> = provided.map(|own| own.text.as_str()).collect();
    if texts.is_empty() {
        return "AWS discharges nothing of it; the customer's part is exported.".to_owned();
    }
    texts.join("\n\n")
}

fn export(exports: &[LayerExport]) -> Export {
    let provided = exports.iter().filter_map(|export| {
        let own = export.provided.as_ref()?;
        Some(Provided {
            uuid: own.uuid.clone(),
            description: own.text.clone(),
            props: export.props(),
            responsible_roles: roles(true, false),
            ..Provided::default()
        })
    });
    let responsibilities = exports.iter().filter_map(|export| {
        let own = export.responsibility.as_ref()?;
        Some(Responsibility {
            uuid: own.uuid.clone(),
            provided_uuid: export.provided.as_ref().map(|provided| provided.uuid.clone()),
            description: own.text.clone(),
            props: export.props(),
            responsible_roles: roles(false, true),
            ..Responsibility::default()
        })
    });
    Export { provided: provided.collect(), responsibilities: responsibilities.collect(), ..Export::default() }
}
