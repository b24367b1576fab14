//! Checks, their verdicts, places and reasons; examples.

mod support;

use onus_check::{
    Check, CompiledCheck, Counterpart, Example, ExampleError, ExampleValue, Examples, Index, Outcome,
    Severity, Strictness, Verdict, parse, run,
};
use onus_model::{Coverage, FileId, Layer, Node, Possible, Resource, Span, Unknown, Value};
use std::sync::Arc;
use support::{evaluate, evaluate_in, example};

fn check(applies: Option<&str>, pass: &str) -> Check {
    Check {
        id: "s3-bucket-versioning".to_owned(),
        title: "Bucket keeps versions of its objects".to_owned(),
        resource: vec!["AWS::S3::Bucket".to_owned()],
        layer: Layer::Resilience,
        severity: Severity::Low,
        security_hub: vec![Counterpart { id: "S3.14".to_owned(), strictness: Strictness::Equal }],
        config_rules: Vec::new(),
        also_known_as: Vec::new(),
        applies: applies.map(|source| parse(source).expect("it parses")),
        pass: parse(pass).expect("it parses"),
        why: String::new(),
        fix: String::new(),
        sources: Vec::new(),
        read: Some(jiff::civil::date(2026, 11, 22)),
        examples: Examples {
            pass: vec![Example::new(yaml("{A: [1, 0.5, <unknown>, null, true]}"), "T").expect("valid")],
            ..Examples::default()
        },
    }
}

fn yaml(text: &str) -> ExampleValue {
    serde_saphyr::from_str(text).expect("it is YAML")
}

fn verdict(check: &Check, resources: &[Resource]) -> Verdict {
    run(&CompiledCheck::new(check), &Index::new(resources), &resources[0])
}

fn outcome(applies: Option<&str>, pass: &str, properties: &str) -> Outcome {
    verdict(&check(applies, pass), &example(properties)).outcome
}

#[test]
fn only_true_passes() {
    assert_eq!(outcome(None, "resource.On == true", "{On: true}"), Outcome::Pass);
    assert_eq!(outcome(None, "resource.On == true", "{On: false}"), Outcome::Fail);
    assert_eq!(outcome(None, "resource.On", "{}"), Outcome::Fail);
    assert_eq!(outcome(None, "resource.On == true", "{On: <unknown>}"), Outcome::Undetermined);
    assert_eq!(
        outcome(None, "resource.Missing < 5 && resource.On == true", "{On: <unknown>}"),
        Outcome::Fail
    );
}

#[test]
fn a_check_says_nothing_where_it_does_not_apply() {
    let applies = Some("resource.Scheme == 'internet-facing'");
    assert_eq!(outcome(applies, "resource.On == true", "{Scheme: internal}"), Outcome::NotApplicable);
    assert_eq!(outcome(applies, "resource.On == true", "{}"), Outcome::NotApplicable);
    assert_eq!(outcome(applies, "resource.On == true", "{Scheme: internet-facing}"), Outcome::Fail);
    assert_eq!(
        outcome(applies, "resource.On == true", "{Scheme: <unknown>, On: false}"),
        Outcome::Undetermined
    );
}

#[test]
fn of_a_resource_of_which_nothing_is_known_nothing_is_said() {
    let check = check(Some("false"), "true");
    let unknown = example("<unknown>");
    assert_eq!(verdict(&check, &unknown).outcome, Outcome::Undetermined);
    assert_eq!(verdict(&check, &unknown).reasons, ["the example says so"]);
    let mut unmapped = example("{}");
    unmapped[0].coverage = Coverage::TypeOnly;
    unmapped[0].native_type = Some("aws_s3_thing".into());
    assert_eq!(verdict(&check, &unmapped).outcome, Outcome::Undetermined);
    assert_eq!(verdict(&check, &unmapped).reasons, ["the properties of `aws_s3_thing` are not mapped"]);
}

