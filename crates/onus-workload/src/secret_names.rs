//! What is named like a secret, in whatever language.

use std::ops::Range;

/// Whether a name is that of a secret.
pub(crate) fn is_name_of_secret(name: &str) -> bool {
    onus_credentials::grade(name).is_some()
}

/// The secrets of a text that cannot be parsed: what stands behind the first separator of a suspicious line.
/// `key` is how the language writes the name of a private key.
pub(crate) fn in_lines(text: &str, separator: char, key: &str) -> Vec<Range<usize>> {
    let suspicious = ["passw", "passphrase", "secret", "token", key, "default"];
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let plain = line.to_ascii_lowercase();
        if let Some(at) = line.find(separator).filter(|_| suspicious.iter().any(|word| plain.contains(word)))
        {
            found.push(start + at + 1..start + line.len());
        }
        start += line.len();
    }
    found
}
