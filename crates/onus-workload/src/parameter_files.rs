//! Files with values for parameters, in the formats that AWS's tools take.
//!
//! The command line's is a list of `{"ParameterKey": …, "ParameterValue": …}` or of `"Key=Value"`; CodePipeline's
//! and SAM's is a map under `Parameters`. Values may be secret: no message repeats one.

use crate::load;
use onus_model::{Problem, ProblemKind};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Adds the values of a file to those known so far; they win.
pub(crate) fn read(path: &Path, into: &mut BTreeMap<String, String>) -> Result<(), Problem> {
    let name = crate::walk::name(path);
    let text = load::file(path, &name)?;
    add(&text, &name, into)
}

fn add(text: &str, name: &str, into: &mut BTreeMap<String, String>) -> Result<(), Problem> {
    let file: Value = serde_json::from_str(text).map_err(|error| {
        let message = format!("not valid JSON at line {}, column {}", error.line(), error.column());
        Problem::with_path(ProblemKind::Syntax, name, message)
    })?;
    let unclear = |what: &str| {
        let problem = Problem::with_path(ProblemKind::Invalid, name, what);
        problem.help(
            r#"write [{"ParameterKey": "Env", "ParameterValue": "prod"}] or {"Parameters": {"Env": "prod"}}"#,
        )
    };
    match &file {
        Value::Array(items) => {
            for item in items {
                if let Some((key, value)) =
                    pair(item).ok_or_else(|| unclear("an element is not a parameter"))?
                {
                    into.insert(key, value);
                }
            }
        }
        Value::Object(map) => {
            let values = map.get("Parameters").and_then(Value::as_object);
            for (key, value) in values.ok_or_else(|| unclear("this is not a file of parameters"))? {
                let value =
                    text_of(value).ok_or_else(|| unclear(&format!("the value of `{key}` is not text")))?;
                into.insert(key.clone(), value);
            }
        }
        _ => return Err(unclear("this is not a file of parameters")),
    }
    Ok(())
}

/// A parameter of the list; nothing inside where its former value is to be used.
#[allow(clippy::option_option)]
fn pair(item: &Value) -> Option<Option<(String, String)>> {
    if let Some(text) = item.as_str() {
        return text.split_once('=').map(|(key, value)| Some((key.to_owned(), value.to_owned())));
    }
    let key = item.get("ParameterKey")?.as_str()?;
    match item.get("ParameterValue") {
        Some(value) => text_of(value).map(|value| Some((key.to_owned(), value))),
        None => item.get("UsePreviousValue")?.as_bool().map(|_| None),
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(items) => {
            items.iter().map(text_of).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        Value::Null | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_formats() {
        for text in [
            r#"[{"ParameterKey": "A", "ParameterValue": "b"}, {"ParameterKey": "Old", "UsePreviousValue": true}]"#,
            r#"["A=b"]"#,
            r#"{"Parameters": {"A": "b"}, "Tags": {}}"#,
        ] {
            let mut values = BTreeMap::new();
            add(text, "f", &mut values).unwrap();
            assert_eq!(values, [("A".to_owned(), "b".to_owned())].into(), "{text}");
        }
    }

    #[test]
    fn what_is_none_of_them_is_a_problem_that_keeps_secrets() {
        for text in [
            "{",
            r#"{"A": "hush"}"#,
            r#"["hush"]"#,
            r#"[{"ParameterKey": "A"}]"#,
            "7",
            r#"{"Parameters": {"A": {"hush": 1}}}"#,
        ] {
            let problem = add(text, "f", &mut BTreeMap::new()).unwrap_err();
            assert!(!problem.message.contains("hush"), "{}", problem.message);
        }
    }
}
