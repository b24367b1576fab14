//! The control implementation summary: a row per control, with marks.
//!
//! A mark is made only where the assessment says so. *Implemented* needs valid evidence for every part; *partially
//! implemented* needs it for some part; *planned* needs a record that plans it. What stands in for what is known to nobody
//! but people, so that *alternative* is theirs to fill in. Without evidence and without a plan nothing is marked.

use super::context::Context;
use super::model::{CLASSES, Cell, Column, DONE, Group, Row, STANDINGS, Sheet};
use super::origins::{Origin, origins};
use onus_assess::{ControlAnswer, Status};
use onus_model::{Class, Convention};

/// How a control is implemented, as the summary names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Implementation {
    /// Every part has valid evidence.
    Implemented,
    /// Some part has valid evidence, others have none, or evidence speaks against them.
    Partial,
    /// It is to be done.
    Planned,
    /// Something else serves its purpose.
    Alternative,
    /// Nobody has to do anything.
    NotApplicable,
}

impl Implementation {
    const ALL: [Self; 5] =
        [Self::Implemented, Self::Partial, Self::Planned, Self::Alternative, Self::NotApplicable];

    const fn heading(self) -> &'static str {
        match self {
            Self::Implemented => "Implemented",
            Self::Partial => "Partially implemented",
            Self::Planned => "Planned",
            Self::Alternative => "Alternative implementation",
            Self::NotApplicable => "Not applicable",
        }
    }

    /// What the evidence allows to be said of a control; none where that is nothing.
    pub(crate) fn of(control: &ControlAnswer, convention: Convention, planned: bool) -> Option<Self> {
        if control.withdrawn.is_some() {
            return None;
        }
        if control.class(convention) == Class::NotApplicable {
            return Some(Self::NotApplicable);
        }
        let shown = |status: Status| matches!(status, Status::Satisfied | Status::PartlySatisfied);
        match control.standing.status {
            Status::Satisfied => Some(Self::Implemented),
            Status::PartlySatisfied => Some(Self::Partial),
            Status::NotSatisfied => {
                let some = control.statements.iter().any(|own| shown(own.standing.status));
                if some { Some(Self::Partial) } else { planned.then_some(Self::Planned) }
            }
            Status::NotApplicable => Some(Self::NotApplicable),
            Status::NotAssessed => planned.then_some(Self::Planned),
        }
    }
}

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns: Vec<&Origin> = context.conventions().into_iter().flat_map(origins).collect();
    Sheet {
        name: "CIS",
        note: "Control implementation summary. X: so; ?: the configuration leaves it open; no mark: no evidence says so. What is alternative, or left to your own customers, is for you to fill in.".to_owned(),
        columns: headings(context, &columns),
        frozen: context.frozen(1),
        rows: rows(context, &columns),
    }
}

fn headings(context: &Context<'_>, origins: &[&Origin]) -> Vec<Column> {
    let mut all = context.columns([Column::new("Control", 9), Column::new("Title", 38)]);
    let status = Implementation::ALL.into_iter();
    all.extend(status.map(|status| Column::of_marks(status.heading(), Group::Implementation, DONE)));
    let marks = |origin: &&Origin| Column::of_marks(origin.heading, Group::Origination, origin.palette());
    all.extend(origins.iter().map(marks));
    all.extend([
        Column::of_words("Class", 14, CLASSES),
        Column::of_words("Status", 14, STANDINGS),
        Column::new("Evidence", 30),
        Column::new("What is missing", 30),
    ]);
    all
}

fn rows<'s>(context: &'s Context<'_>, origins: &[&Origin]) -> Vec<Row<'s>> {
    let mut rows = Vec::new();
    for (at, (control, row, _)) in context.controls().enumerate() {
        let convention = context.convention(control);
        let status = Implementation::of(control, convention, context.plans(control));
        let mut cells = context.cells(row.framework, [row.control.into(), row.title.into()]);
        cells.extend(Implementation::ALL.map(|own| if status == Some(own) { "X" } else { "" }.into()));
        cells.extend(origins.iter().map(|origin| Cell::from(mark(origin, control, convention))));
        let class = if control.withdrawn.is_some() { row.because.as_str() } else { row.class };
        let standing = if control.withdrawn.is_some() { "" } else { row.status };
        cells.extend([class.into(), standing.into(), (&row.evidence).into(), (&row.missing).into()]);
        rows.push(Row { shaded: at % 2 == 1, ..Row::new(cells) });
    }
    rows
}

fn mark(origin: &Origin, control: &ControlAnswer, convention: Convention) -> &'static str {
    if origin.convention != convention || control.withdrawn.is_some() {
        return "";
    }
    origin.mark(control.share, control.policy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_assess::{Standing, StatementAnswer};
    use onus_model::{Party, Relation, Share};

    fn control(status: Status, statements: &[Status]) -> ControlAnswer {
        let standing = |status| Standing { status, ..Standing::default() };
        let statement =
            |status: &Status| StatementAnswer { standing: standing(*status), ..Default::default() };
        ControlAnswer {
            share: Share::at(Party::Both, Some(Relation::Covers)),
            standing: standing(status),
            statements: statements.iter().map(statement).collect(),
            ..ControlAnswer::default()
        }
    }

    #[test]
    fn nothing_is_implemented_without_evidence() {
        use Status::{NotApplicable, NotAssessed, NotSatisfied, PartlySatisfied, Satisfied};
        let of = |status, statements: &[Status]| {
            Implementation::of(&control(status, statements), Convention::Fedramp, false)
        };
        assert_eq!(of(Satisfied, &[Satisfied]), Some(Implementation::Implemented));
        assert_eq!(of(PartlySatisfied, &[Satisfied, NotAssessed]), Some(Implementation::Partial));
        assert_eq!(of(NotSatisfied, &[Satisfied, NotSatisfied]), Some(Implementation::Partial));
        assert_eq!(of(NotSatisfied, &[NotSatisfied]), None);
        assert_eq!(of(NotAssessed, &[NotAssessed]), None);
        assert_eq!(of(NotApplicable, &[]), Some(Implementation::NotApplicable));
    }

    #[test]
    fn a_plan_is_no_more_than_planned() {
        let of = |status| Implementation::of(&control(status, &[status]), Convention::Fedramp, true);
        assert_eq!(of(Status::NotAssessed), Some(Implementation::Planned));
        assert_eq!(of(Status::NotSatisfied), Some(Implementation::Planned));
        assert_eq!(of(Status::PartlySatisfied), Some(Implementation::Partial));
        assert_eq!(of(Status::Satisfied), Some(Implementation::Implemented));
    }

    #[test]
    fn a_control_that_nobody_has_is_not_applicable_and_a_withdrawn_one_is_nothing() {
        let nobody = ControlAnswer::default();
        let of = |control: &ControlAnswer| Implementation::of(control, Convention::Aws, true);
        assert_eq!(of(&nobody), Some(Implementation::NotApplicable));
        assert_eq!(of(&ControlAnswer { withdrawn: Some(Vec::new()), ..nobody }), None);
    }
}
