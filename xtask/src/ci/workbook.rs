//! The workbook, opened by LibreOffice: it becomes a PDF, and its sheets are what the CSV says.
//!
//! Nothing is installed for it: an office program is large, and most who change something else do without.

use super::Outcome;
use crate::run::{release_binary, root, shown, succeeds, target};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const EXAMPLE: &str = "examples/web-shop";
/// The framework whose matrix is read back cell by cell.
const READ_BACK: &str = "nist-800-53-r5-low";
/// A short one, which is set for paper in seconds.
const PRINTED: &str = "aws-shared-responsibility";
/// Those that have rows in the example, which has no evidence yet.
const SHEETS: [&str; 10] =
    ["About", "CIS", "CRM", "Matrix", "By service", "Services", "Layers", "Findings", "Tasks", "Derivation"];
/// Columns of the CSV, and what they are called on the sheet.
const COLUMNS: [(&str, &str); 9] = [
    ("control", "Control"),
    ("statement", "Statement"),
    ("title", "Title, or what is asked"),
    ("class", "Whose"),
    ("label", "Label"),
    ("aws_part", "AWS's part"),
    ("customer_part", "Your part"),
    ("because", "Because"),
    ("status", "Status"),
];
/// Every sheet as a file of its own: commas, quotes, UTF-8, what is shown.
const AS_CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
const LIMIT: Duration = Duration::from_secs(300);

pub(super) fn run() -> Result<Outcome> {
    let Some(office) = office() else {
        return Ok(Outcome::Skipped("LibreOffice (`soffice`) is not installed".to_owned()));
    };
    let program = release_binary()?;
    let folder = tempfile::Builder::new().prefix("workbook-").tempdir_in(target())?;
    let folder = folder.path();
    let printed = matrix(&program, folder, PRINTED, "xlsx")?;
    convert(&office, folder, &printed, "pdf")?;
    let pdf = std::fs::read(printed.with_extension("pdf")).context("LibreOffice made no PDF")?;
    if !pdf.starts_with(b"%PDF-") {
        bail!("what LibreOffice made of the workbook is no PDF");
    }
    let book = matrix(&program, folder, READ_BACK, "xlsx")?;
    let first = std::fs::read(&book)?;
    if first != std::fs::read(matrix(&program, folder, READ_BACK, "xlsx")?)? {
        bail!("two runs write different workbooks");
    }
    convert(&office, folder, &book, AS_CSV)?;
    let sheet = |name: &str| folder.join(format!("{READ_BACK}-{name}.csv"));
    for name in SHEETS {
        if records(&sheet(name))?.len() <= 2 {
            bail!("LibreOffice finds no row on sheet {name}");
        }
    }
    let rows = same(&records(&matrix(&program, folder, READ_BACK, "csv")?)?, &records(&sheet("Matrix"))?)?;
    println!(
        "{} bytes of PDF; {rows} rows of the matrix are the same in LibreOffice as in the CSV",
        pdf.len()
    );
    Ok(Outcome::Passed)
}

/// LibreOffice's program, where it is installed.
fn office() -> Option<PathBuf> {
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let names = ["soffice", "libreoffice", "soffice.exe"];
    let places = folders.iter().flat_map(|folder| names.map(|name| folder.join(name)));
    let mac = PathBuf::from("/Applications/LibreOffice.app/Contents/MacOS/soffice");
    places.chain([mac]).find(|path| path.is_file())
}

/// Writes a matrix of the example, and gives its path.
fn matrix(program: &Path, folder: &Path, framework: &str, ending: &str) -> Result<PathBuf> {
    let path = folder.join(format!("{framework}.{ending}"));
    let mut command = Command::new(program);
    command.current_dir(root()).args(["matrix", EXAMPLE, "--framework", framework, "-o"]).arg(&path);
    if !succeeds(&mut command, LIMIT) {
        bail!("{} failed", shown(&command));
    }
    Ok(path)
}

fn convert(office: &Path, folder: &Path, book: &Path, into: &str) -> Result<()> {
    let mut command = Command::new(office);
    // A profile of its own: one that is in use by an open window would send the work there.
    command.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
    command.args(["--headless", "--norestore", "--convert-to", into, "--outdir"]).arg(folder).arg(book);
    if !succeeds(&mut command, LIMIT) {
        bail!("{} failed", shown(&command));
    }
    Ok(())
}

fn records(path: &Path) -> Result<Vec<csv::StringRecord>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path);
    let records = reader.with_context(|| format!("there is no {}", path.display()))?.into_records();
    Ok(records.collect::<Result<_, _>>()?)
}

/// The number of rows, all of which say the same in the CSV and on the sheet, where each sentence has a line of its own.
fn same(csv: &[csv::StringRecord], sheet: &[csv::StringRecord]) -> Result<usize> {
    // Above the headings of a sheet stands what it is.
    let ([csv_head, csv @ ..], [_, sheet_head, sheet @ ..]) = (csv, sheet) else {
        bail!("nothing to compare")
    };
    if csv.len() != sheet.len() {
        bail!("the CSV has {} rows, the sheet {}", csv.len(), sheet.len());
    }
    let place = |head: &csv::StringRecord, name: &str| head.iter().position(|cell| cell == name);
    for (of_csv, of_sheet) in COLUMNS {
        let (Some(left), Some(right)) = (place(csv_head, of_csv), place(sheet_head, of_sheet)) else {
            bail!("there is no column {of_csv} in the CSV, or no {of_sheet} on the sheet");
        };
        let gap = if of_csv == "because" { " | " } else { " " };
        for (at, (csv, sheet)) in csv.iter().zip(sheet).enumerate() {
            let (csv, sheet) = (csv.get(left).unwrap_or_default(), sheet.get(right).unwrap_or_default());
            if csv != sheet.replace('\n', gap) {
                bail!("row {}, {of_csv}: the CSV says `{csv}`, LibreOffice `{sheet}`", at + 1);
            }
        }
    }
    Ok(csv.len())
}
