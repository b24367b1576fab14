//! The comments of a template that waive something.

use crate::cloudformation::tree::Syntax;
use crate::waiver::{self, Comment};

/// The comments of a template that waive something, in the order of the source.
pub(super) fn find(root: Syntax<'_>) -> Vec<Comment<'_>> {
    let mut found = waiver::comments(root.source(), waiver::OF_TEMPLATES, &["#"]);
    // What looks like a comment may be text, of a script for instance.
    let mut within = vec![false; found.len()];
    for (start, end) in root.tree().scalar_spans() {
        let first = found.partition_point(|comment| comment.start < start);
        for (at, comment) in found.iter().enumerate().skip(first) {
            if comment.start >= end {
                break;
            }
            within[at] = true;
        }
    }
    let mut within = within.into_iter();
    found.retain(|_| !within.next().unwrap_or(false));
    found
}
