//! Checks.

use crate::counterpart;
use crate::error::{Mistakes, did_you_mean};
use crate::expression;
use crate::properties::PropertyIndex;
use crate::raw::{RawCheck, RawExamples};
use onus_check::{Check, Example, ExampleValue, Examples};
use onus_model::Layer;
use serde_saphyr::Location;

/// Reads one check file. A missing outcome of examples is a mistake only in our own checks.
pub(crate) fn read(
    raw: RawCheck,
    index: &PropertyIndex<'_>,
    own: bool,
    mistakes: &mut Mistakes<'_>,
) -> Check {
    let types = raw.resource.value.0;
    expression::check_types(&types, raw.resource.referenced, index, mistakes);
    let layer = raw.layer.value.parse().unwrap_or_else(|error: onus_model::UnknownLayer| {
        let help = did_you_mean(&raw.layer.value, Layer::ALL.iter().map(|layer| layer.as_str()));
        mistakes.note(raw.layer.referenced, error.to_string(), help);
        Layer::CustomerData
    });
    let applies = expression::read_optional(raw.applies.as_ref(), &types, index, mistakes);
    let pass = expression::read_optional(Some(&raw.pass), &types, index, mistakes);
    if own {
        check_own(&raw.examples, applies.is_some(), &raw.sources, raw.id.referenced, mistakes);
    }
    let security_hub =
        raw.security_hub.as_ref().map(|raw| counterpart::read(raw, mistakes)).unwrap_or_default();
    let config_rules = counterpart::read_config_rules(raw.config_rule.as_ref(), &security_hub, mistakes);
    let also_known_as = counterpart::read_tools(&raw.also_known_as, mistakes);
    let examples = examples(
        &raw.examples,
        types.first().map(String::as_str).unwrap_or_default(),
        raw.id.referenced,
        mistakes,
    );
    Check {
        id: raw.id.value,
        title: raw.title,
        resource: types,
        layer,
        severity: raw.severity,
        security_hub,
        config_rules,
        also_known_as,
        applies,
        // Where it could not be parsed, a mistake was noted and nothing is loaded.
        pass: pass.unwrap_or_else(|| onus_model::Expression {
            source: String::new(),
            root: onus_model::Expr::Literal(onus_model::Literal::Null),
        }),
        why: raw.why,
        fix: raw.fix,
        sources: raw.sources,
        read: raw.read,
        examples,
    }
}

fn check_own(
    examples: &RawExamples,
    applies: bool,
    sources: &[String],
    at: Location,
    mistakes: &mut Mistakes<'_>,
) {
    let wanted = [
        ("an example that passes", examples.pass.is_empty()),
        ("an example that fails", examples.fail.is_empty()),
        ("an example to which it does not apply", applies && examples.not_applicable.is_empty()),
        ("a source", sources.is_empty()),
    ];
    for (what, missing) in wanted {
        if missing {
            mistakes.at(at, format!("the check lacks {what}"));
        }
    }
}

fn examples(raw: &RawExamples, default_type: &str, at: Location, mistakes: &mut Mistakes<'_>) -> Examples {
    let mut read = |list: &[ExampleValue]| read_examples(list, default_type, at, mistakes);
    Examples {
        pass: read(&raw.pass),
        fail: read(&raw.fail),
        undetermined: read(&raw.undetermined),
        not_applicable: read(&raw.not_applicable),
    }
}

/// Reads examples, and reports those that are none.
pub(crate) fn read_examples(
    raw: &[ExampleValue],
    default_type: &str,
    at: Location,
    mistakes: &mut Mistakes<'_>,
) -> Vec<Example> {
    let mut read = |value: &ExampleValue| {
        Example::new(value.clone(), default_type).map_err(|error| mistakes.at(at, error.to_string())).ok()
    };
    raw.iter().filter_map(&mut read).collect()
}
