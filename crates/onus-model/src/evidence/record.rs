//! Records: evidence that the customer keeps for what no check decides.

use super::digest::Sha256;
use crate::layer::Layer;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A record of the evidence folder: a plan until it has an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The id: the file's name without its ending.
    pub id: String,
    /// What it is for; at least one.
    pub targets: Vec<Target>,
    /// Who sees to it.
    pub owner: String,
    /// When it has to be done, or done again.
    pub due: Option<Date>,
    /// How it is satisfied, in the owner's words.
    pub how: Option<String>,
    /// What came of it; none for what is still to do.
    pub outcome: Option<RecordOutcome>,
    /// The files that show it.
    pub files: Vec<EvidenceFile>,
    /// Anything else.
    pub note: Option<String>,
    /// The path of the record, as the user would write it.
    pub path: String,
}

/// What came of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordOutcome {
    /// Whether the duty is done.
    pub result: RecordResult,
    /// The day on which that was so.
    pub date: Date,
    /// The last day on which it counts.
    pub valid_until: Date,
    /// Who signed it off; it proves nothing before.
    pub signed_off_by: Option<String>,
}

/// Whether a duty was found done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordResult {
    /// It is.
    Satisfied,
    /// It is not.
    NotSatisfied,
}

impl RecordResult {
    /// The word as it stands in data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::NotSatisfied => "not-satisfied",
        }
    }
}

/// A file of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// The path below the evidence folder, with forward slashes.
    pub path: String,
    /// The digest when it was recorded.
    pub sha256: Sha256,
    /// How it was found.
    pub state: FileState,
}

/// How a file of a record was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nobody has looked yet; it proves nothing before.
    Unread,
    /// As it was recorded.
    Intact,
    /// With other contents.
    Changed,
    /// Not at all.
    Missing,
    /// Not read, for the reason given.
    Refused(String),
}

/// Why a record does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// A file has other contents than were recorded.
    FileChanged(String),
    /// A file is not there.
    FileMissing(String),
    /// A file could not be read, for a reason.
    FileRefused(String, String),
    /// It counted up to this day.
    Expired(Date),
    /// It is dated later than today.
    NotYet(Date),
    /// Nobody signed it off.
    Unsigned,
}

impl Flaw {
    /// The word in reports.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::FileChanged(_) => "changed",
            Self::FileMissing(_) => "missing",
            Self::FileRefused(..) => "unreadable",
            Self::Expired(_) => "expired",
            Self::NotYet(_) => "not-yet-valid",
            Self::Unsigned => "unsigned",
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FileChanged(path) => write!(f, "`{path}` has changed since it was recorded"),
            Self::FileMissing(path) => write!(f, "`{path}` is missing"),
            Self::FileRefused(path, reason) => write!(f, "`{path}` was not read: {reason}"),
            Self::Expired(day) => write!(f, "expired on {day}"),
            Self::NotYet(day) => write!(f, "dated {day}, which is still to come"),
            Self::Unsigned => f.write_str("not signed off"),
        }
    }
}

impl Record {
    /// Why it does not count on a day; empty where it does, or where it is a plan.
    pub fn flaws(&self, today: Date) -> Vec<Flaw> {
        let Some(outcome) = &self.outcome else { return Vec::new() };
        let mut flaws: Vec<Flaw> = self.files.iter().filter_map(EvidenceFile::flaw).collect();
        if outcome.valid_until < today {
            flaws.push(Flaw::Expired(outcome.valid_until));
        }
        if outcome.date > today {
            flaws.push(Flaw::NotYet(outcome.date));
        }
        if outcome.signed_off_by.is_none() {
            flaws.push(Flaw::Unsigned);
        }
        flaws
    }

    /// What it shows on a day; none where it does not count. That a duty is not done needs neither a signature nor
    /// a file: it must not be silenced by their absence.
    pub fn shows(&self, today: Date) -> Option<RecordResult> {
        let outcome = self.outcome.as_ref()?;
        let current = outcome.date <= today && today <= outcome.valid_until;
        match outcome.result {
            RecordResult::NotSatisfied => current.then_some(RecordResult::NotSatisfied),
            RecordResult::Satisfied => self.flaws(today).is_empty().then_some(RecordResult::Satisfied),
        }
    }

    /// Whether what is to do should have been done: it is due, and nothing shows that it is done.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due.is_some_and(|due| due < today) && self.shows(today) != Some(RecordResult::Satisfied)
    }
}

