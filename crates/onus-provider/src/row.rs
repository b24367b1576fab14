//! A row of a matrix: which control, how much of it is inherited, and who does what.

use crate::entry::{Answer, Entry, not_found, share_out, short};
use crate::error::{ProviderError, Troubles};
use crate::grid::{Cell, Grid};
use crate::heading::Mark;
use crate::limits;
use crate::marks::Marks;
use crate::request::Request;
use crate::table::{Columns, Table};
use crate::words::{self, marked, said};
use onus_model::{Inherited, Named, NotFound};
use std::collections::BTreeSet;

/// Reads the rows of a table.
pub(crate) struct Rows<'a, 'r> {
    pub(crate) grid: &'a Grid,
    pub(crate) request: &'a Request<'r>,
    pub(crate) troubles: &'a mut Troubles,
    pub(crate) entries: &'a mut Vec<Entry>,
    /// How many bytes of text may still be kept.
    pub(crate) left: &'a mut usize,
    /// Rows that name no control and say nothing.
    notes: Vec<u32>,
    /// Rows of withdrawn controls of which nothing is inherited.
    withdrawn: Vec<u32>,
    /// Frameworks that were complained of.
    foreign: BTreeSet<String>,
    /// The last row that was read, by the first row of its control's cell, with what it is about.
    last: Option<(u32, Named, Answer)>,
}

impl<'a, 'r> Rows<'a, 'r> {
    pub(crate) fn new(
        grid: &'a Grid,
        request: &'a Request<'r>,
        troubles: &'a mut Troubles,
        entries: &'a mut Vec<Entry>,
        left: &'a mut usize,
    ) -> Self {
        Self {
            grid,
            request,
            troubles,
            entries,
            left,
            notes: Vec::new(),
            withdrawn: Vec::new(),
            foreign: BTreeSet::new(),
            last: None,
        }
    }

    /// Reads them all.
    pub(crate) fn read(mut self, tables: &[Table]) {
        for table in tables {
            if table.first > table.last {
                continue;
            }
            for row in self.grid.rows.range(table.first..=table.last).map(|(row, _)| *row) {
                if !self.row(row, &table.columns) {
                    return;
                }
            }
        }
        if !self.notes.is_empty() {
            let error = ProviderError::Notes { count: self.notes.len(), first: self.notes };
            self.troubles.at(self.grid.whole(), error);
        }
        if !self.withdrawn.is_empty() {
            let error = ProviderError::WithdrawnRows { count: self.withdrawn.len(), first: self.withdrawn };
            self.troubles.at(self.grid.whole(), error);
        }
    }

    /// Reads a row; false where no more can be kept.
    fn row(&mut self, row: u32, columns: &Columns) -> bool {
        let sound = self.faults(row, columns);
        let says = columns.saying().any(|column| !self.grid.text(row, column).is_empty());
        let text = self.grid.text(row, columns.control);
        if text.is_empty() {
            if says && sound {
                self.troubles.at(self.grid.row_place(row), ProviderError::NoControl);
            }
            return true;
        }
        if self.goes_on(row, columns) {
            return self.append(row, columns);
        }
        let Some(named) = self.named(row, columns, says) else {
            self.last = None;
            return true;
        };
        let (provides, leaves, both) = (
            self.texts(row, &columns.provides),
            self.texts(row, &columns.leaves),
            self.texts(row, &columns.both),
        );
        let control = named.statement.clone().unwrap_or_else(|| named.control.clone());
        let silent =
            |column: Option<u32>, text: &str| column.is_some_and(|at| self.grid.text(row, at) == text);
        if columns.published && silent(columns.inherited, "") && silent(columns.class, "not-applicable") {
            self.last = None;
            return true;
        }
        let answer = self.answer(row, columns, &control);
        self.last = Some((self.group(row, columns), named.clone(), answer));
        let mut entry = Entry { named, answer, provides, leaves, place: self.grid.row_place(row) };
        share_out(&mut entry, both);
        if entry.answer == Answer::Told(Inherited::Yes) && entry.leaves.is_some() {
            entry.answer = Answer::Told(Inherited::Partly);
            self.troubles.at(self.grid.row_place(row), ProviderError::YesAndLeft { control });
        }
        self.keep(entry)
    }

    fn keep(&mut self, entry: Entry) -> bool {
        let bytes = entry.provides.iter().chain(&entry.leaves).map(String::len).sum::<usize>();
        let Some(left) = self.left.checked_sub(bytes) else {
            let limit = limits::MAX_KEPT as u64;
            self.troubles.at(self.grid.whole(), ProviderError::TooMany { what: "bytes of text", limit });
            return false;
        };
        *self.left = left;
        self.entries.push(entry);
        true
    }

