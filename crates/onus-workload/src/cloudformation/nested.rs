//! Nested stacks whose templates are local files.
//!
//! A child's resources have the parent's address before theirs (`Network/Vpc`) and share its scope, so
//! references hold across the border: the child sees the parent's parameters, the parent the child's outputs.

use super::foreach::{Entry, Loops};
use super::library::Library;
use super::parameters::Given;
use super::run::Run;
use super::stack::{Environment, Stack, shorten};
use super::tree::Syntax;
use super::{scalar, unknown};
use onus_model::{FileId, Node, SourceFile, Span, Value};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// How many stacks may be within one another.
const MAX_LEVELS: usize = 16;

/// How many steps the making of a stack takes, whatever is in it.
const STEPS_PER_STACK: u64 = 50;

/// The stacks within a stack, by logical id.
pub(crate) type Children<'t> = FxHashMap<Box<str>, Child<'t>>;

/// A stack within a stack.
pub(crate) enum Child<'t> {
    /// It is being made: who asks for it again has gone in a circle.
    Begun,
    /// Its template is not at hand.
    Absent,
    /// It is there.
    Made(Rc<Stack<'t>>),
}

/// Whether a type is that of a nested stack.
pub(crate) fn is_stack(kind: &str) -> bool {
    matches!(kind, "AWS::CloudFormation::Stack" | "AWS::Serverless::Application")
}

/// The location of a nested stack's template as written, where it may be a local file.
pub(crate) fn location<'t>(resource: Syntax<'t>) -> Option<&'t str> {
    let kind = resource.get("Type")?.scalar()?;
    if !is_stack(kind) {
        return None;
    }
    let properties = resource.get("Properties");
    let written = properties.and_then(|properties| {
        let key = if kind == "AWS::Serverless::Application" { "Location" } else { "TemplateURL" };
        properties.get(key)?.untagged_scalar()
    });
    // The CDK leaves the path of the asset beside the URL of its upload.
    let asset =
        resource.get("Metadata").and_then(|metadata| metadata.get("aws:asset:path")?.untagged_scalar());
    let location = asset.or(written)?;
    let remote = ["https://", "http://", "s3://"].iter().any(|scheme| location.starts_with(scheme));
    (!remote && !location.is_empty()).then_some(location)
}

/// The source files, by [`FileId`].
pub(crate) struct Sources<'t> {
    pub(crate) library: &'t Library,
    pub(crate) files: &'t [SourceFile],
}

impl<'t> Sources<'t> {
    /// A template's outermost node; its size is granted to the run.
    pub(crate) fn open(&self, file: FileId, run: &Run<'t>) -> Option<Syntax<'t>> {
        let (root, nodes) = self.library.root(file, self.files.get(file.0 as usize)?)?;
        run.grant(file, nodes);
        Some(root)
    }
}

impl<'t> Stack<'t> {
    /// Lowers a nested stack; false where its template is not at hand.
    pub(crate) fn lower_child(&self, entry: &Entry<'t>) -> bool {
        match self.child(&entry.name, entry.key.span()) {
            Some(child) => {
                child.lower();
                true
            }
            None => false,
        }
    }

    /// The value of a nested stack's output; nothing where its template is not at hand.
    pub(crate) fn child_output(&self, name: &str, output: &str, at: Span) -> Option<Value> {
        let child = self.child(name, at)?;
        let Some(entry) = child.outputs.get(output) else {
            if !child.transforms.other {
                self.nothing_of_name(at, "output", output, || self.names_of(&child.outputs));
            }
            return Some(Value::unknown(format!("`{}` has no output `{}`", shorten(name), shorten(output))));
        };
        let value = child.evaluate(entry.value.get("Value")?, &entry.loops);
        // References from a child bear the child's address already.
        Some(value.map_or(Value::Null, |node| node.value))
    }

    /// The stack of a nested stack's resource.
    fn child(&self, name: &str, at: Span) -> Option<Rc<Stack<'t>>> {
        match self.children.borrow().get(name) {
            Some(Child::Made(child)) => return Some(Rc::clone(child)),
            Some(Child::Absent) => return None,
            Some(Child::Begun) => {
                self.run
                    .invalid(at, format!("the nested stack `{}` depends on its own outputs", shorten(name)));
                return None;
            }
            None => {}
        }
        self.children.borrow_mut().insert(name.into(), Child::Begun);
        let child = self.make_child(name, at).map(Rc::new);
        let state = child.as_ref().map_or(Child::Absent, |child| Child::Made(Rc::clone(child)));
        self.children.borrow_mut().insert(name.into(), state);
        child
    }

