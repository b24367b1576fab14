//! `onus matrix`.

use super::{USAGE, note_errors};
use crate::cli::{ConventionName, Matrix, MatrixFormat};
use crate::reading::{self, Start};
use crate::style::Output;
use crate::{revision, save};
use anyhow::{Result, bail};
use onus_assess::Assessment;
use onus_model::Convention;
use onus_report::{matrix, moves, workbook};
use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(arguments: &Matrix, output: &Output) -> Result<ExitCode> {
    let start = reading::start(&arguments.reading)?;
    let convention = arguments.convention.map(Convention::from);
    if let [before, after] = arguments.compare.as_slice() {
        return compare(arguments, &start, [before, after], convention, output);
    }
    let format = format(arguments)?;
    if format == MatrixFormat::Xlsx && arguments.output.is_none() && std::io::stdout().is_terminal() {
        bail!("a workbook is no text for a terminal: name a file with --output");
    }
    let assessment = start.assess(BTreeSet::new())?;
    let text = match format {
        MatrixFormat::Terminal => matrix::write_terminal(&assessment, convention, &screen(arguments, output)),
        MatrixFormat::Csv => matrix::write_csv(&assessment, convention)?,
        MatrixFormat::Json => matrix::write_json(&assessment, convention),
        MatrixFormat::Markdown => matrix::write_markdown(&assessment, convention),
        MatrixFormat::Html => matrix::write_html(&assessment, convention)?,
        MatrixFormat::Xlsx => {
            give(arguments, &workbook::write(&assessment, convention)?, output)?;
            return Ok(code(&[&assessment], output));
        }
    };
    give(arguments, text.as_bytes(), output)?;
    Ok(code(&[&assessment], output))
}

/// What moves between two workloads.
fn compare(
    arguments: &Matrix,
    start: &Start<'_>,
    sides: [&str; 2],
    convention: Option<Convention>,
    output: &Output,
) -> Result<ExitCode> {
    let [before, after] = sides.map(|side| revision::inputs(side, start.paths()));
    let (before, after) = (before?, after?);
    let before = start.assess_side(&before)?;
    let after = start.assess_side(&after)?;
    let found = onus_assess::compare(&before, &after, convention);
    let text = match format(arguments)? {
        MatrixFormat::Terminal => moves::write_terminal(&found, sides, &screen(arguments, output)),
        MatrixFormat::Csv => moves::write_csv(&found)?,
        MatrixFormat::Json => moves::write_json(&found),
        MatrixFormat::Markdown => moves::write_markdown(&found, sides),
        MatrixFormat::Html | MatrixFormat::Xlsx => {
            bail!("what moves is written for the terminal, as csv, json or markdown")
        }
    };
    give(arguments, text.as_bytes(), output)?;
    Ok(code(&[&before, &after], output))
}

fn screen(arguments: &Matrix, output: &Output) -> onus_report::Screen {
    let mut screen = output.screen();
    screen.color &= arguments.output.is_none();
    screen
}

fn give(arguments: &Matrix, bytes: &[u8], output: &Output) -> Result<()> {
    match &arguments.output {
        Some(path) => save(path, bytes),
        None => Ok(output.stream(|out| out.write_all(bytes))?),
    }
}

/// What could not be read may hold anything, so that a document without it is not to be relied on; it says so.
pub(super) fn code(assessments: &[&Assessment], output: &Output) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for assessment in assessments {
        let errors = note_errors(assessment, output);
        if assessment.summary.services == 0 {
            output.note("error: nothing that AWS runs was found in what was read");
        }
        if errors || assessment.summary.services == 0 {
            code = ExitCode::from(USAGE);
        }
    }
    code
}

/// The form that was asked for, or that the file's ending means.
fn format(arguments: &Matrix) -> Result<MatrixFormat> {
    if let Some(format) = arguments.format {
        return Ok(format);
    }
    let Some(path) = &arguments.output else { return Ok(MatrixFormat::Terminal) };
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    Ok(match ending.as_str() {
        "csv" => MatrixFormat::Csv,
        "json" => MatrixFormat::Json,
        "md" | "markdown" => MatrixFormat::Markdown,
        "html" | "htm" => MatrixFormat::Html,
        "xlsx" => MatrixFormat::Xlsx,
        "txt" => MatrixFormat::Terminal,
        _ => bail!("`{}` does not tell the form of the matrix: name it with --format", display(path)),
    })
}

fn display(path: &Path) -> String {
    path.display().to_string()
}

impl From<ConventionName> for Convention {
    fn from(name: ConventionName) -> Self {
        match name {
            ConventionName::Aws => Self::Aws,
            ConventionName::Fedramp => Self::Fedramp,
            ConventionName::Caiq => Self::Caiq,
        }
    }
}
