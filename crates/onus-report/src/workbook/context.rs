//! What the sheets are made from, with the lookups that several need.

use super::model::{self, Cell};
use crate::matrix::{Layout, Parts, Row, rows_with};
use onus_assess::{Assessment, Column, ControlAnswer, DutyState, Holder, Responsibility, TaskState};
use onus_model::{Convention, LAYER_COUNT, Layer, Party, Target};
use std::collections::BTreeSet;

/// A cell names no more services than this; the sheet of layers has them all.
const MAX_NAMED: usize = 24;

/// The assessment, and the texts that are worked out once.
pub(crate) struct Context<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) parts: Parts,
    asked: Option<Convention>,
    rows: Vec<Row<'a>>,
    /// Whether rows must say which framework they are of.
    several: bool,
    /// The services that have each layer, by [`Layer::index`].
    pub(crate) users: Vec<Users>,
    /// The statements that a record plans, each with its catalogue.
    planned: BTreeSet<(&'a str, &'a str)>,
    /// How many duties there are at each layer, by [`Layer::index`].
    pub(crate) duties_at: [usize; LAYER_COUNT],
}

/// The services that have a layer, by party, as texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Users {
    pub(crate) aws: String,
    pub(crate) both: String,
    pub(crate) customer: String,
    pub(crate) open: String,
}

impl<'a> Context<'a> {
    pub(crate) fn new(assessment: &'a Assessment, asked: Option<Convention>) -> Self {
        let parts = Parts::new(assessment, Layout::Lines);
        let rows = rows_with(assessment, asked, &parts);
        let several = assessment.controls.windows(2).any(|pair| pair[0].framework != pair[1].framework);
        let mut duties_at = [0; LAYER_COUNT];
        for cell in assessment.columns.iter().flat_map(|column| &column.cells) {
            duties_at[cell.layer.index()] += cell.responsibilities.len();
        }
        Self {
            assessment,
            parts,
            asked,
            rows,
            several,
            users: users(assessment),
            planned: planned(assessment),
            duties_at,
        }
    }

    /// The columns of a sheet of controls: where there are several frameworks, that comes first.
    pub(crate) fn columns(&self, own: impl IntoIterator<Item = model::Column>) -> Vec<model::Column> {
        let framework = self.several.then(|| model::Column::new("Framework", 18));
        framework.into_iter().chain(own).collect()
    }

    /// The cells of a row of such a sheet.
    pub(crate) fn cells<'c>(
        &self,
        framework: &'c str,
        own: impl IntoIterator<Item = Cell<'c>>,
    ) -> Vec<Cell<'c>> {
        let framework = self.several.then(|| framework.into());
        framework.into_iter().chain(own).collect()
    }

    /// How many columns of such a sheet stay in sight.
    pub(crate) fn frozen(&self, own: u16) -> u16 {
        own + u16::from(self.several)
    }

    /// The convention in which a control is told.
    pub(crate) fn convention(&self, control: &ControlAnswer) -> Convention {
        self.assessment.convention_of(&control.framework, self.asked)
    }

    /// The conventions in use, in the order of the frameworks.
    pub(crate) fn conventions(&self) -> Vec<Convention> {
        let mut all: Vec<Convention> = Vec::new();
        for controls in self.assessment.controls.chunk_by(|one, next| one.framework == next.framework) {
            let convention = controls.first().map(|control| self.convention(control));
            all.extend(convention.filter(|convention| !all.contains(convention)));
        }
        all
    }

    /// The controls, each with its own row of the matrix and those of its statements.
    pub(crate) fn controls(&self) -> impl Iterator<Item = (&'a ControlAnswer, &Row<'a>, &[Row<'a>])> {
        let mut rest = self.rows.as_slice();
        self.assessment.controls.iter().filter_map(move |control| {
            let (row, after) = rest.split_first()?;
            let (own, after) = after.split_at_checked(control.statements.len())?;
            rest = after;
            Some((control, row, own))
        })
    }

    /// Whether a record plans a statement of a control.
    pub(crate) fn plans(&self, control: &ControlAnswer) -> bool {
        let knowledge = &self.assessment.knowledge;
        let catalog =
            knowledge.framework(&control.framework).map(|framework| &knowledge.catalog(framework).id);
        let catalog = catalog.unwrap_or(&control.framework).as_str();
        control.statements.iter().any(|own| self.planned.contains(&(catalog, own.id.as_str())))
    }

    /// The title of a layer.
    pub(crate) fn layer(&self, layer: Layer) -> &'a str {
        crate::facts::layer_title(self.assessment, layer)
    }

    /// The services in which a layer is undetermined; empty where in none.
    pub(crate) fn open_services(&self, layer: Layer) -> &str {
        &self.users[layer.index()].open
    }

    /// The duties of a column at a layer.
    pub(crate) fn duties(
        &self,
        column: &'a Column,
        layer: Layer,
    ) -> impl Iterator<Item = &'a Responsibility> + use<'a> {
        let duties = &self.assessment.responsibilities;
        let cell = column.cells.iter().find(|cell| cell.layer == layer);
        cell.into_iter().flat_map(|cell| &cell.responsibilities).filter_map(|at| duties.get(*at))
    }
}

/// The statements for which there is a plan.
fn planned(assessment: &Assessment) -> BTreeSet<(&str, &str)> {
    let tasks = assessment.tasks.iter().filter(|task| task.state == TaskState::Planned);
    tasks
        .filter_map(|task| match &task.target {
            Target::Statement { framework, statement } => Some((framework.as_str(), statement.as_str())),
            Target::Control { .. } | Target::Duty { .. } => None,
        })
        .collect()
}

/// The services that have each layer; a layer that no service has, has none.
fn users(assessment: &Assessment) -> Vec<Users> {
    let named = |list: &[usize]| {
        let columns = list.iter().filter_map(|at| assessment.columns.get(*at));
        let mut names: Vec<&str> = columns.map(|column| column.heading.as_str()).collect();
        names.dedup();
        match names.len().saturating_sub(MAX_NAMED) {
            0 => names.join(", "),
            more => format!("{} and {more} more", names[..MAX_NAMED].join(", ")),
        }
    };
    let mut users = vec![Users::default(); LAYER_COUNT];
    for (own, used) in users.iter_mut().zip(&assessment.uses) {
        *own = Users {
            aws: named(&used.aws),
            both: named(&used.both),
            customer: named(&used.customer),
            open: named(&used.open),
        };
    }
    users
}

/// Whose a duty is, for people.
pub(crate) fn whose(holder: &Holder) -> Cell<'static> {
    match holder {
        Holder::Party(party) => name(*party).into(),
        Holder::Undetermined(parties) => {
            let names: Vec<&str> = parties.iter().map(|party| name(*party)).collect();
            format!("Undetermined: {}", names.join(" or ")).into()
        }
        Holder::NotApplicable(_) => "Not applicable".into(),
    }
}

const fn name(party: Party) -> &'static str {
    match party {
        Party::Aws => "AWS",
        Party::Customer => "Customer",
        Party::Both => "Both",
    }
}

/// How a duty stands, in the words of the matrix.
pub(crate) fn state(state: Option<DutyState>) -> &'static str {
    state.map_or("", DutyState::as_str)
}
