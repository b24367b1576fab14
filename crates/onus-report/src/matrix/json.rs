//! As JSON: the rows of the CSV as objects.

use super::rows::rows;
use onus_assess::Assessment;
use onus_model::Convention;

/// The matrix as a JSON list of rows.
pub fn write_json(assessment: &Assessment, convention: Option<Convention>) -> String {
    let mut text = serde_json::to_string_pretty(&rows(assessment, convention))
        .expect("INVARIANT: rows hold text and truth values");
    text.push('\n');
    text
}
