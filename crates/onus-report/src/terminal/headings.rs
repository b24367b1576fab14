//! Headings over narrow columns: each as low as it fits, tied to its column by a thin line.
//!
//! A heading that is wider than its column rises above its right neighbours, so that all can be read without
//! turning or shortening them.

use crate::text::{cut, width};

/// Headings placed over columns.
pub(super) struct Headings {
    /// The lines from top to bottom; each holds where its pieces start, and the pieces.
    pub(super) lines: Vec<Vec<(usize, String)>>,
}

/// Places headings over columns that start every `pitch` cells, within `room` cells in all.
pub(super) fn place(titles: &[&str], pitch: usize, room: usize, leader: char) -> Headings {
    let titles: Vec<_> =
        titles.iter().enumerate().map(|(at, title)| cut(title, room.saturating_sub(at * pitch))).collect();
    let mut heights = vec![0; titles.len()];
    for at in (0..titles.len()).rev() {
        let end = at * pitch + width(&titles[at]) + 1;
        let covered = (at + 1..titles.len()).take_while(|other| other * pitch < end);
        heights[at] = covered.map(|other| heights[other] + 1).max().unwrap_or(0);
    }
    let top = heights.iter().copied().max().unwrap_or(0);
    let lines = (0..=top).rev().map(|height| line(&titles, &heights, pitch, height, leader)).collect();
    Headings { lines }
}

fn line(
    titles: &[std::borrow::Cow<'_, str>],
    heights: &[usize],
    pitch: usize,
    height: usize,
    leader: char,
) -> Vec<(usize, String)> {
    let pieces = titles.iter().zip(heights).enumerate().filter(|(_, (_, own))| **own >= height);
    pieces
        .map(|(at, (title, own))| {
            let text = if *own == height { title.to_string() } else { leader.to_string() };
            (at * pitch, text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(titles: &[&str], pitch: usize, room: usize) -> String {
        let mut out = String::new();
        for line in place(titles, pitch, room, '|').lines {
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
        let expected = "\
            \x20           ElastiCache\n\
            ECS on EC2  |     ECS on Fargate\n\
            |     RDS   |     |         \n";
        let drawn = drawn(&["ECS on EC2", "RDS", "ElastiCache", "ECS on Fargate"], 6, 40);
        assert_eq!(drawn.lines().count(), 2, "{drawn}{expected}");
    }
}
