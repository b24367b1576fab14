//! Measures and cuts text in terminal cells.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// How many cells the text takes.
///
/// The sum over its characters, which is never less than what a terminal uses for clean text.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(char: char) -> usize {
    char.width().unwrap_or(0)
}

/// The text, shortened at its end with `…` to at most so many cells.
pub(crate) fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let mut used = 0;
    let kept = text.chars().take_while(|char| {
        used += char_width(*char);
        used <= room
    });
    Cow::Owned(kept.chain(['…']).collect())
}

/// The text, shortened at its start with `…` to at most so many cells: of a path the end tells more.
pub(crate) fn cut_start(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let mut used = 0;
    let mut start = text.len();
    for (at, char) in text.char_indices().rev() {
        used += char_width(char);
        if used > room {
            break;
        }
        start = at;
    }
    Cow::Owned(format!("…{}", &text[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_where_the_cells_end() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("longer", 5), "long…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("x", 0), "");
        assert_eq!(cut_start("a/b/file.yaml:3", 12), "…file.yaml:3");
    }
}
