//! Tokens that are told by how they are written.

use crate::chars::{begins, is_base64, is_word, run, variety};
use crate::written::is_marked_as_placeholder;
use std::ops::Range;
use std::sync::LazyLock;

/// How a kind of token is written.
#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) kind: &'static str,
    pub(crate) prefix: &'static str,
    alphabet: fn(u8) -> bool,
    least: usize,
    most: usize,
}

/// The table, in the order of the file.
pub(crate) static FORMATS: LazyLock<Vec<Format>> =
    LazyLock::new(|| include_str!("../formats.txt").lines().filter_map(line).collect());

/// A line of the table; none for comments and what is no format, which a test looks for.
fn line(line: &'static str) -> Option<Format> {
    let line = line.split('#').next()?;
    let mut words = line.split_whitespace();
    let (kind, prefix, alphabet, length) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (least, most) = length.split_once('-').unwrap_or((length, length));
    Some(Format {
        kind,
        prefix,
        alphabet: self::alphabet(alphabet)?,
        least: least.parse().ok()?,
        most: most.parse().ok()?,
    })
}

fn alphabet(name: &str) -> Option<fn(u8) -> bool> {
    Some(match name {
        "hex" => |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        "lower" => |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        "upper" => |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        "alnum" => |byte| byte.is_ascii_alphanumeric(),
        "word" => is_word,
        "dotted" => |byte| is_word(byte) || byte == b'.',
        "base64" => is_base64,
        "path" => |byte| is_word(byte) || byte == b'/',
        _ => return None,
    })
}

/// The fewest different characters that a token has: one that is made of fewer is drawn, as `ghp_xxxx…`.
const LEAST_VARIETY: usize = 4;

impl Format {
    /// The token whose prefix stands here.
    pub(crate) fn at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let body = at + self.prefix.len();
        if text.get(at..body)? != self.prefix {
            return None;
        }
        // What is told by a word in its middle has its beginning before it.
        let at = if self.prefix.starts_with('.') { start(text, at) } else { at };
        if !begins(text, at) {
            return None;
        }
        let length = run(text, body, self.most + 1, self.alphabet);
        let end = body + length;
        let follows = text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric);
        if !(self.least..=self.most).contains(&length) || follows {
            return None;
        }
        let token = text.get(body..end)?;
        (variety(token) >= LEAST_VARIETY && !is_marked_as_placeholder(token)).then_some(at..end)
    }
}

/// The longest part of a token before the word that it is told by.
const MAX_BEFORE: usize = 64;

fn start(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    at - before.iter().rev().take(MAX_BEFORE).take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_format() {
        let lines = include_str!("../formats.txt").lines();
        let written = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        assert_eq!(FORMATS.len(), written);
        for format in FORMATS.iter() {
            assert!(
                format.prefix.len() >= 2 && format.least <= format.most && format.least >= 10,
                "{format:?}"
            );
            assert!(
                format
                    .kind
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'0'..=b'9'))
            );
        }
    }

    #[test]
    fn a_token_of_every_format_is_found_and_a_longer_or_drawn_one_is_not() {
        for format in FORMATS.iter() {
            let letters =
                (b'0'..=b'z').filter(|byte| byte.is_ascii_alphanumeric() && (format.alphabet)(*byte));
            let body: Vec<u8> = letters.cycle().take(format.least).collect();
            let body = String::from_utf8(body).expect("letters are text");
            let token = format!("{}{body}", format.prefix);
            let text = format!("x {token} y");
            assert_eq!(format.at(&text, 2), Some(2..2 + token.len()), "{}", format.prefix);
            let longer = format!("{}{}", format.prefix, body.repeat(format.most / format.least + 1));
            assert_eq!(format.at(&longer, 0), None, "{longer}");
            let drawn = format!("{}{}", format.prefix, body[..1].repeat(format.least));
            assert_eq!(format.at(&drawn, 0), None, "{drawn}");
        }
    }
}
