//! Types, as a variable's `type` states them.

use crate::Val;
use crate::evaluate::written_key;
use hcl_edit::expr::{Expression, FuncCall};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// Any type.
    Any,
    /// A truth value.
    Bool,
    /// A number.
    Number,
    /// Text.
    String,
    /// Elements of one type.
    List(Box<Type>),
    /// Elements of one type, each once.
    Set(Box<Type>),
    /// Values of one type by key.
    Map(Box<Type>),
    /// So many elements of these types.
    Tuple(Vec<Type>),
    /// Attributes of these types.
    Object(BTreeMap<Arc<str>, Attribute>),
}

/// An attribute of an object's type.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its type.
    pub kind: Type,
    /// Whether it may be left out.
    pub optional: bool,
    /// Its value where it is left out or null.
    pub default: Option<Val>,
}

/// Types within types are read this deep; the parser ends earlier.
const MAX_DEPTH: usize = 64;

/// Reads a type's expression; `value` evaluates the default of an optional attribute.
///
/// # Errors
/// Says what is not a type.
pub fn read_type(
    expression: &Expression,
    value: &dyn Fn(&Expression) -> Option<Val>,
) -> Result<Type, String> {
    read(expression, value, MAX_DEPTH)
}

fn read(
    expression: &Expression,
    value: &dyn Fn(&Expression) -> Option<Val>,
    depth: usize,
) -> Result<Type, String> {
    let depth = depth.checked_sub(1).ok_or("the type is nested too deep")?;
    let word = |word: &str| match word {
        "any" => Ok(Type::Any),
        "bool" => Ok(Type::Bool),
        "number" => Ok(Type::Number),
        "string" => Ok(Type::String),
        // The forms of Terraform 0.11, which later releases still read.
        "list" => Ok(Type::List(Box::new(Type::Any))),
        "map" => Ok(Type::Map(Box::new(Type::Any))),
        "set" => Ok(Type::Set(Box::new(Type::Any))),
        other => Err(format!("`{other}` is not a type")),
    };
    match expression {
        Expression::Variable(name) => word(name.as_str()),
        Expression::String(name) => word(name.as_str()),
        Expression::Parenthesis(inner) => read(inner.inner(), value, depth),
        Expression::FuncCall(call) => constructed(call, value, depth),
        _ => Err("this is not a type".to_owned()),
    }
}

fn constructed(
    call: &FuncCall,
    value: &dyn Fn(&Expression) -> Option<Val>,
    depth: usize,
) -> Result<Type, String> {
    let name = call.name.name.as_str();
    let argument = call.args.get(0).ok_or_else(|| format!("`{name}` takes a type"))?;
    let inner = || read(argument, value, depth).map(Box::new);
    match (name, argument) {
        ("list", _) => Ok(Type::List(inner()?)),
        ("set", _) => Ok(Type::Set(inner()?)),
        ("map", _) => Ok(Type::Map(inner()?)),
        ("tuple", Expression::Array(elements)) => {
            let kinds = elements.iter().map(|element| read(element, value, depth));
            Ok(Type::Tuple(kinds.collect::<Result<_, _>>()?))
        }
        ("object", Expression::Object(entries)) => {
            let mut attributes = BTreeMap::new();
            for (key, entry) in entries {
                let name = written_key(key).ok_or("an attribute's name must be written out")?;
                attributes.insert(name.into(), attribute(entry.expr(), value, depth)?);
            }
            Ok(Type::Object(attributes))
        }
        _ => Err(format!("`{name}` is not a type")),
    }
}

fn attribute(
    expression: &Expression,
    value: &dyn Fn(&Expression) -> Option<Val>,
    depth: usize,
) -> Result<Attribute, String> {
    if let Expression::FuncCall(call) = expression
        && call.name.name.as_str() == "optional"
    {
        let kind = read(call.args.get(0).ok_or("`optional` takes a type")?, value, depth)?;
        let default = call.args.get(1).and_then(value);
        return Ok(Attribute { kind, optional: true, default });
    }
    Ok(Attribute { kind: read(expression, value, depth)?, optional: false, default: None })
}
