//! Programs: what AWS is examined under, by whom, and for which services.

use crate::layer::Layer;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A program under which AWS's work is examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The id (`soc-2`).
    pub id: String,
    /// The name (`SOC 2 Type 2`).
    pub name: String,
    /// What kind of proof its document is.
    pub kind: ProgramKind,
    /// Who issues the document.
    pub issuer: String,
    /// The day as of which its facts are stated.
    pub read: Date,
    /// Where its facts are from.
    pub sources: Vec<String>,
    /// How long a document of it proves something.
    pub validity: Validity,
    /// The most months that a bridge letter may bridge; none where the program knows no such letters.
    pub bridge_months: Option<u16>,
    /// Which of AWS's work it proves.
    pub supports: Support,
    /// The services that its documents are about: one dated list per partition.
    pub scopes: Vec<ServiceScope>,
}

impl Program {
    /// The dated list of services of a partition.
    pub fn scope(&self, partition: Partition) -> Option<&ServiceScope> {
        self.scopes.iter().find(|scope| scope.partition == partition)
    }
}

/// What kind of proof a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgramKind {
    /// An auditor's report on a period.
    Report,
    /// A certificate of a certification body.
    Certificate,
    /// An authority's permission to operate.
    Authorization,
    /// A contract in which AWS takes duties on.
    Agreement,
    /// AWS's own statement.
    SelfAssessment,
}

impl ProgramKind {
    /// The word as it stands in data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Certificate => "certificate",
            Self::Authorization => "authorization",
            Self::Agreement => "agreement",
            Self::SelfAssessment => "self-assessment",
        }
    }
}

/// How long a document proves something, where it does not say so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The months.
    pub months: u16,
    /// From which day on they count.
    pub from: ValidFrom,
}

/// From which day a document's validity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidFrom {
    /// The last day of the period that it reports on.
    PeriodEnd,
    /// The day of issue.
    Issued,
}

/// Which of AWS's work a program proves: all of it for the frameworks, and that at the layers for any framework.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// The ids of frameworks; a selection from one of them is supported with it.
    pub frameworks: Vec<String>,
    /// Layers.
    pub layers: Vec<Layer>,
}

/// The services that a program is about in a partition, on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceScope {
    /// The partition.
    pub partition: Partition,
    /// The day as of which the list is stated.
    pub as_of: Date,
    /// Where it is from.
    pub source: String,
    /// The ids of services in scope, in alphabetical order.
    pub in_scope: Vec<String>,
    /// The ids of services that the source states as out of scope, in alphabetical order. One that stands in neither
    /// list is unknown.
    pub out_of_scope: Vec<String>,
}

impl ServiceScope {
    /// Whether a service is in scope; none where the list does not say.
    pub fn says(&self, service: &str) -> Option<bool> {
        let holds = |list: &[String]| list.binary_search_by(|id| id.as_str().cmp(service)).is_ok();
        if holds(&self.in_scope) {
            Some(true)
        } else if holds(&self.out_of_scope) {
            Some(false)
        } else {
            None
        }
    }
}

/// A partition: regions that are operated, and examined, apart from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Partition {
    /// The commercial regions.
    #[default]
    Aws,
    /// China.
    AwsCn,
    /// GovCloud (US).
    AwsUsGov,
    /// The European Sovereign Cloud.
    AwsEusc,
    /// Top secret (US).
    AwsIso,
    /// Secret (US).
    AwsIsoB,
}

impl Partition {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Aws, Self::AwsCn, Self::AwsUsGov, Self::AwsEusc, Self::AwsIso, Self::AwsIsoB];

    /// The word as it stands in ARNs, data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::AwsCn => "aws-cn",
            Self::AwsUsGov => "aws-us-gov",
            Self::AwsEusc => "aws-eusc",
            Self::AwsIso => "aws-iso",
            Self::AwsIsoB => "aws-iso-b",
        }
    }

    /// The partition that a region belongs to; the commercial one unless its name says otherwise.
    pub fn of_region(region: &str) -> Self {
        let prefixes = [
            ("cn-", Self::AwsCn),
            ("us-gov-", Self::AwsUsGov),
            ("eusc-", Self::AwsEusc),
            ("us-isob-", Self::AwsIsoB),
            ("us-iso-", Self::AwsIso),
        ];
        let found = prefixes.into_iter().find(|(prefix, _)| region.starts_with(prefix));
        found.map_or(Self::Aws, |(_, partition)| partition)
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that names no partition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a partition")]
pub struct UnknownPartition(pub String);

impl FromStr for Partition {
    type Err = UnknownPartition;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|partition| partition.as_str() == text)
            .ok_or_else(|| UnknownPartition(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_tells_its_partition() {
        for (region, partition) in [
            ("eu-central-1", Partition::Aws),
            ("us-gov-west-1", Partition::AwsUsGov),
            ("cn-north-1", Partition::AwsCn),
            ("us-isob-east-1", Partition::AwsIsoB),
            ("us-iso-east-1", Partition::AwsIso),
            ("eusc-de-east-1", Partition::AwsEusc),
        ] {
            assert_eq!(Partition::of_region(region), partition);
            assert_eq!(partition.as_str().parse(), Ok(partition));
        }
    }
}
