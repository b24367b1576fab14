//! The whole way: any bytes, read, assessed, and reported in every form.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use onus_knowledge::Knowledge;
use onus_report::{html, json, junit, markdown, sarif, terminal};
use onus_workload::terraform::Dictionary;
use onus_workload::{Input, read};
use std::sync::{Arc, LazyLock};

static KNOWLEDGE: LazyLock<Arc<Knowledge>> = LazyLock::new(|| Arc::new(onus_fuzz::knowledge()));

fuzz_target!(|bytes: &[u8]| {
    let input = Input::Bytes { name: "fuzz".to_owned(), bytes: bytes.to_vec() };
    let options = onus_workload::Options {
        jobs: Some(1),
        terraform: Dictionary { mappings: Some(&KNOWLEDGE.terraform), names: None },
        ..onus_workload::Options::default()
    };
    let workload = read(&[input], &options);
    let options = onus_assess::Options {
        system: "fuzz".to_owned(),
        date: date(2026, 11, 22),
        ..onus_assess::Options::default()
    };
    let assessment = onus_assess::assess(workload, Arc::clone(&KNOWLEDGE), options);
    for ascii in [false, true] {
        let screen = onus_report::Screen { ascii, ..onus_report::Screen::default() };
        let text =
            terminal::write(&assessment, &terminal::Options { screen, ..terminal::Options::default() });
        assert!(!text.contains('\u{1b}'), "an escape of the input reached the terminal");
    }
    let written = json::write(&assessment, &json::Options::default());
    serde_json::from_str::<serde::de::IgnoredAny>(&written).expect("the report is JSON");
    html::write(&assessment).expect("the page is written");
    sarif::write(&assessment, &sarif::Options::default());
    junit::write(&assessment, &junit::Options::default());
    markdown::write(&assessment, &markdown::Options::default());
});
