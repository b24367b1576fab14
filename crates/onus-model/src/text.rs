//! Text of which only parts are known: `arn:aws:iam::${AWS::AccountId}:root`.

use crate::value::{Names, Reference, Unknown, Value};

/// How many pieces are kept apart. A list of subnets that is joined for a nested stack has some ten, the document of a
/// policy or of containers some dozens.
const MAX_PIECES: usize = 256;

/// How many references the pieces keep between them: they are copied with the value.
const MAX_REFERENCES: usize = 256;

/// What is known of a text: its pieces, in order.
///
/// INVARIANT: at least one piece is open, known pieces are not empty and do not stand side by side,
/// and open pieces have no text of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialText {
    pieces: Box<[Piece]>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// It reads so.
    Known(Box<str>),
    /// What it reads is not known. It may be empty, unless it is a [name](Unknown::names).
    Open(Unknown),
}

impl PartialText {
    /// The pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// What the text begins with.
    pub fn prefix(&self) -> &str {
        known(self.pieces.first())
    }

    /// What the text ends with, behind its beginning.
    pub fn suffix(&self) -> &str {
        known(self.pieces.last())
    }

    /// Whether a known piece holds this, so that the whole does.
    pub fn contains(&self, part: &str) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Known(text) if text.contains(part)))
    }

    /// What is written of it, with `${}` for each open piece, as templates write what is filled in.
    pub fn written(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Known(text) => text.to_string(),
            Piece::Open(_) => "${}".to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Whether an open piece is a secret that is written in the source; see [`Names::Written`].
    pub fn holds_secret(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Open(open) if open.names == Names::Written))
    }

    /// Whether everything that is open comes only at deployment; see [`Unknown::deferred`].
    pub fn is_deferred(&self) -> bool {
        self.pieces.iter().all(|piece| !matches!(piece, Piece::Open(open) if !open.is_deferred()))
    }

    /// Whether it could turn out to be this text, taken as it is or without regard to the case of ASCII letters.
    pub fn could_be(&self, text: &str, ignore_case: bool) -> bool {
        let (prefix, suffix) = (self.prefix(), self.suffix());
        let same = |a: &str, b: &str| if ignore_case { a.eq_ignore_ascii_case(b) } else { a == b };
        let Some((start, rest)) = text.split_at_checked(prefix.len()) else { return false };
        let Some((middle, end)) =
            rest.len().checked_sub(suffix.len()).and_then(|at| rest.split_at_checked(at))
        else {
            return false;
        };
        same(start, prefix) && same(end, suffix) && self.middle_could_be(middle)
    }

    /// Whether what stands between beginning and end could be this.
    fn middle_could_be(&self, middle: &str) -> bool {
        let mut open = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Open(unknown) => Some(unknown),
            Piece::Known(_) => None,
        });
        match (open.next(), open.next()) {
            (Some(only), None) => only.names.could_be(middle),
            _ => !self.is_filled() || has_word(middle),
        }
    }

    /// Whether no wildcard can stand in it: it is the name of one thing, not a pattern of many.
    pub fn is_plain(&self) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Open(unknown) => unknown.names.is_one(),
            Piece::Known(text) => !text.contains(WILDCARDS),
        })
    }

    /// Whether a letter or digit is certain to stand between beginning and end.
    fn is_filled(&self) -> bool {
        let last = self.pieces.len() - 1;
        self.pieces.iter().enumerate().any(|(at, piece)| match piece {
            Piece::Open(unknown) => unknown.names.is_filled(),
            Piece::Known(text) => at != 0 && at != last && has_word(text),
        })
    }
}

fn known(piece: Option<&Piece>) -> &str {
    match piece {
        Some(Piece::Known(text)) => text,
        _ => "",
    }
}

fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// The letters that stand for others in patterns.
const WILDCARDS: [char; 2] = ['*', '?'];

impl Names {
    /// Whether a letter or digit is certain to stand in it.
    pub const fn is_filled(self) -> bool {
        matches!(self, Self::Part | Self::One | Self::Key)
    }

    /// Whether it is the name of one thing.
    pub const fn is_one(self) -> bool {
        matches!(self, Self::One | Self::Key)
    }

    /// Whether what is so named could read so.
    pub fn could_be(self, text: &str) -> bool {
        let is_one = || has_word(text) && !text.contains(WILDCARDS) && !text.contains(',');
        match self {
            Self::Unclear | Self::Secret | Self::Written => true,
            Self::Part => has_word(text),
            Self::One => is_one(),
            Self::Key => is_one() && !is_key_of_aws(text),
            Self::Network => !is_everywhere(text),
        }
    }
}

/// Whether a text is the alias of a key that AWS keeps, by its name or ARN.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key>
fn is_key_of_aws(text: &str) -> bool {
    text.strip_prefix("arn:")
        .map_or(text, |arn| arn.rsplit(':').next().unwrap_or(arn))
        .starts_with("alias/aws/")
}

/// Whether a text is a CIDR of no bits.
fn is_everywhere(text: &str) -> bool {
    text.rsplit_once('/').is_some_and(|(_, bits)| !bits.is_empty() && bits.bytes().all(|bit| bit == b'0'))
}

impl Unknown {
    /// Whether it could turn out to be this text.
    pub fn could_be(&self, text: &str) -> bool {
        self.names.could_be(text) && self.text.as_ref().is_none_or(|partial| partial.could_be(text, false))
    }

    /// Whether it could turn out to begin with this.
    pub fn could_begin_with(&self, start: &str) -> bool {
        let is_alias = self.names == Names::Key && is_key_of_aws(start);
        let begins =
            |text: &PartialText| start.starts_with(text.prefix()) || text.prefix().starts_with(start);
        self.could_hold(start) && !is_alias && self.text.as_ref().is_none_or(begins)
    }

