//! Control origination: whose each control is, by the layers where it is decided.
//!
//! Per layer and relation the share of all services in use is worked out once ([`Basis`]); a statement is then the union
//! of what stands at its layers. A control without layers of its own has those of the controls that it maps to.

use crate::assessment::{
    Column, ControlAnswer, ControlCheck, Holder, LayerShare, LayerUse, Responsibility, StatementAnswer,
};
use crate::chain::{Chain, Said};
use crate::standing::Standing;
use onus_knowledge::Knowledge;
use onus_model::{
    Control, Framework, LAYER_COUNT, Layer, Party, PrimaryLayer, Provider, Relation, Share, Statement,
};
use std::collections::HashMap;

/// A sentence names no more services than this; the chart has them all.
const MAX_NAMED: usize = 12;

/// The relations by which tables are indexed; none where AWS has no part.
const RELATIONS: [Option<Relation>; 4] =
    [None, Some(Relation::Covers), Some(Relation::Enables), Some(Relation::Parallel)];

/// Where a relation stands in a row of a table.
const fn place(relation: Option<Relation>) -> usize {
    match relation {
        None => 0,
        Some(Relation::Covers) => 1,
        Some(Relation::Enables) => 2,
        Some(Relation::Parallel) => 3,
    }
}

/// The share at each layer, for each relation.
#[derive(Clone, Debug)]
pub struct ShareTable {
    rows: [[Share; RELATIONS.len()]; LAYER_COUNT],
}

impl ShareTable {
    /// A workload without a service. Each party's organization is its own; the workforce's devices and offices are the
    /// customer's where they are in the boundary.
    pub(crate) fn new(endpoints_in_boundary: bool) -> Self {
        let mut table = Self { rows: [[Share::default(); RELATIONS.len()]; LAYER_COUNT] };
        for relation in RELATIONS {
            table.rows[Layer::Organization.index()][place(relation)] = Share::of_organization(relation);
            if endpoints_in_boundary {
                table.rows[Layer::Endpoints.index()][place(relation)] = Share::of_endpoints();
            }
        }
        table
    }

    /// Adds a duty of a service, as far as it is in the boundary.
    pub(crate) fn add(&mut self, duty: &Responsibility, sites_in_boundary: bool) {
        self.add_holder(duty.layer, holder(duty, sites_in_boundary), duty.certain);
    }

    /// Adds a layer of a service with its holder; `certain` is whether the layer applies in every possible case.
    pub(crate) fn add_holder(&mut self, layer: Layer, holder: &Holder, certain: bool) {
        let parties: &[Party] = match holder {
            Holder::Party(party) => std::slice::from_ref(party),
            Holder::Undetermined(parties) => parties,
            Holder::NotApplicable(_) => return,
        };
        for relation in RELATIONS {
            let share = Share::of(parties, relation);
            let share = if certain { share } else { share.possibly() };
            let cell = &mut self.rows[layer.index()][place(relation)];
            *cell = cell.union(share);
        }
    }

    /// Adds another table.
    pub(crate) fn union(&mut self, other: &Self) {
        for (own, other) in self.rows.as_flattened_mut().iter_mut().zip(other.rows.as_flattened()) {
            *own = own.union(*other);
        }
    }

    /// The share at a layer under a relation.
    pub const fn at(&self, layer: Layer, relation: Option<Relation>) -> Share {
        self.rows[layer.index()][place(relation)]
    }

    /// The share of a statement.
    pub fn of(&self, layers: &[LayerShare]) -> Share {
        layers
            .iter()
            .map(|primary| self.at(primary.layer, primary.relation))
            .fold(Share::default(), Share::union)
    }
}

/// What the derivation rests on.
pub(crate) struct Basis<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) table: ShareTable,
    /// What providers say.
    pub(crate) chain: Chain<'a>,
    /// Who has each layer, as the beginning of a sentence; none where no service in use has it.
    phrases: Vec<Option<String>>,
}

impl<'a> Basis<'a> {
    pub(crate) fn new(
        knowledge: &'a Knowledge,
        columns: &[Column],
        responsibilities: &[Responsibility],
        uses: &[LayerUse],
        endpoints_in_boundary: bool,
        sites_in_boundary: bool,
    ) -> Self {
        let mut table = ShareTable::new(endpoints_in_boundary);
        responsibilities.iter().for_each(|duty| table.add(duty, sites_in_boundary));
        let mut phrases: Vec<Option<String>> = uses.iter().map(|used| phrase(used, columns)).collect();
        phrases[Layer::Organization.index()] = Some("organization: each party its own".to_owned());
        phrases[Layer::Endpoints.index()] =
            endpoints_in_boundary.then(|| "endpoints: in the boundary, so yours".to_owned());
        Self { knowledge, table, chain: Chain::default(), phrases }
    }

