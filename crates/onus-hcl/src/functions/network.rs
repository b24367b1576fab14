//! Address ranges.

use super::{Function, Host, Outcome, Takes};
use crate::Val;
use crate::convert::{number_of, text_of};
use bigdecimal::ToPrimitive as _;
use bigdecimal::num_bigint::BigInt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) const FUNCTIONS: &[Function] = &[
    Function { name: "cidrcontains", least: 2, most: Some(2), takes: Takes::Known, call: cidrcontains },
    Function { name: "cidrhost", least: 2, most: Some(2), takes: Takes::Known, call: cidrhost },
    Function { name: "cidrnetmask", least: 1, most: Some(1), takes: Takes::Known, call: cidrnetmask },
    Function { name: "cidrsubnet", least: 3, most: Some(3), takes: Takes::Known, call: cidrsubnet },
    Function {
        name: "cidrsubnets",
        least: 1,
        most: Some(MAX_SUBNETS),
        takes: Takes::Known,
        call: cidrsubnets,
    },
];

/// `cidrsubnets` takes at most this many arguments: a VPC has 200 subnets.
const MAX_SUBNETS: usize = 4096;

/// Terraform takes at most this many bits at once for a subnet of IPv6, for the sake of 32-bit systems.
const MAX_NEW_BITS: i64 = 32;

/// A range of addresses: its first one as a number of so many bits, of which the prefix is fixed.
#[derive(Clone, Copy)]
struct Range {
    first: u128,
    bits: u32,
    prefix: u32,
}

impl Range {
    fn parse(text: &str) -> Result<Self, String> {
        let not = || format!("`{text}` is not a range of addresses, such as `10.0.0.0/16`");
        let (address, prefix) = text.split_once('/').ok_or_else(not)?;
        if prefix.is_empty() || prefix.len() > 3 || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(not());
        }
        let prefix: u32 = prefix.parse().map_err(|_| not())?;
        let (address, bits) = address_of(address).ok_or_else(not)?;
        if prefix > bits {
            return Err(not());
        }
        let range = Self { first: address, bits, prefix };
        Ok(Self { first: address & !range.hosts(), ..range })
    }

    /// The bits that tell apart the addresses of the range: as many ones.
    const fn hosts(self) -> u128 {
        ones(self.bits - self.prefix)
    }

    fn address(self, address: u128) -> IpAddr {
        if self.bits == 32 {
            Ipv4Addr::from_bits(address as u32).into()
        } else {
            Ipv6Addr::from_bits(address).into()
        }
    }

    fn holds(self, other: Self) -> bool {
        self.bits == other.bits && self.prefix <= other.prefix && other.first & !self.hosts() == self.first
    }

    fn text(self) -> String {
        format!("{}/{}", written(self.address(self.first)), self.prefix)
    }
}

/// A number of so many ones.
const fn ones(count: u32) -> u128 {
    match 1_u128.checked_shl(count) {
        Some(above) => above - 1,
        None => u128::MAX,
    }
}

/// An address as a number, and how many bits it has. Parts of IPv4 may have leading zeros, which do not make them octal.
fn address_of(text: &str) -> Option<(u128, u32)> {
    if text.contains(':') {
        return Some((text.parse::<Ipv6Addr>().ok()?.to_bits(), 128));
    }
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() != 4 {
        return None;
    }
    let mut address = 0;
    for part in parts {
        if part.is_empty() || part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        address = address << 8 | u128::from(part.parse::<u8>().ok()?);
    }
    Some((address, 32))
}

/// An address as Go writes it: an IPv4 address within IPv6 in hexadecimal numbers.
fn written(address: IpAddr) -> String {
    match address {
        IpAddr::V6(address) if address.to_ipv4_mapped().is_some() => {
            let [.., high, low] = address.segments();
            format!("::ffff:{high:x}:{low:x}")
        }
        other => other.to_string(),
    }
}

fn whole(value: &Val) -> Result<BigInt, String> {
    number_of(value)?.as_big().ok_or_else(|| "a whole number is required".to_owned())
}

fn small(value: &Val) -> Result<i64, String> {
    number_of(value)?.as_i64().ok_or_else(|| "a whole number is required, not too large".to_owned())
}

fn cidrhost(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let range = Range::parse(&text_of(&arguments[0])?)?;
    let number = whole(&arguments[1])?;
    let hosts = range.hosts();
    // A negative number counts from the end: -1 is the last address.
    let number = if number < BigInt::from(0) { number + BigInt::from(hosts) + 1 } else { number };
    let number = number.to_u128().filter(|number| *number <= hosts);
    let number = number.ok_or_else(|| format!("`{}` has no such address", range.text()))?;
    Ok(Val::string(written(range.address(range.first | number))))
}

fn cidrnetmask(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let range = Range::parse(&text_of(&arguments[0])?)?;
    if range.bits != 32 {
        return Err("a range of IPv6 has no netmask".to_owned());
    }
    Ok(Val::string(range.address(ones(32) & !range.hosts()).to_string()))
}

