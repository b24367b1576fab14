//! What a cell can hold: text is made to fit, and says where it was.

use crate::text::{clean, unmask};
use std::borrow::Cow;

/// The characters that Excel lets a cell hold, counted in UTF-16 as Excel does.
pub(crate) const MAX_CELL: usize = 32_767;
/// What ends a text that was cut.
const CUT: &str = " … [cut: a cell holds no more]";

/// The text as a cell can hold it: without characters that a sheet cannot show, each replaced by a visible one, and cut
/// with a visible mark where it is too long. Line breaks stay.
pub(crate) fn fitted(text: &str) -> Cow<'_, str> {
    // Nearly all texts are plain, and a workbook has hundreds of thousands.
    if text.len() <= MAX_CELL && text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let text = if text.contains('\n') {
        let lines: Vec<_> = text.split('\n').map(|line| clean(line.trim_end_matches('\r'))).collect();
        Cow::Owned(lines.join("\n"))
    } else {
        clean(text)
    };
    let text = if text.contains(['\u{fffe}', '\u{ffff}']) {
        Cow::Owned(text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
    } else {
        text
    };
    // No text has more units of UTF-16 than bytes.
    if text.len() <= MAX_CELL { text } else { cut(text) }
}

fn cut(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.encode_utf16().count() <= MAX_CELL {
        return text;
    }
    let room = MAX_CELL - CUT.encode_utf16().count();
    let mut used = 0;
    let end = text.char_indices().find(|(_, character)| {
        used += character.len_utf16();
        used > room
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    format!("{}{CUT}", &text[..end]).into()
}

/// A text for the head or foot of a page, where `&` begins an instruction.
pub(crate) fn page_text(text: &str, limit: usize) -> String {
    let text = unmask(text);
    clean(&text).chars().take(limit).collect::<String>().replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_as_it_is() {
        for text in ["", "plain", "ünïcode 日本", "two\nlines", "=1+1", &"x".repeat(MAX_CELL)] {
            assert_eq!(fitted(text), text);
        }
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(fitted("a\u{0}b\u{1b}[31m"), "a␀b␛[31m");
        assert_eq!(fitted("a\u{202e}b\u{fffe}\r\nc"), "a\u{fffd}b\u{fffd}\nc");
    }

    #[test]
    fn a_long_text_says_that_it_is_cut() {
        for text in ["x".repeat(MAX_CELL + 1), "😀".repeat(MAX_CELL), "é".repeat(100_000)] {
            let text = fitted(&text).into_owned();
            assert!(text.encode_utf16().count() <= MAX_CELL);
            assert!(text.ends_with(CUT), "{}", &text[text.len() - 60..]);
        }
        // Many bytes, but few enough characters.
        let text = "é".repeat(MAX_CELL);
        assert_eq!(fitted(&text), text);
    }

    #[test]
    fn a_page_head_takes_no_instruction() {
        assert_eq!(page_text("R&D &P", 60), "R&&D &&P");
        assert_eq!(page_text("abc", 2), "ab");
    }
}
