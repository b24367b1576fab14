//! From CEL's tree to ours: macros recognised, names and functions checked.

use crate::error::{Cause, ParseError};
use crate::functions::{closest, resolve};
use crate::parse::token_at;
use crate::text::compile_pattern;
use cel::common::ast::{
    CallExpr, EntryExpr, Expr as Cel, IdedExpr, LiteralValue, SelectExpr, SourceInfo, operators,
};
use onus_model::{Expr, Literal, MacroKind};
use std::ops::Range;

/// The deepest tree. Everything that walks a tree recurses, so this bounds all of it.
pub(crate) const MAX_DEPTH: usize = 64;

/// The names that every expression has.
pub(crate) const NAMES: [&str; 3] = ["resource", "address", "type"];

const OPERATORS: [&str; 15] = [
    operators::CONDITIONAL,
    operators::LOGICAL_AND,
    operators::LOGICAL_OR,
    operators::LOGICAL_NOT,
    operators::SUBSTRACT,
    operators::ADD,
    operators::MULTIPLY,
    operators::DIVIDE,
    operators::MODULO,
    operators::EQUALS,
    operators::NOT_EQUALS,
    operators::GREATER_EQUALS,
    operators::LESS_EQUALS,
    operators::GREATER,
    operators::LESS,
];

pub(crate) fn lower(source: &str, places: &SourceInfo, root: &IdedExpr) -> Result<Expr, ParseError> {
    Lowering { source, places, variables: Vec::new(), depth: 0 }.expr(root)
}

type Lowered = Result<Expr, ParseError>;

struct Lowering<'s> {
    source: &'s str,
    places: &'s SourceInfo,
    variables: Vec<&'s str>,
    depth: usize,
}

