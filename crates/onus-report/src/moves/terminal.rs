//! For people at a terminal.

use super::{counted, duty_states, outcomes, party, turned};
use crate::Screen;
use crate::class::{ink, word};
use crate::text::{Ink, Line, Page};
use anstyle::Style;
use onus_assess::{Comparison, DutyMove, FindingMove};

/// What moves, for a terminal; `sides` are the words by which the two were named.
pub fn write_terminal(comparison: &Comparison, sides: [&str; 2], screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.line(&Line::new().with(Ink::BOLD, &format!("From {} to {}", sides[0], sides[1])));
    if comparison.is_empty() {
        let text = format!(
            "Nothing moves: all {} controls are whose they were, and every duty stands as it stood.",
            comparison.compared
        );
        page.paragraph(&Line::new().with(Ink::PLAIN, &text));
        return page.finish();
    }
    for line in turned(comparison).into_iter().chain(counted(comparison)) {
        page.line(&Line::new().with(Ink::BOLD, &line));
    }
    services(&mut page, comparison);
    layers(&mut page, comparison);
    let (duties, findings) = (&comparison.duties, &comparison.findings);
    turns(&mut page, "Newly unmet", Ink::BAD, &duties.unmet, &findings.unmet);
    turns(&mut page, "Open again, neither met nor unmet", Ink::OPEN, &duties.open, &findings.open);
    turns(&mut page, "Newly met", Ink::GOOD, &duties.met, &findings.met);
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
        let (from, to) = (party(moved.from), party(moved.to));
        let label = Line::new().with(Ink::BOLD, &format!("{}, {}", moved.service, moved.layer));
        page.hanging(0, &label.with(Ink::PLAIN, &format!(": {from} → {to}. {}", moved.because)));
    }
}

/// Duties, then the checks behind them or within duties that stand as they stood.
fn turns(page: &mut Page, heading: &str, style: Style, duties: &[DutyMove], findings: &[FindingMove]) {
    if duties.is_empty() && findings.is_empty() {
        return;
    }
    page.heading(heading);
    for duty in duties {
        let label = Line::new().with(style, &format!("{}, {}", duty.service, duty.layer));
        let text = format!(": {}. {}", duty_states(duty), duty.responsibility);
        page.hanging(0, &label.with(Ink::PLAIN, &text));
    }
    for finding in findings {
        let root = finding.root.as_ref().map(|root| format!(" of {root}")).unwrap_or_default();
        let place =
            format!("{}{root} in {}:{}, {}", finding.resource, finding.path, finding.line, outcomes(finding));
        let label = Line::new().with(style, &finding.severity.to_string());
        let text = format!(": {} ({place})", finding.title);
        page.hanging(0, &label.with(Ink::PLAIN, &text));
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
