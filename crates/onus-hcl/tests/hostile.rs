//! No expression panics, hangs or takes memory without bound.

#![allow(clippy::unwrap_used)]

use onus_hcl::{Budget, Evaluator, Scope, Val};
use proptest::prelude::*;

struct Doubling;

impl Scope for Doubling {
    fn name(&self, root: &str, _: &[&str]) -> Option<(Val, usize)> {
        match root {
            "text" => Some((Val::string("x".repeat(100_000)), 0)),
            "many" => Some((Val::tuple(vec![Val::number(1_i64); 100_000]), 0)),
            _ => None,
        }
    }
}

fn value(expression: &str) -> Result<Val, String> {
    let parsed = expression.parse::<hcl_edit::expr::Expression>().map_err(|error| error.to_string())?;
    // A tenth of what there is, so that the end of it is soon reached.
    let budget = Budget::of(2_000_000);
    Evaluator::new(&Doubling, None, &budget).value(&parsed).map_err(|failure| failure.message)
}

/// On a thread with the stack that those who evaluate have.
fn with_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(16 * 1024 * 1024).spawn(test).unwrap().join().unwrap();
}

#[test]
fn what_grows_beyond_reason_is_refused() {
    with_stack(|| {
        for expression in [
            "[for a in many : [for b in many : [for c in many : a]]]",
            "join(\"\", [for a in many : text])",
            "\"%{ for a in many }${text}%{ endfor }\"",
            "[for a in many : text == \"${text}${a}\"]",
            "1e999999999",
            "9999999999999999999 * 1e4000 * 1e4000",
            "format(\"%999999999s\", 1)",
            "range(1e9)",
            "setproduct(many, many)",
            "[for a in many : many == many]",
        ] {
            let made = value(expression);
            assert!(made.is_err(), "{expression}: {made:?}");
        }
    });
}

#[test]
fn nesting_is_bounded() {
    with_stack(|| {
        for (open, inside, close) in [
            ("(", "1", ")"),
            ("[", "1", "]"),
            ("!", "true", ""),
            ("-", "1", ""),
            ("{a=", "1", "}"),
            ("upper(", "1", ")"),
        ] {
            let text = format!("{}{inside}{}", open.repeat(100_000), close.repeat(100_000));
            assert!(value(&text).is_err());
        }
        let text = vec!["1"; 100_000].join("+");
        assert!(value(&text).is_err());
        let text = format!("{}2", "true ? 1 : ".repeat(50_000));
        assert!(value(&text).is_err());
        let text = format!("x{}", ".a".repeat(100_000));
        assert!(value(&text).is_err());
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in "[a-z0-9\"${}%()\\[\\]<>=!&|?:.,*+/ \n~-]{0,60}") {
        let _ = value(&text);
    }

    #[test]
    fn no_function_panics(
        name in proptest::sample::select(onus_hcl::function_names()),
        arguments in proptest::collection::vec(
            proptest::sample::select(vec![
                "null", "true", "-1", "0", "1", "3.7", "1e3", "9223372036854775808", "\"\"", "\"a\"", "\"äé👩‍👩‍👧\"",
                "\"10.0.0.0/8\"", "\"2001:db8::/32\"", "\"%s %d %v %q\"", "\"(a|b)+\"", "\"/a(.)/\"", "\"YYYY-MM-DD\"",
                "\"2024-02-29T12:00:00Z\"", "\"-1h\"", "\"{}\"", "\"a: [1, 2]\"", "\"a,b\\n1,2\"", "[]", "[1, \"a\", null]",
                "[[1], [2]]", "{}", "{a = 1, b = null}", "[{a = 1}]", "toset([\"x\"])", "\"UTF-16LE\"", "\"aGk=\"",
            ]),
            0..4,
        ),
    ) {
        let _ = value(&format!("{name}({})", arguments.join(", ")));
    }
}