    /// Whether this could stand somewhere in it.
    pub fn could_hold(&self, part: &str) -> bool {
        !self.names.is_one() || !part.contains(WILDCARDS) && !part.contains(',')
    }

    /// Whether it is certain to be the name of one thing: neither empty, nor a pattern of many.
    pub fn is_plain(&self) -> bool {
        self.names.is_one() || self.text.as_ref().is_some_and(PartialText::is_plain)
    }
}

/// Puts a text together of known and open pieces.
#[derive(Debug, Default)]
pub struct TextBuilder {
    pieces: Vec<Piece>,
    /// The known text behind the last piece.
    tail: String,
    /// The length of the known pieces.
    length: usize,
}

impl TextBuilder {
    /// Adds text.
    pub fn known(&mut self, text: &str) {
        self.tail.push_str(text);
        self.length += text.len();
    }

    fn end_tail(&mut self) {
        if !self.tail.is_empty() {
            self.pieces.push(Piece::Known(std::mem::take(&mut self.tail).into()));
        }
    }

    fn push_open(&mut self, open: Unknown) {
        self.end_tail();
        self.pieces.push(Piece::Open(open));
    }

    /// Adds a value that is not known. One that may be nothing counts as no text, since no text is there then.
    pub fn open(&mut self, unknown: &Unknown) {
        match &unknown.text {
            Some(text) if unknown.present => {
                for piece in &text.pieces {
                    match piece {
                        Piece::Known(text) => self.known(text),
                        Piece::Open(open) => self.push_open(open.clone()),
                    }
                }
            }
            _ => {
                let names = if unknown.present { unknown.names } else { Names::Unclear };
                self.push_open(Unknown { names, text: None, ..unknown.clone() });
            }
        }
    }

    /// The length of the known pieces, and the number of all.
    pub fn size(&self) -> (usize, usize) {
        (self.length, self.pieces.len())
    }

    /// The text: a string where no piece is open.
    pub fn finish(mut self) -> Value {
        if self.pieces.is_empty() {
            return Value::string(self.tail);
        }
        self.end_tail();
        let (mut reason, mut references): (Option<Box<str>>, Vec<Reference>) = (None, Vec::new());
        let mut held = 0;
        for piece in &self.pieces {
            let Piece::Open(open) = piece else { continue };
            reason.get_or_insert_with(|| open.reason.clone());
            held += open.references.len();
            for reference in &open.references {
                if references.len() < MAX_REFERENCES && !references.contains(reference) {
                    references.push(reference.clone());
                }
            }
        }
        let mut whole = Unknown { references, ..Unknown::present(reason.unwrap_or_default()) };
        if let [Piece::Open(open)] = self.pieces.as_slice() {
            whole.names = open.names;
        }
        if self.pieces.len() > MAX_PIECES || held > MAX_REFERENCES {
            self.collapse(&whole.reason);
        }
        whole.text = Some(PartialText { pieces: self.pieces.into() });
        Value::Unknown(Box::new(whole))
    }

    /// Forgets what stands between the beginning and the end.
    fn collapse(&mut self, reason: &str) {
        let pieces = std::mem::take(&mut self.pieces);
        let (first, last) = (known(pieces.first()), known(pieces.last()));
        self.known(first);
        self.push_open(Unknown::present(reason));
        self.known(last);
        self.end_tail();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partial(pieces: &[&str]) -> PartialText {
        let mut builder = TextBuilder::default();
        for piece in pieces {
            match *piece {
                "?" => builder.open(&Unknown::present("unknown")),
                "name" => builder.open(&Unknown { names: Names::One, ..Unknown::present("unknown") }),
                text => builder.known(text),
            }
        }
        match builder.finish() {
            Value::Unknown(unknown) => unknown.text.expect("it was built of pieces"),
            other => panic!("{other:?} is known"),
        }
    }

    #[test]
    fn a_text_fits_only_what_begins_and_ends_like_it() {
        let text = partial(&["arn:", "?", ":", "?", "/*"]);
        assert_eq!((text.prefix(), text.suffix()), ("arn:", "/*"));
        for (other, could) in [
            ("arn::/*", true),
            ("arn:x/*", true),
            ("arn:/*", true),
            ("*", false),
            ("arn:", false),
            ("é", false),
        ] {
            assert_eq!(text.could_be(other, false), could, "{other}");
        }
        assert!(partial(&["Tr", "?"]).could_be("true", true));
        // Beginning and end do not overlap.
        assert!(!partial(&["aba", "?", "aba"]).could_be("aba", false));
        assert!(!partial(&["aba", "?", "aba"]).could_be("ababa", false));
    }

    #[test]
    fn a_name_holds_a_letter_or_digit() {
        assert!(!partial(&["name"]).could_be("*", false));
        assert!(!partial(&["name"]).could_be("", false));
        assert!(partial(&["name"]).could_be("a", false));
        assert!(!partial(&["?", "a", "?"]).could_be("*", false));
        assert!(partial(&["?", "/", "?"]).could_be("*", false));
        assert!(!partial(&["name", "/*"]).could_be("/*", false));
    }

    #[test]
    fn too_many_pieces_leave_beginning_and_end() {
        let mut pieces = vec!["a"];
        pieces.extend(["?", ","].repeat(MAX_PIECES));
        let text = partial(&pieces);
        assert_eq!((text.prefix(), text.suffix(), text.pieces().len()), ("a", ",", 3));
    }
}
