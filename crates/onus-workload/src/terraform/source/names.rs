//! The names that a module's expressions use, without evaluating them: those that nothing declares, as Terraform refuses
//! them even where no value is asked for, and what each thing depends on.

use super::configuration::{Declared, Module, Repetition, span};
use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ForExpr, FuncCall, ObjectKey, ObjectValue, Traversal, TraversalOperator};
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::template::ForTemplateExpr;
use hcl_edit::visit::{self, Visit};
use onus_hcl::written_key;
use onus_model::{FileId, Problem, ProblemKind, Span};
use std::ops::Range;

/// Blocks within blocks are looked through this deep, as they are read.
const MAX_BLOCK_DEPTH: usize = 64;

/// Something that has a value, with the names that this is made of.
#[derive(Debug)]
pub(super) struct Used {
    pub(super) owner: Owner,
    pub(super) place: Span,
    pub(super) names: Vec<Name>,
}

/// What has a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A local, output, resource or data source, by its name: `local.a`, `output.a`, `aws_s3_bucket.a`.
    Own(String),
    /// What a call hands to a variable of its module.
    Argument(String, String),
    /// How many instances of a module there are.
    Instances(String),
    /// What nothing can refer to.
    Nothing,
}

/// A name: what stands before the first index, and what follows.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) root: String,
    pub(super) steps: Vec<Step>,
    place: Range<usize>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Attribute(String),
    /// An index that is written out.
    Index,
    /// Any other index, or a splat.
    Open,
}

impl Name {
    fn attribute(&self, at: usize) -> Option<&str> {
        match self.steps.get(at)? {
            Step::Attribute(name) => Some(name),
            Step::Index | Step::Open => None,
        }
    }

    /// What of its own module a name stands for: `local.a`, `data.aws_region.b`, or the call of a module: `module.c`.
    pub(super) fn target(&self) -> Option<String> {
        let length = if self.root == "data" { 2 } else { 1 };
        let parts: Option<Vec<&str>> = (0..length).map(|at| self.attribute(at)).collect();
        Some(format!("{}.{}", self.root, parts?.join(".")))
    }

    /// The output that a name takes of a module; none where it may be any.
    pub(super) fn output(&self) -> Option<&str> {
        let at = if self.steps.get(1) == Some(&Step::Index) { 2 } else { 1 };
        self.attribute(at)
    }
}

/// Says that the workspace is not known, at the first place that asks for it.
pub(super) fn workspace(used: &[Used]) -> Option<Problem> {
    let asked = used.iter().find_map(|used| {
        let name = used.names.iter().find(|name| {
            matches!(name.root.as_str(), "terraform" | "tofu") && name.attribute(0) == Some("workspace")
        })?;
        Some(place_of(used.place.file, &name.place))
    });
    let problem = Problem::at(ProblemKind::NotEvaluated, asked?, UNKNOWN_WORKSPACE);
    Some(
        problem.help(
            "name it with `--workspace` or TF_WORKSPACE, or select it with `terraform workspace select`",
        ),
    )
}

/// What is said where nobody has said which workspace counts.
pub(crate) const UNKNOWN_WORKSPACE: &str =
    "which workspace this is read for is not said, so what depends on `terraform.workspace` is unknown";

/// Whether functions are called in an expression.
pub(super) fn calls(expression: &Expression) -> bool {
    let mut seen = Seen::default();
    seen.visit_expr(expression);
    seen.has_calls
}

/// What a module's parts use; what is used and not declared is a problem.
pub(super) fn of(module: &Module<'_>, problems: &mut Vec<Problem>) -> Vec<Used> {
    let mut walk = Walk { module, problems, all: Vec::new() };
    for (name, declared) in &module.variables {
        walk.variable(name, declared);
    }
    for (name, (file, expression)) in &module.locals {
        let place = span(*file, *expression);
        walk.expression(&Owner::Own(format!("local.{name}")), *file, expression, place);
    }
    for (name, declared) in &module.outputs {
        walk.block(&Owner::Own(format!("output.{name}")), declared);
    }
    for ((kind, name), declared) in &module.resources {
        walk.block(&Owner::Own(format!("{kind}.{name}")), declared);
    }
    for ((kind, name), declared) in &module.data {
        walk.block(&Owner::Own(format!("data.{kind}.{name}")), declared);
    }
    for (name, declared) in &module.calls {
        walk.call(name, declared);
    }
    for declared in &module.providers {
        walk.block(&Owner::Nothing, declared);
    }
    walk.all
}

struct Walk<'w, 'c> {
    module: &'w Module<'c>,
    problems: &'w mut Vec<Problem>,
    all: Vec<Used>,
}

/// What has a meaning in a part of a block.
#[derive(Clone, Default)]
struct Around {
    each: bool,
    count: bool,
    this: bool,
    /// The variables of `dynamic` blocks around it.
    iterators: Vec<String>,
}

