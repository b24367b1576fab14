//! Texts of which only pieces are known.

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
}

impl Pieced {
    /// Adds text.
    pub(crate) fn known(&mut self, text: &str) {
        self.known.push_str(text);
    }

    /// Adds what is not known; where it is put together of pieces itself, these.
    pub(crate) fn open(&mut self, value: &Val) {
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
    }

    fn push(&mut self, unknown: Unknown) {
        self.end();
        if self.pieces.len() <= MAX_PIECES {
            self.pieces.push(Piece::Open(unknown));
        }
    }

    fn end(&mut self) {
        if !self.known.is_empty() && self.pieces.len() <= MAX_PIECES {
            self.pieces.push(Piece::Known(std::mem::take(&mut self.known).into()));
        }
    }

    /// The pieces, unless they are too many.
    pub(crate) fn finish(mut self) -> Option<Arc<[Piece]>> {
        self.end();
        (self.pieces.len() <= MAX_PIECES).then(|| self.pieces.into())
    }
}
