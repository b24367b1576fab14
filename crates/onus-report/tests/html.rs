//! The HTML page as a whole.

mod support;

use onus_report::html::write;
use support::{large, web_shop};

/// Writes the pages to look at: `cargo test -p onus-report --test html -- --ignored`.
#[test]
#[ignore = "for people: writes the pages of the fixtures into the target folder"]
fn pages_to_look_at() {
    for (name, assessment) in
        [("web-shop", web_shop()), ("large", large(35, 600)), ("huge", large(35, 5_000))]
    {
        let path = format!("{}/{name}.html", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&path, write(&assessment).expect("a page")).expect("a writable target folder");
        println!("{path}");
    }
}
