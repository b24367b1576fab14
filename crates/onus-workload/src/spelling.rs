//! The name that a misspelt one was meant to be.

/// How many names are compared; more would cost time without helping anyone.
const MAX_COMPARED: usize = 500;

/// Longer names are not compared: the comparison is quadratic in their length.
const MAX_LENGTH: usize = 128;

/// The known name nearest to the given one, where one is near.
pub(crate) fn nearest(name: &str, known: impl Iterator<Item = impl AsRef<str>>) -> Option<String> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let mut best: Option<(usize, String)> = None;
    for candidate in known.take(MAX_COMPARED).filter(|candidate| candidate.as_ref().len() <= MAX_LENGTH) {
        let candidate = candidate.as_ref();
        let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase());
        let close = distance <= (name.chars().count() / 3).max(1);
        let better =
            best.as_ref().is_none_or(|(least, text)| (distance, candidate) < (*least, text.as_str()));
        if close && better {
            best = Some((distance, candidate.to_owned()));
        }
    }
    best.map(|(_, name)| name)
}
