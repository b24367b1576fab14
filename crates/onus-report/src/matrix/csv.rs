//! As CSV: a contract. New columns come at the end.

use super::rows::rows;
use onus_assess::Assessment;
use onus_model::Convention;

/// The matrix as CSV (RFC 4180, UTF-8, a header line).
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
///
/// # Errors
/// Never in memory; the error is that of the writer.
pub fn write_csv(assessment: &Assessment, convention: Option<Convention>) -> Result<String, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record([
        "framework",
        "control",
        "statement",
        "class",
        "label",
        "aws_part",
        "customer_part",
        "because",
        "status",
        "evidence",
        "missing",
        "undetermined",
        "title",
        "provider_part",
        "customers_inherit",
        "left_to_customers",
    ])?;
    for row in rows(assessment, convention) {
        let undetermined = row.undetermined.to_string();
        let cells = [
            row.framework,
            row.control,
            row.statement,
            row.class,
            row.label,
            &row.aws_part,
            &row.customer_part,
            &row.because,
            row.status,
            &row.evidence,
            &row.missing,
            &undetermined,
            row.title,
            &row.provider_part,
            row.customers_inherit,
            &row.left_to_customers,
        ];
        writer.write_record(cells.map(|cell| harmless(cell)).iter().map(AsRef::as_ref as fn(&_) -> &str))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8(bytes).expect("INVARIANT: what was written is text"))
}

/// Names of services and resources come from the input, and a spreadsheet runs what looks like a formula.
fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
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
