//! What moves between two workloads, for a reviewer.

mod data;
mod markdown;
mod terminal;

pub use data::{write_csv, write_json};
pub use markdown::write_markdown;
pub use terminal::write_terminal;

use crate::class::word;
use onus_assess::Comparison;

/// `inherited → shared: 14 statements`, for each kind of move.
fn counted(comparison: &Comparison) -> Vec<String> {
    let counts = comparison.counts().into_iter();
    counts
        .map(|((from, to), number)| {
            format!("{} → {}: {}", word(from), word(to), crate::facts::counted(number, "statement"))
        })
        .collect()
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
