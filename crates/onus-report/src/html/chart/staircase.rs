//! Where the line between customer and AWS runs in a column, and from column to column.
//!
//! The line lies above the topmost layer from which on downwards everything is AWS's alone (a layer that does not
//! apply is nobody's and never holds the line up). One exception keeps the picture true for services on the
//! customer's own site: where AWS alone carries a long stretch and only a layer or two at the very bottom is the
//! customer's again (the facilities of an Outpost), the line stays above the stretch and the bottom is an island with
//! an outline of its own.

use super::super::context::cell;
use onus_assess::{Column, Holder};
use onus_model::Layer;
use std::ops::Range;

/// How many layers AWS must carry in a row for what lies beneath to count as an island.
const STRETCH: usize = 3;
/// How many layers an island has at most.
const ISLAND: usize = 2;

/// The line in one column; rows count from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The first row below the line.
    pub(crate) row: usize,
    /// Where the line would be if everything undetermined turned out to be AWS's; none where that is the same.
    pub(crate) at_best: Option<usize>,
    /// Rows beneath the line that are the customer's all the same.
    pub(crate) island: Option<Range<usize>>,
}

/// What a row means for the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// The customer has a part.
    Customer,
    /// The customer may have a part.
    Perhaps,
    /// AWS alone.
    Aws,
    /// Nobody's.
    Neutral,
}

/// The rows of a column for the given layers.
pub(crate) fn rows(column: &Column, layers: impl Iterator<Item = Layer>) -> Vec<Row> {
    layers
        .map(|layer| match cell(column, layer).map(|cell| &cell.holder) {
            None | Some(Holder::NotApplicable(_)) => Row::Neutral,
            Some(Holder::Party(party)) if party.has_customer() => Row::Customer,
            Some(Holder::Party(_)) => Row::Aws,
            Some(holder) if !holder.may_have_customer() => Row::Aws,
            Some(Holder::Undetermined(parties)) if parties.iter().all(|party| party.has_customer()) => {
                Row::Customer
            }
            Some(Holder::Undetermined(_)) => Row::Perhaps,
        })
        .collect()
}

/// The line in a column.
pub(crate) fn step(rows: &[Row]) -> Step {
    let (row, island) = line(rows, |row| matches!(row, Row::Customer | Row::Perhaps));
    let (best, _) = line(rows, |row| row == Row::Customer);
    Step { row, at_best: (best < row).then_some(best), island }
}

fn line(rows: &[Row], holds: impl Fn(Row) -> bool) -> (usize, Option<Range<usize>>) {
    let below_last =
        |upto: usize| rows[..upto].iter().rposition(|row| holds(*row)).map_or(0, |last| last + 1);
    let strict = below_last(rows.len());
    // The run of the customer's rows that ends at the strict line, and AWS's stretch above it.
    let top = rows[..strict].iter().rposition(|row| !holds(*row)).map_or(0, |last| last + 1);
    let above = below_last(top);
    let stretch = rows[above..top].iter().filter(|row| **row == Row::Aws).count();
    if above > 0 && top > above && stretch >= STRETCH && strict - top <= ISLAND && strict == rows.len() {
        return (above, Some(top..strict));
    }
    (strict, None)
}

/// The staircase as a path: one horizontal piece per column at the height of its step.
///
/// `left` is where the first column starts, `pitch` the width of one, `y` the height of the line above a row.
pub(crate) fn path(steps: &[usize], left: f64, pitch: f64, y: impl Fn(usize) -> f64) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let mut last = None;
    for (at, row) in steps.iter().enumerate() {
        let (x, height) = (left + pitch * at as f64, y(*row));
        let written = match last {
            None => write!(out, "M{x} {height}"),
            Some(before) if before == *row => Ok(()),
            Some(_) => write!(out, "H{x}V{height}"),
        };
        written.expect("INVARIANT: writing to a string does not fail");
        last = Some(*row);
    }
    if last.is_some() {
        write!(out, "H{}", left + pitch * steps.len() as f64)
            .expect("INVARIANT: writing to a string does not fail");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `C` the customer has a part, `?` perhaps, `A` AWS alone, `.` nobody's; top to bottom.
    fn check(rows: &str, row: usize, at_best: Option<usize>, island: Option<Range<usize>>) {
        let parsed: Vec<Row> = rows
            .chars()
            .map(|letter| match letter {
                'C' => Row::Customer,
                '?' => Row::Perhaps,
                'A' => Row::Aws,
                _ => Row::Neutral,
            })
            .collect();
        assert_eq!(step(&parsed), Step { row, at_best, island }, "{rows}");
    }

    #[test]
    fn the_line_lies_above_the_topmost_layer_from_which_on_all_is_awss() {
        check("CCCCCCCCCCCAAAAA", 11, None, None);
        check("CCCCCCCCCCAAAAAA", 10, None, None);
        check("C.CC.CACCAAAAAAA", 9, None, None);
    }

    #[test]
    fn a_layer_that_does_not_apply_is_nobodys_and_holds_nothing_up() {
        check("C.C..CACC..AAAAA", 9, None, None);
        check("..C..CAAC..AAAAA", 9, None, None);
        check("CC..............", 2, None, None);
        check("................", 0, None, None);
    }

    #[test]
    fn a_column_that_is_one_partys_alone_has_its_line_at_the_edge() {
        check("AAAAAAAAAAAAAAAA", 0, None, None);
        check("CCCCCCCCCCCCCCCC", 16, None, None);
        check("", 0, None, None);
    }

    #[test]
    fn what_may_be_the_customers_is_above_the_line_and_the_line_says_where_else_it_may_be() {
        check("CCCCCCCCC?AAAAAA", 10, Some(9), None);
        check("CCCCCCCCC??AAAAA", 11, Some(9), None);
        check("CCCCCCCC?CAAAAAA", 10, None, None);
    }

    #[test]
    fn the_site_of_an_outpost_is_an_island_below_the_line() {
        check("CCCCCCCCCCCAAAAC", 11, None, Some(15..16));
        check("CCCCCCCCCAAAAACC", 9, None, Some(14..16));
    }

    #[test]
    fn but_a_customer_who_carries_most_of_the_bottom_has_the_line_beneath_it() {
        check("CCCCCCCCCCCACCAC", 16, None, None);
        check("CCCCCCCCCCCAACCC", 16, None, None);
        check("AAAAAAAAAAAAAAAC", 16, None, None);
    }

    #[test]
    fn the_path_turns_only_where_the_height_changes() {
        let y = |row: usize| row as f64 * 10.0;
        assert_eq!(path(&[3, 3, 2, 1], 0.0, 20.0, y), "M0 30H40V20H60V10H80");
        assert_eq!(path(&[2], 5.0, 20.0, y), "M5 20H25");
        assert_eq!(path(&[], 0.0, 20.0, y), "");
    }
}
