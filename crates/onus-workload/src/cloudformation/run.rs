//! What the reading of one root template and its nested stacks shares: options, limits, results.

use crate::Options;
use onus_model::{FileId, Problem, ProblemKind, Resource, Span, Suppression, Value};
use rustc_hash::FxHashSet;
use std::cell::{Cell, RefCell};

/// How deep evaluation may nest, through functions, conditions, aliases and nested stacks together.
/// Each level takes a few frames of the worker's stack, which is sized for it ([`crate::STACK_SIZE`]).
const MAX_EVALUATION_DEPTH: u32 = 192;

/// How many values evaluation may make for each node of the templates: an honest template evaluates a node
/// once, what a condition or a mapping holds a few times, and a nested template once per use.
const STEPS_PER_NODE: u64 = 32;

/// How many steps every template gets, whatever its size, so that small templates may use `Fn::ForEach`.
const BASE_STEPS: u64 = 50_000;

/// So many entries of a map that a lookup walks over count as a step.
const ENTRIES_PER_STEP: usize = 32;

/// So many bytes of produced text count as a step.
const TEXT_PER_STEP: usize = 64;

/// Up to how many problems a suggestion is looked for, since that compares many names.
const MAX_SUGGESTIONS: usize = 40;

/// How many problems one template may report; what follows is noise.
const MAX_PROBLEMS: usize = 200;

/// The state of one run.
pub(crate) struct Run<'t> {
    pub(crate) options: &'t Options<'t>,
    steps: Cell<u64>,
    granted: RefCell<FxHashSet<FileId>>,
    depth: Cell<u32>,
    limited: Cell<bool>,
    supposing: Cell<u32>,
    problems: RefCell<Vec<Problem>>,
    pub(crate) resources: RefCell<Vec<Resource>>,
    pub(crate) suppressions: RefCell<Vec<Suppression>>,
    pub(crate) exports: RefCell<Vec<(String, Value)>>,
}

/// The reason of values that a limit kept from being computed.
pub(crate) const OVER_LIMIT: &str = "the template takes too many steps to evaluate";

impl<'t> Run<'t> {
    pub(crate) fn new(options: &'t Options<'t>) -> Self {
        Self {
            options,
            steps: Cell::new(BASE_STEPS),
            granted: RefCell::default(),
            depth: Cell::new(0),
            limited: Cell::new(false),
            supposing: Cell::new(0),
            problems: RefCell::default(),
            resources: RefCell::default(),
            suppressions: RefCell::default(),
            exports: RefCell::default(),
        }
    }

    /// Grants the steps that a template's size calls for, once: nested stacks may use it many times over.
    pub(crate) fn grant(&self, file: FileId, nodes: usize) {
        if !self.granted.borrow_mut().insert(file) {
            return;
        }
        self.steps.set(self.steps.get().saturating_add(nodes as u64 * STEPS_PER_NODE));
    }

    /// Begins a step one level deeper; false where a limit is reached. Pair with [`Run::leave`].
    pub(crate) fn enter(&self, at: Span) -> bool {
        let depth = self.depth.get() + 1;
        if depth > MAX_EVALUATION_DEPTH {
            self.limit(
                at,
                format!("values nest more than {MAX_EVALUATION_DEPTH} levels deep once evaluated"),
            );
            return false;
        }
        if !self.spend(1, at) {
            return false;
        }
        self.depth.set(depth);
        true
    }

    /// Takes the steps for a walk over so many entries off the budget.
    pub(crate) fn spend_walk(&self, entries: usize, at: Span) -> bool {
        self.spend((entries / ENTRIES_PER_STEP) as u64, at)
    }

    /// Ends a step.
    pub(crate) fn leave(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    /// Takes steps off the budget; false where there are not so many left.
    pub(crate) fn spend(&self, steps: u64, at: Span) -> bool {
        match self.steps.get().checked_sub(steps) {
            Some(left) => {
                self.steps.set(left);
                true
            }
            None => {
                self.steps.set(0);
                self.limit(at, format!("{OVER_LIMIT}; what is left of it is unknown"));
                false
            }
        }
    }

    /// Takes the steps for a text of this length off the budget.
    pub(crate) fn spend_text(&self, length: usize, at: Span) -> bool {
        self.spend((length / TEXT_PER_STEP) as u64, at)
    }

    /// Takes note of a limit, once.
    pub(crate) fn limit(&self, at: Span, message: String) {
        if !self.limited.replace(true) {
            let help = "aliases, `Fn::ForEach` or nested stacks may multiply values; split the template";
            self.problems.borrow_mut().push(Problem::at(ProblemKind::Limit, at, message).help(help));
        }
    }

    /// Whether it is worth looking for suggestions.
    pub(crate) fn takes_suggestions(&self) -> bool {
        self.problems.borrow().len() < MAX_SUGGESTIONS
    }

    /// Takes note of a problem; the same one twice counts once.
    pub(crate) fn problem(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MAX_PROBLEMS && !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Takes note of something in the template that makes no sense.
    pub(crate) fn invalid(&self, at: Span, message: impl Into<String>) {
        self.problem(Problem::at(ProblemKind::Invalid, at, message));
    }

    /// Takes note of something that makes no sense if it is deployed; not where that is open.
    pub(crate) fn invalid_if_deployed(&self, at: Span, message: impl Into<String>) {
        if self.supposing.get() == 0 {
            self.invalid(at, message);
        }
    }

    /// Does something about a part of the template of which it is open whether it is deployed.
    pub(crate) fn suppose<T>(&self, work: impl FnOnce() -> T) -> T {
        self.supposing.set(self.supposing.get() + 1);
        let result = work();
        self.supposing.set(self.supposing.get() - 1);
        result
    }

    /// Takes note of something that is not evaluated.
    pub(crate) fn not_evaluated(&self, at: Span, message: impl Into<String>) {
        self.problem(Problem::at(ProblemKind::NotEvaluated, at, message));
    }

    pub(crate) fn into_reading(self) -> crate::Reading {
        crate::Reading {
            resources: self.resources.into_inner(),
            suppressions: self.suppressions.into_inner(),
            problems: self.problems.into_inner(),
            exports: self.exports.into_inner(),
            ..crate::Reading::default()
        }
    }
}
