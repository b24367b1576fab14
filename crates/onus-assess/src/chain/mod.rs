//! Systems in a chain: AWS, providers, the customer, and the customer's own customers.
//!
//! A provider's answer is added to what follows from the workload that the customer runs itself; it takes nothing from
//! it. The rules, for a statement:
//!
//! - *yes*: the provider discharges it. Where the customer has no service of its own in the statement's layers, it is
//!   inherited; where the customer has a part of its own, that stays, and the statement is shared.
//! - *partly*: the provider discharges some, and the customer has the rest.
//! - *no*: the statement is not inherited, whatever AWS and others do of it in services of their own. Where nobody says
//!   that the customer has a part, it may have one.
//! - silence: nothing is added. What the provider runs never becomes the customer's by not being in the workload.
//! - What a provider leaves in words is the customer's, whatever the answer beside it. What nobody took is a problem
//!   besides (`left`).
//!
//! While anything of a control is left to the customer, no class of it is *inherited*. A statement's own answer goes
//! before its control's. Selections have the answers of their catalogue, and crosswalked
//! frameworks those of the controls that theirs map to.

mod answers;
mod left;
mod published;
mod standing;

pub(crate) use answers::{Chain, Said};
pub use left::{Fate, HandOnStatus, HandOnUse, LeftDuty};
pub(crate) use left::{hand_ons, left, problems};
pub use published::{Published, published};
pub(crate) use standing::providers_part;

use onus_model::{Inherited, Provider, ProviderPart};

/// Whether a part leaves something to the customer, in words or by what it does not do.
fn leaves(part: &ProviderPart) -> bool {
    !part.leaves.is_empty() || part.inherited != Inherited::Yes
}

/// What a provider says that bears on a control or statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderUse {
    /// The position in [`Assessment::providers`](crate::Assessment::providers).
    pub provider: usize,
    /// The position among its parts.
    pub part: usize,
    /// The control by which it comes, where a crosswalk says so.
    pub through: Option<String>,
}

impl ProviderUse {
    /// The provider, and what it says.
    ///
    /// # Panics
    /// Where the providers are not those of the assessment that this is of.
    pub fn part<'p>(&self, providers: &'p [Provider]) -> (&'p Provider, &'p ProviderPart) {
        let provider = &providers[self.provider];
        (provider, &provider.parts[self.part])
    }

    /// Whether the provider discharges it, or some of it.
    pub fn discharges(&self, providers: &[Provider]) -> bool {
        self.part(providers).1.inherited != Inherited::No
    }

    /// What it says and where, as a reason.
    pub fn sentence(&self, providers: &[Provider]) -> String {
        let (provider, part) = self.part(providers);
        let (start, end) = match part.inherited {
            Inherited::Yes => ("inherited from", ""),
            Inherited::Partly => ("inherited in part from", "; the rest is yours"),
            Inherited::No => ("not inherited from", ""),
        };
        let through = self.through.as_ref().map(|id| format!(" (through {id})")).unwrap_or_default();
        let kind = provider.document.kind.as_str();
        format!("{start} {}, by its {kind}, {}{end}{through}", provider.name, part.place)
    }
}
