//! The duties of a workload, and the chart they make.

use crate::assessment::{Cell, Column, Holder, Placement, Responsibility};
use crate::duty;
use crate::placement::{Belonging, Choice, Selection, Services};
use onus_check::Index;
use onus_knowledge::Knowledge;
use onus_model::{Category, Layer, Party, Resource, Service, Workload};
use std::collections::{BTreeMap, BTreeSet};

/// Services, variants and duties of a workload.
pub(crate) struct Derived {
    pub(crate) placements: Vec<Placement>,
    pub(crate) columns: Vec<Column>,
    pub(crate) responsibilities: Vec<Responsibility>,
}

/// Resources of one service that are configured alike, as far as duties go.
struct Group<'k> {
    service: usize,
    label: Option<String>,
    /// The variant that makes the column: the case's id, `undetermined`, or none.
    column: Option<String>,
    resources: Vec<usize>,
    selections: Vec<Selection<'k>>,
}

/// Places every resource and derives the duties.
pub(crate) fn derive(
    workload: &Workload,
    knowledge: &Knowledge,
    services: &Services<'_>,
    index: &Index<'_>,
    sites: bool,
) -> Derived {
    let belongings: Vec<Option<Belonging>> =
        workload.resources.iter().map(|resource| services.service_of(index, resource)).collect();
    let mut selections = select(&workload.resources, &belongings, services, index);
    let placed: Vec<Option<usize>> =
        belongings.iter().map(|belonging| belonging.as_ref().map(|belonging| belonging.service)).collect();
    widen_undecided(knowledge, &placed, &mut selections, sites);

    let mut placements = Vec::with_capacity(placed.len());
    let mut groups: BTreeMap<(usize, Option<String>), Group<'_>> = BTreeMap::new();
    for (at, (service, selection)) in placed.iter().zip(selections).enumerate() {
        let Some(service) = *service else {
            placements.push(Placement { service: None, variant: None, reasons: Vec::new(), column: None });
            continue;
        };
        let facts = &knowledge.services[service];
        let label = selection.label(!facts.variants.is_empty());
        placements.push(Placement {
            service: Some(facts.id.clone()),
            variant: label.clone(),
            reasons: selection.reasons(),
            column: None,
        });
        add(&mut groups, facts, service, label, Some(at), selection);
    }
    add_named(workload, knowledge, &mut groups, sites);

    let mut responsibilities = Vec::new();
    let columns = columns(knowledge, groups, &mut responsibilities);
    for (place, column) in columns.iter().enumerate() {
        for resource in &column.resources {
            placements[*resource].column = Some(place);
        }
    }
    Derived { placements, columns, responsibilities }
}

fn select<'k>(
    resources: &[Resource],
    belongings: &[Option<Belonging>],
    services: &Services<'k>,
    index: &Index<'_>,
) -> Vec<Selection<'k>> {
    let pairs = resources.iter().zip(belongings);
    pairs
        .map(|(resource, belonging)| match belonging {
            Some(belonging) => services.select(belonging, index, resource),
            None => Selection::of(Vec::new()),
        })
        .collect()
}

/// A service of which no resource decides the variant can be any of them: only its cluster is there, say.
/// What its settings move stays at the service's base, which is how AWS has it unless told otherwise.
fn widen_undecided<'k>(
    knowledge: &'k Knowledge,
    placed: &[Option<usize>],
    selections: &mut [Selection<'k>],
    sites: bool,
) {
    let decided: BTreeSet<usize> = placed
        .iter()
        .zip(selections.iter())
        .filter(|(_, selection)| selection.choices.iter().any(|choice| choice.place == 0))
        .filter_map(|(service, _)| *service)
        .collect();
    for (service, selection) in placed.iter().zip(selections) {
        if let Some(service) = service
            && !decided.contains(service)
        {
            selection.choices.extend(Services::any_variant(&knowledge.services[*service], sites));
        }
    }
}

fn add<'k>(
    groups: &mut BTreeMap<(usize, Option<String>), Group<'k>>,
    facts: &Service,
    service: usize,
    label: Option<String>,
    resource: Option<usize>,
    selection: Selection<'k>,
) {
    let column = column_of(facts, &selection);
    // Undetermined in different variants are different columns.
    let key =
        (service, label.clone().map(|label| format!("{}/{label}", column.as_deref().unwrap_or_default())));
    let group = groups.entry(key).or_insert_with(|| Group {
        service,
        label,
        column,
        resources: Vec::new(),
        selections: Vec::new(),
    });
    group.resources.extend(resource);
    match group.selections.binary_search_by_key(&identity(&selection), identity) {
        // What is possible is the same; why it is not decided may differ.
        Ok(place) => group.selections[place].absorb(selection),
        Err(place) => group.selections.insert(place, selection),
    }
}

