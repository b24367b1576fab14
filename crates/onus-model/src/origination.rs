//! Control origination: who has a part in a control, and what each convention calls it.
//!
//! The datum is a [`Share`]: which kinds of work AWS and the customer have in a control, and how certain each is. It is
//! derived once; a [`Convention`] turns it into a [`Class`] and a label. Nothing stores a label.

use crate::control::Relation;
use crate::layer::Party;
use crate::provider::Inherited;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Whether something is so, as far as the workload tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seen {
    /// In no configuration that is possible.
    #[default]
    No,
    /// In some of those that are possible.
    Possible,
    /// In all of them.
    Certain,
}

impl Seen {
    /// Certain, or not at all.
    pub const fn certain(holds: bool) -> Self {
        if holds { Self::Certain } else { Self::No }
    }

    /// Of several possible cases: certain where it holds in all, possible where in some.
    pub fn of(cases: impl IntoIterator<Item = bool>) -> Self {
        let (mut any, mut all) = (false, true);
        for holds in cases {
            any |= holds;
            all &= holds;
        }
        match (any, all) {
            (false, _) => Self::No,
            (true, false) => Self::Possible,
            (true, true) => Self::Certain,
        }
    }

    /// The same where it may be that the thing itself does not exist.
    #[must_use]
    pub fn at_most_possible(self) -> Self {
        self.min(Self::Possible)
    }

    const fn may(self) -> bool {
        !matches!(self, Self::No)
    }

    const fn must(self) -> bool {
        matches!(self, Self::Certain)
    }
}

/// Who has which kind of part in a control or statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Share {
    /// AWS discharges some of it.
    pub covered: Seen,
    /// A provider between AWS and the customer discharges some of it.
    pub provided: Seen,
    /// AWS supplies a mechanism for what the customer decides.
    pub enabled: Seen,
    /// AWS does the same for itself.
    pub parallel: Seen,
    /// The customer has a part in the system: at a layer of a service, or with devices and offices.
    pub system: Seen,
    /// The customer has a part as an organization.
    pub organization: Seen,
}

impl Share {
    /// Nobody's.
    const NONE: Self = Self {
        covered: Seen::No,
        provided: Seen::No,
        enabled: Seen::No,
        parallel: Seen::No,
        system: Seen::No,
        organization: Seen::No,
    };

    /// The share at a layer of a service with this party.
    pub const fn at(party: Party, relation: Option<Relation>) -> Self {
        let system = Seen::certain(party.has_customer());
        let none = Self { system, ..Self::NONE };
        match relation {
            None => none,
            Some(Relation::Covers) => Self { covered: Seen::certain(party.has_aws()), ..none },
            // Where the layer is AWS's alone there is nothing for the customer to set, and AWS decides the outcome.
            Some(Relation::Enables) if !party.has_customer() => Self { covered: Seen::Certain, ..none },
            Some(Relation::Enables) => Self { enabled: Seen::Certain, ..none },
            // What AWS does for itself leaves the customer's need where it was.
            Some(Relation::Parallel) => Self { parallel: Seen::Certain, system: Seen::Certain, ..none },
        }
    }

    /// The share where a layer may have one of several parties.
    pub fn of(parties: &[Party], relation: Option<Relation>) -> Self {
        let shares = || parties.iter().map(|party| Self::at(*party, relation));
        Self {
            covered: Seen::of(shares().map(|share| share.covered.must())),
            enabled: Seen::of(shares().map(|share| share.enabled.must())),
            parallel: Seen::of(shares().map(|share| share.parallel.must())),
            system: Seen::of(shares().map(|share| share.system.must())),
            ..Self::NONE
        }
    }

    /// The share of the customer's organization: each party has its own, whatever AWS does.
    pub const fn of_organization(relation: Option<Relation>) -> Self {
        Self {
            enabled: Seen::certain(matches!(relation, Some(Relation::Enables | Relation::Covers))),
            parallel: Seen::certain(matches!(relation, Some(Relation::Parallel))),
            organization: Seen::Certain,
            ..Self::NONE
        }
    }

