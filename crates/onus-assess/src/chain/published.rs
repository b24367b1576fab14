//! What the customer can tell its own customers: what they inherit, and what is left to them.

use super::{Fate, HandOnStatus};
use crate::assessment::{Assessment, ControlAnswer, StatementAnswer};
use onus_knowledge::HandOn;
use onus_model::{Control, Inherited, Share};
use std::collections::BTreeSet;

/// What the customers of the system inherit of a control or statement, and what they have to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published<'a> {
    /// The framework's id.
    pub framework: &'a str,
    /// The control's id.
    pub control: &'a str,
    /// The statement's id; none for the control as a whole.
    pub statement: Option<&'a str>,
    /// The control's title, or what the statement asks.
    pub title: &'a str,
    /// Whether anything in the system, or above it, concerns it.
    pub applies: bool,
    /// How much is inherited from the system.
    pub inherited: Inherited,
    /// Who does what is inherited: `AWS`, providers by name, and the system's own name.
    pub by: Vec<&'a str>,
    /// What is left to the customers, each a responsibility.
    pub responsibilities: Vec<&'a str>,
    /// Whether something that a provider leaves was taken by nobody: it is neither inherited nor handed on.
    pub unsettled: bool,
}

/// What the system publishes to its customers: each control of the assessment, followed by its statements.
///
/// What is done in the system's services, by it or above it, can be inherited. What it does as an organization cannot,
/// nor what it does on its own devices and in its own offices: its customers have policies, people and devices of their
/// own. What is handed on is inherited in part at most. Withdrawn controls have a row that says nothing.
pub fn published(assessment: &Assessment) -> Vec<Published<'_>> {
    let unsettled = unsettled(assessment);
    let mut rows = Vec::new();
    for answer in &assessment.controls {
        let facts = facts(assessment, answer);
        let found = Handed {
            assessment,
            catalog: facts.map(|(catalog, _)| catalog),
            control: facts.map(|(_, control)| control),
        };
        let own: Vec<_> =
            answer.statements.iter().map(|statement| row(answer, statement, &found, &unsettled)).collect();
        rows.push(whole(answer, &own, &found));
        rows.extend(own);
    }
    rows
}

fn facts<'a>(assessment: &'a Assessment, answer: &ControlAnswer) -> Option<(&'a str, &'a Control)> {
    let catalog = assessment.knowledge.catalog(assessment.knowledge.framework(&answer.framework)?);
    Some((&catalog.id, catalog.control(&answer.control)?))
}

/// What is handed on of a control.
struct Handed<'a> {
    assessment: &'a Assessment,
    catalog: Option<&'a str>,
    control: Option<&'a Control>,
}

impl<'a> Handed<'a> {
    /// The texts for a statement; for the control as a whole where none is named.
    fn texts(&self, statement: Option<&str>) -> Vec<&'a str> {
        let meant = |hand_on: &HandOn| {
            let own = Some(hand_on.framework.text.as_str()) == self.catalog
                && self.control.is_some_and(|control| control.id == hand_on.control);
            let mapped = || {
                self.control.is_some_and(|control| control.maps.contains(&hand_on.control))
                    && self.is_pivot(hand_on)
            };
            let of = |id: &str| hand_on.statement.as_deref().is_none_or(|own| own == id);
            if own { statement.is_none_or(of) } else { mapped() }
        };
        let known = self.assessment.hands_on.iter().filter(|found| found.status != HandOnStatus::Unknown);
        let mut texts: Vec<&str> = Vec::new();
        for found in known.filter(|found| meant(&found.hand_on)) {
            let text = found.hand_on.responsibility.as_str();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// Whether the framework's crosswalk leads to the one of what is handed on.
    fn is_pivot(&self, hand_on: &HandOn) -> bool {
        let catalog = self.catalog.and_then(|id| self.assessment.knowledge.framework(id));
        let walk = catalog.and_then(|catalog| catalog.crosswalk.as_ref());
        walk.is_some_and(|walk| walk.to == hand_on.framework.text)
    }
}

/// The parts of providers that leave something to nobody.
fn unsettled(assessment: &Assessment) -> BTreeSet<(usize, usize)> {
    let nobodys = assessment.left.iter().filter(|duty| duty.fate == Fate::Nobody);
    nobodys.map(|duty| (duty.provider, duty.part)).collect()
}

fn row<'a>(
    answer: &'a ControlAnswer,
    statement: &'a StatementAnswer,
    handed: &Handed<'a>,
    unsettled: &BTreeSet<(usize, usize)>,
) -> Published<'a> {
    let at = |of_service: bool| {
        let layers = statement.layers.iter().filter(move |at| at.layer.is_of_service() == of_service);
        layers.map(|at| at.share).fold(Share::default(), Share::union)
    };
    let (services, apart) = (at(true), at(false).is_anybodys());
    let done = services.is_anybodys() || statement.upstream.may_be_provided();
    let responsibilities = handed.texts(Some(&statement.id));
    let unsettled = statement.providers.iter().any(|found| unsettled.contains(&(found.provider, found.part)));
    let inherited = match (done, apart || unsettled || !responsibilities.is_empty()) {
        (true, false) => Inherited::Yes,
        (true, true) => Inherited::Partly,
        (false, _) => Inherited::No,
    };
    let by = if inherited == Inherited::No { Vec::new() } else { by(handed.assessment, statement, services) };
    Published {
        framework: &answer.framework,
        control: &answer.control,
        statement: Some(&statement.id),
        title: &statement.gist,
        applies: statement.share.is_anybodys(),
        inherited,
        by,
        responsibilities,
        unsettled,
    }
}

/// Who does what is inherited, from AWS down.
fn by<'a>(assessment: &'a Assessment, statement: &'a StatementAnswer, services: Share) -> Vec<&'a str> {
    let mut by = Vec::new();
    if services.may_be_covered() {
        by.push("AWS");
    }
    for found in &statement.providers {
        let name = assessment.providers[found.provider].name.as_str();
        if found.discharges(&assessment.providers) && !by.contains(&name) {
            by.push(name);
        }
    }
    if services.may_have_customer() {
        by.push(&assessment.system);
    }
    by
}

/// The control as a whole: what its statements come to.
fn whole<'a>(answer: &'a ControlAnswer, statements: &[Published<'a>], handed: &Handed<'a>) -> Published<'a> {
    let applying = || statements.iter().filter(|row| row.applies);
    let mut by: Vec<&str> = Vec::new();
    for name in statements.iter().flat_map(|row| &row.by) {
        if !by.contains(name) {
            by.push(name);
        }
    }
    Published {
        framework: &answer.framework,
        control: &answer.control,
        statement: None,
        title: &answer.title,
        applies: applying().next().is_some(),
        inherited: Inherited::of(applying().map(|row| row.inherited)).unwrap_or(Inherited::No),
        by,
        responsibilities: handed.texts(None),
        unsettled: statements.iter().any(|row| row.unsettled),
    }
}
