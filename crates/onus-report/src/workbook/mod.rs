//! The responsibility matrix as a workbook (xlsx), in the arrangement of FedRAMP's CIS and CRM, with the reasons behind.
//!
//! [`write()`] is the entry. `context` gathers what the sheets are made from; each sheet is a module that turns it into
//! rows (`model`), and `write` turns rows into a file. No sheet knows the file's format, and no cell is a formula.

mod about;
mod attestations;
mod by_service;
mod cis;
mod context;
mod crm;
mod derivation;
mod findings;
mod height;
mod layers;
mod look;
mod matrix;
mod model;
mod origins;
mod records;
mod services;
mod tasks;
#[cfg(test)]
mod tests;
mod text;
mod write;

use context::Context;
use model::Sheet;
use onus_assess::Assessment;
use onus_model::Convention;

/// Why no workbook could be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A limit of the format was met; with the limits of the sheets this does not happen.
    #[error("the workbook could not be written")]
    Format(#[from] rust_xlsxwriter::XlsxError),
}

/// The workbook as bytes. The same assessment gives the same bytes.
///
/// Without a convention, each framework is told in that of its field.
///
/// # Errors
/// Where a limit of the format is met.
pub fn write(assessment: &Assessment, convention: Option<Convention>) -> Result<Vec<u8>, Error> {
    let context = Context::new(assessment, convention);
    let title = format!("Responsibility matrix: {}", assessment.system);
    let properties = write::Properties { system: &assessment.system, title: &title, date: assessment.date };
    Ok(write::write(&sheets(&context), &properties)?)
}

/// The sheets, in the order of their tabs.
fn sheets<'s>(context: &'s Context<'_>) -> Vec<Sheet<'s>> {
    let sheets: [for<'c> fn(&'c Context<'_>) -> Sheet<'c>; 12] = [
        about::sheet,
        cis::sheet,
        crm::sheet,
        matrix::sheet,
        by_service::sheet,
        services::sheet,
        layers::sheet,
        findings::sheet,
        tasks::sheet,
        records::sheet,
        attestations::sheet,
        derivation::sheet,
    ];
    sheets.map(|sheet| sheet(context)).into()
}
