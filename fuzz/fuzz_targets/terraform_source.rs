//! Any text, read as Terraform source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_model::Mappings;
use onus_workload::terraform::Dictionary;
use onus_workload::{Input, Options, read};
use std::sync::LazyLock;

static MAPPINGS: LazyLock<Mappings> = LazyLock::new(onus_fuzz::mappings);

fuzz_target!(|bytes: &[u8]| {
    let options = Options {
        jobs: Some(1),
        terraform: Dictionary { mappings: Some(&MAPPINGS), names: None },
        ..Options::default()
    };
    read(&[Input::Bytes { name: "fuzz.tf".to_owned(), bytes: bytes.to_vec() }], &options);
});
