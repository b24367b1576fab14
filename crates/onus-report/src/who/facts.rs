//! What a case makes of a service's layers.

use onus_model::{Case, Duty, Layer, Party, Service};

/// The layers to show: the one that was asked for, or all of a service.
pub(super) fn layers(asked: Option<Layer>) -> impl Iterator<Item = Layer> {
    Layer::ALL
        .into_iter()
        .filter(move |layer| layer.is_of_service() && asked.is_none_or(|asked| asked == *layer))
}

/// The duty at a layer before any choice; none where the service's facts end before the layer.
pub(super) fn base(service: &Service, layer: Layer) -> Option<&Duty> {
    service.layers.get(layer.index())
}

/// The duty at a layer in a case: its own, else the service's.
pub(super) fn duty<'a>(service: &'a Service, case: &'a Case, layer: Layer) -> Option<&'a Duty> {
    case.duty(layer).or_else(|| base(service, layer))
}

/// Whether the cases of a choice differ at a layer, in party or in words.
pub(super) fn differs(service: &Service, cases: &[Case], layer: Layer) -> bool {
    let mut duties = cases.iter().map(|case| duty(service, case, layer));
    let first = duties.next();
    duties.any(|other| Some(other) != first)
}

/// Whose a duty is, in a word.
pub(super) const fn party_word(duty: Option<&Duty>) -> &'static str {
    match duty {
        Some(Duty::Assigned(assignment)) => match assignment.party {
            Party::Aws => "AWS's",
            Party::Customer => "yours",
            Party::Both => "both",
        },
        Some(Duty::NotApplicable(_)) | None => "-",
    }
}
