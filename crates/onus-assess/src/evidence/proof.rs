//! Which of AWS's work is proven, by which document.

use super::attestations::AttestationUse;
use super::bearing::Bearing;
use super::units::Units;
use onus_knowledge::Knowledge;
use onus_model::Layer;
use rustc_hash::FxHashMap;

/// Documents, one bit each by their position: a project registers no more than fit.
pub(super) type Documents = u128;

const _: () = assert!(onus_knowledge::MAX_ATTESTATIONS == Documents::BITS as usize);

/// What is proven of the services in use.
pub(crate) struct Proofs<'a> {
    pub(super) units: &'a Units,
    pub(super) uses: &'a [AttestationUse],
    pub(super) knowledge: &'a Knowledge,
    /// The services' short names, by id.
    pub(super) short: FxHashMap<&'a str, &'a str>,
    /// By unit: the documents that prove something of it.
    pub(super) proving: Vec<Documents>,
}

impl<'a> Proofs<'a> {
    pub(crate) fn new(units: &'a Units, uses: &'a [AttestationUse], knowledge: &'a Knowledge) -> Self {
        let proving = (0..units.all.len()).map(|unit| {
            let proves = |used: &AttestationUse| used.services[unit].bearing == Bearing::Proves;
            let documents = uses.iter().enumerate().filter(|(_, used)| proves(used));
            documents.fold(0, |bits, (at, _)| bits | bit(at))
        });
        let proving = proving.collect();
        let short = knowledge.services.iter().map(|own| (own.id.as_str(), own.short.as_str())).collect();
        Self { units, uses, knowledge, short, proving }
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
