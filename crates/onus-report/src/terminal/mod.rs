//! The report that people see first: a sentence, the chart in characters, then what to do.
//!
//! `chart` draws the staircase, `findings` what is not met or not decided, `notes` waivers, problems and next
//! steps, `snippet` the lines of the source.

mod chart;
mod findings;
mod notes;
mod snippet;
mod stairs;
#[cfg(test)]
mod tests;
mod write;

pub use write::write;

use crate::{Screen, Show};

/// How to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What it is written on.
    pub screen: Screen,
    /// Which findings to list.
    pub show: Show,
    /// How many checks that are not met are shown with their source, unless all are.
    pub snippets: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { screen: Screen::default(), show: Show::default(), snippets: 10 }
    }
}

/// The characters that differ between Unicode and ASCII.
pub(crate) struct Glyphs {
    pub(crate) customer: char,
    pub(crate) aws: char,
    pub(crate) undetermined: char,
    pub(crate) nobody: char,
    pub(crate) met: char,
    pub(crate) not_met: char,
    pub(crate) needs_evidence: char,
    pub(crate) waived: char,
    pub(crate) open: char,
    pub(crate) rule: char,
    pub(crate) bar: char,
    pub(crate) leader: char,
    pub(crate) band: char,
    pub(crate) times: char,
    pub(crate) arrow: &'static str,
    /// The corners of the staircase, by the arms that meet: left and up, right and up, left and down, right and down.
    pub(crate) corners: [char; 4],
}

impl Glyphs {
    pub(crate) const UNICODE: Self = Self {
        customer: '█',
        aws: '░',
        undetermined: '▒',
        nobody: ' ',
        met: '✓',
        not_met: '!',
        needs_evidence: '◌',
        waived: '~',
        open: '?',
        rule: '━',
        bar: '┃',
        leader: '│',
        band: '─',
        times: '×',
        arrow: "╭▸",
        corners: ['┛', '┗', '┓', '┏'],
    };
    pub(crate) const ASCII: Self = Self {
        customer: '#',
        aws: '.',
        undetermined: '/',
        nobody: ' ',
        met: '+',
        not_met: '!',
        needs_evidence: 'o',
        waived: '~',
        open: '?',
        rule: '=',
        bar: '|',
        leader: '|',
        band: '-',
        times: 'x',
        arrow: "-->",
        corners: ['+', '+', '+', '+'],
    };

    pub(crate) const fn of(ascii: bool) -> &'static Self {
        if ascii { &Self::ASCII } else { &Self::UNICODE }
    }
}
