//! From the tree to operations that are ready to run: names resolved, patterns compiled, property
//! paths joined.
//!
//! The operations are a tree of our own rather than boxed closures: a closure cannot lend its
//! literals to the values it returns, so each use of one would have to copy it.

use crate::builtin::Builtin;
use crate::eval::{Ctx, Evaluation};
use crate::index::Index;
use crate::logic::Connective;
use crate::operators::{Arithmetic, Order};
use crate::text::{TextTest, compile_pattern};
use onus_credentials::Examples;
use onus_model::{Expr, Expression, Literal, MacroKind, Resource};
use regex::Regex;

/// An expression that is ready to run, on any number of resources and threads.
#[derive(Debug)]
pub struct Program {
    root: Op,
}

impl Program {
    /// Makes an expression ready to run.
    ///
    /// What [`parse()`](crate::parse()) would have refused, in a tree that was made otherwise, is null.
    pub fn compile(expression: &Expression) -> Self {
        Self { root: Compiler { variables: Vec::new() }.op(&expression.root) }
    }

    /// Evaluates the expression for a resource. Time is bounded whatever the expression and the workload.
    pub fn evaluate<'w>(&self, index: &Index<'w>, resource: &'w Resource) -> Evaluation {
        let ctx = Ctx::new(index, resource);
        Evaluation::of(&self.root.eval(&ctx, None))
    }
}

/// An operation.
#[derive(Debug)]
pub(crate) enum Op {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Box<str>),
    Resource,
    Address,
    Type,
    /// A macro's variable, counted from the innermost.
    Variable(usize),
    /// Fields of fields.
    Path(Box<Self>, Box<[Box<str>]>),
    Has(Box<Self>, Box<str>),
    Connect(Connective, Box<Self>, Box<Self>),
    Not(Box<Self>),
    Negate(Box<Self>),
    Equal(Box<Self>, Box<Self>),
    NotEqual(Box<Self>, Box<Self>),
    Order(Order, Box<Self>, Box<Self>),
    Arithmetic(Arithmetic, Box<Self>, Box<Self>),
    Condition(Box<Self>, Box<Self>, Box<Self>),
    In(Box<Self>, Box<Self>),
    /// `x in [a, b]`, without making the list.
    InList(Box<Self>, Box<[Self]>),
    Index(Box<Self>, Box<Self>),
    TextTest(TextTest, Box<Self>, Box<Self>),
    Matches(Box<Self>, Box<Regex>),
    Lower(Box<Self>),
    IntOf(Box<Self>),
    Size(Box<Self>),
    ListOf(Box<Self>),
    Written(Box<Self>),
    Related(Box<str>, Box<[Box<str>]>),
    /// All of a type.
    Resources(Box<str>),
    Target {
        value: Box<Self>,
        resource_type: Option<Box<str>>,
    },
    Statements(Box<Self>),
    Credential(Box<Self>, Examples),
    Call(Builtin, Box<[Self]>),
    /// The others of its type that are at the same thing.
    Siblings(Box<[Box<str>]>),
    List(Box<[Self]>),
    Map(Box<[(Self, Self)]>),
    Macro {
        kind: MacroKind,
        range: Box<Self>,
        body: Box<Self>,
        filter: Option<Box<Self>>,
    },
}

struct Compiler<'e> {
    variables: Vec<&'e str>,
}

impl<'e> Compiler<'e> {
    fn op(&mut self, expr: &'e Expr) -> Op {
        match expr {
            Expr::Literal(literal) => Self::literal(literal),
            Expr::Name(name) => self.name(name),
            Expr::Select { operand, field, test, .. } => self.select(operand, field, *test),
            Expr::Call { function, arguments, .. } => self.call(function, arguments),
            Expr::List(elements) => Op::List(self.all(elements)),
            Expr::Map(entries) => {
                Op::Map(entries.iter().map(|(key, value)| (self.op(key), self.op(value))).collect())
            }
            Expr::Macro { kind, range, variable, body, filter } => {
                let range = self.boxed(range);
                self.variables.push(variable);
                let body = self.boxed(body);
                let filter = filter.as_ref().map(|filter| self.boxed(filter));
                self.variables.pop();
                Op::Macro { kind: *kind, range, body, filter }
            }
        }
    }

    fn boxed(&mut self, expr: &'e Expr) -> Box<Op> {
        Box::new(self.op(expr))
    }

    fn all(&mut self, exprs: &'e [Expr]) -> Box<[Op]> {
        exprs.iter().map(|expr| self.op(expr)).collect()
    }

    fn literal(literal: &Literal) -> Op {
        match literal {
            Literal::Null => Op::Null,
            Literal::Bool(value) => Op::Bool(*value),
            Literal::Int(value) => Op::Int(*value),
            Literal::Float(value) => Op::Float(*value),
            Literal::String(text) => Op::Text(text.as_str().into()),
        }
    }

