//! The literal secrets of a template, so that no report quotes them.

use super::parameters::is_secret;
use super::tree::{Syntax, Tree};
use crate::secret_names::{self, is_name_of_secret};
use onus_credentials::{Examples, named};
use onus_model::{FileId, SourceFile};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The bytes of literals that are secrets: defaults of `NoEcho` parameters, and values of what is named like a secret.
pub(crate) fn find(tree: &Tree, source: &SourceFile, file: FileId) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Some(root) = tree.root(&source.text, file) else { return found };
    for (name, _, parameter) in
        root.get("Parameters").into_iter().flat_map(|section| section.named().collect::<Vec<_>>())
    {
        let hidden = |default: &Syntax<'_>| is_secret(parameter) || is_written(name, *default);
        if let Some(default) = parameter.get("Default").filter(hidden) {
            found.push(range(default));
        }
    }
    // Aliases lead to the same node many times, so each is walked once.
    let mut seen = FxHashSet::default();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if !seen.insert(node.id()) {
            continue;
        }
        open.extend(node.items());
        for (name, _, value) in node.named() {
            if is_name_of_secret(name) {
                literals(value, &mut found);
            }
            open.push(value);
        }
        // An entry of a list of names and values, as environments and tags are written.
        let named = ["Name", "Key", "ParameterKey"].iter().find_map(|key| node.get(key)?.scalar());
        if named.is_some_and(is_name_of_secret) {
            ["Value", "ParameterValue"]
                .iter()
                .filter_map(|key| node.get(key))
                .for_each(|value| literals(value, &mut found));
        }
    }
    found
}

/// Whether what is written as the value of a name is a credential, or holds one.
fn is_written(name: &str, value: Syntax<'_>) -> bool {
    value.scalar().is_some_and(|text| named(name, text, Examples::Counted).is_some())
}

/// The same for a template that cannot be parsed: what stands behind the first colon of a suspicious line.
pub(crate) fn find_in_lines(text: &str) -> Vec<Range<usize>> {
    secret_names::in_lines(text, ':', "privatekey")
}

/// What is written out in a value: a scalar, or the texts that `Fn::Sub` and `Fn::Join` put together.
fn literals(value: Syntax<'_>, found: &mut Vec<Range<usize>>) {
    let value = match value.call() {
        None => value,
        Some(("Sub" | "Base64", argument)) => argument.item(0).unwrap_or(argument),
        Some(("Join", argument)) => {
            let parts = argument.item(1).into_iter().flat_map(|list| list.items().collect::<Vec<_>>());
            found.extend(parts.filter(|part| part.untagged_scalar().is_some()).map(range));
            return;
        }
        Some(_) => return,
    };
    // A flag such as `ManageMasterUserPassword` is no secret, nor is a name that is looked up.
    let shown = |text: &str| matches!(text, "true" | "false" | "") || text.starts_with("{{resolve:");
    if value.scalar().is_some_and(|text| !shown(text)) {
        found.push(range(value));
    }
}

fn range(node: Syntax<'_>) -> Range<usize> {
    let span = node.span();
    span.start as usize..span.end as usize
}