    /// The share of the workforce's devices and offices that are in the boundary.
    pub const fn of_endpoints() -> Self {
        Self { system: Seen::Certain, ..Self::NONE }
    }

    /// The share that a provider's answer gives. What it leaves is the customer's; where it has no part it says nothing
    /// of who has one.
    pub const fn of_provider(inherited: Inherited) -> Self {
        match inherited {
            Inherited::Yes => Self { provided: Seen::Certain, ..Self::NONE },
            Inherited::Partly => Self { provided: Seen::Certain, system: Seen::Certain, ..Self::NONE },
            Inherited::No => Self::NONE,
        }
    }

    /// Both shares together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            covered: self.covered.max(other.covered),
            provided: self.provided.max(other.provided),
            enabled: self.enabled.max(other.enabled),
            parallel: self.parallel.max(other.parallel),
            system: self.system.max(other.system),
            organization: self.organization.max(other.organization),
        }
    }

    /// The same where it may be that the layer does not exist.
    #[must_use]
    pub fn possibly(self) -> Self {
        Self {
            covered: self.covered.at_most_possible(),
            provided: self.provided.at_most_possible(),
            enabled: self.enabled.at_most_possible(),
            parallel: self.parallel.at_most_possible(),
            system: self.system.at_most_possible(),
            organization: self.organization.at_most_possible(),
        }
    }

    /// Whether the customer has, or may have, a part.
    pub const fn may_have_customer(self) -> bool {
        self.system.may() || self.organization.may()
    }

    /// Whether AWS discharges, or may discharge, some of it.
    pub const fn may_be_covered(self) -> bool {
        self.covered.may()
    }

    /// Whether a provider discharges, or may discharge, some of it.
    pub const fn may_be_provided(self) -> bool {
        self.provided.may()
    }

    /// Whether anybody has, or may have, a part.
    pub const fn is_anybodys(self) -> bool {
        !matches!(self.class(Convention::Aws), Class::NotApplicable)
    }

    /// Whether the customer has, or may have, a part in the system.
    pub const fn may_be_systems(self) -> bool {
        self.system.may()
    }

    /// Whether the customer has, or may have, a part as an organization.
    pub const fn may_be_organizations(self) -> bool {
        self.organization.may()
    }

    /// The class in a convention; where the workload does not tell, the widest that is possible.
    pub const fn class(self, convention: Convention) -> Class {
        let (aws, customer) = self.parts(convention, false);
        Class::of(aws, customer)
    }

    /// The class as far as the workload tells, by the model's own definitions.
    pub fn origination(self) -> Origination {
        let (aws, customer) = self.parts(Convention::Aws, true);
        let widest = self.class(Convention::Aws);
        if Class::of(aws, customer) == widest { widest.into() } else { Origination::Undetermined }
    }

    /// Whether another class is possible than the one that [`Share::class`] gives.
    pub fn is_open(self, convention: Convention) -> bool {
        let (aws, customer) = self.parts(convention, true);
        Class::of(aws, customer) != self.class(convention)
    }

    /// Which of AWS and the customer has a part, or may have one, by the model's own definitions.
    pub fn parties(self) -> Vec<Party> {
        let of_aws = Self { provided: Seen::No, ..self };
        let (aws, customer) = of_aws.parts(Convention::Aws, false);
        aws.then_some(Party::Aws).into_iter().chain(customer.then_some(Party::Customer)).collect()
    }

    /// Whether AWS or a provider, and whether the customer, has a part that the convention counts.
    const fn parts(self, convention: Convention, only_certain: bool) -> (bool, bool) {
        const fn seen(seen: Seen, only_certain: bool) -> bool {
            if only_certain { seen.must() } else { seen.may() }
        }
        let counterpart = match convention {
            Convention::Aws | Convention::Caiq => {
                seen(self.enabled, only_certain) || seen(self.parallel, only_certain)
            }
            Convention::Fedramp => false,
        };
        let discharged = seen(self.covered, only_certain) || seen(self.provided, only_certain);
        let customer = seen(self.system, only_certain) || seen(self.organization, only_certain);
        (discharged || counterpart, customer)
    }
}

