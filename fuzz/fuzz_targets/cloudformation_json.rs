//! Any bytes, read as a JSON template.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_workload::{Input, Options, read};

fuzz_target!(|bytes: &[u8]| {
    // The reader takes what has this key at its top for a template; a brace of the input's own is dropped.
    let rest = bytes.trim_ascii_start().strip_prefix(b"{").unwrap_or(bytes);
    let bytes = [b"{\"AWSTemplateFormatVersion\": \"2010-09-09\",", rest].concat();
    let options = Options { jobs: Some(1), ..Options::default() };
    read(&[Input::Bytes { name: "fuzz".to_owned(), bytes }], &options);
});
