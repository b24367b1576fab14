//! Conditions: which of them keep strangers out.
//!
//! AWS calls a policy public unless it grants access only to fixed values of certain keys:
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>.
//! Entries of a condition all have to hold, so one that narrows is enough for an Allow. A Deny leaves those to whom one of
//! its entries does not apply, so each has to leave only strangers out.

use super::pattern::{Taken, Token, covers, decide, of_text, parts, tokens};
use super::{all, any, both, each, either, entries, is_name, is_set, known, open, opposite};
use crate::eval::Ctx;
use crate::logic::{Connective, Logic, Term};
use crate::network::Ranges;
use crate::operators::equal;
use crate::value::{Could, Data, V, Why};

/// What a key holds, and so when a value of it is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// An account, an organization, a network: the id of one thing.
    Id,
    /// A path whose first part is the id of an organization.
    Path,
    /// An ARN: fixed where it tells whose it is.
    Arn,
    /// An address.
    Address,
    /// The id of a principal, and behind a colon the name of its session.
    User,
    /// A truth value that only a few callers have.
    Flag,
    /// Any other key: what it is compared with must not be anything.
    Other,
}

/// The keys by which AWS tells callers apart; keys are written in any case.
const COUNTED: [(&str, Key); 28] = [
    ("aws:principalaccount", Key::Id),
    ("aws:principalarn", Key::Arn),
    ("aws:principalisawsservice", Key::Flag),
    ("aws:principalorgid", Key::Id),
    ("aws:principalorgpaths", Key::Path),
    ("aws:principalservicename", Key::Id),
    ("aws:principalservicenameslist", Key::Id),
    ("aws:sourceaccount", Key::Id),
    ("aws:sourcearn", Key::Arn),
    ("aws:sourceip", Key::Address),
    ("aws:sourceorgid", Key::Id),
    ("aws:sourceorgpaths", Key::Path),
    ("aws:sourceowner", Key::Id),
    ("aws:sourcevpc", Key::Id),
    ("aws:sourcevpcarn", Key::Arn),
    ("aws:sourcevpce", Key::Id),
    ("aws:userid", Key::User),
    ("aws:vpceaccount", Key::Id),
    ("aws:vpceorgid", Key::Id),
    ("aws:vpceorgpaths", Key::Path),
    ("ec2:sourceinstancearn", Key::Arn),
    ("elasticfilesystem:accessedviamounttarget", Key::Flag),
    ("elasticfilesystem:accesspointarn", Key::Arn),
    ("kms:calleraccount", Key::Id),
    ("lambda:sourcefunctionarn", Key::Arn),
    ("s3:dataaccesspointaccount", Key::Id),
    ("s3:dataaccesspointarn", Key::Arn),
    ("ssm:sourceinstancearn", Key::Arn),
];

/// The kind of a key by which AWS tells callers apart.
pub(super) fn counted(key: &str) -> Option<Key> {
    COUNTED.iter().find(|(name, _)| *name == key).map(|(_, kind)| *kind)
}

/// How an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compares {
    Exactly,
    ByPattern,
    ByArn,
    ByNetwork,
    ByTruth,
    ByOrder,
}

/// An operator as it is written: `ForAllValues:StringNotEqualsIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Operator {
    compares: Compares,
    /// It holds where the values are not those.
    is_negated: bool,
    /// It holds where the request does not have the key.
    if_exists: bool,
    for_all: bool,
    for_any: bool,
}

impl Operator {
    fn parse(written: &str) -> Option<Self> {
        let lower = written.trim().to_ascii_lowercase();
        let (set, rest) = lower.split_once(':').map_or(("", lower.as_str()), |(set, rest)| (set, rest));
        let base = rest.strip_suffix("ifexists").unwrap_or(rest);
        let (compares, is_negated) = match base {
            "stringequals" | "stringequalsignorecase" | "binaryequals" | "numericequals" => {
                (Compares::Exactly, false)
            }
            "stringnotequals" | "stringnotequalsignorecase" | "numericnotequals" => (Compares::Exactly, true),
            "stringlike" => (Compares::ByPattern, false),
            "stringnotlike" => (Compares::ByPattern, true),
            // AWS takes both for patterns.
            "arnequals" | "arnlike" => (Compares::ByArn, false),
            "arnnotequals" | "arnnotlike" => (Compares::ByArn, true),
            "ipaddress" => (Compares::ByNetwork, false),
            "notipaddress" => (Compares::ByNetwork, true),
            "bool" => (Compares::ByTruth, false),
            _ if base.starts_with("numeric") || base.starts_with("date") => (Compares::ByOrder, false),
            _ => return None,
        };
        let if_exists = base.len() < rest.len();
        Some(Self {
            compares,
            is_negated,
            if_exists,
            for_all: set == "forallvalues",
            for_any: set == "foranyvalue",
        })
    }
}

