//! As CSV: a contract. New columns come at the end.

use super::rows::rows;
use crate::csv_text::CsvText;
use onus_assess::Assessment;
use onus_model::Convention;

/// The matrix as CSV (RFC 4180, UTF-8, a header line).
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
///
/// # Errors
/// Never in memory; the error is that of the writer.
pub fn write_csv(assessment: &Assessment, convention: Option<Convention>) -> Result<String, csv::Error> {
    let mut lines = CsvText::new([
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
        lines.line([
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
        ])?;
    }
    lines.finish()
}
