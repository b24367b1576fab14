//! Input that is out to crash, hang or exhaust: a clear problem, in bounded time and memory.

#![allow(clippy::unwrap_used)]

mod common;
use common::{check, render};
use onus_model::ProblemKind;
use onus_workload::{Input, Options, read};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Reads bytes, in a time that no honest machine exceeds even without optimization.
#[track_caller]
fn read_bytes(bytes: impl Into<Vec<u8>>) -> onus_model::Workload {
    let start = Instant::now();
    let workload = read(&[Input::Bytes { name: "t".to_owned(), bytes: bytes.into() }], &Options::default());
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
    workload
}

#[track_caller]
fn expect(bytes: impl Into<Vec<u8>>, kind: ProblemKind, words: &str) {
    let workload = read_bytes(bytes);
    let found =
        workload.problems.iter().any(|problem| problem.kind == kind && problem.message.contains(words));
    let mut shown = render(&workload);
    shown.truncate(shown.char_indices().nth(2_000).map_or(shown.len(), |(end, _)| end));
    assert!(found, "no {kind:?} with `{words}` in:\n{shown}");
}

const YAML: &str = "AWSTemplateFormatVersion: '2010-09-09'\n";

#[test]
fn aliases_that_multiply() {
    let mut text = format!("{YAML}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let below = format!("*a{}", level - 1);
        writeln!(text, "a{level}: &a{level} [{}]", [below.as_str(); 10].join(", ")).unwrap();
    }
    text += "Resources: {A: {Type: 'AWS::S3::Bucket', Properties: {V: *a29}}}\n";
    expect(text, ProblemKind::Limit, "too many steps");
}

#[test]
fn text_that_doubles() {
    let mut text = format!("{YAML}a0: &a0 xxxxxxxxxxxxxxxx\n");
    for level in 1..60 {
        writeln!(text, "a{level}: &a{level} !Join ['', [*a{0}, *a{0}]]", level - 1).unwrap();
    }
    text += "Resources: {A: {Type: 'AWS::S3::Bucket', Properties: {V: *a59}}}\n";
    expect(text, ProblemKind::Limit, "too many steps");
}

#[test]
fn an_alias_within_what_it_names() {
    let text = format!("{YAML}Resources: &r {{A: {{Type: 'AWS::S3::Bucket', Properties: *r}}}}\n");
    expect(text, ProblemKind::Invalid, "stands within what it names");
}

#[test]
fn merge_keys_that_multiply() {
    let keys: String = (0..2_000).map(|key| format!("  k{key}: 1\n")).collect();
    let users: String = (0..2_000).map(|user| format!("u{user}: {{<<: *base}}\n")).collect();
    expect(format!("{YAML}base: &base\n{keys}{users}"), ProblemKind::Limit, "merge keys copy more than");
}

#[test]
fn nesting_a_hundred_thousand_levels_deep() {
    const DEPTH: usize = 100_000;
    for (open, close) in [("[", "]"), ("- ", ""), ("{a: ", "}"), ("!Sub [", "]")] {
        let text = format!("{YAML}Resources:\n  {}x{}\n", open.repeat(DEPTH), close.repeat(DEPTH));
        expect(text, ProblemKind::Limit, "levels deep");
    }
    expect(
        format!("{YAML}Resources:\n  {}x\n", "? ".repeat(DEPTH)),
        ProblemKind::Syntax,
        "a key of a map must be text",
    );
    // What says nothing but a list of `Resources` is no template.
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"Fn::Not\":[", "]}")] {
        let text = format!(
            "{{\"AWSTemplateFormatVersion\":\"\",\"Resources\":{}1{}}}",
            open.repeat(DEPTH),
            close.repeat(DEPTH)
        );
        expect(text, ProblemKind::Limit, "levels deep");
    }
}

#[test]
fn nesting_that_aliases_add_up() {
    let mut text = format!("{YAML}a0: &a0 x\n");
    for level in 1..1_000 {
        writeln!(text, "a{level}: &a{level} [[[[[[[[*a{}]]]]]]]]", level - 1).unwrap();
    }
    text += "Resources: {A: {Type: 'AWS::S3::Bucket', Properties: {V: *a999}}}\n";
    expect(text, ProblemKind::Limit, "levels deep once evaluated");
}

#[test]
fn conditions_in_a_circle_and_in_a_long_chain() {
    let text = format!(
        "{YAML}Conditions: {{A: !Not [!Condition B], B: !Or [!Condition A, !Condition B]}}\n\
         Resources: {{R: {{Type: 'AWS::S3::Bucket', Condition: A}}}}\n"
    );
    expect(text, ProblemKind::Invalid, "the condition `A` depends on itself");
    let mut text = format!("{YAML}Conditions:\n  C0: !Equals [a, a]\n");
    for at in 1..5_000 {
        writeln!(text, "  C{at}: !Not [!Condition C{}]", at - 1).unwrap();
    }
    text += "Resources: {R: {Type: 'AWS::S3::Bucket', Condition: C4999}}\n";
    expect(text, ProblemKind::Limit, "levels deep once evaluated");
}

