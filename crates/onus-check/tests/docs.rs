//! Runs the examples of `docs/expressions.md`.

mod support;

use support::{evaluate_in, example, word};

/// The kind and text of each fenced block.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    page.split("\n```")
        .skip(1)
        .step_by(2)
        .map(|block| block.split_once('\n').expect("a block has a line for its kind"))
        .collect()
}

fn holds(resources: &[onus_model::Resource], source: &str, expected: &str) -> bool {
    let truth = |source: &str| word(evaluate_in(resources, source).truth);
    match expected {
        "unknown" => truth(source) == "unknown",
        // What is no truth value is `null` as a condition, too.
        "true" | "false" => truth(source) == expected,
        value => truth(&format!("({source}) == ({value})")) == "true",
    }
}

#[test]
fn the_examples_of_the_reference_page_hold() {
    let page = include_str!("../../../docs/expressions.md");
    let mut resources = Vec::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (kind, text) in blocks(page) {
        match kind {
            "yaml" => resources = example(text),
            "cel" => {
                for line in text.lines() {
                    let (source, expected) = line.split_once('→').expect("a line has an arrow");
                    count += 1;
                    if !holds(&resources, source.trim(), expected.trim()) {
                        wrong.push(line);
                    }
                }
            }
            other => panic!("a block of an unknown kind `{other}`"),
        }
    }
    assert!(count > 70, "only {count} examples were found");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
