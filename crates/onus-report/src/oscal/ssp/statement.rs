//! A statement of the plan: whose part is what, and how far it is shown.

use super::super::ids::{token, uuid};
use super::super::pair::{LayerExport, Pair};
use super::super::parts::roles;
use super::super::scope::Scope;
use super::super::system::{provider_uuid, this_system_uuid};
use super::super::text::{prose, sentence};
use onus_assess::{Standing, StatementAnswer, Status};
use onus_model::{Convention, Layer, Origination};
use onus_oscal::common::ImplementationStatus;
use onus_oscal::ssp::{ByComponent, Export, Inherited, Provided, Responsibility, Satisfied, Statement};

/// The uuid of a statement of a system's plan, which findings refer to.
pub(in super::super) fn statement_uuid(system: &str, framework: &str, statement: &str) -> String {
    uuid(&["ssp", "statement", system, framework, statement])
}

pub(super) fn write(pair: &Pair<'_>, scope: &Scope<'_>, statement: &StatementAnswer) -> Statement {
    let writer = Writer { pair, scope, statement };
    let exports = pair.exports(&scope.catalog().id, statement);
    let aws = (!exports.is_empty()).then(|| writer.of_aws(&exports));
    Statement {
        statement_id: token(&statement.id),
        uuid: statement_uuid(&pair.assessment.system, &scope.framework.id, &statement.id),
        by_components: std::iter::once(writer.of_system(&exports))
            .chain(aws)
            .chain(writer.of_providers())
            .collect(),
        ..Statement::default()
    }
}

struct Writer<'a> {
    pair: &'a Pair<'a>,
    scope: &'a Scope<'a>,
    statement: &'a StatementAnswer,
}

impl Writer<'_> {
    fn uuid(&self, what: &str, part: &str) -> String {
        let (system, framework) = (&self.pair.assessment.system, &self.scope.framework.id);
        uuid(&["ssp", what, system, framework, &self.statement.id, part])
    }

    /// The system's own part, and what it hands on to its customers.
    fn of_system(&self, exports: &[LayerExport]) -> ByComponent {
        let own = self.pair.parts.of_customer(std::slice::from_ref(self.statement));
        let description = match (own.is_empty(), self.statement.share.class(Convention::Aws)) {
            (false, _) => prose(&own),
            (true, onus_model::Class::NotApplicable) => "Nothing in the workload concerns it.".to_owned(),
            (true, _) => "Nothing is left to the system: AWS's part covers it.".to_owned(),
        };
        ByComponent {
            component_uuid: this_system_uuid(&self.pair.assessment.system),
            uuid: self.uuid("by-component", "system"),
            description,
            implementation_status: Some(status(self.statement)),
            export: self.export(exports),
            responsible_roles: roles(false, !own.is_empty()),
            ..ByComponent::default()
        }
    }

    /// AWS's part as the system takes it: inherited, and the demands that go with it.
    fn of_aws(&self, exports: &[LayerExport]) -> ByComponent {
        let inherited = exports.iter().filter_map(|export| {
            let provided = export.provided.as_ref()?;
            Some(Inherited {
                uuid: self.uuid("inherited", &key(export)),
                provided_uuid: Some(provided.uuid.clone()),
                description: provided.text.clone(),
                props: export.props(),
                responsible_roles: roles(true, false),
                ..Inherited::default()
            })
        });
        let satisfied = exports.iter().filter_map(|export| {
            let responsibility = export.responsibility.as_ref()?;
            Some(Satisfied {
                uuid: self.uuid("satisfied", &key(export)),
                responsibility_uuid: Some(responsibility.uuid.clone()),
                description: taken(&self.statement.standing, &responsibility.text),
                props: export.props(),
                responsible_roles: roles(false, true),
                ..Satisfied::default()
            })
        });
        ByComponent {
            component_uuid: uuid(&["component", &self.pair.assessment.system, "leveraged", "aws"]),
            uuid: self.uuid("by-component", "aws"),
            description: "AWS's part, and the duties that AWS leaves to the system.".to_owned(),
            inherited: inherited.collect(),
            satisfied: satisfied.collect(),
            ..ByComponent::default()
        }
    }

    /// The parts of providers between AWS and the system: what is inherited from each, and what it leaves.
    fn of_providers(&self) -> Vec<ByComponent> {
        let assessment = self.pair.assessment;
        let mut parts: Vec<ByComponent> = Vec::new();
        for found in &self.statement.providers {
            let (provider, part) = found.part(&assessment.providers);
            let component = provider_uuid(&assessment.system, provider);
            // A crosswalk may bring several controls of one provider to a statement.
            if parts.iter().any(|known| known.component_uuid == component) {
                continue;
            }
            let place = format!("{}, {}", provider.document.path, part.place);
            let provides = part.provides.clone().unwrap_or_else(|| format!("As {place} says."));
            let inherited = (part.inherited != onus_model::Inherited::No).then(|| Inherited {
                uuid: self.uuid("inherited", &component),
                description: prose(&provides),
                responsible_roles: roles(true, false),
                ..Inherited::default()
            });
            let satisfied = part.leaves.iter().enumerate().map(|(at, text)| Satisfied {
                uuid: self.uuid("satisfied", &format!("{component}/{at}")),
                description: prose(&taken(&self.statement.standing, text)),
                responsible_roles: roles(false, true),
                ..Satisfied::default()
            });
            parts.push(ByComponent {
                uuid: self.uuid("by-component", &component),
                description: prose(&format!(
                    "The part of {}, and what it leaves, by {place}.",
                    provider.name
                )),
                inherited: inherited.into_iter().collect(),
                satisfied: satisfied.collect(),
                component_uuid: component,
                ..ByComponent::default()
            });
        }
        parts
    }

    /// What the system's own customers get: what it inherits is handed on, its own part where evidence shows it; and
    /// what each organization has to do for itself stays theirs.
    fn export(&self, exports: &[LayerExport]) -> Option<Export> {
        let covered = self.statement.share.may_be_covered();
        let texts = exports.iter().filter_map(|export| export.provided.as_ref());
        let texts: Vec<&str> = texts.map(|own| own.text.as_str()).filter(|_| covered).collect();
        let passed_on = (!texts.is_empty()).then(|| self.provided("aws", &texts.join("\n\n")));
        let shown = is_shown(&self.statement.standing);
        let own = (shown && self.statement.share.may_have_customer())
            .then(|| self.provided("system", &self.statement.gist));
        let provided: Vec<Provided> = passed_on.into_iter().chain(own).collect();
        let of_organization =
            self.statement.layers.iter().any(|primary| primary.layer == Layer::Organization);
        let responsibility = of_organization.then(|| Responsibility {
            uuid: self.uuid("export-responsibility", "organization"),
            description: format!(
                "As an organization of its own, for its own people and use: {}",
                prose(&sentence(&self.statement.gist))
            ),
            responsible_roles: Vec::new(),
            ..Responsibility::default()
        });
        let handed_on = self.pair.handed_on(&self.scope.framework.id, &self.statement.id).iter().enumerate();
        let handed_on = handed_on.map(|(at, text)| Responsibility {
            uuid: self.uuid("export-responsibility", &format!("handed-on/{at}")),
            description: prose(text),
            ..Responsibility::default()
        });
        let responsibilities: Vec<Responsibility> = responsibility.into_iter().chain(handed_on).collect();
        (!provided.is_empty() || !responsibilities.is_empty()).then(|| Export {
            provided,
            responsibilities,
            ..Export::default()
        })
    }

    fn provided(&self, part: &str, text: &str) -> Provided {
        Provided { uuid: self.uuid("export-provided", part), description: prose(text), ..Provided::default() }
    }
}

