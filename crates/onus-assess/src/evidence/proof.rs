//! Which of AWS's work is proven, by which document.

use super::attestations::{AttestationState, AttestationUse};
use super::units::{Unit, Units};
use onus_knowledge::Knowledge;
use onus_model::{Attestation, Layer, Program};
use rustc_hash::FxHashMap;

/// Documents, one bit each by their position: a project registers no more than fit.
pub(super) type Documents = u128;

const _: () = assert!(onus_knowledge::MAX_ATTESTATIONS == Documents::BITS as usize);

/// How a document stands to a service in a region. What comes later says more about what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Bearing {
    /// It is about another partition.
    WrongPartition,
    /// The service is out of its scope.
    OutOfScope,
    /// It is not about the region.
    WrongRegion,
    /// It is about some regions, and which region this is, is not known.
    RegionUnknown,
    /// The list of its program's services does not name the service.
    ScopeUnknown,
    /// It would prove it, were its time already come.
    NotYetValid,
    /// It would prove it, had it not lapsed.
    Lapsed,
    /// It proves it.
    Proves,
}

/// What is proven of the services in use.
pub(crate) struct Proofs<'a> {
    pub(super) units: &'a Units,
    pub(super) uses: &'a [AttestationUse],
    pub(super) knowledge: &'a Knowledge,
    /// The services' short names, by id.
    pub(super) short: FxHashMap<&'a str, &'a str>,
    /// By unit: how each document stands to it.
    pub(super) bearings: Vec<Vec<Bearing>>,
    /// By unit: the documents that prove something of it.
    pub(super) proving: Vec<Documents>,
}

impl<'a> Proofs<'a> {
    pub(crate) fn new(units: &'a Units, uses: &'a [AttestationUse], knowledge: &'a Knowledge) -> Self {
        let of_unit = |unit| uses.iter().map(|used| bearing(unit, used, knowledge)).collect::<Vec<_>>();
        let bearings: Vec<Vec<Bearing>> = units.all.iter().map(of_unit).collect();
        let proves = |list: &Vec<Bearing>| {
            let proving = list.iter().enumerate().filter(|(_, bearing)| **bearing == Bearing::Proves);
            proving.fold(0, |bits, (at, _)| bits | bit(at))
        };
        let proving = bearings.iter().map(proves).collect();
        let short = knowledge.services.iter().map(|own| (own.id.as_str(), own.short.as_str())).collect();
        Self { units, uses, knowledge, short, bearings, proving }
    }

    /// The documents whose programs support a layer in any of the frameworks.
    pub(super) fn supporting(&self, frameworks: &[&str], layer: Layer) -> Documents {
        let mut bits = 0;
        for (at, used) in self.uses.iter().enumerate() {
            let Some(program) = self.knowledge.program(&used.attestation.program) else { continue };
            let by_framework = program.supports.frameworks.iter().any(|id| frameworks.contains(&id.as_str()));
            if by_framework || program.supports.layers.contains(&layer) {
                bits |= bit(at);
            }
        }
        bits
    }
}

pub(super) const fn bit(at: usize) -> Documents {
    1 << at
}

fn bearing(unit: &Unit, used: &AttestationUse, knowledge: &Knowledge) -> Bearing {
    let Some(program) = knowledge.program(&used.attestation.program) else { return Bearing::WrongPartition };
    match in_scope(unit, &used.attestation, program) {
        Bearing::Proves => match used.state {
            AttestationState::NotYetValid => Bearing::NotYetValid,
            AttestationState::Lapsed => Bearing::Lapsed,
            _ => Bearing::Proves,
        },
        other => other,
    }
}

/// [`Bearing::Proves`] where a document would prove it if it were valid.
fn in_scope(unit: &Unit, attestation: &Attestation, program: &Program) -> Bearing {
    if unit.partition() != attestation.partition {
        return Bearing::WrongPartition;
    }
    let named = match &attestation.services {
        Some(own) => Some(own.binary_search(&unit.service).is_ok()),
        None => program.scope(attestation.partition).and_then(|scope| scope.says(&unit.service)),
    };
    match (named, &unit.region) {
        (Some(false), _) => Bearing::OutOfScope,
        (None, _) => Bearing::ScopeUnknown,
        _ if attestation.regions.is_empty() => Bearing::Proves,
        (_, None) => Bearing::RegionUnknown,
        (_, Some(region)) if attestation.regions.contains(region) => Bearing::Proves,
        _ => Bearing::WrongRegion,
    }
}
