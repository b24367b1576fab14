//! How each registered document stands today.

use super::bearing::ServiceBearing;
use jiff::ToSpan;
use jiff::civil::Date;
use onus_knowledge::{Knowledge, did_you_mean};
use onus_model::{
    Attestation, BridgeLetter, Partition, Place, Problem, ProblemKind, Program, Proof, ValidFrom,
};

/// The age from which a list of services in scope is called old. AWS publishes new lists with each round of audits, of
/// which there are two a year for most programs: after a year at least one round is missing for certain.
pub const OLD_SCOPE_MONTHS: i32 = 12;

/// A registered document, and how it stands.
#[derive(Clone, Debug)]
pub struct AttestationUse {
    /// The document, as it was registered.
    pub attestation: Attestation,
    /// The program's name; none where there is no such program.
    pub program_name: Option<String>,
    /// How it stands.
    pub state: AttestationState,
    /// The last day on which it proves something, bridge letters included; none where there is no such program.
    pub until: Option<Date>,
    /// The day of the program's list of services that it is held against; none where the document has a list of its
    /// own, or the program has none for its partition.
    pub scope_as_of: Option<Date>,
    /// Whether that list is [old](OLD_SCOPE_MONTHS).
    pub scope_is_old: bool,
    /// The services in use, with how it stands to each.
    pub services: Vec<ServiceBearing>,
}

/// How a document stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttestationState {
    /// It proves what is in its scope.
    Valid,
    /// It proves what is in its scope today, but between the document before it and this one there are days that
    /// neither a document nor a bridge letter is about.
    Gap {
        /// The first of them.
        from: Date,
        /// The last of them.
        to: Date,
    },
    /// It is about days that are still to come.
    NotYetValid,
    /// It proves nothing any more.
    Lapsed,
    /// No program has the id that it names.
    NoProgram,
}

impl AttestationState {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Gap { .. } => "gap",
            Self::NotYetValid => "not-yet-valid",
            Self::Lapsed => "lapsed",
            Self::NoProgram => "no-program",
        }
    }

    /// Whether it proves something today. A gap in the past is the past's: were it otherwise, whoever dropped the older
    /// document would stand better.
    pub const fn proves(self) -> bool {
        matches!(self, Self::Valid | Self::Gap { .. })
    }
}

impl AttestationUse {
    /// `SOC 2 Type 2 (report 123)`
    pub fn title(&self) -> String {
        let name = self.program_name.as_deref().unwrap_or(&self.attestation.program);
        format!("{name} (report {})", self.attestation.report)
    }
}

/// How each document stands, in the order of registration.
pub(crate) fn assess(registered: &[Attestation], knowledge: &Knowledge, today: Date) -> Vec<AttestationUse> {
    registered.iter().map(|attestation| assess_one(attestation, registered, knowledge, today)).collect()
}

fn assess_one(
    attestation: &Attestation,
    registered: &[Attestation],
    knowledge: &Knowledge,
    today: Date,
) -> AttestationUse {
    let program = knowledge.program(&attestation.program);
    let own_list = attestation.services.is_some();
    let scope = program.and_then(|program| program.scope(attestation.partition)).filter(|_| !own_list);
    let until = program.map(|program| until(attestation, program));
    let state = match (program, until) {
        (Some(program), Some(until)) => state(attestation, registered, program, until, today),
        _ => AttestationState::NoProgram,
    };
    AttestationUse {
        attestation: attestation.clone(),
        program_name: program.map(|program| program.name.clone()),
        state,
        until,
        scope_as_of: scope.map(|scope| scope.as_of),
        scope_is_old: scope.is_some_and(|scope| months_after(scope.as_of, OLD_SCOPE_MONTHS) < today),
        services: Vec::new(),
    }
}

fn state(
    attestation: &Attestation,
    registered: &[Attestation],
    program: &Program,
    until: Date,
    today: Date,
) -> AttestationState {
    if attestation.proof.first() > today {
        AttestationState::NotYetValid
    } else if until < today {
        AttestationState::Lapsed
    } else {
        gap(attestation, registered, program)
            .map_or(AttestationState::Valid, |(from, to)| AttestationState::Gap { from, to })
    }
}

/// A day some months later; the calendar's last where it runs out.
fn months_after(day: Date, months: i32) -> Date {
    day.checked_add(months.months()).unwrap_or(Date::MAX)
}

fn day_after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

/// The last day that a document itself is about; none where only its program tells.
const fn last_stated(proof: Proof) -> Option<Date> {
    match proof {
        Proof::Period { to, .. } => Some(to),
        Proof::Issued { expires, .. } => expires,
    }
}

/// The last day on which a document proves something.
fn until(attestation: &Attestation, program: &Program) -> Date {
    let months = i32::from(program.validity.months);
    let own = match (attestation.proof, program.validity.from) {
        (Proof::Issued { expires: Some(expires), .. }, _) => expires,
        (Proof::Issued { on, expires: None }, _) => months_after(on, months),
        // A report's day of issue is not registered; its period's end is before it.
        (Proof::Period { to, .. }, ValidFrom::PeriodEnd | ValidFrom::Issued) => months_after(to, months),
    };
    bridged(own, attestation, program)
}

