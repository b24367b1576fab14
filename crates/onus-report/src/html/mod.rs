//! One self-contained HTML page: the responsibility chart, and everything behind it.
//!
//! [`write()`] is the entry. `page` gathers what the templates in `templates/html/` show, one module per
//! section; `chart` draws. The page loads nothing from anywhere: style and script are inlined, a content
//! security policy forbids the rest, and the script only adds comfort (filters, a panel, the theme).

mod chart;
mod context;
#[cfg(test)]
mod contrast;
mod controls;
mod escape;
mod filters;
mod findings;
mod matrix;
mod overview;
mod page;
mod problems;
mod services;
mod snippet;
mod text;

pub use matrix::write_matrix;
use onus_assess::Assessment;
pub(crate) use text::is_link;

/// Why no page could be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template failed; with the data at hand this does not happen.
    #[error("the page could not be written")]
    Template(#[from] askama::Error),
}

/// The page as text. The same assessment gives the same bytes.
///
/// # Errors
/// Where a template fails.
pub fn write(assessment: &Assessment) -> Result<String, Error> {
    Ok(page::Page::new(assessment).render()?)
}
