//! The functions of the language: names, arguments, and how they are called.

use crate::error::Cause;

/// How a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `name(x)`
    Function,
    /// `x.name(y)`
    Method,
    /// Either way.
    Both,
}

/// A function or macro.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    style: Style,
    /// Least and most arguments, a method's receiver counted.
    arity: (usize, usize),
    expected: &'static str,
    usage: &'static str,
}

const fn function(
    name: &'static str,
    style: Style,
    arity: (usize, usize),
    expected: &'static str,
    usage: &'static str,
) -> Function {
    Function { name, style, arity, expected, usage }
}

/// Every function and macro, in the order of the reference page.
pub(crate) const FUNCTIONS: &[Function] = &[
    function("has", Style::Function, (1, 1), "one argument", "has(resource.Field)"),
    function("all", Style::Method, (3, 3), "two arguments", "list.all(x, condition)"),
    function("exists", Style::Method, (3, 3), "two arguments", "list.exists(x, condition)"),
    function("exists_one", Style::Method, (3, 3), "two arguments", "list.exists_one(x, condition)"),
    function("existsOne", Style::Method, (3, 3), "two arguments", "list.existsOne(x, condition)"),
    function("map", Style::Method, (3, 4), "two or three arguments", "list.map(x, value)"),
    function("filter", Style::Method, (3, 3), "two arguments", "list.filter(x, condition)"),
    function("size", Style::Both, (1, 1), "one argument", "size(x)"),
    function("startsWith", Style::Method, (2, 2), "one argument", "text.startsWith('…')"),
    function("endsWith", Style::Method, (2, 2), "one argument", "text.endsWith('…')"),
    function("contains", Style::Method, (2, 2), "one argument", "text.contains('…')"),
    function("matches", Style::Method, (2, 2), "one argument", "text.matches('…')"),
    function("lowerAscii", Style::Method, (1, 1), "no argument", "text.lowerAscii()"),
    function("int", Style::Function, (1, 1), "one argument", "int(x)"),
    function("list", Style::Function, (1, 1), "one argument", "list(x)"),
    function(
        "related",
        Style::Function,
        (2, 2),
        "two arguments",
        "related('AWS::S3::BucketPolicy', 'Bucket')",
    ),
    function("resources", Style::Function, (1, 1), "one argument", "resources('AWS::EC2::Subnet')"),
    function("target", Style::Function, (1, 2), "one or two arguments", "target(resource.Reference)"),
    function("siblings", Style::Function, (1, 1), "one argument", "siblings('NetworkAclId')"),
    function("written", Style::Function, (1, 1), "one argument", "written(x)"),
    function("statements", Style::Function, (1, 1), "one argument", "statements(document)"),
    function("credential", Style::Function, (1, 2), "one or two arguments", "credential(value)"),
    function("isPublic", Style::Function, (1, 2), "one or two arguments", "isPublic(document, ['s3:Get*'])"),
    function("grants", Style::Function, (1, 1), "one argument", "grants(document)"),
    function("acts", Style::Function, (2, 2), "two arguments", "acts(statement, 'iam:PassRole')"),
    function("touches", Style::Function, (2, 2), "two arguments", "touches(statement, 's3:Put*')"),
    function("wholeService", Style::Function, (1, 1), "one argument", "wholeService(statement)"),
    function("reaches", Style::Function, (2, 2), "two arguments", "reaches(statement, '*')"),
    function(
        "narrowedBy",
        Style::Function,
        (2, 2),
        "two arguments",
        "narrowedBy(statement, ['aws:SourceArn'])",
    ),
    function("isFixed", Style::Function, (1, 1), "one argument", "isFixed(resource.SourceArn)"),
    function("onlyTls", Style::Function, (2, 2), "two arguments", "onlyTls(document, resource.BucketName)"),
    function("isEverywhere", Style::Function, (1, 1), "one argument", "isEverywhere(rule)"),
    function("isWithin", Style::Function, (2, 2), "two arguments", "isWithin(rule, ['10.0.0.0/8'])"),
    function("protocol", Style::Function, (1, 1), "one argument", "protocol(rule.IpProtocol)"),
    function("admits", Style::Function, (3, 3), "three arguments", "admits(rule, 'tcp', 22)"),
];

/// The function of that name, if it is called the right way with the right number of arguments.
pub(crate) fn resolve(name: &str, method: bool, arguments: usize) -> Result<&'static Function, Cause> {
    let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) else {
        let names = FUNCTIONS.iter().map(|function| function.name);
        return Err(Cause::UnknownFunction { name: name.to_owned(), suggestion: closest(name, names) });
    };
    let style = if method { Style::Method } else { Style::Function };
    if function.style != Style::Both && function.style != style {
        return Err(Cause::WrongStyle { name: name.to_owned(), usage: function.usage });
    }
    let count = arguments + usize::from(method);
    if !(function.arity.0..=function.arity.1).contains(&count) {
        let expected = function.expected;
        return Err(Cause::WrongArity {
            name: name.to_owned(),
            expected,
            found: arguments,
            usage: function.usage,
        });
    }
    Ok(function)
}

/// The candidate that a misspelt word most likely means.
pub(crate) fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let lower = word.to_lowercase();
    candidates
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}
