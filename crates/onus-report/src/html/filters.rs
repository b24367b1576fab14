//! The templates' own filters: each escapes what it is given and returns finished markup.

// The derive passes what it has, so the signatures are not ours to choose.
#![allow(clippy::unnecessary_wraps, unreachable_pub)]

use super::escape::escaped;
use super::text::{LINK_SHOWN, NAME_SHOWN, SENTENCE_SHOWN, TITLE_LIMIT, cut, elided, grouped, is_link};
use askama::filters::Safe;

/// A name, elided in the middle where it is long, the whole of it in its title.
#[askama::filter_fn]
pub(crate) fn name(value: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    Ok(Safe(titled(value.as_ref(), &elided(value.as_ref(), NAME_SHOWN))))
}

/// A sentence, cut where it is absurdly long.
#[askama::filter_fn]
pub(crate) fn sentence(value: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    Ok(Safe(prose(&cut(value.as_ref(), SENTENCE_SHOWN))))
}

/// A sentence as people write it: with a capital and a full stop.
#[askama::filter_fn]
pub(crate) fn full(value: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    let value = value.as_ref().trim();
    let mut letters = value.chars();
    let mut text: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    text.push_str(letters.as_str());
    if !text.ends_with(['.', '!', '?', ':', '…']) && !text.is_empty() {
        text.push('.');
    }
    Ok(Safe(prose(&cut(&text, SENTENCE_SHOWN))))
}

/// An address as a link, where it is one of the web; else as text.
#[askama::filter_fn]
pub(crate) fn link(value: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    let address = value.as_ref();
    let shown = address.trim_start_matches("https://").trim_start_matches("http://");
    let shown = escaped(&elided(shown, LINK_SHOWN));
    Ok(Safe(if is_link(address) {
        format!(r#"<a class="ext" rel="noopener noreferrer" href="{}">{shown}</a>"#, escaped(address))
    } else {
        titled(address, &elided(address, NAME_SHOWN))
    }))
}

/// A source's number, linked to the page itself where it is one of the web.
#[askama::filter_fn]
pub(crate) fn reference(
    value: impl AsRef<str>,
    _: &dyn askama::Values,
    number: &usize,
) -> askama::Result<Safe<String>> {
    let address = value.as_ref();
    Ok(Safe(if is_link(address) {
        let address = escaped(address);
        format!(
            r#"<a class="ref" rel="noopener noreferrer" href="{address}" aria-label="source {number}">[{number}]</a>"#
        )
    } else {
        format!("[{number}]")
    }))
}

fn titled(whole: &str, shown: &str) -> String {
    if shown.len() >= whole.len() {
        return escaped(shown);
    }
    format!(r#"<span title="{}">{}</span>"#, escaped(&cut(whole, TITLE_LIMIT)), escaped(shown))
}

/// Prose with what stands in backticks set as code; an odd backtick stays what it is.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('`') {
        let Some((code, after)) = tail.split_once('`') else { break };
        out.push_str(&escaped(before));
        out.push_str("<code>");
        out.push_str(&titled(code, &elided(code, NAME_SHOWN)));
        out.push_str("</code>");
        rest = after;
    }
    out + &escaped(rest)
}

/// Text inside a `<title>` of the drawing, where there can be no markup.
#[askama::filter_fn]
pub(crate) fn plain(value: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    Ok(Safe(escaped(&cut(value.as_ref(), SENTENCE_SHOWN))))
}

/// A name where there can be no markup and nobody needs the whole of it: options, labels.
#[askama::filter_fn]
pub(crate) fn short(value: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    Ok(Safe(escaped(&elided(value.as_ref(), NAME_SHOWN))))
}

/// A number with commas between thousands.
#[askama::filter_fn]
pub(crate) fn number(
    value: impl std::borrow::Borrow<usize>,
    _: &dyn askama::Values,
) -> askama::Result<Safe<String>> {
    Ok(Safe(grouped(*value.borrow())))
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn backticks_become_code_and_everything_is_escaped() {
        assert_eq!(prose("`a` is <b> & `c`"), "<code>a</code> is &#60;b&#62; &#38; <code>c</code>");
        assert_eq!(prose("one ` alone"), "one ` alone");
        assert_eq!(prose("`</code>`"), "<code>&#60;/code&#62;</code>");
        assert_eq!(prose(""), "");
    }
}
