//! Renders a workload as compact text, and compares it with what is expected.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

pub mod schema;
pub mod source;

use onus_model::{Node, Place, Unknown, Value, Workload};
use onus_workload::{Input, Options, read};
use std::fmt::Write;

/// Reads one text and compares what comes out. Both sides without indentation and empty lines.
#[track_caller]
pub fn check(text: &str, expected: &str) {
    check_with(text, &Options::default(), expected);
}

#[track_caller]
pub fn check_with(text: &str, options: &Options, expected: &str) {
    let input = Input::Text { name: "t".to_owned(), text: unindent(text) };
    compare(&render(&read(&[input], options)), expected);
}

#[track_caller]
pub fn compare(actual: &str, expected: &str) {
    let lines = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let (actual, expected) = (lines(actual), lines(expected));
    assert!(actual == expected, "--- actual\n{actual}\n--- expected\n{expected}\n---");
}

/// Takes the indentation of the first line that has text off every line.
pub fn unindent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let depth = text.len() - text.trim_start_matches(' ').len();
    let cut = |line: &str| line.get(depth..).filter(|_| line[..depth].trim().is_empty()).map(str::to_owned);
    let lines: Vec<String> =
        text.lines().map(|line| cut(line).unwrap_or_else(|| line.trim().to_owned())).collect();
    lines.join("\n") + "\n"
}

pub fn render(workload: &Workload) -> String {
    let mut out = String::new();
    for resource in &workload.resources {
        let (line, _) = workload.file(resource.span.file).line_and_column(resource.span.start);
        write!(out, "{line}: {} {} ", resource.address, resource.resource_type).unwrap();
        for (what, value) in [("account", &resource.account), ("region", &resource.region)] {
            if let Some(value) = value {
                write!(out, "{what}={value} ").unwrap();
            }
        }
        node(&resource.properties, &mut out);
        out.push('\n');
    }
    for found in &workload.suppressions {
        let resource = found.resource.as_deref().unwrap_or("*");
        write!(out, "waived {resource} {:?} {}", found.notation, found.rule).unwrap();
        for part in [&found.reason, &found.approver, &found.expires] {
            write!(out, " {}", part.as_deref().unwrap_or("-")).unwrap();
        }
        if let Some(limit) = &found.limit {
            write!(out, " only {limit}").unwrap();
        }
        out.push('\n');
    }
    for problem in &workload.problems {
        let place = match &problem.place {
            Place::Span(span) => {
                let at = workload.location(*span);
                format!("{}:{}", at.line, at.column)
            }
            Place::Path(path) => path.clone(),
            Place::Input => "input".to_owned(),
        };
        let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        writeln!(out, "! {:?} {place} {}{help}", problem.kind, problem.message).unwrap();
    }
    out
}

pub fn node(node: &Node, out: &mut String) {
    value(&node.value, out);
}

fn value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => write!(out, "{truth}").unwrap(),
        Value::Int(number) => write!(out, "{number}").unwrap(),
        Value::Float(number) => write!(out, "{number:?}").unwrap(),
        Value::String(text) => write!(out, "'{}'", text.replace('\n', "\\n")).unwrap(),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                node(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (at, (key, item)) in map.iter().enumerate() {
                write!(out, "{}{key}: ", if at > 0 { ", " } else { "" }).unwrap();
                node(item, out);
            }
            out.push('}');
        }
        Value::Unknown(unknown) if !unknown.references.is_empty() => {
            let names = unknown.references.iter().map(|reference| match &reference.attribute {
                Some(attribute) => format!("{}.{attribute}", reference.address),
                None => reference.address.to_string(),
            });
            let mark = if unknown.present { "@" } else { "@?" };
            write!(out, "{mark}{}", names.collect::<Vec<_>>().join("+")).unwrap();
            partial(unknown, out);
        }
        Value::Unknown(unknown) => {
            write!(out, "<{}{}>", if unknown.present { "" } else { "? " }, unknown.reason).unwrap();
            partial(unknown, out);
        }
    }
}

/// What is known of the text, where that is its beginning or end.
fn partial(unknown: &Unknown, out: &mut String) {
    if let Some(text) = &unknown.text
        && (text.prefix(), text.suffix()) != ("", "")
    {
        write!(out, "('{}'…'{}')", text.prefix(), text.suffix()).unwrap();
    }
}
