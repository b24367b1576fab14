//! Laws: nothing panics, unknowns never turn an answer round, and where our deviations do not apply
//! the answers are those of the `cel` crate's interpreter.

use onus_check::{Example, ExampleValue, Index, Program, Truth, parse, paths};
use onus_model::{Map, Names, Node, Resource, TextBuilder, Unknown, Value};
use proptest::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

fn evaluate(resources: &[Resource], source: &str) -> Option<Truth> {
    let expression = parse(source).ok()?;
    Some(Program::compile(&expression).evaluate(&Index::new(resources), &resources[0]).truth)
}

const FIELDS: [&str; 5] = ["A", "B", "C", "Name", "Statement"];
const WORDS: [&str; 9] = ["a", "ab", "true", "False", "5", "-1.5", "arn:aws:s3:::ab", "*", ""];

fn field() -> impl Strategy<Value = &'static str> {
    prop::sample::select(FIELDS.as_slice())
}

fn scalar() -> impl Strategy<Value = ExampleValue> {
    prop_oneof![
        Just(ExampleValue::Null),
        any::<bool>().prop_map(ExampleValue::Bool),
        prop_oneof![Just(i64::MAX), Just(i64::MIN), -3_i64..7].prop_map(ExampleValue::Int),
        prop_oneof![Just(0.5), Just(5.0), Just(-1.5), Just(9.3e18)].prop_map(ExampleValue::Float),
        prop::sample::select(WORDS.as_slice()).prop_map(|text| ExampleValue::String(text.to_owned())),
        prop::sample::select(
            [
                "<unknown>",
                "<present>",
                "<resource>",
                "<other>",
                "a<unknown>",
                "<unknown>b",
                "<unknown>:<unknown>"
            ]
            .as_slice()
        )
        .prop_map(|text| ExampleValue::String(text.to_owned())),
    ]
}

fn value() -> impl Strategy<Value = ExampleValue> {
    scalar().prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(ExampleValue::List),
            entries(inner).prop_map(ExampleValue::Map),
        ]
    })
}

fn entries(value: impl Strategy<Value = ExampleValue>) -> impl Strategy<Value = Vec<(String, ExampleValue)>> {
    prop::collection::btree_map(field().prop_map(str::to_owned), value, 0..5)
        .prop_map(|map| map.into_iter().collect())
}

/// The resource under test and another of the same type, of which each may refer to the other.
fn resources() -> impl Strategy<Value = Vec<Resource>> {
    (entries(value()), entries(value()), 0_u32..2).prop_map(|(first, other, scope)| {
        let other = ExampleValue::Map(vec![
            ("type".to_owned(), ExampleValue::String("T".to_owned())),
            ("name".to_owned(), ExampleValue::String("other".to_owned())),
            ("properties".to_owned(), ExampleValue::Map(other)),
        ]);
        let whole = ExampleValue::Map(vec![
            ("properties".to_owned(), ExampleValue::Map(first)),
            ("related".to_owned(), ExampleValue::List(vec![other])),
        ]);
        let mut resources = Example::new(whole, "T").expect("the example is one").resources();
        resources[1].scope = scope;
        resources
    })
}

