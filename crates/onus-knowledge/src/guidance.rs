//! What helps with open duties: one file per layer.

use crate::error::{Mistakes, did_you_mean};
use crate::raw::RawGuidance;
use onus_model::{Guidance, Help, Layer, Service};

/// Reads one file.
pub(crate) fn read(raw: RawGuidance, services: &[Service], mistakes: &mut Mistakes<'_>) -> Option<Guidance> {
    let layer: Layer = match raw.layer.value.parse() {
        Ok(layer) => layer,
        Err(error) => {
            let error: onus_model::UnknownLayer = error;
            let help = did_you_mean(&error.0, Layer::ALL.iter().map(|layer| layer.as_str()));
            mistakes.note(raw.layer.referenced, error.to_string(), help);
            return None;
        }
    };
    let mut of_services = Vec::new();
    for (id, help) in raw.services.0 {
        if services.iter().any(|service| service.id == id) {
            of_services.push((id, help.value));
        } else {
            let near = did_you_mean(&id, services.iter().map(|service| service.id.as_str()));
            mistakes.note(help.referenced, format!("there is no service `{id}`"), near);
        }
    }
    let help =
        Help { native: raw.native, products: raw.products, competencies: raw.competencies, learn: raw.learn };
    Some(Guidance { layer, read: raw.read, help, services: of_services })
}
