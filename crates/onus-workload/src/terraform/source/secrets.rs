//! The literal secrets of a file, so that no report quotes them.

use super::configuration::Dropped;
use super::json::{Translation, is_json};
use crate::secret_names::{self, is_name_of_secret};
use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Body, Structure};
use onus_hcl::written_key;
use onus_model::{Problem, SourceFile};
use std::ops::Range;

/// Hides the secrets of a file, whether it could be parsed or not. Of one in the JSON syntax the body is that of its
/// translation.
pub(super) fn mask(
    file: &mut SourceFile,
    parsed: &Result<(Body, Dropped), Problem>,
    json: Option<&Translation>,
) {
    let hidden = match (parsed, json) {
        // What was left out may hold secrets as well as anything.
        (Ok((body, dropped)), None) => secrets(body).into_iter().chain(dropped.iter().cloned()).collect(),
        (Ok((body, _)), Some(json)) => {
            let own = secrets(body).into_iter().map(|range| json.places.range(range));
            own.chain(json.hidden.iter().cloned()).collect()
        }
        (Err(_), _) => {
            let separator = if is_json(&file.path) { ':' } else { '=' };
            secret_names::in_lines(&file.text, separator, "private_key")
        }
    };
    if !hidden.is_empty() {
        file.hide(hidden);
    }
}

/// The bytes of what is named like a secret, and of the defaults of sensitive variables.
fn secrets(body: &Body) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = vec![body];
    while let Some(body) = open.pop() {
        for structure in body {
            match structure {
                Structure::Attribute(attribute) if is_name_of_secret(attribute.key.as_str()) => {
                    literals(&attribute.value, &mut found);
                }
                Structure::Attribute(attribute) => within(&attribute.value, &mut found),
                Structure::Block(block) => {
                    let sensitive = block.body.get_attribute("sensitive");
                    if block.ident.as_str() == "variable"
                        && sensitive.is_some_and(|attribute| attribute.value.as_bool() == Some(true))
                        && let Some(default) = block.body.get_attribute("default")
                    {
                        found.extend(default.value.span());
                    }
                    open.push(&block.body);
                }
            }
        }
    }
    found
}

/// What is named like a secret within an object.
fn within(expression: &Expression, found: &mut Vec<Range<usize>>) {
    match expression {
        Expression::Object(object) => {
            for (key, value) in object {
                let named = written_key(key).is_some_and(is_name_of_secret);
                if named {
                    literals(value.expr(), found);
                } else {
                    within(value.expr(), found);
                }
            }
        }
        Expression::Array(elements) => elements.iter().for_each(|element| within(element, found)),
        Expression::Parenthesis(inner) => within(inner.inner(), found),
        Expression::FuncCall(call) => call.args.iter().for_each(|argument| within(argument, found)),
        _ => {}
    }
}

/// Texts that are written out; a reference to a variable or secret is none.
fn literals(expression: &Expression, found: &mut Vec<Range<usize>>) {
    if let Expression::Parenthesis(inner) = expression {
        literals(inner.inner(), found);
    } else if matches!(
        expression,
        Expression::String(_)
            | Expression::StringTemplate(_)
            | Expression::HeredocTemplate(_)
            | Expression::Number(_)
    ) {
        found.extend(expression.span());
    }
}
