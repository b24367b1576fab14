//! What stands where: which keys of an object are blocks, and how the strings of the others are read.
//!
//! What a provider's own resources have as blocks only the provider's schema tells. Their objects are arguments here, which
//! mappings read alike.

/// A body: that of a file, or of a block.
#[derive(Debug)]
pub(super) struct Shape {
    /// The blocks that may stand in it, and how many labels each has.
    blocks: &'static [(&'static str, usize, &'static Shape)],
    arguments: &'static [(&'static str, Strings)],
    /// The arguments that are not named; none may stand there without it.
    pub(super) other: Option<Strings>,
}

impl Shape {
    /// The block of a name: the number of its labels, and what stands in it.
    pub(super) fn block(&self, name: &str) -> Option<(usize, &'static Self)> {
        self.blocks.iter().find(|(block, ..)| *block == name).map(|(_, labels, shape)| (*labels, *shape))
    }

    /// How the strings of an argument are read; none where it may not stand.
    pub(super) fn argument(&self, name: &str) -> Option<Strings> {
        let own = self.arguments.iter().find(|(argument, _)| *argument == name).map(|(_, strings)| *strings);
        own.or(self.other)
    }
}

/// What a string stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strings {
    /// A template.
    Template,
    /// A template, in what may be an argument or a block of a provider's.
    Own,
    /// Itself.
    Literal,
    /// A reference, with or without `${…}` around.
    Reference,
    /// A type.
    Type,
    /// `true` or `false`.
    Truth,
}

use Strings::{Literal, Own, Reference, Template, Truth, Type};

const fn shape(
    blocks: &'static [(&'static str, usize, &'static Shape)],
    arguments: &'static [(&'static str, Strings)],
    other: Strings,
) -> Shape {
    Shape { blocks, arguments, other: Some(other) }
}

/// A file of configuration.
pub(super) static FILE: Shape = Shape {
    blocks: &[
        ("resource", 2, &RESOURCE),
        ("data", 2, &RESOURCE),
        ("ephemeral", 2, &RESOURCE),
        ("variable", 1, &VARIABLE),
        ("output", 1, &OUTPUT),
        ("locals", 0, &TEMPLATES),
        ("module", 1, &MODULE),
        ("provider", 1, &PROVIDER),
        ("terraform", 0, &TERRAFORM),
        ("check", 1, &CHECK),
        ("moved", 0, &REFERENCES),
        ("import", 0, &IMPORT),
        ("removed", 0, &REMOVED),
    ],
    arguments: &[],
    other: None,
};

/// A file of values, which are what they are.
pub(super) static VALUES: Shape = shape(&[], &[], Literal);

/// The data source whose blocks the reader itself looks at.
pub(super) static POLICY: Shape = shape(
    &[("statement", 0, &STATEMENT), ("dynamic", 1, &DYNAMIC_STATEMENT)],
    &[("provider", Reference), ("depends_on", Reference)],
    Own,
);

/// What stands within a provider's block, and in one that is not known.
pub(super) static NESTED: Shape = shape(&[("dynamic", 1, &DYNAMIC)], &[], Own);

static RESOURCE: Shape = shape(
    &[
        ("dynamic", 1, &DYNAMIC),
        ("lifecycle", 0, &LIFECYCLE),
        ("connection", 0, &TEMPLATES),
        ("provisioner", 1, &PROVISIONER),
    ],
    &[("provider", Reference), ("depends_on", Reference)],
    Own,
);

static DYNAMIC: Shape =
    shape(&[("content", 0, &NESTED)], &[("iterator", Reference), ("labels", Template)], Template);

static STATEMENT: Shape = shape(
    &[
        ("principals", 0, &NESTED),
        ("not_principals", 0, &NESTED),
        ("condition", 0, &NESTED),
        ("dynamic", 1, &DYNAMIC),
    ],
    &[],
    Own,
);

static DYNAMIC_STATEMENT: Shape = shape(&[("content", 0, &STATEMENT)], &[("iterator", Reference)], Template);

static LIFECYCLE: Shape =
    shape(&[("precondition", 0, &TEMPLATES), ("postcondition", 0, &TEMPLATES)], &[], Reference);

static PROVISIONER: Shape =
    shape(&[("connection", 0, &TEMPLATES)], &[("when", Reference), ("on_failure", Reference)], Template);

static VARIABLE: Shape = shape(
    &[("validation", 0, &TEMPLATES)],
    &[("type", Type), ("sensitive", Truth), ("nullable", Truth), ("ephemeral", Truth)],
    Literal,
);

static OUTPUT: Shape = shape(
    &[("precondition", 0, &TEMPLATES)],
    &[
        ("description", Literal),
        ("sensitive", Truth),
        ("ephemeral", Truth),
        ("depends_on", Reference),
        ("type", Type),
    ],
    Template,
);

static MODULE: Shape = shape(
    &[],
    &[("source", Literal), ("version", Literal), ("providers", Reference), ("depends_on", Reference)],
    Template,
);

static PROVIDER: Shape = shape(
    &[("default_tags", 0, &TEMPLATES), ("ignore_tags", 0, &NESTED), ("assume_role", 0, &NESTED)],
    &[("alias", Literal), ("version", Literal)],
    Own,
);

static TERRAFORM: Shape = shape(
    &[("backend", 1, &LITERALS), ("cloud", 0, &LITERALS), ("required_providers", 0, &LITERALS)],
    &[],
    Literal,
);

static CHECK: Shape = shape(&[("data", 2, &RESOURCE), ("assert", 0, &TEMPLATES)], &[], Template);

static IMPORT: Shape = shape(&[], &[("to", Reference), ("provider", Reference)], Template);

static REMOVED: Shape =
    shape(&[("lifecycle", 0, &LIFECYCLE), ("provisioner", 1, &PROVISIONER)], &[], Reference);

static TEMPLATES: Shape = shape(&[], &[], Template);

static LITERALS: Shape = shape(&[], &[], Literal);

static REFERENCES: Shape = shape(&[], &[], Reference);
