//! Systems in a chain: the contract's structs, and how they are filled.

use onus_assess::{Assessment, ControlAnswer, Fate, HandOnStatus, HandOnUse, LeftDuty, ProviderUse};
use onus_model::{DocumentKind, Inherited};
use schemars::JsonSchema;
use serde::Serialize;

/// A system between AWS and the customer, by one of its documents.
#[derive(Serialize, JsonSchema)]
pub(super) struct Provider<'a> {
    /// Who runs it.
    name: &'a str,
    /// What the system is called, where it has a name of its own.
    system: Option<&'a str>,
    /// The path of the document, as the user wrote it.
    document: &'a str,
    /// What the document is.
    kind: Kind,
    /// The SHA-256 of its bytes, in hexadecimal.
    sha256: &'a str,
    /// The day on which it was last changed, as it says itself; ISO 8601.
    date: Option<String>,
    /// What proves it, in the user's words.
    attestation: Option<&'a str>,
    /// How many controls and statements it answers.
    answers: usize,
}

/// Kinds of documents.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Crm,
    Matrix,
    ComponentDefinition,
    Ssp,
}

/// A responsibility that a provider leaves to the customer.
#[derive(Serialize, JsonSchema)]
pub(super) struct Left<'a> {
    /// The provider, by its position in `providers`.
    provider: usize,
    /// The framework's id.
    framework: &'a str,
    /// The control's id.
    control: &'a str,
    /// The statement's id; null where the control as a whole is meant.
    statement: Option<&'a str>,
    /// How much is inherited.
    inherited: Answer,
    /// What the provider asks; null where it only says that it does not do all of it.
    responsibility: Option<&'a str>,
    /// What became of it.
    fate: FateWord,
    /// Where the provider says so.
    place: String,
}

/// How much is inherited.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Yes,
    Partly,
    No,
}

/// What became of a responsibility.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum FateWord {
    /// Nobody took it.
    Nobody,
    /// The customer's own workload or organization has a part in it.
    Taken,
    /// It is handed on to the customer's customers.
    HandedOn,
    /// Both.
    TakenAndHandedOn,
    /// AWS, or another provider, discharges it.
    Elsewhere,
}

/// A responsibility that is handed on to the customer's customers.
#[derive(Serialize, JsonSchema)]
pub(super) struct HandOn<'a> {
    /// The framework's id.
    framework: &'a str,
    /// The control's id.
    control: &'a str,
    /// The statement's id; null where the control as a whole is meant.
    statement: Option<&'a str>,
    /// What the customers have to do.
    responsibility: &'a str,
    /// Whether there is something to hand on.
    status: HandOnWord,
}

/// Whether there is something to hand on.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum HandOnWord {
    /// A provider left it.
    Left,
    /// The customer has a part of its own.
    Own,
    /// Nobody left it, and the customer has no part in it.
    NothingToHandOn,
    /// There is no such control.
    Unknown,
}

pub(super) fn provider(provider: &onus_model::Provider) -> Provider<'_> {
    let document = &provider.document;
    Provider {
        name: &provider.name,
        system: provider.system.as_deref(),
        document: &document.path,
        kind: match document.kind {
            DocumentKind::Crm => Kind::Crm,
            DocumentKind::Matrix => Kind::Matrix,
            DocumentKind::ComponentDefinition => Kind::ComponentDefinition,
            DocumentKind::Ssp => Kind::Ssp,
        },
        sha256: &document.sha256,
        date: document.date.map(|day| day.to_string()),
        attestation: provider.attestation.as_deref(),
        answers: provider.parts.len(),
    }
}

pub(super) fn left<'a>(all: &'a Assessment, duty: &'a LeftDuty) -> Left<'a> {
    let part = &all.providers[duty.provider].parts[duty.part];
    Left {
        provider: duty.provider,
        framework: &part.framework,
        control: &part.control,
        statement: part.statement.as_deref(),
        inherited: match part.inherited {
            Inherited::Yes => Answer::Yes,
            Inherited::Partly => Answer::Partly,
            Inherited::No => Answer::No,
        },
        responsibility: duty.text.as_deref(),
        fate: match duty.fate {
            Fate::Nobody => FateWord::Nobody,
            Fate::Taken => FateWord::Taken,
            Fate::HandedOn => FateWord::HandedOn,
            Fate::TakenAndHandedOn => FateWord::TakenAndHandedOn,
            Fate::Elsewhere => FateWord::Elsewhere,
        },
        place: part.place.to_string(),
    }
}

pub(super) fn hand_on(found: &HandOnUse) -> HandOn<'_> {
    let hand_on = &found.hand_on;
    HandOn {
        framework: &hand_on.framework.text,
        control: &hand_on.control,
        statement: hand_on.statement.as_deref(),
        responsibility: &hand_on.responsibility,
        status: match found.status {
            HandOnStatus::Left => HandOnWord::Left,
            HandOnStatus::Own => HandOnWord::Own,
            HandOnStatus::NothingToHandOn => HandOnWord::NothingToHandOn,
            HandOnStatus::Unknown => HandOnWord::Unknown,
        },
    }
}

/// The providers that discharge a statement, or some of it.
pub(super) fn names<'a>(all: &'a Assessment, uses: &'a [ProviderUse]) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for found in uses {
        let name = all.providers[found.provider].name.as_str();
        if found.discharges(&all.providers) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The providers that discharge a control, or some of it.
pub(super) fn of_control<'a>(all: &'a Assessment, control: &'a ControlAnswer) -> Vec<&'a str> {
    let mut of_control: Vec<&str> = Vec::new();
    for name in control.statements.iter().flat_map(|statement| names(all, &statement.providers)) {
        if !of_control.contains(&name) {
            of_control.push(name);
        }
    }
    of_control
}
