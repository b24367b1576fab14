//! The pages about the knowledge as it lies in the tree: all can be written, fit their width and stay clean.

use onus_knowledge::Knowledge;
use onus_model::Layer;
use onus_report::list::Listing;
use onus_report::{Screen, explain, list, who};
use std::path::Path;
use unicode_width::UnicodeWidthStr;

fn knowledge() -> Knowledge {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let files = onus_knowledge::read_folder(&folder).expect("the knowledge lies beside the crates");
    onus_knowledge::load(&files).unwrap_or_else(|errors| panic!("{}", errors[0])).knowledge
}

#[track_caller]
fn assert_fits(page: &str, width: usize) {
    for line in page.lines() {
        assert!(line.width() <= width, "{} cells of {width}: {line}", line.width());
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
}

#[test]
fn every_page_fits_its_width_and_is_json_too() {
    let knowledge = knowledge();
    let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    for width in [60, 80] {
        let screen = Screen { width, ..Screen::default() };
        for service in &knowledge.services {
            assert_fits(&who::write(service, None, &knowledge, &screen), width);
            assert_fits(&who::write(service, Some(Layer::Platform), &knowledge, &screen), width);
            assert!(is_json(&who::write_json(service, None, &knowledge)));
        }
        for check in &knowledge.checks {
            assert_fits(&explain::write(check, &knowledge, &screen), width);
            assert!(is_json(&explain::write_json(check, &knowledge)));
        }
        for listing in [Listing::Services, Listing::Layers, Listing::Checks, Listing::Frameworks] {
            assert_fits(&list::write(listing, &knowledge, &screen), width);
        }
    }
}

/// Prints pages, to be looked at: `cargo test -p onus-report --test knowledge -- --ignored --nocapture`.
#[test]
#[ignore = "prints pages for a person to look at"]
fn show() {
    let knowledge = knowledge();
    for (service, layer) in
        [("eks", None), ("rds", Some(Layer::Platform)), ("s3", Some(Layer::ServerSideEncryption))]
    {
        if let Some(service) = knowledge.service(service) {
            println!("{}", who::write(service, layer, &knowledge, &Screen::default()));
        }
    }
    if let Some(check) = knowledge.checks.last() {
        println!("{}", explain::write(check, &knowledge, &Screen::default()));
    }
    println!("{}", list::write(Listing::Checks, &knowledge, &Screen::default()));
}
