//! What providers do and leave, in sentences; and what the system publishes to its own customers.

use super::rows::Row;
use onus_assess::{Assessment, Published, StatementAnswer};
use onus_model::Inherited;
use std::collections::HashSet;

/// What providers do for some statements; empty where none has a part.
pub(super) fn provided(assessment: &Assessment, statements: &[StatementAnswer]) -> String {
    let uses = statements.iter().flat_map(|statement| &statement.providers);
    let sentences = uses.filter_map(|found| {
        let (provider, part) = found.part(&assessment.providers);
        let amount = match part.inherited {
            Inherited::No => return None,
            Inherited::Yes => "all of it",
            Inherited::Partly => "some of it",
        };
        let text = part.provides.as_deref().map_or_else(|| format!("does {amount}."), str::to_owned);
        Some(format!("[{}] {text}", provider.name))
    });
    once_each(sentences)
}

/// What providers leave to the customer of some statements; empty where they leave nothing.
pub(super) fn left(assessment: &Assessment, statements: &[StatementAnswer]) -> String {
    let uses = statements.iter().flat_map(|own| own.providers.iter().map(move |found| (own, found)));
    let sentences = uses.filter_map(|(statement, found)| {
        let (provider, part) = found.part(&assessment.providers);
        let name = &provider.name;
        match (part.leaves.as_slice(), part.inherited) {
            ([], Inherited::Partly) => {
                Some(format!("{name} leaves some of it to you, and does not say what."))
            }
            ([], Inherited::No) if statement.upstream.may_have_customer() => Some(not_done(statement, name)),
            ([], _) => None,
            (texts, _) => Some(format!("{name} leaves to you: {}", texts.join(" "))),
        }
    });
    once_each(sentences)
}

/// What may be left by a provider that says no more than that it does not do it.
fn not_done(statement: &StatementAnswer, name: &str) -> String {
    if statement.share.may_be_covered() || statement.share.may_be_provided() {
        format!("{name} does not do it, and others do only their own part: it may be yours.")
    } else {
        format!("{name} does not do it, nor does anybody else: it may be yours.")
    }
}

fn once_each(sentences: impl Iterator<Item = String>) -> String {
    let mut known = HashSet::new();
    let told: Vec<String> = sentences.filter(|sentence| known.insert(sentence.clone())).collect();
    told.join(" ")
}

/// Puts into the rows what is published; both are in the same order.
pub(super) fn publish<'a>(rows: &mut [Row<'a>], published: Vec<Published<'a>>) {
    for (row, published) in rows.iter_mut().zip(published) {
        debug_assert_eq!(
            (row.control, row.statement),
            (published.control, published.statement.unwrap_or(""))
        );
        if published.applies {
            row.customers_inherit = published.inherited.as_str();
        }
        row.left_to_customers = published.responsibilities.join(" ");
    }
}
