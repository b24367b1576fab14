//! AWS's part in a statement: what of it is proven, and why the rest is not.

use super::attestations::AttestationState;
use super::bearing::Bearing;
use super::listed;
use super::proof::{Documents, Proofs, bit};
use super::units::DISCHARGING;
use crate::assessment::LayerShare;
use crate::standing::Status;
use onus_model::{Framework, LAYER_COUNT, Layer};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What is known of AWS's part in a statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct AwsPart {
    /// Whether all of it is proven.
    pub(crate) whole: bool,
    /// Whether some of it is.
    pub(crate) some: bool,
    pub(crate) evidence: Vec<String>,
    pub(crate) missing: Vec<String>,
}

/// [`Proofs`] for the statements of one framework.
pub(crate) struct FrameworkProofs<'a> {
    proofs: &'a Proofs<'a>,
    title: String,
    catalog: String,
    supports: [Documents; LAYER_COUNT],
    /// Statements share few sets of layers, so that each set is asked for once.
    known: FxHashMap<u64, AwsPart>,
}

/// Why AWS's part in a service is not proven: the document that comes nearest, if any does.
type Lack = Option<(Bearing, usize, String)>;

impl AwsPart {
    pub(crate) const fn status(&self) -> Status {
        match (self.whole, self.some) {
            (true, _) => Status::Satisfied,
            (false, true) => Status::PartlySatisfied,
            (false, false) => Status::NotAssessed,
        }
    }
}

impl<'a> FrameworkProofs<'a> {
    pub(crate) fn new(proofs: &'a Proofs<'a>, framework: &Framework) -> Self {
        let catalog = proofs.knowledge.catalog(framework);
        Self {
            proofs,
            title: framework.title.clone(),
            catalog: catalog.id.clone(),
            supports: Layer::ALL.map(|layer| proofs.supporting(&[&framework.id, &catalog.id], layer)),
            known: FxHashMap::default(),
        }
    }

    /// The id of the framework that has the controls.
    pub(crate) fn catalog(&self) -> &str {
        &self.catalog
    }

    /// AWS's part in a statement that is decided at these layers.
    pub(crate) fn part(&mut self, layers: &[LayerShare]) -> &AwsPart {
        let mut key = 0_u64;
        for primary in layers.iter().filter(|primary| primary.share.may_be_covered()) {
            let place = DISCHARGING.iter().position(|relation| Some(*relation) == primary.relation);
            key |= place.map_or(0, |place| 1 << (primary.layer.index() * DISCHARGING.len() + place));
        }
        if !self.known.contains_key(&key) {
            let part = self.derive(key);
            self.known.insert(key, part);
        }
        &self.known[&key]
    }

    fn derive(&self, key: u64) -> AwsPart {
        let proofs = self.proofs;
        if proofs.uses.is_empty() {
            let missing = vec!["AWS's part is unproven: no attestation is registered".to_owned()];
            return AwsPart { missing, ..AwsPart::default() };
        }
        let mut proven: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut lacking: BTreeMap<Lack, Vec<usize>> = BTreeMap::new();
        for (layer, place) in places(key) {
            let supporting = self.supports[layer.index()];
            for unit in proofs.units.covered(layer, place) {
                let documents = proofs.proving[*unit] & supporting;
                if documents == 0 {
                    lacking.entry(self.lack(*unit, supporting)).or_default().push(*unit);
                } else {
                    proven.entry(documents.trailing_zeros() as usize).or_default().push(*unit);
                }
            }
        }
        let (whole, some) = (lacking.is_empty() && !proven.is_empty(), !proven.is_empty());
        AwsPart {
            whole,
            some,
            evidence: proven.into_iter().map(|(at, units)| self.proof_phrase(at, units)).collect(),
            missing: lacking.into_iter().map(|(lack, units)| self.lack_phrase(lack, units)).collect(),
        }
    }

    /// The services of some units, each once, in the order of the report.
    fn names(&self, mut units: Vec<usize>) -> String {
        units.sort_unstable();
        let mut seen = FxHashSet::default();
        let services = units.iter().map(|unit| self.proofs.units.all[*unit].service.as_str());
        let names: Vec<&str> = services.filter(|id| seen.insert(*id)).map(|id| self.name(id)).collect();
        listed(&names)
    }

    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.proofs.short.get(id).copied().unwrap_or(id)
    }

    /// The nearest of the documents that support it, and what a phrase has to say beside.
    fn lack(&self, unit: usize, supporting: Documents) -> Lack {
        let bearings = self.proofs.uses.iter().map(|used| used.services[unit].bearing).enumerate();
        let supported = bearings.filter(|(at, _)| supporting & bit(*at) != 0);
        // Of equals the first, whatever their number.
        let (at, bearing) = supported.max_by_key(|(at, bearing)| (*bearing, std::cmp::Reverse(*at)))?;
        let unit = &self.proofs.units.all[unit];
        let detail = match bearing {
            Bearing::WrongPartition => unit.partition().to_string(),
            Bearing::WrongRegion => unit.region.clone().unwrap_or_default(),
            _ => String::new(),
        };
        Some((bearing, at, detail))
    }

    fn proof_phrase(&self, at: usize, units: Vec<usize>) -> String {
        let used = &self.proofs.uses[at];
        let until = used.until.map(|day| format!(", valid until {day}")).unwrap_or_default();
        let old = match used.scope_as_of {
            Some(day) if used.scope_is_old => format!(", by an old list of services of {day}"),
            _ => String::new(),
        };
        let gap = match used.state {
            AttestationState::Gap { from, to } => format!(", after a gap from {from} to {to}"),
            _ => String::new(),
        };
        format!("AWS's part in {}: {}{until}{old}{gap}", self.names(units), used.title())
    }

    fn lack_phrase(&self, lack: Lack, units: Vec<usize>) -> String {
        let names = self.names(units);
        let Some((bearing, at, detail)) = lack else {
            return format!(
                "AWS's part in {names} is unproven: no registered attestation supports {}",
                self.title
            );
        };
        let used = &self.proofs.uses[at];
        let title = used.title();
        let list = match (used.scope_as_of, &used.attestation.services) {
            (Some(day), _) => format!("its list of services of {day}"),
            (None, Some(_)) => "the services of the document".to_owned(),
            (None, None) => format!("any list of its services in partition {}", used.attestation.partition),
        };
        let why = match bearing {
            Bearing::WrongPartition => {
                format!("{title} is about partition {}, not {detail}", used.attestation.partition)
            }
            Bearing::OutOfScope => format!("out of scope of {title}, by {list}"),
            Bearing::WrongRegion => format!("{title} is not about region {detail}"),
            Bearing::RegionUnknown => {
                format!("{title} is about some regions, and which they run in is not known")
            }
            Bearing::ScopeUnknown => {
                format!("whether {title} is about them is not known: not named in {list}")
            }
            Bearing::NotYetValid => {
                format!("{title} proves nothing before {}", used.attestation.proof.first())
            }
            Bearing::Lapsed | Bearing::Proves => {
                format!("{title} lapsed{}", used.until.map(|day| format!(" on {day}")).unwrap_or_default())
            }
        };
        format!("AWS's part in {names} is unproven: {why}")
    }
}

/// The layers, and places in [`DISCHARGING`], that a key stands for.
fn places(key: u64) -> impl Iterator<Item = (Layer, usize)> {
    let bits = DISCHARGING.len();
    Layer::ALL.into_iter().flat_map(move |layer| {
        (0..bits)
            .filter(move |place| key & (1 << (layer.index() * bits + place)) != 0)
            .map(move |place| (layer, place))
    })
}
