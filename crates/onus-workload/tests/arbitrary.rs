//! Laws over arbitrary input: no panic, spans within the file, the same result each time.

#![allow(clippy::unwrap_used)]

mod common;
use common::render;
use onus_model::{Node, Place, Value, Workload};
use onus_workload::{Input, Options, read};
use proptest::prelude::*;

const YAML: &str = include_str!("../../../fuzz/seeds/cloudformation_yaml/whole.yaml");
const JSON: &str = include_str!("../../../fuzz/seeds/cloudformation_json/whole.json");

const SOURCE: &str = include_str!("../../../fuzz/seeds/terraform_source/whole.tf");

const SOURCE_JSON: &str = include_str!("../../../fuzz/seeds/terraform_source/whole.tf.json");

fn read_source(name: &str, bytes: Vec<u8>) -> Workload {
    read(&[Input::Bytes { name: name.to_owned(), bytes }], &Options::default())
}

const TERRAGRUNT: &str = r#"
include "root" {
  path           = find_in_parent_folders("root.hcl")
  expose         = true
  merge_strategy = "deep"
}
terraform { source = "${get_terragrunt_dir()}/../m//." }
locals {
  other = read_terragrunt_config("../root.hcl", { locals = {} })
  names = { for k, v in local.other.inputs : k => "${v}-${path_relative_to_include()}" }
}
generate "p" {
  path     = "p.tf"
  contents = "provider \"aws\" { region = \"${include.root.locals.region}\" }"
}
inputs = merge(local.names, { tags = { a = dependency.x.outputs.y, b = [run_cmd("x")] } })
"#;

/// A unit of Terragrunt's, among the files that it names.
fn read_unit(folder: &std::path::Path, bytes: &[u8]) -> Workload {
    for (name, bytes) in [
        (
            "m/main.tf",
            b"variable \"name\" {}\nresource \"aws_s3_bucket\" \"b\" { bucket = var.name }".as_slice(),
        ),
        ("root.hcl", b"locals { region = \"eu-west-1\" }\ninputs = { name = local.region }"),
        ("u/terragrunt.hcl", bytes),
    ] {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    read(&[Input::Path(folder.to_owned())], &Options::default())
}

fn read_bytes(bytes: Vec<u8>) -> Workload {
    read(&[Input::Bytes { name: "t".to_owned(), bytes }], &Options::default())
}

fn check_spans(workload: &Workload) {
    let within = |span: onus_model::Span| {
        let text = &workload.file(span.file).text;
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?}");
        assert!(
            text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize),
            "{span:?}"
        );
    };
    fn walk(node: &Node, within: &impl Fn(onus_model::Span)) {
        within(node.span);
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| walk(item, within)),
            Value::Map(map) => map.iter().for_each(|(_, item)| walk(item, within)),
            _ => {}
        }
    }
    for resource in &workload.resources {
        within(resource.span);
        walk(&resource.properties, &within);
    }
    for problem in &workload.problems {
        if let Place::Span(span) = problem.place {
            within(span);
        }
    }
    workload.suppressions.iter().for_each(|found| within(found.span));
}

/// A template with parts of it cut, doubled, moved or replaced.
fn mutated(template: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let edit = (0..template.len(), 0..template.len(), 0usize..40, "[\\[\\]{}:,!&*#'\"|>$a-z \n-]{0,6}");
    prop::collection::vec(edit, 1..6).prop_map(move |edits| {
        let mut bytes = template.as_bytes().to_vec();
        for (from, to, length, text) in edits {
            let from = from.min(bytes.len());
            let end = (from + length).min(bytes.len());
            let cut: Vec<u8> = bytes.drain(from..end).collect();
            let to = to.min(bytes.len());
            bytes.splice(to..to, cut.into_iter().chain(text.bytes()));
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_spans(&read_bytes(bytes.clone()));
        check_spans(&read_bytes([b"Resources: {A::B: 1}\n".as_slice(), &bytes].concat()));
        check_spans(&read_bytes([b"{\"Resources\": ".as_slice(), &bytes].concat()));
    }

    #[test]
    fn mutated_templates(yaml in mutated(YAML), json in mutated(JSON)) {
        for bytes in [yaml, json] {
            let first = read_bytes(bytes.clone());
            check_spans(&first);
            prop_assert_eq!(render(&first), render(&read_bytes(bytes)));
        }
    }

    #[test]
    fn mutated_source(native in mutated(SOURCE), json in mutated(SOURCE_JSON)) {
        for (name, bytes) in [("t.tf", native), ("t.tf.json", json.clone()), ("t.auto.tfvars.json", json)] {
            let first = read_source(name, bytes.clone());
            check_spans(&first);
            prop_assert_eq!(render(&first), render(&read_source(name, bytes)));
        }
    }

    #[test]
    fn mutated_units(bytes in mutated(TERRAGRUNT)) {
        let folder = tempfile::tempdir().unwrap();
        let first = read_unit(folder.path(), &bytes);
        check_spans(&first);
        prop_assert_eq!(render(&first), render(&read_unit(folder.path(), &bytes)));
    }

    #[test]
    fn strings_of_any_letters_in_source(text in any::<String>(), part in "[$%{}~\\\\\"a-c. \n]{0,12}") {
        for text in [text.clone(), part.clone(), format!("{text}${{x}}{part}")] {
            let quoted = serde_json::to_string(&text).unwrap();
            let json = format!(r#"{{"resource": {{"aws_s3_bucket": {{"b": {{"bucket": {quoted}, {quoted}: 1}}}}}}}}"#);
            check_spans(&read_source("t.tf.json", json.into_bytes()));
            check_spans(&read_source("t.tf", format!("locals {{\n  a = {quoted}{text}").into_bytes()));
        }
    }
}

#[test]
fn the_unit_is_read_without_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let workload = read_unit(folder.path(), TERRAGRUNT.as_bytes());
    let errors: Vec<_> = workload.problems.iter().filter(|problem| problem.kind.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(workload.resources.len(), 1);
}

#[test]
fn the_seeds_of_source_are_read_without_a_problem() {
    for (name, source) in [("t.tf", SOURCE), ("t.tf.json", SOURCE_JSON)] {
        let workload = read_source(name, source.as_bytes().to_vec());
        let errors: Vec<_> = workload.problems.iter().filter(|problem| problem.kind.is_error()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert_eq!(workload.resources.len(), 7);
    }
}