    /// Reports cells that hold no value; false where there are some.
    fn faults(&mut self, row: u32, columns: &Columns) -> bool {
        let mut sound = true;
        for column in [columns.control].into_iter().chain(columns.statement).chain(columns.saying()) {
            let error = match self.grid.rows.get(&row).and_then(|cells| cells.get(&column)) {
                Some(Cell::Fault(text)) => ProviderError::Fault { text: text.to_string() },
                Some(Cell::Unknown) => ProviderError::NoResult,
                _ => continue,
            };
            self.troubles.at(self.grid.place(row, column), error);
            sound = false;
        }
        sound
    }

    /// Whether a row only goes on with the text of the row above, of which it shares the control's cell.
    fn goes_on(&self, row: u32, columns: &Columns) -> bool {
        let above = self.grid.merged.get(&(row, columns.control));
        let own = self
            .grid
            .rows
            .get(&row)
            .is_some_and(|cells| cells.get(&columns.control).is_some_and(|cell| !cell.text().is_empty()));
        let answers = [columns.inherited, columns.class, columns.origination, columns.statement];
        let answers = answers.into_iter().flatten().chain(columns.marks.iter().map(|(column, _)| *column));
        let own_answer = answers.into_iter().any(|column| {
            let cell = self.grid.rows.get(&row).and_then(|cells| cells.get(&column));
            cell.is_some_and(|cell| !matches!(cell, Cell::Text(text) if text.trim().is_empty()))
        });
        above.is_some() && !own && !own_answer
    }

    /// The first row of the control's cell.
    fn group(&self, row: u32, columns: &Columns) -> u32 {
        self.grid.merged.get(&(row, columns.control)).copied().unwrap_or(row)
    }

    fn append(&mut self, row: u32, columns: &Columns) -> bool {
        let own = |column: &u32| self.grid.rows.get(&row).is_some_and(|cells| cells.contains_key(column));
        let of = |list: &[u32]| list.iter().copied().filter(own).collect::<Vec<_>>();
        let (provides, leaves, both) = (of(&columns.provides), of(&columns.leaves), of(&columns.both));
        let first = self.group(row, columns);
        let Some((_, named, answer)) = self.last.clone().filter(|(group, _, _)| *group == first) else {
            return true;
        };
        let place = self.grid.row_place(row);
        let mut entry = Entry { named, answer, provides: None, leaves: None, place };
        entry.provides = self.texts(row, &provides);
        entry.leaves = self.texts(row, &leaves);
        let both = self.texts(row, &both);
        share_out(&mut entry, both);
        if entry.provides.is_none() && entry.leaves.is_none() { true } else { self.keep(entry) }
    }

    /// What the row is about.
    fn named(&mut self, row: u32, columns: &Columns, says: bool) -> Option<Named> {
        let framework = match columns.framework {
            Some(column) => Some(self.framework(row, column)?),
            None => None,
        };
        let control = self.grid.text(row, columns.control).to_owned();
        let statement = columns.statement.map(|column| self.grid.text(row, column)).and_then(said);
        let found = match statement {
            None => self.request.index.find(&control, framework),
            // A statement's whole id, or its letter alone.
            Some(statement) => match self.request.index.find(statement, framework) {
                Ok(named) => Ok(named),
                Err(_) => self.request.index.find(&format!("{control} {statement}"), framework),
            },
        };
        let text = statement.map_or(control.clone(), |statement| format!("{control} {statement}"));
        let error = match found {
            Ok(named) => return self.numbered(row, columns, named),
            Err(NotFound::NotAnId) if !says => {
                self.notes.push(row);
                return None;
            }
            Err(NotFound::Withdrawn { .. }) if !self.inherits(row, columns) => {
                self.withdrawn.push(row);
                return None;
            }
            Err(why) => not_found(why, &text, self.request, self.troubles),
        };
        self.troubles.at(self.grid.place(row, columns.control), error);
        None
    }

    /// Whether the row says that something is inherited, or leaves something.
    fn inherits(&self, row: u32, columns: &Columns) -> bool {
        let answers = columns.inherited.or(columns.class).or(columns.origination).into_iter();
        let some = |text: &str| {
            said(text).is_some() && !matches!(words::answer(text, &self.request.layout), Some(Inherited::No))
        };
        let named = |text: &str| matches!(words::plain(text).as_str(), "withdrawn" | "not applicable");
        let marks =
            columns.marks.iter().filter(|(_, mark)| *mark != Mark::NotApplicable).map(|(column, _)| *column);
        let texts = answers.chain(marks).map(|column| self.grid.text(row, column));
        texts.into_iter().any(|text| some(text) && !named(text))
    }