/// One operator and key of a condition, with the values.
struct Entry<'a> {
    operator: Option<Operator>,
    is_null: bool,
    key: String,
    values: V<'a>,
}

/// The entries of a condition; what is not known of it as a reason.
fn read<'a>(condition: &V<'a>) -> (Vec<Entry<'a>>, Option<Why<'a>>) {
    let mut found = Vec::new();
    let mut why = condition.as_unknown().map(|unknown| unknown.why.derived());
    for (written, keys) in entries(condition) {
        if let Some(unknown) = keys.as_unknown() {
            why = Some(unknown.why.derived());
        }
        for (key, values) in entries(&keys) {
            if let Data::Null = values.data {
                continue;
            }
            let key = key.trim().to_ascii_lowercase();
            let is_null = written.trim().eq_ignore_ascii_case("null");
            found.push(Entry { operator: Operator::parse(&written), is_null, key, values });
        }
    }
    (found, why)
}

/// The answer for the entries that are read, where others may stand beside them.
fn beside<'a>(term: Term<'a>, connective: Connective, condition: &V<'a>, why: Option<Why<'a>>) -> Term<'a> {
    match why {
        Some(why) if !term.decides(connective) => term.join(connective, open(why, condition.place)),
        _ => term,
    }
}

/// Whether a condition of an Allow lets in only those whom fixed values of these keys name.
pub(super) fn narrows<'a>(
    ctx: &Ctx<'a>,
    condition: &V<'a>,
    counts: impl Fn(&str) -> Option<Key>,
) -> Term<'a> {
    let (found, why) = read(condition);
    let mut so_far = known(false, condition.place);
    for entry in &found {
        let (Some(operator), Some(key)) = (entry.operator, counts(&entry.key)) else { continue };
        if operator.is_negated {
            continue;
        }
        let needs_key = operator.for_all || operator.if_exists;
        so_far = either(so_far, || {
            let given =
                if needs_key { is_given(ctx, &found, &entry.key) } else { known(true, entry.values.place) };
            both(given, || is_narrow(ctx, operator, key, &entry.values))
        });
    }
    beside(so_far, Connective::Or, condition, why)
}

/// Whether a condition of a Deny shuts out everybody but those whom fixed values of the counted keys name.
pub(super) fn shuts_out<'a>(ctx: &Ctx<'a>, condition: &V<'a>) -> Term<'a> {
    let (found, why) = read(condition);
    let mut so_far = known(true, condition.place);
    for entry in &found {
        so_far = both(so_far, || entry.unless_nothing(leaves_few(ctx, entry)));
    }
    beside(so_far, Connective::And, condition, why)
}

fn leaves_few<'a>(ctx: &Ctx<'a>, entry: &Entry<'a>) -> Term<'a> {
    let no = known(false, entry.values.place);
    let (Some(operator), Some(key)) = (entry.operator, counted(&entry.key)) else { return no };
    // Of a request that does not have the key no value differs.
    if operator.for_any {
        return no;
    }
    match (operator.is_negated, key) {
        (true, _) => is_narrow(ctx, Operator { is_negated: false, ..operator }, key, &entry.values),
        // Nobody but them has another value, where those who have none count as strangers.
        (false, Key::Flag) if operator.compares == Compares::ByTruth && operator.if_exists => {
            all(ctx, &entry.values, |value| is_truth(ctx, value, false))
        }
        _ => no,
    }
}

