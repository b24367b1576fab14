//! What other tools ask beside a check, and how the check stands to each.

use crate::error::{KnowledgeError, Mistakes, did_you_mean};
use crate::raw::{Entries, RawConfigRules, RawCounterparts, RawStrictness};
use onus_check::{Check, ConfigRule, Counterpart, Strictness};
use onus_model::Notation;
use serde_saphyr::Spanned;
use std::collections::BTreeMap;

/// The tools whose waivers are understood.
const TOOLS: [Notation; 5] =
    [Notation::Checkov, Notation::CfnNag, Notation::CdkNag, Notation::Trivy, Notation::Tfsec];

/// Reads ids with their relations.
pub(crate) fn read(raw: &Spanned<RawCounterparts>, mistakes: &mut Mistakes<'_>) -> Vec<Counterpart> {
    let stated = match &raw.value {
        RawCounterparts::Stated(stated) => stated,
        RawCounterparts::Bare(ids) => {
            let id = ids.first().map_or("", String::as_str);
            let message = format!("`{id}` needs to say how the check stands to it");
            let help = format!("write `{{{id}: equal}}`, or `looser` or `stricter` with a sentence");
            mistakes.note(raw.referenced, message, Some(help));
            return Vec::new();
        }
    };
    let mut read: Vec<Counterpart> = Vec::new();
    for (id, strictness) in &stated.0 {
        if read.iter().any(|other| other.id.eq_ignore_ascii_case(id)) {
            mistakes.at(strictness.referenced, format!("`{id}` stands here twice"));
        }
        if let Some(strictness) = read_strictness(id, strictness, mistakes) {
            read.push(Counterpart { id: id.clone(), strictness });
        }
    }
    read
}

fn read_strictness(
    id: &str,
    raw: &Spanned<RawStrictness>,
    mistakes: &mut Mistakes<'_>,
) -> Option<Strictness> {
    let RawStrictness { word, difference } = &raw.value;
    let difference = difference.as_deref().map(str::trim).filter(|sentence| !sentence.is_empty());
    let mistake = match (word.as_str(), difference) {
        ("equal", None) => return Some(Strictness::Equal),
        ("looser", Some(sentence)) => return Some(Strictness::Looser(sentence.to_owned())),
        ("stricter", Some(sentence)) => return Some(Strictness::Stricter(sentence.to_owned())),
        ("equal", Some(_)) => format!("what is `equal` to `{id}` has no difference to state"),
        ("looser" | "stricter", None) => format!("`{word}` than `{id}` needs a sentence that says where"),
        _ => {
            let message = format!("`{word}` is no relation: expected `equal`, `looser` or `stricter`");
            mistakes.note(raw.referenced, message, did_you_mean(word, Strictness::WORDS));
            return None;
        }
    };
    mistakes.at(raw.referenced, mistake);
    None
}

/// Reads the rules of other tools.
pub(crate) fn read_tools(
    raw: &Entries<Spanned<RawCounterparts>>,
    mistakes: &mut Mistakes<'_>,
) -> Vec<(Notation, Counterpart)> {
    let mut all = Vec::new();
    for (tool, counterparts) in &raw.0 {
        match TOOLS.iter().find(|notation| notation.as_str() == tool) {
            Some(notation) => {
                all.extend(read(counterparts, mistakes).into_iter().map(|one| (*notation, one)));
            }
            None => {
                let message = format!("`{tool}` is not a tool whose suppressions are understood");
                let help = did_you_mean(tool, TOOLS.iter().map(|notation| notation.as_str()));
                mistakes.note(counterparts.referenced, message, help);
            }
        }
    }
    all
}

/// Reads the Config rules: one for each control, and one alone where there is at most one control.
pub(crate) fn read_config_rules(
    raw: Option<&Spanned<RawConfigRules>>,
    controls: &[Counterpart],
    mistakes: &mut Mistakes<'_>,
) -> Vec<ConfigRule> {
    let Some(raw) = raw else { return Vec::new() };
    match &raw.value {
        RawConfigRules::One(name) => {
            if controls.len() > 1 {
                let help = format!("write `{{{}: {name}, …}}`", controls[0].id);
                let message = format!("`{name}` needs to say which of the controls it implements");
                mistakes.note(raw.referenced, message, Some(help));
            }
            vec![ConfigRule { name: name.clone(), control: controls.first().map(|one| one.id.clone()) }]
        }
        RawConfigRules::ByControl(rules) => {
            let mut read = Vec::new();
            for (control, name) in &rules.0 {
                if controls.iter().all(|known| known.id != *control) {
                    let help = did_you_mean(control, controls.iter().map(|known| known.id.as_str()));
                    let message = format!("`{control}` is none of the check's controls");
                    mistakes.note(name.referenced, message, help);
                }
                read.push(ConfigRule { name: name.value.clone(), control: Some(control.clone()) });
            }
            read
        }
    }
}

/// A control is implemented by one Config rule, whichever checks name it.
pub(crate) fn disagreements(checks: &[Check]) -> Vec<KnowledgeError> {
    let mut rules: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    let mut errors = Vec::new();
    for check in checks {
        for rule in &check.config_rules {
            let Some(control) = rule.control.as_deref() else { continue };
            let (first, other) = rules.entry(control).or_insert((&rule.name, &check.id));
            if *first != rule.name {
                errors.push(KnowledgeError {
                    path: "checks".into(),
                    line: 0,
                    column: 0,
                    message: format!(
                        "`{}` says that `{control}` is implemented by `{}`, and `{other}` says `{first}`",
                        check.id, rule.name
                    ),
                    help: None,
                });
            }
        }
    }
    errors
}
