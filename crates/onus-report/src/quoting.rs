//! What no report may quote: secrets of plans and templates.

use crate::fixture::secretive;
use crate::{Show, html, json, junit, markdown, sarif, terminal};

#[test]
fn no_format_quotes_a_secret() {
    let secret = "hunter2ß-very-secret";
    let assessment = secretive(secret);
    let reports = [
        terminal::write(&assessment, &terminal::Options { show: Show::All, ..Default::default() }),
        terminal::write(&assessment, &terminal::Options::default()),
        html::write(&assessment).expect("the page can be written"),
        json::write(&assessment, &json::Options::default()),
        sarif::write(&assessment, &sarif::Options::default()),
        junit::write(&assessment, &junit::Options::default()),
        markdown::write(&assessment, &markdown::Options::default()),
    ];
    for report in &reports {
        assert!(!report.contains("hunter") && !report.contains("very-secret"), "{report}");
        assert!(!report.contains('\u{1a}') && !report.contains('␚'), "{report}");
        assert!(report.contains("plan.json"), "{report}");
    }
    // What is beside a secret is shown.
    for report in &reports[..1] {
        assert!(report.contains("Password: …"), "{report}");
        assert!(report.contains("plan.json:1:15"), "{report}");
    }
    assert!(reports[2].contains("# shown"), "{}", reports[2]);
}
