//! Any text, looked through for credentials: what is found is text, in order, and none lies within another.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_credentials::{Examples, find_from, first, grade, named};

fuzz_target!(|text: &str| {
    let (name, value) = text.split_once('\n').unwrap_or(("", text));
    let mut end = 0;
    let found = find_from(value, Examples::Counted);
    for one in &found {
        assert!(value.get(one.range.clone()).is_some_and(|own| !own.is_empty()));
        assert!(one.range.end > end);
        end = one.range.end;
    }
    assert_eq!(first(value, Examples::Counted).is_some(), !found.is_empty());
    let _ = (grade(name), named(name, value, Examples::Ignored));
});
