//! The command line: parses, calls one function, and returns an exit code.

mod baseline;
mod cli;
mod clock;
mod commands;
mod evidence;
mod import;
mod knowledge;
mod progress;
mod project;
mod providers;
mod reading;
mod revision;
mod style;
mod variables;

use anyhow::Context;
use clap::Parser;
use std::path::Path;
use std::process::ExitCode;

/// Writes a file that was asked for.
fn save(path: &Path, bytes: impl AsRef<[u8]>) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Trees of parsed files are many small pieces, for which the system's own allocator takes longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    match commands::run(arguments) {
        Ok(code) => code,
        Err(error) => {
            style::report(&error);
            ExitCode::from(commands::USAGE)
        }
    }
}