/// The last day up to which letters bridge the time after a day, without a hole.
fn bridged(after: Date, attestation: &Attestation, program: &Program) -> Date {
    let Some(months) = program.bridge_months else { return after };
    let mut letters: Vec<&BridgeLetter> = attestation.bridge_letters.iter().collect();
    letters.sort_by_key(|letter| (letter.from, letter.to));
    let mut last = after;
    for letter in letters.into_iter().filter(|letter| letter.to > after) {
        let end = letter.to.min(months_after(letter.from, i32::from(months)));
        if letter.from <= day_after(last) {
            last = last.max(end);
        }
    }
    last
}

/// The days before a document that no earlier one of the same program and partition, and no letter, is about.
fn gap(attestation: &Attestation, registered: &[Attestation], program: &Program) -> Option<(Date, Date)> {
    let first = attestation.proof.first();
    let earlier = registered.iter().filter(|other| {
        other.program == attestation.program
            && other.partition == attestation.partition
            && other.proof.first() < first
    });
    let end = |other: &Attestation| {
        let stated = last_stated(other.proof).unwrap_or_else(|| until(other, program));
        bridged(stated, other, program)
    };
    let from = day_after(earlier.map(end).max()?);
    (from < first).then(|| (from, first.yesterday().unwrap_or(first)))
}

/// What a user must see in every run: documents that prove nothing, or not what they seem to.
pub(crate) fn problems(uses: &[AttestationUse], knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems = Vec::new();
    for used in uses {
        problems.extend(problem(used, knowledge));
        problems.extend(strangers(&used.attestation, knowledge));
        problems.extend(useless_letters(used, knowledge));
    }
    problems.extend(old_lists(uses));
    problems
}

fn notice(message: String) -> Problem {
    Problem { kind: ProblemKind::Evidence, message, help: None, place: Place::Input }
}

fn problem(used: &AttestationUse, knowledge: &Knowledge) -> Option<Problem> {
    let title = used.title();
    Some(match used.state {
        AttestationState::Valid => return None,
        AttestationState::NoProgram => {
            let (program, line) = (&used.attestation.program, used.attestation.line);
            let ids = knowledge.programs.iter().map(|program| program.id.as_str());
            Problem {
                kind: ProblemKind::Invalid,
                message: format!(
                    "there is no program `{program}`, of which onus.yaml registers a document on line {line}"
                ),
                help: did_you_mean(program, ids)
                    .or_else(|| Some("`onus list programs` names them all".to_owned())),
                place: Place::Input,
            }
        }
        AttestationState::NotYetValid => {
            notice(format!("{title} proves nothing before {}", used.attestation.proof.first()))
        }
        AttestationState::Lapsed => {
            let day = used.until.map(|day| format!(" on {day}")).unwrap_or_default();
            notice(format!("{title} lapsed{day} and proves nothing any more"))
        }
        AttestationState::Gap { from, to } => notice(format!("{title} leaves a gap from {from} to {to}"))
            .help("register a bridge letter for it with the document before"),
    })
}

/// Services in a document's own list that there are not.
fn strangers(attestation: &Attestation, knowledge: &Knowledge) -> Vec<Problem> {
    let named = attestation.services.iter().flatten();
    let unknown = named.filter(|id| knowledge.service(id).is_none_or(|service| service.id != **id));
    unknown
        .map(|id| {
            let same = knowledge.service(id).map(|service| format!("its id is `{}`", service.id));
            let ids = knowledge.services.iter().map(|service| service.id.as_str());
            let (program, line) = (&attestation.program, attestation.line);
            let message = format!(
                "there is no service `{id}`, which the {program} document on line {line} of onus.yaml names"
            );
            Problem {
                kind: ProblemKind::Invalid,
                message,
                help: same.or_else(|| did_you_mean(id, ids)),
                place: Place::Input,
            }
        })
        .collect()
}

fn useless_letters(used: &AttestationUse, knowledge: &Knowledge) -> Option<Problem> {
    let program = knowledge.program(&used.attestation.program)?;
    let useless = program.bridge_months.is_none() && !used.attestation.bridge_letters.is_empty();
    useless.then(|| notice(format!("a bridge letter bridges nothing for {}", used.title())))
}

/// One notice per program and partition whose list is old and relied on.
fn old_lists(uses: &[AttestationUse]) -> Vec<Problem> {
    let mut seen: Vec<(&str, Partition)> = Vec::new();
    let mut problems = Vec::new();
    for used in uses.iter().filter(|used| used.scope_is_old && used.state.proves()) {
        let key = (used.attestation.program.as_str(), used.attestation.partition);
        let (Some(day), false) = (used.scope_as_of, seen.contains(&key)) else { continue };
        seen.push(key);
        let message =
            format!("the services in scope of `{}` are those of {day}, more than a year ago", key.0);
        problems.push(notice(message).help("`programs:` in onus.yaml names a folder with newer ones"));
    }
    problems
}
