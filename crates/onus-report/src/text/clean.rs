//! Takes the power from text that a terminal would obey.

use onus_model::SourceFile;
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// The text with everything replaced that would move the cursor, change colours, or reorder or hide its neighbours.
///
/// Line breaks and tabs become spaces, other control characters their visible pictures (`␛`).
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let text = &unmask(text);
    Cow::Owned(text.chars().filter_map(replacement).collect())
}

/// The text with an ellipsis for what is hidden in it.
pub(crate) fn unmask(text: &str) -> Cow<'_, str> {
    if !text.contains(SourceFile::MASK) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            SourceFile::MASK if out.ends_with('…') => {}
            SourceFile::MASK => out.push('…'),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

fn is_unsafe(char: char) -> bool {
    replacement(char) != Some(char)
}

fn replacement(char: char) -> Option<char> {
    match char {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\x1f' => char::from_u32(0x2400 + char as u32),
        '\x7f' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        // Direction marks, embeddings, overrides and isolates reorder what stands beside them.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some('\u{fffd}')
        }
        // Invisible: joiners, selectors of a presentation, fillers, tags.
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' => None,
        '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => None,
        other => Some(other),
    }
}

/// The text in ASCII, as wide as before: what has no counterpart becomes question marks.
pub(crate) fn to_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            ascii if ascii.is_ascii() => out.push(ascii),
            '·' | '–' | '—' => out.push('-'),
            '…' => out.push('~'),
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            other => out.extend(std::iter::repeat_n('?', other.width().unwrap_or(0))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_becomes_visible() {
        assert_eq!(clean("plain ünïcode 日本"), "plain ünïcode 日本");
        assert_eq!(clean("\x1b[31mred\x07"), "␛[31mred␇");
        assert_eq!(clean("a\u{9b}31mb\x7f"), "a\u{fffd}31mb␡");
        assert_eq!(clean("evil\u{202e}lmay.\u{200b}x"), "evil\u{fffd}lmay.x");
        assert_eq!(clean("two\r\nlines\there"), "two  lines here");
    }

    #[test]
    fn ascii_keeps_the_width() {
        assert_eq!(to_ascii("a · 日…é"), "a - ??~?");
    }
}
