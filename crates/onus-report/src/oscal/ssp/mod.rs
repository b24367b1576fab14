//! The customer's system security plan, as the leveraging system.
//!
//! `statement` has what is said of each statement: the system's own part with its status, what it inherits from AWS and
//! which of AWS's demands it takes on, and what it exports to its own customers.

mod statement;

use super::ExportError;
use super::ids::{sealed, token, uuid};
use super::pair::Pair;
use super::parts::{aws_uuid, link, metadata_of_parties, prop, standard};
use super::scope::Scope;
use super::system::{
    aws_system_uuid, characteristics, component, inventory, providers, services, this_system_uuid,
};
use jiff::civil::Date;
use onus_assess::{Assessment, ControlAnswer};
use onus_model::{Proof, Share};
use onus_oscal::Document;
use onus_oscal::common::{Property, SystemComponent};
use onus_oscal::ssp::{
    ControlImplementation, ImplementedRequirement, ImportProfile, LeveragedAuthorization,
    SystemImplementation, SystemSecurityPlan,
};

/// The plan of the assessed system.
///
/// # Errors
/// Where the framework has no controls, so that the plan would be empty.
pub fn ssp(assessment: &Assessment, scope: &Scope<'_>) -> Result<Document, ExportError> {
    let pair = Pair::new(assessment);
    let requirements: Vec<_> =
        pair.controls(&scope.framework.id).map(|control| requirement(&pair, scope, control)).collect();
    if requirements.is_empty() {
        let (document, why) = ("system security plan", "the framework has no controls");
        return Err(ExportError::Nothing { document, why });
    }
    let system = &assessment.system;
    let title = format!("System security plan of {system}");
    let id = this_system_uuid(system);
    Ok(sealed(SystemSecurityPlan {
        metadata: metadata_of_parties(&title, scope.date, Some(system)),
        import_profile: ImportProfile { href: scope.profile_file(), ..ImportProfile::default() },
        system_characteristics: characteristics(&id, system, &description(assessment), boundary(assessment)),
        system_implementation: SystemImplementation {
            leveraged_authorizations: vec![authorization(assessment, scope)],
            components: components(assessment),
            inventory_items: inventory(assessment),
            ..SystemImplementation::default()
        },
        control_implementation: ControlImplementation {
            description: format!("Derived for {} from what runs.", super::text::line(&scope.framework.title)),
            implemented_requirements: requirements,
            ..ControlImplementation::default()
        },
        ..SystemSecurityPlan::default()
    }))
}

fn description(assessment: &Assessment) -> String {
    format!(
        "{}: {} resources on {} services of AWS, read from {}.",
        assessment.system,
        assessment.summary.resources,
        assessment.columns.len(),
        assessment.inputs.join(", ")
    )
}

const fn boundary(assessment: &Assessment) -> &'static str {
    if assessment.endpoints_in_boundary {
        "What runs on AWS, with the workforce's devices and offices."
    } else {
        "What runs on AWS; the workforce's devices and offices are outside."
    }
}

fn authorization_uuid(system: &str) -> String {
    uuid(&["leveraged-authorization", system, "aws"])
}

/// AWS's authorization, on the day of the document of FedRAMP's that is registered; without one the standard still
/// wants a date, which is then that of the export, and said to be so.
fn authorization(assessment: &Assessment, scope: &Scope<'_>) -> LeveragedAuthorization {
    let granted = granted(assessment);
    let known = if granted.is_some() { "yes" } else { "no" };
    let open = "The standard wants a date; this is the day of the export. Put in its place the date of the \
                authorization that you rely on.";
    LeveragedAuthorization {
        uuid: authorization_uuid(&assessment.system),
        title: "Amazon Web Services".to_owned(),
        props: vec![prop("date-authorized-known", known)],
        links: vec![link("leveraged-ssp", &scope.file("leveraged-ssp"))],
        party_uuid: aws_uuid(),
        date_authorized: granted.unwrap_or(scope.date).to_string(),
        remarks: granted.is_none().then(|| open.to_owned()),
        ..LeveragedAuthorization::default()
    }
}

/// The day from which a registered authorization holds.
fn granted(assessment: &Assessment) -> Option<Date> {
    let valid = assessment.attestations.iter().filter(|own| own.state.proves());
    let days = valid.filter_map(|own| match own.attestation.proof {
        Proof::Issued { on, .. } if own.attestation.program.starts_with("fedramp") => Some(on),
        _ => None,
    });
    days.min()
}

fn components(assessment: &Assessment) -> Vec<SystemComponent> {
    let system = &assessment.system;
    let own = component(this_system_uuid(system), "this-system", system, "The system as a whole.");
    let mut aws = component(
        uuid(&["component", system, "leveraged", "aws"]),
        "system",
        "AWS",
        "The leveraged system: what AWS operates.",
    );
    let leveraged = |name: &str, value: &str| standard(name, value);
    aws.props = vec![
        leveraged("implementation-point", "external"),
        leveraged("leveraged-authorization-uuid", &authorization_uuid(system)),
        leveraged("inherited-uuid", &aws_system_uuid(system)),
    ];
    let services = services(assessment).into_iter().map(|mut service| {
        service.props.push(leveraged("leveraged-authorization-uuid", &authorization_uuid(system)));
        service
    });
    [own, aws].into_iter().chain(providers(assessment)).chain(services).collect()
}

fn requirement(pair: &Pair<'_>, scope: &Scope<'_>, control: &ControlAnswer) -> ImplementedRequirement {
    let convention = pair.assessment.convention_of(&scope.framework.id, None);
    let mut props = origination(control.share);
    props.push(prop("class", control.class(convention).as_str()));
    props.push(prop("label", control.label(convention)));
    props.push(prop("status", control.standing.status.as_str()));
    let statements = control.statements.iter();
    ImplementedRequirement {
        uuid: uuid(&["ssp", "requirement", &pair.assessment.system, &scope.framework.id, &control.control]),
        control_id: token(&control.control),
        props,
        statements: statements.map(|own| statement::write(pair, scope, own)).collect(),
        ..ImplementedRequirement::default()
    }
}

/// Whose the control is, in the standard's own words; several where several have a part.
fn origination(share: Share) -> Vec<Property> {
    let kinds = [
        (share.may_be_covered(), "inherited"),
        (share.may_be_organizations(), "organization"),
        (share.may_be_systems(), "system-specific"),
    ];
    let kinds = kinds.into_iter().filter(|(holds, _)| *holds);
    kinds.map(|(_, value)| standard("control-origination", value)).collect()
}

pub(super) use statement::statement_uuid;
