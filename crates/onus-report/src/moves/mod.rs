//! What moves between two workloads, for a reviewer.

mod data;
mod markdown;
mod terminal;

pub use data::{write_csv, write_json};
pub use markdown::write_markdown;
pub use terminal::write_terminal;

use crate::class::word;
use onus_assess::{Comparison, DutyMove, DutyState, FindingMove};

/// `inherited → shared: 14 statements`, for each kind of move.
fn counted(comparison: &Comparison) -> Vec<String> {
    let counts = comparison.counts().into_iter();
    counts
        .map(|((from, to), number)| {
            format!("{} → {}: {}", word(from), word(to), crate::facts::counted(number, "statement"))
        })
        .collect()
}

/// How many duties turned out otherwise: `2 duties newly unmet`; nothing where none is.
fn turned(comparison: &Comparison) -> Vec<String> {
    let duties = &comparison.duties;
    let all = [("newly unmet", &duties.unmet), ("newly met", &duties.met), ("open again", &duties.open)];
    let some = all.into_iter().filter(|(_, list)| !list.is_empty());
    some.map(|(word, list)| {
        format!("{} {} {word}", list.len(), if list.len() == 1 { "duty" } else { "duties" })
    })
    .collect()
}

/// How a duty stood and stands: `met → not met`.
fn duty_states(duty: &DutyMove) -> String {
    let word = |state: DutyState| state.as_str().replace('-', " ");
    format!("{} → {}", duty.from.map_or_else(|| "not there".to_owned(), word), word(duty.to))
}

/// How a finding came out and comes out: `pass → fail`.
fn outcomes(finding: &FindingMove) -> String {
    format!("{} → {}", finding.from.map_or("not there", |outcome| outcome.as_str()), finding.to.as_str())
}

/// A holder in words for a reader who is the customer.
fn party(holder: &str) -> &str {
    match holder {
        "aws" => "AWS's",
        "customer" => "yours",
        "both" => "both parties'",
        "not-applicable" => "nobody's",
        other => other,
    }
}
