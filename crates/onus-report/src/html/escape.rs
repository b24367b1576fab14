//! Text becomes markup: escaped for HTML and XML alike, and the page cleaned of what neither may hold.

use askama::filters::{Escaper as _, Html};

/// Text escaped for HTML and XML, content and attributes alike: the escaping of the templates, for filters.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    Html.write_escaped_str(&mut out, text).expect("INVARIANT: writing to a string does not fail");
    out
}

/// The page without control characters, which HTML and XML forbid, and without the characters that turn the
/// direction of text around, which could make a line of source read as another. Each becomes U+FFFD.
pub(crate) fn cleaned(page: String) -> String {
    if page.contains(is_unwanted) { page.replace(is_unwanted, "\u{fffd}") } else { page }
}

const fn is_unwanted(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_does_not_get_through() {
        assert_eq!(escaped("plain, ünïcode\n"), "plain, ünïcode\n");
        let escaped = escaped(r#"</script><a b="c" d='e'>&"#);
        assert!(!escaped.contains(['<', '>', '"', '\'']), "{escaped}");
    }

    #[test]
    fn what_is_forbidden_is_replaced() {
        assert_eq!(cleaned("a\0b\u{1b}[31mc\u{202e}d\te\n".into()), "a\u{fffd}b\u{fffd}[31mc\u{fffd}d\te\n");
    }
}
