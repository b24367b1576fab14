//! Patterns of ids: `*` for any characters, `?` for one.

use super::budget::Budget;
use crate::error::OscalError;
use crate::limits;

/// A pattern that is fit for use.
pub(super) struct Pattern {
    chars: Vec<char>,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Result<Self, OscalError> {
        let chars: Vec<char> = text.chars().take(limits::MAX_PATTERN + 1).collect();
        if chars.len() > limits::MAX_PATTERN {
            let shown: String = chars[..40].iter().collect();
            let what = format!("the pattern `{shown}…` has more than {} characters", limits::MAX_PATTERN);
            return Err(OscalError::Directive { what });
        }
        if let Some(special) = chars.iter().find(|char| "[]{}^$+|()\\".contains(**char)) {
            let what = format!("the pattern `{text}` has `{special}`, where only `*` and `?` are special");
            return Err(OscalError::Directive { what });
        }
        Ok(Self { chars })
    }

    pub(super) fn matches(&self, id: &str, budget: &mut Budget) -> Result<bool, OscalError> {
        budget.steps(1 + self.chars.len().saturating_mul(id.len()))?;
        let id: Vec<char> = id.chars().collect();
        Ok(matches(&self.chars, &id))
    }
}

/// Goes back to the last star only, which is enough: an earlier one could only take less.
fn matches(pattern: &[char], id: &[char]) -> bool {
    let (mut at, mut next) = (0, 0);
    let mut star = None;
    while at < id.len() {
        match pattern.get(next) {
            Some('*') => {
                star = Some((next, at));
                next += 1;
            }
            Some(char) if *char == '?' || *char == id[at] => {
                next += 1;
                at += 1;
            }
            _ => {
                let Some((before, taken)) = star else { return false };
                star = Some((before, taken + 1));
                next = before + 1;
                at = taken + 1;
            }
        }
    }
    pattern[next..].iter().all(|char| *char == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, id, expected) in [
            ("ac-*", "ac-2.1", true),
            ("ac-?", "ac-2", true),
            ("ac-?", "ac-22", false),
            ("*.1", "ac-2.1", true),
            ("*.1", "ac-2.11", false),
            ("*c*2*", "ac-2.1", true),
            ("ac-2", "ac-2", true),
            ("ac-2", "ac-2.1", false),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("a**", "a", true),
        ] {
            let found = Pattern::new(pattern).unwrap().matches(id, &mut Budget::new()).unwrap();
            assert_eq!(found, expected, "{pattern} {id}");
        }
    }

    #[test]
    fn other_languages_are_refused() {
        for pattern in ["ac-[12]", "^ac", "ac-(1|2)"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
        assert!(Pattern::new(&"a".repeat(limits::MAX_PATTERN + 1)).is_err());
    }
}