/// Whose a control is, as every convention can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// AWS, or a provider, does all of it.
    Inherited,
    /// AWS or a provider, and the customer, each do a part.
    Shared,
    /// The customer does all of it.
    Customer,
    /// Nothing in the workload concerns it.
    NotApplicable,
}

impl Class {
    /// Every class, from AWS's to nobody's.
    pub const ALL: [Self; 4] = [Self::Inherited, Self::Shared, Self::Customer, Self::NotApplicable];

    const fn of(aws: bool, customer: bool) -> Self {
        match (aws, customer) {
            (true, false) => Self::Inherited,
            (true, true) => Self::Shared,
            (false, true) => Self::Customer,
            (false, false) => Self::NotApplicable,
        }
    }

    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inherited => "inherited",
            Self::Shared => "shared",
            Self::Customer => "customer",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whose a control or statement is, in the customer's workload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origination {
    /// AWS, or a provider, does all of it.
    Inherited,
    /// AWS or a provider, and the customer, each do a part.
    Shared,
    /// The customer does all of it.
    Customer,
    /// Nothing in the workload concerns it.
    #[default]
    NotApplicable,
    /// The workload does not say enough to tell.
    Undetermined,
}

impl Origination {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inherited => "inherited",
            Self::Shared => "shared",
            Self::Customer => "customer",
            Self::NotApplicable => "not-applicable",
            Self::Undetermined => "undetermined",
        }
    }
}

impl From<Class> for Origination {
    fn from(class: Class) -> Self {
        match class {
            Class::Inherited => Self::Inherited,
            Class::Shared => Self::Shared,
            Class::Customer => Self::Customer,
            Class::NotApplicable => Self::NotApplicable,
        }
    }
}

/// In whose words the answer is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// The Shared Responsibility Model's own: inherited, shared, customer-specific. AWS's mechanisms and its own
    /// counterpart of a duty count as its part.
    #[default]
    Aws,
    /// Control origination as a FedRAMP SSP writes it, in the boundary of the system on AWS. What AWS enables or does for
    /// itself is the customer's own; policy and procedures are never inherited.
    Fedramp,
    /// Ownership as CSA's Shared Security Responsibility Model names it in the CAIQ.
    Caiq,
}

impl Convention {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Aws, Self::Fedramp, Self::Caiq];

    /// The word on the command line and in data files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Fedramp => "fedramp",
            Self::Caiq => "caiq",
        }
    }

    /// The class of a control's share; `policy` is whether it is the policy and procedures of its family.
    pub fn class(self, share: Share, policy: bool) -> Class {
        match (share.class(self), self) {
            // Nobody can state another organization's policy.
            (Class::Inherited, Self::Fedramp) if policy => Class::Customer,
            (class, _) => class,
        }
    }

    /// What the convention calls it.
    pub fn label(self, share: Share, policy: bool) -> &'static str {
        let class = self.class(share, policy);
        match self {
            Self::Aws => match class {
                Class::Inherited => "Inherited",
                Class::Shared => "Shared",
                Class::Customer => "Customer specific",
                Class::NotApplicable => "Not applicable",
            },
            Self::Caiq => match class {
                Class::Inherited => "CSP-owned",
                Class::Shared => "Shared CSP and CSC",
                Class::Customer => "CSC-owned",
                Class::NotApplicable => "NA",
            },
            Self::Fedramp => match (class, ServiceProvider::of(share)) {
                (Class::Inherited, _) => "Inherited from pre-existing FedRAMP Authorization",
                (Class::NotApplicable, _) => "Not Applicable",
                (Class::Customer, ServiceProvider::Corporate) => "Service Provider Corporate",
                (Class::Customer, ServiceProvider::System) => "Service Provider System Specific",
                (Class::Customer, ServiceProvider::Hybrid) => {
                    "Service Provider Hybrid (Corporate and System Specific)"
                }
                (Class::Shared, ServiceProvider::Corporate) => {
                    "Inherited from pre-existing FedRAMP Authorization; Service Provider Corporate"
                }
                (Class::Shared, ServiceProvider::System) => {
                    "Inherited from pre-existing FedRAMP Authorization; Service Provider System Specific"
                }
                (Class::Shared, ServiceProvider::Hybrid) => {
                    "Inherited from pre-existing FedRAMP Authorization; Service Provider Hybrid (Corporate and System Specific)"
                }
            },
        }
    }
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that names no convention.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a convention: aws, fedramp, caiq")]
pub struct UnknownConvention(pub String);

