//! Whose duty a layer is, given the cases that are possible.

use crate::assessment::Holder;
use crate::placement::{Choice, Selection};
use onus_model::{Assignment, Case, Duty, Layer, Party, Service};
use std::collections::BTreeSet;

/// More combinations of cases than this are not told apart: it takes several undecided
/// settings on one layer to get there, and by then every party is possible.
const MAX_CANDIDATES: usize = 64;

/// A sentence names no more reasons than this; the placements of the resources have them all.
const MAX_REASONS: usize = 5;

/// A layer of a service for resources that are configured alike.
#[derive(Clone, Debug)]
pub(crate) struct LayerAnswer {
    pub(crate) holder: Holder,
    /// Whether the layer applies in every case that is possible.
    pub(crate) certain: bool,
    pub(crate) provision: Option<String>,
    pub(crate) responsibility: Option<String>,
    pub(crate) because: String,
    pub(crate) sources: Vec<String>,
}

/// One way in which a layer may come out.
#[derive(Clone, Debug, PartialEq)]
struct Candidate<'k> {
    duty: Duty,
    cases: Vec<&'k Case>,
    /// Whether a setting has spoken of the layer.
    set: bool,
    /// The service, where several are possible.
    service: Option<&'k str>,
}

/// The answer for a layer, over everything that is possible for the resources of a group.
///
/// The order of the selections does not matter for the parties; it is that of the statements.
pub(crate) fn answer<'k>(service: &'k Service, selections: &[Selection<'k>], layer: Layer) -> LayerAnswer {
    let mut candidates: Vec<Candidate<'k>> = Vec::new();
    for selection in selections {
        let own = self::candidates(service, &selection.choices, layer);
        let others =
            selection.instead.iter().flat_map(|(other, choices)| self::candidates(other, choices, layer));
        for candidate in own.into_iter().chain(others) {
            if !candidates.iter().any(|known| known.duty == candidate.duty) {
                candidates.push(candidate);
            }
        }
    }
    if selections.iter().all(|selection| selection.instead.is_empty()) {
        candidates.iter_mut().for_each(|candidate| candidate.service = None);
    }
    let category = category_name(service, selections);
    let assigned: Vec<(&Candidate<'_>, &Assignment)> = candidates
        .iter()
        .filter_map(|candidate| match &candidate.duty {
            Duty::Assigned(assignment) => Some((candidate, assignment)),
            Duty::NotApplicable(_) => None,
        })
        .collect();
    let mut parties: Vec<Party> = assigned.iter().map(|(_, assignment)| assignment.party).collect();
    parties.sort();
    parties.dedup();
    let holder = match (parties.as_slice(), candidates.first()) {
        ([], Some(Candidate { duty: Duty::NotApplicable(reason), .. })) => {
            Holder::NotApplicable(reason.clone())
        }
        ([], _) => Holder::NotApplicable(String::new()),
        ([party], _) => Holder::Party(*party),
        _ => Holder::Undetermined(parties),
    };
    LayerAnswer {
        provision: statements(&assigned, |assignment| assignment.provision.as_deref()),
        responsibility: statements(&assigned, |assignment| assignment.responsibility.as_deref()),
        because: because(service, &candidates, &holder, &category, selections),
        sources: sources(&assigned),
        certain: assigned.len() == candidates.len(),
        holder,
    }
}

fn category_name(service: &Service, selections: &[Selection<'_>]) -> String {
    let choices = selections.iter().flat_map(|selection| &selection.choices);
    let own = choices.filter_map(|choice| match choice.possible.as_slice() {
        [case] => case.category,
        _ => None,
    });
    own.min().unwrap_or(service.category).as_str().to_owned()
}

/// Every way the layer may come out in a service, without repetition.
fn candidates<'k>(service: &'k Service, choices: &[Choice<'k>], layer: Layer) -> Vec<Candidate<'k>> {
    let has_variants = !service.variants.is_empty();
    let base = Candidate {
        duty: service.duty(layer).clone(),
        cases: Vec::new(),
        set: false,
        service: Some(&service.name),
    };
    let mut found = vec![base];
    let (variants, settings): (Vec<_>, Vec<_>) =
        choices.iter().partition(|choice| has_variants && choice.place == 0);
    for choice in variants {
        found = cross(&found, choice, layer, |old, duty| Candidate { duty: duty.clone(), ..old.clone() });
    }
    for choice in settings {
        // The first setting that speaks of a layer replaces what the service says of it; the next add to it.
        found = cross(&found, choice, layer, |old, duty| {
            let duty = if old.set { both(&old.duty, duty) } else { duty.clone() };
            Candidate { duty, set: true, ..old.clone() }
        });
    }
    found
}

fn cross<'k>(
    found: &[Candidate<'k>],
    choice: &Choice<'k>,
    layer: Layer,
    combine: impl Fn(&Candidate<'k>, &Duty) -> Candidate<'k>,
) -> Vec<Candidate<'k>> {
    let mut next: Vec<Candidate<'k>> = Vec::new();
    for candidate in found {
        for case in &choice.possible {
            let new = match case.duty(layer) {
                Some(duty) => {
                    let mut new = combine(candidate, duty);
                    new.cases.push(case);
                    new
                }
                None => candidate.clone(),
            };
            let known = next.iter().any(|other| other.duty == new.duty && other.set == new.set);
            if !known && next.len() < MAX_CANDIDATES {
                next.push(new);
            }
        }
    }
    next
}

/// Two settings at one layer: the parties and the statements of both.
fn both(old: &Duty, new: &Duty) -> Duty {
    let (Duty::Assigned(old), Duty::Assigned(new)) = (old, new) else {
        return if matches!(new, Duty::Assigned(_)) { new.clone() } else { old.clone() };
    };
    let join = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) if a != b => Some(format!("{a} {b}")),
        (a, b) => a.clone().or_else(|| b.clone()),
    };
    let mut sources = old.sources.clone();
    sources.extend(new.sources.iter().filter(|source| !old.sources.contains(source)).cloned());
    Duty::Assigned(Assignment {
        party: old.party.union(new.party),
        provision: join(&old.provision, &new.provision),
        responsibility: join(&old.responsibility, &new.responsibility),
        sources,
    })
}

/// One statement as it is; several, each with the case it belongs to.
fn statements(
    assigned: &[(&Candidate<'_>, &Assignment)],
    pick: impl Fn(&Assignment) -> Option<&str>,
) -> Option<String> {
    let mut distinct: Vec<(&Candidate<'_>, &str)> = Vec::new();
    for (candidate, assignment) in assigned {
        if let Some(text) = pick(assignment)
            && !distinct.iter().any(|(_, other)| *other == text)
        {
            distinct.push((candidate, text));
        }
    }
    match distinct.as_slice() {
        [] => None,
        [(_, text)] if assigned.len() == 1 || assigned.iter().all(|(_, a)| pick(a).is_some()) => {
            Some((*text).to_owned())
        }
        several => {
            let part =
                |(candidate, text): &(&Candidate<'_>, &str)| format!("If {}: {text}", titles(candidate));
            Some(several.iter().map(part).collect::<Vec<_>>().join(" "))
        }
    }
}

fn titles(candidate: &Candidate<'_>) -> String {
    let cases = candidate.cases.iter().map(|case| case.title.as_str());
    let words: Vec<&str> = candidate.service.into_iter().chain(cases).collect();
    if words.is_empty() { "otherwise configured".to_owned() } else { words.join(", ") }
}

/// A case's title; that of a setting after the setting's own, since `not enforced` alone says nothing.
fn in_context(service: &Service, case: &Case) -> String {
    let setting = service.settings.iter().find(|setting| setting.cases.iter().any(|own| own.id == case.id));
    setting.map_or_else(|| case.title.clone(), |setting| format!("{}: {}", setting.title, case.title))
}

fn because(
    service: &Service,
    candidates: &[Candidate<'_>],
    holder: &Holder,
    category: &str,
    selections: &[Selection<'_>],
) -> String {
    let applies = |candidate: &Candidate<'_>| candidate.duty.party().is_some();
    let open = candidates.iter().any(applies) && !candidates.iter().all(applies);
    if open || matches!(holder, Holder::Undetermined(_)) {
        let ways: Vec<String> = candidates
            .iter()
            .map(|candidate| {
                format!("{} {}", candidate.duty.party().map_or("nobody's", Party::as_str), titles(candidate))
            })
            .collect();
        let reasons: BTreeSet<String> = selections.iter().flat_map(Selection::reasons).collect();
        let more = reasons.len().saturating_sub(MAX_REASONS);
        let mut reasons: Vec<String> = reasons.into_iter().take(MAX_REASONS).collect();
        if more > 0 {
            reasons.push(format!("and {more} more"));
        }
        return format!("{} could be: {}; {}", service.short, ways.join(", "), reasons.join("; "));
    }
    match candidates.first() {
        Some(candidate) if candidates.len() == 1 && !candidate.cases.is_empty() => {
            let cases: Vec<String> = candidate.cases.iter().map(|case| in_context(service, case)).collect();
            format!("{}, {}", service.name, cases.join(", "))
        }
        _ => format!("{} is {} {category} service", service.name, article(category)),
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn sources(assigned: &[(&Candidate<'_>, &Assignment)]) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    for source in assigned.iter().flat_map(|(_, assignment)| &assignment.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    sources
}
