//! Which bytes of a JSON text each piece of the written text stands for.

use onus_model::{Place, Problem, Span};
use std::ops::Range;

/// The pieces of a written text, in its order. Together they are all of it.
#[derive(Debug, Default)]
pub(crate) struct Places(Vec<Piece>);

/// From its first byte to that of the next piece.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// The first byte in the written text.
    written: u32,
    /// The bytes of the JSON text that it was made of.
    start: u32,
    end: u32,
    /// Whether it is the same text, byte by byte.
    same: bool,
}

impl Places {
    /// Notes a piece that begins at a byte of the written text. One that goes on where the last one ended is part of it.
    pub(super) fn add(&mut self, written: usize, json: Range<usize>, same: bool) {
        let written = written as u32;
        let (start, end) = (json.start as u32, json.end as u32);
        if let Some(last) = self.0.last_mut()
            && same
            && last.same
            && last.end == start
            && written - last.written == last.end - last.start
        {
            last.end = end;
            return;
        }
        self.0.push(Piece { written, start, end, same });
    }

    /// A place of the written text, as one of the JSON text.
    pub(crate) fn span(&self, span: Span) -> Span {
        let start = self.start(span.start);
        let end = if span.end > span.start { self.end(span.end) } else { start };
        Span { start, end: end.max(start), ..span }
    }

    /// The same for a range of bytes.
    pub(crate) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.start(range.start as u32);
        let end = if range.end > range.start { self.end(range.end as u32) } else { start };
        start as usize..end.max(start) as usize
    }

    /// A problem of the written text, as one of the JSON text.
    pub(crate) fn problem(&self, problem: Problem) -> Problem {
        match problem.place {
            Place::Span(span) => Problem { place: Place::Span(self.span(span)), ..problem },
            _ => problem,
        }
    }

    fn start(&self, at: u32) -> u32 {
        self.piece(at).map_or(0, |piece| match piece.same {
            true => (piece.start + (at - piece.written)).min(piece.end),
            false => piece.start,
        })
    }

    /// The byte after one that ends at `at`.
    fn end(&self, at: u32) -> u32 {
        self.piece(at.saturating_sub(1)).map_or(0, |piece| match piece.same {
            true => (piece.start + (at - piece.written)).min(piece.end),
            false => piece.end,
        })
    }

    fn piece(&self, at: u32) -> Option<Piece> {
        let after = self.0.partition_point(|piece| piece.written <= at);
        self.0.get(after.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::FileId;

    #[test]
    fn what_is_the_same_is_told_byte_by_byte_and_the_rest_as_a_whole() {
        let mut places = Places::default();
        places.add(0, 10..16, false);
        places.add(4, 20..22, true);
        places.add(6, 22..24, true);
        places.add(8, 30..40, false);
        assert_eq!(places.0.len(), 3);
        let of = |start, end| {
            let span = places.span(Span::new(FileId(0), start, end));
            (span.start, span.end)
        };
        assert_eq!(of(1, 3), (10, 16));
        assert_eq!(of(5, 7), (21, 23));
        assert_eq!(of(5, 9), (21, 40));
        assert_eq!(of(6, 6), (22, 22));
        assert_eq!(Places::default().range(3..7), 0..0);
    }
}
