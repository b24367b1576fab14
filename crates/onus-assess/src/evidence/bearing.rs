//! How each document stands to each service in use.

use super::attestations::{AttestationState, AttestationUse};
use super::units::{Unit, Units};
use onus_knowledge::Knowledge;
use onus_model::{Attestation, Program};

/// How a document stands to a service in a region. What comes later says more about what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearing {
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

impl Bearing {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WrongPartition => "wrong-partition",
            Self::OutOfScope => "out-of-scope",
            Self::WrongRegion => "wrong-region",
            Self::RegionUnknown => "region-unknown",
            Self::ScopeUnknown => "scope-unknown",
            Self::NotYetValid => "not-yet-valid",
            Self::Lapsed => "lapsed",
            Self::Proves => "proves",
        }
    }
}

/// A service in use in a region, and how a document stands to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceBearing {
    /// The service's id.
    pub service: String,
    /// The region, where it is known.
    pub region: Option<String>,
    /// How the document stands to it, whatever layers and frameworks its program supports.
    pub bearing: Bearing,
}

/// Fills in how each document stands to each unit, in their order.
pub(crate) fn fill(uses: &mut [AttestationUse], units: &Units, knowledge: &Knowledge) {
    for used in uses {
        let program = knowledge.program(&used.attestation.program);
        let of_unit = |unit: &Unit| ServiceBearing {
            service: unit.service.clone(),
            region: unit.region.clone(),
            // A document of no program is about nothing that is known.
            bearing: program.map_or(Bearing::ScopeUnknown, |program| bearing(unit, used, program)),
        };
        used.services = units.all.iter().map(of_unit).collect();
    }
}

fn bearing(unit: &Unit, used: &AttestationUse, program: &Program) -> Bearing {
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