#[test]
fn of_a_part_what_it_sets_is_judged_and_the_rest_is_unknown() {
    let of = |pass: &str, properties: &str| {
        let mut resources = example(properties);
        resources[0].coverage = Coverage::Part { own: 1 };
        verdict(&check(None, pass), &resources).outcome
    };
    assert_eq!(of("resource.On == true", "{On: true}"), Outcome::Pass);
    assert_eq!(of("resource.On == true", "{On: false}"), Outcome::Fail);
    assert_eq!(of("resource.On == true && resource.Other == null", "{On: true}"), Outcome::Undetermined);
    assert_eq!(of("resource.On == true && resource.Other == null", "{On: false}"), Outcome::Fail);
    // What other parts set of the same resource is known, and is judged at them.
    assert_eq!(of("resource.On == true && resource.Other == 1", "{On: true, Other: 1}"), Outcome::Pass);
    assert_eq!(of("resource.Other == 1", "{On: true, Other: 1}"), Outcome::NotApplicable);
    assert_eq!(of("resource.Other == null", "{On: true}"), Outcome::NotApplicable);
    // Others may refer to it from outside.
    let related = "resource.On == true && related('AWS::S3::BucketPolicy', 'Bucket').all(policy, false)";
    assert_eq!(of(related, "{On: true}"), Outcome::Undetermined);
    assert_eq!(of(related, "{On: false}"), Outcome::Fail);
}

#[test]
fn a_verdict_that_is_the_same_with_and_without_a_part_does_not_hang_on_it() {
    let list = |values: &str| {
        let mut made = example(&format!("{{Ports: [{values}]}}"));
        map(&mut made[0]).remove("Ports").expect("the example has it")
    };
    let of = |pass: &str, own: &str, values: Vec<Node>, adds: bool| {
        let mut resources = example(own);
        let possible = Some(Arc::new(Possible { adds, values }));
        let unknown = Unknown { possible, ..Unknown::new("a part may set it") };
        let unknown = Node::new(Value::Unknown(Box::new(unknown)), resources[0].span);
        match map(&mut resources[0]).get_mut("Ports").map(|node| &mut node.value) {
            Some(Value::List(list)) => list.push(unknown),
            _ => map(&mut resources[0]).push("Ports", unknown),
        }
        verdict(&check(None, pass), &resources).outcome
    };
    let no_ssh = "list(resource.Ports).all(port, port != 22)";
    assert_eq!(of(no_ssh, "{}", vec![list("443"), list("80")], true), Outcome::Pass);
    assert_eq!(of(no_ssh, "{Ports: [1]}", vec![list("443")], true), Outcome::Pass);
    assert_eq!(of(no_ssh, "{Ports: [22]}", vec![list("443")], true), Outcome::Fail);
    assert_eq!(of(no_ssh, "{}", vec![list("443"), list("22")], true), Outcome::Undetermined);
    // Each alone is well, and both together are not.
    let one = "size(list(resource.Ports)) <= 1";
    assert_eq!(of(one, "{}", vec![list("1"), list("2")], true), Outcome::Undetermined);
    assert_eq!(of(one, "{}", vec![list("1"), list("2")], false), Outcome::Pass);
    // More than are tried.
    let many = std::iter::repeat_with(|| list("443")).take(40).collect();
    assert_eq!(of(no_ssh, "{}", many, true), Outcome::Undetermined);
}

#[test]
fn each_reason_is_told_once() {
    let mut resources = example("{A: <unknown>, B: <unknown>, C: <unknown>}");
    if let Some(node) = map(&mut resources[0]).get_mut("C") {
        node.value = Value::unknown("parameter `Env` has no default");
    }
    let found = evaluate_in(&resources, "resource.A == 1 && resource.B.X == 2 && resource.C in [1, 2]");
    assert_eq!(found.reasons, ["the example says so", "parameter `Env` has no default"]);
}

fn map(resource: &mut Resource) -> &mut onus_model::Map {
    match &mut resource.properties.value {
        Value::Map(map) => map,
        _ => panic!("the properties are a map"),
    }
}

/// Gives every node a span of its own, by the order of the text, and tells which place a result points at.
fn place(properties: &str, source: &str) -> String {
    let mut resources = example(properties);
    let mut names = vec!["the resource".to_owned()];
    number(&mut resources[0].properties, "properties".to_owned(), &mut names);
    match evaluate_in(&resources, source).span {
        Some(span) => names[span.start as usize].clone(),
        None => "nowhere".to_owned(),
    }
}

