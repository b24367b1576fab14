//! Text as OSCAL takes it.

use crate::text::clean;

/// One line, without space at its ends; `-` where nothing is left, since OSCAL knows no empty text.
pub(super) fn line(text: &str) -> String {
    let cleaned = clean(text);
    let line = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "-".to_owned() } else { harmless(&line) }
}

/// Lines of Markdown, each cleaned on its own.
pub(super) fn prose(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(|line| clean(line).trim_end().to_owned()).collect();
    if lines.is_empty() { "-".to_owned() } else { harmless(&lines.join("\n")) }
}

/// What an input says must neither insert a parameter nor link to a part of the document.
fn harmless(text: &str) -> String {
    text.replace("{{", "{ {").replace("](#", "] (#")
}

/// A text that ends as a sentence does.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_input_says_is_only_text() {
        assert_eq!(line("  a\n\tb "), "a b");
        assert_eq!(line("\n"), "-");
        assert_eq!(prose("see [x](#y)\n{{ insert: param, z }}"), "see [x] (#y)\n{ { insert: param, z }}");
        assert_eq!(sentence("so it is"), "so it is.");
    }
}
