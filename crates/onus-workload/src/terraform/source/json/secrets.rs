//! What is named like a secret anywhere in a JSON text, in comments and in what is not read as well.

use crate::secret_names::is_name_of_secret;
use crate::syntax::{Shape, Syntax};
use std::ops::Range;

/// The bytes of texts and numbers that are named like a secret; a reference alone is none.
pub(super) fn find(root: Syntax<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        open.extend(node.items());
        for (name, _, value) in node.named() {
            let is_secret = match value.shape() {
                Shape::Text => !value.scalar().is_some_and(is_reference),
                Shape::Number => true,
                Shape::Plain | Shape::List | Shape::Map => false,
            };
            if is_secret && is_name_of_secret(name) {
                found.push(value.span().start as usize..value.span().end as usize);
            }
            open.push(value);
        }
    }
    found
}

/// Whether a text is one interpolation that holds no text of its own.
fn is_reference(text: &str) -> bool {
    let inner = text.strip_prefix("${").and_then(|text| text.strip_suffix('}'));
    inner.is_some_and(|inner| !inner.contains(['{', '}', '"', '<']))
}
