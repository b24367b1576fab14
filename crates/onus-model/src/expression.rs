//! The syntax of conditions as plain data.
//!
//! `onus-check` parses and evaluates them; knowledge stores them.

use serde::{Deserialize, Serialize};

/// A condition: the text as written, and its parsed form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expression {
    /// The text.
    pub source: String,
    /// The tree.
    pub root: Expr,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// A literal.
    Literal(Literal),
    /// A name: `resource`, or a variable bound by a macro.
    Name(String),
    /// `operand.field` or `operand['field']`; `has(operand.field)` where `test` is set.
    Select {
        /// The map.
        operand: Box<Expr>,
        /// The key.
        field: String,
        /// Whether only the presence of the field is asked.
        test: bool,
        /// Where the field's name starts in the text, in bytes.
        at: u32,
    },
    /// An operator, function or method call; a method's receiver is the first argument.
    Call {
        /// The function's name; operators by their CEL names (`_&&_`, `_==_`).
        function: String,
        /// The arguments.
        arguments: Vec<Expr>,
        /// Where the function's name or the operator starts in the text, in bytes.
        at: u32,
    },
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `{k: v}`.
    Map(Vec<(Expr, Expr)>),
    /// `range.all(variable, body)` and its kin.
    Macro {
        /// Which.
        kind: MacroKind,
        /// The list or map walked over.
        range: Box<Expr>,
        /// The name of the element; of a map, its key.
        variable: String,
        /// The body. For a filtering `map`, the transformation.
        body: Box<Expr>,
        /// The condition of the three-argument `map`.
        filter: Option<Box<Expr>>,
    },
}

/// A literal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `42`
    Int(i64),
    /// `4.2`
    Float(f64),
    /// `'text'`
    String(String),
}

/// The macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MacroKind {
    /// Every element satisfies the body.
    All,
    /// At least one does.
    Exists,
    /// Exactly one does.
    ExistsOne,
    /// Each element transformed.
    Map,
    /// The elements that satisfy the body.
    Filter,
}
