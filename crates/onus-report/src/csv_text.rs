//! CSV as text (RFC 4180, UTF-8, a header line), harmless in a spreadsheet.

use std::borrow::Cow;

/// Lines of as many cells as the header has.
pub(crate) struct CsvText<const N: usize>(csv::Writer<Vec<u8>>);

impl<const N: usize> CsvText<N> {
    /// Only the header.
    pub(crate) fn new(header: [&str; N]) -> Result<Self, csv::Error> {
        let mut lines =
            Self(csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new()));
        lines.line(header)?;
        Ok(lines)
    }

    /// Adds a line. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    pub(crate) fn line(&mut self, cells: [&str; N]) -> Result<(), csv::Error> {
        self.0.write_record(cells.map(harmless).iter().map(|cell| cell.as_bytes()))
    }

    /// The text.
    pub(crate) fn finish(self) -> Result<String, csv::Error> {
        let bytes = self.0.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8(bytes).expect("INVARIANT: what was written is text"))
    }
}

/// Names of services and resources come from the input, and a spreadsheet runs what looks like a formula.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("a=b"), "a=b");
    }
}
