//! What a misspelt word may have meant.

/// The nearest of some words, if one is nearer than `least`, from 0 (nothing in common) to 1 (the same); of
/// equals the first in the alphabet.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>, least: f64) -> Option<&'w str> {
    let near = words.into_iter().map(|candidate| (strsim::jaro_winkler(word, candidate), candidate));
    let (score, candidate) = near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
    (score > least).then_some(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_is_meant() {
        let words = ["ac-2", "ac-3", "si-4"];
        assert_eq!(nearest("ac-22", words, 0.8), Some("ac-2"));
        assert_eq!(nearest("ac-9", words, 0.8), Some("ac-2"));
        assert_eq!(nearest("rds", words, 0.8), None);
    }
}
