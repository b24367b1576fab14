//! The line of the source that decided, through `annotate-snippets`.
//!
//! Only one line is ever handed over, made harmless and cut to what fits around the place, so that a plan of
//! hundreds of megabytes in a single line costs no more than any other.

use super::Glyphs;
use crate::facts::location;
use crate::text::{Ink, Line, Page, clean, cut, cut_start, to_ascii, width};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use onus_assess::Assessment;
use onus_model::{Location, Span};
use std::ops::Range;

/// Adds the place and its line; without a readable line only the place. Says whether the label found room.
pub(super) fn draw(page: &mut Page, assessment: &Assessment, span: Span, label: &str) -> bool {
    let Some(at) = location(assessment, span) else { return false };
    let gutter = at.line.to_string().len() + 3;
    let room = page.width().saturating_sub(gutter);
    draw_place(page, at, gutter);
    let Some(source) = assessment.workload.file(span.file).quotable() else { return false };
    let Some(extract) = extract(source, span, room).map(|extract| extract.shown(page)) else { return false };
    let mut mark = AnnotationKind::Primary.span(extract.mark.clone());
    let label = shown(page, &clean(label));
    let labelled = width(&extract.text[..extract.mark.end]) + 1 + width(&label) <= room;
    if labelled {
        mark = mark.label(label);
    }
    let snippet = Snippet::source(&extract.text).line_start(at.line as usize).path("place").annotation(mark);
    let rendered = renderer(page).render(&[Group::with_level(Level::ERROR).element(snippet)]);
    // The renderer counts columns in the extract, so the line with the place is drawn here, from the source's own.
    let body = rendered.split_once('\n').map_or("", |(_, body)| body);
    page.rendered(body);
    labelled
}

fn draw_place(page: &mut Page, at: Location<'_>, gutter: usize) {
    let glyphs = Glyphs::of(page.ascii());
    let mut line = Line::new();
    line.pad_to(gutter.saturating_sub(width(glyphs.arrow)));
    line.push(Ink::DIM, glyphs.arrow);
    line.push(Ink::PLAIN, " ");
    let place = format!(":{}:{}", at.line, at.column);
    let room = page.width().saturating_sub(line.width() + place.len());
    line.push(Ink::PLAIN, &cut_start(&clean(at.path), room));
    line.push(Ink::PLAIN, &place);
    page.line(&line);
}

fn shown(page: &Page, text: &str) -> String {
    if page.ascii() { to_ascii(text) } else { text.to_owned() }
}

fn renderer(page: &Page) -> Renderer {
    let renderer = if page.color() { Renderer::styled() } else { Renderer::plain() };
    let style = if page.ascii() { DecorStyle::Ascii } else { DecorStyle::Unicode };
    // The line fits already; the renderer shall not cut it a second time.
    renderer.decor_style(style).term_width(page.width() * 2)
}

/// A part of a line, harmless, and the bytes in it that are meant.
#[derive(Debug, PartialEq, Eq)]
struct Extract {
    text: String,
    mark: Range<usize>,
}

impl Extract {
    fn shown(self, page: &Page) -> Self {
        let before = shown(page, &self.text[..self.mark.start]);
        let marked = shown(page, &self.text[self.mark.clone()]);
        let mark = before.len()..before.len() + marked.len();
        Self { text: before + &marked + &shown(page, &self.text[self.mark.end..]), mark }
    }
}

/// The line of a span, as far as it fits into so many cells with the span in sight.
fn extract(source: &str, span: Span, room: usize) -> Option<Extract> {
    // A character takes at most two cells and four bytes; what follows beyond that cannot be seen anyway.
    let most = room.saturating_mul(4).max(4);
    let (before, after) = (source.get(..span.start as usize)?, source.get(span.start as usize..)?);
    let after = head(after, most).split(['\n', '\r']).next()?;
    let length = (span.end.saturating_sub(span.start) as usize).min(after.len());
    let (marked, after) = after.split_at_checked(length)?;
    let before = tail(before, most);
    let before = before.rsplit('\n').next().unwrap_or(before);
    Some(fit(&spread(before), &spread(marked), &spread(after), room))
}

/// Made harmless, and tabs as in an editor, roughly.
fn spread(text: &str) -> String {
    clean(&text.replace('\t', "    ")).into_owned()
}

fn fit(before: &str, marked: &str, after: &str, room: usize) -> Extract {
    let marked = cut(marked, (room * 2 / 3).max(1));
    let before = cut_start(before, room.saturating_sub(width(&marked)));
    let mark = before.len()..before.len() + marked.len();
    let after = cut(after.trim_end(), room.saturating_sub(width(&before) + width(&marked)));
    Extract { text: format!("{before}{marked}{after}"), mark }
}

/// At most so many bytes from the start.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// At most so many bytes from the end.
fn tail(text: &str, bytes: usize) -> &str {
    let start = text.len().saturating_sub(bytes);
    let start = (start..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::FileId;

    fn check(source: &str, marked: &str, room: usize) -> String {
        let start = source.find(marked).unwrap();
        let span = Span::new(FileId(0), start as u32, (start + marked.len()) as u32);
        let extract = extract(source, span, room).unwrap();
        assert!(width(&extract.text) <= room);
        let (before, after) = (&extract.text[..extract.mark.start], &extract.text[extract.mark.end..]);
        format!("{before}[{}]{after}", &extract.text[extract.mark.clone()])
    }

    #[test]
    fn the_span_stays_in_sight() {
        assert_eq!(check("a:\n  b: false # why\n", "false", 30), "  b: [false] # why");
        assert_eq!(check("{\"long\": 1, \"bad\": false, \"more\": 2}", "false", 14), "… \"bad\": [false]");
        assert_eq!(check("x: aaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaa", 12), "x: [aaaaaaa…]");
        assert_eq!(check("k:\tv\x1b[31m", "v", 20), "k:    [v]␛[31m");
    }

    #[test]
    fn a_huge_line_is_not_copied() {
        let source = format!("{}BAD{}", "x".repeat(5_000_000), "y".repeat(5_000_000));
        assert_eq!(check(&source, "BAD", 9), "…xxxxx[BAD]");
    }

    #[test]
    fn a_span_that_fits_nothing_gives_nothing() {
        assert_eq!(extract("ä", Span::new(FileId(0), 1, 2), 20), None);
        assert_eq!(extract("a", Span::new(FileId(0), 7, 9), 20), None);
    }
}
