//! Releases of the provider, and the defaults that changed between them.
//!
//! A plan or state holds what the provider made of an argument that nobody set. Source does not: which default counts depends on
//! the releases that its constraints and its lock file allow.

use super::mapping::literal;
use onus_model::{Field, Literal, Map, Node, Shape, Span, Value};

/// Why the value of an argument that nobody set is not known.
const OPEN: &str = "the default depends on the release of the provider, which the code leaves open";

/// The major releases that may be in use, the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Releases {
    first: u32,
    last: u32,
}

impl Releases {
    /// Where nobody says anything, Terraform installs the newest.
    pub(super) const NEWEST: Self = Self { first: u32::MAX, last: u32::MAX };

    /// Those that several constraints allow; whoever states one that allows several may be on any of them. Where they leave
    /// none nothing can be installed, and the newest stands for it.
    pub(super) fn of<'t>(constraints: impl IntoIterator<Item = &'t str>) -> Self {
        let mut all =
            constraints.into_iter().flat_map(|text| text.split(',')).filter_map(Self::one).peekable();
        if all.peek().is_none() {
            return Self::NEWEST;
        }
        let any = Self { first: 0, last: u32::MAX };
        let both = all.fold(any, |a, b| Self { first: a.first.max(b.first), last: a.last.min(b.last) });
        if both.first > both.last { Self::NEWEST } else { both }
    }

    /// What a single constraint allows; none where it says nothing of major releases.
    fn one(text: &str) -> Option<Self> {
        let text = text.trim();
        let at = text.find(|letter: char| letter.is_ascii_digit() || letter == 'v')?;
        let (operator, version) = (text[..at].trim(), text[at..].trim_start_matches('v'));
        let parts: Vec<&str> = version.split(['-', '+']).next()?.split('.').collect();
        let major: u32 = parts.first()?.parse().ok()?;
        let is_whole = parts[1..].iter().all(|part| part.bytes().all(|byte| byte == b'0'));
        let (first, last) = match operator {
            "" | "=" => (major, major),
            ">=" | ">" => (major, u32::MAX),
            // Only the last part may rise.
            "~>" if parts.len() == 1 => (major, u32::MAX),
            "~>" => (major, major),
            "<" if is_whole => (0, major.checked_sub(1)?),
            "<" | "<=" => (0, major),
            _ => return None,
        };
        Some(Self { first, last })
    }

    /// What an argument is that nobody set; none where the newest default counts.
    fn default_of(self, field: &Field) -> Option<Value> {
        let newest = (u32::MAX, None);
        let all = field.earlier.iter().map(|(before, value)| (*before, Some(value))).chain([newest]);
        let mut from = 0;
        let mut possible: Vec<Option<&Literal>> = Vec::new();
        for (before, value) in all {
            let last = if before == u32::MAX { before } else { before.saturating_sub(1) };
            if from <= self.last && self.first <= last && !possible.contains(&value) {
                possible.push(value);
            }
            from = before;
        }
        match possible.as_slice() {
            [one] => one.map(literal),
            _ => Some(Value::unknown(OPEN)),
        }
    }
}

/// Sets arguments that nobody set to what they are in the releases in use, in blocks too.
pub(super) fn fill(fields: &[Field], attributes: &mut Map, releases: Releases, span: Span) {
    for field in fields {
        let is_set = attributes.get(&field.attribute).is_some_and(|node| node.value != Value::Null);
        if !is_set && !field.earlier.is_empty() {
            if let Some(value) = releases.default_of(field) {
                attributes.insert(field.attribute.as_str(), Node::new(value, span));
            }
        } else if let Shape::One(inner) | Shape::Many(inner) | Shape::KeyedBlocks(_, inner) = &field.shape
            && let Some(node) = attributes.get_mut(&field.attribute)
        {
            fill_blocks(inner, node, releases);
        }
    }
}

fn fill_blocks(fields: &[Field], node: &mut Node, releases: Releases) {
    let span = node.span;
    match &mut node.value {
        Value::Map(block) => fill(fields, block, releases, span),
        Value::List(blocks) => blocks.iter_mut().for_each(|block| fill_blocks(fields, block, releases)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_allow_major_releases() {
        const ANY: u32 = u32::MAX;
        for (constraints, first, last) in [
            (&[][..], ANY, ANY),
            (&["~> 5.0"], 5, 5),
            (&["~> 5.31.0"], 5, 5),
            (&["~> 5"], 5, ANY),
            (&["5.31.0"], 5, 5),
            (&["= 6.0"], 6, 6),
            (&[">= 4.0"], 4, ANY),
            (&[">= 4.9, < 6.0.0"], 4, 5),
            (&["< 6.1"], 0, 6),
            (&["<= 5.99, != 5.4.0"], 0, 5),
            (&[">=5.0", "~>5.40"], 5, 5),
            (&["~> 5.0", "~> 6.0"], ANY, ANY),
            (&["v5.0.0-beta1"], 5, 5),
            (&["", "newest"], ANY, ANY),
            (&["< 0.1"], 0, 0),
            (&["~> 99999999999.0"], ANY, ANY),
        ] {
            assert_eq!(
                Releases::of(constraints.iter().copied()),
                Releases { first, last },
                "{constraints:?}"
            );
        }
    }
}
