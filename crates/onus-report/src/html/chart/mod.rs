//! The responsibility chart: layers by services, whose duty each cell is and how it stands.
//!
//! Geometry is worked out here, in pixels; the markup is in `templates/html/chart.html`. The names of the layers
//! are a drawing of their own beside the one of the columns, so that they stay in view while the columns scroll.

mod heading;
mod staircase;

use super::context::{Context, LayerView, standing, whose};
use super::text::{count, cut, elided};
use heading::{shorten, width, wrap};
use onus_assess::{Cell, Column, Holder};
use onus_model::{Category, Party};
use std::ops::Range;

/// The height of a row and the gap to the next.
const ROW: f64 = 27.0;
const GAP: f64 = 3.0;
/// The width of the drawing with the layers' names, on a screen and on a phone.
const NAMES: f64 = 186.0;
const NAMES_NARROW: f64 = 100.0;
/// The room that the columns share before they start to scroll.
const ROOM: f64 = 912.0;
const WIDEST: f64 = 104.0;
const NARROWEST: f64 = 34.0;
/// Columns narrower than this carry their headings upright.
const LEVEL: f64 = 74.0;
/// The font sizes of the style sheet.
const TEXT: f64 = 12.5;
const SMALL: f64 = 11.0;
const TINY: f64 = 10.0;
/// The height of a heading that reads upwards.
const UPRIGHT: f64 = 150.0;
/// The size of a mark, where its cell has the room.
const MARK: f64 = 20.0;
/// Space under the last row, for the line where it runs along the bottom.
const FOOT: f64 = 6.0;

/// The drawing.
pub(crate) struct Chart<'a> {
    pub(crate) height: f64,
    pub(crate) width: f64,
    pub(crate) names: f64,
    pub(crate) rows: Vec<RowView<'a>>,
    pub(crate) bands: Vec<Band>,
    pub(crate) columns: Vec<ColumnView<'a>>,
    pub(crate) upright: bool,
    pub(crate) head: f64,
    pub(crate) cell: f64,
    pub(crate) line: String,
    /// The line as it would be if what is undetermined turned out to be AWS's; piece by piece.
    pub(crate) best: Vec<String>,
    pub(crate) islands: Vec<String>,
    /// Which marks and fills occur, for the key.
    pub(crate) key: Key,
    pub(crate) wide: bool,
}

/// A row's name.
pub(crate) struct RowView<'a> {
    /// Its place in every column.
    pub(crate) at: usize,
    pub(crate) layer: LayerView<'a>,
    pub(crate) shown: String,
    pub(crate) narrow: Vec<(f64, String)>,
    pub(crate) baseline: f64,
}

/// A category over its columns.
pub(crate) struct Band {
    pub(crate) title: &'static str,
    pub(crate) shown: String,
    pub(crate) middle: f64,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// A column.
pub(crate) struct ColumnView<'a> {
    pub(crate) x: f64,
    pub(crate) anchor: &'a str,
    pub(crate) title: String,
    pub(crate) heading: Vec<(f64, String)>,
    pub(crate) count: String,
    pub(crate) cells: Vec<CellView>,
    pub(crate) plain: String,
}

/// A cell.
pub(crate) struct CellView {
    pub(crate) layer: &'static str,
    pub(crate) y: f64,
    pub(crate) fill: Fill,
    pub(crate) mark: Option<&'static str>,
    pub(crate) mark_size: f64,
    pub(crate) mark_x: f64,
    pub(crate) mark_y: f64,
    pub(crate) anchor: String,
    pub(crate) title: String,
    /// The words of the table.
    pub(crate) words: String,
}

/// How a cell is filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fill {
    Customer,
    Aws,
    Both,
    Open,
    Nobody,
}

/// What occurs in the chart.
#[derive(Default)]
pub(crate) struct Key {
    pub(crate) both: bool,
    pub(crate) open: bool,
    pub(crate) nobody: bool,
    pub(crate) waived: bool,
    pub(crate) best: bool,
    pub(crate) island: bool,
}

