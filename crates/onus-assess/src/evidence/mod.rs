//! What evidence there is, prepared so that thousands of statements can be asked about it.
//!
//! `attestations` says how each document stands today, `units` where each service runs, `bearing` how each document
//! stands to it, `proof` which of AWS's work is
//! proven by which document, and `part` what that makes of a statement; `ledger` holds the customer's records by what they are for, `outcomes` the results of checks.

pub(crate) mod attestations;
pub(crate) mod bearing;
pub(crate) mod ledger;
pub(crate) mod outcomes;
pub(crate) mod part;
pub(crate) mod proof;
pub(crate) mod units;

/// A phrase names no more than this; the report's lists have them all.
pub(crate) const MAX_NAMED: usize = 12;

/// `a, b and 3 more`, of names in the order given.
pub(crate) fn listed(names: &[&str]) -> String {
    let more = names.len().saturating_sub(MAX_NAMED);
    let shown = names[..names.len() - more].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}
