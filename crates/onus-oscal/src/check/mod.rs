//! What no schema can say of a document: that what it refers to exists, and that no identifier is taken twice.
//!
//! A document is walked as the tree that is written (`walk`). What an object is follows from the key it stands under
//! and what a field refers to from its name, since the standard uses its names alike in all models: `kinds` and
//! `references` are tables. `leverage` compares two security plans.

mod index;
mod kinds;
mod leverage;
mod references;
mod values;
mod walk;

use crate::document::{Document, Model, ModelKind};
use index::Index;
use std::fmt;
use walk::Tree;

/// Something that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What sort of mistake it is.
    pub kind: ProblemKind,
    /// Where it is, as a JSON pointer; [`locate`](crate::locate()) turns it into a line.
    pub pointer: String,
    /// What is wrong: lower case, no full stop, the document's words in backticks.
    pub message: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document may still be what was meant: resolved catalogs link to controls that were not selected.
    Warning,
    /// The document says something that cannot be.
    Error,
}

/// The sorts of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A value that is not of its type: a uuid, a date.
    Malformed,
    /// An identifier that something else has as well.
    Duplicate,
    /// A reference to something that does not exist.
    Dangling,
    /// A reference to something of another kind than it should be.
    WrongKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

/// Checks a document. Identifiers that are taken twice come first; what follows goes by the names of the fields, so that
/// the same document gives the same list. `others` are the documents that it builds on, as far as they are at
/// hand: catalogs (resolved, where it imports a profile), the plans of leveraged systems, the plan behind results.
/// What a document says of another is judged only where there is one of that model among them.
pub fn check(document: &Document, others: &[&Document]) -> Vec<Problem> {
    let tree = Tree::of(document);
    let trees: Vec<Tree> = others.iter().map(|other| Tree::of(other)).collect();
    let mut problems = Problems::default();
    let index = Index::of(&tree, &mut Some(&mut problems));
    let others = Others {
        kinds: others.iter().map(|other| other.model.kind()).collect(),
        indexes: trees.iter().map(|tree| Index::of(tree, &mut None)).collect(),
    };
    let context = Context { kind: document.model.kind(), builds_on: builds_on(document), index, others };
    tree.walk(&mut |path, object| {
        values::check(path, object, &mut problems);
        references::check(&context, path, object, &mut problems);
        leverage::check(&context, path, object, &mut problems);
    });
    problems.found
}

/// What references are looked up in.
struct Context<'t> {
    kind: ModelKind,
    /// Whether a component definition imports others.
    builds_on: bool,
    index: Index<'t>,
    others: Others<'t>,
}

/// The documents that the checked one builds on.
struct Others<'t> {
    kinds: Vec<ModelKind>,
    indexes: Vec<Index<'t>>,
}

impl Others<'_> {
    fn count(&self, kind: ModelKind) -> usize {
        self.kinds.iter().filter(|other| **other == kind).count()
    }
}

fn builds_on(document: &Document) -> bool {
    match &document.model {
        Model::ComponentDefinition(definition) => !definition.import_component_definitions.is_empty(),
        _ => false,
    }
}

/// Collects what is found.
#[derive(Default)]
struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    fn error(&mut self, kind: ProblemKind, pointer: String, message: String) {
        self.found.push(Problem { severity: Severity::Error, kind, pointer, message });
    }

    fn warning(&mut self, kind: ProblemKind, pointer: String, message: String) {
        self.found.push(Problem { severity: Severity::Warning, kind, pointer, message });
    }
}
