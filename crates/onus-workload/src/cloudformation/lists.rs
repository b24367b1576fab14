//! Lists that are written as text, with commas between their elements: what a list parameter takes.

use onus_model::{Node, Piece, Span, TextBuilder, Unknown, Value};

/// Whether elements are taken without the space around them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trim {
    Yes,
    No,
}

/// The elements of a text of which parts are not known; nothing where these may have commas themselves.
pub(crate) fn split(unknown: &Unknown, trim: Trim, at: Span) -> Option<Vec<Node>> {
    if !unknown.present {
        return None;
    }
    let Some(text) = &unknown.text else {
        return unknown
            .names
            .is_one()
            .then(|| vec![Node::new(Value::Unknown(Box::new(unknown.clone())), at)]);
    };
    let mut items = Vec::new();
    let mut item = TextBuilder::default();
    let last = text.pieces().len() - 1;
    for (place, piece) in text.pieces().iter().enumerate() {
        match piece {
            Piece::Open(open) if open.names.is_one() => item.open(open),
            Piece::Open(_) => return None,
            Piece::Known(text) => {
                let mut parts = text.split(',').enumerate().peekable();
                while let Some((count, part)) = parts.next() {
                    if count > 0 {
                        items.push(std::mem::take(&mut item));
                    }
                    let (starts, ends) = (count > 0 || place == 0, parts.peek().is_some() || place == last);
                    let part = if trim == Trim::Yes && starts { part.trim_start() } else { part };
                    item.known(if trim == Trim::Yes && ends { part.trim_end() } else { part });
                }
            }
        }
    }
    items.push(item);
    Some(items.into_iter().map(|item| Node::new(item.finish(), at)).collect())
}
