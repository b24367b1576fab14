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
    /// Which kinds of evidence there are.
    pub kinds: EvidenceKinds,
}

/// Which kinds of evidence there are for a control or statement, whatever it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceKinds {
    /// Checks looked at something.
    pub automated: bool,
    /// A record of the customer's counts.
    pub manual: bool,
    /// An attestation proves some of AWS's part.
    pub attested: bool,
}

impl EvidenceKinds {
    /// Both together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self {
            automated: self.automated | other.automated,
            manual: self.manual | other.manual,
            attested: self.attested | other.attested,
        }
    }

    /// Whether there is none.
    pub const fn is_none(self) -> bool {
        !(self.automated || self.manual || self.attested)
    }
}

impl Status {
    /// The status of a whole whose parts have these; parts that apply to nobody do not count.
    pub fn of_parts(parts: impl IntoIterator<Item = Self>) -> Self {
        let (mut any, mut all, mut some, mut against) = (false, true, false, false);
        for status in parts.into_iter().filter(|status| *status != Self::NotApplicable) {
            any = true;
            all &= status == Self::Satisfied;
            some |= matches!(status, Self::Satisfied | Self::PartlySatisfied);
            against |= status == Self::NotSatisfied;
        }
        match (any, against, all, some) {
            (false, ..) => Self::NotApplicable,
            (_, true, ..) => Self::NotSatisfied,
            (_, _, true, _) => Self::Satisfied,
            (.., true) => Self::PartlySatisfied,
            _ => Self::NotAssessed,
        }
    }
}
