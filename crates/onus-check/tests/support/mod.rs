//! What the tests share: an expression and properties in YAML to a result.
#![allow(dead_code)]

use onus_check::{Evaluation, Example, ExampleValue, Index, Program, Truth, parse};
use onus_model::Resource;

pub(crate) fn example(yaml: &str) -> Vec<Resource> {
    let value: ExampleValue = serde_saphyr::from_str(yaml).expect("the example is YAML");
    Example::new(value, "AWS::S3::Bucket").expect("the example is one").resources()
}

pub(crate) fn evaluate_in(resources: &[Resource], source: &str) -> Evaluation {
    let expression = parse(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    Program::compile(&expression).evaluate(&Index::new(resources), &resources[0])
}

pub(crate) fn evaluate(yaml: &str, source: &str) -> Evaluation {
    evaluate_in(&example(yaml), source)
}

pub(crate) fn word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Null => "null",
        Truth::Unknown => "unknown",
    }
}

/// Lines of `expression -> result`, all on the same properties. Blank lines and `#` comments are free.
pub(crate) fn table(yaml: &str, lines: &str) {
    let resources = example(yaml);
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (source, expected) = line.rsplit_once("->").unwrap_or_else(|| panic!("no result in: {line}"));
        let found = word(evaluate_in(&resources, source.trim()).truth);
        if found != expected.trim() {
            wrong.push(format!("{} is {found}, not {}", source.trim(), expected.trim()));
        }
        rows += 1;
    }
    assert!(rows > 0, "the table is empty");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
