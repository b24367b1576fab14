//! Any bytes, read as a plan or state of Terraform.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_model::Mappings;
use onus_workload::terraform::Dictionary;
use onus_workload::{Input, Options, read};
use std::sync::LazyLock;

static MAPPINGS: LazyLock<Mappings> = LazyLock::new(onus_fuzz::mappings);

fuzz_target!(|bytes: &[u8]| {
    // The reader takes what has these keys at its top for a plan; a brace of the input's own is dropped.
    let rest = bytes.trim_ascii_start().strip_prefix(b"{").unwrap_or(bytes);
    let bytes = [b"{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.8\",", rest].concat();
    let options = Options {
        jobs: Some(1),
        terraform: Dictionary { mappings: Some(&MAPPINGS), names: None },
        ..Options::default()
    };
    read(&[Input::Bytes { name: "fuzz".to_owned(), bytes }], &options);
});
