//! The command line: parses, calls one function, and returns an exit code.

mod baseline;
mod cli;
mod clock;
mod commands;
mod evidence;
mod knowledge;
mod progress;
mod project;
mod reading;
mod style;

use clap::Parser;
use std::process::ExitCode;

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