impl EvidenceFile {
    fn flaw(&self) -> Option<Flaw> {
        let path = || self.path.clone();
        match &self.state {
            FileState::Intact => None,
            FileState::Changed => Some(Flaw::FileChanged(path())),
            FileState::Missing => Some(Flaw::FileMissing(path())),
            FileState::Unread => Some(Flaw::FileRefused(path(), "nobody has looked yet".to_owned())),
            FileState::Refused(reason) => Some(Flaw::FileRefused(path(), reason.clone())),
        }
    }
}

/// What a record or a task is for. Written, it is a task's id: `nist-800-53-r5/cp-9`, `nist-800-53-r5/cp-9_smt.a`,
/// `duty/rds/resilience`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A control, with all of its statements.
    Control {
        /// The framework's id.
        framework: String,
        /// The control's id.
        control: String,
    },
    /// A statement.
    Statement {
        /// The framework's id.
        framework: String,
        /// The statement's id.
        statement: String,
    },
    /// A duty of the customer's, in every variant of the service.
    Duty {
        /// The service's id.
        service: String,
        /// The layer.
        layer: Layer,
    },
}

/// What stands before the service in the id of a duty's task; no framework is called so.
const DUTY: &str = "duty";
/// What every id of a statement contains, and no id of a control.
const STATEMENT: &str = "_smt";

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Control { framework, control: id } | Self::Statement { framework, statement: id } => {
                write!(f, "{framework}/{id}")
            }
            Self::Duty { service, layer } => write!(f, "{DUTY}/{service}/{layer}"),
        }
    }
}

/// A text that names nothing that a record could be for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no task: `framework/control`, `framework/statement` or `duty/service/layer`")]
pub struct UnknownTarget(pub String);

impl FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || UnknownTarget(text.to_owned());
        let (first, rest) = text.split_once('/').ok_or_else(wrong)?;
        if first == DUTY {
            let (service, layer) = rest.split_once('/').ok_or_else(wrong)?;
            let layer = layer.parse().map_err(|_| wrong())?;
            return Ok(Self::Duty { service: service.to_owned(), layer });
        }
        if first.is_empty() || rest.is_empty() {
            return Err(wrong());
        }
        let (framework, id) = (first.to_owned(), rest.to_owned());
        Ok(if id.contains(STATEMENT) {
            Self::Statement { framework, statement: id }
        } else {
            Self::Control { framework, control: id }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 22);

    fn record(result: RecordResult, from: Date, to: Date, signed: bool, state: FileState) -> Record {
        let signed_off_by = signed.then(|| "Kim".to_owned());
        let sha256 = Sha256::new([0; 32]);
        Record {
            id: "r".to_owned(),
            targets: Vec::new(),
            owner: "Jo".to_owned(),
            due: Some(date(2026, 11, 1)),
            how: None,
            outcome: Some(RecordOutcome { result, date: from, valid_until: to, signed_off_by }),
            files: vec![EvidenceFile { path: "f".to_owned(), sha256, state }],
            note: None,
            path: "r.yaml".to_owned(),
        }
    }

    #[test]
    fn a_record_counts_only_whole() {
        use RecordResult::{NotSatisfied, Satisfied};
        let (before, after) = (date(2026, 11, 21), date(2026, 11, 23));
        let table = [
            (Satisfied, TODAY, TODAY, true, FileState::Intact, Some(Satisfied)),
            (Satisfied, before, before, true, FileState::Intact, None),
            (Satisfied, after, after, true, FileState::Intact, None),
            (Satisfied, before, after, false, FileState::Intact, None),
            (Satisfied, before, after, true, FileState::Changed, None),
            (Satisfied, before, after, true, FileState::Missing, None),
            (Satisfied, before, after, true, FileState::Unread, None),
            (Satisfied, before, after, true, FileState::Refused("large".to_owned()), None),
            (NotSatisfied, before, after, false, FileState::Missing, Some(NotSatisfied)),
            (NotSatisfied, before, before, true, FileState::Intact, None),
        ];
        for (result, from, to, signed, state, expected) in table {
            let record = record(result, from, to, signed, state);
            assert_eq!(record.shows(TODAY), expected, "{record:?}");
            assert_eq!(record.is_overdue(TODAY), expected != Some(Satisfied), "{record:?}");
        }
    }

    #[test]
    fn a_target_reads_as_it_is_written() {
        for text in ["nist-800-53-r5/ac-2", "nist-800-53-r5/ac-2_smt.a", "duty/rds/resilience"] {
            assert_eq!(text.parse::<Target>().unwrap().to_string(), text);
        }
        for wrong in ["", "x", "/", "x/", "/x", "duty/rds", "duty/rds/attic"] {
            assert_eq!(wrong.parse::<Target>(), Err(UnknownTarget(wrong.to_owned())));
        }
    }
}