    /// The same with what providers say.
    pub(crate) fn with(self, providers: &'a [Provider]) -> Self {
        Self { chain: Chain::new(providers), ..self }
    }
}

/// Whose a duty is within the boundary. Some services reach to the customer's own site by their nature (a storage
/// gateway, the far end of a direct connection); while no such site is in the boundary, what stands there is no part of the
/// system, and AWS's end remains. A configuration that says where it runs is not second-guessed.
fn holder(duty: &Responsibility, sites_in_boundary: bool) -> &Holder {
    let of_site = matches!(duty.layer, Layer::Hardware | Layer::Facilities) && duty.variant.is_none();
    match duty.holder {
        Holder::Party(Party::Both) if of_site && !sites_in_boundary => &Holder::Party(Party::Aws),
        _ => &duty.holder,
    }
}

/// Who has each layer: the positions of the columns, by party.
pub(crate) fn uses(
    columns: &[Column],
    responsibilities: &[Responsibility],
    sites_in_boundary: bool,
) -> Vec<LayerUse> {
    let mut uses = vec![LayerUse::default(); LAYER_COUNT];
    for (at, column) in columns.iter().enumerate() {
        for cell in &column.cells {
            let used = &mut uses[cell.layer.index()];
            for row in cell.responsibilities.iter().map(|row| &responsibilities[*row]) {
                let list = match holder(row, sites_in_boundary) {
                    _ if !row.certain => &mut used.open,
                    Holder::Party(Party::Aws) => &mut used.aws,
                    Holder::Party(Party::Both) => &mut used.both,
                    Holder::Party(Party::Customer) => &mut used.customer,
                    Holder::Undetermined(_) | Holder::NotApplicable(_) => &mut used.open,
                };
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
    }
    uses
}

fn phrase(used: &LayerUse, columns: &[Column]) -> Option<String> {
    let lists = [
        ("AWS's in", &used.aws),
        ("both parties' in", &used.both),
        ("yours in", &used.customer),
        ("undetermined in", &used.open),
    ];
    let parts: Vec<String> = lists
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(words, list)| format!("{words} {}", named(list, columns)))
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn named(list: &[usize], columns: &[Column]) -> String {
    let mut names: Vec<&str> = list.iter().map(|at| columns[*at].heading.as_str()).collect();
    names.dedup();
    let more = names.len().saturating_sub(MAX_NAMED);
    names.truncate(MAX_NAMED);
    let names = names.join(", ");
    if more == 0 { names } else { format!("{names} and {more} more") }
}

/// The origination of every control of a framework.
pub(crate) fn derive(framework: &Framework, basis: &Basis<'_>) -> Vec<ControlAnswer> {
    let catalog = basis.knowledge.catalog(framework);
    let pivot = catalog.crosswalk.as_ref().and_then(|walk| basis.knowledge.framework(&walk.to));
    let controls: HashMap<&str, &Control> = pivot
        .map(|pivot| pivot.controls.iter().map(|control| (control.id.as_str(), control)).collect())
        .unwrap_or_default();
    let catalogs = Catalogs { own: &catalog.id, pivot: pivot.map_or("", |pivot| &pivot.id), controls };
    let controls = basis.knowledge.controls(framework);
    controls.into_iter().map(|control| answer(framework, control, &catalogs, basis)).collect()
}

/// Where a framework's controls are from, and what they map to.
struct Catalogs<'a> {
    own: &'a str,
    pivot: &'a str,
    /// The pivot's controls.
    controls: HashMap<&'a str, &'a Control>,
}

fn answer(
    framework: &Framework,
    control: &Control,
    catalogs: &Catalogs<'_>,
    basis: &Basis<'_>,
) -> ControlAnswer {
    let mapped: Vec<&Control> =
        control.maps.iter().filter_map(|id| catalogs.controls.get(id.as_str()).copied()).collect();
    let through = basis.chain.through(catalogs.pivot, &mapped, &basis.table);
    let statements: Vec<StatementAnswer> = control
        .statements
        .iter()
        .map(|own| {
            let layers = layers(own, &mapped, &basis.table);
            let mut said = basis.chain.of(catalogs.own, control, &own.id, basis.table.of(&layers));
            said.add(&through);
            statement(own, layers, said, basis)
        })
        .collect();
    let share = statements.iter().map(|statement| statement.share).fold(Share::default(), Share::union);
    ControlAnswer {
        framework: framework.id.clone(),
        control: control.id.clone(),
        title: control.title.clone(),
        group: control.group.clone(),
        gist: control.gist.clone(),
        withdrawn: control.withdrawn.clone(),
        policy: control.is_policy(),
        share,
        provision: control
            .provision
            .clone()
            .filter(|_| !matches!(share.parties().as_slice(), [Party::Customer] | [])),
        responsibility: control.responsibility.clone().filter(|_| share.may_have_customer()),
        because: because(&statements),
        statements,
        checks: checks(control, &mapped),
        standing: Standing::default(),
    }
}

/// The reasons of the statements, each once.
fn because(statements: &[StatementAnswer]) -> Vec<String> {
    let mut because: Vec<String> = Vec::new();
    for line in statements.iter().flat_map(|statement| &statement.because) {
        if !because.contains(line) {
            because.push(line.clone());
        }
    }
    because
}

fn statement(
    statement: &Statement,
    layers: Vec<LayerShare>,
    said: Said,
    basis: &Basis<'_>,
) -> StatementAnswer {
    let share = basis.table.of(&layers).union(said.share);
    let own = layers.iter().filter_map(|primary| line(primary, basis));
    StatementAnswer {
        id: statement.id.clone(),
        gist: statement.gist.clone(),
        share,
        because: own.chain(basis.chain.lines(&said)).collect(),
        layers,
        upstream: said.share,
        providers: said.uses,
        standing: Standing::default(),
    }
}

/// The layers of a statement: its own, or those of the controls that its control maps to, each once.
pub(crate) fn layers(statement: &Statement, mapped: &[&Control], table: &ShareTable) -> Vec<LayerShare> {
    let share = |primary: &PrimaryLayer, through: Option<&str>| LayerShare {
        layer: primary.layer,
        relation: primary.relation,
        reason: primary.reason.clone(),
        through: through.map(str::to_owned),
        share: table.at(primary.layer, primary.relation),
    };
    if !statement.layers.is_empty() {
        return statement.layers.iter().map(|primary| share(primary, None)).collect();
    }
    let mut layers: Vec<LayerShare> = Vec::new();
    for control in mapped {
        for primary in control.statements.iter().flat_map(|statement| &statement.layers) {
            let known =
                layers.iter().any(|other| other.layer == primary.layer && other.relation == primary.relation);
            if !known {
                layers.push(share(primary, Some(&control.id)));
            }
        }
    }
    layers
}

/// A sentence that names services, layer and relation; none where nothing in use has the layer.
fn line(primary: &LayerShare, basis: &Basis<'_>) -> Option<String> {
    let phrase = basis.phrases[primary.layer.index()].as_ref()?;
    let through = primary.through.as_ref().map(|id| format!(" (through {id})")).unwrap_or_default();
    Some(match primary.layer {
        Layer::Organization | Layer::Endpoints => format!("{phrase}. {}{through}", primary.reason),
        layer => {
            let relation = primary.relation.map_or("AWS has no part in it", relation_phrase);
            format!("{layer}: {phrase}; {relation}. {}{through}", primary.reason)
        }
    })
}

const fn relation_phrase(relation: Relation) -> &'static str {
    match relation {
        Relation::Covers => "where AWS does it, that covers it",
        Relation::Enables => "AWS supplies the mechanism",
        Relation::Parallel => "AWS does the same for itself",
    }
}

