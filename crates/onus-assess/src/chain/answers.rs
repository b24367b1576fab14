//! What providers say of a statement, and the share that it gives.

use super::{ProviderUse, leaves};
use crate::controls::ShareTable;
use onus_model::{Control, Inherited, Provider, ProviderPart, Seen, Share, Statement};
use std::collections::{HashMap, HashSet};

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
    /// The parts among the uses: provider, and place among its parts.
    known: HashSet<(usize, usize)>,
}

impl Said {
    /// Adds what is said elsewhere, each place once.
    pub(crate) fn add(&mut self, other: &Self) {
        self.share = self.share.union(other.share);
        for found in &other.uses {
            if self.known.insert((found.provider, found.part)) {
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
    ///
    /// What a provider leaves of a control as a whole is left of every statement where it speaks of each of them besides:
    /// there is no other statement that could have it.
    pub(crate) fn of(&self, framework: &str, control: &Control, statement: &str, own: Share) -> Said {
        let parts = self.about(framework, &control.id);
        if parts.is_empty() {
            return Said::default();
        }
        let spoken_of = self.spoken_of(parts);
        let speaks = |provider: usize, id: &str| spoken_of.contains(&(provider, id));
        let of_each = |provider: usize| control.statements.iter().all(|own| speaks(provider, &own.id));
        let counts = |(provider, part): &(usize, usize)| {
            let part = &self.providers[*provider].parts[*part];
            match part.statement.as_deref() {
                Some(id) => id == statement,
                None => !speaks(*provider, statement) || (leaves(part) && of_each(*provider)),
            }
        };
        let known: HashSet<(usize, usize)> = parts.iter().copied().filter(|found| counts(found)).collect();
        let uses: Vec<ProviderUse> = parts
            .iter()
            .filter(|found| known.contains(found))
            .map(|(provider, part)| ProviderUse { provider: *provider, part: *part, through: None })
            .collect();
        let share = uses.iter().map(|found| share(self.part(found))).fold(Share::default(), Share::union);
        // Whoever has a part already has the part of which a provider says no.
        let share = if own.may_have_customer() { without_doubt(share) } else { share };
        Said { share, uses, known }
    }

    /// The statements of which each provider speaks one by one.
    fn spoken_of(&self, parts: &[(usize, usize)]) -> HashSet<(usize, &'a str)> {
        let id = |(provider, part): &(usize, usize)| {
            Some((*provider, self.providers[*provider].parts[*part].statement.as_deref()?))
        };
        parts.iter().filter_map(id).collect()
    }

    /// What is said of the controls that another maps to.
    pub(crate) fn through(&self, framework: &str, mapped: &[&Control], table: &ShareTable) -> Said {
        let mut all = Said::default();
        let spoken_of = |control: &&&Control| !self.about(framework, &control.id).is_empty();
        for control in mapped.iter().filter(spoken_of) {
            for statement in &control.statements {
                let mut said = self.of(framework, control, &statement.id, own(statement, table));
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

/// The share that a part gives.
///
/// What it leaves in words is the customer's. A mere *no* does not say who does it instead: it may be the customer's, for
/// what AWS or another provider does of the same is done in their own services.
fn share(part: &ProviderPart) -> Share {
    let share = Share::of_provider(part.inherited);
    let system = match (part.leaves.is_empty(), part.inherited) {
        (false, _) => Seen::Certain,
        (true, Inherited::No) => Seen::Possible,
        (true, _) => share.system,
    };
    Share { system: share.system.max(system), ..share }
}

/// The same without what is only possible for the customer.
fn without_doubt(share: Share) -> Share {
    let system = if share.system == Seen::Possible { Seen::No } else { share.system };
    Share { system, ..share }
}

/// The share that a statement's own layers give.
fn own(statement: &Statement, table: &ShareTable) -> Share {
    statement.layers.iter().map(|at| table.at(at.layer, at.relation)).fold(Share::default(), Share::union)
}
