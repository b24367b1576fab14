//! What a layer of a service is, over all of its configurations.

use super::super::parts::detailed;
use super::super::text::sentence;
use onus_knowledge::Knowledge;
use onus_model::{Assignment, Case, Duty, Layer, Party, Relation, Seen, Service, Share};
use onus_oscal::common::Property;

/// A layer of a service: its duty as it is without a choice, and in each case that moves it.
pub(super) struct LayerDuties<'a> {
    pub(super) layer: Layer,
    pub(super) title: &'a str,
    /// The base, unless every case of a choice takes its place.
    base: Option<&'a Duty>,
    cases: Vec<(&'a Case, &'a Duty)>,
}

impl<'a> LayerDuties<'a> {
    pub(super) fn of(knowledge: &'a Knowledge, service: &'a Service, layer: Layer) -> Self {
        let all_move = |cases: &[Case]| cases.iter().all(|case| case.duty(layer).is_some());
        Self {
            layer,
            title: &knowledge.layer(layer).title,
            base: (!service.choices().any(all_move)).then(|| service.duty(layer)),
            cases: service
                .choices()
                .flatten()
                .filter_map(|case| case.duty(layer).map(|duty| (case, duty)))
                .collect(),
        }
    }

    fn duties(&self) -> impl Iterator<Item = &'a Duty> {
        self.base.into_iter().chain(self.cases.iter().map(|(_, duty)| *duty))
    }

    /// Whether some configuration gives a party a part that the relation makes something of.
    pub(super) fn concerns(&self, relation: Relation) -> bool {
        let share = self.share(relation);
        share.covered != Seen::No || share.enabled != Seen::No
    }

    /// The share of the control here, over all configurations.
    pub(super) fn share(&self, relation: Relation) -> Share {
        let parties: Vec<Party> = self.duties().filter_map(Duty::party).collect();
        Share::of(&parties, Some(relation))
    }

    /// Both parties' parts in a sentence each, with what moves them.
    pub(super) fn told(&self, relation: Relation) -> String {
        let mut text = format!("{} ({}).", self.title, relation.as_str());
        match self.base.or_else(|| self.cases.first().map(|(_, duty)| *duty)) {
            Some(Duty::Assigned(assignment)) => text.push_str(&both(assignment)),
            Some(Duty::NotApplicable(reason)) => text.push_str(&format!(" {}", sentence(reason))),
            None => {}
        }
        let moves: Vec<String> =
            self.cases.iter().map(|(case, duty)| format!("{}: {}", case.title, party(duty))).collect();
        if !moves.is_empty() {
            text.push_str(&format!(" Moves with the configuration ({}).", moves.join("; ")));
        }
        text
    }

    /// The layer, the relation, and the parties over all configurations.
    pub(super) fn brief(&self, relation: Relation) -> String {
        let mut parties: Vec<&str> = self.duties().map(party).collect();
        parties.sort_unstable();
        parties.dedup();
        format!("{} ({}): {}", self.title, relation.as_str(), parties.join(" or "))
    }

    /// The whole layer as properties of the component: a value per configuration, its texts as remarks.
    pub(super) fn props(&self) -> Vec<Property> {
        let prop = |case: Option<&Case>, duty: &Duty| {
            let (name, class) = (case.map_or("layer", |_| "layer-in-variant"), self.layer.as_str());
            let mut prop = detailed(name, party(duty), Some(class), Some(&remarks(duty)));
            prop.group = case.map(|case| super::super::ids::token(&case.id));
            prop
        };
        let base = self.base.map(|duty| prop(None, duty));
        base.into_iter().chain(self.cases.iter().map(|(case, duty)| prop(Some(case), duty))).collect()
    }
}

fn remarks(duty: &Duty) -> String {
    match duty {
        Duty::Assigned(assignment) => both(assignment).trim().to_owned(),
        Duty::NotApplicable(reason) => reason.clone(),
    }
}

fn both(assignment: &Assignment) -> String {
    let part = |who: &str, text: &Option<String>| {
        text.as_ref().map(|text| format!(" {who}: {}", sentence(text))).unwrap_or_default()
    };
    part("AWS", &assignment.provision) + &part("Customer", &assignment.responsibility)
}

fn party(duty: &Duty) -> &'static str {
    duty.party().map_or("not-applicable", Party::as_str)
}
