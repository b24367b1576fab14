//! Words for people: counts, dates, names that fit, addresses that may become links.

use jiff::civil::Date;
use std::borrow::Cow;

/// A name longer than this is elided where it is shown.
pub(crate) const NAME_SHOWN: usize = 72;
/// An address longer than this is elided; on paper it has to be typed, so most are shown whole.
pub(crate) const LINK_SHOWN: usize = 160;
/// How much of an elided text its `title` carries.
pub(crate) const TITLE_LIMIT: usize = 12_000;
/// A sentence longer than this is elided: nobody writes one, so it is an accident or an attack.
pub(crate) const SENTENCE_SHOWN: usize = 1_500;

/// `1 duty`, `2 duties`, `1,234 duties`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with commas between thousands.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `22 November 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %-Y").to_string()
}

/// A text of at most `limit` characters, its middle replaced by `…` where it is longer: names differ at both ends.
pub(crate) fn elided(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit || text.chars().count() <= limit {
        return Cow::Borrowed(text);
    }
    let tail = limit / 3;
    let head = limit - tail - 1;
    let start: String = text.chars().take(head).collect();
    let end: Vec<char> = text.chars().rev().take(tail).collect();
    Cow::Owned(start + "…" + &end.into_iter().rev().collect::<String>())
}

/// A text of at most `limit` characters, its end replaced by `…` where it is longer.
pub(crate) fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

/// Whether an address may become a link: http and https only.
pub(crate) fn is_link(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphanumeric())
            && address.len() <= 2_000
            && !address.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

/// Letters, digits and hyphens of a text, for an `id`.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars().take(60) {
        if character.is_ascii_alphanumeric() {
            out.push(character.to_ascii_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_read_well() {
        assert_eq!(count(1, "duty", "duties"), "1 duty");
        assert_eq!(count(0, "duty", "duties"), "0 duties");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(123), "123");
        assert_eq!(day(jiff::civil::date(2026, 11, 22)), "22 November 2026");
    }

    #[test]
    fn a_long_name_keeps_both_ends() {
        assert_eq!(elided("short", 9), "short");
        assert_eq!(elided("abcdefghijklmnop", 9), "abcde…nop");
        assert_eq!(elided("äöüäöü", 6), "äöüäöü");
        assert_eq!(elided(&"x".repeat(10_000), NAME_SHOWN).chars().count(), NAME_SHOWN);
        assert_eq!(cut("abcdef", 3), "abc…");
    }

    #[test]
    fn only_the_web_becomes_a_link() {
        assert!(is_link("https://docs.aws.amazon.com/x?y=1#z"));
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "https://", "//x.y", "https://a b", "file:///etc", ""]
        {
            assert!(!is_link(bad), "{bad}");
        }
    }

    #[test]
    fn a_slug_is_safe_in_an_id() {
        assert_eq!(slug("ECS on \"Fargate\"!"), "ecs-on-fargate");
        assert_eq!(slug("</script>"), "script");
        assert_eq!(slug("日本"), "");
    }
}