impl<'c> Walk<'_, 'c> {
    /// A default stands for itself.
    fn variable(&mut self, name: &str, declared: &Declared<'c>) {
        if let Some((file, attribute)) = declared.attribute("default") {
            let mut seen = Seen::default();
            seen.visit_expr(&attribute.value);
            if !seen.names.is_empty() || seen.has_calls {
                let message = format!("the default of `{name}` refers to something, or calls a function");
                self.problem(span(file, &attribute.value), message);
            }
        }
        for (file, body) in declared.bodies() {
            for block in body.get_blocks("validation") {
                self.body(&Owner::Nothing, file, &block.body, &Around::default(), 1);
            }
        }
    }

    fn block(&mut self, owner: &Owner, declared: &Declared<'c>) {
        let around = self.around(declared);
        for (file, body) in declared.bodies() {
            self.body(owner, file, body, &around, 0);
        }
    }

    /// What has a meaning in a block that may have several instances.
    fn around(&mut self, declared: &Declared<'c>) -> Around {
        let has_both = |body: &Body| body.has_attribute("count") && body.has_attribute("for_each");
        if declared.bodies().any(|(_, body)| has_both(body)) {
            self.problem(declared.span(), "a block has either `count` or `for_each`".to_owned());
        }
        let by = declared.repetition().map(|(by, ..)| by);
        Around {
            each: by == Some(Repetition::ForEach),
            count: by == Some(Repetition::Count),
            ..Around::default()
        }
    }

    /// Each argument of a call is a value of its own.
    fn call(&mut self, name: &str, declared: &Declared<'c>) {
        let around = self.around(declared);
        for (file, body) in declared.bodies() {
            for attribute in body.attributes() {
                let key = attribute.key.as_str();
                let (owner, around) = match key {
                    "providers" | "source" | "version" => continue,
                    "count" | "for_each" => (Owner::Instances(name.to_owned()), Around::default()),
                    // What a module waits for as a whole is no value.
                    "depends_on" => (Owner::Nothing, Around::default()),
                    _ => (Owner::Argument(name.to_owned(), key.to_owned()), around.clone()),
                };
                self.within(&owner, file, &attribute.value, &around, span(file, attribute));
            }
        }
    }

    fn body(&mut self, owner: &Owner, file: FileId, body: &Body, around: &Around, depth: usize) {
        if depth > MAX_BLOCK_DEPTH {
            return;
        }
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    let around = match attribute.key.as_str() {
                        "provider" | "alias" if depth == 0 => continue,
                        "count" | "for_each" if depth == 0 => &Around::default(),
                        _ => around,
                    };
                    self.within(owner, file, &attribute.value, around, span(file, attribute));
                }
                Structure::Block(block) => self.inner(owner, file, block, around, depth),
            }
        }
    }

    fn inner(&mut self, owner: &Owner, file: FileId, block: &Block, around: &Around, depth: usize) {
        let with_this = Around { this: true, ..around.clone() };
        match block.ident.as_str() {
            "dynamic" => self.dynamic(owner, file, block, around, depth),
            // They run when the resource is there, so that they may name it, and nothing depends on them.
            "provisioner" | "connection" if depth == 0 => self.provisioner(file, &block.body, &with_this),
            "lifecycle" if depth == 0 => {
                for inner in block.body.blocks() {
                    let around = if inner.ident.as_str() == "postcondition" { &with_this } else { around };
                    self.body(owner, file, &inner.body, around, depth + 2);
                }
            }
            _ => self.body(owner, file, &block.body, around, depth + 1),
        }
    }

    /// What a provisioner uses, with the connection in it. When it runs and what follows an error are words of their own.
    fn provisioner(&mut self, file: FileId, body: &Body, around: &Around) {
        for attribute in body.attributes().filter(|own| !matches!(own.key.as_str(), "when" | "on_failure")) {
            self.within(&Owner::Nothing, file, &attribute.value, around, span(file, attribute));
        }
        for block in body.blocks() {
            self.body(&Owner::Nothing, file, &block.body, around, 2);
        }
    }

    fn dynamic(&mut self, owner: &Owner, file: FileId, block: &Block, around: &Around, depth: usize) {
        let label = block.labels.first().map_or("", |label| label.as_str());
        let iterator = match block.body.get_attribute("iterator").map(|attribute| &attribute.value) {
            Some(Expression::Variable(name)) => name.as_str(),
            _ => label,
        };
        let mut inside = around.clone();
        inside.iterators.push(iterator.to_owned());
        if let Some(over) = block.body.get_attribute("for_each") {
            self.within(owner, file, &over.value, around, span(file, over));
        }
        for content in block.body.get_blocks("content") {
            self.body(owner, file, &content.body, &inside, depth + 1);
        }
    }

    fn expression(&mut self, owner: &Owner, file: FileId, expression: &Expression, place: Span) {
        self.within(owner, file, expression, &Around::default(), place);
    }

    fn within(&mut self, owner: &Owner, file: FileId, expression: &Expression, around: &Around, place: Span) {
        let is_plain = matches!(
            expression,
            Expression::String(_) | Expression::Number(_) | Expression::Bool(_) | Expression::Null(_)
        );
        // Of what refers to nothing only outputs matter: they depend on how many instances their module has.
        let is_output = matches!(owner, Owner::Own(name) if name.starts_with("output."));
        if is_plain && !is_output {
            return;
        }
        let mut seen = Seen { bound: around.iterators.clone(), ..Seen::default() };
        seen.visit_expr(expression);
        for name in &seen.names {
            self.check(file, name, around);
        }
        if is_output || !seen.names.is_empty() {
            self.all.push(Used { owner: owner.clone(), place, names: seen.names });
        }
    }

    fn check(&mut self, file: FileId, name: &Name, around: &Around) {
        let module = self.module;
        let first = name.attribute(0);
        let is_there = match (name.root.as_str(), first) {
            ("var", Some(first)) => module.variables.contains_key(first),
            ("local", Some(first)) => module.locals.contains_key(first),
            ("module", Some(first)) => module.calls.contains_key(first),
            ("each", _) if !around.each => return self.no_meaning(file, name),
            ("count", _) if !around.count => return self.no_meaning(file, name),
            ("self", _) if !around.this => return self.no_meaning(file, name),
            ("each" | "count" | "self" | "path" | "terraform" | "tofu" | "ephemeral", _) => true,
            ("data", Some(kind)) => {
                name.attribute(1).is_some_and(|name| module.data.contains_key(&(kind, name)))
            }
            (kind, Some(first)) => module.resources.contains_key(&(kind, first)),
            (_, None) => false,
        };
        if !is_there {
            let shown = first.map_or_else(|| name.root.clone(), |next| format!("{}.{next}", name.root));
            self.problem(place_of(file, &name.place), format!("there is no `{shown}` here"));
        }
    }

    fn no_meaning(&mut self, file: FileId, name: &Name) {
        self.problem(place_of(file, &name.place), format!("`{}` has no meaning here", name.root));
    }

    fn problem(&mut self, place: Span, message: String) {
        self.problems.push(Problem::at(ProblemKind::Invalid, place, message));
    }
}

