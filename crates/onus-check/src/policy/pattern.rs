//! Patterns: `*` stands for any text, `?` for one letter; what is not known of a pattern stands for anything.

use super::{known, open};
use crate::eval::Ctx;
use crate::logic::Term;
use crate::value::{Could, V};
use onus_model::{Piece, Unknown};

/// ARNs have at most 2,048 letters, actions far fewer; what is longer is not compared.
const MAX_LETTERS: usize = 2048;

/// So many cells of a comparison count as one step of the evaluation.
const CELLS_PER_STEP: usize = 64;

/// What a pattern is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Letter(char),
    /// One letter, whichever.
    One,
    /// Any text.
    Many,
    /// The name of one thing, which is not known: no wildcard stands in it.
    Name,
    /// It is not known what stands here.
    Open,
}

/// What a text to be matched is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Symbol {
    Letter(char),
    /// A letter that stands for every letter, so that only a wildcard matches it.
    Every,
}

/// Whether what is not known is taken to be whatever fits best, or whatever fits worst.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    Best,
    Worst,
}

/// The tokens of a value's text; none where it has none, or more than is compared.
pub(super) fn tokens(value: &V<'_>, ignore_case: bool) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    match (value.text(), value.source()) {
        (Some(text), _) => add_text(&text, &mut tokens),
        (None, Some(source)) => match &source.text {
            Some(text) => {
                for piece in text.pieces() {
                    match piece {
                        Piece::Known(text) => add_text(text, &mut tokens),
                        Piece::Open(unknown) => add_open(unknown, &mut tokens),
                    }
                }
            }
            None => add_open(source, &mut tokens),
        },
        (None, None) => {
            value.as_unknown()?;
            tokens.push(Token::Open);
        }
    }
    if ignore_case {
        for token in &mut tokens {
            if let Token::Letter(letter) = token {
                letter.make_ascii_lowercase();
            }
        }
    }
    (tokens.len() <= MAX_LETTERS).then_some(tokens)
}

/// The tokens of a text that is known.
pub(super) fn of_text(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    add_text(text, &mut tokens);
    tokens
}

fn add_text(text: &str, tokens: &mut Vec<Token>) {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        // So a policy writes a letter that would else be a wildcard.
        if let Some(escaped) = ["${*}", "${?}", "${$}"].into_iter().find(|escape| rest.starts_with(escape)) {
            tokens.extend(escaped.chars().nth(2).map(Token::Letter));
            rest = &rest[escaped.len()..];
            continue;
        }
        tokens.push(match letter {
            '*' => Token::Many,
            '?' => Token::One,
            letter => Token::Letter(letter),
        });
        if tokens.len() > MAX_LETTERS {
            return;
        }
        rest = &rest[letter.len_utf8()..];
    }
}

fn add_open(unknown: &Unknown, tokens: &mut Vec<Token>) {
    if unknown.names.is_one() {
        tokens.push(Token::Name);
    } else if unknown.names.is_filled() {
        // Somewhere in it stands a letter that is no wildcard.
        tokens.extend([Token::Open, Token::Name, Token::Open]);
    } else {
        tokens.push(Token::Open);
    }
}

/// Whether each text that the target stands for is matched by the pattern. A `*` of the target stands for long texts,
/// since no action and no ARN is empty behind its beginning: `?*` covers `*`.
pub(super) fn covers(ctx: &Ctx<'_>, pattern: &[Token], target: &[Token], taken: Taken) -> Option<bool> {
    let singles = pattern.iter().filter(|token| **token == Token::One).count();
    let mut symbols = Vec::new();
    for token in target {
        match token {
            Token::Letter(letter) => symbols.push(Symbol::Letter(*letter)),
            Token::One => symbols.push(Symbol::Every),
            Token::Many | Token::Name | Token::Open => symbols.extend((0..=singles).map(|_| Symbol::Every)),
        }
    }
    if !ctx.spend(1 + pattern.len() * symbols.len() / CELLS_PER_STEP) {
        return None;
    }
    Some(matches(pattern, &symbols, taken))
}

