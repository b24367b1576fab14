//! For people at a terminal: a line per control.

use super::rows::{framework_title, tally};
use crate::Screen;
use crate::class::{ink, word};
use crate::text::{Ink, Line, Page, cut};
use onus_assess::Assessment;
use onus_model::Convention;

/// The narrowest title that still says something.
const MIN_TITLE: usize = 16;

/// The matrix as a table: control, title, whose, status. The statements, the parts and the reasons are in the other forms.
pub fn write_terminal(assessment: &Assessment, convention: Option<Convention>, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    let controls = &assessment.controls;
    let id_width = controls.iter().map(|control| control.control.len()).max().unwrap_or(0) + 2;
    let class_width = 16;
    let title_width = page.width().saturating_sub(id_width + class_width + 18).max(MIN_TITLE);
    let mut framework = "";
    for control in controls {
        if control.framework != framework {
            framework = &control.framework;
            page.heading(framework_title(assessment, framework));
            page.blank();
        }
        let convention = assessment.convention_of(framework, convention);
        let class = control.class(convention);
        let mut line = Line::new().with(Ink::BOLD, &control.control);
        line.pad_to(id_width);
        line.push(Ink::PLAIN, &cut(&control.title, title_width));
        line.pad_to(id_width + title_width + 1);
        let mark = if control.share.is_open(convention) { " ?" } else { "" };
        line.push(ink(class), &format!("{}{mark}", word(class)));
        line.pad_to(id_width + title_width + 1 + class_width);
        line.push(Ink::DIM, control.standing.status.as_str());
        page.line(&line);
    }
    let tally = tally(assessment, convention);
    page.blank();
    let text = format!(
        "{} inherited, {} shared, {} yours, {} not applicable{}",
        tally.inherited,
        tally.shared,
        tally.customer,
        tally.not_applicable,
        if tally.undetermined > 0 {
            format!("; {} of them undetermined (?): the widest is shown", tally.undetermined)
        } else {
            String::new()
        }
    );
    page.paragraph(&Line::new().with(Ink::BOLD, &text));
    page.paragraph(&Line::new().with(
        Ink::DIM,
        "onus why CONTROL shows the reasons; --format csv, markdown or json has statements, both parties' parts and evidence.",
    ));
    page.finish()
}