/// What tells selections apart, and puts them in an order that is not that of the resources.
fn identity(selection: &Selection<'_>) -> Vec<(String, usize, Vec<String>)> {
    let of = |service: &str, choices: &[Choice<'_>]| -> Vec<_> {
        let ids = |choice: &Choice<'_>| choice.possible.iter().map(|case| case.id.clone()).collect();
        choices.iter().map(|choice| (service.to_owned(), choice.place, ids(choice))).collect()
    };
    let mut key = of("", &selection.choices);
    for (service, choices) in &selection.instead {
        key.push((service.id.clone(), 0, Vec::new()));
        key.extend(of(&service.id, choices));
    }
    key
}

fn column_of(facts: &Service, selection: &Selection<'_>) -> Option<String> {
    if facts.variants.is_empty() {
        return None;
    }
    let variants = selection.choices.iter().find(|choice| choice.place == 0)?;
    match variants.possible.as_slice() {
        [case] => Some(case.id.clone()),
        _ => Some("undetermined".to_owned()),
    }
}

/// Adds the services that were only named, unless they are in use anyway.
fn add_named<'k>(
    workload: &Workload,
    knowledge: &'k Knowledge,
    groups: &mut BTreeMap<(usize, Option<String>), Group<'k>>,
    sites: bool,
) {
    for word in &workload.services {
        let Some(service) = knowledge.service(word) else { continue };
        let place = knowledge
            .services
            .iter()
            .position(|other| other.id == service.id)
            .expect("INVARIANT: found in the same list");
        if groups.keys().all(|(other, _)| *other != place) {
            let selection = Selection::of(Services::any_variant(service, sites).into_iter().collect());
            add(groups, service, place, selection.label(!service.variants.is_empty()), None, selection);
        }
    }
}

fn columns(
    knowledge: &Knowledge,
    groups: BTreeMap<(usize, Option<String>), Group<'_>>,
    responsibilities: &mut Vec<Responsibility>,
) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut without_column = Vec::new();
    let decides = |group: &Group<'_>| group.selections.iter().any(|selection| !selection.choices.is_empty());
    let columns_of_service: BTreeSet<usize> =
        groups.values().filter(|group| decides(group)).map(|group| group.service).collect();
    for group in groups.into_values() {
        let facts = &knowledge.services[group.service];
        let decides = decides(&group);
        let first = responsibilities.len();
        let silent = !decides && columns_of_service.contains(&group.service);
        add_rows(facts, &group, silent, responsibilities);
        if !decides && columns_of_service.contains(&group.service) {
            without_column.push((facts.id.clone(), group.resources, first..responsibilities.len()));
            continue;
        }
        let rows = first..responsibilities.len();
        match columns.iter_mut().find(|column| column.service == facts.id && column.variant == group.column) {
            Some(column) => {
                column.resources.extend(&group.resources);
                add_cells(column, rows, responsibilities);
            }
            None => {
                let mut column = new_column(facts, &group);
                add_cells(&mut column, rows, responsibilities);
                columns.push(column);
            }
        }
    }
    // Resources that say nothing about the variant stand with the first column of their service.
    for (service, resources, rows) in without_column {
        if let Some(column) = columns.iter_mut().find(|column| column.service == service) {
            column.resources.extend(resources);
            for row in rows {
                let layer = responsibilities[row].layer;
                column.cells[layer.index()].responsibilities.push(row);
            }
        }
    }
    for column in &mut columns {
        column.resources.sort_unstable();
    }
    columns.sort_by_key(|column| {
        (column.category, customer_depth(column), column.name.clone(), column.heading.clone())
    });
    columns
}

/// Within a category, the column in which the customer's part reaches deepest comes first, so that the staircase
/// rises; of those that reach as deep, the one with the most duties of the customer's.
fn customer_depth(column: &Column) -> std::cmp::Reverse<(usize, usize)> {
    let theirs = || column.cells.iter().filter(|cell| cell.holder.may_have_customer());
    let deepest = theirs().map(|cell| cell.layer.index()).max().unwrap_or_default();
    std::cmp::Reverse((deepest, theirs().count()))
}

