//! Puts the parts together.

use super::{Options, chart, findings, notes};
use crate::facts::{counted, standing};
use crate::text::{Ink, Line, NO_BREAK, Page};
use onus_assess::{Assessment, DutyState};

/// The report for a terminal.
///
/// No line is wider than the screen, and nothing from the input reaches the terminal as a control character.
pub fn write(assessment: &Assessment, options: &Options) -> String {
    let mut page = Page::new(&options.screen);
    opening(&mut page, assessment);
    chart::draw(&mut page, assessment);
    findings::failed(&mut page, assessment, options);
    findings::undetermined(&mut page, assessment, options);
    findings::rest(&mut page, assessment, options);
    notes::waivers(&mut page, assessment);
    notes::problems(&mut page, assessment, options);
    notes::next(&mut page, assessment, options);
    page.finish()
}

/// What was assessed, and the sentence that answers what is mine and what is wrong.
fn opening(page: &mut Page, assessment: &Assessment) {
    let summary = &assessment.summary;
    page.line(&Line::new().with(Ink::BOLD, &assessment.system));
    let mut about = format!("Assessed {}", assessment.date);
    if !assessment.inputs.is_empty() {
        about.push_str(&format!(" from {}", assessment.inputs.join(", ")));
    }
    about.push_str(&format!(
        " · {} · {}",
        counted(summary.services, "service"),
        counted(summary.resources, "resource")
    ));
    page.paragraph(&Line::new().with(Ink::DIM, &about));
    page.blank();
    page.paragraph(&sentence(assessment));
}

fn sentence(assessment: &Assessment) -> Line {
    let summary = &assessment.summary;
    if summary.aws == 0 && summary.customer == 0 {
        return Line::new()
            .with(Ink::PLAIN, "Nothing that runs on AWS was found, so there is no duty to show.");
    }
    let duties = if summary.aws == 1 { "duty" } else { "duties" };
    let verb = if summary.customer == 1 { "is" } else { "are" };
    let mut line =
        Line::new().with(Ink::PLAIN, "AWS carries ").with(Ink::AWS, &format!("{} {duties}", summary.aws));
    line = line.with(Ink::PLAIN, ". ").with(Ink::CUSTOMER, &format!("{} {verb} yours", summary.customer));
    for (at, (number, state, words)) in standing(assessment).into_iter().enumerate() {
        line.push(Ink::PLAIN, if at == 0 { ": " } else { ", " });
        let style = match state {
            DutyState::NotMet => Ink::BAD,
            DutyState::Met => Ink::GOOD,
            _ => Ink::OPEN,
        };
        line.push(style, &format!("{number} {words}").replace(' ', &NO_BREAK.to_string()));
    }
    line.with(Ink::PLAIN, ".")
}
