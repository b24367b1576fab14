//! What providers leave to the customer, and what became of it; and what the customer hands on.

use super::{Chain, leaves};
use crate::controls::{Basis, layers};
use onus_knowledge::{HandOn, Project};
use onus_model::{
    Control, Framework, Inherited, Place, Problem, ProblemKind, ProviderPart, Share, Statement,
};
use std::collections::HashMap;

/// A responsibility that a provider leaves to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftDuty {
    /// The position in [`Assessment::providers`](crate::Assessment::providers).
    pub provider: usize,
    /// The position among its parts.
    pub part: usize,
    /// What the provider asks; none where it only says that it does not do it, or not all of it.
    pub text: Option<String>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Nobody took it.
    Nobody,
    /// The customer's own workload or organization has a part in it.
    Taken,
    /// It is handed on to the customer's customers.
    HandedOn,
    /// Both.
    TakenAndHandedOn,
    /// AWS, or another provider, does the same in services of its own. Whether that is enough, nobody says.
    Elsewhere,
}

impl Fate {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Taken => "taken",
            Self::HandedOn => "handed-on",
            Self::TakenAndHandedOn => "taken-and-handed-on",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// A responsibility that is handed on to the customer's customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOnUse {
    /// What `onus.yaml` says.
    pub hand_on: HandOn,
    /// Whether there is something to hand on.
    pub status: HandOnStatus,
}

/// Whether there is something to hand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandOnStatus {
    /// A provider left it.
    Left,
    /// The customer has a part of its own, of which it hands on some.
    Own,
    /// Nobody left it to the customer, and the customer has no part in it.
    NothingToHandOn,
    /// There is no such control.
    Unknown,
}

impl HandOnStatus {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Own => "own",
            Self::NothingToHandOn => "nothing-to-hand-on",
            Self::Unknown => "unknown",
        }
    }
}

/// What the providers leave.
pub(crate) fn left(basis: &Basis<'_>, project: &Project) -> Vec<LeftDuty> {
    let mut controls = Controls::new(basis);
    let mut left = Vec::new();
    for (at, provider) in basis.chain.providers.iter().enumerate() {
        for (place, part) in provider.parts.iter().enumerate().filter(|(_, part)| leaves(part)) {
            let fate = fate(at, part, &mut controls, &project.hands_on);
            let duty =
                |text: Option<&String>| LeftDuty { provider: at, part: place, text: text.cloned(), fate };
            match part.leaves.as_slice() {
                [] => left.push(duty(None)),
                texts => left.extend(texts.iter().map(|text| duty(Some(text)))),
            }
        }
    }
    left
}

fn fate<'b>(
    provider: usize,
    part: &'b ProviderPart,
    controls: &mut Controls<'b>,
    hands_on: &[HandOn],
) -> Fate {
    let own = controls.own(&part.framework, &part.control, part.statement.as_deref(), Some(provider));
    let handed_on = hands_on.iter().any(|hand_on| meets(hand_on, part));
    match (own.may_have_customer(), handed_on) {
        (true, true) => Fate::TakenAndHandedOn,
        (true, false) => Fate::Taken,
        (false, true) => Fate::HandedOn,
        (false, false) => {
            let bare = part.leaves.is_empty() && part.inherited == Inherited::No;
            let elsewhere = own.is_anybodys() || others(&controls.basis.chain, provider, part);
            if bare && elsewhere { Fate::Elsewhere } else { Fate::Nobody }
        }
    }
}

/// Whether another provider says that it discharges the same, or some of it.
fn others(chain: &Chain<'_>, but: usize, part: &ProviderPart) -> bool {
    let others = chain.about(&part.framework, &part.control).iter().filter(|(provider, _)| *provider != but);
    others.map(|(provider, place)| &chain.providers[*provider].parts[*place]).any(|other| {
        let apart = matches!((&other.statement, &part.statement), (Some(one), Some(two)) if one != two);
        !apart && other.inherited != Inherited::No
    })
}

/// The controls of the frameworks that are spoken of, to be found by their ids.
struct Controls<'b> {
    basis: &'b Basis<'b>,
    frameworks: HashMap<&'b str, HashMap<&'b str, &'b Control>>,
}

impl<'b> Controls<'b> {
    fn new(basis: &'b Basis<'b>) -> Self {
        Self { basis, frameworks: HashMap::new() }
    }