fn number(node: &mut Node, name: String, names: &mut Vec<String>) {
    let at = names.len() as u32;
    node.span = Span::new(FileId(0), at, at);
    names.push(name.clone());
    match &mut node.value {
        Value::Map(map) => {
            map.iter_mut().for_each(|(key, node)| number(node, format!("{name}.{key}"), names))
        }
        Value::List(nodes) => {
            nodes.iter_mut().enumerate().for_each(|(at, node)| number(node, format!("{name}[{at}]"), names));
        }
        _ => {}
    }
}

#[test]
fn a_result_points_at_the_property_that_decided() {
    let properties =
        "{On: false, Off: true, Deep: {A: 1}, List: [1, 2, 3], Open: <unknown>, Rules: [{P: 22}, {P: 80}]}";
    for (source, expected) in [
        ("resource.On == true", "properties.On"),
        ("resource.Off == true && resource.On == true", "properties.On"),
        ("resource.On == true || resource.Deep.A == 2", "properties.On"),
        ("resource.Deep.Missing == 'x'", "properties.Deep"),
        ("resource.Deep.Missing.Deeper == 'x'", "properties.Deep"),
        ("resource.Missing == 'x'", "properties"),
        ("resource.Missing == 'x' || resource.Deep.A == 2", "properties.Deep.A"),
        ("!resource.Off", "properties.Off"),
        ("resource.List.all(x, x < 3)", "properties.List[2]"),
        ("resource.List.all(x, x < 5)", "properties.List"),
        ("resource.List.exists(x, x == 2)", "properties.List[1]"),
        ("resource.List.exists(x, x == 7)", "properties.List"),
        ("!resource.Rules.exists(r, r.P == 22)", "properties.Rules[0].P"),
        ("resource.Off == true && resource.Open == 'x'", "properties.Open"),
        ("size(resource.List) > 5", "properties.List"),
        ("resource.Deep.A in [2, 3]", "properties.Deep.A"),
        ("related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true)", "the resource"),
        ("1 == 2", "nowhere"),
    ] {
        assert_eq!(place(properties, source), expected, "{source}");
    }
}

#[test]
fn of_several_ways_to_hold_the_one_that_got_furthest_is_told() {
    let properties =
        "{Block: {A: true, B: true, C: false, D: true}, Off: false, Open: <unknown>, Other: <unknown>,
        Attributes: [{Key: logs, Value: true}, {Key: protection, Value: false}, {Key: limit}],
        Rules: [{P: 22}, {P: 80, Open: false}, {P: 80, Open: false, Off: true}]}";
    for (source, expected) in [
        // Of the two ways the second held up to its third setting.
        (
            "resource.Block == null || (resource.Block.A == true && resource.Block.B == true
             && resource.Block.C == true && resource.Block.D == true)",
            "properties.Block.C",
        ),
        ("resource.Off || resource.Block.A && resource.Block.C", "properties.Block.C"),
        ("resource.Block.A && resource.Block.C || resource.Off", "properties.Block.C"),
        (
            "resource.Block.A && (resource.Block.B && resource.Block.C) || resource.Block.D && resource.Off",
            "properties.Block.C",
        ),
        ("resource.Off || resource.Block.C", "properties.Off"),
        // A value beats a gap, however far the way to the gap was.
        ("resource.Off || resource.Block.A && resource.Block.Missing == 1", "properties.Off"),
        // That one thing is not so says nothing of how near its opposite was.
        ("resource.Off || !(resource.Block.A && resource.Block.B)", "properties.Off"),
        ("resource.Off || resource.Block.A && resource.Open == 'x'", "properties.Open"),
        ("resource.Block.A && resource.Block.B", "properties.Block.A"),
        // That the elements of a list hold brings none of the others nearer.
        ("resource.Open == 'y' || [1, resource.Other].all(x, x == 1)", "properties.Open"),
        (
            "resource.Attributes.exists(a, a.Key == 'protection' && a.Value == true)",
            "properties.Attributes[1].Value",
        ),
        ("resource.Attributes.exists(a, a.Key == 'limit' && a.Value == 5)", "properties.Attributes[2]"),
        ("resource.Attributes.exists(a, a.Key == 'other' && a.Value == true)", "properties.Attributes"),
        ("resource.Rules.exists(r, r.P == 80 && r.Off && r.Open)", "properties.Rules[2].Open"),
        ("resource.Rules.exists(r, r.P == 22 && resource.Open == 1) || resource.Off", "properties.Open"),
        (
            "!resource.Attributes.exists(a, a.Key == 'protection' && a.Value == true) && resource.Off",
            "properties.Off",
        ),
    ] {
        assert_eq!(place(properties, source), expected, "{source}");
    }
}

