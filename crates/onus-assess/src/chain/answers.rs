//! What providers say of a statement, and the share that it gives.

use super::ProviderUse;
use crate::controls::ShareTable;
use onus_model::{Control, Inherited, Provider, Seen, Share, Statement};
use std::collections::HashMap;

/// Parts: the provider, and the place among its parts.
type Places = Vec<(usize, usize)>;

/// The providers' parts, by framework and control.
#[derive(Default)]
pub(crate) struct Chain<'a> {
    pub(crate) providers: &'a [Provider],
    parts: HashMap<&'a str, HashMap<&'a str, Places>>,
}

/// What providers say of a statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// The share that it adds.
    pub(crate) share: Share,
    /// Where it is said.
    pub(crate) uses: Vec<ProviderUse>,
}

impl Said {
    /// Adds what is said elsewhere, each place once.
    pub(crate) fn add(&mut self, other: &Self) {
        self.share = self.share.union(other.share);
        for found in &other.uses {
            let known = |known: &ProviderUse| known.provider == found.provider && known.part == found.part;
            if !self.uses.iter().any(known) {
                self.uses.push(found.clone());
            }
        }
    }
}

impl<'a> Chain<'a> {
    pub(crate) fn new(providers: &'a [Provider]) -> Self {
        let mut parts: HashMap<&str, HashMap<&str, Places>> = HashMap::new();
        for (at, provider) in providers.iter().enumerate() {
            for (place, part) in provider.parts.iter().enumerate() {
                let of_framework = parts.entry(&part.framework).or_default();
                of_framework.entry(&part.control).or_default().push((at, place));
            }
        }
        Self { providers, parts }
    }

    /// The parts that speak of a control or of its statements: provider, and place among its parts.
    pub(crate) fn about(&self, framework: &str, control: &str) -> &[(usize, usize)] {
        self.parts.get(framework).and_then(|own| own.get(control)).map_or(&[], Vec::as_slice)
    }

    /// What is said of a statement: by each provider of the statement itself, else of its control.
    pub(crate) fn of(&self, framework: &str, control: &str, statement: &str, own: Share) -> Said {
        let parts = self.about(framework, control);
        if parts.is_empty() {
            return Said::default();
        }
        let about =
            |(provider, part): &(usize, usize)| self.providers[*provider].parts[*part].statement.as_deref();
        let uses: Vec<ProviderUse> = parts
            .iter()
            .filter(|found| match about(found) {
                Some(id) => id == statement,
                None => !parts.iter().any(|other| other.0 == found.0 && about(other) == Some(statement)),
            })
            .map(|(provider, part)| ProviderUse { provider: *provider, part: *part, through: None })
            .collect();
        let answers = || uses.iter().map(|found| self.part(found).inherited);
        let mut share = answers().map(Share::of_provider).fold(Share::default(), Share::union);
        if !own.union(share).is_anybodys() && answers().any(|answer| answer == Inherited::No) {
            share.system = Seen::Possible;
        }
        Said { share, uses }
    }

    /// What is said of the controls that another maps to.
    pub(crate) fn through(&self, framework: &str, mapped: &[&Control], table: &ShareTable) -> Said {
        let mut all = Said::default();
        let spoken_of = |control: &&&Control| !self.about(framework, &control.id).is_empty();
        for control in mapped.iter().filter(spoken_of) {
            for statement in &control.statements {
                let mut said = self.of(framework, &control.id, &statement.id, own(statement, table));
                said.uses.iter_mut().for_each(|found| found.through = Some(control.id.clone()));
                all.add(&said);
            }
        }
        all
    }

    /// The part that is meant.
    pub(crate) fn part(&self, found: &ProviderUse) -> &'a onus_model::ProviderPart {
        &self.providers[found.provider].parts[found.part]
    }

    /// The reasons, each a sentence.
    pub(crate) fn lines(&self, said: &Said) -> impl Iterator<Item = String> {
        said.uses.iter().map(|found| found.sentence(self.providers))
    }
}

/// The share that a statement's own layers give.
fn own(statement: &Statement, table: &ShareTable) -> Share {
    statement.layers.iter().map(|at| table.at(at.layer, at.relation)).fold(Share::default(), Share::union)
}
