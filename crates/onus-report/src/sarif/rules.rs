//! The checks as rules, with the help that a reader of an alert needs.

use super::model::{Configuration, Help, Message, Rule, RuleProperties};
use onus_check::{Check, Severity};

/// A check as a rule.
pub(super) fn rule(check: &Check) -> Rule<'_> {
    Rule {
        id: &check.id,
        short_description: Message { text: check.title.clone() },
        full_description: Message { text: check.why.clone() },
        help: help(check),
        help_uri: check.sources.first().map(String::as_str),
        default_configuration: Configuration { level: level(check.severity) },
        properties: RuleProperties {
            tags: vec!["security", check.layer.as_str()],
            precision: "high",
            security_severity: score(check.severity),
            layer: check.layer.as_str(),
            security_hub: check.same_controls(),
            config_rule: check.same_config_rule(),
        },
    }
}

/// The level of a failure.
pub(super) const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// GitHub ranks by a score like CVSS's: above 9.0 critical, from 7.0 high, from 4.0 medium.
const fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
    }
}

fn help(check: &Check) -> Help {
    let mut text = format!("{}\n\nFix: {}\n", check.why, check.fix);
    let mut markdown = format!("{}\n\n**Fix:** {}\n", check.why, check.fix);
    let mut same = check.same_controls();
    same.extend(check.same_config_rule());
    if !same.is_empty() {
        text.push_str(&format!("\nThe same question in AWS's own tools: {}\n", same.join(", ")));
        markdown.push_str(&format!("\nThe same question in AWS's own tools: `{}`\n", same.join("`, `")));
    }
    for control in check.security_hub.iter().filter(|control| !control.is_equal()) {
        let difference = control.strictness.difference().unwrap_or_default();
        text.push_str(&format!("\nThis check is {control} of Security Hub: {difference}\n"));
        markdown.push_str(&format!("\nThis check is {control} of Security Hub: {difference}\n"));
    }
    text.push_str(&format!("\nChecked: {}\n", check.pass.source));
    markdown.push_str(&format!("\nChecked:\n\n    {}\n", check.pass.source.replace('\n', "\n    ")));
    if !check.sources.is_empty() {
        text.push_str(&format!("\nSources:\n{}\n", check.sources.join("\n")));
        let list: Vec<_> = check.sources.iter().map(|source| format!("- <{source}>")).collect();
        markdown.push_str(&format!("\nSources:\n\n{}\n", list.join("\n")));
    }
    Help { text, markdown }
}
