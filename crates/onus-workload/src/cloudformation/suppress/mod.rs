//! Waivers that stand in templates: comments beside a resource, and `Metadata`.
//!
//! | where | how |
//! |---|---|
//! | comment | `# onus:ignore s3-bucket-versioning reason="…" approver="…" expires=2027-01-01` |
//! | comment | `# checkov:skip=CKV_AWS_18:reason`, `# trivy:ignore:AVD-AWS-0089` |
//! | `Metadata` | `onus: {ignore: [{check, reason, approver, expires}]}` |
//! | `Metadata` | `checkov: {skip: [{id, comment}]}` |
//! | `Metadata` | `cfn_nag`, `cdk_nag`: `{rules_to_suppress: [{id, reason}]}` |
//!
//! An entry of cdk_nag with `applies_to` holds for some of what the rule finds, and is kept as narrowed.
//!
//! A comment belongs to the resource that it stands in or beside; one that stands alone before a resource
//! belongs to that; one before everything else, like the template's own metadata, to the whole template.

mod comment;
mod place;

use super::conditions::Truth;
use super::foreach::Entry;
use super::stack::Stack;
use super::tree::Syntax;
use crate::waiver::{MAX_COMMENTS, Waiver};
use onus_model::{Notation, Problem, ProblemKind, Span};

/// The waivers of the template's own metadata.
pub(crate) fn of_template(stack: &Stack<'_>) {
    if let Some(metadata) = stack.section("Metadata") {
        of_metadata(stack, metadata, None);
    }
}

/// The waivers of a resource's metadata.
pub(crate) fn of_resource<'t>(stack: &Stack<'t>, entry: &Entry<'t>) {
    if let Some(metadata) = entry.value.get("Metadata") {
        of_metadata(stack, metadata, Some(&entry.name));
    }
}

fn of_metadata(stack: &Stack<'_>, metadata: Syntax<'_>, resource: Option<&str>) {
    let sources = [
        (Notation::Onus, "onus", "ignore", "check", "reason"),
        (Notation::Checkov, "checkov", "skip", "id", "comment"),
        (Notation::CfnNag, "cfn_nag", "rules_to_suppress", "id", "reason"),
        (Notation::CdkNag, "cdk_nag", "rules_to_suppress", "id", "reason"),
    ];
    for (notation, tool, list, rule, reason) in sources {
        let Some(list) = metadata.get(tool).and_then(|tool| tool.get(list)) else { continue };
        for item in list.items() {
            let text = |key: &str| item.get(key).and_then(Syntax::scalar).map(Into::into);
            let Some(rule) = text(rule).or_else(|| item.untagged_scalar().map(Into::into)) else {
                stack.run.invalid(item.span(), format!("this waiver names no `{rule}`"));
                continue;
            };
            let ours = notation == Notation::Onus;
            let waiver = Waiver {
                notation: Some(notation),
                rule,
                reason: text(reason),
                approver: ours.then(|| text("approver")).flatten(),
                expires: ours.then(|| text("expires")).flatten(),
                limit: item.get("applies_to").map(|_| "applies_to".into()),
            };
            push(stack, waiver, resource, item.span());
        }
    }
}

/// The waivers of comments.
pub(crate) fn of_comments(stack: &Stack<'_>) {
    let comments = comment::find(stack.root);
    if comments.is_empty() {
        return;
    }
    if comments.len() >= MAX_COMMENTS {
        let message = format!("only the first {} waivers of a kind are read", MAX_COMMENTS);
        stack.run.problem(Problem::at(ProblemKind::Limit, stack.root.span(), message));
    }
    let blocks = place::blocks(stack);
    for comment in comments {
        let span = Span::new(stack.root.file(), comment.start, comment.end);
        if comment.waivers.is_empty() {
            stack.run.invalid(span, "this waiver names no check");
        }
        match place::of(&comment, &blocks, stack.root) {
            place::Place::Template => {
                comment.waivers.into_iter().for_each(|waiver| push(stack, waiver, None, span));
            }
            place::Place::Resource(start) => {
                let beside = |entry: &&Entry<'_>| entry.key.span().start == start;
                for entry in stack.resources.iter().filter(beside) {
                    if stack.included(entry) != Truth::Is(false) {
                        comment
                            .parse()
                            .into_iter()
                            .for_each(|waiver| push(stack, waiver, Some(&entry.name), span));
                    }
                }
            }
            place::Place::Nowhere => {
                stack.run.invalid(span, "this waiver stands beside no resource, so it waives nothing");
            }
        }
    }
}

fn push(stack: &Stack<'_>, waiver: Waiver, resource: Option<&str>, span: Span) {
    let address = resource.map(|name| stack.address(name).into());
    stack.run.suppressions.borrow_mut().extend(waiver.of(address, span));
}
