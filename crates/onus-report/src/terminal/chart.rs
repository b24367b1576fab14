//! The chart in characters: layers by services in use, and the staircase between the parties.

use super::Glyphs;
use super::stairs::{Arms, boundary, joint, passes};
use crate::facts::layer_title;
use crate::text::{Ink, Line, Page, cut, place_headings, width};
use anstyle::{Ansi256Color, Color, Style};
use onus_assess::{Assessment, Cell, Column, DutyState, Holder};
use onus_model::{Category, Party};

/// The narrowest cell that shows two parties and a mark.
const MIN_CELL: usize = 5;
/// Wider cells only spread the picture.
const MAX_CELL: usize = 9;
/// The layers' titles take at most this.
const MAX_LABEL: usize = 25;

/// Adds the chart, in several blocks where it has more columns than fit.
pub(super) fn draw(page: &mut Page, assessment: &Assessment) {
    if assessment.columns.is_empty() {
        return;
    }
    page.heading("Whose duty, layer by layer");
    let label = label_width(page, assessment);
    let fit = columns_that_fit(page.width() - label);
    let blocks = assessment.columns.len().div_ceil(fit);
    // Blocks of equal size look calmer than a full one and a rest.
    let size = assessment.columns.len().div_ceil(blocks);
    for columns in assessment.columns.chunks(size) {
        page.blank();
        Block {
            assessment,
            columns,
            label,
            glyphs: Glyphs::of(page.ascii()),
            cell: cell_width(page.width() - label, columns),
        }
        .draw(page);
    }
    page.blank();
    legend(page);
}

fn label_width(page: &Page, assessment: &Assessment) -> usize {
    let layers = assessment.columns.iter().flat_map(|column| &column.cells).map(|cell| cell.layer);
    let widest = layers.map(|layer| width(layer_title(assessment, layer))).max().unwrap_or(0);
    // On a narrow page the picture needs the room more than the titles do.
    widest.min(MAX_LABEL).min(page.width() * 2 / 5) + 1
}

/// Each column takes a cell and a gap before it.
fn columns_that_fit(room: usize) -> usize {
    (room / (MIN_CELL + 1)).max(1)
}

/// As wide as the room allows and odd, so that a mark has a middle, where the last heading may reach beyond its column.
fn cell_width(room: usize, columns: &[Column]) -> usize {
    let last = columns.last().map_or(0, |column| width(&column.heading));
    let fits = |cell: &usize| columns.len() * (cell + 1) + last.saturating_sub(*cell) <= room;
    (MIN_CELL..=MAX_CELL).rev().step_by(2).find(fits).unwrap_or(MIN_CELL)
}

/// About the half of a cell, odd so that a mark has a middle.
const fn half(cell: usize) -> usize {
    cell / 4 * 2 + 1
}

/// Some neighbouring columns of the chart.
struct Block<'a> {
    assessment: &'a Assessment,
    columns: &'a [Column],
    label: usize,
    glyphs: &'static Glyphs,
    cell: usize,
}

