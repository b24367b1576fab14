//! Rules of security groups and network ACLs, and lists of networks.

use super::ranges::Ranges;
use crate::eval::Ctx;
use crate::logic::{Connective, Logic, Term};
use crate::operators::{Number, Order, number, order};
use crate::value::{Could, Data, Place, Unk, V, Why};
use onus_model::{Names, Unknown};

/// The properties of a rule that hold networks.
const NETWORKS: [&str; 4] = ["CidrIp", "CidrIpv6", "CidrBlock", "Ipv6CidrBlock"];

/// Lists of rules, of which each has its networks: deeper lists are none.
const MAX_DEPTH: usize = 4;

/// Every protocol.
const ALL: i64 = -1;

/// The protocols that people name, with their numbers.
/// <https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml>
const PROTOCOLS: [(&str, i64); 12] = [
    ("all", ALL),
    ("icmp", 1),
    ("igmp", 2),
    ("tcp", 6),
    ("udp", 17),
    ("gre", 47),
    ("esp", 50),
    ("ah", 51),
    ("icmpv6", 58),
    ("ipv6-icmp", 58),
    ("ospf", 89),
    ("sctp", 132),
];

/// Networks as far as they are known.
#[derive(Default)]
struct Networks<'a> {
    /// What is there for certain.
    certain: Ranges,
    /// That, and what may be there.
    possible: Ranges,
    /// Why there may be more.
    why: Option<Why<'a>>,
    place: Place<'a>,
    /// The place of what is everywhere by itself.
    everywhere: Option<Place<'a>>,
}

impl<'a> Networks<'a> {
    fn of(ctx: &Ctx<'a>, value: &V<'a>) -> Self {
        let mut networks = Self { place: value.place, ..Self::default() };
        networks.add(ctx, value, None, 0);
        networks
    }

    fn add(&mut self, ctx: &Ctx<'a>, value: &V<'a>, doubt: Option<&Why<'a>>, depth: usize) {
        if depth > MAX_DEPTH || !ctx.spend(1) {
            self.doubt(ctx.exhausted());
            return;
        }
        match &value.data {
            Data::Null => {}
            Data::Unknown(unknown) => {
                if could_be_broad(value.source()) {
                    self.doubt(unknown.why.derived());
                    self.place = self.place.or(value.place);
                }
            }
            Data::List(_) | Data::Items(_) => {
                for item in value.elements().into_iter().flatten() {
                    self.add(ctx, &item.value, item.doubt.as_ref().or(doubt), depth + 1);
                }
            }
            Data::Map(_) | Data::Entries(_) => {
                for field in NETWORKS {
                    self.add(ctx, &value.select(field), doubt, depth + 1);
                }
            }
            _ => self.add_text(value, doubt),
        }
    }

    fn add_text(&mut self, value: &V<'a>, doubt: Option<&Why<'a>>) {
        let Some(ranges) = value.text().and_then(|text| Ranges::of(&text)) else { return };
        if ranges.is_everywhere() {
            self.everywhere.get_or_insert(value.place);
        }
        self.possible.add(&ranges);
        match doubt {
            Some(doubt) => self.doubt(doubt.derived()),
            None => self.certain.add(&ranges),
        }
    }

    fn doubt(&mut self, why: Why<'a>) {
        self.why = Some(self.why.take().map_or_else(|| why.clone(), |old| old.with(&why)));
    }

    /// The answer where it holds of what is certain, of what is possible, or could of what is not known.
    fn answer(self, certain: bool, possible: bool, is_open: bool) -> V<'a> {
        let place = self.everywhere.unwrap_or(self.place);
        match self.why {
            _ if certain => V::bool(true, place),
            Some(why) if possible || is_open => V::unknown(why, Could::BOOL, place),
            _ => V::bool(false, self.place),
        }
    }
}

/// Whether an unknown network could be much of all addresses.
fn could_be_broad(source: Option<&Unknown>) -> bool {
    let Some(unknown) = source else { return true };
    let suffix = unknown.text.as_ref().map_or("", |text| text.suffix());
    let bits = suffix.rsplit_once('/').and_then(|(_, bits)| bits.parse::<u32>().ok());
    !matches!(unknown.names, Names::Network | Names::One | Names::Key) && bits.is_none_or(|bits| bits == 0)
}

/// `isEverywhere(networks)`: whether they are all addresses of IPv4, or of IPv6, together.
pub(crate) fn is_everywhere<'a>(ctx: &Ctx<'a>, value: &V<'a>) -> V<'a> {
    let networks = Networks::of(ctx, value);
    let is_open = opens(ctx, value, 0);
    let (certain, possible) = (networks.certain.is_everywhere(), networks.possible.is_everywhere());
    networks.answer(certain, possible, is_open)
}

