//! The customer's records, by what they are for.

use jiff::civil::Date;
use onus_knowledge::Knowledge;
use onus_model::{Layer, Record, RecordResult, Target};
use rustc_hash::FxHashMap;

/// The records, indexed. A control of a selection is that of the catalogue which it selects from.
pub(crate) struct Ledger<'a> {
    records: &'a [Record],
    today: Date,
    by_target: FxHashMap<Target, Vec<usize>>,
}

/// What the records for one thing come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Account {
    /// The record that counts, and what it shows.
    pub(crate) counts: Option<(usize, RecordResult)>,
    /// Where none counts: the one that comes nearest, a plan or one with flaws.
    pub(crate) nearest: Option<usize>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(records: &'a [Record], knowledge: &Knowledge, today: Date) -> Self {
        let mut by_target: FxHashMap<Target, Vec<usize>> = FxHashMap::default();
        for (at, record) in records.iter().enumerate() {
            for target in &record.targets {
                by_target.entry(in_catalog(target, knowledge)).or_default().push(at);
            }
        }
        Self { records, today, by_target }
    }

    /// The records for a statement, or for the whole of its control; ids of the catalogue.
    pub(crate) fn of_statement(&self, catalog: &str, control: &str, statement: &str) -> Account {
        if self.by_target.is_empty() {
            return Account::default();
        }
        let framework = catalog.to_owned();
        let own = Target::Statement { framework: framework.clone(), statement: statement.to_owned() };
        self.account(&[own, Target::Control { framework, control: control.to_owned() }])
    }

    /// The records for a duty.
    pub(crate) fn of_duty(&self, service: &str, layer: Layer) -> Account {
        if self.by_target.is_empty() {
            return Account::default();
        }
        self.account(&[Target::Duty { service: service.to_owned(), layer }])
    }

    /// The newest record that counts; of two of a day, the one that speaks against it.
    fn account(&self, targets: &[Target]) -> Account {
        let places = || targets.iter().filter_map(|target| self.by_target.get(target)).flatten().copied();
        let shown = places().filter_map(|at| Some((at, self.records[at].shows(self.today)?)));
        let counts = shown.max_by_key(|(at, result)| {
            let date = self.records[*at].outcome.as_ref().map(|outcome| outcome.date);
            (date, *result == RecordResult::NotSatisfied, std::cmp::Reverse(*at))
        });
        // The newest with an outcome says most about what is missing; else a plan, the earliest due first.
        let nearest = places().max_by_key(|at| {
            let record = &self.records[*at];
            let date = record.outcome.as_ref().map(|outcome| outcome.date);
            (date, std::cmp::Reverse(record.due.unwrap_or(Date::MAX)), std::cmp::Reverse(*at))
        });
        Account { counts, nearest: nearest.filter(|_| counts.is_none()) }
    }

    pub(crate) fn record(&self, at: usize) -> &'a Record {
        &self.records[at]
    }

    pub(crate) const fn today(&self) -> Date {
        self.today
    }
}

/// The same with the framework that has the controls.
fn in_catalog(target: &Target, knowledge: &Knowledge) -> Target {
    let catalog = |id: &String| {
        knowledge
            .framework(id)
            .map_or_else(|| id.clone(), |framework| knowledge.catalog(framework).id.clone())
    };
    match target {
        Target::Control { framework, control } => {
            Target::Control { framework: catalog(framework), control: control.clone() }
        }
        Target::Statement { framework, statement } => {
            Target::Statement { framework: catalog(framework), statement: statement.clone() }
        }
        Target::Duty { .. } => target.clone(),
    }
}
