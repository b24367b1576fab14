//! One file as a unit sees it: its locals, what it includes, and its inputs.

use super::Inputs;
use super::shelf::Config;
use crate::terraform::source::configuration::span;
use hcl_edit::expr::Expression;
use hcl_edit::structure::Block;
use onus_hcl::{Budget, Evaluator, Files, Functions, Scope, Unknown, Val, written_key};
use onus_model::{Problem, ProblemKind, Span};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Files that read files that read files; in use are three.
pub(super) const MAX_DEPTH: usize = 16;

/// So many problems of a unit are kept.
const MAX_PROBLEMS: usize = 100;

/// Opens a file of the language, where there is one.
type Open<'g> = &'g dyn Fn(&Path) -> Option<Rc<Config>>;

/// What all files of a unit share.
pub(super) struct Run<'g> {
    pub(super) open: Open<'g>,
    pub(super) budget: Budget,
    pub(super) problems: RefCell<Vec<Problem>>,
    /// What was read by functions so far.
    pub(super) read: RefCell<BTreeMap<PathBuf, Val>>,
}

impl<'g> Run<'g> {
    pub(super) fn new(open: Open<'g>, steps: u64) -> Self {
        Self { open, budget: Budget::of(steps), problems: RefCell::default(), read: RefCell::default() }
    }

    pub(super) fn report(&self, kind: ProblemKind, place: Span, message: impl Into<String>) {
        let problem = Problem::at(kind, place, message);
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MAX_PROBLEMS && !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// A file, evaluated where a unit needs it.
pub(super) struct Frame<'r> {
    pub(super) run: &'r Run<'r>,
    pub(super) config: Rc<Config>,
    /// The folder that paths start from: of what is included, that of the file that includes it.
    pub(super) folder: PathBuf,
    pub(super) depth: usize,
    includes: Vec<Include<'r>>,
    locals: RefCell<BTreeMap<String, Val>>,
}

/// What a file includes.
struct Include<'r> {
    /// Its label, or empty.
    name: String,
    merges: Merge,
    frame: Result<Rc<Frame<'r>>, Unknown>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    Not,
    Shallow,
    Deep,
}

impl<'r> Frame<'r> {
    /// A file on its own, with what it includes.
    pub(super) fn of(run: &'r Run<'r>, config: Rc<Config>, depth: usize) -> Rc<Self> {
        let folder = config.folder.clone();
        let mut frame = Self::plain(run, config, folder, depth);
        let config = Rc::clone(&frame.config);
        for block in config.body.get_blocks("include") {
            let include = frame.include(block);
            frame.includes.push(include);
        }
        Rc::new(frame)
    }

    fn plain(run: &'r Run<'r>, config: Rc<Config>, folder: PathBuf, depth: usize) -> Self {
        Self { run, config, folder, depth, includes: Vec::new(), locals: RefCell::default() }
    }

