//! The attestations that `onus.yaml` registers.

use crate::error::{Mistakes, did_you_mean};
use crate::raw::{RawAttestation, RawBridgeLetter, RawPeriod};
use jiff::civil::Date;
use onus_model::{Attestation, BridgeLetter, Partition, Proof, Sha256, UnknownPartition};
use serde_saphyr::{Location, Spanned};

/// The most documents that a project may register: as many as an assessment keeps apart in one machine word per
/// service, and more than AWS Artifact lists.
pub const MAX_ATTESTATIONS: usize = 128;

pub(crate) fn read_all(raw: &[Spanned<RawAttestation>], mistakes: &mut Mistakes<'_>) -> Vec<Attestation> {
    if let Some(first) = raw.get(MAX_ATTESTATIONS) {
        mistakes.at(first.referenced, format!("more than {MAX_ATTESTATIONS} attestations are registered"));
    }
    raw.iter().take(MAX_ATTESTATIONS).filter_map(|raw| read(raw, mistakes)).collect()
}

fn read(raw: &Spanned<RawAttestation>, mistakes: &mut Mistakes<'_>) -> Option<Attestation> {
    let at = raw.referenced;
    let raw = &raw.value;
    for (name, text) in [("program", &raw.program), ("report", &raw.report), ("version", &raw.version)] {
        if text.value.trim().is_empty() {
            mistakes.at(text.referenced, format!("an attestation needs a `{name}`"));
        }
    }
    let proof = proof(raw, at, mistakes);
    let sha256 = digest(&raw.sha256, mistakes);
    let partition = raw.partition.as_ref().map(|word| partition(word, mistakes)).unwrap_or_default();
    for region in raw.regions.iter().filter(|region| Partition::of_region(&region.value) != partition) {
        let message = format!("region `{}` is not of partition `{partition}`", region.value);
        mistakes.at(region.referenced, message);
    }
    let letters = raw.bridge_letters.iter().filter_map(|letter| bridge_letter(letter, mistakes)).collect();
    Some(Attestation {
        program: raw.program.value.clone(),
        report: raw.report.value.clone(),
        proof: proof?,
        version: raw.version.value.clone(),
        sha256: sha256?,
        partition,
        regions: raw.regions.iter().map(|region| region.value.clone()).collect(),
        services: raw.services.as_ref().map(|services| sorted(&services.value)),
        bridge_letters: letters,
        line: raw.program.referenced.line() as u32,
    })
}

fn sorted(words: &[Spanned<String>]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| word.value.clone()).collect();
    words.sort();
    words.dedup();
    words
}

/// Exactly one of `period` and `issued`; `expires` belongs to `issued`.
fn proof(raw: &RawAttestation, at: Location, mistakes: &mut Mistakes<'_>) -> Option<Proof> {
    match (&raw.period, &raw.issued, &raw.expires) {
        (Some(period), None, None) => {
            let RawPeriod { from, to } = period.value;
            in_order(from, to, period.referenced, mistakes).then_some(Proof::Period { from, to })
        }
        (None, Some(issued), expires) => {
            let last = expires.as_ref().map_or(issued.value, |day| day.value);
            let place = expires.as_ref().map_or(issued.referenced, |day| day.referenced);
            in_order(issued.value, last, place, mistakes)
                .then_some(Proof::Issued { on: issued.value, expires: expires.as_ref().map(|day| day.value) })
        }
        _ => {
            let message = "an attestation has a `period`, or the day when it was `issued` and, if it says so, `expires`";
            mistakes.at(at, message);
            None
        }
    }
}

fn in_order(first: Date, last: Date, at: Location, mistakes: &mut Mistakes<'_>) -> bool {
    if last < first {
        mistakes.at(at, format!("{last} is before {first}"));
    }
    first <= last
}

pub(crate) fn digest(text: &Spanned<String>, mistakes: &mut Mistakes<'_>) -> Option<Sha256> {
    text.value.parse().map_err(|error| mistakes.at(text.referenced, format!("{error}"))).ok()
}

fn partition(word: &Spanned<String>, mistakes: &mut Mistakes<'_>) -> Partition {
    word.value.parse().unwrap_or_else(|UnknownPartition(wrong)| {
        let help = did_you_mean(&wrong, Partition::ALL.iter().map(|partition| partition.as_str()));
        mistakes.note(word.referenced, format!("`{wrong}` is not a partition"), help);
        Partition::default()
    })
}

fn bridge_letter(raw: &Spanned<RawBridgeLetter>, mistakes: &mut Mistakes<'_>) -> Option<BridgeLetter> {
    let letter = &raw.value;
    let sha256 = digest(&letter.sha256, mistakes);
    let ordered = in_order(letter.from, letter.to, raw.referenced, mistakes);
    sha256.filter(|_| ordered).map(|sha256| BridgeLetter { from: letter.from, to: letter.to, sha256 })
}