impl FromStr for Convention {
    type Err = UnknownConvention;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|convention| convention.as_str() == text)
            .ok_or_else(|| UnknownConvention(text.to_owned()))
    }
}

/// What kind of part the system's own provider has, in FedRAMP's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceProvider {
    /// As an organization alone.
    Corporate,
    /// In this system alone.
    System,
    /// Both.
    Hybrid,
}

impl ServiceProvider {
    /// The kind that a share has.
    pub const fn of(share: Share) -> Self {
        match (share.organization.may(), share.system.may()) {
            (true, false) => Self::Corporate,
            (true, true) => Self::Hybrid,
            // A policy that is not inherited whatever the layers say is the organization's.
            (false, false) => Self::Corporate,
            (false, true) => Self::System,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Party::{Aws, Both, Customer};

    #[test]
    fn relations_decide_who_has_a_part() {
        let table = [
            (Aws, Some(Relation::Covers), Class::Inherited, Class::Inherited),
            (Both, Some(Relation::Covers), Class::Shared, Class::Shared),
            (Customer, Some(Relation::Covers), Class::Customer, Class::Customer),
            (Aws, Some(Relation::Enables), Class::Inherited, Class::Inherited),
            (Both, Some(Relation::Enables), Class::Shared, Class::Customer),
            (Customer, Some(Relation::Enables), Class::Shared, Class::Customer),
            (Aws, Some(Relation::Parallel), Class::Shared, Class::Customer),
            (Customer, None, Class::Customer, Class::Customer),
            (Aws, None, Class::NotApplicable, Class::NotApplicable),
        ];
        for (party, relation, aws, fedramp) in table {
            let share = Share::at(party, relation);
            assert_eq!(share.class(Convention::Aws), aws, "{party} {relation:?}");
            assert_eq!(share.class(Convention::Caiq), aws, "{party} {relation:?}");
            assert_eq!(share.class(Convention::Fedramp), fedramp, "{party} {relation:?}");
        }
    }

    #[test]
    fn an_undetermined_layer_widens_the_parties() {
        let share = Share::of(&[Aws, Customer], Some(Relation::Covers));
        assert_eq!(share.origination(), Origination::Undetermined);
        assert_eq!(share.class(Convention::Fedramp), Class::Shared);
        assert!(share.is_open(Convention::Fedramp));
        assert_eq!(share.parties(), [Aws, Customer]);
        // What is certain elsewhere closes it again.
        let both = share.union(Share::at(Both, Some(Relation::Covers)));
        assert_eq!(both.origination(), Origination::Shared);
    }

    #[test]
    fn policies_are_never_inherited_where_fedramp_is_asked() {
        let share = Share::at(Aws, Some(Relation::Covers));
        assert_eq!(Convention::Fedramp.class(share, true), Class::Customer);
        assert_eq!(Convention::Fedramp.label(share, true), "Service Provider Corporate");
        assert_eq!(Convention::Aws.class(share, true), Class::Inherited);
    }

    #[test]
    fn hybrid_is_derived_from_the_layers() {
        let share = Share::of_organization(Some(Relation::Parallel))
            .union(Share::at(Customer, Some(Relation::Enables)));
        assert_eq!(
            Convention::Fedramp.label(share, false),
            "Service Provider Hybrid (Corporate and System Specific)"
        );
        assert_eq!(Convention::Caiq.label(share, false), "Shared CSP and CSC");
    }
}