impl<'s> Lowering<'s> {
    fn expr(&mut self, node: &'s IdedExpr) -> Lowered {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(node, Cause::TooDeep { limit: MAX_DEPTH }));
        }
        let lowered = self.node(node)?;
        self.depth -= 1;
        Ok(lowered)
    }

    fn node(&mut self, node: &'s IdedExpr) -> Lowered {
        match &node.expr {
            Cel::Literal(value) => self.literal(node, value).map(Expr::Literal),
            Cel::Ident(name) => self.name(node, name),
            Cel::Select(select) => self.select(node, select, false),
            Cel::Call(call) => self.call(node, call),
            Cel::List(list) => Ok(Expr::List(self.all(&list.elements)?)),
            Cel::Map(map) => {
                let entries = map.entries.iter().map(|entry| match &entry.expr {
                    EntryExpr::MapEntry(entry) => Ok((self.expr(&entry.key)?, self.expr(&entry.value)?)),
                    EntryExpr::StructField(_) => Err(self.not_supported(node, "messages")),
                });
                Ok(Expr::Map(entries.collect::<Result<_, _>>()?))
            }
            Cel::Struct(_) => Err(self.not_supported(node, "messages")),
            // Only expanded macros make these, and the parser expands none.
            Cel::Comprehension(_) | Cel::Unspecified => Err(self.error(node, Cause::Unreadable)),
        }
    }

    fn all(&mut self, nodes: &'s [IdedExpr]) -> Result<Vec<Expr>, ParseError> {
        nodes.iter().map(|node| self.expr(node)).collect()
    }

    fn literal(&self, node: &IdedExpr, value: &LiteralValue) -> Result<Literal, ParseError> {
        Ok(match value {
            LiteralValue::Null => Literal::Null,
            LiteralValue::Boolean(value) => Literal::Bool(*value.inner()),
            LiteralValue::Int(value) => Literal::Int(*value.inner()),
            LiteralValue::Double(value) => Literal::Float(*value.inner()),
            LiteralValue::String(value) => Literal::String(value.inner().to_owned()),
            LiteralValue::UInt(value) => match i64::try_from(*value.inner()) {
                Ok(value) => Literal::Int(value),
                Err(_) => {
                    return Err(
                        self.error(node, Cause::InvalidLiteral { literal: value.inner().to_string() })
                    );
                }
            },
            LiteralValue::Bytes(_) => return Err(self.not_supported(node, "bytes")),
        })
    }

    fn name(&self, node: &IdedExpr, name: &str) -> Lowered {
        if self.variables.contains(&name) || NAMES.contains(&name) {
            return Ok(Expr::Name(name.to_owned()));
        }
        let known = self.variables.iter().copied().chain(NAMES);
        let suggestion = closest(name, known);
        Err(self.error(node, Cause::UnknownName { name: name.to_owned(), suggestion }))
    }

    fn select(&mut self, node: &'s IdedExpr, select: &'s SelectExpr, test: bool) -> Lowered {
        let at = self.after(node);
        let operand = Box::new(self.expr(&select.operand)?);
        Ok(Expr::Select { operand, field: select.field.clone(), test, at })
    }

    fn call(&mut self, node: &'s IdedExpr, call: &'s CallExpr) -> Lowered {
        let name = call.func_name.as_str();
        if call.target.is_none() && (OPERATORS.contains(&name) || name == operators::IN) {
            return self.plain(name, node, call);
        }
        match name {
            operators::NEGATE if call.target.is_none() => self.plain(name, node, call),
            operators::INDEX => self.index(node, call, false),
            operators::OPT_SELECT | operators::OPT_INDEX => Err(self.not_supported(node, "optional fields")),
            _ => self.function(node, call),
        }
    }

    fn plain(&mut self, name: &str, node: &'s IdedExpr, call: &'s CallExpr) -> Lowered {
        let at = self.place(node).start as u32;
        Ok(Expr::Call { function: name.to_owned(), arguments: self.all(&call.args)?, at })
    }

    /// `x['Field']` is `x.Field`.
    fn index(&mut self, node: &'s IdedExpr, call: &'s CallExpr, test: bool) -> Lowered {
        if let [operand, IdedExpr { expr: Cel::Literal(LiteralValue::String(field)), id }] =
            call.args.as_slice()
        {
            let at = self.places.offset_for(*id).map_or(0, |(start, _)| start + 1);
            let operand = Box::new(self.expr(operand)?);
            return Ok(Expr::Select { operand, field: field.inner().to_owned(), test, at });
        }
        if test {
            return Err(self.error(node, Cause::NotField));
        }
        self.plain(operators::INDEX, node, call)
    }

    fn function(&mut self, node: &'s IdedExpr, call: &'s CallExpr) -> Lowered {
        let name = call.func_name.as_str();
        let place = self.function_name(node, name);
        let function = resolve(name, call.target.is_some(), call.args.len())
            .map_err(|cause| ParseError::new(place.clone(), cause))?;
        if let Some(kind) = macro_kind(function.name) {
            return self.macro_call(kind, call, place);
        }
        match (function.name, call.args.as_slice()) {
            ("has", [IdedExpr { expr: Cel::Select(select), .. }]) => self.select(&call.args[0], select, true),
            ("has", [argument @ IdedExpr { expr: Cel::Call(index), .. }])
                if index.func_name == operators::INDEX =>
            {
                self.index(argument, index, true)
            }
            ("has", _) => Err(ParseError::new(place, Cause::NotField)),
            _ => {
                self.check_literals(function.name, call)?;
                let receiver = call.target.as_deref().into_iter().chain(&call.args);
                let arguments = receiver.map(|node| self.expr(node)).collect::<Result<_, _>>()?;
                Ok(Expr::Call { function: name.to_owned(), arguments, at: place.start as u32 })
            }
        }
    }

    /// What has to be known when the expression is compiled is written out.
    fn check_literals(&self, name: &str, call: &'s CallExpr) -> Result<(), ParseError> {
        let literals: &[(usize, &'static str)] = match name {
            "related" => &[(0, "first"), (1, "second")],
            "target" => &[(1, "second")],
            "resources" | "siblings" => &[(0, "only")],
            "matches" => &[(0, "only")],
            _ => &[],
        };
        for (position, which) in literals {
            let Some(argument) = call.args.get(*position) else { continue };
            let Cel::Literal(LiteralValue::String(text)) = &argument.expr else {
                return Err(self.error(argument, Cause::NotLiteral { name: name.to_owned(), which }));
            };
            if name == "matches"
                && let Err(reason) = compile_pattern(text.inner())
            {
                let pattern = text.inner().to_owned();
                return Err(self.error(argument, Cause::InvalidPattern { pattern, reason }));
            }
        }
        Ok(())
    }

    fn macro_call(&mut self, kind: MacroKind, call: &'s CallExpr, place: Range<usize>) -> Lowered {
        let (Some(range), Some((variable, rest))) = (&call.target, call.args.split_first()) else {
            return Err(ParseError::new(place, Cause::Unreadable));
        };
        let Cel::Ident(name) = &variable.expr else {
            return Err(self.error(variable, Cause::NotVariable { name: call.func_name.clone() }));
        };
        if NAMES.contains(&name.as_str()) {
            return Err(self.error(variable, Cause::Shadows { name: name.clone() }));
        }
        let range = Box::new(self.expr(range)?);
        self.variables.push(name);
        let mut parts = self.all(rest)?;
        self.variables.pop();
        let Some(body) = parts.pop() else { return Err(ParseError::new(place, Cause::Unreadable)) };
        let filter = parts.pop().map(Box::new);
        Ok(Expr::Macro { kind, range, variable: name.clone(), body: Box::new(body), filter })
    }

    fn not_supported(&self, node: &IdedExpr, what: &'static str) -> ParseError {
        self.error(node, Cause::NotSupported { what })
    }

    fn error(&self, node: &IdedExpr, cause: Cause) -> ParseError {
        ParseError::new(self.place(node), cause)
    }

    /// The bytes of a node's own token.
    fn place(&self, node: &IdedExpr) -> Range<usize> {
        let (start, last) = self.places.offset_for(node.id).unwrap_or((0, 0));
        let start = self.source.floor_char_boundary(start as usize);
        let end = self.source.floor_char_boundary(last as usize + 1);
        start..end.max(start)
    }

    /// Where the token behind a node's own (the dot of a select) starts.
    fn after(&self, node: &IdedExpr) -> u32 {
        token_at(self.source, self.place(node).end).start as u32
    }

    /// A call's own token is its parenthesis; the name stands before it.
    fn function_name(&self, node: &IdedExpr, name: &str) -> Range<usize> {
        let place = self.place(node);
        let before = self.source.get(..place.start).unwrap_or_default();
        match before.rfind(name) {
            Some(start) => start..start + name.len(),
            None => place,
        }
    }
}

fn macro_kind(name: &str) -> Option<MacroKind> {
    Some(match name {
        "all" => MacroKind::All,
        "exists" => MacroKind::Exists,
        "exists_one" | "existsOne" => MacroKind::ExistsOne,
        "map" => MacroKind::Map,
        "filter" => MacroKind::Filter,
        _ => return None,
    })
}
