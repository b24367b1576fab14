//! `onus completions`.

use crate::cli::{Arguments, Completions};
use crate::style::Output;
use anyhow::Result;
use clap::CommandFactory;
use std::process::ExitCode;

pub(crate) fn run(arguments: &Completions, output: &Output) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "onus", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
