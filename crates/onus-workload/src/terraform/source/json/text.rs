//! The letters of a JSON string, and where each stands.

use std::ops::Range;

/// A string as it is meant, with its places.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) meant: String,
    runs: Vec<Run>,
    /// The byte of its closing quote.
    close: usize,
}

/// Letters that stand as they are, or one escape.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// The first byte in the meant text.
    meant: usize,
    /// The first byte in the JSON text, and the one after its last.
    start: usize,
    end: usize,
    escaped: bool,
}

impl Text {
    /// The string that stands, with its quotes, at a range of a JSON text.
    pub(super) fn new(json: &str, quoted: Range<usize>) -> Self {
        let close = quoted.end.saturating_sub(1).max(quoted.start);
        let mut text = Self { meant: String::new(), runs: Vec::new(), close };
        let mut at = (quoted.start + 1).min(close);
        while at < close {
            let rest = json.get(at..close).unwrap_or_default();
            let plain = rest.find('\\').unwrap_or(rest.len());
            let (letter, length) = match rest.as_bytes().get(plain + 1) {
                _ if plain > 0 => (None, plain),
                Some(b'u') => unicode(rest),
                Some(escape) if escape.is_ascii() => (Some(short(*escape)), 2),
                _ => (None, rest.len()),
            };
            if length == 0 {
                break;
            }
            let end = at + length;
            text.runs.push(Run { meant: text.meant.len(), start: at, end, escaped: letter.is_some() });
            match letter {
                Some(letter) => text.meant.push(letter),
                None => text.meant.push_str(rest.get(..length).unwrap_or_default()),
            }
            at = end;
        }
        text
    }

    /// Where a byte of the meant text stands in the JSON text.
    pub(super) fn place(&self, at: usize) -> usize {
        if at >= self.meant.len() {
            return self.close;
        }
        let after = self.runs.partition_point(|run| run.meant <= at);
        let run = after.checked_sub(1).and_then(|before| self.runs.get(before));
        run.map_or(self.close, |run| if run.escaped { run.start } else { run.start + (at - run.meant) })
    }

    /// The letters of a part of the meant text: each with its bytes in the JSON text, and whether it stands there as it is.
    pub(super) fn letters(&self, part: Range<usize>) -> impl Iterator<Item = (char, Range<usize>, bool)> {
        let mut run = self.runs.partition_point(|run| run.meant <= part.start).saturating_sub(1);
        let letters = self.meant.get(part.clone()).unwrap_or_default().char_indices();
        letters.filter_map(move |(at, letter)| {
            let at = part.start + at;
            while self.runs.get(run + 1).is_some_and(|next| next.meant <= at) {
                run += 1;
            }
            let own = self.runs.get(run)?;
            let start = own.start + (at - own.meant);
            let place = if own.escaped { own.start..own.end } else { start..start + letter.len_utf8() };
            Some((letter, place, !own.escaped))
        })
    }
}

/// A letter written `\u1234`, or as two halves `\ud83d\ude00`; and the length of that. A half alone is no letter.
fn unicode(escape: &str) -> (Option<char>, usize) {
    let unit = |at: usize| {
        let digits = escape.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(0) else { return (Some(char::REPLACEMENT_CHARACTER), escape.len().min(2)) };
    let halves =
        unit(6).filter(|second| (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(second));
    match halves {
        Some(second) => {
            let letter = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            (Some(letter.unwrap_or(char::REPLACEMENT_CHARACTER)), 12)
        }
        None => (Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)), 6),
    }
}

const fn short(escape: u8) -> char {
    match escape {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        other => other as char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_letters_with_their_places() {
        let json = r#"  "aß\n\u00e9\ud83d\ude00\ud83d!\"" "#;
        let end = json.rfind('"').unwrap() + 1;
        let text = Text::new(json, 2..end);
        assert_eq!(text.meant, "aß\né😀\u{fffd}!\"");
        let found = |letter: char| {
            let of = |(own, place, _): &(char, Range<usize>, bool)| (*own == letter).then(|| place.clone());
            &json[text.letters(0..text.meant.len()).find_map(|found| of(&found)).unwrap()]
        };
        assert_eq!(
            (found('ß'), found('é'), found('😀'), found('!')),
            ("ß", "\\u00e9", "\\ud83d\\ude00", "!")
        );
        assert_eq!(text.place(text.meant.find('!').unwrap()), json.find('!').unwrap());
        assert_eq!(text.place(100), end - 1);
        for broken in ["\"", "\"\\", "\"\\u", "\"\\u12", "\"\\u12é4\"", ""] {
            Text::new(broken, 0..broken.len());
        }
    }
}
