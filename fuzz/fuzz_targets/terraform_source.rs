//! Any text, read as Terraform source, in the JSON syntax where it begins like JSON.
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
    let name = if bytes.starts_with(b"{") { "fuzz.tf.json" } else { "fuzz.tf" };
    read(&[Input::Bytes { name: name.to_owned(), bytes: bytes.to_vec() }], &options);
});
