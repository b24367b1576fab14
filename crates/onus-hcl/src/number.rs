//! Numbers: decimal and exact, so that `0.1 + 0.2` is `0.3`, as in Terraform.

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, FromPrimitive, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Digits that a result keeps: Terraform has 512 bits, which are 154 decimal digits.
const PRECISION: u64 = 154;

/// Digits that a quotient has beyond these, so that what is multiplied back is what it was.
const GUARD: u64 = 6;

/// A number whose first and last digit are further than this from the point is refused, since writing it out would
/// take as much room. Terraform reads larger ones; nothing on AWS is counted in them.
const MAX_EXPONENT: i64 = 4096;

/// A number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(BigDecimal);

impl Number {
    /// A number from its text (`1`, `-1.5`, `2e3`); none where it is not one or too long to write out.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() as i64 > MAX_EXPONENT || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Self::checked(BigDecimal::from_str(text).ok()?)
    }

    /// A number from a float; none for infinities and what is not a number.
    pub fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        // By its shortest text, since the exact binary value has digits that nobody wrote.
        Self::parse(&format!("{value:e}")).or_else(|| BigDecimal::from_f64(value).and_then(Self::checked))
    }

    fn checked(value: BigDecimal) -> Option<Self> {
        let (digits, scale) = value.as_bigint_and_exponent();
        let length = digits.bits() as i64;
        (scale.abs() <= MAX_EXPONENT && length <= MAX_EXPONENT * 4).then(|| Self(value.normalized()))
    }

    /// As a whole number, where it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.is_whole().then(|| self.0.to_i64()).flatten()
    }

    /// As a count or index, where it is one.
    pub fn as_usize(&self) -> Option<usize> {
        self.is_whole().then(|| self.0.to_usize()).flatten()
    }

    /// The nearest float.
    pub fn as_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// As a whole number of any size, where it is one.
    pub fn as_big(&self) -> Option<BigInt> {
        self.is_whole().then(|| self.0.with_scale(0).into_bigint_and_exponent().0)
    }

    /// Whether there is nothing after the point.
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The sum.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        Self::checked(rounded(&self.0 + &other.0))
    }

    /// The difference.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        Self::checked(rounded(&self.0 - &other.0))
    }

    /// The product.
    pub fn times(&self, other: &Self) -> Option<Self> {
        Self::checked(rounded(&self.0 * &other.0))
    }

    /// The quotient; none for a divisor of zero.
    pub fn over(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        // The library's own division ends at a hundred digits.
        let (dividend, divisor) = (self.0.as_bigint_and_exponent(), other.0.as_bigint_and_exponent());
        let wanted = PRECISION + GUARD + other.0.digits();
        let zeros = u32::try_from(wanted.saturating_sub(self.0.digits())).ok()?;
        let scaled = dividend.0 * BigInt::from(10).pow(zeros) / divisor.0;
        let scale = dividend.1 + i64::from(zeros) - divisor.1;
        Self::checked(BigDecimal::new(scaled, scale))
    }

    /// The remainder, with the sign of the dividend; none for a divisor of zero.
    pub fn modulo(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Self::checked(&self.0 % &other.0)
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self(-&self.0)
    }

    /// The size without the sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The largest whole number that is not larger.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.with_scale_round(0, bigdecimal::RoundingMode::Floor).normalized())
    }

    /// The smallest whole number that is not smaller.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(self.0.with_scale_round(0, bigdecimal::RoundingMode::Ceiling).normalized())
    }

    /// The sign: -1, 0 or 1.
    pub fn signum(&self) -> i64 {
        match self.0.cmp(&BigDecimal::zero()) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }
}

fn rounded(value: BigDecimal) -> BigDecimal {
    if value.digits() > PRECISION { value.with_prec(PRECISION) } else { value }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(BigDecimal::from(value).normalized())
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        Self(BigDecimal::from(value as u64).normalized())
    }
}

impl From<BigInt> for Number {
    fn from(value: BigInt) -> Self {
        Self(BigDecimal::from(value).normalized())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.with_prec(PRECISION).normalized().to_plain_string())
    }
}
