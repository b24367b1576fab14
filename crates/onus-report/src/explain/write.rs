//! The page, for people and for programs.

use crate::Screen;
use crate::json::{Counterpart, counterparts, to_json};
use crate::text::{Ink, Line, Page};
use onus_check::Check;
use onus_knowledge::Knowledge;
use serde::Serialize;

/// A check's page.
pub fn write(check: &Check, knowledge: &Knowledge, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.paragraph(&Line::new().with(Ink::BOLD, &check.title));
    page.line(&Line::new().with(Ink::DIM, &check.id));
    page.blank();
    entry(&mut page, "Severity", check.severity.as_str());
    entry(&mut page, "Looks at", &check.resource.join(", "));
    let layer = knowledge.layers.iter().find(|facts| facts.layer == check.layer);
    match layer {
        Some(facts) => entry(&mut page, "Duty", &format!("{}: {}", facts.title, facts.what)),
        None => entry(&mut page, "Duty", check.layer.as_str()),
    }
    if let Some(applies) = &check.applies {
        expression(&mut page, "Where", &applies.source);
    }
    expression(&mut page, "Passes if", &check.pass.source);
    page.blank();
    entry(&mut page, "Why", &check.why);
    entry(&mut page, "Fix", &check.fix);
    page.blank();
    for control in &check.security_hub {
        entry(&mut page, "Security Hub", &beside(control));
    }
    for rule in &check.config_rules {
        let several = check.config_rules.len() > 1;
        let control = rule.control.as_deref().filter(|_| several).map(|id| format!(" (of {id})"));
        entry(&mut page, "Config rule", &format!("{}{}", rule.name, control.unwrap_or_default()));
    }
    for (notation, rule) in &check.also_known_as {
        entry(&mut page, notation.as_str(), &beside(rule));
    }
    for (at, usage) in evidence(check, knowledge).iter().enumerate() {
        let text = format!("{} {}, {}", usage.framework, usage.control, usage.title);
        entry(&mut page, if at == 0 { "Evidence for" } else { "" }, &text);
    }
    sources(&mut page, check);
    page.finish()
}

/// `S3.14: equal`, or `S3.5: ours is stricter. Where the two differ.`
fn beside(other: &onus_check::Counterpart) -> String {
    match other.strictness.difference() {
        None => format!("{}: equal", other.id),
        Some(difference) => format!("{}: ours is {}. {difference}", other.id, other.strictness.as_str()),
    }
}

const INDENT: usize = 14;

fn entry(page: &mut Page, label: &str, text: &str) {
    page.entry(&Line::new().with(Ink::DIM, label), INDENT, &Line::new().with(Ink::PLAIN, text));
}

/// An expression keeps its lines: their breaks were written for a reader.
fn expression(page: &mut Page, label: &str, source: &str) {
    for (at, line) in source.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        let label = Line::new().with(Ink::DIM, if at == 0 { label } else { "" });
        page.entry(&label, INDENT, &Line::new().with(Ink::BOLD, line));
    }
}

fn sources(page: &mut Page, check: &Check) {
    if check.sources.is_empty() {
        return;
    }
    match check.read {
        Some(day) => page.heading(&format!("Sources, as of {day}")),
        None => page.heading("Sources"),
    }
    for source in &check.sources {
        page.entry(&Line::new(), 2, &Line::new().with(Ink::DIM, source));
    }
}

/// A control that a check is evidence for.
#[derive(Serialize)]
struct Usage<'a> {
    framework: &'a str,
    control: &'a str,
    title: &'a str,
}

fn evidence<'a>(check: &Check, knowledge: &'a Knowledge) -> Vec<Usage<'a>> {
    let frameworks = knowledge.frameworks.iter();
    let controls =
        frameworks.flat_map(|framework| framework.controls.iter().map(move |control| (framework, control)));
    let using = controls.filter(|(_, control)| control.checks.iter().any(|own| own.check == check.id));
    using
        .map(|(framework, control)| Usage {
            framework: &framework.id,
            control: &control.id,
            title: &control.title,
        })
        .collect()
}

#[derive(Serialize)]
struct CheckPage<'a> {
    id: &'a str,
    title: &'a str,
    severity: &'static str,
    resource: &'a [String],
    layer: &'static str,
    applies: Option<&'a str>,
    pass: &'a str,
    why: &'a str,
    fix: &'a str,
    security_hub: Vec<&'a str>,
    config_rule: Option<&'a str>,
    also_known_as: Vec<Other<'a>>,
    counterparts: Vec<Counterpart<'a>>,
    evidence_for: Vec<Usage<'a>>,
    sources: &'a [String],
    read: Option<String>,
}

/// The same question in another tool.
#[derive(Serialize)]
struct Other<'a> {
    tool: &'static str,
    id: &'a str,
}

/// A check's page as JSON.
pub fn write_json(check: &Check, knowledge: &Knowledge) -> String {
    let others = check.also_known_as.iter().filter(|(_, rule)| rule.is_equal());
    to_json(&CheckPage {
        id: &check.id,
        title: &check.title,
        severity: check.severity.as_str(),
        resource: &check.resource,
        layer: check.layer.as_str(),
        applies: check.applies.as_ref().map(|applies| applies.source.as_str()),
        pass: &check.pass.source,
        why: &check.why,
        fix: &check.fix,
        security_hub: check.same_controls(),
        config_rule: check.same_config_rule(),
        also_known_as: others.map(|(tool, rule)| Other { tool: tool.as_str(), id: &rule.id }).collect(),
        counterparts: counterparts(check).collect(),
        evidence_for: evidence(check, knowledge),
        sources: &check.sources,
        read: check.read.map(|day| day.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::knowledge;
    use crate::text::assert_fits;

    #[test]
    fn a_page() {
        let knowledge = knowledge();
        let check = knowledge.check("rds-storage-encrypted").unwrap();
        insta::assert_snapshot!(write(check, &knowledge, &Screen::default()));
    }

    #[test]
    fn a_page_as_json() {
        let knowledge = knowledge();
        insta::assert_snapshot!(write_json(knowledge.check("rds-storage-encrypted").unwrap(), &knowledge));
    }

    #[test]
    fn a_users_own_check_cannot_harm_the_terminal() {
        let knowledge = knowledge();
        let mut check = knowledge.check("rds-storage-encrypted").unwrap().clone();
        let text = "\x1b[2J\u{202e}x\r\n".repeat(20);
        (check.title, check.why, check.fix) = (text.clone(), text.clone(), text.clone());
        (check.pass.source, check.sources) = (text.clone(), vec![text]);
        assert_fits(&write(&check, &knowledge, &Screen::default()), 80);
    }
}
