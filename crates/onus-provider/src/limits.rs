//! How much of a document is read, and why no more.

/// The largest workbook or text. Matrices of a thousand controls have less than a megabyte; pictures on a cover make
/// them larger.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// How large the parts of a workbook that are read may become together, once unpacked. A few kilobytes of zip unpack to
/// gigabytes; a matrix of a thousand controls unpacks to two megabytes.
pub const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// How many sheets. Every one is looked at.
pub const MAX_SHEETS: usize = 200;

/// How many rows of a sheet or lines of a text hold something. The largest catalogues have a thousand controls with some
/// thousand parts.
pub const MAX_ROWS: usize = 100_000;

/// How many cells of a workbook hold something.
pub const MAX_CELLS: usize = 1_000_000;

/// How many merged ranges of a sheet, and how many rows they cover together.
pub const MAX_MERGED_ROWS: usize = 200_000;

/// The last column that spreadsheets have (`XFD`).
pub const LAST_COLUMN: u32 = 16_384;

/// The last row that spreadsheets have.
pub const LAST_ROW: u32 = 1_048_576;

/// The longest text of a cell, in characters: what spreadsheets hold.
pub const MAX_TEXT: usize = 32_767;

/// The longest heading, in bytes. Longer texts are no headings, and are not looked at as such.
pub const MAX_HEADING: usize = 200;

/// How many bytes of text are kept. Cells share texts, and rows are put together, so that the file's size alone bounds
/// nothing.
pub const MAX_KEPT: usize = 64 * 1024 * 1024;

/// How many troubles of a document are told one by one; the rest is counted.
pub const MAX_TROUBLES: usize = 500;

/// How deep elements of a workbook's XML may lie within each other. Spreadsheets write ten.
pub const MAX_DEPTH: usize = 100;
