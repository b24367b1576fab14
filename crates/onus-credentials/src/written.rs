//! Whether a text that stands where a secret belongs is one: no reference, no placeholder, no name of a secret.

use crate::chars::variety;
use crate::names::Grade;
use crate::{Examples, WRITTEN_OUT};

/// More than this is a document, not a password or key that a name gives away.
const MAX_SECRET: usize = 4096;

/// Words that are settings where a secret belongs.
const SETTINGS: [&str; 22] = [
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "null",
    "none",
    "nil",
    "undefined",
    "enabled",
    "disabled",
    "required",
    "optional",
    "auto",
    "n/a",
    "string",
    "str",
    "number",
    "sensitive",
    "secret manager",
    "unknown",
];

/// Words that say that something else is to stand there. `changeme` is not among them where a password belongs, since
/// it becomes the password.
const PLACEHOLDERS: [&str; 10] =
    ["placeholder", "replace", "your", "redacted", "example", "xxxx", "todo", "fixme", "dummy", "insert"];

/// The same for what is given out by others: nobody issues such a token.
const NEVER_ISSUED: [&str; 3] = ["changeme", "change_me", "change-me"];

/// What a text holds that is filled in elsewhere.
const FILLED_IN: [&str; 9] = ["${", "{{", "$(", "<%", "#{", "@{", "%{", "@@", "__"];

/// Whether a text that stands for a secret of that grade is one.
pub(crate) fn is_secret(grade: Grade, text: &str, examples: Examples) -> bool {
    let text = text.trim();
    if text == WRITTEN_OUT {
        return true;
    }
    if text.is_empty() || text.len() > MAX_SECRET || is_filled_in(text) || is_drawn(text) || is_setting(text)
    {
        return false;
    }
    if examples == Examples::Ignored && is_documented_example(text) || is_locator(text) {
        return false;
    }
    match grade {
        Grade::Password => {
            // A sentence is a description.
            text.split_whitespace().count() <= 3 && !is_marked_as_placeholder(text) && text.len() >= 3
        }
        Grade::Secret => text.len() >= 6 && is_issued(text) && !is_number(text),
        Grade::Token => text.len() >= 8 && is_issued(text) && is_mixed(text),
    }
}

/// Keys of AWS's documentation are marked, so that they can be told.
pub(crate) fn is_documented_example(text: &str) -> bool {
    text.contains("EXAMPLE")
}

/// Whether a token says of itself that it is none.
pub(crate) fn is_marked_as_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    // The documentation's mark is judged apart, as it can be asked for.
    !is_documented_example(text) && PLACEHOLDERS.iter().any(|word| lower.contains(word))
}

fn is_issued(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let never = NEVER_ISSUED.iter().any(|word| lower.contains(word));
    !never && !text.contains(char::is_whitespace) && !is_marked_as_placeholder(text) && !is_words(text)
}

/// Whether a part of it is filled in before it is used: by a shell, a template, CloudFormation, or a person.
fn is_filled_in(text: &str) -> bool {
    let mut letters = text.chars();
    let variable =
        letters.next() == Some('$') && letters.next().is_some_and(|next| next.is_alphabetic() || next == '.');
    let marked = |start: char, end: char| text.starts_with(start) && text.ends_with(end);
    variable
        || text.starts_with('`')
        || (marked('<', '>') || marked('%', '%') || marked('[', ']') || marked('{', '}')) && text.len() > 1
        || FILLED_IN.iter().any(|mark| text.contains(mark))
}

/// Whether it is drawn rather than written: `****`, `xxxxx`, `...`.
fn is_drawn(text: &str) -> bool {
    variety(text) == 1 && text.bytes().all(|byte| !byte.is_ascii_digit())
        || text.chars().all(|letter| !letter.is_alphanumeric() || matches!(letter, 'x' | 'X'))
}

fn is_setting(text: &str) -> bool {
    SETTINGS.iter().any(|word| text.eq_ignore_ascii_case(word)) || text.len() < 2
}

/// Whether it says where a secret is: an ARN, an address, a path.
fn is_locator(text: &str) -> bool {
    let schemes =
        ["arn:", "alias/", "ssm:", "secretsmanager:", "vault:", "file:", "env:", "parameter:", "ref+"];
    let path = text.starts_with(['/', '~']) || text.starts_with("./") || text.starts_with("../");
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.' | b'/')
    };
    schemes.iter().any(|scheme| text.starts_with(scheme))
        || text.contains("://")
        || path
            && text.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~' | b':')
            })
        || text.contains('/') && text.bytes().all(plain)
}

/// Whether it is words with something between them, as names of secrets are.
fn is_words(text: &str) -> bool {
    let mut words = text.split(['-', '_', '.', ':', '/']);
    let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    text.contains(['-', '_', '.', ':', '/']) && words.all(word)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it has letters and digits, or is longer than any word.
fn is_mixed(text: &str) -> bool {
    let letter = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    letter && (text.len() >= 20 || text.bytes().any(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(grade: Grade, texts: &[&str], expected: bool) {
        for text in texts {
            assert_eq!(is_secret(grade, text, Examples::Ignored), expected, "{grade:?} {text}");
        }
    }

    #[test]
    fn whatever_is_written_for_a_password_is_one() {
        check(
            Grade::Password,
            &["hunter2", "changeme", "password", "123456", "Pa$$w0rd!", "correct horse battery"],
            true,
        );
    }

    #[test]
    fn what_is_filled_in_points_elsewhere_or_is_drawn_is_none() {
        let none = [
            "",
            " ",
            "true",
            "REQUIRED",
            "${DB_PASSWORD}",
            "$DB_PASSWORD",
            "$.password",
            "{{resolve:ssm-secure:/db:1}}",
            "$(aws ssm get-parameter)",
            "<your password>",
            "%PASSWORD%",
            "****",
            "xxxxx",
            "...",
            "/prod/db/password",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
            "prod/db/password",
            "https://vault.local/db",
            "your-password-here",
            "__DB_PASSWORD__",
            "the password of the database, at least eight letters",
        ];
        check(Grade::Password, &none, false);
        check(Grade::Secret, &none, false);
        check(Grade::Token, &none, false);
    }

    #[test]
    fn names_of_secrets_are_no_secrets() {
        check(Grade::Secret, &["shop-db-secret", "prod.db", "dbsec", "3600000", "changeme-now"], false);
        check(Grade::Secret, &["supersecret", "my-jwt-secret-123", "3f9a1c77b2"], true);
        check(Grade::Token, &["id_token", "bearer", "authorization", "86400", "Authorization-Header"], false);
        check(Grade::Token, &["a1b2c3d4e5", "0123-4567-89ab"], true);
    }

    #[test]
    fn keys_of_the_documentation_count_where_they_are_asked_for() {
        let key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        check(Grade::Secret, &[key], false);
        assert!(is_secret(Grade::Secret, key, Examples::Counted));
    }
}
