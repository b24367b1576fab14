//! Comments that waive something: where they are, and what they say.

use super::Waiver;
use crate::cloudformation::tree::Syntax;
use onus_model::Notation;

const MARKERS: [(&str, Notation); 3] = [
    ("onus:ignore", Notation::Onus),
    ("checkov:skip=", Notation::Checkov),
    ("trivy:ignore:", Notation::Trivy),
];

/// How many comments of a kind are looked at; each takes a look at the text around it.
pub(super) const MAX_COMMENTS: usize = 2_000;

/// How far before and behind a marker its line is looked at.
const LONGEST: usize = 2_000;

/// A comment that waives something.
pub(super) struct Comment<'t> {
    /// The byte of its `#`.
    pub(super) start: u32,
    /// The byte after its end.
    pub(super) end: u32,
    /// Whether nothing stands before it on its line.
    pub(super) alone: bool,
    pub(super) waivers: Vec<Waiver>,
    text: &'t str,
    notation: Notation,
}

impl Comment<'_> {
    /// What it says, once more.
    pub(super) fn parse(&self) -> Vec<Waiver> {
        parse(self.text, self.notation)
    }
}

/// The comments of a template that waive something, in the order of the source.
pub(super) fn find(root: Syntax<'_>) -> Vec<Comment<'_>> {
    let text = root.source();
    let mut found: Vec<Comment<'_>> = Vec::new();
    for (marker, notation) in MARKERS {
        let marked = text.match_indices(marker).take(MAX_COMMENTS);
        found.extend(marked.filter_map(|(at, _)| comment(text, at, marker, notation)));
    }
    found.sort_by_key(|comment| (comment.start, comment.end));
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

fn comment<'t>(text: &'t str, at: usize, marker: &str, notation: Notation) -> Option<Comment<'t>> {
    let window = text.floor_char_boundary(at.saturating_sub(LONGEST));
    let line_start = text[window..at].rfind('\n').map_or(window, |newline| window + newline + 1);
    let before = &text[line_start..at];
    let hash = before.rfind('#')?;
    // Between the hash and the marker nothing but space may stand, or another waiver of the same line.
    if !before[hash + 1..].trim().is_empty() || !before[..hash].ends_with([' ', '\t', '#']) && hash > 0 {
        return None;
    }
    let rest = &text[at + marker.len()..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let said = rest.split(['\n', '\r']).next().unwrap_or(rest);
    let said = said.split(marker).next().unwrap_or(said);
    Some(Comment {
        start: (line_start + hash) as u32,
        end: (at + marker.len() + said.len()) as u32,
        alone: before[..hash].trim().is_empty(),
        waivers: parse(said, notation),
        text: said,
        notation,
    })
}

/// What stands behind the marker.
fn parse(said: &str, notation: Notation) -> Vec<Waiver> {
    match notation {
        Notation::Onus => ours(said),
        Notation::Checkov => {
            let (rules, reason) =
                said.split_once(':').map_or((said, None), |(rules, reason)| (rules, Some(reason)));
            let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
            named(
                rules,
                &Waiver { notation: Some(notation), reason: reason.map(Into::into), ..Waiver::default() },
            )
        }
        _ => {
            let rule = said.split_whitespace().next().unwrap_or_default();
            named(rule, &Waiver { notation: Some(notation), ..Waiver::default() })
        }
    }
}

/// One waiver for each rule of a list with commas, all alike but for the rule.
fn named(rules: &str, like: &Waiver) -> Vec<Waiver> {
    let rules = rules.split(',').map(str::trim).filter(|rule| !rule.is_empty());
    let waiver = |rule: &str| Waiver {
        notation: like.notation,
        rule: rule.into(),
        reason: like.reason.clone(),
        approver: like.approver.clone(),
        expires: like.expires.clone(),
    };
    rules.map(waiver).collect()
}

/// `check-a,check-b reason="…" approver="…" expires=2027-01-01`
fn ours(said: &str) -> Vec<Waiver> {
    let mut like = Waiver { notation: Some(Notation::Onus), ..Waiver::default() };
    let mut rules = String::new();
    let mut rest = said.trim_start_matches([':', '=', ' ', '\t']);
    while !rest.is_empty() {
        let word = rest.split([' ', '\t', '=']).next().unwrap_or(rest);
        let after = &rest[word.len()..];
        match after.strip_prefix('=') {
            Some(after) => {
                let (value, left) = value(after);
                match word {
                    "reason" => like.reason = Some(value.into()),
                    "approver" => like.approver = Some(value.into()),
                    "expires" => like.expires = Some(value.into()),
                    _ => {}
                }
                rest = left;
            }
            None => {
                rules.push_str(word);
                rules.push(',');
                rest = after;
            }
        }
        rest = rest.trim_start();
    }
    named(&rules, &like)
}

/// A value in quotes, or up to the next space; and what follows.
fn value(text: &str) -> (&str, &str) {
    match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => text.split_once([' ', '\t']).unwrap_or((text, "")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_notation() {
        let waivers =
            parse(r#" a-b, c reason="no = need" approver="A B" expires=2027-01-01"#, Notation::Onus);
        assert_eq!(waivers.len(), 2);
        assert_eq!(&*waivers[1].rule, "c");
        assert_eq!(waivers[0].reason.as_deref(), Some("no = need"));
        assert_eq!(waivers[0].approver.as_deref(), Some("A B"));
        assert_eq!(waivers[0].expires.as_deref(), Some("2027-01-01"));
        assert!(parse(" reason=x", Notation::Onus).is_empty());
        assert!(parse("=\"", Notation::Onus).len() <= 1);
    }
}