impl<'a> Chart<'a> {
    /// The drawing of an assessment.
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        let columns = &context.assessment.columns;
        let order = order(context);
        let pitch = (ROOM / columns.len().max(1) as f64).floor().clamp(NARROWEST, WIDEST);
        let upright = pitch < LEVEL;
        let head = 30.0 + if upright { UPRIGHT } else { 54.0 };
        let y = |row: usize| head + (ROW + GAP) * row as f64;
        let line_y = |row: usize| y(row) - GAP / 2.0;
        let steps: Vec<staircase::Step> = order.iter().map(|at| step(context, &columns[*at])).collect();
        let views: Vec<ColumnView<'a>> = order
            .iter()
            .enumerate()
            .map(|(place, at)| column_view(context, *at, pitch, place, upright, &y))
            .collect();
        let best = pieces(&steps, |step| step.at_best)
            .into_iter()
            .map(|(from, rows)| staircase::path(&rows, from as f64 * pitch, pitch, line_y))
            .collect::<Vec<_>>();
        let islands = pieces(&steps, |step| step.island.clone()).into_iter().flat_map(|(from, ranges)| {
            ranges
                .into_iter()
                .enumerate()
                .map(move |(at, rows)| outline((from + at) as f64 * pitch, pitch, &rows, line_y))
        });
        let islands: Vec<String> = islands.collect();
        let rows = context.layers.iter().enumerate().map(|(at, layer)| row_view(at, *layer, y(at))).collect();
        Self {
            height: y(context.layers.len()) + FOOT,
            width: pitch * columns.len().max(1) as f64 + 4.0,
            names: NAMES,
            rows,
            bands: bands(context, &order, pitch),
            upright,
            head,
            cell: pitch - GAP,
            line: staircase::path(&steps.iter().map(|step| step.row).collect::<Vec<_>>(), 0.0, pitch, line_y),
            key: key(context, &best, &islands),
            best,
            islands,
            wide: columns.len() > 10,
            columns: views,
        }
    }
}

/// The columns by category as they come, and within one from the lowest line to the highest, so that the
/// staircase rises wherever it can.
fn order(context: &Context<'_>) -> Vec<usize> {
    let columns = &context.assessment.columns;
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|at| (columns[*at].category, std::cmp::Reverse(step(context, &columns[*at]).row)));
    order
}

fn step(context: &Context<'_>, column: &Column) -> staircase::Step {
    staircase::step(&staircase::rows(column, context.layers.iter().map(|layer| layer.layer)))
}

/// The runs of neighbouring columns that have something, each with the place of its first.
fn pieces<T>(
    steps: &[staircase::Step],
    pick: impl Fn(&staircase::Step) -> Option<T>,
) -> Vec<(usize, Vec<T>)> {
    let mut out: Vec<(usize, Vec<T>)> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let Some(value) = pick(step) else { continue };
        match out.last_mut() {
            Some((from, run)) if *from + run.len() == at => run.push(value),
            _ => out.push((at, vec![value])),
        }
    }
    out
}

fn outline(x: f64, pitch: f64, rows: &Range<usize>, y: impl Fn(usize) -> f64) -> String {
    format!("M{x} {}H{}V{}H{x}Z", y(rows.start), x + pitch, y(rows.end))
}

fn row_view(at: usize, layer: LayerView<'_>, y: f64) -> RowView<'_> {
    let lines = wrap(layer.title, NAMES_NARROW - 8.0, SMALL, 2);
    let first = y + if lines.len() > 1 { 12.0 } else { 17.5 };
    RowView {
        at,
        layer,
        shown: shorten(layer.title, NAMES - 10.0, TEXT),
        narrow: lines.into_iter().enumerate().map(|(at, line)| (first + 11.5 * at as f64, line)).collect(),
        baseline: y + 18.0,
    }
}

fn bands(context: &Context<'_>, order: &[usize], pitch: f64) -> Vec<Band> {
    let category = |at: &usize| context.assessment.columns[*at].category;
    let mut out = Vec::new();
    let mut from = 0;
    for run in order.chunk_by(|a, b| category(a) == category(b)) {
        let (start, end) = (from as f64 * pitch, (from + run.len()) as f64 * pitch);
        let title = category(&run[0]).as_str();
        out.push(Band {
            title,
            shown: band_words(category(&run[0]), end - start - GAP),
            middle: (start + end - GAP) / 2.0 + 1.5,
            from: start + 1.5,
            to: end - 1.5,
        });
        from += run.len();
    }
    out
}

/// The category's name, or as much of it as the columns below leave room for.
fn band_words(category: Category, room: f64) -> String {
    let short = match category {
        Category::Infrastructure => "infra",
        Category::Managed => "mngd",
        Category::Abstracted => "abstr",
    };
    let fits = |words: &str| width(&words.to_uppercase(), TINY) + words.len() as f64 * 0.8 <= room;
    [category.as_str(), short].into_iter().find(|words| fits(words)).unwrap_or(&short[..1]).to_owned()
}

fn column_view<'a>(
    context: &'a Context<'a>,
    at: usize,
    pitch: f64,
    place: usize,
    upright: bool,
    y: &impl Fn(usize) -> f64,
) -> ColumnView<'a> {
    let column = &context.assessment.columns[at];
    let heading = if upright {
        vec![(0.0, shorten(&column.heading, UPRIGHT - 8.0, TEXT))]
    } else {
        let lines = wrap(&column.heading, pitch - 8.0, TEXT, 2);
        let first = if lines.len() > 1 { 44.0 } else { 51.0 };
        lines.into_iter().enumerate().map(|(n, line)| (first + 14.0 * n as f64, line)).collect()
    };
    let resources = match column.resources.len() {
        0 => "named only".to_owned(),
        number => count(number, "resource", "resources"),
    };
    ColumnView {
        x: pitch * place as f64 + GAP / 2.0,
        anchor: &context.anchors[at],
        title: format!(
            "{} ({}), {}: {resources}",
            cut(&column.heading, 200),
            cut(&column.name, 200),
            column.category.as_str()
        ),
        heading,
        count: resources,
        cells: context
            .layers
            .iter()
            .enumerate()
            .map(|(row, layer)| cell_view(context, at, *layer, y(row), pitch - GAP))
            .collect(),
        plain: cut(&column.heading, 80).into_owned(),
    }
}