    fn find(&mut self, framework: &str, control: &str) -> Option<&'b Control> {
        let framework: &'b Framework = self.basis.knowledge.framework(framework)?;
        let by_id = || framework.controls.iter().map(|control| (control.id.as_str(), control)).collect();
        self.frameworks.entry(&framework.id).or_insert_with(by_id).get(control).copied()
    }

    /// The share that the customer's own workload gives of a statement; or of those of a control's that the provider in
    /// question does not speak of one by one.
    fn own(
        &mut self,
        framework: &str,
        control: &str,
        statement: Option<&str>,
        provider: Option<usize>,
    ) -> Share {
        let Some(control) = self.find(framework, control) else { return Share::default() };
        let pivot = self.basis.knowledge.framework(framework).and_then(|own| own.crosswalk.as_ref());
        let mapped: Vec<&Control> = match pivot {
            Some(walk) => control.maps.iter().filter_map(|id| self.find(&walk.to, id)).collect(),
            None => Vec::new(),
        };
        let chain = &self.basis.chain;
        let apart = |id: &str| {
            let parts = chain.about(framework, &control.id).iter().filter(|(at, _)| Some(*at) == provider);
            parts
                .map(|(at, place)| &chain.providers[*at].parts[*place])
                .any(|part| part.statement.as_deref() == Some(id))
        };
        let meant = |own: &&Statement| statement.map_or_else(|| !apart(&own.id), |id| id == own.id);
        let share = |own: &Statement| self.basis.table.of(&layers(own, &mapped, &self.basis.table));
        let some: Vec<Share> = control.statements.iter().filter(meant).map(share).collect();
        // Where every statement is spoken of, what is said of the control is said of them all.
        let all = || control.statements.iter().map(share).collect();
        let shares = if some.is_empty() { all() } else { some };
        shares.into_iter().fold(Share::default(), Share::union)
    }
}

/// Whether what is handed on is what a part speaks of, or some of it.
fn meets(hand_on: &HandOn, part: &ProviderPart) -> bool {
    let statements = (&hand_on.statement, &part.statement);
    hand_on.framework.text == part.framework
        && hand_on.control == part.control
        && !matches!(statements, (Some(own), Some(other)) if own != other)
}

/// What is handed on, with whether there is something to hand on.
pub(crate) fn hand_ons(basis: &Basis<'_>, project: &Project) -> Vec<HandOnUse> {
    let mut controls = Controls::new(basis);
    let with_status = |hand_on: &HandOn| {
        let status = status(hand_on, &mut controls);
        HandOnUse { hand_on: hand_on.clone(), status }
    };
    project.hands_on.iter().map(with_status).collect()
}

fn status(hand_on: &HandOn, controls: &mut Controls<'_>) -> HandOnStatus {
    let HandOn { framework, control, statement, .. } = hand_on;
    let found = controls.find(&framework.text, control);
    let exists =
        |id: &String| found.is_some_and(|control| control.statements.iter().any(|own| own.id == *id));
    if found.is_none() || !statement.as_ref().is_none_or(exists) {
        return HandOnStatus::Unknown;
    }
    let chain = &controls.basis.chain;
    let mut parts =
        chain.about(&framework.text, control).iter().map(|(at, place)| &chain.providers[*at].parts[*place]);
    if parts.any(|part| leaves(part) && meets(hand_on, part)) {
        return HandOnStatus::Left;
    }
    let own = controls.own(&framework.text, control, statement.as_deref(), None);
    if own.may_have_customer() { HandOnStatus::Own } else { HandOnStatus::NothingToHandOn }
}

/// A notice for each responsibility that nobody took, and for what is handed on without need.
pub(crate) fn problems(chain: &Chain<'_>, left: &[LeftDuty], hand_ons: &[HandOnUse]) -> Vec<Problem> {
    let nobodys = left.iter().filter(|duty| duty.fate == Fate::Nobody).map(|duty| {
        let provider = &chain.providers[duty.provider];
        let part = &provider.parts[duty.part];
        let id = part.statement.as_ref().unwrap_or(&part.control);
        let text = duty.text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
        let what = if part.inherited == Inherited::Partly { "part of " } else { "" };
        let message =
            format!("{}: {} leaves {what}`{id}` to you, and nobody took it{text}", part.place, provider.name);
        let help = format!("hand it on in `hands-on` of onus.yaml, or add what does it to the inputs ({id})");
        Problem::with_path(ProblemKind::Unowned, &provider.document.path, message).help(help)
    });
    let needless = hand_ons.iter().filter_map(|found| {
        let HandOn { target, line, .. } = &found.hand_on;
        let message = match found.status {
            HandOnStatus::Left | HandOnStatus::Own => return None,
            HandOnStatus::NothingToHandOn => {
                format!("line {line}: `{}` is handed on, but no provider leaves it to you and you have no part in it", target.text)
            }
            HandOnStatus::Unknown => format!("line {line}: `{}` is handed on, but there is no such control", target.text),
        };
        let kind = match found.status {
            HandOnStatus::Unknown => ProblemKind::Invalid,
            _ => ProblemKind::Unowned,
        };
        Some(Problem { kind, message, help: None, place: Place::Path("onus.yaml".to_owned()) })
    });
    nobodys.chain(needless).collect()
}