fn new_column(facts: &Service, group: &Group<'_>) -> Column {
    let case = group.column.as_ref().and_then(|id| facts.variants.iter().find(|case| case.id == *id));
    let heading = match (&case, &group.column) {
        (Some(case), _) => format!("{} {}", facts.short, case.title),
        (None, Some(_)) => format!("{} (undetermined)", facts.short),
        (None, None) => facts.short.clone(),
    };
    let cells = Layer::ALL.into_iter().filter(|layer| layer.is_of_service());
    Column {
        service: facts.id.clone(),
        name: facts.name.clone(),
        heading,
        variant: group.column.clone(),
        category: case.and_then(|case| case.category).unwrap_or_else(|| widest_category(facts, group)),
        resources: group.resources.clone(),
        cells: cells
            .map(|layer| Cell {
                layer,
                holder: Holder::NotApplicable(not_applicable(facts, layer)),
                state: None,
                findings: Vec::new(),
                passed: 0,
                responsibilities: Vec::new(),
            })
            .collect(),
    }
}

/// Where the variant is undetermined, the category with the most duties for the customer.
fn widest_category(facts: &Service, group: &Group<'_>) -> Category {
    let possible =
        group.selections.iter().flat_map(|selection| &selection.choices).filter(|choice| choice.place == 0);
    possible
        .flat_map(|choice| &choice.possible)
        .map(|case| case.category.unwrap_or(facts.category))
        .min()
        .unwrap_or(facts.category)
}

fn not_applicable(facts: &Service, layer: Layer) -> String {
    match facts.duty(layer) {
        onus_model::Duty::NotApplicable(reason) => reason.clone(),
        onus_model::Duty::Assigned(_) => String::new(),
    }
}

/// Merges duties into the cells: two definite parties unite, an undetermined one stays so.
fn add_cells(column: &mut Column, rows: std::ops::Range<usize>, responsibilities: &[Responsibility]) {
    for row in rows {
        let responsibility = &responsibilities[row];
        let cell = &mut column.cells[responsibility.layer.index()];
        cell.holder = unite(&cell.holder, &responsibility.holder);
        cell.responsibilities.push(row);
    }
}

pub(crate) fn unite(a: &Holder, b: &Holder) -> Holder {
    match (a, b) {
        (Holder::NotApplicable(_), other) | (other, Holder::NotApplicable(_)) => other.clone(),
        (Holder::Party(a), Holder::Party(b)) => Holder::Party(a.union(*b)),
        (Holder::Undetermined(parties), Holder::Party(party))
        | (Holder::Party(party), Holder::Undetermined(parties)) => {
            widened(parties.iter().map(|other| party.union(*other)))
        }
        (Holder::Undetermined(a), Holder::Undetermined(b)) => {
            widened(a.iter().flat_map(|a| b.iter().map(|b| a.union(*b))))
        }
    }
}

fn widened(parties: impl Iterator<Item = Party>) -> Holder {
    let parties: BTreeSet<Party> = parties.collect();
    let parties: Vec<Party> = parties.into_iter().collect();
    match parties.as_slice() {
        [party] => Holder::Party(*party),
        _ => Holder::Undetermined(parties),
    }
}

/// One duty per layer that applies to the group.
fn add_rows(facts: &Service, group: &Group<'_>, silent: bool, responsibilities: &mut Vec<Responsibility>) {
    for layer in Layer::ALL.into_iter().filter(|layer| layer.is_of_service()) {
        // What a choice moves is for the resources to say that decide it, where there are some.
        if silent && moved_by_any(facts, layer) {
            continue;
        }
        let answer = duty::answer(facts, &group.selections, layer);
        if matches!(answer.holder, Holder::NotApplicable(_)) {
            continue;
        }
        responsibilities.push(Responsibility {
            service: facts.id.clone(),
            variant: group.label.clone(),
            layer,
            holder: answer.holder,
            certain: answer.certain,
            provision: answer.provision,
            responsibility: answer.responsibility,
            state: None,
            because: answer.because,
            resources: group.resources.clone(),
            sources: answer.sources,
        });
    }
}

fn moved_by_any(facts: &Service, layer: Layer) -> bool {
    facts.choices().flatten().any(|case| case.layers.iter().any(|(at, _)| *at == layer))
}
