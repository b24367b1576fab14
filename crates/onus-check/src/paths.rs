//! The property paths that an expression uses.

use crate::policy;
use onus_model::{Expr, Expression, Literal, MacroKind};

/// A path of property names. Lists on the way are passed through: `Rules` and then `Id` of each
/// is `["Rules", "Id"]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyPath {
    /// What it starts from.
    pub root: Root,
    /// The names; none where only the type is named.
    pub names: Vec<String>,
    /// The byte of the expression's text at which the last name starts, or the function that holds the path.
    pub at: u32,
}

/// What a property path starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// The resource under test.
    Resource,
    /// A resource of the type that `related`, `resources` or `target` names.
    Type(String),
    /// A resource of a type that only the workload tells.
    Target,
    /// A statement of a policy document.
    Statement,
}

/// Every property path that an expression uses, in the order of its text.
pub fn paths(expression: &Expression) -> Vec<PropertyPath> {
    let mut walk = Walk { found: Vec::new(), variables: Vec::new() };
    walk.of(&expression.root);
    walk.found
}

/// The places that a value may come from: several for `a ? b : c`, none for what is computed.
type Origins = Vec<(Root, Vec<String>)>;

struct Walk<'e> {
    found: Vec<PropertyPath>,
    variables: Vec<(&'e str, Origins)>,
}

impl<'e> Walk<'e> {
    fn of(&mut self, expr: &'e Expr) -> Origins {
        match expr {
            Expr::Literal(_) => Vec::new(),
            Expr::Name(name) => self.name(name),
            Expr::Select { operand, field, at, test } => {
                let origins = self.of(operand);
                let origins = self.step(origins, field, *at);
                if *test { Vec::new() } else { origins }
            }
            Expr::Call { function, arguments, at } => self.call(function, arguments, *at),
            Expr::List(elements) => elements.iter().flat_map(|element| self.of(element)).collect(),
            Expr::Map(entries) => {
                for (key, value) in entries {
                    self.of(key);
                    self.of(value);
                }
                Vec::new()
            }
            Expr::Macro { kind, range, variable, body, filter } => {
                self.macro_call(*kind, range, variable, filter.as_deref(), body)
            }
        }
    }

    fn name(&self, name: &str) -> Origins {
        let variable = self.variables.iter().rev().find(|(variable, _)| *variable == name);
        match variable {
            Some((_, origins)) => origins.clone(),
            None if name == "resource" => vec![(Root::Resource, Vec::new())],
            None => Vec::new(),
        }
    }

    fn step(&mut self, origins: Origins, field: &str, at: u32) -> Origins {
        origins
            .into_iter()
            .map(|(root, mut names)| {
                names.push(field.to_owned());
                let path = PropertyPath { root: root.clone(), names: names.clone(), at };
                if !self.found.contains(&path) {
                    self.found.push(path);
                }
                (root, names)
            })
            .collect()
    }

    fn macro_call(
        &mut self,
        kind: MacroKind,
        range: &'e Expr,
        variable: &'e str,
        filter: Option<&'e Expr>,
        body: &'e Expr,
    ) -> Origins {
        let origins = self.of(range);
        self.variables.push((variable, origins.clone()));
        if let Some(filter) = filter {
            self.of(filter);
        }
        let mapped = self.of(body);
        self.variables.pop();
        match kind {
            MacroKind::Filter => origins,
            MacroKind::Map => mapped,
            MacroKind::All | MacroKind::Exists | MacroKind::ExistsOne => Vec::new(),
        }
    }

    fn call(&mut self, function: &str, arguments: &'e [Expr], at: u32) -> Origins {
        let mut origins: Vec<Origins> = arguments.iter().map(|argument| self.of(argument)).collect();
        let literal = |position: usize| match arguments.get(position) {
            Some(Expr::Literal(Literal::String(text))) => Some(text.clone()),
            _ => None,
        };
        match (function, origins.len()) {
            ("_?_:_", 3) | ("_+_", 2) => origins.split_off(origins.len() - 2).into_iter().flatten().collect(),
            ("list", 1) | ("_[_]", 2) => origins.swap_remove(0),
            ("siblings", 1) => {
                let Some(path) = literal(0) else { return Vec::new() };
                let start = vec![(Root::Resource, Vec::new())];
                path.split('.').fold(start.clone(), |origins, field| self.step(origins, field, at));
                start
            }
            ("statements" | "grants", 1) => vec![(Root::Statement, Vec::new())],
            ("target", 1) => vec![(Root::Target, Vec::new())],
            ("target", 2) => vec![(literal(1).map_or(Root::Target, Root::Type), Vec::new())],
            ("resources", 1) => {
                let Some(name) = literal(0) else { return Vec::new() };
                // The type itself has to exist, even where none of its properties is asked for.
                let path = PropertyPath { root: Root::Type(name), names: Vec::new(), at };
                let origins = vec![(path.root.clone(), Vec::new())];
                if !self.found.contains(&path) {
                    self.found.push(path);
                }
                origins
            }
            ("related", 2) => {
                let (Some(name), Some(path)) = (literal(0), literal(1)) else { return Vec::new() };
                let mut origins = vec![(Root::Type(name), Vec::new())];
                let start = origins.clone();
                for field in path.split('.') {
                    origins = self.step(origins, field, at);
                }
                start
            }
            _ => Vec::new(),
        }
    }
}

/// Whether a path from a statement is one that statements have.
pub(crate) fn known_in_statement(names: &[String]) -> bool {
    match names {
        // A condition's operators and keys are free.
        [first, rest @ ..] => {
            policy::FIELDS.contains(&first.as_str()) && (rest.is_empty() || first == "Condition")
        }
        [] => true,
    }
}