/// `reach[at]`: whether the tokens so far match the first symbols.
fn matches(pattern: &[Token], symbols: &[Symbol], taken: Taken) -> bool {
    let mut reach = vec![false; symbols.len() + 1];
    reach[0] = true;
    for token in pattern {
        let mut next = vec![false; symbols.len() + 1];
        for at in 0..=symbols.len() {
            let before = at.checked_sub(1);
            let symbol = before.and_then(|before| symbols.get(before));
            let came = before.is_some_and(|before| reach[before]);
            let stayed = before.is_some_and(|before| next[before]);
            next[at] = match token {
                Token::Letter(letter) => came && symbol == Some(&Symbol::Letter(*letter)),
                Token::One => came,
                Token::Many => reach[at] || stayed,
                Token::Open => taken == Taken::Best && (reach[at] || stayed),
                Token::Name => {
                    taken == Taken::Best
                        && symbol.is_some_and(|symbol| *symbol != Symbol::Every)
                        && (came || stayed)
                }
            };
        }
        reach = next;
    }
    reach[symbols.len()]
}

/// Whether some text is matched by both patterns.
pub(super) fn overlaps(ctx: &Ctx<'_>, a: &[Token], b: &[Token], taken: Taken) -> Option<bool> {
    let width = b.len() + 1;
    if !ctx.spend(1 + a.len() * width / CELLS_PER_STEP) {
        return None;
    }
    let stretches = |token: Option<&Token>| match token {
        Some(Token::Many) => true,
        Some(Token::Open | Token::Name) => taken == Taken::Best,
        _ => false,
    };
    let mut reach = vec![false; (a.len() + 1) * width];
    reach[0] = true;
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if !reach[i * width + j] {
                continue;
            }
            let (x, y) = (a.get(i), b.get(j));
            if x.is_some() && (stretches(x) || stretches(y)) {
                reach[(i + 1) * width + j] = true;
            }
            if y.is_some() && (stretches(x) || stretches(y)) {
                reach[i * width + j + 1] = true;
            }
            let same = match (x, y) {
                (Some(Token::Letter(x)), Some(Token::Letter(y))) => x == y,
                (Some(Token::One), Some(Token::Letter(_) | Token::One))
                | (Some(Token::Letter(_)), Some(Token::One)) => true,
                _ => false,
            };
            if same {
                reach[(i + 1) * width + j + 1] = true;
            }
        }
    }
    reach.last().copied()
}

/// The answer for a value, of which parts may not be known.
pub(super) fn decide<'a>(ctx: &Ctx<'a>, value: &V<'a>, test: impl Fn(Taken) -> Option<bool>) -> Term<'a> {
    match (test(Taken::Worst), value.as_unknown()) {
        (None, _) => open(ctx.exhausted(), value.place),
        (Some(worst), None) => known(worst, value.place),
        // What may be nothing matches nothing then.
        (Some(true), Some(unknown)) if unknown.could.has(Could::NULL) => {
            open(unknown.why.derived(), value.place)
        }
        (Some(true), Some(_)) => known(true, value.place),
        (Some(false), Some(unknown)) => match test(Taken::Best) {
            None => open(ctx.exhausted(), value.place),
            Some(true) => open(unknown.why.derived(), value.place),
            Some(false) => known(false, value.place),
        },
    }
}

/// The parts of an ARN's pattern between its first five colons; none where it does not begin as an ARN.
pub(super) fn parts(tokens: &[Token]) -> Option<Vec<&[Token]>> {
    let parts: Vec<&[Token]> = tokens.splitn(6, |token| *token == Token::Letter(':')).collect();
    let is_arn = parts.first().is_some_and(|first| **first == *of_text("arn"));
    (is_arn && parts.len() > 1).then_some(parts)
}