fn cidrsubnet(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let range = Range::parse(&text_of(&arguments[0])?)?;
    let (added, number) = (small(&arguments[1])?, whole(&arguments[2])?);
    let prefix = added.checked_add(i64::from(range.prefix)).and_then(|prefix| u32::try_from(prefix).ok());
    let prefix = prefix.filter(|prefix| added >= 0 && *prefix <= range.bits);
    let prefix = prefix.ok_or_else(|| format!("`{}` cannot be extended by {added} bits", range.text()))?;
    let number = number.to_u128().filter(|number| *number <= ones(prefix - range.prefix));
    let number =
        number.ok_or_else(|| format!("`{}` has no such subnet of {added} more bits", range.text()))?;
    let offset = number.checked_shl(range.bits - prefix).unwrap_or(0);
    Ok(Val::string(Range { first: range.first | offset, prefix, ..range }.text()))
}

fn cidrsubnets(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let range = Range::parse(&text_of(&arguments[0])?)?;
    let mut made = Vec::new();
    // The first free address as a distance from the start; none behind the last.
    let mut free = Some(0_u128);
    for argument in &arguments[1..] {
        let added = small(argument)?;
        let prefix = u32::try_from(added).ok().and_then(|added| range.prefix.checked_add(added));
        let prefix = prefix.filter(|prefix| (1..=MAX_NEW_BITS).contains(&added) && *prefix <= range.bits);
        let prefix =
            prefix.ok_or_else(|| format!("`{}` cannot be extended by {added} bits", range.text()))?;
        let own = ones(range.bits - prefix);
        // A subnet starts at a multiple of its size.
        let start =
            free.and_then(|free| Some(free.checked_add(own)? & !own)).filter(|start| *start <= range.hosts());
        let start = start.ok_or_else(|| format!("`{}` has no room for so many subnets", range.text()))?;
        made.push(Val::string(Range { first: range.first | start, prefix, ..range }.text()));
        free = (start | own).checked_add(1);
    }
    Ok(Val::list(made))
}

fn cidrcontains(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let range = Range::parse(&text_of(&arguments[0])?)?;
    let text = text_of(&arguments[1])?;
    let other = match address_of(&text) {
        Some((first, bits)) => Range { first, bits, prefix: bits },
        None => Range::parse(&text)?,
    };
    Ok(Val::bool(range.holds(other)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, n, s};
    use crate::Val;

    #[test]
    fn hosts() {
        check("cidrhost", &[s("10.0.0.5/24"), n("1")], r#""10.0.0.1""#);
        check("cidrhost", &[s("10.0.0.0/24"), n("-1")], r#""10.0.0.255""#);
        check("cidrhost", &[s("10.0.0.0/24"), n("-256")], r#""10.0.0.0""#);
        check("cidrhost", &[s("10.0.0.0/24"), n("-257")], "ERROR");
        check("cidrhost", &[s("10.0.0.0/30"), n("4")], "ERROR");
        check("cidrhost", &[s("010.0.0.0/8"), n("1")], r#""10.0.0.1""#);
        check("cidrhost", &[s("fd00::/64"), n("-1")], r#""fd00::ffff:ffff:ffff:ffff""#);
        check("cidrhost", &[s("fd00::/8"), n("18446744073709551616")], r#""fd00:0:0:1::""#);
        check("cidrhost", &[s("::/0"), n("-1")], r#""ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff""#);
        check("cidrhost", &[s("10.0.0.0"), n("1")], "ERROR");
        check("cidrhost", &[s("10.0.0.0/33"), n("1")], "ERROR");
    }

    #[test]
    fn masks() {
        check("cidrnetmask", &[s("10.0.0.0/12")], r#""255.240.0.0""#);
        check("cidrnetmask", &[s("10.0.0.0/0")], r#""0.0.0.0""#);
        check("cidrnetmask", &[s("fd00::/8")], "ERROR");
    }

    #[test]
    fn subnets() {
        check("cidrsubnet", &[s("10.1.2.3/16"), n("8"), n("2")], r#""10.1.2.0/24""#);
        check("cidrsubnet", &[s("10.0.0.0/16"), n("8"), n("256")], "ERROR");
        check("cidrsubnet", &[s("10.0.0.0/16"), n("20"), n("0")], "ERROR");
        check("cidrsubnet", &[s("10.0.0.0/16"), n("0"), n("0")], r#""10.0.0.0/16""#);
        check("cidrsubnet", &[s("::/0"), n("128"), n("1")], r#""::1/128""#);
        let more = |text: &str, bits: &[&str]| {
            [s(text)].into_iter().chain(bits.iter().map(|bits| n(bits))).collect::<Vec<Val>>()
        };
        check(
            "cidrsubnets",
            &more("10.1.0.0/16", &["4", "4", "8", "4"]),
            r#"["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24","10.1.48.0/20"]"#,
        );
        check("cidrsubnets", &more("10.1.0.0/16", &["1", "1", "1"]), "ERROR");
        check("cidrsubnets", &more("10.1.0.0/16", &["17"]), "ERROR");
        check("cidrsubnets", &more("10.1.0.0/16", &[]), "[]");
        check("cidrsubnets", &more("fd00::/56", &["8", "4"]), r#"["fd00::/64","fd00:0:0:10::/60"]"#);
        check("cidrsubnets", &more("::/0", &["1", "1", "1"]), "ERROR");
    }

    #[test]
    fn membership() {
        check("cidrcontains", &[s("10.0.0.0/8"), s("10.1.1.1")], "true");
        check("cidrcontains", &[s("10.0.0.0/8"), s("10.0.0.0/7")], "false");
        check("cidrcontains", &[s("10.0.0.0/8"), s("::1")], "false");
        check("cidrcontains", &[s("10.0.0.0/8"), s("x")], "ERROR");
    }
}
