//! The values of a root module's variables: from the environment, from files, and as they were given.

use super::configuration::{Source, span};
use super::names::calls;
use super::terragrunt::Unit;
use hcl_edit::expr::Expression;
use onus_hcl::{Budget, Evaluator, Scope, Type, Unknown, Val, from_json, to_json};
use onus_model::{FileId, Problem, ProblemKind};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What Terraform would be told on its command line.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Values of the environment's `TF_VAR_…`, by the variable's name.
    pub environment: BTreeMap<String, String>,
    /// Files of `--var-file`, and values of `--var`, in the order in which they were given.
    pub variables: Vec<Given>,
    /// The workspace (`terraform.workspace`); without it that which is chosen in the folder. It is unknown where none is.
    pub workspace: Option<String>,
}

/// A value, or a file with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `name=value`.
    Value(String, String),
    /// A file of values.
    File(PathBuf),
}

/// The values of the root module's variables.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    /// Later ones count over earlier ones.
    values: BTreeMap<String, Stated>,
    /// Why there may be more of them than these.
    rest: Option<Unknown>,
    pub(super) problems: Vec<Problem>,
}

#[derive(Debug)]
enum Stated {
    Value(Result<Val, String>),
    /// What a tool hands over through the environment: JSON for a variable that takes a text.
    Handed(Val),
    /// As on a command line: as it is for a string, an expression for anything else.
    Text(String),
    /// What a plan was made with, whoever stated it.
    Planned(Val),
}

impl Variables {
    /// The values that Terraform would take, the later over the earlier.
    pub(super) fn new(
        unit: Option<&Unit>,
        loaded: &[&Source],
        settings: &Settings,
        given: &BTreeMap<PathBuf, Source>,
        planned: &BTreeMap<String, Box<str>>,
    ) -> Self {
        let mut variables = Self { rest: unit.and_then(|unit| unit.inputs.rest.clone()), ..Self::default() };
        // Terragrunt leaves alone what is set in the environment already.
        for (name, value) in unit.iter().flat_map(|unit| &unit.inputs.values) {
            variables.values.insert(name.clone(), Stated::Handed(value.clone()));
        }
        for (name, text) in &settings.environment {
            variables.values.insert(name.clone(), Stated::Text(text.clone()));
        }
        loaded.iter().for_each(|source| variables.read(source));
        for one in &settings.variables {
            match one {
                Given::Value(name, text) => {
                    variables.values.insert(name.clone(), Stated::Text(text.clone()));
                }
                Given::File(path) => {
                    if let Some(source) = given.get(path) {
                        variables.read(source);
                    }
                }
            }
        }
        for (name, json) in planned {
            if let Ok(value) = from_json(json) {
                variables.values.insert(name.clone(), Stated::Planned(value));
            }
        }
        variables
    }

    /// The value of a variable, whose type may be stated; the error says what is wrong with the value.
    pub(super) fn value(&self, name: &str, kind: Option<&Type>) -> Option<Result<Val, String>> {
        let Some(stated) = self.values.get(name) else {
            return self.rest.clone().map(|rest| Ok(Val::unknown(rest)));
        };
        let made = match (stated, kind) {
            (Stated::Value(value), _) => value.clone(),
            (Stated::Planned(value), _) => Ok(value.clone()),
            (Stated::Handed(value), _) => Ok(match (kind, value.elements(), value.entries()) {
                (Some(Type::String), Some(_), _) | (Some(Type::String), _, Some(_))
                    if !value.has_unknown() =>
                {
                    let text = to_json(value).unwrap_or_default();
                    Val::string(text).at(value.span).marked(value.has_sensitive())
                }
                _ => value.clone(),
            }),
            (Stated::Text(text), None | Some(Type::String | Type::Bool | Type::Number)) => {
                Ok(Val::string(text.as_str()))
            }
            (Stated::Text(text), Some(_)) => match text.parse::<Expression>() {
                Ok(expression) => constant(&expression, None),
                Err(_) => Err("it is no expression".to_owned()),
            },
        };
        Some(made.map_err(|why| format!("the value given for `{name}` is not one: {why}")))
    }

    /// Whether a value is handed over from outside of all files: a secret that is handed over is not written out. Whence a plan has
    /// a value it does not say, but it is not the default where it differs from that.
    pub(super) fn is_handed(&self, name: &str, default: impl FnOnce() -> Option<Val>) -> bool {
        match self.values.get(name) {
            Some(Stated::Text(_)) => true,
            Some(Stated::Planned(value)) => default().is_none_or(|default| default != *value),
            _ => false,
        }
    }

    fn read(&mut self, source: &Source) {
        for block in source.body.blocks() {
            let message = "a file with values of variables has no blocks";
            self.problems.push(Problem::at(ProblemKind::Invalid, span(source.file, block), message));
        }
        for attribute in source.body.attributes() {
            let place = span(source.file, &attribute.value);
            let value = constant(&attribute.value, Some(source.file)).map(|value| value.at(Some(place)));
            self.values.insert(attribute.key.as_str().to_owned(), Stated::Value(value));
        }
    }
}

/// A value that may refer to nothing, and call nothing; the error says why it is none.
fn constant(expression: &Expression, file: Option<FileId>) -> Result<Val, String> {
    struct Nothing;
    impl Scope for Nothing {
        fn name(&self, _: &str, _: &[&str]) -> Option<(Val, usize)> {
            None
        }
    }
    if calls(expression) {
        return Err("functions may not be called here".to_owned());
    }
    let budget = Budget::default();
    Evaluator::new(&Nothing, file, &budget).value(expression).map_err(|failure| failure.message)
}
