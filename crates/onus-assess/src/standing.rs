//! How a control, a statement, or a part of either stands: by the evidence there is.

/// The status of a control or statement. A passing check alone never makes it satisfied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Evidence shows that some of it is not done.
    NotSatisfied,
    /// There is no evidence yet.
    #[default]
    NotAssessed,
    /// Some of its parts have valid evidence, none speaks against it.
    PartlySatisfied,
    /// Every part has valid evidence.
    Satisfied,
    /// Nobody has to do anything.
    NotApplicable,
}

impl Status {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSatisfied => "not-satisfied",
            Self::NotAssessed => "not-assessed",
            Self::PartlySatisfied => "partly-satisfied",
            Self::Satisfied => "satisfied",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// A status with what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// The evidence, each a phrase: the checks with their results, attestations, manual records.
    pub evidence: Vec<String>,
    /// What is missing, each a phrase.
    pub missing: Vec<String>,
}
