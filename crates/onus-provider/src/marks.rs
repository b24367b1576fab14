//! Crosses in columns of control origination and implementation status.

use crate::heading::Mark;
use onus_model::Inherited;

/// What crosses say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// What follows for the customer, at most; none where no cross says whose the control is.
    pub(crate) inherited: Option<Inherited>,
    /// What speaks against inheriting all of it.
    pub(crate) against: Option<&'static str>,
}

impl Marks {
    /// What follows from whose a control is in the provider's own system.
    ///
    /// What the provider's organization does is done for itself: each party has its own policies and people. What is not
    /// in place cannot be inherited.
    pub(crate) fn of(set: &[Mark]) -> Self {
        let has = |mark: Mark| set.contains(&mark);
        let customer = has(Mark::Configured) || has(Mark::Provided);
        let provider = has(Mark::System) || has(Mark::Preexisting);
        let built = has(Mark::Implemented) || has(Mark::Alternative) || has(Mark::PartlyImplemented);
        let missing = match () {
            () if built => None,
            () if has(Mark::Planned) => Some("planned"),
            () if has(Mark::NotApplicable) => Some("not applicable"),
            () => None,
        };
        let against = match () {
            () if has(Mark::Shared) => Some("shared with the customer"),
            () if customer => Some("the customer's"),
            () => missing,
        };
        let inherited = match () {
            () if missing.is_some() => Inherited::No,
            () if has(Mark::Shared) || has(Mark::Hybrid) => Inherited::Partly,
            () if provider && (customer || has(Mark::PartlyImplemented)) => Inherited::Partly,
            () if provider => Inherited::Yes,
            () => Inherited::No,
        };
        let says = set.iter().any(|mark| !mark.is_status());
        Self { inherited: says.then_some(inherited), against }
    }
}