/// Whether `Null` asks that the request has the key.
fn is_given<'a>(ctx: &Ctx<'a>, found: &[Entry<'a>], key: &str) -> Term<'a> {
    let place = found.first().map(|entry| entry.values.place).unwrap_or_default();
    found.iter().filter(|entry| entry.is_null_of(key)).fold(known(false, place), |so_far, entry| {
        either(so_far, || all(ctx, &entry.values, |value| is_truth(ctx, value, false)))
    })
}

impl<'a> Entry<'a> {
    /// The answer, or that of no entry where the values may be nothing.
    fn unless_nothing(&self, term: Term<'a>) -> Term<'a> {
        match self.values.as_unknown() {
            Some(unknown) if unknown.could.has(Could::NULL) => {
                term.doubted(Connective::And, &unknown.why.derived())
            }
            _ => term,
        }
    }

    fn is_null_of(&self, key: &str) -> bool {
        self.is_null && self.key == key
    }
}

fn is_truth<'a>(ctx: &Ctx<'a>, value: &V<'a>, truth: bool) -> Term<'a> {
    Term::of(&equal(ctx, value, &V::plain(Data::Bool(truth))).value(value.place))
}

/// Whether the values name only a few.
fn is_narrow<'a>(ctx: &Ctx<'a>, operator: Operator, key: Key, values: &V<'a>) -> Term<'a> {
    match (operator.compares, key) {
        (Compares::ByNetwork, Key::Address | Key::Other) => is_narrow_network(ctx, values),
        (Compares::ByTruth, Key::Flag) => all(ctx, values, |value| is_truth(ctx, value, true)),
        (Compares::ByTruth | Compares::ByOrder, Key::Other) => is_set(values),
        (Compares::ByNetwork | Compares::ByTruth | Compares::ByOrder, _) => known(false, values.place),
        (_, Key::Flag) => all(ctx, values, |value| is_truth(ctx, value, true)),
        (Compares::Exactly, _) => each_set(ctx, values, |value| is_exact(value)),
        (Compares::ByPattern | Compares::ByArn, _) => {
            each_set(ctx, values, |value| is_fixed_pattern(ctx, key, value))
        }
    }
}

/// The test on every value, where no value at all means that nothing is compared.
fn each_set<'a>(ctx: &Ctx<'a>, values: &V<'a>, test: impl Fn(&V<'a>) -> Term<'a>) -> Term<'a> {
    match &values.data {
        // Whether it is one or many: if it is there, the comparison is with what is written.
        Data::Unknown(_) => test(values),
        _ => each(ctx, Connective::And, values, test),
    }
}

/// A text that is compared letter by letter is one, unless AWS puts something into it.
fn is_exact<'a>(value: &V<'a>) -> Term<'a> {
    match (value.text(), value.as_unknown()) {
        (Some(text), _) if text.contains(['*', '?']) || text.contains("${") => {
            let why = format!("whom the value `{text}` of a condition lets in is not clear");
            Term {
                logic: Logic::Unknown(crate::value::Unk { why: Why::composed(why), could: Could::BOOL }),
                place: value.place,
            }
        }
        (None, Some(unknown)) if unknown.could.has(Could::NULL) => open(unknown.why.derived(), value.place),
        (None, None) => known(false, value.place),
        _ => known(true, value.place),
    }
}

/// Whether an ARN that is compared as a pattern tells whose it is.
pub(crate) fn is_fixed<'a>(ctx: &Ctx<'a>, value: &V<'a>) -> V<'a> {
    match &value.data {
        Data::Null => known(false, value.place),
        _ => both(is_set(value), || all(ctx, value, |value| is_fixed_pattern(ctx, Key::Arn, value))),
    }
    .value()
}

fn is_fixed_pattern<'a>(ctx: &Ctx<'a>, key: Key, value: &V<'a>) -> Term<'a> {
    if let Some(unknown) = value.as_unknown().filter(|unknown| unknown.could.has(Could::NULL)) {
        return open(unknown.why.derived(), value.place);
    }
    if is_name(value) {
        return known(true, value.place);
    }
    let Some(tokens) = tokens(value, false) else { return known(false, value.place) };
    if tokens.windows(2).any(|pair| *pair == [Token::Letter('$'), Token::Letter('{')]) {
        let why = Why::Text("AWS puts a value into a condition");
        return open(why, value.place);
    }
    decide(ctx, value, |taken| Some(fixed(key, &tokens, taken)))
}

fn fixed(key: Key, tokens: &[Token], taken: Taken) -> bool {
    let is_wild = |token: &Token| match token {
        Token::Many | Token::One => true,
        Token::Open => taken == Taken::Worst,
        Token::Letter(_) | Token::Name => false,
    };
    let is_plain = |part: &[Token]| !part.is_empty() && !part.iter().any(is_wild);
    let before = |letter| tokens.split(|token| *token == Token::Letter(letter)).next().unwrap_or_default();
    match key {
        _ if is_plain(tokens) => true,
        Key::Id | Key::Address | Key::Flag => false,
        Key::Path => is_plain(before('/')),
        Key::User => is_plain(before(':')),
        Key::Other => {
            // What begins with a wildcard ends like many, and all ARNs begin alike.
            let own = parts(tokens).map_or(tokens, |parts| {
                let head: usize = parts.iter().take(2).map(|part| part.len() + 1).sum();
                tokens.get(head..).unwrap_or_default()
            });
            own.first().is_some_and(|first| !is_wild(first))
        }
        Key::Arn => parts(tokens).is_some_and(|parts| {
            let part = |at: usize| parts.get(at).copied().unwrap_or_default();
            let name = part(5).split(|token| *token == Token::Letter('/')).next().unwrap_or_default();
            let is_bucket = *part(2) == *of_text("s3");
            parts.len() == 6 && (is_plain(part(4)) || is_bucket && is_plain(name))
        }),
    }
}