    fn make_child(&self, name: &str, at: Span) -> Option<Stack<'t>> {
        let entry = self.resource(name)?;
        if !is_stack(entry.value.get("Type").and_then(Syntax::scalar)?) {
            return None;
        }
        let child = location(entry.value).and_then(|at| self.sources.library.child_of(self.root.file(), at));
        let Some(file) = child else {
            let message = format!(
                "the template of `{}` is not a file at hand; what it holds is not read",
                shorten(name)
            );
            self.run.not_evaluated(entry.key.span(), message);
            return None;
        };
        if self.ancestry.contains(&file) {
            self.run.invalid(at, format!("the nested stack `{}` contains itself", shorten(name)));
            return None;
        }
        if self.ancestry.len() >= MAX_LEVELS {
            self.run.limit(at, format!("nested stacks are more than {MAX_LEVELS} levels deep"));
            return None;
        }
        if !self.run.spend(STEPS_PER_STACK, at) || !self.run.enter(at) {
            return None;
        }
        let made = self.sources.open(file, self.run).map(|root| {
            let given = self.given(entry);
            let ancestry = self.ancestry.iter().copied().chain([file]).collect();
            let environment = Environment { stack_name: None, ..self.environment.clone() };
            let prefix = format!("{}/", self.address(name));
            Stack::new(self.run, self.sources, root, prefix, ancestry, environment, &given)
        });
        self.run.leave();
        made
    }

    /// The parameters that the parent passes.
    fn given(&self, entry: &Entry<'t>) -> Given {
        let mut given = Given::default();
        let Some(written) = entry.value.get("Properties").and_then(|properties| properties.get("Parameters"))
        else {
            return given;
        };
        let Some(node) = self.evaluate(written, &entry.loops) else { return given };
        match node.value {
            Value::Map(map) => {
                for (name, value) in map {
                    let value = match scalar::text(&value.value) {
                        Some(text) => Value::string(text.as_ref()),
                        None => {
                            let parts = written.get(&name).and_then(|node| self.joined(node, &entry.loops));
                            parts.unwrap_or_else(|| passed(value.value))
                        }
                    };
                    given.insert(name, value);
                }
            }
            _ => self.run.not_evaluated(written.span(), "the parameters of this nested stack are not known"),
        }
        given
    }
}

/// How many outputs are followed to the list that one of them joins.
const MAX_OUTPUTS: usize = 4;

impl<'t> Stack<'t> {
    /// The list of resources that a text joins with commas, which a parameter of the child takes apart again.
    ///
    /// Only where each part is one resource's: a part that may hold commas itself leaves the number open.
    fn joined(&self, node: Syntax<'t>, loops: &Loops) -> Option<Value> {
        self.joined_within(node, loops, MAX_OUTPUTS)
    }

    fn joined_within(&self, node: Syntax<'t>, loops: &Loops, outputs: usize) -> Option<Value> {
        match node.call()? {
            ("Join", argument) if argument.item(0)?.scalar() == Some(",") => {
                match self.evaluate(argument.item(1)?, loops)?.value {
                    Value::List(parts) if parts.iter().all(is_one_resource) => Some(Value::List(parts)),
                    _ => None,
                }
            }
            ("GetAtt", argument) => {
                let (name, output) = Self::output_named(argument)?;
                let child = self.child(name, node.span())?;
                let entry = child.outputs.get(output)?;
                child.joined_within(entry.value.get("Value")?, &entry.loops, outputs.checked_sub(1)?)
            }
            _ => None,
        }
    }

    /// The nested stack and its output that the argument of a `Fn::GetAtt` names.
    fn output_named(argument: Syntax<'t>) -> Option<(&'t str, &'t str)> {
        match argument.untagged_scalar() {
            Some(text) => text.split_once(".Outputs."),
            None => {
                let name = argument.item(0)?.untagged_scalar()?;
                Some((name, argument.item(1)?.untagged_scalar()?.strip_prefix("Outputs.")?))
            }
        }
    }
}

fn is_one_resource(part: &Node) -> bool {
    matches!(&part.value, Value::Unknown(unknown) if unknown.present && unknown.references.len() == 1)
}

/// A value that is not text, passed to a child: a list stays one, and unknown values stay unknown.
fn passed(value: Value) -> Value {
    match value {
        unknown @ Value::Unknown(_) => unknown,
        other if unknown::find(&other).is_some() => {
            unknown::blend(std::iter::once(&other), true).unwrap_or(Value::Null)
        }
        other => other,
    }
}
