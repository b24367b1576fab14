//! What is named like a secret, in whatever language.

/// How the names of secrets end, without regard to case, dashes and underscores.
const ENDS: [&str; 9] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "secretstring",
    "secretkey",
    "secretaccesskey",
    "token",
    "privatekey",
];

/// Whether a name is that of a secret.
pub(crate) fn is_name_of_secret(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '-' | '_')).collect::<String>().to_ascii_lowercase();
    ENDS.iter().any(|end| plain.ends_with(end))
}