#[test]
fn loops_within_loops() {
    let letters: Vec<String> = (0..50).map(|at| format!("a{at}")).collect();
    let mut body = "{'R${V0}${V1}${V2}${V3}${V4}': {Type: 'AWS::S3::Bucket'}}".to_owned();
    for level in (0..5).rev() {
        body = format!("{{'Fn::ForEach::L{level}': [V{level}, [{}], {body}]}}", letters.join(", "));
    }
    let text = format!("{YAML}Transform: AWS::LanguageExtensions\nResources: {body}\n");
    expect(text, ProblemKind::Limit, "too many steps");
}

#[test]
fn many_misspelt_names() {
    let mut text = format!("{YAML}Resources:\n");
    for at in 0..4_000 {
        writeln!(text, "  R{at}: {{Type: 'AWS::S3::Bucket', Properties: {{A: !Ref Rx{at}}}}}").unwrap();
    }
    expect(text, ProblemKind::Invalid, "there is no parameter or resource");
}

#[test]
fn wide_mappings_looked_up_often() {
    let mut text = format!("{YAML}Mappings:\n  M:\n");
    (0..5_000).for_each(|at| writeln!(text, "    k{at}: {{v: 1}}").unwrap());
    text += "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      L:\n";
    (0..5_000).for_each(|_| writeln!(text, "      - !FindInMap [M, k4999, v]").unwrap());
    let workload = read_bytes(text);
    assert!(workload.problems.is_empty(), "{:?}", workload.problems);
}

#[test]
fn numbers_beyond_all_bounds() {
    check(
        &format!(
            "{YAML}Resources:\n  A:\n    Type: T::A::B\n    Properties: {{A: 1e999999, B: {0}, C: -{0}.{0}, \
             D: !Select [{0}, [a]], E: !Select [5, [a]], F: !Cidr [10.0.0.0/8, {0}, 1]}}\n",
            "9".repeat(40)
        ),
        &format!(
            "3: A T::A::B {{A: '1e999999', B: '{0}', C: '-{0}.{0}', D: <? `Fn::Select` makes no sense here>, \
             E: <? the list has no element 5>, F: <? `Fn::Cidr` makes no sense here>}}
             ! Invalid 5:166 `Fn::Select` takes an index and a list
             ! Invalid 5:226 the list has no element 5, only 1
             ! Invalid 5:247 `Fn::Cidr` takes a block, a count and a number of bits",
            "9".repeat(40)
        ),
    );
    check(
        "{\"Resources\": {\"A\": {\"Type\": \"T::A::B\", \"Properties\": {\"A\": 1e999, \"B\": 12345678901234567890123, \"C\": -0}}}}",
        "1: A T::A::B {A: '1e999', B: '12345678901234567890123', C: 0}",
    );
}

#[test]
fn keys_that_stand_twice() {
    check(
        "Resources:\n  A: {Type: 'AWS::A::A'}\n  A: {Type: 'AWS::A::B', Properties: {K: 1, K: 2}}\n",
        "3: A AWS::A::B {K: 2}
         ! Invalid 3:45 the key `K` stands twice in this map; the last one counts
         ! Invalid 3:3 the key `A` stands twice in this map; the last one counts",
    );
}

#[test]
fn byte_order_mark_and_carriage_returns() {
    let text = "\u{FEFF}Resources:\r\n  # ünï\r\n  A:\r\n    Type: AWS::S3::Bucket\r\n    Properties:\r\n      S: |\r\n        a\r\n        b\r\n      T: !Ref Nö\r\n";
    let workload = read_bytes(text);
    assert_eq!(
        render(&workload),
        "3: A AWS::S3::Bucket {S: 'a\\nb\\n', T: <? there is no parameter or resource `Nö`>}\n\
         ! Invalid 9:10 there is no parameter or resource `Nö`\n"
    );
}

#[test]
fn a_string_of_many_megabytes() {
    let text = format!(
        "{YAML}Resources: {{A: {{Type: 'AWS::S3::Bucket', Properties: {{V: '{}'}}}}}}\n",
        "ä".repeat(1_000_000)
    );
    let workload = read_bytes(text);
    assert_eq!(workload.resources.len(), 1);
}

#[test]
fn more_resources_than_any_stack_has() {
    let resources: String = (0..50_000).map(|at| format!("\"R{at}\":{{\"Type\":\"A::B::C\"}},")).collect();
    let text = format!("{{\"Resources\":{{{resources}\"Last\":{{\"Type\":\"A::B::C\"}}}}}}");
    expect(text, ProblemKind::Limit, "only the first 50000 resources");
}

#[test]
fn many_waivers_on_one_line() {
    let text = format!(
        "{YAML}Resources: {{A: {{Type: 'AWS::S3::Bucket'}}}} {}\n",
        "# onus:ignore x ".repeat(50_000)
    );
    expect(text, ProblemKind::Limit, "waivers of a kind are read");
}

#[test]
fn nested_stacks_that_multiply() {
    let folder = tempfile::tempdir().unwrap();
    for level in 0..12 {
        let mut text = format!("{YAML}Resources:\n");
        for at in 0..10 {
            writeln!(
                text,
                "  S{at}: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: t{}.yaml}}}}",
                level + 1
            )
            .unwrap();
        }
        std::fs::write(folder.path().join(format!("t{level}.yaml")), text).unwrap();
    }
    let start = Instant::now();
    let workload = read(&[Input::Path(folder.path().join("t0.yaml"))], &Options::default());
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(workload.problems.iter().any(|problem| problem.kind == ProblemKind::Limit));
}
