//! What resolving may take. Copies are weighed before they are made, so that no profile makes much out of little.

use crate::error::OscalError;
use crate::limits;
use serde::Serialize;
use std::io::{self, Write};

/// What is left.
pub(super) struct Budget {
    bytes: usize,
    steps: usize,
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self { bytes: limits::MAX_COPIED_BYTES, steps: limits::MAX_STEPS }
    }

    /// Pays for a copy.
    pub(super) fn copy<T: Serialize>(&mut self, value: &T) -> Result<(), OscalError> {
        let mut weight = Weight(0);
        serde_json::to_writer(&mut weight, value).expect("nothing is written, and all keys are text");
        self.bytes = self.bytes.checked_sub(weight.0).ok_or(OscalError::TooMuch)?;
        Ok(())
    }

    /// Pays for comparisons.
    pub(super) fn steps(&mut self, steps: usize) -> Result<(), OscalError> {
        self.steps = self.steps.checked_sub(steps).ok_or(OscalError::TooMuch)?;
        Ok(())
    }
}

/// Counts what would be written.
struct Weight(usize);

impl Write for Weight {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_ends() {
        let mut budget = Budget { bytes: 10, steps: 2 };
        budget.copy(&"12345678").unwrap();
        assert_eq!(budget.copy(&""), Err(OscalError::TooMuch));
        budget.steps(2).unwrap();
        assert_eq!(budget.steps(1), Err(OscalError::TooMuch));
    }
}
