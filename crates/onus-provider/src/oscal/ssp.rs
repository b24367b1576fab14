//! Plans of systems that others may leverage: what their exports offer and ask.

use super::{find, state};
use crate::entry::Texts;
use crate::error::{ProviderError, Troubles};
use crate::heading::Mark;
use crate::request::Request;
use onus_model::{DocumentPlace, Inherited, Named, ProviderPart};
use onus_oscal::ssp::{ByComponent, SystemSecurityPlan};
use std::collections::HashMap;

/// What components export for a control or statement.
#[derive(Debug)]
struct Offer {
    named: Named,
    provides: Texts,
    /// Whether something is provided, and in place.
    provided: bool,
    /// Whether something is provided, but not in place, or not all of it.
    lacking: bool,
    leaves: Texts,
    place: DocumentPlace,
}

pub(super) fn read(
    plan: &SystemSecurityPlan,
    request: &Request<'_>,
    troubles: &mut Troubles,
) -> Vec<ProviderPart> {
    let mut offers = Offers { all: Vec::new(), places: HashMap::new() };
    for requirement in &plan.control_implementation.implemented_requirements {
        let own = requirement.by_components.iter().map(|by| (requirement.control_id.as_str(), by));
        let statements = requirement.statements.iter();
        let of_statements =
            statements.flat_map(|own| own.by_components.iter().map(|by| (own.statement_id.as_str(), by)));
        for (id, by) in own.chain(of_statements).filter(|(_, by)| offers_something(by)) {
            let place = DocumentPlace::Part(format!("by-component {}", by.uuid));
            if let Some(named) = find(id, &place, request, troubles) {
                offers.add(named, by, place, troubles);
            }
        }
    }
    offers.all.into_iter().map(part).collect()
}

fn offers_something(by: &ByComponent) -> bool {
    by.export
        .as_ref()
        .is_some_and(|export| !export.provided.is_empty() || !export.responsibilities.is_empty())
}

struct Offers {
    all: Vec<Offer>,
    places: HashMap<(String, Option<String>), usize>,
}

impl Offers {
    fn add(&mut self, named: Named, by: &ByComponent, place: DocumentPlace, troubles: &mut Troubles) {
        let Some(export) = &by.export else { return };
        let id = named.statement.clone().unwrap_or_else(|| named.control.clone());
        let at = *self.places.entry((named.control.clone(), named.statement.clone())).or_insert_with(|| {
            let (provided, lacking) = (false, false);
            let place = place.clone();
            let (provides, leaves) = (Texts::default(), Texts::default());
            self.all.push(Offer { named, provides, provided, lacking, leaves, place });
            self.all.len() - 1
        });
        let offer = &mut self.all[at];
        let status = by.implementation_status.as_ref().and_then(|status| state(&status.state));
        let missing = match status {
            Some(Mark::Planned) => Some("planned"),
            Some(Mark::NotApplicable) => Some("not applicable"),
            _ => None,
        };
        if !export.provided.is_empty() {
            if let Some(mark) = missing {
                troubles.at(place, ProviderError::NotInPlace { control: id, mark });
            }
            offer.provided |= missing.is_none();
            offer.lacking |= missing.is_some() || status == Some(Mark::PartlyImplemented);
        }
        let said = |text: &str| !text.is_empty();
        let provided = export.provided.iter().map(|provided| provided.description.trim());
        provided.filter(|text| said(text)).for_each(|text| offer.provides.add(text));
        let asked = export.responsibilities.iter().map(|asked| asked.description.trim());
        asked.filter(|text| said(text)).for_each(|text| offer.leaves.add(text));
        // What is asked without words is asked all the same.
        offer.lacking |= !export.responsibilities.is_empty();
    }
}

fn part(offer: Offer) -> ProviderPart {
    let inherited = match (offer.provided, offer.lacking) {
        (true, false) => Inherited::Yes,
        (true, true) => Inherited::Partly,
        (false, _) => Inherited::No,
    };
    ProviderPart {
        framework: offer.named.framework,
        control: offer.named.control,
        statement: offer.named.statement,
        inherited,
        provides: offer.provides.joined(),
        leaves: offer.leaves.into_list(),
        place: offer.place,
    }
}