fn key(export: &LayerExport) -> String {
    format!("{}/{}", export.layer, export.relation.map_or("none", |relation| relation.as_str()))
}

/// Whether evidence shows that all of it is done.
const fn is_shown(standing: &Standing) -> bool {
    matches!(standing.status, Status::Satisfied) && !standing.evidence.is_empty()
}

/// How far it is implemented: never more than the evidence shows.
fn status(statement: &StatementAnswer) -> ImplementationStatus {
    let standing = &statement.standing;
    let state = match standing.status {
        _ if statement.origination() == Origination::NotApplicable => "not-applicable",
        Status::NotApplicable => "not-applicable",
        Status::Satisfied if is_shown(standing) => "implemented",
        Status::PartlySatisfied | Status::Satisfied if !standing.evidence.is_empty() => "partial",
        _ => "planned",
    };
    let evidence = standing.evidence.iter().map(|own| format!("Evidence: {}", sentence(own)));
    let missing = standing.missing.iter().map(|own| format!("Missing: {}", sentence(own)));
    let mut remarks: Vec<String> = evidence.chain(missing).collect();
    if state == "planned" && remarks.is_empty() {
        remarks.push("There is no evidence yet.".to_owned());
    }
    if state == "not-applicable" {
        remarks.insert(0, "Nothing in the workload concerns it.".to_owned());
    }
    ImplementationStatus {
        state: state.to_owned(),
        remarks: (!remarks.is_empty()).then(|| prose(&remarks.join("\n"))),
        ..ImplementationStatus::default()
    }
}

/// That the system takes the duty on, and whether it is shown.
fn taken(standing: &Standing, text: &str) -> String {
    format!("The system takes this on ({}). {text}", standing.status.as_str().replace('-', " "))
}