/// The checks that are evidence for a control: its own, or those of the controls that it maps to.
fn checks(control: &Control, mapped: &[&Control]) -> Vec<ControlCheck> {
    let own = control.checks.iter().map(|attachment| ControlCheck {
        check: attachment.check.clone(),
        source: attachment.source.clone(),
        through: None,
    });
    let mut checks: Vec<ControlCheck> = own.collect();
    if checks.is_empty() {
        for (control, attachment) in mapped
            .iter()
            .flat_map(|control| control.checks.iter().map(move |attachment| (control, attachment)))
        {
            if checks.iter().all(|known| known.check != attachment.check) {
                checks.push(ControlCheck {
                    check: attachment.check.clone(),
                    source: attachment.source.clone(),
                    through: Some(control.id.clone()),
                });
            }
        }
    }
    checks
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::{Class, Convention};

    #[test]
    fn a_layer_that_may_not_apply_is_no_more_than_possible() {
        let mut table = ShareTable::new(false);
        table.add_holder(Layer::GuestOs, &Holder::Party(Party::Customer), false);
        let share = table.at(Layer::GuestOs, None);
        assert_eq!(share.class(Convention::Aws), Class::Customer);
        assert!(share.is_open(Convention::Aws));
    }

    #[test]
    fn devices_count_only_in_the_boundary() {
        for relation in RELATIONS {
            let outside = ShareTable::new(false).at(Layer::Endpoints, relation);
            assert_eq!(outside.class(Convention::Fedramp), Class::NotApplicable);
            let inside = ShareTable::new(true).at(Layer::Endpoints, relation);
            assert_eq!(inside.class(Convention::Fedramp), Class::Customer);
        }
    }
}