/// Whether something in it is not known and could be any network.
fn opens(ctx: &Ctx<'_>, value: &V<'_>, depth: usize) -> bool {
    if depth > MAX_DEPTH || !ctx.spend(1) {
        return true;
    }
    match &value.data {
        Data::Unknown(_) => could_be_broad(value.source()),
        Data::List(_) | Data::Items(_) => {
            value.elements().into_iter().flatten().any(|item| opens(ctx, &item.value, depth + 1))
        }
        Data::Map(_) | Data::Entries(_) => {
            NETWORKS.iter().any(|field| opens(ctx, &value.select(field), depth + 1))
        }
        _ => false,
    }
}

/// `isWithin(networks, others)`: whether every address of the first is one of the others.
pub(crate) fn is_within<'a>(ctx: &Ctx<'a>, value: &V<'a>, others: &V<'a>) -> V<'a> {
    let (inner, outer) = (Networks::of(ctx, value), Networks::of(ctx, others));
    let place = inner.place;
    let why = match (inner.why, outer.why) {
        (Some(a), Some(b)) => Some(a.with(&b)),
        (a, b) => a.or(b),
    };
    let has_open = opens(ctx, value, 0) || opens(ctx, others, 0);
    match why {
        Some(why) if has_open || inner.certain.is_within(&outer.possible) => {
            match !opens(ctx, value, 0) && inner.possible.is_within(&outer.certain) {
                true => V::bool(true, place),
                false => V::unknown(why, Could::BOOL, place),
            }
        }
        _ => V::bool(!inner.possible.is_empty() && inner.possible.is_within(&outer.certain), place),
    }
}

/// `protocol(x)`: its number, `-1` for all; a name without a number as it is.
pub(crate) fn protocol<'a>(value: &V<'a>) -> V<'a> {
    let data = match &value.data {
        Data::Null => Data::Null,
        Data::Unknown(unknown) => {
            return V::unknown(unknown.why.derived(), Could::NULL.and(Could::OTHER), value.place);
        }
        data => match (number(data), value.text()) {
            (Some(Number::Int(whole)), _) => Data::Int(whole),
            (_, Some(text)) => {
                let lower = text.trim().to_ascii_lowercase();
                let named = PROTOCOLS.iter().find(|(name, _)| *name == lower).map(|(_, number)| *number);
                match named.or_else(|| lower.parse().ok()) {
                    Some(number) => Data::Int(number),
                    None => Data::Text(lower.into()),
                }
            }
            (_, None) => Data::Null,
        },
    };
    V::new(data, value.place)
}

/// `admits(rule, protocol, port)`: whether a rule is about that protocol and port.
pub(crate) fn admits<'a>(ctx: &Ctx<'a>, rule: &V<'a>, wanted: &V<'a>, port: &V<'a>) -> V<'a> {
    match &rule.data {
        Data::Map(_) | Data::Entries(_) => {}
        Data::Unknown(unknown) => return V::unknown(unknown.why.derived(), Could::LOGIC, rule.place),
        _ => return V::null(rule.place),
    }
    let written = first_set(rule.select("IpProtocol"), || rule.select("Protocol"));
    let own = protocol(&written);
    let is = |number: &V<'a>| Term::of(&crate::operators::equal(ctx, &own, number).value(written.place));
    let every = is(&V::plain(Data::Int(ALL)));
    if every.decides(Connective::Or) {
        return every.value();
    }
    let same = is(&protocol(wanted)).followed_by(Connective::And, has_port(rule, port));
    every.join(Connective::Or, same).value()
}

fn first_set<'a>(value: V<'a>, other: impl FnOnce() -> V<'a>) -> V<'a> {
    if matches!(value.data, Data::Null) { other() } else { value }
}

/// A rule that names no ports is about all; `-1` stands for all, too.
fn has_port<'a>(rule: &V<'a>, port: &V<'a>) -> Term<'a> {
    let range = rule.select("PortRange");
    let from = first_set(rule.select("FromPort"), || range.select("From"));
    let to = first_set(rule.select("ToPort"), || range.select("To"));
    let bounded = |bound: &V<'a>, kind: Order| match number(&bound.data) {
        None if !matches!(bound.data, Data::Unknown(_)) => known(true, bound.place),
        Some(Number::Int(ALL)) => known(true, bound.place),
        _ => nothing_is_all(Term::of(&order(kind, bound, port))),
    };
    bounded(&from, Order::LessEqual).followed_by(Connective::And, bounded(&to, Order::GreaterEqual))
}

fn nothing_is_all<'a>(term: Term<'a>) -> Term<'a> {
    match term.logic {
        Logic::Null => known(true, term.place),
        Logic::Unknown(Unk { why, .. }) => {
            Term { logic: Logic::Unknown(Unk { why, could: Could::BOOL }), place: term.place }
        }
        _ => term,
    }
}

fn known<'a>(truth: bool, place: Place<'a>) -> Term<'a> {
    Term { logic: Logic::from(truth), place }
}
