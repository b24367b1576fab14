//! As Markdown, for a comment on a pull request.

use super::{counted, party};
use crate::class::word;
use crate::markdown::cell;
use onus_assess::Comparison;
use std::fmt::Write as _;

/// A comment shows no more moves than this; the CSV has all of them.
const MAX_ROWS: usize = 200;

/// What moves, as a comment for a reviewer; `sides` are the words by which the two were named.
pub fn write_markdown(comparison: &Comparison, sides: [&str; 2]) -> String {
    let [before, after] = sides.map(cell);
    let mut text = format!("### What moves from {before} to {after}\n\n");
    if comparison.is_empty() {
        let _ = writeln!(
            text,
            "Nothing: all {} controls are whose they were, and no duty is newly unmet.",
            comparison.compared
        );
        return text;
    }
    for line in counted(comparison) {
        let _ = writeln!(text, "- **{line}**");
    }
    for (what, names) in [("New", &comparison.added), ("Gone", &comparison.removed)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| cell(name)).collect();
            let _ = writeln!(text, "- {what}: {}", names.join(", "));
        }
    }
    for moved in &comparison.layers {
        let (from, to) = (party(moved.from), party(moved.to));
        let _ = writeln!(
            text,
            "- {}, {}: {from} → {to} ({})",
            cell(&moved.service),
            moved.layer,
            cell(&moved.because)
        );
    }
    if !comparison.newly_unmet.is_empty() {
        text.push_str("\n**Duties newly unmet**\n\n");
        for duty in &comparison.newly_unmet {
            let _ =
                writeln!(text, "- {}, {}: {}", cell(&duty.service), duty.layer, cell(&duty.responsibility));
        }
    }
    if !comparison.controls.is_empty() {
        text.push_str("\n<details><summary>Controls and statements that move</summary>\n\n| | What | From | To |\n|---|---|---|---|\n");
        for moved in comparison.controls.iter().take(MAX_ROWS) {
            let id = moved
                .statement
                .as_ref()
                .map_or_else(|| format!("**{}**", cell(&moved.control)), |id| cell(id));
            let _ = writeln!(
                text,
                "| {id} | {} | {} | {} |",
                cell(&moved.title),
                word(moved.from),
                word(moved.to)
            );
        }
        if let Some(more) = comparison.controls.len().checked_sub(MAX_ROWS + 1) {
            let _ = writeln!(text, "\n{} more, in `--format csv`", more + 1);
        }
        text.push_str("\n</details>\n");
    }
    text
}
