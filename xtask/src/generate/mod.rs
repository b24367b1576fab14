//! Workloads of any size, the same on every machine, for measurements.
//!
//! A workload is a row of parts (a bucket, a database, …), each drawn from its own number and so
//! independent of the others. [`template`] writes parts as CloudFormation, [`plan`] as a Terraform plan, [`source()`] as
//! Terraform source.

mod cloudformation;
mod source;
mod terraform;

pub(crate) use cloudformation::template;
pub(crate) use source::{COMMON, source};
pub(crate) use terraform::plan;

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bucket,
    Instance,
    SecurityGroup,
    Database,
    Role,
    Function,
    Queue,
    Topic,
    Key,
    Table,
}

/// The mix, in percent: roughly what a web company's account holds.
const MIX: [(Kind, u64); 10] = [
    (Kind::Role, 20),
    (Kind::Function, 15),
    (Kind::SecurityGroup, 13),
    (Kind::Bucket, 12),
    (Kind::Instance, 10),
    (Kind::Queue, 8),
    (Kind::Table, 7),
    (Kind::Topic, 6),
    (Kind::Database, 5),
    (Kind::Key, 4),
];

/// How many of a hundred settings are as they should be.
const IN_ORDER: u64 = 70;

/// One part of a workload, and the numbers that its settings are drawn from.
struct Part {
    kind: Kind,
    number: u64,
    state: u64,
}

impl Part {
    fn new(number: u64) -> Self {
        let mut part = Self { kind: Kind::Role, number, state: number };
        let mut draw = part.draw(100);
        for (kind, share) in MIX {
            if draw < share {
                part.kind = kind;
                break;
            }
            draw -= share;
        }
        part
    }

    /// A number below `below`: SplitMix64, which is well mixed for seeds in a row.
    fn draw(&mut self, below: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below
    }

    /// Whether the next setting is as it should be.
    fn in_order(&mut self) -> bool {
        self.draw(100) < IN_ORDER
    }

    /// One of several.
    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.draw(texts.len() as u64) as usize]
    }
}

const TEAMS: [&str; 6] = ["checkout", "search", "billing", "platform", "reports", "identity"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mix_is_whole_and_parts_do_not_change() {
        assert_eq!(MIX.iter().map(|(_, share)| share).sum::<u64>(), 100);
        let kinds: Vec<Kind> = (0..1000).map(|number| Part::new(number).kind).collect();
        assert!(MIX.iter().all(|(kind, _)| kinds.contains(kind)));
        assert_eq!(kinds, (0..1000).map(|number| Part::new(number).kind).collect::<Vec<_>>());
    }
}
