//! Any text as an expression, on any properties: the first line is the expression, the rest JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_check::{Example, ExampleValue, Index, Program, parse, paths};

fuzz_target!(|text: &str| {
    let (source, properties) = text.split_once('\n').unwrap_or((text, ""));
    let expression = match parse(source) {
        Ok(expression) => expression,
        Err(error) => {
            assert!(source.get(error.at.clone()).is_some());
            let _ = (error.to_string(), error.help());
            return;
        }
    };
    paths(&expression);
    let properties = serde_json::from_str(properties).unwrap_or(ExampleValue::Map(Vec::new()));
    let Ok(example) = Example::new(properties, "AWS::S3::Bucket") else { return };
    let resources = example.resources();
    Program::compile(&expression).evaluate(&Index::new(&resources), &resources[0]);
});
