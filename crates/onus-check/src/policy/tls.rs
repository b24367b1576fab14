//! `onlyTls(document, name)`: whether a bucket's policy refuses everybody who comes without TLS.

use super::access::{includes_action, is_for_all};
use super::condition::is_only_false;
use super::pattern::{Token, anywhere, covers, decide, of_text};
use super::{any, both, each, either, is, known, open, statements};
use crate::eval::Ctx;
use crate::logic::{Connective, Term};
use crate::value::V;
use onus_model::{Piece, Unknown};

/// Stands for the bucket's name where nobody knows it: no name has such a letter.
const OWN: char = '\u{f8ff}';

/// Longer texts are no ARNs.
const MAX_LETTERS: usize = 2048;

/// Whether a document refuses plain HTTP on the bucket of that name, which is the resource under test, and on all its objects.
pub(crate) fn only_tls<'a>(ctx: &Ctx<'a>, document: &V<'a>, name: &V<'a>) -> V<'a> {
    let list = statements(document);
    if let Some(unknown) = list.as_unknown() {
        return open(unknown.why.derived(), list.place).value();
    }
    let refused =
        |suffix: &str| each(ctx, Connective::Or, &list, |statement| refuses(ctx, statement, name, suffix));
    both(refused(""), || refused("/*")).value()
}

fn refuses<'a>(ctx: &Ctx<'a>, statement: &V<'a>, name: &V<'a>, suffix: &str) -> Term<'a> {
    if let Some(unknown) = statement.as_unknown() {
        return open(unknown.why.derived(), statement.place);
    }
    let denies = both(is(ctx, &statement.select("Effect"), "Deny"), || is_for_all(ctx, statement));
    let acts = both(denies, || includes_action(ctx, statement, &of_text("s3:*")));
    let asked = both(acts, || is_only_false(ctx, &statement.select("Condition"), "aws:securetransport"));
    both(asked, || any(ctx, &statement.select("Resource"), |resource| is_own(ctx, resource, name, suffix)))
}

/// Whether a pattern covers the bucket, or what stands in it.
fn is_own<'a>(ctx: &Ctx<'a>, resource: &V<'a>, name: &V<'a>, suffix: &str) -> Term<'a> {
    let own = name.text().map_or_else(|| OWN.to_string(), |name| name.into_owned());
    let target = of_text(&format!("arn:*:s3:::{own}{suffix}"));
    let Some(tokens) = tokens_of(ctx, resource, name, &own) else { return known(false, resource.place) };
    let is_unnamed = !tokens.contains(&Token::Letter(OWN));
    let tokens = anywhere(tokens, &target);
    let covered = decide(ctx, resource, |taken| covers(ctx, &tokens, &target, taken));
    either(covered, || match name.as_unknown() {
        // Who writes out a name may mean this bucket.
        Some(unknown)
            if is_unnamed
                && resource
                    .as_unknown()
                    .is_none_or(|resource| resource.could.has(crate::value::Could::OTHER)) =>
        {
            open(unknown.why.derived(), resource.place)
        }
        _ => known(false, resource.place),
    })
}

/// A part of a text: a letter, or something that is not known.
#[derive(Clone, Copy, PartialEq)]
enum Part<'u> {
    Letter(char),
    Open(&'u Unknown),
}

fn parts<'u>(text: Option<&'u str>, source: Option<&'u Unknown>) -> Vec<Part<'u>> {
    let mut parts = Vec::new();
    match (text, source.map(|source| (source, &source.text))) {
        (Some(text), _) => parts.extend(text.chars().map(Part::Letter)),
        (None, Some((_, Some(text)))) => {
            for piece in text.pieces() {
                match piece {
                    Piece::Known(text) => parts.extend(text.chars().map(Part::Letter)),
                    Piece::Open(unknown) => parts.push(Part::Open(unknown)),
                }
            }
        }
        (None, Some((source, None))) => parts.push(Part::Open(source)),
        (None, None) => {}
    }
    parts
}

/// The tokens of a pattern, in which what refers to the bucket, or is written like its name, reads as the name.
fn tokens_of<'a>(ctx: &Ctx<'a>, value: &V<'a>, name: &V<'a>, own: &str) -> Option<Vec<Token>> {
    let (text, name_text) = (value.text(), name.text());
    let all = parts(text.as_deref(), value.source());
    let name = parts(name_text.as_deref(), name.source());
    if all.is_empty() {
        return value.as_unknown().map(|_| vec![Token::Open]);
    }
    if all.len() > MAX_LETTERS {
        return None;
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(part) = all.get(at) {
        let rest = &all[at..];
        match part {
            Part::Letter(_) | Part::Open(_) if is_partly_open(&name) && rest.starts_with(&name) => {
                tokens.extend(of_text(own));
                at += name.len();
                continue;
            }
            Part::Open(unknown) if is_reference(ctx, unknown) => {
                // At the beginning stands an ARN, of which a reader may know how it begins.
                let is_arn = ["", "arn:", "arn:aws"].iter().any(|known| tokens == of_text(known));
                let start = if is_arn { "arn:*:s3:::" } else { "" };
                if is_arn {
                    tokens.clear();
                }
                tokens.extend(of_text(start).into_iter().chain(of_text(own)));
            }
            Part::Open(unknown) if unknown.names.is_one() => tokens.push(Token::Name),
            Part::Open(_) => tokens.push(Token::Open),
            Part::Letter('*') => tokens.push(Token::Many),
            Part::Letter('?') => tokens.push(Token::One),
            Part::Letter(letter) => tokens.push(Token::Letter(*letter)),
        }
        at += 1;
    }
    Some(tokens)
}

fn is_partly_open(name: &[Part<'_>]) -> bool {
    name.iter().any(|part| matches!(part, Part::Open(_)))
}

/// Whether a value that names one thing refers to the resource under test.
fn is_reference(ctx: &Ctx<'_>, unknown: &Unknown) -> bool {
    unknown.names.is_one()
        && !unknown.references.is_empty()
        && unknown.references.iter().all(|reference| *reference.address == *ctx.resource.address)
}