    fn name(&self, name: &str) -> Op {
        if let Some(position) = self.variables.iter().rev().position(|variable| *variable == name) {
            return Op::Variable(position);
        }
        match name {
            "resource" => Op::Resource,
            "address" => Op::Address,
            "type" => Op::Type,
            _ => Op::Null,
        }
    }

    fn select(&mut self, operand: &'e Expr, field: &str, test: bool) -> Op {
        let operand = self.op(operand);
        if test {
            return Op::Has(Box::new(operand), field.into());
        }
        match operand {
            Op::Path(root, fields) => {
                let mut fields = fields.into_vec();
                fields.push(field.into());
                Op::Path(root, fields.into())
            }
            other => Op::Path(Box::new(other), Box::new([field.into()])),
        }
    }

    fn call(&mut self, function: &str, arguments: &'e [Expr]) -> Op {
        if let Some(builtin) = Builtin::named(function) {
            return Op::Call(builtin, self.all(arguments));
        }
        match arguments {
            [a] => self.unary(function, a),
            [a, b] => self.binary(function, a, b),
            [a, b, c] if function == "_?_:_" => Op::Condition(self.boxed(a), self.boxed(b), self.boxed(c)),
            _ => Op::Null,
        }
    }

    fn unary(&mut self, function: &str, argument: &'e Expr) -> Op {
        if let ("resources", Expr::Literal(Literal::String(name))) = (function, argument) {
            return Op::Resources(name.as_str().into());
        }
        if let ("siblings", Expr::Literal(Literal::String(path))) = (function, argument) {
            return Op::Siblings(path.split('.').map(Into::into).collect());
        }
        let value = self.boxed(argument);
        match function {
            "!_" => Op::Not(value),
            "-_" => Op::Negate(value),
            "size" => Op::Size(value),
            "int" => Op::IntOf(value),
            "list" => Op::ListOf(value),
            "written" => Op::Written(value),
            "lowerAscii" => Op::Lower(value),
            "target" => Op::Target { value, resource_type: None },
            "statements" => Op::Statements(value),
            "credential" => Op::Credential(value, Examples::Ignored),
            _ => Op::Null,
        }
    }

    fn binary(&mut self, function: &str, first: &'e Expr, second: &'e Expr) -> Op {
        match (function, first, second) {
            ("@in", value, Expr::List(elements)) => return Op::InList(self.boxed(value), self.all(elements)),
            ("matches", value, Expr::Literal(Literal::String(pattern))) => {
                let value = self.boxed(value);
                return compile_pattern(pattern)
                    .map_or(Op::Null, |regex| Op::Matches(value, Box::new(regex)));
            }
            ("related", Expr::Literal(Literal::String(name)), Expr::Literal(Literal::String(path))) => {
                return Op::Related(name.as_str().into(), path.split('.').map(Into::into).collect());
            }
            ("credential", value, Expr::Literal(Literal::String(word))) => {
                let examples = if word == "examples" { Examples::Counted } else { Examples::Ignored };
                return Op::Credential(self.boxed(value), examples);
            }
            ("target", value, Expr::Literal(Literal::String(name))) => {
                let resource_type = Some(name.as_str().into());
                return Op::Target { value: self.boxed(value), resource_type };
            }
            _ => {}
        }
        let (a, b) = (self.boxed(first), self.boxed(second));
        match function {
            "_&&_" => Op::Connect(Connective::And, a, b),
            "_||_" => Op::Connect(Connective::Or, a, b),
            "_==_" => Op::Equal(a, b),
            "_!=_" => Op::NotEqual(a, b),
            "_<_" => Op::Order(Order::Less, a, b),
            "_<=_" => Op::Order(Order::LessEqual, a, b),
            "_>_" => Op::Order(Order::Greater, a, b),
            "_>=_" => Op::Order(Order::GreaterEqual, a, b),
            "_+_" => Op::Arithmetic(Arithmetic::Add, a, b),
            "_-_" => Op::Arithmetic(Arithmetic::Subtract, a, b),
            "_*_" => Op::Arithmetic(Arithmetic::Multiply, a, b),
            "_/_" => Op::Arithmetic(Arithmetic::Divide, a, b),
            "_%_" => Op::Arithmetic(Arithmetic::Remainder, a, b),
            "@in" => Op::In(a, b),
            "_[_]" => Op::Index(a, b),
            "startsWith" => Op::TextTest(TextTest::StartsWith, a, b),
            "endsWith" => Op::TextTest(TextTest::EndsWith, a, b),
            "contains" => Op::TextTest(TextTest::Contains, a, b),
            _ => Op::Null,
        }
    }
}