    fn include(&self, block: &Block) -> Include<'r> {
        let name = block.labels.first().map_or_else(String::new, |label| label.as_str().to_owned());
        let text = |name: &str| block.body.get_attribute(name).and_then(|attribute| attribute.value.as_str());
        let merges = match text("merge_strategy") {
            Some("no_merge") => Merge::Not,
            Some("deep" | "deep_map_only") => Merge::Deep,
            _ => Merge::Shallow,
        };
        let place = span(self.config.file, block);
        let frame = self.included(block).map_err(|why| {
            let message = format!("what this includes is not read: {why}");
            self.run.report(ProblemKind::NotEvaluated, place, message.as_str());
            Unknown::new(format!("what `{}` includes is not read: {why}", shown(&self.config.path)))
        });
        Include { name, merges, frame }
    }

    fn included(&self, block: &Block) -> Result<Rc<Self>, String> {
        let path = block.body.get_attribute("path").ok_or("it has no path")?;
        let evaluator = Evaluator::new(self, Some(self.config.file), &self.run.budget);
        let value = evaluator.value(&path.value).map_err(|failure| failure.message)?;
        if let Some(unknown) = value.as_unknown() {
            return Err(unknown.reason.to_string());
        }
        let path = value.as_str().ok_or("its path is no text")?;
        let path = self.folder.join(path);
        let none = || format!("there is no file `{}` of Terragrunt's language", shown(&path));
        let config = (self.run.open)(&path).ok_or_else(none)?;
        Ok(Rc::new(Self::plain(self.run, config, self.folder.clone(), self.depth)))
    }

    /// The files that it includes.
    pub(super) fn parents(&self) -> impl Iterator<Item = &Self> {
        self.includes.iter().filter_map(|include| include.frame.as_deref().ok())
    }

    /// The folder of the file that includes this one or that this one includes, by the name of its `include`.
    pub(super) fn base(&self, name: Option<&str>) -> Option<&Path> {
        if self.config.folder != self.folder {
            return Some(&self.config.folder);
        }
        let named = |include: &&Include<'_>| name.is_none_or(|name| include.name == name);
        let include = self.includes.iter().find(named)?;
        include.frame.as_ref().ok().map(|frame| &*frame.config.folder)
    }

    /// The value of an expression; where it fails, that is a problem, and the value is unknown.
    pub(super) fn value(&self, expression: &Expression) -> Val {
        match Evaluator::new(self, Some(self.config.file), &self.run.budget).value(expression) {
            Ok(value) => value,
            Err(failure) => {
                let place = failure.span.unwrap_or_else(|| span(self.config.file, expression));
                let kind = if failure.is_limit { ProblemKind::Limit } else { ProblemKind::Invalid };
                self.run.report(kind, place, failure.message.as_str());
                Val::unknown(Unknown::new(failure.message)).at(Some(place))
            }
        }
    }

    /// Its inputs over those of what it includes.
    pub(super) fn merged(&self) -> Inputs {
        let mut all = Inputs::default();
        let mut is_deep = false;
        for include in &self.includes {
            if include.merges == Merge::Not {
                continue;
            }
            is_deep |= include.merges == Merge::Deep;
            let own = match &include.frame {
                Ok(frame) => frame.inputs(),
                Err(unknown) => Inputs { rest: Some(unknown.clone()), ..Inputs::default() },
            };
            let rest = all.rest.take();
            all = all.under(own, include.merges == Merge::Deep);
            all.rest = all.rest.or(rest);
        }
        let rest = all.rest.take();
        all = all.under(self.inputs(), is_deep);
        all.rest = all.rest.or(rest);
        all
    }

    /// Its own inputs.
    fn inputs(&self) -> Inputs {
        let mut made = Inputs::default();
        let Some(attribute) = self.config.body.get_attribute("inputs") else { return made };
        let Expression::Object(entries) = &attribute.value else {
            let value = self.value(&attribute.value);
            match (value.as_unknown(), value.entries()) {
                (Some(unknown), _) => made.rest = Some(unknown.clone()),
                (None, Some(entries)) => {
                    let entry = |(name, value): (&Arc<str>, &Val)| {
                        (name.to_string(), value.clone().marked(value.sensitive))
                    };
                    made.values = entries.iter().map(entry).collect();
                }
                (None, None) => {
                    let place = span(self.config.file, &attribute.value);
                    self.run.report(ProblemKind::Invalid, place, "inputs are a map");
                }
            }
            return made;
        };
        for (key, value) in entries {
            let name = match (written_key(key), key.as_expr()) {
                (Some(name), _) => Some(name.to_owned()),
                (None, Some(expression)) => self.value(expression).as_str().map(str::to_owned),
                (None, None) => None,
            };
            let own = self.value(value.expr()).at(Some(span(self.config.file, value.expr())));
            match name {
                Some(name) => {
                    made.values.insert(name, own);
                }
                None => made.rest = Some(Unknown::new("the name of an input is not known")),
            }
        }
        made
    }

    fn local(&self, name: &str) -> Option<Val> {
        if let Some(found) = self.locals.borrow().get(name) {
            return Some(found.clone());
        }
        let blocks = self.config.body.get_blocks("locals");
        let attribute = blocks.filter_map(|block| block.body.get_attribute(name)).next()?;
        let circle = Val::unknown(Unknown::new(format!("`local.{name}` refers to itself")));
        self.locals.borrow_mut().insert(name.to_owned(), circle);
        let value = self.value(&attribute.value);
        self.locals.borrow_mut().insert(name.to_owned(), value.clone());
        Some(value)
    }

    fn all_locals(&self) -> Val {
        let blocks = self.config.body.get_blocks("locals");
        let names = blocks.flat_map(|block| block.body.attributes()).map(|attribute| attribute.key.as_str());
        Val::object(names.filter_map(|name| Some((name.into(), self.local(name)?))).collect())
    }

    /// What those see of this file who read or include it.
    pub(super) fn exposed(&self) -> Val {
        let Inputs { values, rest } = self.merged();
        let inputs = match rest {
            Some(unknown) => Val::unknown(unknown),
            None => Val::object(values.into_iter().map(|(name, value)| (name.into(), value)).collect()),
        };
        let other = |name: &str| {
            let reason = format!("`{name}` of `{}` is not looked at", shown(&self.config.path));
            (name.into(), Val::unknown(Unknown::new(reason)))
        };
        let others = ["dependency", "generate", "remote_state", "terraform"].into_iter().map(other);
        let own = [("locals".into(), self.all_locals()), ("inputs".into(), inputs)];
        Val::object(own.into_iter().chain(others).collect())
    }

    fn of_include(&self, attributes: &[&str]) -> Option<(Val, usize)> {
        let is = |name: &str| self.includes.iter().find(|include| include.name == name);
        let (include, used) = match is("") {
            Some(bare) => (bare, 0),
            None => (is(attributes.first()?)?, 1),
        };
        Some(match &include.frame {
            Err(unknown) => (Val::unknown(unknown.clone()), attributes.len()),
            Ok(frame) => match (attributes.get(used), attributes.get(used + 1)) {
                // One of them need not have all of them.
                (Some(&"locals"), Some(name)) => (frame.local(name)?, used + 2),
                _ => (frame.exposed(), used),
            },
        })
    }
}

impl Scope for Frame<'_> {
    fn name(&self, root: &str, attributes: &[&str]) -> Option<(Val, usize)> {
        match root {
            "local" => Some((self.local(attributes.first()?)?, 1)),
            "include" => self.of_include(attributes),
            "dependency" | "feature" | "values" => {
                let name = attributes.first().map_or_else(|| root.to_owned(), |own| format!("{root}.{own}"));
                let reason = match root {
                    "dependency" => {
                        format!("`{name}` is another unit, whose outputs are known only after apply")
                    }
                    _ => format!("`{name}` is known only to Terragrunt"),
                };
                Some((Val::unknown(Unknown::new(reason)), attributes.len()))
            }
            _ => None,
        }
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(self)
    }

    fn functions(&self) -> Option<&dyn Functions> {
        Some(self)
    }
}

/// A file's name without the folders above it, which differ from machine to machine.
pub(super) fn shown(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
