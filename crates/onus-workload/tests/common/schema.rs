//! The schema of Terraform's provider, where it was fetched.

use serde_json::Value;
use std::path::Path;

/// The provider's schema; none where it was not fetched.
#[allow(clippy::print_stderr, reason = "a test says what it left out")]
pub fn schema() -> Option<Value> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../provider-aws.json");
    let Ok(text) = std::fs::read(&file) else {
        eprintln!("left out: the provider's schema is not here; `cargo xtask provider` fetches it");
        return None;
    };
    Some(serde_json::from_slice(&text).unwrap())
}
