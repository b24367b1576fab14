//! OSCAL: the plan of a system that others may leverage, and component definitions.
//!
//! A plan says it in its exports: what is `provided`, and the `responsibilities` of who leverages it. A component
//! definition has no such pair; whose a control is follows from its `control-origination` properties, read like the
//! crosses of a matrix.

mod component;
mod ssp;

use crate::entry::not_found;
use crate::error::{ProviderError, Trouble, Troubles};
use crate::heading::Mark;
use crate::limits;
use crate::read::Content;
use crate::request::Request;
use jiff::civil::Date;
use onus_model::{DocumentKind, DocumentPlace, Named};
use onus_oscal::common::Property;
use onus_oscal::{Model, ModelKind};

/// Whether a text is a document of OSCAL: an object, or YAML that begins with a model's name.
pub(crate) fn is_oscal(text: &str) -> bool {
    let lines = text.lines().map(str::trim_end);
    let mut first = lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '%']) && *line != "---");
    let begins = |line: &str| {
        line.strip_suffix(':').is_some_and(|key| ModelKind::of_key(key.trim_matches(['"', '\''])).is_some())
    };
    text.trim_start().starts_with('{') || first.next().is_some_and(begins)
}

/// Reads a document.
pub(crate) fn read(bytes: &[u8], request: &Request<'_>, troubles: &mut Troubles) -> Result<Content, Trouble> {
    let whole = |error| Trouble { place: DocumentPlace::Whole, error };
    // The name is said by whoever shows the trouble.
    let read = onus_oscal::read("", bytes).map_err(|error| {
        let message = error.to_string();
        let message = message.trim_start_matches(':').trim_start();
        whole(ProviderError::Oscal { message: message.to_owned() })
    })?;
    for warning in &read.warnings {
        troubles.at(DocumentPlace::Whole, ProviderError::OscalWarning { message: warning.to_string() });
    }
    let date =
        read.document.model.metadata().last_modified.get(..10).and_then(|day| day.parse::<Date>().ok());
    let (kind, parts) = match &read.document.model {
        Model::SystemSecurityPlan(plan) => (DocumentKind::Ssp, ssp::read(plan, request, troubles)),
        Model::ComponentDefinition(definition) => {
            (DocumentKind::ComponentDefinition, component::read(definition, request, troubles))
        }
        other => {
            let message =
                format!("a document of the kind `{}` does not say who does what", other.kind().key());
            return Err(whole(ProviderError::Oscal { message }));
        }
    };
    if parts.is_empty() {
        return Err(whole(ProviderError::NothingOffered));
    }
    let kept: usize =
        parts.iter().flat_map(|part| part.leaves.iter().chain(&part.provides)).map(String::len).sum();
    if kept > limits::MAX_KEPT {
        return Err(whole(ProviderError::TooMany { what: "bytes of text", limit: limits::MAX_KEPT as u64 }));
    }
    Ok(Content { kind, date, parts })
}

/// The control or statement of an id; none, and a trouble, where there is no such.
fn find(id: &str, place: &DocumentPlace, request: &Request<'_>, troubles: &mut Troubles) -> Option<Named> {
    match request.index.find(id, None) {
        Ok(named) => Some(named),
        Err(why) => {
            let error = not_found(why, id, request, troubles);
            troubles.at(place.clone(), error);
            None
        }
    }
}

/// What properties say of whose a control is, and how far it is in place.
fn marks(props: &[Property]) -> Vec<Mark> {
    let mark = |prop: &Property| match (prop.name.as_str(), prop.value.as_str()) {
        ("control-origination", "sp-corporate" | "organization") => Some(Mark::Corporate),
        ("control-origination", "sp-system" | "system-specific") => Some(Mark::System),
        ("control-origination", "customer-configured") => Some(Mark::Configured),
        ("control-origination", "customer-provided") => Some(Mark::Provided),
        ("control-origination", "shared") => Some(Mark::Shared),
        ("control-origination", "inherited") => Some(Mark::Preexisting),
        ("implementation-status", status) => state(status),
        _ => None,
    };
    props.iter().filter_map(mark).collect()
}

/// How far something is in place.
fn state(status: &str) -> Option<Mark> {
    match status {
        "implemented" => Some(Mark::Implemented),
        "partial" => Some(Mark::PartlyImplemented),
        "planned" => Some(Mark::Planned),
        "alternative" => Some(Mark::Alternative),
        "not-applicable" => Some(Mark::NotApplicable),
        _ => None,
    }
}