fn cell_view(context: &Context<'_>, at: usize, layer: LayerView<'_>, y: f64, wide: f64) -> CellView {
    let column = &context.assessment.columns[at];
    let cell = super::context::cell(column, layer.layer);
    let fill = cell.map_or(Fill::Nobody, fill);
    let words = cell.map_or_else(|| "does not apply".to_owned(), words);
    let room = if fill == Fill::Both { (wide - 2.0) / 2.0 } else { wide };
    let (middle, size) = (room / 2.0, MARK.min(room));
    CellView {
        layer: layer.id,
        y,
        fill,
        mark: cell
            .filter(|_| fill != Fill::Nobody)
            .and_then(|cell| cell.state)
            .map(onus_assess::DutyState::as_str),
        mark_size: size,
        mark_x: middle - size / 2.0,
        mark_y: y + (ROW - size) / 2.0,
        anchor: context.cell_anchor(at, layer.layer),
        title: format!("{}, {}: {words}{}", elided(&column.heading, 80), layer.title, more(cell)),
        words,
    }
}

const fn fill(cell: &Cell) -> Fill {
    match cell.holder {
        Holder::Party(Party::Customer) => Fill::Customer,
        Holder::Party(Party::Aws) => Fill::Aws,
        Holder::Party(Party::Both) => Fill::Both,
        Holder::Undetermined(_) => Fill::Open,
        Holder::NotApplicable(_) => Fill::Nobody,
    }
}

/// Whose a cell is and how it stands, in words.
fn words(cell: &Cell) -> String {
    let whose = whose(&cell.holder);
    match cell.state {
        None => whose,
        Some(_) if matches!(cell.holder, Holder::Undetermined(_)) => whose,
        Some(state) if matches!(cell.holder, Holder::Party(Party::Both)) => {
            format!("{whose}, your part {}", standing(state))
        }
        Some(state) => format!("{whose}, {}", standing(state)),
    }
}

fn more(cell: Option<&Cell>) -> String {
    let Some(cell) = cell else { return String::new() };
    let mut out = String::new();
    if let Holder::NotApplicable(reason) = &cell.holder {
        out = format!(". {}", cut(reason, 300));
    }
    if !cell.findings.is_empty() {
        out += &format!("; {}", count(cell.findings.len(), "finding", "findings"));
    }
    if cell.passed > 0 {
        out += &format!("; {} passed", count(cell.passed, "check", "checks"));
    }
    out
}

fn key(context: &Context<'_>, best: &[String], islands: &[String]) -> Key {
    let mut key = Key { best: !best.is_empty(), island: !islands.is_empty(), ..Key::default() };
    for cell in context.assessment.columns.iter().flat_map(|column| &column.cells) {
        match fill(cell) {
            Fill::Both => key.both = true,
            Fill::Open => key.open = true,
            Fill::Nobody => key.nobody = true,
            Fill::Customer | Fill::Aws => {}
        }
        key.waived |= cell.state == Some(onus_assess::DutyState::Waived);
    }
    key
}
