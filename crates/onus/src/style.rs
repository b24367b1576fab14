//! What is printed, and how it looks where it appears.

use crate::cli::When;
use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};

/// The width where none can be asked for.
const DEFAULT_WIDTH: usize = 80;
/// Longer lines are hard to read.
const MAX_WIDTH: usize = 120;
/// What is gathered before it is written.
const BUFFER: usize = 64 * 1024;

/// Where output goes, and what it may look like there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    choice: anstream::ColorChoice,
    ascii: bool,
}

impl Output {
    pub(crate) fn new(color: When, ascii: bool) -> Self {
        let choice = match color {
            When::Auto => AutoStream::choice(&io::stdout()),
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        Self { choice, ascii }
    }

    fn color(&self) -> bool {
        self.choice != anstream::ColorChoice::Never
    }

    /// What the output looks like where it goes.
    pub(crate) fn screen(&self) -> onus_report::Screen {
        onus_report::Screen { width: Self::width(), color: self.color(), ascii: self.ascii }
    }

    /// The cells of a line.
    fn width() -> usize {
        let asked = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        asked.or_else(measured).unwrap_or(DEFAULT_WIDTH).clamp(40, MAX_WIDTH)
    }

    /// Prints to standard output.
    pub(crate) fn print(&self, text: &str) -> io::Result<()> {
        self.stream(|out| out.write_all(text.as_bytes()))
    }

    /// Prints what is written, as it is written. A reader that has gone away, as in `onus … | head`, is no error.
    pub(crate) fn stream(
        &self,
        write: impl FnOnce(&mut BufWriter<StdoutLock<'_>>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
        match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                // What is left in the buffer has no reader either.
                let _ = out.into_parts();
                Ok(())
            }
            result => result,
        }
    }

    /// Says something beside the output.
    pub(crate) fn note(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// Reports an error with its causes on standard error.
pub(crate) fn report(error: &anyhow::Error) {
    let style = if io::stderr().is_terminal() { AnsiColor::Red.on_default().bold() } else { Style::new() };
    let mut err = anstream::stderr();
    let _ = writeln!(err, "{style}error{style:#}: {error}");
    for cause in error.chain().skip(1) {
        let _ = writeln!(err, "  because {cause}");
    }
}
