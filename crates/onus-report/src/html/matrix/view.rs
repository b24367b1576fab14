//! What the page of the matrix shows.

use crate::html::text::{count, day, grouped};
use crate::matrix::{Layout, Parts, Row, framework_title, rows_with, tally};
use onus_assess::{Assessment, ControlAnswer};
use onus_model::Convention;

/// The page.
pub(super) struct View<'a> {
    pub(super) system: &'a str,
    pub(super) day: String,
    pub(super) date: String,
    pub(super) facts: Vec<String>,
    pub(super) cards: Vec<Card>,
    pub(super) open: String,
    pub(super) frameworks: Vec<FrameworkView<'a>>,
    pub(super) number: usize,
    /// What could not be read: the matrix without it is not to be relied on.
    pub(super) errors: usize,
}

/// A number with its meaning.
pub(super) struct Card {
    pub(super) class: &'static str,
    pub(super) label: &'static str,
    pub(super) number: String,
    pub(super) none: bool,
}

/// A framework with its families.
pub(super) struct FrameworkView<'a> {
    pub(super) id: String,
    pub(super) title: &'a str,
    pub(super) convention: Convention,
    pub(super) families: Vec<Family<'a>>,
}

/// A family of controls; its title is empty where a framework has no families.
pub(super) struct Family<'a> {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) controls: Vec<ControlView<'a>>,
}

/// A control with its statements.
pub(super) struct ControlView<'a> {
    pub(super) row: Row<'a>,
    pub(super) withdrawn: bool,
    /// What the framework itself says of both parties' parts, where it does.
    pub(super) own_parts: bool,
    pub(super) statements: Vec<Row<'a>>,
}

impl ControlView<'_> {
    /// The word by which the page filters.
    pub(super) const fn class(&self) -> &'static str {
        if self.withdrawn { "withdrawn" } else { self.row.class }
    }

    /// What is behind the fold.
    pub(super) fn fold(&self) -> String {
        format!("both parts and reasons, {}", count(self.statements.len(), "statement", "statements"))
    }
}

impl<'a> View<'a> {
    pub(super) fn new(assessment: &'a Assessment, convention: Option<Convention>) -> Self {
        let tally = tally(assessment, convention);
        let card =
            |class, label, number: usize| Card { class, label, number: grouped(number), none: number == 0 };
        Self {
            system: &assessment.system,
            day: day(assessment.date),
            date: assessment.date.to_string(),
            facts: vec![
                count(assessment.summary.services, "service", "services"),
                count(assessment.summary.resources, "resource", "resources"),
            ],
            cards: vec![
                card("inherited", "inherited from AWS", tally.inherited),
                card("shared", "shared", tally.shared),
                card("customer", "yours", tally.customer),
                card("not-applicable", "not applicable", tally.not_applicable),
            ],
            open: match tally.undetermined {
                0 => String::new(),
                number => format!(
                    "{} left open by the configuration: the widest answer is shown.",
                    count(number, "control is", "controls are")
                ),
            },
            frameworks: frameworks(assessment, convention),
            number: assessment.controls.iter().filter(|control| control.withdrawn.is_none()).count(),
            errors: assessment.problems.iter().filter(|problem| problem.kind.is_error()).count(),
        }
    }
}

fn frameworks(assessment: &Assessment, convention: Option<Convention>) -> Vec<FrameworkView<'_>> {
    let mut rows = rows_with(assessment, convention, &Parts::new(assessment, Layout::Lines)).into_iter();
    let mut views: Vec<FrameworkView<'_>> = Vec::new();
    for controls in assessment.controls.chunk_by(|one, next| one.framework == next.framework) {
        let Some(first) = controls.first() else { continue };
        let mut families: Vec<Family<'_>> = Vec::new();
        for family in controls.chunk_by(|one, next| one.group == next.group) {
            families.push(Family {
                id: format!("f{}-{}", views.len(), families.len()),
                title: family_title(assessment, &family[0]),
                controls: family.iter().filter_map(|control| view(control, &mut rows)).collect(),
            });
        }
        views.push(FrameworkView {
            id: format!("f{}", views.len()),
            title: framework_title(assessment, &first.framework),
            convention: assessment.convention_of(&first.framework, convention),
            families,
        });
    }
    views
}

fn view<'a>(control: &'a ControlAnswer, rows: &mut impl Iterator<Item = Row<'a>>) -> Option<ControlView<'a>> {
    let row = rows.next()?;
    let statements: Vec<Row<'a>> = rows.take(control.statements.len()).collect();
    let own_parts = control.provision.is_some() || control.responsibility.is_some();
    Some(ControlView { row, withdrawn: control.withdrawn.is_some(), own_parts, statements })
}

fn family_title(assessment: &Assessment, control: &ControlAnswer) -> String {
    let Some(group) = &control.group else { return String::new() };
    let knowledge = &assessment.knowledge;
    let framework = knowledge.framework(&control.framework).map(|framework| knowledge.catalog(framework));
    let title = framework.and_then(|framework| framework.group(group)).map(|group| group.title.as_str());
    title.map_or_else(|| group.clone(), |title| format!("{} {title}", group.to_uppercase()))
}
