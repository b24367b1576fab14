//! The line between the parties: where in each column AWS takes over, and how the steps join.

use onus_assess::Column;

/// How many of a column's cells, from the top, lie above the line: all up to the last in which the customer has,
/// or may have, a part.
pub(super) fn boundary(column: &Column) -> usize {
    column.cells.iter().rposition(|cell| cell.holder.may_have_customer()).map_or(0, |last| last + 1)
}

/// The arms that meet at a point of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arms {
    pub(super) left: bool,
    pub(super) right: bool,
    pub(super) up: bool,
    pub(super) down: bool,
}

/// The arms in the gap between two neighbouring columns at a level; none for a neighbour beyond the edge.
pub(super) fn joint(left: Option<usize>, right: Option<usize>, level: usize) -> Arms {
    let (low, high) = match (left, right) {
        (Some(left), Some(right)) => (left.min(right), left.max(right)),
        _ => (level, level),
    };
    Arms {
        left: left == Some(level),
        right: right == Some(level),
        up: level > low && level <= high,
        down: level >= low && level < high,
    }
}

/// Whether the line passes down the gap beside a row.
pub(super) fn passes(left: Option<usize>, right: Option<usize>, row: usize) -> bool {
    matches!((left, right), (Some(left), Some(right)) if row >= left.min(right) && row < left.max(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_up_has_a_corner_at_both_ends_and_a_bar_between() {
        let (left, right) = (Some(11), Some(9));
        assert_eq!(joint(left, right, 11), Arms { left: true, right: false, up: true, down: false });
        assert_eq!(joint(left, right, 10), Arms { left: false, right: false, up: true, down: true });
        assert_eq!(joint(left, right, 9), Arms { left: false, right: true, up: false, down: true });
        assert!(passes(left, right, 9) && passes(left, right, 10));
        assert!(!passes(left, right, 8) && !passes(left, right, 11));
        assert_eq!(joint(None, Some(4), 4), Arms { left: false, right: true, up: false, down: false });
    }
}
