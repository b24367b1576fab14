//! What is written in base64: user data, mostly.

use crate::chars::is_word;
use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::ops::Range;

/// Less than this is a word, or holds no more than a word.
const LEAST: usize = 24;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const FOR_URLS: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// The runs of base64 that are text, each with what it says.
pub(crate) fn texts(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            while bytes.get(at).is_some_and(|byte| is_word(*byte) || matches!(byte, b'+' | b'/')) {
                at += 1;
            }
            let end = at;
            while bytes.get(at) == Some(&b'=') && at - end < 2 {
                at += 1;
            }
            if at == start {
                at += 1;
            } else if end - start >= LEAST {
                return Some(start..at);
            }
        }
        None
    })
    .filter_map(|range| Some((range.clone(), decode(&text[range])?)))
}

/// What a run says, where that is text. A run of words with dashes decodes to no text.
fn decode(run: &str) -> Option<String> {
    let engine = if run.contains(['-', '_']) { &FOR_URLS } else { &PLAIN };
    let text = String::from_utf8(engine.decode(run).ok()?).ok()?;
    let odd = |letter: char| letter.is_control() && !letter.is_whitespace();
    (!text.contains(odd)).then_some(text)
}
