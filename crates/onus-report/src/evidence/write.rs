//! Tasks and records for people.

use crate::Screen;
use crate::facts::counted;
use crate::text::{Ink, Line, Page};
use anstyle::Style;
use jiff::civil::Date;
use onus_assess::{Assessment, Task, TaskState};
use onus_model::{Record, RecordResult};

/// The tasks and records of an assessment.
pub fn write(assessment: &Assessment, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    let overdue = assessment.tasks.iter().filter(|task| task.overdue).count();
    let late = if overdue == 0 { String::new() } else { format!(", {overdue} overdue") };
    page.line(&bold(&format!("{} to show{late}", counted(assessment.tasks.len(), "task"))));
    if !assessment.tasks.is_empty() {
        page.blank();
        assessment.tasks.iter().for_each(|task| add_task(&mut page, task));
    }
    page.blank();
    list_records(&assessment.records, assessment.date, &mut page);
    page.finish()
}

/// Records on a day, each with what is the matter with it.
pub fn write_records(records: &[Record], today: Date, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    list_records(records, today, &mut page);
    page.finish()
}

fn list_records(list: &[Record], today: Date, page: &mut Page) {
    let flawed = list.iter().filter(|record| !record.flaws(today).is_empty()).count();
    let flaws = if flawed == 0 { String::new() } else { format!(", {flawed} flawed") };
    page.line(&bold(&format!("{}{flaws}", counted(list.len(), "record"))));
    if !list.is_empty() {
        page.blank();
        list.iter().for_each(|record| add_record(page, record, today));
    }
}

fn plain(text: &str) -> Line {
    Line::new().with(Ink::PLAIN, text)
}

fn bold(text: &str) -> Line {
    Line::new().with(Ink::BOLD, text)
}

/// `, due 2027-03-31`, in the colour of an alarm where that is past.
fn due(due: Option<Date>, overdue: bool) -> Line {
    match due {
        None => Line::new(),
        Some(day) if overdue => plain(", ").with(Ink::BAD, &format!("overdue since {day}")),
        Some(day) => plain(&format!(", due {day}")),
    }
}

/// The id has to be copied, so that it has a line of its own.
fn add_task(page: &mut Page, task: &Task) {
    let ink = match task.state {
        TaskState::Open | TaskState::Planned => Ink::PLAIN,
        TaskState::Renew(_) => Ink::OPEN,
        TaskState::NotSatisfied => Ink::BAD,
    };
    let owner = task.owner.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    page.paragraph(&bold(&task.id));
    let state = Line::new().with(ink, task.state.as_str()).joined(due(task.due, task.overdue));
    page.entry(&plain("  "), 2, &state.with(Ink::PLAIN, &format!(": {}", task.title)).with(Ink::DIM, &owner));
}

fn add_record(page: &mut Page, record: &Record, today: Date) {
    let (ink, state) = state(record, today);
    page.paragraph(&bold(&record.id));
    let state = Line::new().with(ink, state).joined(due(record.due, record.is_overdue(today)));
    let text = state.with(Ink::PLAIN, &format!(": {}", about(record, today)));
    page.entry(&plain("  "), 2, &text.with(Ink::DIM, &format!(" ({})", record.owner)));
}

/// In a word: what it shows, or what is the matter first.
fn state(record: &Record, today: Date) -> (Style, &'static str) {
    match (record.flaws(today).first(), &record.outcome) {
        (Some(_), _) => (Ink::OPEN, "does not count"),
        (None, None) => (Ink::PLAIN, "planned"),
        (None, Some(outcome)) => match outcome.result {
            RecordResult::Satisfied => (Ink::GOOD, outcome.result.as_str()),
            RecordResult::NotSatisfied => (Ink::BAD, outcome.result.as_str()),
        },
    }
}

/// What is the matter with it, or what it is for.
fn about(record: &Record, today: Date) -> String {
    let flaws: Vec<String> = record.flaws(today).iter().map(ToString::to_string).collect();
    if !flaws.is_empty() {
        return flaws.join("; ");
    }
    let targets: Vec<String> = record.targets.iter().map(ToString::to_string).collect();
    let until = record.outcome.as_ref().map(|outcome| format!(", valid until {}", outcome.valid_until));
    format!("for {}{}", targets.join(", "), until.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{TODAY, hostile, web_shop};
    use crate::text::assert_fits;

    #[test]
    fn tasks_and_records() {
        insta::assert_snapshot!(write(&web_shop(), &Screen::default()));
    }

    #[test]
    fn they_fit_every_width() {
        for assessment in [web_shop(), hostile("\x1b[31m\u{202e}")] {
            for width in [40, 61, 80, 200] {
                let screen = Screen { width, ..Screen::default() };
                assert_fits(&write(&assessment, &screen), width);
                assert_fits(&write_records(&assessment.records, TODAY, &screen), width);
            }
        }
    }
}
