//! Runs of characters, and where words begin.

/// How many bytes from a place on are of an alphabet, at most so many.
pub(crate) fn run(text: &str, from: usize, most: usize, is: fn(u8) -> bool) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.iter().take(most).take_while(|byte| is(**byte)).count()
}

/// Whether a word can begin here: no letter or digit stands before, save that of an escape such as `\n`.
pub(crate) fn begins(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    match before {
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., last] => !last.is_ascii_alphanumeric(),
        [] => true,
    }
}

/// How many different bytes a text has.
pub(crate) fn variety(text: &str) -> usize {
    let mut seen = [false; 256];
    text.bytes().filter(|byte| !std::mem::replace(&mut seen[usize::from(*byte)], true)).count()
}

pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

pub(crate) fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

pub(crate) const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}
