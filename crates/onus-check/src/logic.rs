//! Logic with four outcomes: true, false, nothing, and not known.

use crate::value::{Could, Data, Place, Unk, V, Why};

/// A value as a condition.
#[derive(Clone, Debug)]
pub(crate) enum Logic<'a> {
    True,
    False,
    /// Nothing, or no truth value.
    Null,
    Unknown(Unk<'a>),
}

impl<'a> Logic<'a> {
    /// A value as a condition. Text counts as CloudFormation reads it; what is no truth value is nothing.
    pub(crate) fn of(data: &Data<'a>) -> Self {
        match data {
            Data::Bool(value) => Self::from(*value),
            Data::Str(text) => text_as_bool(text).map_or(Self::Null, Self::from),
            Data::Text(text) => text_as_bool(text).map_or(Self::Null, Self::from),
            Data::Unknown(Unk { why, could }) => {
                // Something else could be text that reads as a truth value.
                let could = if could.has(Could::OTHER) { Could::LOGIC } else { *could };
                Self::Unknown(Unk { why: why.clone(), could })
            }
            _ => Self::Null,
        }
    }

    fn could(&self) -> Could {
        match self {
            Self::True => Could::TRUE,
            Self::False => Could::FALSE,
            Self::Null => Could::NULL,
            Self::Unknown(unknown) => unknown.could,
        }
    }

    fn why(&self) -> Option<&Why<'a>> {
        match self {
            Self::Unknown(unknown) => Some(&unknown.why),
            _ => None,
        }
    }

    /// As a value. What could turn out only one way is known.
    pub(crate) fn value(self, place: Place<'a>) -> V<'a> {
        let data = match self {
            Self::True => Data::Bool(true),
            Self::False => Data::Bool(false),
            Self::Null => Data::Null,
            Self::Unknown(Unk { could: Could::TRUE, .. }) => Data::Bool(true),
            Self::Unknown(Unk { could: Could::FALSE, .. }) => Data::Bool(false),
            Self::Unknown(Unk { could: Could::NULL, .. }) => Data::Null,
            Self::Unknown(unknown) => Data::Unknown(unknown),
        };
        V::new(data, place)
    }
}

impl From<bool> for Logic<'_> {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// Text as CloudFormation reads a truth value.
pub(crate) fn text_as_bool(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Which of the two connectives: the one that a single false decides, or a single true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connective {
    And,
    Or,
}

impl Connective {
    /// The outcome that one operand alone decides.
    const fn decisive(self) -> Could {
        match self {
            Self::And => Could::FALSE,
            Self::Or => Could::TRUE,
        }
    }

    const fn neutral(self) -> Could {
        match self {
            Self::And => Could::TRUE,
            Self::Or => Could::FALSE,
        }
    }
}

/// An operand, or the result so far, with its place.
pub(crate) struct Term<'a> {
    pub(crate) logic: Logic<'a>,
    pub(crate) place: Place<'a>,
}

impl<'a> Term<'a> {
    pub(crate) fn of(value: &V<'a>) -> Self {
        Self { logic: Logic::of(&value.data), place: value.place }
    }

    pub(crate) fn value(self) -> V<'a> {
        self.logic.value(self.place)
    }

    /// Whether no further operand can change the outcome.
    pub(crate) fn decides(&self, connective: Connective) -> bool {
        self.logic.could() == connective.decisive()
    }

    /// The outcome of both operands of a connective. A place behind conjuncts that hold counts them, so that of several
    /// ways in which the whole could have held the one that got furthest is told.
    pub(crate) fn followed_by(self, connective: Connective, mut other: Self) -> Self {
        if let (Connective::And, Logic::True) = (connective, &self.logic) {
            let held = self.place.held.saturating_add(1).saturating_add(other.place.held);
            if let Logic::True = other.logic {
                other.place = self.place.alone().or(other.place.alone());
            }
            other.place.held = held;
        }
        self.join(connective, other)
    }

    /// The outcome of both.
    pub(crate) fn join(self, connective: Connective, other: Self) -> Self {
        if self.decides(connective) {
            return self;
        }
        if other.decides(connective) {
            return other;
        }
        let could = combine(connective, self.logic.could(), other.logic.could());
        let why = match (self.logic.why(), other.logic.why()) {
            (Some(a), Some(b)) => Some(a.with(b)),
            (Some(why), None) | (None, Some(why)) => Some(why.derived()),
            (None, None) => None,
        };
        let place = match (&self.logic, &other.logic) {
            (Logic::Unknown(_), Logic::Unknown(_)) => self.place.or(other.place),
            (Logic::Unknown(_), _) => self.place,
            (_, Logic::Unknown(_)) => other.place,
            (Logic::Null, _) => self.place,
            (_, Logic::Null) => other.place,
            // What holds as a whole held at its first place as much as at its last.
            (Logic::True, _) => {
                Place { held: other.place.held, ..self.place.alone().or(other.place.alone()) }
            }
            _ => self.place.or(other.place),
        };
        let logic = match why {
            Some(why) => Logic::Unknown(Unk { why, could }),
            None if could == Could::NULL => Logic::Null,
            None => Logic::from(could == Could::TRUE),
        };
        Self { logic, place }
    }

    /// The same, where the operand is not certain to count: as if it were neutral, or as it is.
    pub(crate) fn doubted(self, connective: Connective, doubt: &Why<'a>) -> Self {
        let could = self.logic.could().and(connective.neutral());
        if could == connective.neutral() {
            return self;
        }
        let why = self.logic.why().map_or_else(|| doubt.derived(), |why| why.with(doubt));
        Self { logic: Logic::Unknown(Unk { why, could }), place: self.place }
    }
}

/// Every outcome of one operand with every outcome of the other.
fn combine(connective: Connective, a: Could, b: Could) -> Could {
    let outcomes = [Could::NULL, Could::TRUE, Could::FALSE];
    let mut all = Could::EMPTY;
    for x in outcomes.into_iter().filter(|outcome| a.has(*outcome)) {
        for y in outcomes.into_iter().filter(|outcome| b.has(*outcome)) {
            let decisive = connective.decisive();
            let outcome = if x == decisive || y == decisive {
                decisive
            } else if x == Could::NULL || y == Could::NULL {
                Could::NULL
            } else {
                connective.neutral()
            };
            all = all.and(outcome);
        }
    }
    all
}

/// `!x`
pub(crate) fn not<'a>(value: &V<'a>) -> V<'a> {
    let logic = match Logic::of(&value.data) {
        Logic::True => Logic::False,
        Logic::False => Logic::True,
        Logic::Null => Logic::Null,
        Logic::Unknown(Unk { why, could }) => {
            let mut turned = Could::EMPTY;
            for (from, to) in
                [(Could::NULL, Could::NULL), (Could::TRUE, Could::FALSE), (Could::FALSE, Could::TRUE)]
            {
                if could.has(from) {
                    turned = turned.and(to);
                }
            }
            Logic::Unknown(Unk { why: why.derived(), could: turned })
        }
    };
    // What held before it is no nearer to the opposite.
    logic.value(value.place.alone())
}
