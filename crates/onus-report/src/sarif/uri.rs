//! Paths as URI references.

use super::model::ArtifactLocation;
use std::fmt::Write;

/// The name that stands for the root of the sources.
pub(super) const ROOT: &str = "%SRCROOT%";

/// A file's location: relative to the root of the sources, or absolute where its path is.
pub(super) fn location(path: &str) -> ArtifactLocation {
    let drive =
        path.as_bytes().get(1) == Some(&b':') && path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    if drive {
        return ArtifactLocation { uri: format!("file:///{}", encode_path(path)), uri_base_id: None };
    }
    if path.starts_with('/') {
        return ArtifactLocation { uri: format!("file://{}", encode_path(path)), uri_base_id: None };
    }
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    ArtifactLocation { uri: encode_path(path), uri_base_id: Some(ROOT) }
}

/// The path with everything percent-encoded that RFC 3986 does not leave unreserved, but for its slashes.
pub(crate) fn encode_path(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        let check = |path: &str| {
            let at = location(path);
            (at.uri, at.uri_base_id.is_some())
        };
        assert_eq!(check("./infra/a b#1.yaml"), ("infra/a%20b%231.yaml".into(), true));
        assert_eq!(check("../x:y/ä.tf"), ("../x%3Ay/%C3%A4.tf".into(), true));
        assert_eq!(check("/srv/x.json"), ("file:///srv/x.json".into(), false));
        assert_eq!(check("C:/x.json"), ("file:///C%3A/x.json".into(), false));
        assert_eq!(check("-"), ("-".into(), true));
    }
}