/// Any expression: most make little sense, all parse.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => field().prop_map(|name| format!("resource.{name}")),
        1 => Just("resource".to_owned()),
        1 => field().prop_map(|name| format!("related('T', '{name}')")),
        1 => Just("resources('T')".to_owned()),
        1 => prop::sample::select(["1", "0", "-1.5", "true", "false", "null", "'a'", "'ab'", "'*'", "''", "'5'", "[]", "{}"].as_slice())
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 24, 3, |inner| {
        let operator = prop::sample::select(
            ["&&", "||", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in"].as_slice(),
        );
        let unary = prop::sample::select(
            ["!{}", "-{}", "size({})", "int({})", "list({})", "statements({})", "target({})", "target({}, 'T')", "credential({})",
             "isPublic({})", "grants({})", "isEverywhere({})", "protocol({})", "isFixed({})", "wholeService({})",
             "{}.lowerAscii()", "{}.matches('^a')", "{}.startsWith('a')", "{}.endsWith('b')", "{}.contains('s3')"].as_slice(),
        );
        let pair = prop::sample::select(
            ["isPublic", "acts", "touches", "reaches", "narrowedBy", "onlyTls", "isWithin"].as_slice(),
        );
        let method = prop::sample::select(["startsWith", "endsWith", "contains"].as_slice());
        let kind = prop::sample::select(["all", "exists", "exists_one", "map", "filter"].as_slice());
        prop_oneof![
            4 => (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
            2 => (unary, inner.clone()).prop_map(|(shape, a)| shape.replace("{}", &format!("({a})"))),
            2 => (inner.clone(), field()).prop_map(|(a, name)| format!("({a}).{name}")),
            1 => (inner.clone(), field()).prop_map(|(a, name)| format!("has(({a}).{name})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a})[{b}]")),
            1 => (inner.clone(), pair, inner.clone()).prop_map(|(a, name, b)| format!("{name}({a}, {b})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("admits({a}, {b}, {c})")),
            1 => (inner.clone(), method, inner.clone()).prop_map(|(a, name, b)| format!("({a}).{name}({b})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            3 => (inner.clone(), kind, macro_body(inner.clone())).prop_map(|(a, kind, body)| format!("({a}).{kind}(x, {body})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a}).map(x, {b}, x == {c})")),
            1 => (inner.clone(), inner).prop_map(|(a, b)| format!("[{a}, {b}]")),
        ]
    })
}

fn macro_body(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let shape = prop::sample::select(
        ["x == {}", "x", "x.A", "{} in x", "x in {}", "{}", "has(x.A)", "x.A == {}"].as_slice(),
    );
    (shape, inner).prop_map(|(shape, inner)| shape.replace("{}", &format!("({inner})")))
}

/// A text of which only beginning and end are still known, or only that it is a name.
fn forget_part(text: &str, (start, end): (usize, usize), name: bool) -> Value {
    let chars: Vec<char> = text.chars().collect();
    let start = start.min(chars.len());
    let end = end.min(chars.len() - start);
    let middle = &chars[start..chars.len() - end];
    let is_name =
        middle.iter().any(|c| c.is_alphanumeric()) && !middle.iter().any(|c| matches!(c, ',' | '*' | '?'));
    let mut builder = TextBuilder::default();
    builder.known(&chars[..start].iter().collect::<String>());
    let names = if name && is_name { Names::One } else { Names::Unclear };
    builder.open(&Unknown { names, ..Unknown::present("forgotten") });
    builder.known(&chars[chars.len() - end..].iter().collect::<String>());
    builder.finish()
}

/// How much of a value is forgotten.
#[derive(Clone, Debug)]
enum Extent {
    All {
        present: bool,
    },
    /// Of a text what lies between its first and last characters, so many of each.
    Middle {
        ends: (usize, usize),
        name: bool,
        present: bool,
    },
}

fn extent() -> impl Strategy<Value = Extent> {
    prop_oneof![
        any::<bool>().prop_map(|present| Extent::All { present }),
        ((0_usize..4, 0_usize..4), any::<bool>(), any::<bool>())
            .prop_map(|(ends, name, present)| Extent::Middle { ends, name, present }),
    ]
}

/// Makes one value unknown, or a missing one.
fn forget(node: &mut Node, choice: &mut usize, extent: &Extent) -> bool {
    if *choice == 0 {
        let present = match (extent, &node.value) {
            (Extent::Middle { ends, name, present }, Value::String(text)) => {
                node.value = forget_part(text, *ends, *name);
                if let Value::Unknown(unknown) = &mut node.value {
                    unknown.present = *present;
                }
                return true;
            }
            (Extent::All { present } | Extent::Middle { present, .. }, _) => *present,
        };
        let was_set = !matches!(&node.value, Value::Null)
            && !matches!(&node.value, Value::Unknown(unknown) if !unknown.present);
        // What is certain to be set stays so only if it was.
        node.value = if present && was_set {
            Value::unknown_but_present("forgotten")
        } else {
            Value::unknown("forgotten")
        };
        return true;
    }
    *choice -= 1;
    match &mut node.value {
        Value::List(nodes) => nodes.iter_mut().any(|node| forget(node, choice, extent)),
        Value::Map(map) => {
            map.iter_mut().any(|(_, node)| forget(node, choice, extent)) || forget_missing(map, choice)
        }
        _ => false,
    }
}

fn forget_missing(map: &mut Map, choice: &mut usize) -> bool {
    for name in FIELDS {
        if map.get(name).is_none() {
            if *choice == 0 {
                let span = onus_model::Span::new(onus_model::FileId(0), 0, 0);
                map.push(name, Node::new(Value::unknown("forgotten"), span));
                return true;
            }
            *choice -= 1;
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1024)
    ))]

    #[test]
    fn no_text_makes_the_parser_panic(source in "[a-z.()'\"\\[\\]{}?:!&|=<>+*/% 0-9ßx\\\\,-]{0,40}|\\PC{0,40}") {
        if let Err(error) = parse(&source) {
            prop_assert!(source.get(error.at.clone()).is_some(), "{:?} is no part of {source:?}", error.at);
            prop_assert!(error.cause != onus_check::Cause::Unreadable, "{source:?}");
        }
    }

    #[test]
    fn every_expression_of_the_grammar_parses_and_runs(source in expression(), resources in resources()) {
        let expression = parse(&source).map_err(|error| TestCaseError::fail(format!("{source}: {error}")));
        let stored = postcard::to_stdvec(&expression?).expect("an expression can be stored");
        let expression = postcard::from_bytes(&stored).expect("and read back");
        paths(&expression);
        Program::compile(&expression).evaluate(&Index::new(&resources), &resources[0]);
    }

    #[test]
    fn forgetting_a_value_never_turns_an_answer_round(
        source in expression(), resources in resources(), which in 0_usize..2, choice in 0_usize..24, extent in extent(),
    ) {
        let mut forgetful = resources.clone();
        let mut choice = choice;
        prop_assume!(forget(&mut forgetful[which].properties, &mut choice, &extent));
        for source in [source.clone(), format!("!({source})")] {
            let (Some(before), Some(after)) = (evaluate(&resources, &source), evaluate(&forgetful, &source)) else {
                return Err(TestCaseError::reject("nested too deep"));
            };
            let turned = match before {
                Truth::True => matches!(after, Truth::False | Truth::Null),
                Truth::False | Truth::Null => after == Truth::True,
                Truth::Unknown => false,
            };
            prop_assert!(!turned, "{source} was {before:?} and is {after:?}");
        }
    }
}

