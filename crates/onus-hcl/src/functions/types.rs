//! Conversions between types, and marks of what must not be shown.

use super::{Function, Host, Outcome, Takes};
use crate::value::Unknown;
use crate::{Type, Val, convert};

const fn of(name: &'static str, call: fn(&[Val], &Host<'_>) -> Outcome) -> Function {
    Function { name, least: 1, most: Some(1), takes: Takes::Anything, call }
}

pub(super) const FUNCTIONS: &[Function] = &[
    of("ephemeralasnull", ephemeralasnull),
    of("issensitive", issensitive),
    of("nonsensitive", nonsensitive),
    of("sensitive", sensitive),
    of("tobool", tobool),
    of("tolist", tolist),
    of("tomap", tomap),
    of("tonumber", tonumber),
    of("toset", toset),
    of("tostring", tostring),
];

/// Which values are ephemeral is not known here: they are taken as lasting.
fn ephemeralasnull(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(arguments[0].clone())
}

fn issensitive(arguments: &[Val], _: &Host<'_>) -> Outcome {
    // What is not known yet may be marked when it is known, and then stays so: only a mark is certain.
    match arguments[0].as_unknown() {
        Some(unknown) if !arguments[0].sensitive => {
            Ok(Val::unknown(Unknown::of([unknown], true).typed(Type::Bool)))
        }
        _ => Ok(Val::bool(arguments[0].sensitive)),
    }
}

fn nonsensitive(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(Val { sensitive: false, ..arguments[0].clone() })
}

fn sensitive(arguments: &[Val], _: &Host<'_>) -> Outcome {
    Ok(arguments[0].clone().marked(true))
}

fn tobool(arguments: &[Val], _: &Host<'_>) -> Outcome {
    convert(&arguments[0], &Type::Bool)
}

fn tonumber(arguments: &[Val], _: &Host<'_>) -> Outcome {
    convert(&arguments[0], &Type::Number)
}

fn tostring(arguments: &[Val], _: &Host<'_>) -> Outcome {
    convert(&arguments[0], &Type::String)
}

fn tolist(arguments: &[Val], _: &Host<'_>) -> Outcome {
    alike(&arguments[0], &Type::List(Box::new(Type::Any)))
}

fn toset(arguments: &[Val], _: &Host<'_>) -> Outcome {
    alike(&arguments[0], &Type::Set(Box::new(Type::Any)))
}

fn tomap(arguments: &[Val], _: &Host<'_>) -> Outcome {
    alike(&arguments[0], &Type::Map(Box::new(Type::Any)))
}

/// Elements of one type; refused where they have none in common.
fn alike(value: &Val, kind: &Type) -> Outcome {
    let made = convert(value, kind)?;
    let elements = made.elements().unwrap_or_default().iter();
    let values = made.entries().into_iter().flat_map(|entries| entries.values());
    if super::collections::share_a_type(elements.chain(values)) {
        Ok(made)
    } else {
        Err("all elements must be of one type".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, j, n, run, s, unknown};
    use crate::Val;

    #[test]
    fn single_values() {
        check("tobool", &[s("true")], "true");
        check("tobool", &[n("1")], "ERROR");
        check("tobool", &[Val::null()], "null");
        check("tonumber", &[s("1e3")], "1000");
        check("tonumber", &[s("")], "ERROR");
        check("tonumber", &[Val::bool(true)], "ERROR");
        check("tostring", &[n("1.50")], r#""1.5""#);
        check("tostring", &[j("[]")], "ERROR");
        check("tostring", &[unknown()], "UNKNOWN");
    }

    #[test]
    fn collections() {
        check("tolist", &[j(r#"["a",1,true]"#)], r#"["a","1","true"]"#);
        check("tolist", &[j("[true,1]")], "ERROR");
        check("tolist", &[j("{}")], "ERROR");
        check("toset", &[j(r#"["b","a","b"]"#)], r#"["a","b"]"#);
        check("toset", &[j("[3,10,2]")], "[2,3,10]");
        check("tomap", &[j(r#"{"a":1,"b":"x"}"#)], r#"{"a":"1","b":"x"}"#);
        check("tomap", &[j(r#"{"a":1,"b":[1]}"#)], "ERROR");
    }

    #[test]
    fn marks() {
        assert!(run("sensitive", &[s("a")]).unwrap().sensitive);
        assert!(!run("nonsensitive", &[s("a").marked(true)]).unwrap().sensitive);
        check("issensitive", &[s("a").marked(true)], "true");
        check("issensitive", &[s("a")], "false");
        check("issensitive", &[unknown()], "UNKNOWN");
    }
}
