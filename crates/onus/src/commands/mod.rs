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
use onus_assess::Assessment;
use std::process::ExitCode;

/// Findings at or above `--fail-on`.
pub(crate) const FINDINGS: u8 = 1;
/// A usage or input error: the result, if there is one, is not to be relied on.
pub(crate) const USAGE: u8 = 2;
/// Evidence is incomplete, under `--strict`.
pub(crate) const INCOMPLETE: u8 = 3;

/// Says what could not be read, which may hold anything; whether there is something.
fn note_errors(assessment: &Assessment, output: &Output) -> bool {
    let mut any = false;
    for problem in assessment.problems.iter().filter(|problem| problem.kind.is_error()) {
        output.note(&format!("error: {}", onus_report::problem(assessment, problem)));
        any = true;
    }
    any
}

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
