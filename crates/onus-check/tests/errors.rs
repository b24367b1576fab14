//! What is said about mistakes in expressions, and that no text makes the parser fail otherwise.

use onus_check::{Known, PathErrorKind, PropertyPath, Root, parse, paths, validate};

/// The mistake as a reader sees it: the text, what is meant, the message, and the help.
fn tell(source: &str) -> String {
    let error = match parse(source) {
        Ok(_) => return format!("{source}\n  no mistake"),
        Err(error) => error,
    };
    let column = source[..error.at.start].chars().count();
    let width = source[error.at.clone()].chars().count().max(1);
    let help = error.help().map(|help| format!("\n  help: {help}")).unwrap_or_default();
    format!("{source}\n{}{} {error}{help}", " ".repeat(column), "^".repeat(width))
}

fn tell_all(sources: &[&str]) -> String {
    sources.iter().map(|source| tell(source)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn mistakes_of_syntax() {
    insta::assert_snapshot!(tell_all(&[
        "resource.A = 'x'",
        "resource.A == 'x",
        "resource.A == 'ß' && (resource.B",
        "'ß' == resource.A)",
        "resource.A and resource.B",
        "resource.A & resource.B",
        "not resource.A",
        "resource.A ==",
        "resource.if",
        "if",
        "99999999999999999999 == 1",
        "18446744073709551615u == 1",
        "b'x' == resource.A",
        "resource.`a-b`",
        "Point{x: 1}",
        "resource.?a",
        "'\\q'",
        "#",
    ]));
}

#[test]
fn mistakes_of_meaning() {
    insta::assert_snapshot!(tell_all(&[
        "resorce.A == 1",
        "BucketName == 'x'",
        "resource.List.exists(x, y == 1)",
        "resource.Name.startWith('x')",
        "frobnicate(resource)",
        "resource.Name.startsWith('x', 'y')",
        "size()",
        "startsWith(resource.Name, 'x')",
        "resource.A.related('X', 'Y')",
        "related(resource.A, 'Bucket')",
        "resources(resource.A)",
        "related('AWS::S3::BucketPolicy', resource.A)",
        "target(resource.A, resource.B)",
        "resource.A.matches(resource.B)",
        "resource.A.matches('(')",
        "resource.A.matches('((a{1000}){1000}){1000}')",
        "has(resource)",
        "has(resource['A'])",
        "has(resource[0])",
        "resource.A.exists(x.y, true)",
        "resource.A.exists(resource, true)",
        "resource.A.all(x)",
    ]));
}

#[test]
fn limits_are_told() {
    let tell = |source: &str| parse(source).expect_err("it is beyond the limit").to_string();
    let mut told = vec![tell(""), tell("  "), tell(&"x".repeat(5000))];
    for deep in [
        "(".repeat(1000),
        format!("{}1{}", "(".repeat(90), ")".repeat(90)) + &" + 1".repeat(70),
        "!(".repeat(80) + "true" + &")".repeat(80),
        format!("{}1{}", "[".repeat(500), "]".repeat(500)),
        format!("resource{}", ".a".repeat(2000)),
        format!("1{}", " + 1".repeat(1000)),
        format!("true{}", " ? true : true".repeat(200)),
    ] {
        told.push(tell(&deep));
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn long_chains_of_one_connective_are_not_deep() {
    let any: Vec<String> = (0..150).map(|number| format!("resource.A == {number}")).collect();
    assert!(parse(&any.join(" || ")).is_ok());
    assert!(parse(&any.join(" && ")).is_ok());
}

fn all_paths(source: &str) -> Vec<String> {
    let show = |PropertyPath { root, names, .. }: PropertyPath| {
        let root = match root {
            Root::Resource => "resource".to_owned(),
            Root::Type(name) => name,
            Root::Target => "target".to_owned(),
            Root::Statement => "statement".to_owned(),
        };
        format!("{root}: {}", names.join("."))
    };
    paths(&parse(source).expect("it parses")).into_iter().map(show).collect()
}

#[test]
fn paths_pass_through_lists_macros_and_relations() {
    for (source, expected) in [
        ("resource.A.B == 'x'", vec!["resource: A", "resource: A.B"]),
        ("has(resource.A.B)", vec!["resource: A", "resource: A.B"]),
        ("resource['A'].B", vec!["resource: A", "resource: A.B"]),
        ("resource.A.exists(x, x.B == 1 && resource.C)", vec!["resource: A", "resource: A.B", "resource: C"]),
        ("resource.A[0].B", vec!["resource: A", "resource: A.B"]),
        ("list(resource.A).all(x, x.B)", vec!["resource: A", "resource: A.B"]),
        ("resource.A.filter(x, x.B).all(y, y.C)", vec!["resource: A", "resource: A.B", "resource: A.C"]),
        ("resource.A.map(x, x.B)[0].C", vec!["resource: A", "resource: A.B", "resource: A.B.C"]),
        (
            "resource.A.map(x, x.P, x.B)[0].C",
            vec!["resource: A", "resource: A.P", "resource: A.B", "resource: A.B.C"],
        ),
        (
            "(resource.A ? resource.B : resource.C).D",
            vec!["resource: A", "resource: B", "resource: C", "resource: B.D", "resource: C.D"],
        ),
        (
            "(list(resource.A) + list(resource.B)).all(x, x.C)",
            vec!["resource: A", "resource: B", "resource: A.C", "resource: B.C"],
        ),
        ("related('T', 'L.Arn').exists(p, p.On)", vec!["T: L", "T: L.Arn", "T: On"]),
        ("resources('T').exists(t, t.On)", vec!["T: ", "T: On"]),
        ("target(resource.A).B", vec!["resource: A", "target: B"]),
        ("target(resource.A, 'T').B", vec!["resource: A", "T: B"]),
        ("statements(resource.A).exists(s, 'x' in s.Action)", vec!["resource: A", "statement: Action"]),
        ("{'a': resource.A}.a", vec!["resource: A"]),
    ] {
        assert_eq!(all_paths(source), expected, "{source}");
    }
}

/// A type `T` with `Rules` of `Port`, and free keys in `Tags`.
fn known(resource_type: &str, path: &[&str]) -> Known {
    match (resource_type, path) {
        ("T" | "U", [] | ["Rules"] | ["Rules", "Port"] | ["Tags", ..]) | ("T", ["Bucket"]) => Known::Yes,
        ("T" | "U", [.., last]) => {
            Known::No { suggestion: last.starts_with("Rule").then(|| "Rules".to_owned()) }
        }
        _ => Known::UnknownType { suggestion: Some("T".to_owned()) },
    }
}

fn path_errors(source: &str, types: &[&str]) -> String {
    let expression = parse(source).expect("it parses");
    let errors = validate(&expression, types, &known);
    let show = |error: &onus_check::PathError| {
        let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}: {error}{help}", &source[error.at.clone()])
    };
    errors.iter().map(show).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_path_that_leads_nowhere_is_told() {
    insta::assert_snapshot!(
        [
            path_errors("resource.Rule.exists(r, r.Port == 1)", &["T"]),
            path_errors("resource.Rules.exists(r, r.Prt == 1)", &["T"]),
            path_errors("resource.Bucket == 'x'", &["T", "U"]),
            path_errors("related('V', 'Bucket').exists(p, p.Rules)", &["T"]),
            path_errors("related('T', 'Buckt').exists(p, p.Rules)", &["T"]),
            path_errors("resources('V').exists(p, true)", &["T"]),
            path_errors("resources('T').exists(p, p.Rule == 1)", &["T"]),
            path_errors("statements(resource.Tags.x).exists(s, s.Actions == null)", &["T"]),
        ]
        .join("\n")
    );
    assert_eq!(path_errors("resource.Tags.anything == 'x' && target(resource.Bucket).Whatever", &["T"]), "");
    assert_eq!(path_errors("statements(resource.Tags).all(s, s.Condition.Bool['aws:x'] == 'y')", &["T"]), "");
    let expression = parse("related('V', 'A').all(x, x.B)").expect("it parses");
    assert_eq!(
        validate(&expression, &["T"], &known).first().map(|e| e.kind.clone()),
        Some(PathErrorKind::Type("V".to_owned()))
    );
}
