//! Waivers: what a comment says, in whatever language it stands.

use onus_model::{Notation, Span, Suppression};

/// What a waiver says, wherever it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Waiver {
    pub(crate) notation: Option<Notation>,
    pub(crate) rule: Box<str>,
    pub(crate) reason: Option<Box<str>>,
    pub(crate) approver: Option<Box<str>>,
    pub(crate) expires: Option<Box<str>>,
    pub(crate) limit: Option<Box<str>>,
}

impl Waiver {
    /// The waiver of a resource, or of everything; none where it is in no notation.
    pub(crate) fn of(self, resource: Option<Box<str>>, span: Span) -> Option<Suppression> {
        Some(Suppression {
            notation: self.notation?,
            rule: self.rule,
            reason: self.reason,
            approver: self.approver,
            expires: self.expires,
            limit: self.limit,
            resource,
            scope: 0,
            span,
        })
    }
}

/// What announces a waiver in templates.
pub(crate) const OF_TEMPLATES: &[(&str, Notation)] = &[
    ("onus:ignore", Notation::Onus),
    ("checkov:skip=", Notation::Checkov),
    ("trivy:ignore:", Notation::Trivy),
];

/// What announces a waiver in Terraform source.
pub(crate) const OF_TERRAFORM: &[(&str, Notation)] = &[
    ("onus:ignore", Notation::Onus),
    ("checkov:skip=", Notation::Checkov),
    ("trivy:ignore:", Notation::Trivy),
    ("tfsec:ignore:", Notation::Tfsec),
];

/// How many comments of a kind are looked at; each takes a look at the text around it.
pub(crate) const MAX_COMMENTS: usize = 2_000;

/// How far before and behind a marker its line is looked at.
const LONGEST: usize = 2_000;

/// A comment that waives something.
pub(crate) struct Comment<'t> {
    /// The byte of its `#`.
    pub(crate) start: u32,
    /// The byte after its end.
    pub(crate) end: u32,
    /// Whether nothing stands before it on its line.
    pub(crate) alone: bool,
    pub(crate) waivers: Vec<Waiver>,
    text: &'t str,
    notation: Notation,
}

impl Comment<'_> {
    /// Whether it is in the notation of onus, rather than in another tool's.
    pub(crate) fn is_ours(&self) -> bool {
        self.notation == Notation::Onus
    }

    /// What it says, once more.
    pub(crate) fn parse(&self) -> Vec<Waiver> {
        parse(self.text, self.notation)
    }
}

/// The comments of a text that waive something, in the order of the source; `starts` are what begins a comment.
///
/// What looks like a comment may be text, of a script for instance: the caller knows.
pub(crate) fn comments<'t>(text: &'t str, markers: &[(&str, Notation)], starts: &[&str]) -> Vec<Comment<'t>> {
    let mut found: Vec<Comment<'t>> = Vec::new();
    for (marker, notation) in markers {
        let marked = text.match_indices(marker).take(MAX_COMMENTS);
        found.extend(marked.filter_map(|(at, _)| comment(text, at, marker, *notation, starts)));
    }
    found.sort_by_key(|comment| (comment.start, comment.end));
    found
}

fn comment<'t>(
    text: &'t str,
    at: usize,
    marker: &str,
    notation: Notation,
    starts: &[&str],
) -> Option<Comment<'t>> {
    let window = text.floor_char_boundary(at.saturating_sub(LONGEST));
    let line_start = text[window..at].rfind('\n').map_or(window, |newline| window + newline + 1);
    let before = &text[line_start..at];
    let (hash, length) = starts.iter().filter_map(|start| Some((before.rfind(start)?, start.len()))).max()?;
    // Between the hash and the marker nothing but space may stand.
    let before_it = before[..hash].chars().next_back();
    if !before[hash + length..].trim().is_empty()
        || !before_it.is_none_or(|letter| matches!(letter, ' ' | '\t' | '#' | '/' | '{' | '}'))
    {
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
            // `RULE`, `RULE:exp:2027-01-01`, `RULE:ws:production`, `RULE[argument=value]`.
            let said = said.split_whitespace().next().unwrap_or_default();
            let (rule, after) = said.split_once(':').unwrap_or((said, ""));
            let (rule, argument) = rule
                .split_once('[')
                .map_or((rule, None), |(rule, argument)| (rule, Some(argument.trim_end_matches(']'))));
            let words: Vec<&str> = after.split(':').collect();
            let of = |key: &str| words.windows(2).find(|pair| pair[0] == key).map(|pair| pair[1]);
            let limit = argument.map(Into::into).or_else(|| of("ws").map(|name| format!("ws:{name}").into()));
            let expires = of("exp").map(Into::into);
            named(rule, &Waiver { notation: Some(notation), expires, limit, ..Waiver::default() })
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
        limit: like.limit.clone(),
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

    #[test]
    fn an_expiry_of_the_others() {
        let waivers = parse("AVD-AWS-0086:exp:2027-01-01 more", Notation::Trivy);
        assert_eq!((&*waivers[0].rule, waivers[0].expires.as_deref()), ("AVD-AWS-0086", Some("2027-01-01")));
    }

    #[test]
    fn what_narrows_a_waiver_of_the_others_is_kept() {
        for (said, limit) in [
            ("aws-vpc-no-public-ingress", None),
            ("aws-vpc-no-public-ingress[from_port=22]", Some("from_port=22")),
            ("aws-vpc-no-public-ingress:ws:dev", Some("ws:dev")),
            ("aws-vpc-no-public-ingress:exp:2027-01-01:ws:dev", Some("ws:dev")),
            ("aws-vpc-no-public-ingress:exp:2027-01-01", None),
        ] {
            let waiver = &parse(said, Notation::Tfsec)[0];
            assert_eq!((&*waiver.rule, waiver.limit.as_deref()), ("aws-vpc-no-public-ingress", limit));
            let expires = said.contains(":exp:").then_some("2027-01-01");
            assert_eq!(waiver.expires.as_deref(), expires, "{said}");
        }
    }
}
