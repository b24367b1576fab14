//! Which versions of OSCAL are read.
//!
//! From 1.0 to 1.2 every model only gained fields, so that one set of types reads them all. A later 1.x may do so
//! again: it is read with a warning, and the fields that are not known are kept. What came before 1.0, release
//! candidates included, differs in its names, and 2.0 will; both are refused, since reading a part and dropping the
//! rest would pass for the whole.

/// The newest minor version of OSCAL 1 whose fields are all known.
pub(crate) const NEWEST_MINOR: u32 = 2;

/// What a version means for reading.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Support {
    Known,
    Newer,
    No(&'static str),
}

/// Judges the `oscal-version` of a document.
pub(crate) fn support(version: &str) -> Support {
    let Some((major, minor)) = parse(version) else {
        return Support::No("it is not a version, such as `1.2.1`");
    };
    match (major, minor) {
        (0, _) => Support::No("versions before 1.0.0 have other names for much"),
        (1, _) if is_prerelease(version) && minor == 0 => {
            Support::No("the candidates for 1.0.0 have other names for much")
        }
        (1, minor) if minor <= NEWEST_MINOR => Support::Known,
        (1, _) => Support::Newer,
        _ => Support::No("versions after 1.x are not known yet"),
    }
}

fn is_prerelease(version: &str) -> bool {
    version.contains('-')
}

/// Major and minor version; the rest only has to look like one.
fn parse(version: &str) -> Option<(u32, u32)> {
    let release = version.split(['-', '+']).next()?;
    let mut numbers = release.split('.').map(number);
    let (major, minor) = (numbers.next()??, numbers.next()??);
    let rest: Vec<Option<u32>> = numbers.collect();
    (rest.len() <= 1 && rest.iter().all(Option::is_some)).then_some((major, minor))
}

fn number(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version() {
        for (version, expected) in [
            ("1.0.0", "known"),
            ("1.0.4", "known"),
            ("1.1.2", "known"),
            ("1.1.0-rc1", "known"),
            ("1.2.1", "known"),
            ("1.2", "known"),
            ("1.3.0", "newer"),
            ("1.0.0-rc2", "no"),
            ("1.0-MR2", "no"),
            ("0.9.0", "no"),
            ("2.0.0", "no"),
            ("99999999999.0.0", "no"),
            ("1", "no"),
            ("1.x", "no"),
            ("1.2.3.4", "no"),
            ("1.+2", "no"),
            ("v1.2.0", "no"),
            ("", "no"),
        ] {
            let found = match support(version) {
                Support::Known => "known",
                Support::Newer => "newer",
                Support::No(_) => "no",
            };
            assert_eq!(found, expected, "{version}");
        }
    }
}
