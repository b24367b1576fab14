//! Passwords in addresses: `postgres://app:…@db/shop`.

use crate::Examples;
use crate::names::Grade;
use crate::written::is_secret;
use std::ops::Range;

pub(crate) const KIND: &str = "url-password";
pub(crate) const SCHEME_END: &str = "://";

/// The longest name and password in an address.
const MAX_USER: usize = 512;

/// The password of the address of which `://` ends here.
pub(crate) fn password(text: &str, at: usize, examples: Examples) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let scheme = at.checked_sub(SCHEME_END.len() + 1).and_then(|last| bytes.get(last))?;
    if !scheme.is_ascii_alphanumeric() {
        return None;
    }
    let rest = bytes.get(at..(at + MAX_USER).min(bytes.len()))?;
    let ends = |byte: &u8| {
        byte.is_ascii_whitespace() || matches!(byte, b'/' | b'?' | b'"' | b'\'' | b'<' | b'>' | b'@' | b'\\')
    };
    let end = rest.iter().position(ends).filter(|end| rest[*end] == b'@')?;
    let colon = rest[..end].iter().position(|byte| *byte == b':')?;
    let range = at + colon + 1..at + end;
    let password = text.get(range.clone())?;
    // Here a placeholder is as likely to be a word as a password is, so that only what is filled in is none.
    let plain = password.len() == 1 || is_secret(Grade::Password, password, examples);
    (plain && !password.starts_with(['$', '%', '*', '{', '<'])).then_some(range)
}