impl Block<'_> {
    fn draw(&self, page: &mut Page) {
        page.line(&self.categories());
        self.headings(page);
        page.line(&self.counts());
        let boundaries: Vec<_> = self.columns.iter().map(boundary).collect();
        let rows = self.columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
        for row in 0..rows {
            if boundaries.contains(&row) {
                page.line(&self.rule(&boundaries, row));
            }
            page.line(&self.row(&boundaries, row));
        }
        if boundaries.contains(&rows) {
            page.line(&self.rule(&boundaries, rows));
        }
    }

    /// The categories, each over its columns.
    fn categories(&self) -> Line {
        let mut line = Line::new();
        let mut at = 0;
        for same in self.columns.chunk_by(|left, right| left.category == right.category) {
            line.pad_to(self.label + at * (self.cell + 1) + 1);
            let room = same.len() * (self.cell + 1) - 1;
            let word = category_word(same[0].category, room);
            let left = (room - width(word)) / 2;
            let band = |cells: usize| self.glyphs.band.to_string().repeat(cells);
            let text = match room - width(word) {
                0..=3 => word.to_owned(),
                free => format!("{} {word} {}", band(left - 1), band(free - left - 1)),
            };
            line.push(Ink::DIM, &text);
            at += same.len();
        }
        line
    }

    fn headings(&self, page: &mut Page) {
        let titles: Vec<_> = self.columns.iter().map(|column| crate::text::clean(&column.heading)).collect();
        let titles: Vec<_> = titles.iter().map(AsRef::as_ref).collect();
        let start = self.label + 1;
        for pieces in place_headings(&titles, self.cell + 1, page.width() - start, self.glyphs.leader) {
            let mut line = Line::new();
            for (at, text) in pieces {
                line.pad_to(start + at);
                let leader = text.chars().eq([self.glyphs.leader]);
                line.push(if leader { Ink::DIM } else { Ink::BOLD }, &text);
            }
            page.line(&line);
        }
    }

    /// How many resources each column has.
    fn counts(&self) -> Line {
        let mut line = Line::new();
        for (at, column) in self.columns.iter().enumerate() {
            line.pad_to(self.label + at * (self.cell + 1) + 1);
            let count = match column.resources.len() {
                0 => "named".to_owned(),
                1..100_000 => format!("{}{}", self.glyphs.times, column.resources.len()),
                _ => "many".to_owned(),
            };
            line.push(
                Ink::DIM,
                if self.glyphs.customer == '#' { count.trim_start_matches('×') } else { &count },
            );
        }
        line
    }

    fn row(&self, boundaries: &[usize], row: usize) -> Line {
        let layer = self.columns.iter().find_map(|column| column.cells.get(row)).map(|cell| cell.layer);
        let title = layer.map_or("", |layer| layer_title(self.assessment, layer));
        let title = cut(title, self.label - 1);
        let mut line = Line::new();
        line.pad_to(self.label - 1 - width(&title));
        line.push(Ink::PLAIN, &title);
        line.pad_to(self.label);
        for (at, column) in self.columns.iter().enumerate() {
            let left = at.checked_sub(1).map(|left| boundaries[left]);
            let gap = if passes(left, Some(boundaries[at]), row) { self.glyphs.bar } else { ' ' };
            line.push(Ink::BOLD, &gap.to_string());
            if let Some(cell) = column.cells.get(row) {
                self.cell(&mut line, cell);
            }
        }
        line
    }

    fn cell(&self, line: &mut Line, cell: &Cell) {
        let (before, after) = match &cell.holder {
            Holder::Party(Party::Customer) => (Fill::Customer, Fill::Customer),
            Holder::Party(Party::Aws) => (Fill::Aws, Fill::Aws),
            Holder::Party(Party::Both) => (Fill::Customer, Fill::Aws),
            Holder::Undetermined(_) => (Fill::Undetermined, Fill::Undetermined),
            Holder::NotApplicable(_) => (Fill::Nobody, Fill::Nobody),
        };
        // Where the parties share, the mark stands in the middle of the customer's half.
        let share = if before == after { self.cell } else { half(self.cell) };
        match cell.state {
            Some(state) => {
                let left = share.saturating_sub(1) / 2;
                self.fill(line, before, left);
                line.push(mark_style(state), &mark(self.glyphs, state).to_string());
                self.fill(line, before, share - left - 1);
            }
            None => self.fill(line, before, share),
        }
        self.fill(line, after, self.cell - share);
    }

    fn fill(&self, line: &mut Line, fill: Fill, cells: usize) {
        line.push(fill.style(), &fill.glyph(self.glyphs).to_string().repeat(cells));
    }

    /// The line between the parties at a level, between two rows.
    fn rule(&self, boundaries: &[usize], level: usize) -> Line {
        let mut line = Line::new();
        line.pad_to(self.label);
        for (at, own) in boundaries.iter().enumerate() {
            let left = at.checked_sub(1).map(|left| boundaries[left]);
            line.push(Ink::BOLD, &self.joint(joint(left, Some(*own), level)).to_string());
            let glyph = if *own == level { self.glyphs.rule } else { ' ' };
            line.push(Ink::BOLD, &glyph.to_string().repeat(self.cell));
        }
        line
    }

    const fn joint(&self, arms: Arms) -> char {
        match arms {
            Arms { left: true, up: true, .. } => self.glyphs.corners[0],
            Arms { right: true, up: true, .. } => self.glyphs.corners[1],
            Arms { left: true, down: true, .. } => self.glyphs.corners[2],
            Arms { right: true, down: true, .. } => self.glyphs.corners[3],
            Arms { up: true, down: true, .. } => self.glyphs.bar,
            Arms { left: true, .. } | Arms { right: true, .. } => self.glyphs.rule,
            _ => ' ',
        }
    }
}

