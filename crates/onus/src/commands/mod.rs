//! The commands, one file each.

mod assess;
mod catalog;
mod completions;
mod evidence;
mod explain;
mod export;
mod init;
mod list;
mod man;
mod matrix;
mod who;
mod why;

use crate::cli::{Arguments, Command};
use crate::style::Output;
use anyhow::Result;
use std::process::ExitCode;

/// Findings at or above `--fail-on`.
pub(crate) const FINDINGS: u8 = 1;
/// A usage or input error: the result, if there is one, is not to be relied on.
pub(crate) const USAGE: u8 = 2;
/// Evidence is incomplete, under `--strict`.
pub(crate) const INCOMPLETE: u8 = 3;

/// Runs the command that was asked for.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let output = Output::new(arguments.color, arguments.ascii);
    match arguments.command {
        Command::Assess(arguments) => assess::run(&arguments, &output),
        Command::Matrix(arguments) => matrix::run(&arguments, &output),
        Command::Why(arguments) => why::run(&arguments, &output),
        Command::Export(arguments) => export::run(&arguments, &output),
        Command::Catalog(crate::cli::Catalog::Import(arguments)) => catalog::import(&arguments, &output),
        Command::Who(arguments) => who::run(&arguments, &output),
        Command::Explain(arguments) => explain::run(&arguments, &output),
        Command::List(arguments) => list::run(&arguments, &output),
        Command::Evidence(arguments) => evidence::run(&arguments, &output),
        Command::Init(arguments) => init::run(&arguments, &output),
        Command::Completions(arguments) => completions::run(&arguments, &output),
        Command::Man(arguments) => man::run(&arguments, &output),
    }
}
