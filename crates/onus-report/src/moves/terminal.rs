//! For people at a terminal.

use super::{counted, party};
use crate::Screen;
use crate::class::{ink, word};
use crate::text::{Ink, Line, Page};
use onus_assess::Comparison;

/// What moves, for a terminal; `sides` are the words by which the two were named.
pub fn write_terminal(comparison: &Comparison, sides: [&str; 2], screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.line(&Line::new().with(Ink::BOLD, &format!("From {} to {}", sides[0], sides[1])));
    if comparison.is_empty() {
        let text = format!("Nothing moves: all {} controls are whose they were.", comparison.compared);
        page.paragraph(&Line::new().with(Ink::PLAIN, &text));
        return page.finish();
    }
    for line in counted(comparison) {
        page.line(&Line::new().with(Ink::BOLD, &line));
    }
    services(&mut page, comparison);
    layers(&mut page, comparison);
    unmet(&mut page, comparison);
    controls(&mut page, comparison);
    page.finish()
}

fn services(page: &mut Page, comparison: &Comparison) {
    for (word, names) in [("New", &comparison.added), ("Gone", &comparison.removed)] {
        if !names.is_empty() {
            page.entry(
                &Line::new().with(Ink::DIM, word),
                6,
                &Line::new().with(Ink::PLAIN, &names.join(", ")),
            );
        }
    }
}

fn layers(page: &mut Page, comparison: &Comparison) {
    if comparison.layers.is_empty() {
        return;
    }
    page.heading("Layers");
    for moved in &comparison.layers {
        let text =
            format!("{}: {} → {}. {}", moved.service, party(moved.from), party(moved.to), moved.because);
        page.entry(
            &Line::new().with(Ink::BOLD, moved.layer.as_str()),
            4,
            &Line::new().with(Ink::PLAIN, &text),
        );
    }
}

fn unmet(page: &mut Page, comparison: &Comparison) {
    if comparison.newly_unmet.is_empty() {
        return;
    }
    page.heading("Newly unmet");
    for duty in &comparison.newly_unmet {
        let label = Line::new().with(Ink::BAD, &format!("{}, {}", duty.service, duty.layer));
        page.hanging(0, &label.with(Ink::PLAIN, &format!("  {}", duty.responsibility)));
    }
}

fn controls(page: &mut Page, comparison: &Comparison) {
    if comparison.controls.is_empty() {
        return;
    }
    page.heading("Controls and statements");
    for moved in &comparison.controls {
        let id = moved.statement.as_deref().unwrap_or(&moved.control);
        let style = if moved.statement.is_some() { Ink::PLAIN } else { Ink::BOLD };
        let mut line = Line::new().with(style, id);
        line.pad_to(16);
        let text = Line::new()
            .with(ink(moved.from), word(moved.from))
            .with(Ink::PLAIN, " → ")
            .with(ink(moved.to), word(moved.to))
            .with(Ink::PLAIN, &format!("  {}", moved.title));
        page.entry(&line, 16, &text);
    }
}
