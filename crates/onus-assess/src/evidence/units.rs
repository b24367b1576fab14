//! Where each service runs: what AWS's part has to be proven for.

use crate::assessment::{Column, Holder, Responsibility};
use onus_model::{LAYER_COUNT, Partition, Party, Relation, Resource, Share};
use rustc_hash::FxHashMap;

/// A service in a region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Unit {
    /// The service's id.
    pub(crate) service: String,
    /// The region, where it is known.
    pub(crate) region: Option<String>,
}

impl Unit {
    /// The partition; the commercial one where nothing says otherwise, as readers take it too.
    pub(crate) fn partition(&self) -> Partition {
        self.region.as_deref().map(Partition::of_region).unwrap_or_default()
    }
}

/// The relations under which AWS can discharge something.
pub(crate) const DISCHARGING: [Relation; 2] = [Relation::Covers, Relation::Enables];

/// The services in use by region, and which of them AWS has work to prove for at each layer.
#[derive(Debug, Default)]
pub(crate) struct Units {
    pub(crate) all: Vec<Unit>,
    /// By layer and place in [`DISCHARGING`]: positions in `all`, ascending.
    covered: Vec<[Vec<usize>; DISCHARGING.len()]>,
}

impl Units {
    pub(crate) fn new(
        columns: &[Column],
        responsibilities: &[Responsibility],
        resources: &[Resource],
        region: Option<&str>,
    ) -> Self {
        let mut units = Self { all: Vec::new(), covered: vec![Default::default(); LAYER_COUNT] };
        let by_resource = units.place(columns, resources, region);
        let mut rows: Vec<[Vec<bool>; DISCHARGING.len()]> =
            vec![[vec![false; units.all.len()], vec![false; units.all.len()]]; LAYER_COUNT];
        let named = units.named();
        for duty in responsibilities {
            let covered = DISCHARGING.map(|relation| is_covered(&duty.holder, relation));
            for (row, _) in rows[duty.layer.index()].iter_mut().zip(covered).filter(|(_, covered)| *covered) {
                if duty.resources.is_empty() {
                    named.get(&duty.service).into_iter().for_each(|unit| row[*unit] = true);
                }
                duty.resources.iter().for_each(|resource| row[by_resource[*resource]] = true);
            }
        }
        let marked = |row: &Vec<bool>| (0..row.len()).filter(|at| row[*at]).collect();
        units.covered = rows.iter().map(|pair| [marked(&pair[0]), marked(&pair[1])]).collect();
        units
    }

    /// The units whose AWS part counts at a layer under a relation.
    pub(crate) fn covered(&self, layer: onus_model::Layer, relation: usize) -> &[usize] {
        &self.covered[layer.index()][relation]
    }

    /// Finds the units of all resources and of services that are only named; gives that of each resource.
    fn place(&mut self, columns: &[Column], resources: &[Resource], region: Option<&str>) -> Vec<usize> {
        let mut known: FxHashMap<(&str, Option<&str>), usize> = FxHashMap::default();
        let mut by_resource = vec![0; resources.len()];
        for column in columns {
            let mut place = |region| {
                *known.entry((column.service.as_str(), region)).or_insert_with(|| {
                    let region = region.map(str::to_owned);
                    self.all.push(Unit { service: column.service.clone(), region });
                    self.all.len() - 1
                })
            };
            if column.resources.is_empty() {
                place(region);
            }
            for resource in &column.resources {
                by_resource[*resource] = place(resources[*resource].region.as_deref().or(region));
            }
        }
        by_resource
    }

    /// The first unit of each service.
    fn named(&self) -> FxHashMap<String, usize> {
        let mut named = FxHashMap::default();
        for (at, unit) in self.all.iter().enumerate() {
            named.entry(unit.service.clone()).or_insert(at);
        }
        named
    }
}

/// Whether AWS discharges something at a layer with this holder, in a case that is possible.
fn is_covered(holder: &Holder, relation: Relation) -> bool {
    let covers = |party: &Party| Share::at(*party, Some(relation)).may_be_covered();
    match holder {
        Holder::Party(party) => covers(party),
        Holder::Undetermined(parties) => parties.iter().any(covers),
        Holder::NotApplicable(_) => false,
    }
}
