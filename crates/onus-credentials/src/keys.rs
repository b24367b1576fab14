//! Private keys in PEM, and JSON web tokens.

use crate::chars::{is_word, run};
use std::ops::Range;

pub(crate) const PRIVATE_KEY: &str = "private-key";
pub(crate) const WEB_TOKEN: &str = "json-web-token";

/// The end of the line that a private key begins with; of PGP's there is one word more.
pub(crate) const PEM: [&str; 2] = ["PRIVATE KEY-----", "PRIVATE KEY BLOCK-----"];
pub(crate) const JWT: &str = "eyJ";

/// The longest first line of a key.
const MAX_HEADER: usize = 64;
/// A key of 16,384 bits has 13 KB.
const MAX_KEY: usize = 16 << 10;
/// Less than this is no key, but a line that looks for one.
const LEAST_KEY: usize = 16;
const MAX_TOKEN: usize = 8 << 10;

/// The key whose first line ends here.
pub(crate) fn private_key(text: &str, line_end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let from = line_end.saturating_sub(MAX_HEADER);
    let header = bytes.get(from..line_end)?;
    let start = from + header.windows(11).rposition(|window| window == b"-----BEGIN ")?;
    if bytes.get(start..line_end)?.contains(&b'\n') {
        return None;
    }
    let rest = bytes.get(line_end..(line_end + MAX_KEY).min(bytes.len()))?;
    // This looks at little, so that many lines without a key take no time.
    if !begins_with_key(rest) {
        return None;
    }
    let length = rest.windows(8).position(|window| window == b"-----END").unwrap_or(rest.len());
    // Line breaks may be escaped, and lines may be those of a list or of `echo`.
    let body = rest.get(..length)?.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
    (body >= LEAST_KEY).then(|| start..text.ceil_char_boundary(line_end + length))
}

/// Whether a line of base64 follows soon: within a script that looks for keys none does.
fn begins_with_key(rest: &[u8]) -> bool {
    let near = rest.get(..rest.len().min(256)).unwrap_or_default();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    near.split(|byte| !plain(byte)).any(|run| run.len() >= LEAST_KEY)
}

/// The token that begins here: three parts, of which the first two are JSON objects.
pub(crate) fn web_token(text: &str, at: usize) -> Option<Range<usize>> {
    let part = |from: usize| run(text, from, MAX_TOKEN, is_word);
    let dot = |at: usize| text.as_bytes().get(at) == Some(&b'.');
    // It is a run of its own, so that each is walked once.
    let apart = match text.as_bytes().get(..at)? {
        [.., b'\\', b'n' | b'r' | b't'] | [] => true,
        [.., last] => !is_word(*last),
    };
    if !apart {
        return None;
    }
    let head = at + part(at);
    if head - at < 17 || !dot(head) || text.get(head + 1..head + 4) != Some(JWT) {
        return None;
    }
    let body = head + 1 + part(head + 1);
    let end = body + 1 + part(body + 1);
    (dot(body) && end - body > 10).then_some(at..end)
}
