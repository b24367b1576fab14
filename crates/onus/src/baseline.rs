//! `--baseline`: what an earlier report in JSON has already.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The fingerprints of the findings in a report that did not pass.
pub(crate) fn read(path: &Path) -> Result<BTreeSet<String>> {
    let name = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{name}`"))?;
    let report: Value = serde_json::from_str(&text).with_context(|| format!("`{name}` is not JSON"))?;
    let findings = report["findings"].as_array();
    let findings =
        findings.with_context(|| format!("`{name}` is not a report of `onus assess --format json`"))?;
    let open = findings.iter().filter(|finding| finding["outcome"] != "pass");
    Ok(open.filter_map(|finding| finding["fingerprint"].as_str().map(str::to_owned)).collect())
}