/// The pattern with `*` for those of its partition, region and account that the target leaves open: all keys of one
/// account are all keys.
pub(super) fn anywhere(tokens: Vec<Token>, target: &[Token]) -> Vec<Token> {
    let (Some(own), Some(wanted)) = (parts(&tokens), parts(target)) else { return tokens };
    let mut result = Vec::new();
    for (at, part) in own.iter().enumerate() {
        if at > 0 {
            result.push(Token::Letter(':'));
        }
        let is_free = matches!(at, 1 | 3 | 4) && wanted.get(at).is_some_and(|part| **part == [Token::Many]);
        match is_free && at + 1 < own.len() {
            true => result.push(Token::Many),
            false => result.extend_from_slice(part),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Index;
    use onus_model::Resource;
    use proptest::prelude::*;

    fn with<T>(run: impl FnOnce(&Ctx<'_>) -> T) -> T {
        let resources: Vec<Resource> =
            crate::Example::new(crate::ExampleValue::Map(Vec::new()), "T").expect("it is one").resources();
        run(&Ctx::new(&Index::new(&resources), &resources[0]))
    }

    /// The plain definition, which takes exponential time.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) => {
                naive(rest, text) || text.split_first().is_some_and(|(_, text)| naive(pattern, text))
            }
            (Some((p, rest)), Some((t, text))) => (*p == '?' || p == t) && naive(rest, text),
            _ => false,
        }
    }

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_pattern_covers_what_it_says() {
        for (pattern, target, expected) in [
            ("*", "*", true),
            ("**", "*", true),
            ("?*", "*", true),
            ("a*", "*", false),
            ("iam:*Role", "iam:PassRole", true),
            ("iam:Pass*", "iam:PassRole", true),
            ("iam:Get*", "iam:PassRole", false),
            ("s3:*", "s3:Get*", true),
            ("s3:Get*", "s3:*", false),
            ("s3:?et*", "s3:Get*", true),
        ] {
            let found = with(|ctx| covers(ctx, &of_text(pattern), &of_text(target), Taken::Worst));
            assert_eq!(found, Some(expected), "{pattern} over {target}");
        }
    }

    #[test]
    fn an_account_of_its_own_is_every_account() {
        let target = of_text("arn:*:iam:*:*:role/*");
        for (pattern, expected) in [
            ("arn:aws:iam::123456789012:role/*", true),
            ("arn:aws-cn:iam::*:*", true),
            ("arn:aws:*", true),
            ("arn:aws:iam::123456789012", false),
            ("arn:aws:iam::123456789012:role/app", false),
            ("arn:aws:s3:::role/*", false),
        ] {
            let pattern_tokens = anywhere(of_text(pattern), &target);
            let found = with(|ctx| covers(ctx, &pattern_tokens, &target, Taken::Worst));
            assert_eq!(found, Some(expected), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn matching_is_as_the_definition_has_it(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
            let found = with(|ctx| covers(ctx, &of_text(&pattern), &of_text(&text), Taken::Worst));
            prop_assert_eq!(found, Some(naive(&chars(&pattern), &chars(&text))));
        }

        #[test]
        fn what_covers_a_pattern_matches_what_that_matches(
            pattern in "[ab*?]{0,6}", target in "[ab*?]{0,4}", text in "[ab]{0,12}",
        ) {
            let holds = with(|ctx| covers(ctx, &of_text(&pattern), &of_text(&target), Taken::Worst)) == Some(true);
            // A `*` stands for long texts.
            let long = target.replace('*', "?????????*");
            if holds && naive(&chars(&long), &chars(&text)) {
                prop_assert!(naive(&chars(&pattern), &chars(&text)));
            }
        }

        #[test]
        fn what_both_match_makes_them_overlap(a in "[ab*?]{0,6}", b in "[ab*?]{0,6}", text in "[ab]{0,6}") {
            let found = with(|ctx| overlaps(ctx, &of_text(&a), &of_text(&b), Taken::Worst));
            if naive(&chars(&a), &chars(&text)) && naive(&chars(&b), &chars(&text)) {
                prop_assert_eq!(found, Some(true));
            }
        }
    }
}
