//! Waivers in comments: which block each belongs to.
//!
//! A comment belongs to the block that it stands in, or to the one that follows it with nothing but comments between.

use super::configuration::span;
use crate::waiver::{self, Waiver};
use hcl_edit::Decorated;
use hcl_edit::Span as _;
use hcl_edit::structure::{Block, Body};
use hcl_edit::template::{HeredocTemplate, StringTemplate};
use hcl_edit::visit::{Visit, visit_heredoc_template, visit_string_template};
use onus_model::{FileId, Problem, ProblemKind, Span};
use std::ops::Range;

/// Waivers at a block.
#[derive(Debug)]
pub(crate) struct Placed {
    /// The first byte of the block.
    pub(super) block: u32,
    pub(super) waivers: Vec<Waiver>,
    pub(super) span: Span,
}

/// The waivers of a file.
pub(super) fn find(file: FileId, text: &str, body: &Body, problems: &mut Vec<Problem>) -> Vec<Placed> {
    let comments = waiver::comments(text, waiver::OF_TERRAFORM, &["#", "//"]);
    if comments.is_empty() {
        return Vec::new();
    }
    if comments.len() >= waiver::MAX_COMMENTS {
        let message = format!("only the first {} waivers of a kind are read", waiver::MAX_COMMENTS);
        problems.push(Problem::at(ProblemKind::Limit, Span::new(file, 0, 0), message));
    }
    let mut texts = Texts(Vec::new());
    texts.visit_body(body);
    let resources: Vec<&Block> = body.get_blocks("resource").collect();
    let others: Vec<&Block> = body.blocks().filter(|block| block.ident.as_str() != "resource").collect();
    let mut placed = Vec::new();
    for comment in comments {
        if texts.0.iter().any(|range| range.contains(&(comment.start as usize))) {
            continue;
        }
        let place = Span::new(file, comment.start, comment.end);
        if comment.waivers.is_empty() {
            let kind = if comment.is_ours() { ProblemKind::Invalid } else { ProblemKind::NotEvaluated };
            problems.push(Problem::at(kind, place, "this waiver names no check"));
            continue;
        }
        let beside = |blocks: &[&Block]| {
            blocks.iter().map(|block| span(file, *block)).find(|block| {
                let within = block.start <= comment.start && comment.start < block.end;
                let between = text.get(comment.end as usize..block.start as usize);
                within
                    || comment.alone && between.is_some_and(only_comments)
                    || is_behind(text, block, comment.start)
            })
        };
        match beside(&resources) {
            Some(block) => placed.push(Placed { block: block.start, waivers: comment.waivers, span: place }),
            // Other tools have checks of modules, variables and data sources, which are none of ours.
            None if !comment.is_ours() && beside(&others).is_some() => {}
            None if !comment.is_ours() => {
                let message = "this waiver of another tool stands beside no block, so it waives nothing";
                problems.push(Problem::at(ProblemKind::NotEvaluated, place, message));
            }
            None => {
                let message = "this waiver stands beside no resource, so it waives nothing";
                problems.push(Problem::at(ProblemKind::Invalid, place, message));
            }
        }
    }
    placed
}

/// Whether a comment stands behind the end of a block, on its line.
fn is_behind(text: &str, block: &Span, at: u32) -> bool {
    text.get(block.end as usize..at as usize)
        .is_some_and(|between| between.trim().is_empty() && !between.contains('\n'))
}

/// Whether there is nothing but comments and space.
fn only_comments(text: &str) -> bool {
    text.lines().skip(1).all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line.starts_with("//")
    })
}

/// The places of texts: what looks like a comment within them is none.
struct Texts(Vec<Range<usize>>);

impl Visit for Texts {
    fn visit_string(&mut self, text: &Decorated<String>) {
        self.0.extend(text.span());
    }

    fn visit_string_template(&mut self, template: &StringTemplate) {
        self.0.extend(template.span());
        visit_string_template(self, template);
    }

    fn visit_heredoc_template(&mut self, template: &HeredocTemplate) {
        self.0.extend(template.span());
        visit_heredoc_template(self, template);
    }
}
