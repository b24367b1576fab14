//! What is named like a secret, in whatever language.

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grade {
    /// A password: whatever text stands there is one.
    Password,
    /// A secret or a private key. The name is also given to the name of a secret that is looked up.
    Secret,
    /// A token or a key. The name is also given to much that is public.
    Token,
}

/// How names end, without regard to case and separators.
const ENDS: [(&str, Grade); 26] = [
    ("password", Grade::Password),
    ("passwd", Grade::Password),
    ("passphrase", Grade::Password),
    ("passcode", Grade::Password),
    ("dbpass", Grade::Password),
    ("userpass", Grade::Password),
    ("rootpass", Grade::Password),
    ("adminpass", Grade::Password),
    ("secret", Grade::Secret),
    ("secretstring", Grade::Secret),
    ("secretvalue", Grade::Secret),
    ("secretkey", Grade::Secret),
    ("secretkeybase", Grade::Secret),
    ("secretaccesskey", Grade::Secret),
    ("privatekey", Grade::Secret),
    ("signingkey", Grade::Secret),
    ("encryptionkey", Grade::Secret),
    ("sharedkey", Grade::Secret),
    ("presharedkey", Grade::Secret),
    ("masterkey", Grade::Secret),
    ("token", Grade::Token),
    ("apikey", Grade::Token),
    ("apikeyvalue", Grade::Token),
    ("accesskey", Grade::Token),
    ("authkey", Grade::Token),
    ("licensekey", Grade::Token),
];

/// Short words that count only where they stand for themselves: `DB_PASS`, not `bypass`.
const WORDS: [&str; 3] = ["pass", "pwd", "pw"];

/// Names that end like one and are none.
const NONE: [&str; 5] =
    ["clienttoken", "clientrequesttoken", "creatorrequesttoken", "nexttoken", "idempotencytoken"];

/// The letters that a name of a secret can end with, so that nearly all names fail at their last.
const LAST: &[u8] = b"degsytnw";

/// What a name says of its value, where it is that of a secret. A number behind it (`PASSWORD_2`) says nothing.
pub fn grade(name: &str) -> Option<Grade> {
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || SEPARATORS.contains(&letter));
    let last = name.bytes().next_back()?.to_ascii_lowercase();
    if !LAST.contains(&last) {
        return None;
    }
    let found = ENDS.iter().find(|(end, _)| ends(name, end)).map(|(_, grade)| *grade);
    let found = found.or_else(|| is_word(name).then_some(Grade::Password))?;
    (!NONE.iter().any(|none| ends(name, none))).then_some(found)
}

const SEPARATORS: [char; 4] = ['-', '_', '.', ' '];

fn is_separator(byte: u8) -> bool {
    SEPARATORS.contains(&char::from(byte))
}

fn ends(name: &str, end: &str) -> bool {
    let mut plain = name.bytes().rev().filter(|byte| !is_separator(*byte));
    end.bytes().rev().all(|byte| plain.next().is_some_and(|own| own.eq_ignore_ascii_case(&byte)))
}

/// Whether the last word of a name is one of the short ones. `PWD` alone is the folder one stands in.
fn is_word(name: &str) -> bool {
    WORDS.iter().any(|word| {
        let Some(start) = name.len().checked_sub(word.len()) else { return false };
        let (Some(before), Some(own)) = (name.get(..start), name.get(start..)) else { return false };
        let apart = match before.bytes().next_back() {
            None => *word == "pass",
            Some(byte) => {
                is_separator(byte) || byte.is_ascii_lowercase() && own.starts_with('P') && own != "PWD"
            }
        };
        own.eq_ignore_ascii_case(word) && apart && !before.eq_ignore_ascii_case("old_")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_their_values_are() {
        for (name, expected) in [
            ("DB_PASSWORD", Some(Grade::Password)),
            ("dbPass", Some(Grade::Password)),
            ("db_pass", Some(Grade::Password)),
            ("PASSWORD_2", Some(Grade::Password)),
            ("spring.datasource.password", Some(Grade::Password)),
            ("MYSQL_PWD", Some(Grade::Password)),
            ("client_secret", Some(Grade::Secret)),
            ("AWS_SECRET_ACCESS_KEY", Some(Grade::Secret)),
            ("GITHUB_TOKEN", Some(Grade::Token)),
            ("ApiKey", Some(Grade::Token)),
            ("x-api-key", Some(Grade::Token)),
            ("DB_SECRET_NAME", None),
            ("SECRET_ARN", None),
            ("MAX_TOKENS", None),
            ("TOKEN_TTL", None),
            ("bypass", None),
            ("COMPASS", None),
            ("PWD", None),
            ("OLD_PWD", None),
            ("ClientToken", None),
            ("KMS_KEY", None),
            ("ß", None),
            ("", None),
            ("_1", None),
        ] {
            assert_eq!(grade(name), expected, "{name}");
        }
    }
}
