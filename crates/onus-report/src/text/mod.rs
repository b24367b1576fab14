//! Text for people: made harmless, measured, cut and wrapped in terminal cells.
//!
//! Names, paths and messages come from files that anybody may have written, so every one passes
//! [`clean()`] before it reaches a terminal.

mod clean;
mod headings;
mod measure;
mod page;
mod table;

pub(crate) use clean::{clean, to_ascii, unmask};
pub(crate) use headings::place_headings;
pub(crate) use measure::{cut, cut_start, width};
pub(crate) use page::{Ink, Line, NO_BREAK, Page};
pub(crate) use table::Table;

/// No line is wider than the page, and none holds what a terminal would obey.
#[cfg(test)]
#[track_caller]
pub(crate) fn assert_fits(report: &str, width: usize) {
    use unicode_width::UnicodeWidthStr;
    for line in report.lines() {
        assert!(line.width() <= width, "{} cells of {width}: {line}", line.width());
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert!(!line.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "{line:?}");
    }
}
