//! What people write in the cells of a matrix, and what it means.

use onus_model::{Inherited, ProviderLayout};

/// Small letters and digits, everything else a single space: how headings and answers are compared.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            plain.push(letter);
        } else if !plain.ends_with(' ') && !plain.is_empty() {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

const YES: [&str; 13] = [
    "yes",
    "y",
    "full",
    "fully",
    "yes full",
    "yes fully",
    "fully inherited",
    "fully inheritable",
    "inherited",
    "inheritable",
    "can be inherited",
    "true",
    "full inheritance",
];
const PARTLY: [&str; 16] = [
    "partial",
    "partially",
    "partly",
    "part",
    "yes partial",
    "yes partially",
    "partial yes",
    "partially inherited",
    "partially inheritable",
    "partly inherited",
    "partial inheritance",
    "hybrid",
    "shared",
    "shared responsibility",
    "in part",
    "p",
];
/// Words with which an answer begins that says no, whatever follows: `No (see note 3)`, `N/A for this offering`.
const NO: [&str; 13] = [
    "no",
    "n",
    "na",
    "not",
    "non",
    "none",
    "nothing",
    "nil",
    "never",
    "cannot",
    "false",
    "noninheritable",
    "nope",
];
/// Who does it where the provider does not.
const CUSTOMERS: [&str; 8] =
    ["customer", "customers", "agency", "tenant", "client", "user", "consumer", "subscriber"];
/// What stands beside the customer where both do it.
const BOTH: [&str; 9] =
    ["shared", "hybrid", "partial", "partially", "partly", "joint", "both", "provider", "csp"];

/// How much is inherited, in the usual words or those of the layout.
pub(crate) fn answer(text: &str, layout: &ProviderLayout) -> Option<Inherited> {
    let word = plain(text);
    let own = layout.answers.iter().find(|(own, _)| plain(own) == word).map(|(_, answer)| *answer);
    let usual = || match () {
        () if YES.contains(&word.as_str()) => Some(Inherited::Yes),
        () if PARTLY.contains(&word.as_str()) || begins_partly(&word) => Some(Inherited::Partly),
        () if says_no(text, &word) => Some(Inherited::No),
        () => None,
    };
    own.or_else(usual)
}

/// Whether an answer begins with some of it, or says that not all of it is inherited.
fn begins_partly(word: &str) -> bool {
    const NOT_ALL: [&str; 5] = ["not fully", "not entirely", "not completely", "not wholly", "not all"];
    let first = word.split(' ').next().unwrap_or_default();
    matches!(first, "partial" | "partially" | "partly" | "hybrid" | "shared")
        || NOT_ALL.iter().any(|start| word.starts_with(start))
}

/// Whether an answer says that nothing is inherited: by its first word, a dash, or by leaving it to the customer alone.
fn says_no(text: &str, word: &str) -> bool {
    let dash = |letter: char| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let dashes = !text.trim().is_empty() && text.trim().chars().all(dash);
    let words: Vec<&str> = word.split(' ').collect();
    let first = words.first().copied().unwrap_or_default();
    let of_customer = CUSTOMERS.contains(&first) && !words.iter().any(|other| BOTH.contains(other));
    dashes || NO.contains(&first) || of_customer
}

/// Whose a control is, in one word.
pub(crate) fn origination(text: &str) -> Option<Inherited> {
    let word = plain(text);
    let has = |part: &str| word.contains(part);
    match word.as_str() {
        "" => None,
        _ if says_no(text, &word) => Some(Inherited::No),
        "provider" | "csp" | "service provider" | "inherited" => Some(Inherited::Yes),
        _ if has("shared") || has("hybrid") => Some(Inherited::Partly),
        _ if has("customer") || has("corporate") || word == "n a" => Some(Inherited::No),
        _ if has("inherited from") || has("system specific") || has("provider") => Some(Inherited::Yes),
        _ => None,
    }
}

/// Whether a cell is marked; none where it is not clear.
pub(crate) fn marked(text: &str) -> Option<bool> {
    match text.trim() {
        "" | "-" | "\u{2013}" | "\u{2014}" | "\u{2610}" | "\u{25a1}" => return Some(false),
        "\u{2713}" | "\u{2714}" | "\u{2611}" | "\u{2612}" | "\u{25cf}" | "\u{2022}" | "*" | "\u{2717}" => {
            return Some(true);
        }
        _ => {}
    }
    match plain(text).as_str() {
        "x" | "xx" | "yes" | "y" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" | "n a" | "na" | "none" => Some(false),
        _ => None,
    }
}

/// A text that says something; not `N/A`, `none` or a dash.
pub(crate) fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    let word = plain(text.get(..40).unwrap_or(text));
    let nothing = matches!(
        word.as_str(),
        "" | "n a" | "na" | "none" | "not applicable" | "nothing" | "no customer responsibility"
    );
    (!nothing).then_some(text)
}