/// What fills a part of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    Customer,
    Aws,
    Undetermined,
    Nobody,
}

impl Fill {
    const fn glyph(self, glyphs: &Glyphs) -> char {
        match self {
            Self::Customer => glyphs.customer,
            Self::Aws => glyphs.aws,
            Self::Undetermined => glyphs.undetermined,
            Self::Nobody => glyphs.nobody,
        }
    }

    /// The same colour before and behind makes the cell solid; without colours the character tells.
    const fn style(self) -> Style {
        match self {
            Self::Customer => solid(CUSTOMER),
            Self::Aws => solid(AWS),
            Self::Undetermined => Style::new().fg_color(Some(GREY)),
            Self::Nobody => Ink::PLAIN,
        }
    }
}

const CUSTOMER: Color = Color::Ansi256(Ansi256Color(27));
const AWS: Color = Color::Ansi256(Ansi256Color(214));
const GREY: Color = Color::Ansi256(Ansi256Color(245));
const RED: Color = Color::Ansi256(Ansi256Color(160));
const WHITE: Color = Color::Ansi256(Ansi256Color(231));
const BLACK: Color = Color::Ansi256(Ansi256Color(16));

const fn solid(color: Color) -> Style {
    Style::new().fg_color(Some(color)).bg_color(Some(color))
}

/// The mark of a state.
pub(super) const fn mark(glyphs: &Glyphs, state: DutyState) -> char {
    match state {
        DutyState::NotMet => glyphs.not_met,
        DutyState::Undetermined => glyphs.open,
        DutyState::NeedsEvidence => glyphs.needs_evidence,
        DutyState::Waived => glyphs.waived,
        DutyState::Met => glyphs.met,
    }
}

const fn mark_style(state: DutyState) -> Style {
    match state {
        DutyState::NotMet => Style::new().fg_color(Some(WHITE)).bg_color(Some(RED)).bold(),
        DutyState::Undetermined => Style::new().fg_color(Some(BLACK)).bg_color(Some(WHITE)).bold(),
        _ => Style::new().fg_color(Some(WHITE)).bg_color(Some(CUSTOMER)).bold(),
    }
}

const fn category_word(category: Category, room: usize) -> &'static str {
    match (category, room) {
        (Category::Infrastructure, 14..) => "infrastructure",
        (Category::Infrastructure, _) => "infra",
        (Category::Managed, 7..) => "managed",
        (Category::Managed, _) => "mngd.",
        (Category::Abstracted, 10..) => "abstracted",
        (Category::Abstracted, _) => "abst.",
    }
}

fn legend(page: &mut Page) {
    let glyphs = Glyphs::of(page.ascii());
    let mut line = Line::new();
    let sample = |line: &mut Line, fill: Fill, cells: usize| {
        line.push(fill.style(), &fill.glyph(glyphs).to_string().repeat(cells));
    };
    let mut samples = vec![];
    for (before, after, word) in [
        (Fill::Customer, Fill::Customer, "yours"),
        (Fill::Aws, Fill::Aws, "AWS's"),
        (Fill::Customer, Fill::Aws, "both"),
        (Fill::Undetermined, Fill::Undetermined, "undetermined"),
    ] {
        let mut item = Line::new();
        sample(&mut item, before, 1);
        sample(&mut item, after, 1);
        item.push(Ink::PLAIN, &format!(" {word}"));
        samples.push(item);
    }
    for (state, word) in [
        (DutyState::Met, "met"),
        (DutyState::NotMet, "not met"),
        (DutyState::NeedsEvidence, "needs evidence"),
        (DutyState::Undetermined, "not decided"),
        (DutyState::Waived, "waived"),
    ] {
        samples.push(
            Line::new()
                .with(Ink::BOLD, &mark(glyphs, state).to_string())
                .with(Ink::PLAIN, &format!(" {word}")),
        );
    }
    samples.push(
        Line::new()
            .with(Ink::BOLD, &glyphs.rule.to_string().repeat(2))
            .with(Ink::PLAIN, " AWS's alone below"),
    );
    for item in samples {
        if line.width() + 3 + item.width() > page.width() {
            page.line(&line);
            line = Line::new();
        }
        if line.width() > 0 {
            line.push(Ink::PLAIN, "   ");
        }
        line.append(item);
    }
    page.line(&line);
}
