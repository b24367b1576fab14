//! Networks: which addresses rules are about, which protocols and ports.
//!
//! [`Ranges`] are sets of addresses, so that every spelling of a network is the same, and two halves are the whole. The
//! functions of the check language take texts, lists of them, and rules of security groups and network ACLs.

mod ranges;
mod rules;

pub(crate) use ranges::Ranges;
pub(crate) use rules::{admits, is_everywhere, is_within, protocol};