fn place_of(file: FileId, range: &Range<usize>) -> Span {
    Span::new(file, range.start as u32, range.end as u32)
}

/// The names in an expression, and whether it calls functions, but for the variables of its own `for`.
#[derive(Default)]
struct Seen {
    names: Vec<Name>,
    has_calls: bool,
    bound: Vec<String>,
}

impl Seen {
    fn name(
        &mut self,
        root: &str,
        operators: &[hcl_edit::Decorated<TraversalOperator>],
        place: Range<usize>,
    ) {
        if self.bound.iter().any(|own| own == root) {
            return;
        }
        let mut steps: Vec<Step> = operators
            .iter()
            .map(|operator| match operator.value() {
                TraversalOperator::GetAttr(name) => Step::Attribute(name.as_str().to_owned()),
                TraversalOperator::Index(Expression::String(_) | Expression::Number(_))
                | TraversalOperator::LegacyIndex(_) => Step::Index,
                _ => Step::Open,
            })
            .collect();
        let mut root = root.to_owned();
        // The long form of a resource's name.
        if root == "resource"
            && let Some(Step::Attribute(kind)) = steps.first()
        {
            root.clone_from(kind);
            steps.remove(0);
        }
        self.names.push(Name { root, steps, place });
    }

    fn with(&mut self, names: impl Iterator<Item = String>, inner: impl FnOnce(&mut Self)) {
        let before = self.bound.len();
        self.bound.extend(names);
        inner(self);
        self.bound.truncate(before);
    }
}

impl Visit for Seen {
    fn visit_expr(&mut self, node: &Expression) {
        match node {
            Expression::Variable(name) => self.name(name.as_str(), &[], node.span().unwrap_or_default()),
            _ => visit::visit_expr(self, node),
        }
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        match &node.expr {
            Expression::Variable(name) => {
                self.name(name.as_str(), &node.operators, node.span().unwrap_or_default());
            }
            other => self.visit_expr(other),
        }
        node.operators.iter().for_each(|operator| self.visit_traversal_operator(operator));
    }

    fn visit_object_item(&mut self, key: &ObjectKey, value: &ObjectValue) {
        if written_key(key).is_none()
            && let ObjectKey::Expression(expression) = key
        {
            self.visit_expr(expression);
        }
        self.visit_object_value(value);
    }

    fn visit_func_call(&mut self, node: &FuncCall) {
        self.has_calls = true;
        self.visit_func_args(&node.args);
    }

    fn visit_for_expr(&mut self, node: &ForExpr) {
        self.visit_expr(&node.intro.collection_expr);
        let names = node.intro.key_var.iter().chain([&node.intro.value_var]);
        let names: Vec<String> = names.map(|name| name.as_str().to_owned()).collect();
        self.with(names.into_iter(), |inner| {
            node.key_expr.iter().for_each(|key| inner.visit_expr(key));
            inner.visit_expr(&node.value_expr);
            node.cond.iter().for_each(|condition| inner.visit_for_cond(condition));
        });
    }

    fn visit_for_template_expr(&mut self, node: &ForTemplateExpr) {
        self.visit_expr(&node.collection_expr);
        let names = node.key_var.iter().chain([&node.value_var]);
        let names: Vec<String> = names.map(|name| name.as_str().to_owned()).collect();
        self.with(names.into_iter(), |inner| inner.visit_template(&node.template));
    }
}
