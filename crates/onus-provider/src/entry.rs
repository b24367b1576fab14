//! What a row, or a requirement of an OSCAL document, says.

use crate::error::{ProviderError, Troubles, nearest};
use crate::request::Request;
use crate::words::both;
use onus_model::{DocumentPlace, Inherited, Named, NotFound};
use std::collections::HashSet;

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) named: Named,
    pub(crate) answer: Answer,
    pub(crate) provides: Option<String>,
    pub(crate) leaves: Option<String>,
    pub(crate) place: DocumentPlace,
}

/// How much is inherited, and how that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// In so many words.
    Told(Inherited),
    /// Not at all.
    Blank,
    /// By whose it is in the provider's own system.
    Marked {
        /// What follows from that, at most.
        inherited: Inherited,
        /// What speaks against inheriting all of it.
        against: Option<&'static str>,
    },
}

/// A text on both parties' parts goes to whom it speaks of; where it does not say, the answer tells.
pub(crate) fn share_out(entry: &mut Entry, text: Option<String>) {
    let Some(text) = text else { return };
    let parts = both(&text);
    let (mut provides, mut leaves) = (parts.provides, parts.leaves);
    match entry.answer {
        Answer::Told(Inherited::Yes) | Answer::Marked { inherited: Inherited::Yes, .. } => {
            provides = provides.or(parts.rest)
        }
        _ => leaves = leaves.or(parts.rest),
    }
    join(&mut entry.provides, provides);
    join(&mut entry.leaves, leaves);
}

/// Adds a text.
fn join(known: &mut Option<String>, more: Option<&str>) {
    let Some(more) = more else { return };
    match known {
        Some(known) => {
            known.push('\n');
            known.push_str(more);
        }
        None => *known = Some(more.to_owned()),
    }
}

/// Texts one after another, each once.
///
/// Whether a text is known is looked up, not searched for in what was joined: a document may say a hundred thousand things
/// of one control.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    list: Vec<String>,
    known: HashSet<String>,
}

impl Texts {
    /// Adds a text that is not there yet.
    pub(crate) fn add(&mut self, text: &str) {
        if self.known.insert(text.to_owned()) {
            self.list.push(text.to_owned());
        }
    }

    /// Adds those of another that are not there yet.
    pub(crate) fn add_all(&mut self, other: &Self) {
        other.list.iter().for_each(|text| self.add(text));
    }

    /// Whether there is none.
    pub(crate) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Each on its own.
    pub(crate) fn into_list(self) -> Vec<String> {
        self.list
    }

    /// All of them, one below the other; none where there is none.
    pub(crate) fn joined(self) -> Option<String> {
        (!self.list.is_empty()).then(|| self.list.join("\n"))
    }
}

/// Why a text names no control, in words.
pub(crate) fn not_found(
    why: NotFound,
    text: &str,
    request: &Request<'_>,
    troubles: &Troubles,
) -> ProviderError {
    match why {
        NotFound::NotAnId => ProviderError::NotAControl { text: short(text) },
        NotFound::Several => ProviderError::Several { text: short(text) },
        NotFound::Unknown(id) => ProviderError::UnknownControl {
            near: (!troubles.is_full()).then(|| nearest(&id, request.index.ids())).flatten(),
            frameworks: request.catalog_ids().join(", "),
            id,
        },
        NotFound::NoPart { control, part } => ProviderError::NoPart { control, part },
        NotFound::Withdrawn { control, into } => ProviderError::Withdrawn { control, into },
        NotFound::Ambiguous(of) => {
            ProviderError::Ambiguous { text: short(text), frameworks: of.join(" and of ") }
        }
    }
}

/// The beginning of a text, for a message.
pub(crate) fn short(text: &str) -> String {
    const MAX: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MAX) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}
