//! Which resource a comment belongs to.

use crate::cloudformation::stack::Stack;
use crate::cloudformation::tree::Syntax;
use crate::waiver::Comment;

/// How far a comment may be from what it stands beside.
const LONGEST_LINE: u32 = 10_000;

/// Where a resource stands in the source.
pub(super) struct Block {
    start: u32,
    end: u32,
}

/// What a comment belongs to.
pub(super) enum Place {
    /// The whole template.
    Template,
    /// The resource whose key begins at this byte.
    Resource(u32),
    /// Nothing.
    Nowhere,
}

/// The resources of a template, in the order of the source.
pub(super) fn blocks(stack: &Stack<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for entry in &stack.resources {
        let (key, value) = (entry.key.span(), entry.value.span());
        // An alias's value stands elsewhere.
        let end = if value.start >= key.start { value.end } else { key.end };
        blocks.push(Block { start: key.start, end: end.max(key.end) });
    }
    blocks.sort_by_key(|block| block.start);
    blocks.dedup_by_key(|block| block.start);
    blocks
}

/// Finds what a comment belongs to.
pub(super) fn of(comment: &Comment<'_>, blocks: &[Block], root: Syntax<'_>) -> Place {
    let text = root.source();
    let next = blocks.partition_point(|block| block.start <= comment.start);
    let before = next.checked_sub(1).and_then(|at| blocks.get(at));
    if let Some(block) = before
        && (comment.start < block.end || same_line(text, block.end, comment.start))
    {
        return Place::Resource(block.start);
    }
    if comment.start <= root.span().start {
        return Place::Template;
    }
    let following = blocks.get(next);
    if let Some(block) = before {
        // Behind the last property of a block, and indented as if it were one.
        let gap_is_blank = only_comments(text, block.end, comment.start);
        if comment.alone && gap_is_blank && column(text, comment.start) > column(text, block.start) {
            return Place::Resource(block.start);
        }
    }
    match following {
        Some(block) if comment.alone && only_comments(text, comment.end, block.start) => {
            Place::Resource(block.start)
        }
        _ => Place::Nowhere,
    }
}

fn same_line(text: &str, from: u32, to: u32) -> bool {
    to.saturating_sub(from) < LONGEST_LINE
        && text.get(from as usize..to as usize).is_some_and(|between| !between.contains('\n'))
}

fn column(text: &str, at: u32) -> usize {
    let window = text.floor_char_boundary((at.saturating_sub(LONGEST_LINE)) as usize);
    let before = text.get(window..at as usize).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |newline| newline + 1)
}

/// Whether nothing stands between two places but space and comments.
fn only_comments(text: &str, from: u32, to: u32) -> bool {
    let Some(between) = text.get(from as usize..to as usize) else { return false };
    between.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}