/// A text on both parties' parts, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Both<'t> {
    /// What stands before any label.
    pub(crate) rest: Option<&'t str>,
    pub(crate) provides: Option<&'t str>,
    pub(crate) leaves: Option<&'t str>,
}

/// Takes a text apart at labels that begin its lines (`Customer Responsibility: …`).
pub(crate) fn both(text: &str) -> Both<'_> {
    #[derive(Clone, Copy)]
    enum Side {
        Rest,
        Provider,
        Customer,
    }
    let mut both = Both::default();
    let (mut side, mut start, mut at) = (Side::Rest, 0, 0);
    let mut put = |side: Side, part: &'_ (usize, usize)| {
        let part = said(&text[part.0..part.1]);
        let slot = match side {
            Side::Rest => &mut both.rest,
            Side::Provider => &mut both.provides,
            Side::Customer => &mut both.leaves,
        };
        // A second label of the same side goes on to the first: nothing may be lost.
        *slot = match (*slot, part) {
            (Some(known), Some(part)) => Some(span(text, known, part)),
            (known, part) => known.or(part),
        };
    };
    for line in text.split_inclusive('\n') {
        if let Some((label, _)) = line.split_once(':').filter(|(label, _)| label.len() <= 60) {
            let words = plain(label);
            let duty = words.contains("responsib");
            let next = match () {
                () if duty
                    && (words.contains("customer")
                        || words.contains("agency")
                        || words.contains("tenant")) =>
                {
                    Some(Side::Customer)
                }
                () if duty && (words.contains("csp") || words.contains("provider")) => Some(Side::Provider),
                () if words.contains("inherit") => Some(Side::Provider),
                () => None,
            };
            if let Some(next) = next {
                put(side, &(start, at));
                (side, start) = (next, at + label.len() + 1);
            }
        }
        at += line.len();
    }
    put(side, &(start, text.len()));
    both
}

/// From the beginning of one part of a text to the end of a later one.
fn span<'t>(text: &'t str, first: &'t str, last: &'t str) -> &'t str {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    text.get(offset(first)..offset(last) + last.len()).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood_in_the_usual_words() {
        use Inherited::{No, Partly, Yes};
        let layout = ProviderLayout { answers: vec![("Mostly".into(), Partly)], ..ProviderLayout::default() };
        for (text, expected) in [
            ("Yes", Some(Yes)),
            (" YES (full) ", Some(Yes)),
            ("Partial", Some(Partly)),
            ("Partially", Some(Partly)),
            ("No", Some(No)),
            ("N/A", Some(No)),
            ("n.a.", Some(No)),
            ("None", Some(No)),
            ("NO.", Some(No)),
            ("No (see note 3)", Some(No)),
            ("Not inheritable", Some(No)),
            ("Non-inheritable", Some(No)),
            ("Cannot be inherited", Some(No)),
            ("\u{2014}", Some(No)),
            ("Customer", Some(No)),
            ("Customer-provided", Some(No)),
            ("Customer's responsibility", Some(No)),
            ("Agency only", Some(No)),
            ("Not fully", Some(Partly)),
            ("Partial - see note", Some(Partly)),
            ("Customer and CSP", None),
            ("Nominal", None),
            ("mostly", Some(Partly)),
            ("see note", None),
            ("", None),
        ] {
            assert_eq!(answer(text, &layout), expected, "{text}");
        }
    }

    #[test]
    fn a_no_is_no_whatever_it_speaks_of() {
        use Inherited::{No, Partly, Yes};
        for (text, expected) in [
            ("Not inherited from the provider", Some(No)),
            ("N/A for the service provider", Some(No)),
            ("Customer System Specific", Some(No)),
            ("Service Provider System Specific", Some(Yes)),
            ("Shared (Service Provider and Customer Responsibility)", Some(Partly)),
        ] {
            assert_eq!(origination(text), expected, "{text}");
        }
    }

    #[test]
    fn texts_on_both_parties_are_taken_apart_at_their_labels() {
        let text = "Inherited: The site.\nGuards too.\nCustomer Responsibility: Name who visits.\nEach year.";
        let expected = Both {
            rest: None,
            provides: Some("The site.\nGuards too."),
            leaves: Some("Name who visits.\nEach year."),
        };
        assert_eq!(both(text), expected);
        assert_eq!(both("Plain: text"), Both { rest: Some("Plain: text"), ..Both::default() });
        let none = "CSP Responsibility: All.\nCustomer Responsibilities: None";
        assert_eq!(both(none), Both { provides: Some("All."), ..Both::default() });
        assert_eq!(both(""), Both::default());
    }
}