/// AWS takes ranges of more addresses than a /8, or a /32 of IPv6, for public, unless they are private.
fn is_narrow_network<'a>(ctx: &Ctx<'a>, values: &V<'a>) -> Term<'a> {
    let mut ranges = Ranges::default();
    if let Some(items) = values.elements().filter(|_| values.is_list()) {
        for item in items {
            ranges.add_text(item.value.text().as_deref().unwrap_or_default());
        }
        if ranges.covers_half() {
            return known(false, values.place);
        }
    }
    all(ctx, values, |value| match (value.text(), value.as_unknown()) {
        (Some(text), _) => known(Ranges::of(&text).is_some_and(|ranges| !ranges.is_broad()), value.place),
        (None, Some(_))
            if value.source().is_some_and(|source| source.names == onus_model::Names::Network) =>
        {
            known(true, value.place)
        }
        (None, Some(unknown)) => open(unknown.why.derived(), value.place),
        (None, None) => known(false, value.place),
    })
}

/// Whether the sole thing that a condition asks is that a key is false.
pub(super) fn is_only_false<'a>(ctx: &Ctx<'a>, condition: &V<'a>, key: &str) -> Term<'a> {
    let (found, why) = read(condition);
    let mut so_far = known(!found.is_empty() || why.is_some(), condition.place);
    for entry in &found {
        let compares = entry.operator.is_some_and(|operator| {
            !operator.is_negated && !matches!(operator.compares, Compares::ByNetwork | Compares::ByOrder)
        });
        so_far = both(so_far, || match (compares && entry.key == key, entry.values.as_unknown()) {
            (_, Some(unknown)) if unknown.could.has(Could::NULL) => {
                open(unknown.why.derived(), entry.values.place)
            }
            (true, _) => any(ctx, &entry.values, |value| is_truth(ctx, value, false)),
            (false, _) => known(false, entry.values.place),
        });
    }
    beside(so_far, Connective::And, condition, why)
}

/// The kind of a key that a check names, by patterns of keys.
pub(super) fn named<'a>(ctx: &Ctx<'a>, keys: &V<'a>, key: &str) -> Option<Key> {
    // That a request is encrypted is true of nearly all.
    if key == "aws:securetransport" {
        return None;
    }
    let target = of_text(key);
    let found = any(ctx, keys, |wanted| {
        let wanted_tokens = tokens(wanted, true).unwrap_or_default();
        decide(ctx, wanted, |taken| covers(ctx, &wanted_tokens, &target, taken))
    });
    (!opposite(found).decides(Connective::Or)).then(|| counted(key).unwrap_or(Key::Other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_read_in_any_case() {
        let operator = Operator::parse("forallvalues:STRINGNOTEQUALSIFEXISTS").expect("it is one");
        assert!(operator.is_negated && operator.if_exists && operator.for_all && !operator.for_any);
        assert_eq!(operator.compares, Compares::Exactly);
        assert_eq!(Operator::parse("StringAlmost"), None);
    }

    #[test]
    fn counted_keys_are_in_order_and_in_small_letters() {
        assert!(COUNTED.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(COUNTED.iter().all(|(key, _)| *key == key.to_ascii_lowercase()));
    }

    #[test]
    fn an_arn_is_fixed_where_it_tells_whose_it_is() {
        for (text, expected) in [
            ("arn:aws:sns:us-east-1:123456789012:t", true),
            ("arn:aws:sns:us-east-1:123456789012:*", true),
            ("arn:aws:s3:*:*:a-bucket", true),
            ("arn:aws:s3:::a-bucket/*", true),
            ("arn:aws:s3:::*", false),
            ("arn:aws:sns:*:*:t", false),
            ("arn:aws:iam::*:role/admin", false),
            ("arn:aws:*", false),
            ("*", false),
        ] {
            assert_eq!(fixed(Key::Arn, &of_text(text), Taken::Worst), expected, "{text}");
        }
    }
}
