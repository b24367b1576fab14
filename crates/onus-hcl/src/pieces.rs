//! Texts of which only pieces are known.

use crate::evaluate::MAX_TEXT;
use crate::value::{Piece, Unknown};
use crate::{Data, Val};
use std::sync::Arc;

/// A text keeps at most this many pieces: container definitions have some dozens of references.
const MAX_PIECES: usize = 256;

/// Puts a text together of known and open pieces.
#[derive(Default)]
pub(crate) struct Pieced {
    pieces: Vec<Piece>,
    known: String,
    /// The length of all that is known.
    length: usize,
    is_full: bool,
}

impl Pieced {
    /// Adds text.
    pub(crate) fn known(&mut self, text: &str) {
        self.length = self.length.saturating_add(text.len());
        if self.length > MAX_TEXT {
            self.fill();
        }
        if !self.is_full {
            self.known.push_str(text);
        }
    }

    /// Whether it has become more than is kept: what follows need not be added.
    pub(crate) const fn is_full(&self) -> bool {
        self.is_full
    }

    fn fill(&mut self) {
        *self = Self { is_full: true, ..Self::default() };
    }

    /// Adds what is not known; where it is put together of pieces itself, these.
    pub(crate) fn open(&mut self, value: &Val) {
        if self.is_full {
            return;
        }
        let from = value.from.as_deref().unwrap_or_default();
        let before = self.pieces.len();
        match &value.data {
            Data::Unknown(unknown) => match &unknown.pieces {
                Some(pieces) => pieces.iter().for_each(|piece| match piece {
                    Piece::Known(text) => self.known(text),
                    Piece::Open(unknown) => self.push(unknown.clone()),
                }),
                None => self.push((**unknown).clone()),
            },
            Data::Instance(instance) => self.push(instance.whole.clone()),
            _ => self.push(Unknown::present("not known")),
        }
        // What is read from an attribute refers to it, whatever that is put together of.
        let own = self.pieces.iter_mut().skip(before).find_map(|piece| match piece {
            Piece::Open(unknown) => Some(unknown),
            Piece::Known(_) => None,
        });
        if let Some(unknown) = own {
            unknown.refers_to(from);
        }
    }

    fn push(&mut self, unknown: Unknown) {
        self.end();
        self.pieces.push(Piece::Open(unknown));
        if self.pieces.len() > MAX_PIECES {
            self.fill();
        }
    }

    fn end(&mut self) {
        if !self.known.is_empty() {
            self.pieces.push(Piece::Known(std::mem::take(&mut self.known).into()));
        }
    }

    /// The pieces, unless they are too many or too long.
    pub(crate) fn finish(mut self) -> Option<Arc<[Piece]>> {
        self.end();
        (!self.is_full && self.pieces.len() <= MAX_PIECES).then(|| self.pieces.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_a_long_piece_keeps_none() {
        let mut long = Pieced::default();
        long.known(&"x".repeat(MAX_TEXT / 2));
        long.open(&Val::unknown(Unknown::new("not there yet")));
        let pieces = long.finish();
        assert!(pieces.is_some());
        let value = Val::unknown(Unknown { pieces, ..Unknown::new("not there yet") });
        let all = Val::tuple(vec![value; 1_000_000]);
        let made = crate::to_open_json(&all).expect("it is not deep");
        assert!(made.as_unknown().is_some_and(|unknown| unknown.pieces.is_none()));
    }
}