#[test]
fn of_two_places_the_one_within_the_other_is_told() {
    let mut resources = example("{Block: {A: true, B: false}}");
    let Value::Map(properties) = &mut resources[0].properties.value else { panic!("a map") };
    let block = properties.get_mut("Block").expect("a block");
    block.span = Span::new(FileId(0), 10, 90);
    let Value::Map(settings) = &mut block.value else { panic!("a map") };
    settings.get_mut("A").expect("it is set").span = Span::new(FileId(0), 20, 30);
    for source in [
        "resource.Block == null || resource.Block.A == false",
        "resource.Block.A == false || resource.Block == null",
    ] {
        assert_eq!(evaluate_in(&resources, source).span, Some(Span::new(FileId(0), 20, 30)), "{source}");
    }
}

#[test]
fn evaluation_ends_in_time() {
    let long = format!("{{List: [{}]}}", "1, ".repeat(2000));
    let nested = "resource.List.all(a, resource.List.all(b, resource.List.all(c, a == b && b == c)))";
    let found = evaluate(&long, nested);
    assert_eq!(found.reasons, ["the expression takes too many steps on this resource"]);
    let copies = "resource.List.map(a, resource.List) == resource.List.map(a, resource.List)";
    assert_eq!(evaluate(&long, copies).reasons, ["the expression takes too many steps on this resource"]);
}

#[test]
fn severities_have_an_order_and_words() {
    assert!(Severity::Low < Severity::Medium && Severity::High < Severity::Critical);
    for severity in Severity::ALL {
        assert_eq!(severity.as_str().parse(), Ok(severity));
    }
    insta::assert_snapshot!("severe".parse::<Severity>().expect_err("no such severity"));
}

#[test]
fn a_check_is_stored_and_read_back() {
    let check = check(
        Some("has(resource.A)"),
        "resource.List.exists(x, x.B['c'] == 1.5 || -x.D in [null, 'e', true])",
    );
    let bytes = postcard::to_stdvec(&check).expect("it can be stored");
    assert_eq!(postcard::from_bytes::<Check>(&bytes).expect("it can be read"), check);
}

#[test]
fn examples_are_read_from_yaml() {
    let resources = example(
        "{type: 'AWS::ECS::Service', properties: {A: <other>, B: '<two words>', C: 007x}, related: [{type: T, name: other}]}",
    );
    assert_eq!(&*resources[0].resource_type, "AWS::ECS::Service");
    assert_eq!(
        resources[0].properties.get("A").map(|node| &node.value),
        Some(&Value::name_of("other", None))
    );
    assert_eq!(resources[0].properties.get("B").and_then(Node::as_str), Some("<two words>"));
    assert_eq!(&*resources[1].address, "other");
}

#[test]
fn mistakes_in_examples_are_told() {
    let tell = |text: &str| Example::new(yaml(text), "T").expect_err("it is a mistake").to_string();
    let told: Vec<String> = [
        "[1]",
        "{type: T, propertys: {}}",
        "{related: [{name: x}]}",
        "{related: [{type: T, name: x, what: 1}]}",
        "{A: [{B: <nobody>}]}",
        "{related: [{type: T, name: x}, {type: T, name: x}]}",
        "{related: [{type: T, name: resource}]}",
    ]
    .into_iter()
    .map(|text| format!("{text}\n  {}", tell(text)))
    .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(Example::new(yaml("5"), "T"), Err(ExampleError::NotMap));
}
