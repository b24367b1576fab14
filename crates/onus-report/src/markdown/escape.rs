//! Makes text harmless in Markdown: no markup, no HTML, no table cell, no mention of anybody.

use crate::text::{clean, cut};

/// A text of the input is shown up to so many cells: a comment is no place for more.
const MAX_TEXT: usize = 400;

/// A sentence, in which what stands between backticks becomes code.
pub(crate) fn prose(text: &str) -> String {
    let text = clean(text);
    let text = cut(&text, MAX_TEXT);
    if text.matches('`').count() % 2 == 1 {
        return escaped(&text);
    }
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { code(part) } else { escaped(part) }).collect()
}

/// A name as code. In code, GitHub links no mention and no issue.
pub(crate) fn code(text: &str) -> String {
    let text = clean(text);
    let text = cut(&text, MAX_TEXT);
    if text.trim().is_empty() {
        return String::new();
    }
    // A fence must be longer than any run of backticks inside.
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if longest > 0 { " " } else { "" };
    // In a table even code is cut at a bar, unless it is escaped.
    format!("{fence}{gap}{}{gap}{fence}", text.replace('|', "\\|"))
}

/// A text of any length, as it stands in a table.
pub(crate) fn cell(text: &str) -> String {
    escaped(&clean(text))
}

/// Plain text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // The empty comment keeps GitHub from seeing a mention or an issue.
            '@' | '#' => out.extend([char.to_string().as_str(), "<!-- -->"]),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' => out.extend(['\\', char]),
            other => out.push(other),
        }
    }
    // Bare addresses become links by themselves.
    out.replace("://", ":<!-- -->//").replace("www.", "www<!-- -->.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            prose("a|b <img> [x](y) *z* @me #1"),
            "a\\|b &lt;img&gt; \\[x\\](y) \\*z\\* @<!-- -->me #<!-- -->1"
        );
        assert_eq!(prose("`A|B` is `x`"), "`A\\|B` is `x`");
        assert_eq!(prose("one ` only"), "one \\` only");
        assert_eq!(prose("see https://evil.example"), "see https:<!-- -->//evil.example");
        assert_eq!(code("a``b"), "``` a``b ```");
        assert_eq!(code("x\n\x1b"), "`x ␛`");
    }
}
