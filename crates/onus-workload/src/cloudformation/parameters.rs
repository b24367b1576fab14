//! A template's parameters: given values, defaults, and what stays open.

use super::evaluate::LOOKUP;
use super::lists::Trim;
use super::stack::{Stack, shorten};
use super::tree::Syntax;
use super::{scalar, unknown};
use crate::credentials;
use onus_credentials::{Examples, named};
use onus_model::{FileId, Names, Node, Span, Unknown, Value};
use rustc_hash::FxHashMap;

/// Values given for parameters: by the user for a root template, by the parent for a nested one.
pub(crate) type Given = FxHashMap<Box<str>, Value>;

/// The value of every parameter. Its span is the declaration's; a use has the span of the use.
pub(crate) fn read<'t>(stack: &Stack<'t>, given: &Given) -> FxHashMap<&'t str, Node> {
    let mut values = FxHashMap::default();
    let Some(section) = stack.section("Parameters") else { return values };
    for (name, key, declaration) in section.named() {
        if let Some(default) = declaration.get("Default")
            && let Some(kind) = default.scalar().and_then(|text| named(name, text, Examples::Ignored))
        {
            stack.run.problem(credentials::problem(default.span(), kind));
        }
        let listed = declaration.get("AllowedValues").map_or(0, |values| values.items().len());
        if !stack.run.spend_walk(listed + declaration.entries().len(), key.span()) {
            values.insert(name, Node::new(Value::unknown(super::run::OVER_LIMIT), key.span()));
            continue;
        }
        let given = given.get(name);
        let value = match is_secret(declaration) {
            true => secret(name, declaration, given, !stack.prefix.is_empty()),
            false => value(name, declaration, given),
        };
        values.insert(name, Node::new(value, key.span()));
    }
    values
}

/// Whether a parameter is declared as one that nobody shall see.
pub(crate) fn is_secret(declaration: Syntax<'_>) -> bool {
    declaration.get("NoEcho").is_some_and(|flag| {
        matches!(scalar::value(flag), Some(Value::Bool(true))) || flag.scalar() == Some("true")
    })
}

/// A secret: its value is not kept, only whether it stands in a template, as a default or as what a stack hands to one within it.
fn secret(name: &str, declaration: Syntax<'_>, given: Option<&Value>, is_nested: bool) -> Value {
    let stated = |text: &str| match text {
        "" => Names::Unclear,
        text if text.starts_with(LOOKUP) => Names::Secret,
        _ => Names::Written,
    };
    let default = declaration.get("Default").filter(|default| !default.is_null()).and_then(Syntax::scalar);
    let names = match (given, default) {
        (Some(Value::Unknown(unknown)), _) => unknown.names,
        (Some(given), _) if is_nested => scalar::text(given).map_or(Names::Unclear, |text| stated(&text)),
        (Some(_), _) | (None, None) => Names::Secret,
        (None, Some(default)) => stated(default),
    };
    let reason = format!("parameter `{}` is secret (NoEcho)", shorten(name));
    let deferred = match given {
        Some(Value::Unknown(unknown)) => unknown.is_deferred(),
        _ => names == Names::Secret,
    };
    Value::Unknown(Box::new(Unknown { names, deferred, ..Unknown::present(reason) }))
}

fn value(name: &str, declaration: Syntax<'_>, given: Option<&Value>) -> Value {
    let kind = declaration.get("Type").and_then(Syntax::scalar).unwrap_or("String");
    let name = shorten(name);
    if kind.starts_with("AWS::SSM::Parameter::Value") {
        let reason = format!("parameter `{name}` is read from Parameter Store at deployment");
        return Value::Unknown(Box::new(Unknown {
            names: Names::Secret,
            deferred: true,
            ..Unknown::present(reason)
        }));
    }
    match given {
        Some(given) => match scalar::text(given) {
            Some(text) => typed(kind, &text),
            None if is_list(kind) => listed(given),
            // A reference means in the child what it means in the parent.
            None if matches!(given, Value::Unknown(_)) => given.clone(),
            None => unknown::blend(std::iter::once(given), true).unwrap_or_else(|| given.clone()),
        },
        None => match declaration.get("Default").map(|default| (default, default.scalar())) {
            Some((default, Some(text))) if !default.is_null() => typed(kind, text),
            Some((_, Some(_))) => Value::string(""),
            _ => open(&name, kind, declaration),
        },
    }
}

/// A value that is not text: for a list parameter, text of which parts are open may still be a known number of elements.
fn listed(given: &Value) -> Value {
    let list = match given {
        Value::Unknown(unknown) => super::lists::split(unknown, Trim::Yes, NOWHERE),
        _ => None,
    };
    list.map_or_else(|| given.clone(), Value::List)
}

fn is_list(kind: &str) -> bool {
    kind == "CommaDelimitedList" || kind.starts_with("List<")
}

/// The elements share the span that the use of the parameter gives them.
const NOWHERE: Span = Span::new(FileId(0), 0, 0);

/// A value by the parameter's type.
fn typed(kind: &str, text: &str) -> Value {
    if kind == "Number" {
        return scalar::number(text).unwrap_or_else(|| Value::string(text));
    }
    if !is_list(kind) {
        return Value::string(text);
    }
    if text.is_empty() {
        return Value::List(Vec::new());
    }
    Value::List(text.split(',').map(|part| Node::new(Value::string(part.trim()), NOWHERE)).collect())
}

/// A parameter that must be given at deployment. It is certain to be set only where it cannot be given empty.
fn open(name: &str, kind: &str, declaration: Syntax<'_>) -> Value {
    let reason = format!("parameter `{name}` has no default");
    let least =
        declaration.get("MinLength").and_then(Syntax::scalar).and_then(|text| text.parse::<u32>().ok());
    let listed = declaration.get("AllowedValues").is_some_and(|values| {
        values.is_list() && values.items().all(|value| value.scalar().is_some_and(|text| !text.is_empty()))
    });
    let filled = kind == "Number" || kind.contains("AWS::") || least.is_some_and(|least| least > 0) || listed;
    // What is chosen by a type of AWS's own exists.
    if kind.starts_with("AWS::") && !kind.starts_with("AWS::SSM::") {
        return Value::unknown_name(reason);
    }
    if filled { Value::unknown_but_present(reason) } else { Value::unknown(reason) }.deferred()
}
