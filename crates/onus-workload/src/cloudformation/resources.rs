//! The resources section, lowered.

use super::conditions::Truth;
use super::foreach::Entry;
use super::nested;
use super::stack::{Stack, shorten};
use super::suppress;
use super::tree::Syntax;
use crate::unset;
use onus_model::{Coverage, Map, Node, Problem, ProblemKind, Resource, Span, Value};
use std::sync::Arc;

/// How many resources a template may have, with the stacks within it. CloudFormation deploys 500 a stack; each
/// takes some kilobytes, findings and all, however little text stands for it.
const MAX_RESOURCES: usize = 50_000;

impl<'t> Stack<'t> {
    /// Lowers everything in the stack and in the stacks within it.
    pub(crate) fn lower(&self) {
        suppress::of_template(self);
        for entry in &self.resources {
            self.lower_resource(entry);
        }
        if self.transforms.serverless {
            self.finish_serverless();
        }
        suppress::of_comments(self);
        self.export();
    }

    /// Notes what the stack exports under a name that is known.
    fn export(&self) {
        let mut outputs: Vec<&Entry<'t>> = self.outputs.values().collect();
        outputs.sort_unstable_by_key(|entry| &entry.name);
        for entry in outputs {
            // What its condition leaves out may name resources that are left out with it.
            if self.included(entry) == Truth::Is(false) {
                continue;
            }
            let name = entry.value.get("Export").and_then(|export| export.get("Name"));
            let Some(name) = name.and_then(|name| self.evaluate(name, &entry.loops)) else { continue };
            let value = entry.value.get("Value").and_then(|value| self.evaluate(value, &entry.loops));
            if let (Some(name), Some(value)) = (name.as_str(), value) {
                self.run.exports.borrow_mut().push((name.to_owned(), value.value));
            }
        }
    }

    /// Whether a resource's condition keeps it.
    pub(crate) fn included(&self, entry: &Entry<'t>) -> Truth {
        match self.look_into(entry.value, "Condition") {
            Some(condition) => match condition.scalar() {
                Some(name) => self.condition(&entry.loops.replace(name), condition.span()),
                None => Truth::Is(true),
            },
            None => Truth::Is(true),
        }
    }

    fn lower_resource(&self, entry: &Entry<'t>) {
        if entry.value.call().is_some() || &*entry.name == "Fn::Transform" {
            self.run.not_evaluated(
                entry.key.span(),
                "these resources are written by a macro that is not evaluated",
            );
            return;
        }
        match self.included(entry) {
            Truth::Is(false) => {}
            Truth::Is(true) => self.lower_included(entry),
            Truth::Unknown(why) => {
                self.note_open_condition(entry, &why.reason);
                self.run.suppose(|| self.lower_included(entry));
            }
        }
    }

    fn lower_included(&self, entry: &Entry<'t>) {
        let Some(kind) = entry.value.get("Type").and_then(Syntax::scalar).filter(|kind| !kind.is_empty())
        else {
            let message = format!("the resource `{}` has no type", shorten(&entry.name));
            self.run.invalid(entry.key.span(), message);
            return;
        };
        if self.transforms.packaged
            && entry.value.get("Type").and_then(Syntax::tag).is_some_and(|tag| tag.starts_with("Rain::"))
        {
            return;
        }
        suppress::of_resource(self, entry);
        let properties = self.properties(entry);
        if nested::is_stack(kind) && self.lower_child(entry) {
            self.push(entry.name.as_ref(), "AWS::CloudFormation::Stack", properties, entry.key.span());
            return;
        }
        if kind.starts_with("AWS::Serverless::") && self.transforms.serverless {
            self.lower_serverless(entry, kind, properties);
            return;
        }
        if kind.starts_with("AWS::Serverless::") {
            self.lacks_transform(entry);
        }
        if kind.ends_with("::MODULE") {
            self.run
                .not_evaluated(entry.key.span(), format!("the module `{}` is not expanded", shorten(kind)));
        }
        self.push(&entry.name, kind, properties, entry.key.span());
    }

    /// CloudFormation knows no types of SAM's: without the transform, it refuses the template. Said once for each.
    fn lacks_transform(&self, entry: &Entry<'t>) {
        if !self.serverless.told() {
            let message = format!(
                "`{}` is of a type of SAM's, and the template has no `Transform` for these: they are not judged",
                shorten(&entry.name)
            );
            let problem = Problem::at(ProblemKind::NotEvaluated, entry.key.span(), message);
            self.run.problem(problem.help("add `Transform: AWS::Serverless-2016-10-31`"));
        }
    }

    fn note_open_condition(&self, entry: &Entry<'t>, reason: &str) {
        let Some(condition) = entry.value.get("Condition") else { return };
        let name = shorten(condition.scalar().unwrap_or("?"));
        let id = shorten(&entry.name);
        let message =
            format!("`{id}` is taken as deployed, since its condition `{name}` is not known: {reason}");
        self.run.not_evaluated(condition.span(), message);
    }

    fn properties(&self, entry: &Entry<'t>) -> Node {
        let empty = Node::new(Value::Map(Map::new()), entry.key.span());
        let Some(written) = entry.value.get("Properties") else { return empty };
        match self.evaluate(written, &entry.loops) {
            Some(Node { value: Value::Null, .. }) | None => empty,
            Some(node) if matches!(node.value, Value::Map(_) | Value::Unknown(_)) => node,
            Some(node) => {
                self.run.invalid(
                    node.span,
                    format!("the properties of `{}` must be a map", shorten(&entry.name)),
                );
                Node::new(Value::unknown("the properties are not a map"), node.span)
            }
        }
    }

    /// Adds a resource to the result.
    pub(crate) fn push(&self, name: &str, kind: &str, properties: Node, span: Span) {
        let coverage = if kind.ends_with("::MODULE") { Coverage::TypeOnly } else { Coverage::Full };
        self.push_covered(name, kind, properties, span, coverage);
    }

    pub(crate) fn push_covered(
        &self,
        name: &str,
        kind: &str,
        mut properties: Node,
        span: Span,
        coverage: Coverage,
    ) {
        if let Value::Map(map) = &mut properties.value {
            unset::drop_empty(map);
        }
        if self.run.resources.borrow().len() >= MAX_RESOURCES {
            let message = format!("only the first {MAX_RESOURCES} resources of a template are read");
            self.run.limit(span, message);
            return;
        }
        let stated = |value: &Option<String>| value.as_deref().map(Arc::from);
        self.run.resources.borrow_mut().push(Resource {
            address: self.address(name).into(),
            resource_type: kind.into(),
            native_type: None,
            scope: 0,
            root: None,
            account: stated(&self.environment.account),
            region: stated(&self.environment.region),
            properties,
            span,
            coverage,
            elsewhere: Vec::new(),
        });
    }
}
