//! One pass over a text, which tells where to look, and a look there.

use crate::assigned;
use crate::chars::run;
use crate::encoded;
use crate::formats::FORMATS;
use crate::keys;
use crate::names::grade;
use crate::urls;
use crate::written::{is_documented_example, is_secret};
use crate::{Examples, Found};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// Text that is encoded within encoded text is looked at this often: user data of user data.
const MAX_LAYERS: usize = 2;

/// What a word in a text leads to.
#[derive(Clone, Copy, Debug)]
enum Lead {
    /// The token of a format, by its place in the table.
    Format(usize),
    Pem,
    WebToken,
    Url,
    Name,
}

/// Everything that is looked for, by the words that lead there.
struct Words {
    automaton: AhoCorasick,
    leads: Vec<Lead>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let formats = FORMATS.iter().enumerate().map(|(at, format)| (format.prefix, Lead::Format(at)));
    let others = keys::PEM
        .map(|word| (word, Lead::Pem))
        .into_iter()
        .chain([(keys::JWT, Lead::WebToken), (urls::SCHEME_END, Lead::Url)]);
    let names = assigned::WORDS.map(|word| (word, Lead::Name));
    let (words, leads): (Vec<&str>, Vec<Lead>) = formats.chain(others).chain(names).unzip();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        // All source is read through it, so that its speed counts more than its few hundred kilobytes.
        .kind(Some(AhoCorasickKind::DFA))
        .build(words)
        .expect("a hundred short words fit");
    Words { automaton, leads }
});

/// The credentials that are written in a text, by where they begin. None lies within another.
pub fn find(text: &str) -> Vec<Found> {
    find_from(text, Examples::Ignored)
}

/// The same, with AWS's documented keys where they are asked for.
pub fn find_from(text: &str, examples: Examples) -> Vec<Found> {
    let mut found = Vec::new();
    scan(text, examples, MAX_LAYERS, &mut |one| {
        found.push(one);
        true
    });
    found.sort_by_key(|one| (one.range.start, std::cmp::Reverse(one.range.end)));
    let mut end = 0;
    found.retain(|one| {
        one.range.end > end && {
            end = one.range.end;
            true
        }
    });
    found
}

/// The kind of a credential that is written in a text, if one is.
pub fn first(text: &str, examples: Examples) -> Option<&'static str> {
    let mut kind = None;
    scan(text, examples, MAX_LAYERS, &mut |one| {
        kind = Some(one.kind);
        false
    });
    kind
}

/// The kind of the credential that a text is or holds which is the value of a name.
pub fn named(name: &str, text: &str, examples: Examples) -> Option<&'static str> {
    let by_name = || grade(name).filter(|grade| is_secret(*grade, text, examples)).map(assigned::kind);
    first(text, examples).or_else(by_name)
}

/// Looks through a text, until `take` has enough.
fn scan(text: &str, examples: Examples, layers: usize, take: &mut dyn FnMut(Found) -> bool) -> bool {
    // The shortest credential is `pw=abc`.
    if text.len() < 6 {
        return true;
    }
    let words = &*WORDS;
    let mut known = 0;
    for hit in words.automaton.find_overlapping_iter(text) {
        if hit.start() < known {
            continue;
        }
        let lead = words.leads[hit.pattern().as_usize()];
        let Some(found) = look(text, lead, hit.start()..hit.end(), examples) else { continue };
        known = found.range.end;
        if found.kind == "aws-access-key" && !beside(text, &found.range, examples).into_iter().all(&mut *take)
        {
            return false;
        }
        if !take(found) {
            return false;
        }
    }
    layers == 0 || within(text, examples, layers, take)
}

fn look(text: &str, lead: Lead, hit: Range<usize>, examples: Examples) -> Option<Found> {
    let found = |kind, range: Option<Range<usize>>| range.map(|range| Found { kind, range });
    match lead {
        Lead::Format(at) => {
            let format = &FORMATS[at];
            let shown = |range: &Range<usize>| {
                examples == Examples::Ignored && text.get(range.clone()).is_some_and(is_documented_example)
            };
            found(format.kind, format.at(text, hit.start).filter(|range| !shown(range)))
        }
        Lead::Pem => found(keys::PRIVATE_KEY, keys::private_key(text, hit.end)),
        Lead::WebToken => found(keys::WEB_TOKEN, keys::web_token(text, hit.start)),
        Lead::Url => found(urls::KIND, urls::password(text, hit.end, examples)),
        Lead::Name => assigned::value(text, hit, examples).map(|(kind, range)| Found { kind, range }),
    }
}

/// What is encoded in a text.
fn within(text: &str, examples: Examples, layers: usize, take: &mut dyn FnMut(Found) -> bool) -> bool {
    for (range, inner) in encoded::texts(text) {
        let mut kind = None;
        scan(&inner, examples, layers - 1, &mut |one| {
            kind = Some(one.kind);
            false
        });
        if let Some(kind) = kind
            && !take(Found { kind, range })
        {
            return false;
        }
    }
    true
}

/// How far from its id a secret key may stand.
const NEAR: usize = 256;
/// The length of a secret key.
const SECRET_KEY: usize = 40;

/// The secret keys beside an access key's id, which nothing but their length tells.
fn beside(text: &str, id: &Range<usize>, examples: Examples) -> Vec<Found> {
    let from = text.ceil_char_boundary(id.start.saturating_sub(NEAR));
    let to = text.floor_char_boundary((id.end + NEAR).min(text.len()));
    let is_key = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        let length = run(text, at, to - at, is_key);
        if length == SECRET_KEY && looks_random(&text[at..at + length], examples) {
            found.push(Found { kind: "aws-secret-key", range: at..at + length });
        }
        at += length.max(1);
    }
    found
}

/// Whether it has what a random text of that length has, and a hash in hexadecimal has not.
fn looks_random(text: &str, examples: Examples) -> bool {
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    let all = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit);
    all && !(examples == Examples::Ignored && is_documented_example(text))
}
