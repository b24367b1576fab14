//! Any bytes, read as a YAML template.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onus_workload::{Input, Options, read};

fuzz_target!(|bytes: &[u8]| {
    // The reader takes what has the version at its top for a template.
    let bytes = [b"AWSTemplateFormatVersion: '2010-09-09'\n", bytes].concat();
    let options = Options { jobs: Some(1), ..Options::default() };
    read(&[Input::Bytes { name: "fuzz".to_owned(), bytes }], &options);
});
