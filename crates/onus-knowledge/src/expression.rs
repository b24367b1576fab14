//! Parsing and validating the expressions that stand in data files.

use crate::error::{Mistakes, did_you_mean, nearest};
use crate::properties::{Known, PropertyIndex};
use onus_model::Expression;
use serde_saphyr::{Location, Spanned};

/// Parses an expression and validates every property path in it, for each of the types it is evaluated on.
pub(crate) fn read(
    source: &str,
    at: Location,
    types: &[String],
    index: &PropertyIndex<'_>,
    mistakes: &mut Mistakes<'_>,
) -> Option<Expression> {
    let expression = match onus_check::parse(source) {
        Ok(expression) => expression,
        Err(error) => {
            mistakes.note(at, format!("in `{}`: {error}", source.trim()), error.help());
            return None;
        }
    };
    for error in onus_check::validate(&expression, types, &Schema(index)) {
        mistakes.note(at, error.to_string(), error.help());
    }
    Some(expression)
}

/// The same for an optional, spanned expression.
pub(crate) fn read_optional(
    source: Option<&Spanned<String>>,
    types: &[String],
    index: &PropertyIndex<'_>,
    mistakes: &mut Mistakes<'_>,
) -> Option<Expression> {
    let source = source?;
    read(&source.value, source.referenced, types, index, mistakes)
}

/// Expands the type patterns of a data file, and reports those that no resource can have.
pub(crate) fn check_types(
    patterns: &[String],
    at: Location,
    index: &PropertyIndex<'_>,
    mistakes: &mut Mistakes<'_>,
) {
    for pattern in patterns {
        let known = match pattern.strip_suffix('*') {
            Some(prefix) => index.types().any(|name| name.starts_with(prefix)),
            None => index.has(pattern),
        };
        if known {
            continue;
        }
        let message = format!("`{pattern}` is not a CloudFormation resource type");
        mistakes.note(at, message, did_you_mean(pattern, index.types()));
    }
}

struct Schema<'a, 't>(&'a PropertyIndex<'t>);

impl onus_check::Properties for Schema<'_, '_> {
    fn known(&self, resource_type: &str, path: &[&str]) -> onus_check::Known {
        match self.0.known(resource_type, path) {
            Known::Yes => onus_check::Known::Yes,
            Known::UnknownType => {
                onus_check::Known::UnknownType { suggestion: nearest(resource_type, self.0.types()) }
            }
            Known::No { segment, instead } => {
                onus_check::Known::No { suggestion: nearest(&segment, instead.iter().map(String::as_str)) }
            }
        }
    }
}