    /// Refuses a number that may have lost its last digit.
    fn numbered(&mut self, row: u32, columns: &Columns, named: Named) -> Option<Named> {
        let is_number = matches!(self.grid.cell(row, columns.control), Some(Cell::Number(_)));
        let longer = format!("{}0", named.control);
        if self.grid.sheet.is_some()
            && is_number
            && self.request.index.find(&longer, Some(&named.framework)).is_ok()
        {
            let error = ProviderError::NumberAsId { text: named.control };
            self.troubles.at(self.grid.place(row, columns.control), error);
            return None;
        }
        Some(named)
    }

    /// The catalogue of the row's framework; none where it is none of those that are spoken of.
    fn framework(&mut self, row: u32, column: u32) -> Option<&'a str> {
        let name = self.grid.text(row, column);
        let catalog = self.request.catalog(name);
        if catalog.is_none() && self.foreign.insert(name.to_owned()) {
            let frameworks = self.request.catalog_ids().join(", ");
            let error = ProviderError::OtherFramework { name: short(name), frameworks };
            self.troubles.at(self.grid.place(row, column), error);
        }
        catalog
    }

    fn answer(&mut self, row: u32, columns: &Columns, control: &str) -> Answer {
        let marks = self.marks(row, &columns.marks, control);
        let Some(column) = columns.inherited.or(columns.class).or(columns.origination) else {
            return self.marked(row, columns.control, marks, control);
        };
        let text = self.grid.text(row, column);
        let told = match (columns.inherited, columns.class) {
            (Some(_), _) => words::answer(text, &self.request.layout),
            (None, Some(_)) => class(text),
            (None, None) => words::origination(text).or_else(|| words::answer(text, &self.request.layout)),
        };
        match told {
            Some(Inherited::Yes) if marks.against.is_some() => {
                let mark = marks.against.unwrap_or_default();
                let first = self.grid.place(row, column);
                let error = ProviderError::Contradicted { control: control.to_owned(), mark, first };
                self.troubles.at(self.grid.row_place(row), error);
                Answer::Told(Inherited::Partly)
            }
            Some(told) if columns.inherited.or(columns.class).is_some() => Answer::Told(told),
            Some(inherited) => Answer::Marked { inherited, against: None },
            None if text.is_empty() => self.marked(row, column, marks, control),
            None => {
                let error = ProviderError::UnknownAnswer { control: control.to_owned(), text: short(text) };
                self.troubles.at(self.grid.place(row, column), error);
                Answer::Blank
            }
        }
    }

    /// What the marks say, where nothing else does.
    fn marked(&mut self, row: u32, column: u32, marks: Marks, control: &str) -> Answer {
        if let Some(inherited) = marks.inherited {
            return Answer::Marked { inherited, against: marks.against };
        }
        // A cell without a value has been complained of.
        let faulty = matches!(self.grid.cell(row, column), Some(Cell::Fault(_) | Cell::Unknown));
        if !faulty {
            self.troubles
                .at(self.grid.place(row, column), ProviderError::Blank { control: control.to_owned() });
        }
        Answer::Blank
    }

    fn marks(&mut self, row: u32, marks: &[(u32, Mark)], control: &str) -> Marks {
        let mut set = Vec::new();
        for (column, mark) in marks {
            let text = self.grid.text(row, *column);
            match marked(text) {
                Some(true) => set.push(*mark),
                Some(false) => {}
                None => {
                    let error =
                        ProviderError::UnknownAnswer { control: control.to_owned(), text: short(text) };
                    self.troubles.at(self.grid.place(row, *column), error);
                }
            }
        }
        Marks::of(&set)
    }

    /// The texts of some cells of a row.
    fn texts(&mut self, row: u32, columns: &[u32]) -> Option<String> {
        let mut texts: Vec<String> = Vec::new();
        for column in columns {
            let Some(text) = said(self.grid.text(row, *column)) else { continue };
            let end = text.char_indices().nth(limits::MAX_TEXT).map(|(at, _)| at);
            if end.is_some() {
                self.troubles.at(self.grid.place(row, *column), ProviderError::TooLong);
            }
            texts.push(text[..end.unwrap_or(text.len())].to_owned());
        }
        (!texts.is_empty()).then(|| texts.join("\n"))
    }
}

/// This program's own words.
fn class(text: &str) -> Option<Inherited> {
    match text.trim() {
        "inherited" => Some(Inherited::Yes),
        "shared" => Some(Inherited::Partly),
        "customer" | "not-applicable" => Some(Inherited::No),
        _ => None,
    }
}