/// A known workload, for both interpreters.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Known {
    Bool(bool),
    Int(i64),
    Text(String),
    Texts(Vec<String>),
    Ints(Vec<i64>),
    Map(BTreeMap<String, Known>),
}

impl Known {
    fn example(&self) -> ExampleValue {
        match self {
            Self::Bool(value) => ExampleValue::Bool(*value),
            Self::Int(value) => ExampleValue::Int(*value),
            Self::Text(text) => ExampleValue::String(text.clone()),
            Self::Texts(texts) => {
                ExampleValue::List(texts.iter().cloned().map(ExampleValue::String).collect())
            }
            Self::Ints(values) => ExampleValue::List(values.iter().copied().map(ExampleValue::Int).collect()),
            Self::Map(map) => {
                ExampleValue::Map(map.iter().map(|(key, value)| (key.clone(), value.example())).collect())
            }
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    "[a-cß]{0,3}"
}

fn small() -> impl Strategy<Value = i64> {
    prop_oneof![6 => -4_i64..9, 1 => Just(i64::MAX), 1 => Just(i64::MIN)]
}

/// Properties whose types are told by their names, so that typed expressions can be written.
fn known() -> impl Strategy<Value = Known> {
    (
        any::<bool>(),
        small(),
        text(),
        prop::collection::vec(text(), 0..4),
        prop::collection::vec(small(), 0..4),
    )
        .prop_map(|(flag, count, name, names, counts)| {
            let inner = BTreeMap::from([
                ("Flag".to_owned(), Known::Bool(!flag)),
                ("Name".to_owned(), Known::Text(name.clone())),
            ]);
            Known::Map(BTreeMap::from([
                ("Flag".to_owned(), Known::Bool(flag)),
                ("Count".to_owned(), Known::Int(count)),
                ("Name".to_owned(), Known::Text(name)),
                ("Names".to_owned(), Known::Texts(names)),
                ("Counts".to_owned(), Known::Ints(counts)),
                ("Inner".to_owned(), Known::Map(inner)),
            ]))
        })
}

/// Whole numbers, as text of an expression.
fn number(depth: u32) -> BoxedStrategy<String> {
    let leaf =
        prop_oneof![Just("resource.Count".to_owned()), (-4_i64..9).prop_map(|value| format!("({value})")),];
    if depth == 0 {
        return leaf.boxed();
    }
    let operator = prop::sample::select(["+", "-", "*", "/", "%"].as_slice());
    prop_oneof![
        2 => leaf,
        2 => (number(depth - 1), operator, number(depth - 1)).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
        1 => texts(depth - 1).prop_map(|list| format!("size({list})")),
        1 => word(depth - 1).prop_map(|text| format!("size({text})")),
        1 => (numbers(depth - 1), number(depth - 1)).prop_map(|(list, at)| format!("{list}[{at}]")),
        1 => (condition(depth - 1), number(depth - 1), number(depth - 1)).prop_map(|(c, a, b)| format!("({c} ? {a} : {b})")),
    ]
    .boxed()
}

fn word(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        Just("resource.Name".to_owned()),
        Just("resource.Inner.Name".to_owned()),
        Just("resource['Name']".to_owned()),
        text().prop_map(|text| format!("'{text}'")),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    prop_oneof![
        2 => leaf,
        1 => (word(depth - 1), word(depth - 1)).prop_map(|(a, b)| format!("({a} + {b})")),
        1 => (texts(depth - 1), number(depth - 1)).prop_map(|(list, at)| format!("{list}[{at}]")),
    ]
    .boxed()
}

fn texts(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![Just("resource.Names".to_owned()), Just("['a', 'b']".to_owned())];
    if depth == 0 {
        return leaf.boxed();
    }
    prop_oneof![
        2 => leaf,
        1 => (texts(depth - 1), texts(depth - 1)).prop_map(|(a, b)| format!("({a} + {b})")),
        1 => (texts(depth - 1), word(depth - 1)).prop_map(|(a, b)| format!("{a}.map(x, x + {b})")),
        1 => (texts(depth - 1), word(depth - 1)).prop_map(|(a, b)| format!("{a}.filter(x, x != {b})")),
        1 => (texts(depth - 1), condition(depth - 1)).prop_map(|(a, b)| format!("{a}.filter(x, {b})")),
        1 => (word(depth - 1), word(depth - 1)).prop_map(|(a, b)| format!("[{a}, {b}]")),
    ]
    .boxed()
}

fn numbers(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![Just("resource.Counts".to_owned()), Just("[1, 2, 3]".to_owned())];
    if depth == 0 {
        return leaf.boxed();
    }
    prop_oneof![
        2 => leaf,
        1 => (numbers(depth - 1), number(depth - 1)).prop_map(|(a, b)| format!("{a}.map(n, n + {b})")),
        1 => (numbers(depth - 1), number(depth - 1)).prop_map(|(a, b)| format!("{a}.map(n, n > 0, n - {b})")),
        1 => (texts(depth - 1)).prop_map(|a| format!("{a}.map(t, size(t))")),
    ]
    .boxed()
}

fn condition(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        Just("resource.Flag".to_owned()),
        Just("resource.Inner.Flag".to_owned()),
        Just("has(resource.Flag)".to_owned()),
        Just("has(resource.Nope)".to_owned()),
        Just("true".to_owned()),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let below = depth - 1;
    let connective = prop::sample::select(["&&", "||", "==", "!="].as_slice());
    let order = prop::sample::select(["==", "!=", "<", "<=", ">", ">="].as_slice());
    let method = prop::sample::select(["startsWith", "endsWith", "contains"].as_slice());
    let kind = prop::sample::select(["all", "exists", "exists_one"].as_slice());
    prop_oneof![
        1 => leaf,
        3 => (condition(below), connective, condition(below)).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
        1 => condition(below).prop_map(|a| format!("!{a}")),
        2 => (number(below), order.clone(), number(below)).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
        2 => (word(below), order, word(below)).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
        1 => (texts(below), texts(below)).prop_map(|(a, b)| format!("({a} == {b})")),
        1 => (word(below), texts(below)).prop_map(|(a, b)| format!("({a} in {b})")),
        1 => (number(below), numbers(below)).prop_map(|(a, b)| format!("({a} in {b})")),
        1 => (word(below), method, word(below)).prop_map(|(a, name, b)| format!("{a}.{name}({b})")),
        1 => (texts(below), kind.clone(), word(below)).prop_map(|(a, kind, b)| format!("{a}.{kind}(x, x == {b})")),
        1 => (numbers(below), kind, number(below)).prop_map(|(a, kind, b)| format!("{a}.{kind}(n, n < {b})")),
        1 => (texts(below), condition(below)).prop_map(|(a, b)| format!("{a}.exists(x, resource.Names.all(y, x == y || {b}))")),
    ]
    .boxed()
}

/// The answer of the `cel` crate; none where it is an error, which we do not have.
fn oracle(known: &Known, source: &str) -> Option<bool> {
    let program = cel::Program::compile(source).ok()?;
    let mut context = cel::Context::default();
    context.add_variable("resource", known).ok()?;
    match program.execute(&context).ok()? {
        cel::Value::Bool(value) => Some(value),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_global_rejects: 20_000,
        ..ProptestConfig::with_cases(
            std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1024)
        )
    })]

    #[test]
    fn what_is_known_is_answered_as_cel_answers_it(source in condition(3), known in known()) {
        let resources = Example::new(known.example(), "T").expect("the example is one").resources();
        let Some(expected) = oracle(&known, &source) else { return Err(TestCaseError::reject("an error in CEL")) };
        let Some(found) = evaluate(&resources, &source) else { return Err(TestCaseError::reject("nested too deep")) };
        prop_assert_eq!(found, if expected { Truth::True } else { Truth::False }, "{}", source);
    }
}

#[test]
fn the_oracle_answers() {
    let known = Known::Map(BTreeMap::from([("Names".to_owned(), Known::Texts(vec!["a".to_owned()]))]));
    assert_eq!(oracle(&known, "resource.Names.exists(x, x == 'a')"), Some(true));
    assert_eq!(oracle(&known, "resource.Names.exists(x, x == 'b')"), Some(false));
    assert_eq!(oracle(&known, "1 / 0 == 1"), None);
}
