//! A sheet as data: what it says, not how a file holds it.

use std::borrow::Cow;

/// A sheet: a line that says what it is, headings, and rows.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    /// The name on its tab.
    pub(crate) name: &'static str,
    /// What the sheet is, and where it is cut; one line, above the headings.
    pub(crate) note: String,
    /// The columns.
    pub(crate) columns: Vec<Column>,
    /// How many of the columns stay in view.
    pub(crate) frozen: u16,
    /// The rows.
    pub(crate) rows: Vec<Row<'a>>,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// What stands above it.
    pub(crate) heading: Cow<'static, str>,
    /// The width in characters.
    pub(crate) width: u16,
    /// How its cells are set.
    pub(crate) kind: Kind,
    /// The colours of its values; none for a column of texts.
    pub(crate) palette: Palette,
    /// What its heading belongs to.
    pub(crate) group: Group,
}

impl Column {
    /// A column of texts.
    pub(crate) fn new(heading: impl Into<Cow<'static, str>>, width: u16) -> Self {
        Self { heading: heading.into(), width, kind: Kind::Words, palette: &[], group: Group::Plain }
    }

    /// A column of single words with colours of their own.
    pub(crate) fn of_words(heading: &'static str, width: u16, palette: Palette) -> Self {
        Self { palette, ..Self::new(heading, width) }
    }

    /// A column of marks.
    pub(crate) fn of_marks(heading: &'static str, group: Group, palette: Palette) -> Self {
        Self { kind: Kind::Mark, palette, group, ..Self::new(heading, 13) }
    }
}

/// How cells are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Wrapped, from the left.
    Words,
    /// Centred.
    Mark,
}

/// What headings belong together: they have a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// Nothing in particular.
    Plain,
    /// How a control is implemented.
    Implementation,
    /// Where a control comes from.
    Origination,
}

/// The colours of values: a cell that begins with the text has the tone.
pub(crate) type Palette = &'static [(&'static str, Tone)];

/// A colour by what it means. It never stands alone: the word is in the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Aws,
    Customer,
    Both,
    Good,
    Open,
    Bad,
    Quiet,
    /// The customer's, and not done.
    CustomerBad,
    /// Both parties', the customer's part not done.
    BothBad,
}

/// Marks of what is done.
pub(crate) const DONE: Palette = &[("X", Tone::Good), ("?", Tone::Open)];
/// Marks of what is AWS's.
pub(crate) const FROM_AWS: Palette = &[("X", Tone::Aws), ("?", Tone::Open)];
/// Marks of what is the customer's.
pub(crate) const OWN: Palette = &[("X", Tone::Customer), ("?", Tone::Open)];
/// Marks of what both parties have.
pub(crate) const SHARED: Palette = &[("X", Tone::Both), ("?", Tone::Open)];
/// The classes of a control.
pub(crate) const CLASSES: Palette = &[
    ("inherited", Tone::Aws),
    ("shared", Tone::Both),
    ("customer", Tone::Customer),
    ("not-applicable", Tone::Quiet),
];
/// How a control or a duty stands; the longer words that begin alike come first.
pub(crate) const STANDINGS: Palette = &[
    ("not-satisfied", Tone::Bad),
    ("not-met", Tone::Bad),
    ("fail", Tone::Bad),
    ("partly-satisfied", Tone::Open),
    ("undetermined", Tone::Open),
    ("needs-evidence", Tone::Open),
    ("satisfied", Tone::Good),
    ("met", Tone::Good),
    ("pass", Tone::Good),
    ("waived", Tone::Quiet),
    ("not-", Tone::Quiet),
];
/// Whose a duty is.
pub(crate) const PARTIES: Palette = &[
    ("AWS", Tone::Aws),
    ("Customer", Tone::Customer),
    ("Both", Tone::Both),
    ("Undetermined", Tone::Open),
    ("Not applicable", Tone::Quiet),
];
/// Whether a control can be inherited.
pub(crate) const INHERITANCE: Palette = &[
    ("Yes", Tone::Aws),
    ("Partly", Tone::Both),
    ("No", Tone::Customer),
    ("Does not apply", Tone::Quiet),
    ("Withdrawn", Tone::Quiet),
];
/// How far tasks are.
pub(crate) const TASKS: Palette = &[
    ("open", Tone::Open),
    ("planned", Tone::Quiet),
    ("renew", Tone::Open),
    ("not-satisfied", Tone::Bad),
    ("yes", Tone::Bad),
];
/// How attestations stand.
pub(crate) const ATTESTATIONS: Palette = &[
    ("valid", Tone::Good),
    ("gap", Tone::Open),
    ("not-yet-valid", Tone::Quiet),
    ("lapsed", Tone::Bad),
    ("no-program", Tone::Bad),
];
/// The severities of findings.
pub(crate) const SEVERITIES: Palette =
    &[("critical", Tone::Bad), ("high", Tone::Bad), ("medium", Tone::Open), ("low", Tone::Quiet)];
/// The cells of the chart.
pub(crate) const CHART: Palette = &[
    ("A", Tone::Aws),
    ("C\nnot-met", Tone::CustomerBad),
    ("B\nnot-met", Tone::BothBad),
    ("C", Tone::Customer),
    ("B", Tone::Both),
    ("?", Tone::Open),
    ("–", Tone::Quiet),
];

/// A row.
#[derive(Debug, Default)]
pub(crate) struct Row<'a> {
    /// One cell per column; missing ones at the end are empty.
    pub(crate) cells: Vec<Cell<'a>>,
    /// Whether it is set off from what follows: a control above its statements, a heading.
    pub(crate) head: bool,
    /// Whether it has the second of the two grounds that alternate.
    pub(crate) shaded: bool,
    /// Whether it can be folded away under the row above.
    pub(crate) folds: bool,
}

impl<'a> Row<'a> {
    /// A plain row.
    pub(crate) fn new(cells: impl IntoIterator<Item = Cell<'a>>) -> Self {
        Self { cells: cells.into_iter().collect(), ..Self::default() }
    }
}

/// A cell. Whatever a text says, it is text: never a formula.
#[derive(Clone, Debug)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A count.
    Number(usize),
    /// An address of the web.
    Link(&'a str),
}

impl<'a> Cell<'a> {
    /// The first documentation page; as text where it is no page of the web.
    pub(crate) fn source(sources: &'a [String]) -> Self {
        match sources.first() {
            Some(first) if crate::html::is_link(first) => Self::Link(first),
            Some(first) => first.into(),
            None => Self::Empty,
        }
    }

    /// The documentation pages after the first.
    pub(crate) fn more_sources(sources: &[String]) -> Self {
        sources.get(1..).unwrap_or_default().join("\n").into()
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::from)
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}
