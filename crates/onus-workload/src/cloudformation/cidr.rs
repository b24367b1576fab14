//! `Fn::Cidr`: a block of addresses divided into smaller ones.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How many blocks CloudFormation makes at most.
const MAX_BLOCKS: u32 = 256;

/// The first `count` blocks within a block, each leaving `bits` bits to its hosts (by default 8).
pub(crate) fn subdivide(block: &str, count: u32, bits: Option<u32>) -> Result<Vec<String>, String> {
    let (address, length) = block.split_once('/').ok_or("it has no prefix length")?;
    let address: IpAddr = address.trim().parse().map_err(|_| "it is not an address")?;
    let length: u32 = length.trim().parse().map_err(|_| "its prefix length is not a number")?;
    let (width, base) = match address {
        IpAddr::V4(address) => (32, u128::from(u32::from(address))),
        IpAddr::V6(address) => (128, u128::from(address)),
    };
    let bits = bits.unwrap_or(if width == 32 { 8 } else { 64 });
    if count == 0 || count > MAX_BLOCKS {
        return Err(format!("the count must be from 1 to {MAX_BLOCKS}"));
    }
    if length > width || bits > width - length {
        return Err("the blocks are larger than what they divide".to_owned());
    }
    // A shift by the full width is none that the processor has.
    let available = 1u128.checked_shl(width - length - bits).unwrap_or(u128::MAX);
    if u128::from(count) > available {
        return Err(format!("it holds only {available} such blocks"));
    }
    let host_mask = 1u128.checked_shl(width - length).map_or(u128::MAX, |size| size - 1);
    let start = base & !host_mask;
    let step = 1u128.checked_shl(bits).unwrap_or(0);
    Ok((0..count).map(|at| name(start + u128::from(at) * step, width, width - bits)).collect())
}

fn name(address: u128, width: u32, length: u32) -> String {
    let address = match width {
        32 => IpAddr::V4(Ipv4Addr::from(address as u32)),
        _ => IpAddr::V6(Ipv6Addr::from(address)),
    };
    format!("{address}/{length}")
}

#[cfg(test)]
mod tests {
    use super::subdivide;

    #[test]
    fn blocks_follow_one_another() {
        let blocks = subdivide("192.168.0.0/24", 3, Some(5)).unwrap();
        assert_eq!(blocks, ["192.168.0.0/27", "192.168.0.32/27", "192.168.0.64/27"]);
        assert_eq!(subdivide("10.0.0.0/16", 2, None).unwrap(), ["10.0.0.0/24", "10.0.1.0/24"]);
        assert_eq!(subdivide("2001:db8::/56", 2, Some(64)).unwrap(), ["2001:db8::/64", "2001:db8:0:1::/64"]);
    }

    #[test]
    fn what_cannot_be_divided_is_an_error() {
        for (block, count, bits) in [
            ("10.0.0.0", 1, None),
            ("10.0.0.0/33", 1, Some(0)),
            ("10.0.0.0/24", 3, Some(7)),
            ("10.0.0.0/24", 0, Some(7)),
            ("10.0.0.0/24", 999_999, Some(0)),
            ("::/0", 1, Some(999)),
            ("x/8", 1, None),
        ] {
            assert!(subdivide(block, count, bits).is_err(), "{block}");
        }
        assert_eq!(subdivide("::/0", 1, Some(128)).unwrap(), ["::/0"]);
    }
}
