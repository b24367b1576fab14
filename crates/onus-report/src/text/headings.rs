//! Headings over narrow columns: each as low as it fits, tied to its column by a thin line.
//!
//! A heading that is wider than its column rises above its right neighbours, so that all can be read without
//! turning or shortening them.

use super::{cut, width};
use std::borrow::Cow;

/// The lines of headings over columns that start every `pitch` cells, within `room` cells in all, from the top; a
/// line holds its pieces, each with the cell where it starts.
pub(crate) fn place_headings(
    titles: &[&str],
    pitch: usize,
    room: usize,
    leader: char,
) -> Vec<Vec<(usize, String)>> {
    let fitted = titles.iter().enumerate().map(|(at, title)| cut(title, room.saturating_sub(at * pitch)));
    let titles: Vec<_> = fitted.collect();
    let mut heights = vec![0; titles.len()];
    for at in (0..titles.len()).rev() {
        let end = at * pitch + width(&titles[at]) + 1;
        let covered = (at + 1..titles.len()).take_while(|other| other * pitch < end);
        heights[at] = covered.map(|other| heights[other] + 1).max().unwrap_or(0);
    }
    let top = heights.iter().copied().max().unwrap_or(0);
    (0..=top).rev().map(|height| line(&titles, &heights, pitch, height, leader)).collect()
}

/// A heading at its own height, the line that ties it to its column below.
fn line(
    titles: &[Cow<'_, str>],
    heights: &[usize],
    pitch: usize,
    height: usize,
    leader: char,
) -> Vec<(usize, String)> {
    let pieces = titles.iter().zip(heights).enumerate().filter(|(_, (_, own))| **own >= height);
    let shown =
        |title: &Cow<'_, str>, own| if own == height { title.to_string() } else { leader.to_string() };
    pieces.map(|(at, (title, own))| (at * pitch, shown(title, *own))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(titles: &[&str], pitch: usize, room: usize) -> String {
        let mut out = String::new();
        for line in place_headings(titles, pitch, room, '|') {
            let mut used = 0;
            for (start, text) in line {
                assert!(start >= used, "pieces do not overlap");
                out.push_str(&" ".repeat(start - used));
                used = start + width(&text);
                out.push_str(&text);
            }
            assert!(used <= room, "nothing reaches beyond the room");
            out.push('\n');
        }
        out
    }

    #[test]
    fn short_headings_stay_on_one_line() {
        assert_eq!(drawn(&["EC2", "RDS", "S3"], 6, 18), "EC2   RDS   S3\n");
    }

    #[test]
    fn long_headings_rise_above_their_right_neighbours() {
        let expected = "            ECS on Fargate\nECS on EC2  |     Lambda\n|     RDS   |     |     S3\n";
        assert_eq!(drawn(&["ECS on EC2", "RDS", "ECS on Fargate", "Lambda", "S3"], 6, 40), expected);
    }

    #[test]
    fn the_last_heading_is_cut_where_the_room_ends() {
        assert_eq!(drawn(&["EC2", "ElastiCache"], 6, 12), "EC2   Elast…\n");
    }
}
