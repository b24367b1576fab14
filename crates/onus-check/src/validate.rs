//! Holds the paths of an expression against the properties that the resource types have, so that
//! a misspelt one is an error at load and not a null for ever.

use crate::functions::closest;
use crate::paths::{PropertyPath, Root, known_in_statement, paths};
use crate::policy;
use onus_model::{Expr, Expression};
use std::fmt;
use std::ops::Range;

/// What is known of a property path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// The type has it, or it lies in a part where keys are free.
    Yes,
    /// The type does not have it.
    No {
        /// The path or name that is most like it.
        suggestion: Option<String>,
    },
    /// There is no such type.
    UnknownType {
        /// The type that is most like it.
        suggestion: Option<String>,
    },
}

/// The properties of resource types.
pub trait Properties {
    /// Whether a type has a property, by the names that lead to it; lists on the way are passed through.
    fn known(&self, resource_type: &str, path: &[&str]) -> Known;
}

impl<F: Fn(&str, &[&str]) -> Known> Properties for F {
    fn known(&self, resource_type: &str, path: &[&str]) -> Known {
        self(resource_type, path)
    }
}

/// A path that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The bytes of the expression's text that are meant.
    pub at: Range<usize>,
    /// What is wrong.
    pub kind: PathErrorKind,
    /// What was most likely meant.
    pub suggestion: Option<String>,
}

/// What is wrong with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathErrorKind {
    /// The type has no such property.
    Property {
        /// The type.
        resource_type: String,
        /// The names, joined by points.
        path: String,
    },
    /// There is no such type.
    Type(String),
    /// Policy statements have no such field.
    Statement(String),
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            PathErrorKind::Property { resource_type, path } => {
                write!(f, "`{resource_type}` has no property `{path}`")
            }
            PathErrorKind::Type(name) => write!(f, "unknown resource type `{name}`"),
            PathErrorKind::Statement(path) => write!(f, "policy statements have no field `{path}`"),
        }
    }
}

impl std::error::Error for PathError {}

impl PathError {
    /// What to try, as a phrase.
    pub fn help(&self) -> Option<String> {
        self.suggestion.as_ref().map(|name| format!("did you mean `{name}`?"))
    }
}

/// Every path of an expression that leads nowhere in one of the resource types, or in all of them where the expression asks
/// for the `type`. Of a path only the first name that is wrong is reported, and an unknown type once.
pub fn validate(
    expression: &Expression,
    resource_types: &[impl AsRef<str>],
    properties: &impl Properties,
) -> Vec<PathError> {
    let mut check =
        Validation { source: &expression.source, properties, errors: Vec::new(), wrong: Vec::new() };
    let tells_apart = names_type(&expression.root);
    for path in paths(expression) {
        let names: Vec<&str> = path.names.iter().map(String::as_str).collect();
        let known = |name: &str| matches!(properties.known(name, &names), Known::Yes);
        match &path.root {
            Root::Resource if tells_apart && resource_types.iter().any(|name| known(name.as_ref())) => {}
            Root::Resource => resource_types.iter().for_each(|name| check.property(name.as_ref(), &path)),
            Root::Type(name) => check.property(name, &path),
            Root::Statement => check.statement(&path),
            Root::Target => {}
        }
    }
    check.errors
}

/// Whether an expression asks of which type the resource is.
fn names_type(expr: &Expr) -> bool {
    match expr {
        Expr::Name(name) => name == "type",
        Expr::Literal(_) => false,
        Expr::Select { operand, .. } => names_type(operand),
        Expr::Call { arguments, .. } | Expr::List(arguments) => arguments.iter().any(names_type),
        Expr::Map(entries) => entries.iter().any(|(key, value)| names_type(key) || names_type(value)),
        Expr::Macro { range, body, filter, .. } => {
            names_type(range) || names_type(body) || filter.as_deref().is_some_and(names_type)
        }
    }
}

struct Validation<'e, P> {
    source: &'e str,
    properties: &'e P,
    errors: Vec<PathError>,
    /// Paths that were reported: what follows them is wrong, too.
    wrong: Vec<(String, Vec<String>)>,
}

impl<P: Properties> Validation<'_, P> {
    fn property(&mut self, resource_type: &str, path: &PropertyPath) {
        let follows =
            |(name, names): &(String, Vec<String>)| name == resource_type && path.names.starts_with(names);
        if self.wrong.iter().any(follows) {
            return;
        }
        let names: Vec<&str> = path.names.iter().map(String::as_str).collect();
        let (kind, suggestion, wrong) = match self.properties.known(resource_type, &names) {
            Known::Yes => return,
            Known::No { suggestion } => {
                let kind = PathErrorKind::Property {
                    resource_type: resource_type.to_owned(),
                    path: path.names.join("."),
                };
                (kind, suggestion, path.names.clone())
            }
            Known::UnknownType { suggestion } => {
                (PathErrorKind::Type(resource_type.to_owned()), suggestion, Vec::new())
            }
        };
        self.wrong.push((resource_type.to_owned(), wrong));
        self.report(path, kind, suggestion);
    }

    fn statement(&mut self, path: &PropertyPath) {
        if !known_in_statement(&path.names) {
            let suggestion = path.names.last().and_then(|name| closest(name, policy::FIELDS.into_iter()));
            self.report(path, PathErrorKind::Statement(path.names.join(".")), suggestion);
        }
    }

    fn report(&mut self, path: &PropertyPath, kind: PathErrorKind, suggestion: Option<String>) {
        let at = crate::parse::token_at(self.source, path.at as usize);
        self.errors.push(PathError { at, kind, suggestion });
    }
}
