//! Sets of addresses.

use std::net::IpAddr;

/// The shortest prefixes that AWS does not take for public.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>
const SHORTEST: (u32, u32) = (8, 32);

/// From the first to the last address, both counted in.
type Range = (u128, u128);

/// A set of IPv4 and IPv6 addresses.
///
/// INVARIANT: the ranges of a family are in order, and neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ranges {
    v4: Vec<Range>,
    v6: Vec<Range>,
}

const LAST_4: u128 = u32::MAX as u128;

impl Ranges {
    /// The addresses of a CIDR, or the one address; none where the text is neither. Bits behind the prefix do not count.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, prefix) =
            text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let (number, bits) = match address.parse().ok()? {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        let prefix: u32 = match prefix {
            Some(prefix) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => prefix.parse().ok()?,
            Some(_) => return None,
            None => bits,
        };
        let host = bits.checked_sub(prefix)?;
        let mask = u128::MAX.checked_shl(host).unwrap_or(0);
        let range = vec![(number & mask, number & mask | !mask & (u128::MAX >> (128 - bits)))];
        Some(match bits {
            32 => Self { v4: range, v6: Vec::new() },
            _ => Self { v4: Vec::new(), v6: range },
        })
    }

    /// Adds the addresses of a CIDR; what is none adds nothing.
    pub(crate) fn add_text(&mut self, text: &str) {
        if let Some(ranges) = Self::of(text) {
            self.add(&ranges);
        }
    }

    /// Adds all addresses of another set.
    pub(crate) fn add(&mut self, other: &Self) {
        self.v4 = joined(&self.v4, &other.v4);
        self.v6 = joined(&self.v6, &other.v6);
    }

    /// Whether it has no address.
    pub(crate) fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Whether it has every address of IPv4, or every one of IPv6.
    pub(crate) fn is_everywhere(&self) -> bool {
        self.v4 == [(0, LAST_4)] || self.v6 == [(0, u128::MAX)]
    }

    /// Whether it has half of the addresses of IPv4 or IPv6, or more.
    pub(crate) fn covers_half(&self) -> bool {
        let size =
            |ranges: &[Range]| ranges.iter().fold(0_u128, |sum, (from, to)| sum.saturating_add(to - from));
        size(&self.v4) >= LAST_4 / 2 || size(&self.v6) >= u128::MAX / 2
    }

    /// Whether a range of it is so broad that AWS calls it public. Private networks are none.
    pub(crate) fn is_broad(&self) -> bool {
        let broad = |ranges: &[Range], bits: u32, shortest: u32, private: &[&str]| {
            let most = (u128::MAX >> (128 - bits)) >> shortest;
            let is_private = |from: u128, to: u128| {
                private.iter().filter_map(|text| Self::of(text)).any(|known| known.has(bits, from, to))
            };
            ranges.iter().any(|(from, to)| to - from > most && !is_private(*from, *to))
        };
        broad(&self.v4, 32, SHORTEST.0, &["10.0.0.0/8"]) || broad(&self.v6, 128, SHORTEST.1, &["fc00::/7"])
    }

    fn has(&self, bits: u32, from: u128, to: u128) -> bool {
        let ranges = if bits == 32 { &self.v4 } else { &self.v6 };
        ranges.iter().any(|(start, end)| *start <= from && to <= *end)
    }

    /// Whether every address of it is in the other set.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let within =
            |bits: u32, ranges: &[Range]| ranges.iter().all(|(from, to)| other.has(bits, *from, *to));
        within(32, &self.v4) && within(128, &self.v6)
    }
}

/// Two sets as one.
fn joined(a: &[Range], b: &[Range]) -> Vec<Range> {
    let mut all = [a, b].concat();
    all.sort_unstable();
    let mut result: Vec<Range> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match result.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => result.push((from, to)),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(texts: &[&str]) -> Ranges {
        let mut ranges = Ranges::default();
        texts.iter().for_each(|text| ranges.add_text(text));
        ranges
    }

    #[test]
    fn every_spelling_of_everywhere_is_everywhere() {
        for texts in [
            &["0.0.0.0/0"][..],
            &["10.0.0.0/0"],
            &["::/0"],
            &["0::/0"],
            &["0:0:0:0:0:0:0:0/0"],
            &["fe80::1/0"],
            &["0.0.0.0/1", "128.0.0.0/1"],
            &["128.0.0.0/1", "10.0.0.0/8", "0.0.0.0/2", "64.0.0.0/2"],
            &["::/1", "8000::/1"],
        ] {
            assert!(of(texts).is_everywhere(), "{texts:?}");
        }
        for texts in [
            &["0.0.0.0/1"][..],
            &["10.0.0.0/8"],
            &["0.0.0.0/1", "::/1"],
            &["fd00::/8"],
            &["0.0.0.0/33"],
            &["0.0.0.0/-0"],
            &["everywhere"],
            &["0.0.0.0"],
            &[],
        ] {
            assert!(!of(texts).is_everywhere(), "{texts:?}");
        }
    }

    #[test]
    fn broad_is_what_aws_calls_public() {
        for (text, expected) in [
            ("0.0.0.0/1", true),
            ("54.0.0.0/7", true),
            ("54.0.0.0/8", false),
            ("10.0.0.0/8", false),
            ("2600::/16", true),
            ("fc00::/7", false),
            ("203.0.113.7", false),
        ] {
            assert_eq!(of(&[text]).is_broad(), expected, "{text}");
        }
    }

    /// Networks in a corner of the addresses, so that they meet.
    fn network() -> impl Strategy<Value = String> {
        prop_oneof![
            (0_u8..8, 27_u8..=32).prop_map(|(last, bits)| format!("0.0.0.{last}/{bits}")),
            (0_u8..4, 0_u8..3).prop_map(|(first, bits)| format!("{}.0.0.0/{bits}", first << 6)),
        ]
    }

    /// The plain definition.
    fn holds(network: &str, address: u32) -> bool {
        let (base, bits) = network.split_once('/').expect("it is one");
        let base: std::net::Ipv4Addr = base.parse().expect("it is one");
        let bits: u32 = bits.parse().expect("it is one");
        let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
        base.to_bits() & mask == address & mask
    }

    proptest! {
        #[test]
        fn a_union_has_what_one_of_its_networks_has(
            networks in prop::collection::vec(network(), 0..6), address in prop_oneof![0_u32..40, any::<u32>()],
        ) {
            let mut ranges = Ranges::default();
            networks.iter().for_each(|network| ranges.add_text(network));
            let expected = networks.iter().any(|network| holds(network, address));
            prop_assert_eq!(ranges.has(32, u128::from(address), u128::from(address)), expected);
        }

        #[test]
        fn the_order_of_networks_does_not_matter(networks in prop::collection::vec(network(), 0..6)) {
            let (mut there, mut back) = (Ranges::default(), Ranges::default());
            networks.iter().for_each(|network| there.add_text(network));
            networks.iter().rev().for_each(|network| back.add_text(network));
            prop_assert_eq!(there, back);
        }
    }
}
