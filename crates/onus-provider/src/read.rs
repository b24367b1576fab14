//! From a document's bytes to a provider.

use crate::entry::Entry;
use crate::error::{ProviderError, Trouble, Troubles, nearest};
use crate::gather::gather;
use crate::grid::Grid;
use crate::request::{Document, Request};
use crate::row::Rows;
use crate::words::plain;
use crate::{limits, oscal, table, text, xlsx};
use jiff::civil::Date;
use onus_model::{
    ControlIndex, DocumentKind, DocumentPlace, Framework, Provider, ProviderDocument, ProviderPart,
};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it says; without parts where it could not be read.
    pub provider: Provider,
    /// What is wrong with it, and what to know about how it was read.
    pub troubles: Vec<Trouble>,
}

/// What a reader makes of a document.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) kind: DocumentKind,
    pub(crate) date: Option<Date>,
    pub(crate) parts: Vec<ProviderPart>,
}

/// Reads a provider's document: a workbook, a text of separated values, or OSCAL, told apart by content.
///
/// Every row of a matrix is read, or is in the troubles with its place.
pub fn read(document: &Document<'_>, request: &Request<'_>) -> Reading {
    let mut troubles = Troubles::default();
    let content = content(document, request, &mut troubles).unwrap_or_else(|trouble| {
        troubles.at(trouble.place, trouble.error);
        Content { kind: DocumentKind::Crm, date: None, parts: Vec::new() }
    });
    if !content.parts.is_empty() {
        silent(&content.parts, request, &mut troubles);
    }
    let provider = Provider {
        name: request.name.clone(),
        system: request.system.clone(),
        document: ProviderDocument {
            path: document.path.to_owned(),
            kind: content.kind,
            sha256: hex(&Sha256::digest(document.bytes)),
            date: content.date,
        },
        attestation: request.attestation.clone(),
        parts: content.parts,
    };
    Reading { provider, troubles: troubles.into_inner() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn content(
    document: &Document<'_>,
    request: &Request<'_>,
    troubles: &mut Troubles,
) -> Result<Content, Trouble> {
    let bytes = document.bytes;
    let whole = |error| Err(Trouble { place: DocumentPlace::Whole, error });
    if bytes.len() > limits::MAX_BYTES {
        return whole(ProviderError::TooLarge { bytes: bytes.len() as u64 });
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] => {
            let book = xlsx::read(bytes)?;
            matrix(&book.sheets, book.date, request, troubles)
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => whole(ProviderError::OldWorkbook),
        _ => {
            let Ok(text) = std::str::from_utf8(bytes) else { return whole(ProviderError::NotText) };
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            match text.trim_start().chars().next() {
                None => whole(ProviderError::Empty),
                Some('<') => whole(ProviderError::Xml),
                _ if oscal::is_oscal(text) => oscal::read(bytes, request, troubles),
                _ => matrix(&[text::read(text)?], None, request, troubles),
            }
        }
    }
}

/// Reads sheets.
fn matrix(
    grids: &[Grid],
    date: Option<Date>,
    request: &Request<'_>,
    troubles: &mut Troubles,
) -> Result<Content, Trouble> {
    let grids = chosen(grids, request)?;
    let (mut entries, mut left, mut kind, mut failed) =
        (Vec::new(), limits::MAX_KEPT, DocumentKind::Crm, false);
    let mut read = 0;
    for grid in &grids {
        let found = table::find(grid, &request.layout, troubles);
        failed |= found.failed;
        if found.tables.is_empty() {
            if !found.failed && names_controls(grid, &request.index) {
                troubles.at(grid.whole(), ProviderError::NotRead);
            }
            continue;
        }
        read += 1;
        if grid.hidden {
            troubles.at(grid.whole(), ProviderError::Hidden);
        }
        if found.tables.iter().any(|table| table.columns.class.is_some()) {
            kind = DocumentKind::Matrix;
        }
        if found.tables.iter().any(|table| table.columns.own_matrix) {
            troubles.at(grid.whole(), ProviderError::OwnMatrix);
        }
        Rows::new(grid, request, troubles, &mut entries, &mut left).read(&found.tables);
    }
    if read == 0 && !failed {
        return Err(Trouble { place: DocumentPlace::Whole, error: no_table(&grids, request) });
    }
    let entries: Vec<Entry> = entries;
    Ok(Content { kind, date, parts: gather(entries, &request.index, troubles) })
}

/// The sheet that is asked for, or all.
fn chosen<'g>(grids: &'g [Grid], request: &Request<'_>) -> Result<Vec<&'g Grid>, Trouble> {
    let Some(name) = &request.layout.sheet else { return Ok(grids.iter().collect()) };
    let named = |grid: &&Grid| grid.sheet.as_deref().is_some_and(|sheet| plain(sheet) == plain(name));
    let found: Vec<&Grid> = grids.iter().filter(named).collect();
    if found.is_empty() {
        let near = nearest(name, grids.iter().filter_map(|grid| grid.sheet.as_deref()));
        let error = ProviderError::NoSheet { name: name.clone(), near };
        return Err(Trouble { place: DocumentPlace::Whole, error });
    }
    Ok(found)
}

/// Why no table was found: a named column that is nowhere, or none of the usual headings.
fn no_table(grids: &[&Grid], request: &Request<'_>) -> ProviderError {
    let texts = || {
        grids.iter().flat_map(|grid| grid.rows.values()).flat_map(|row| row.values()).map(|cell| cell.text())
    };
    let short = || texts().filter(|text| !text.is_empty() && text.len() <= limits::MAX_HEADING);
    let missing = request.layout.columns().find(|name| !short().any(|text| plain(text) == plain(name)));
    match missing {
        Some(name) => ProviderError::NoColumn {
            name: name.to_owned(),
            near: nearest(name, short().take(limits::MAX_ROWS)),
        },
        None => ProviderError::NoMatrix,
    }
}

/// How many cells with controls make a sheet one that speaks of controls.
const MIN_CONTROLS: usize = 3;

/// Whether controls stand in a sheet, each in a cell of its own.
fn names_controls(grid: &Grid, index: &ControlIndex<'_>) -> bool {
    let short = |text: &&str| (3..=24).contains(&text.len());
    let texts = grid
        .rows
        .values()
        .flat_map(|row| row.values())
        .map(|cell| cell.text())
        .take(limits::MAX_ROWS)
        .filter(short);
    texts.filter(|text| index.find(text, None).is_ok()).take(MIN_CONTROLS).count() == MIN_CONTROLS
}

/// Reports of which controls of a selection nothing is said.
fn silent(parts: &[ProviderPart], request: &Request<'_>, troubles: &mut Troubles) {
    const FIRST: usize = 20;
    let said: BTreeSet<(&str, &str)> =
        parts.iter().map(|part| (part.framework.as_str(), part.control.as_str())).collect();
    for framework in &request.spoken {
        let Framework { id, selects: Some(selection), .. } = framework else { continue };
        let missing = || {
            selection
                .controls
                .iter()
                .filter(|control| !said.contains(&(selection.framework.as_str(), control.as_str())))
        };
        let count = missing().count();
        if count > 0 {
            let first = missing().take(FIRST).cloned().collect();
            let error = ProviderError::Silent { framework: id.clone(), count, first };
            troubles.at(DocumentPlace::Whole, error);
        }
    }
}
