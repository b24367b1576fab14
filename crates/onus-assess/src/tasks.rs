//! What no check decides, as tasks: they are never dropped, and never pass silently.

use crate::assessment::{ControlAnswer, DutyState, Responsibility, StatementAnswer};
use crate::evidence::ledger::{Account, Ledger};
use crate::evidence::listed;
use jiff::civil::Date;
use onus_knowledge::Knowledge;
use onus_model::{Flaw, Layer, RecordResult, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Something that the customer has to show, and has not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The id: what it is for, written. It stays the same from run to run.
    pub id: String,
    /// What it is for.
    pub target: Target,
    /// A heading: the control's or the service's, with the layer.
    pub title: String,
    /// What to do.
    pub what: String,
    /// How it may be satisfied.
    pub how: String,
    /// Who sees to it, where a record names someone.
    pub owner: Option<String>,
    /// When it has to be done, where a record says so.
    pub due: Option<Date>,
    /// Whether that day is past.
    pub overdue: bool,
    /// How far it is.
    pub state: TaskState,
    /// The record that comes nearest, by its position in [`Assessment::records`](crate::Assessment::records).
    pub record: Option<usize>,
}

/// How far a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// Nobody has taken it.
    Open,
    /// A record plans it.
    Planned,
    /// There is a record, which does not count.
    Renew(Vec<Flaw>),
    /// A record says that it is not done.
    NotSatisfied,
}

impl TaskState {
    /// The word in reports.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Planned => "planned",
            Self::Renew(_) => "renew",
            Self::NotSatisfied => "not-satisfied",
        }
    }
}

/// What a task's record says of it.
struct Taken {
    owner: Option<String>,
    due: Option<Date>,
    overdue: bool,
    state: TaskState,
    record: Option<usize>,
    how: Option<String>,
}

/// The tasks: of controls in the order of the frameworks, then of duties in that of the services.
pub(crate) fn derive(
    controls: &[ControlAnswer],
    responsibilities: &[Responsibility],
    knowledge: &Knowledge,
    ledger: &Ledger<'_>,
) -> Vec<Task> {
    let mut tasks = of_controls(controls, knowledge, ledger);
    tasks.extend(of_duties(responsibilities, knowledge, ledger));
    tasks
}

/// None where a record shows it done.
fn taken(account: Account, ledger: &Ledger<'_>) -> Option<Taken> {
    let (place, state) = match (account.counts, account.nearest) {
        (Some((_, RecordResult::Satisfied)), _) => return None,
        (Some((at, RecordResult::NotSatisfied)), _) => (Some(at), TaskState::NotSatisfied),
        (None, Some(at)) => {
            let flaws = ledger.record(at).flaws(ledger.today());
            (Some(at), if flaws.is_empty() { TaskState::Planned } else { TaskState::Renew(flaws) })
        }
        (None, None) => (None, TaskState::Open),
    };
    let record = place.map(|at| ledger.record(at));
    Some(Taken {
        owner: record.map(|record| record.owner.clone()),
        due: record.and_then(|record| record.due),
        overdue: record.is_some_and(|record| record.is_overdue(ledger.today())),
        how: record.and_then(|record| record.how.clone()),
        state,
        record: place,
    })
}

fn task(target: Target, title: String, what: String, taken: Taken, usual: impl FnOnce() -> String) -> Task {
    Task {
        id: target.to_string(),
        target,
        title,
        what,
        how: taken.how.unwrap_or_else(usual),
        owner: taken.owner,
        due: taken.due,
        overdue: taken.overdue,
        state: taken.state,
        record: taken.record,
    }
}

fn of_controls(controls: &[ControlAnswer], knowledge: &Knowledge, ledger: &Ledger<'_>) -> Vec<Task> {
    let mut catalogs: BTreeMap<&str, &str> = BTreeMap::new();
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut tasks = Vec::new();
    for control in controls {
        let catalog = *catalogs.entry(&control.framework).or_insert_with(|| {
            let framework = knowledge.framework(&control.framework);
            framework.map_or(control.framework.as_str(), |framework| &knowledge.catalog(framework).id)
        });
        for statement in control.statements.iter().filter(|own| own.share.may_have_customer()) {
            let account = ledger.of_statement(catalog, &control.control, &statement.id);
            // Selections of one catalogue ask for the same thing: it is done once.
            let Some(taken) = taken(account, ledger).filter(|_| seen.insert((catalog, &statement.id))) else {
                continue;
            };
            tasks.push(of_statement(catalog, control, statement, taken));
        }
    }
    tasks
}

fn of_statement(catalog: &str, control: &ControlAnswer, statement: &StatementAnswer, taken: Taken) -> Task {
    let target = Target::Statement { framework: catalog.to_owned(), statement: statement.id.clone() };
    let title = format!("{} {}", control.control, control.title);
    task(target, title, statement.gist.clone(), taken, || {
        let checks: Vec<&str> = control.checks.iter().map(|check| check.check.as_str()).collect();
        if checks.is_empty() {
            "a signed record, with a document, export or picture that shows it".to_owned()
        } else {
            format!("a signed record that shows it, beside what the checks say: {}", listed(&checks))
        }
    })
}

fn of_duties(responsibilities: &[Responsibility], knowledge: &Knowledge, ledger: &Ledger<'_>) -> Vec<Task> {
    let mut seen: BTreeSet<(&str, Layer)> = BTreeSet::new();
    let mut tasks = Vec::new();
    for duty in responsibilities.iter().filter(|duty| duty.state == Some(DutyState::NeedsEvidence)) {
        if !seen.insert((&duty.service, duty.layer)) {
            continue;
        }
        let Some(taken) = taken(ledger.of_duty(&duty.service, duty.layer), ledger) else { continue };
        let target = Target::Duty { service: duty.service.clone(), layer: duty.layer };
        let name = knowledge.service(&duty.service).map_or(&duty.service, |service| &service.name);
        let title = format!("{name}: {}", knowledge.layer(duty.layer).title);
        let what = duty.responsibility.clone().unwrap_or_default();
        let usual = || "a signed record, with a document, export or picture that shows it".to_owned();
        tasks.push(task(target, title, what, taken, usual));
    }
    tasks
}
