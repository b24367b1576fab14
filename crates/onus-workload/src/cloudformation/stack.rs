//! A template with its parameters: the names that its functions can look up.

use super::conditions::ConditionState;
use super::foreach::{Entry, Loops};
use super::nested::{Children, Sources};
use super::run::Run;
use super::tree::{NodeId, Syntax};
use onus_model::{FileId, Node, Problem, ProblemKind, Span};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Where a stack is deployed, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Environment {
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) stack_name: Option<String>,
}

/// The transforms that a template names, as far as they matter here.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Transforms {
    /// `AWS::Serverless-2016-10-31`
    pub(crate) serverless: bool,
    /// `AWS::LanguageExtensions`
    pub(crate) language_extensions: bool,
    /// Any other: a macro may add and rewrite whatever it likes.
    pub(crate) other: bool,
    /// A tool puts modules into the template before it is deployed.
    pub(crate) packaged: bool,
}

/// Maps with more keys than this are indexed when they are looked into.
const WIDE: usize = 32;

/// One stack: a template, its parameters and its place among the stacks.
pub(crate) struct Stack<'t> {
    pub(crate) run: &'t Run<'t>,
    pub(crate) sources: &'t Sources<'t>,
    pub(crate) root: Syntax<'t>,
    /// The addresses of the stacks around this one, each with a slash behind it.
    pub(crate) prefix: String,
    /// The templates of the stacks around this one, and its own.
    pub(crate) ancestry: Vec<FileId>,
    pub(crate) environment: Environment,
    pub(crate) transforms: Transforms,
    pub(crate) parameters: FxHashMap<&'t str, Node>,
    pub(crate) mappings: Option<Syntax<'t>>,
    pub(crate) conditions: FxHashMap<Box<str>, Entry<'t>>,
    pub(crate) condition_states: RefCell<FxHashMap<Box<str>, ConditionState>>,
    pub(crate) resources: Vec<Entry<'t>>,
    pub(crate) resource_places: FxHashMap<Box<str>, usize>,
    pub(crate) outputs: FxHashMap<Box<str>, Entry<'t>>,
    pub(crate) children: RefCell<Children<'t>>,
    /// Indices of wide maps that were looked into.
    pub(crate) wide: RefCell<FxHashMap<NodeId, FxHashMap<&'t str, Syntax<'t>>>>,
    pub(crate) serverless: super::sam::State,
}

impl<'t> Stack<'t> {
    /// A section of the template.
    pub(crate) fn section(&self, name: &str) -> Option<Syntax<'t>> {
        self.root.get(name)
    }

    /// Reads the template's sections. The parameters must be there; nothing is evaluated yet.
    pub(crate) fn new(
        run: &'t Run<'t>,
        sources: &'t Sources<'t>,
        root: Syntax<'t>,
        prefix: String,
        ancestry: Vec<FileId>,
        environment: Environment,
        given: &super::parameters::Given,
    ) -> Self {
        let mut stack = Self {
            run,
            sources,
            root,
            prefix,
            ancestry,
            environment,
            transforms: transforms(root, run),
            parameters: FxHashMap::default(),
            mappings: root.get("Mappings"),
            conditions: FxHashMap::default(),
            condition_states: RefCell::default(),
            resources: Vec::new(),
            resource_places: FxHashMap::default(),
            outputs: FxHashMap::default(),
            children: RefCell::default(),
            wide: RefCell::default(),
            serverless: super::sam::State::default(),
        };
        stack.parameters = super::parameters::read(&stack, given);
        stack.conditions = by_name(stack.expand_section("Conditions"));
        stack.resources = stack.expand_section("Resources");
        stack.outputs = by_name(stack.expand_section("Outputs"));
        for (place, entry) in stack.resources.iter().enumerate() {
            stack.resource_places.insert(entry.name.clone(), place);
        }
        stack
    }

    fn expand_section(&self, name: &str) -> Vec<Entry<'t>> {
        let mut entries = Vec::new();
        if let Some(section) = self.section(name) {
            if section.call().is_some_and(|(name, _)| name == "Transform") {
                self.run.not_evaluated(
                    section.span(),
                    format!("`{name}` is written by a macro that is not evaluated"),
                );
            } else if section.is_map() {
                self.expand(section, &Loops::default(), &mut entries);
            } else if !section.is_null() {
                self.run.invalid(section.span(), format!("`{name}` must be a map"));
            }
        }
        entries
    }

    /// A resource by its logical id.
    pub(crate) fn resource(&self, name: &str) -> Option<&Entry<'t>> {
        self.resource_places.get(name).and_then(|place| self.resources.get(*place))
    }

    /// The value of a key. A wide map is indexed, since it may be looked into many times.
    pub(crate) fn look_into(&self, map: Syntax<'t>, key: &str) -> Option<Syntax<'t>> {
        if map.entries().len() <= WIDE {
            return map.get(key);
        }
        let mut wide = self.wide.borrow_mut();
        let index = wide.entry(map.id()).or_insert_with(|| {
            // An earlier entry wins, as in a walk.
            map.named().map(|(name, _, value)| (name, value)).collect::<Vec<_>>().into_iter().rev().collect()
        });
        index.get(key).copied()
    }

    /// The address of a logical id, as the result has it.
    pub(crate) fn address(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Takes note of a name that stands for nothing.
    pub(crate) fn nothing_of_name<I: Iterator<Item: AsRef<str>>>(
        &self,
        at: Span,
        kind: &str,
        name: &str,
        known: impl FnOnce() -> I,
    ) {
        let message = format!("there is no {kind} `{}`", shorten(name));
        let problem = Problem::at(ProblemKind::Invalid, at, message);
        let near = self.run.takes_suggestions().then(|| crate::spelling::nearest(name, known())).flatten();
        self.run.problem(match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
    }
}

/// Text of the user's for a message, cut where it is too long to read.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn by_name(entries: Vec<Entry<'_>>) -> FxHashMap<Box<str>, Entry<'_>> {
    entries.into_iter().map(|entry| (entry.name.clone(), entry)).collect()
}

fn transforms(root: Syntax<'_>, run: &Run<'_>) -> Transforms {
    let packaged = names_modules(root, run);
    let mut found = Transforms { packaged, other: packaged, ..Transforms::default() };
    let Some(section) = root.get("Transform") else { return found };
    let all: Vec<Syntax<'_>> = if section.is_list() { section.items().collect() } else { vec![section] };
    for transform in all {
        let name = transform.scalar().or_else(|| transform.get("Name").and_then(Syntax::scalar));
        match name {
            Some("AWS::Serverless-2016-10-31") => found.serverless = true,
            Some("AWS::LanguageExtensions") => found.language_extensions = true,
            name => {
                found.other = true;
                let name = shorten(name.unwrap_or("?"));
                run.not_evaluated(transform.span(), format!("the macro `{name}` is not evaluated"));
            }
        }
    }
    found
}

/// Whether a template names modules that `aws cloudformation package` or rain puts in. Said once, since nothing that refers to
/// what is in them can be found.
fn names_modules(root: Syntax<'_>, run: &Run<'_>) -> bool {
    let section = root.get("Modules").or_else(|| root.get("Rain"));
    if section.is_none() && !root.source().contains("!Rain::") {
        return false;
    }
    let at = section.map_or_else(|| root.span(), Syntax::span);
    let message = "the modules that this template names are not read, nor what depends on them";
    let problem = Problem::at(ProblemKind::NotEvaluated, at, message);
    run.problem(
        problem.help("read the template that `aws cloudformation package` or `rain pkg` makes of it"),
    );
    true
}
