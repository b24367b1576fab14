//! A document to text.

use crate::document::Document;
use crate::error::OscalError;

/// Writes JSON, indented, with a newline at the end. The fields of an object come in the order of the standard, those
/// that are not known after them by name, and what is empty is left out: the same document gives the same text.
pub fn write_json(document: &Document) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("all keys are text");
    text.push('\n');
    text
}

/// Writes YAML, in the same order.
///
/// # Errors
/// Where the YAML writer refuses a value.
pub fn write_yaml(document: &Document) -> Result<String, OscalError> {
    let options = serde_saphyr::ser_options! { yaml_12: false, prefer_block_scalars: true };
    serde_saphyr::to_string_with_options(document, options)
        .map_err(|error| OscalError::Write { message: error.to_string() })
}
