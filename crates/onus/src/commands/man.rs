//! `onus man`.

use crate::cli::{Arguments, Man};
use crate::style::Output;
use anyhow::{Context, Result};
use clap::CommandFactory;
use std::process::ExitCode;

pub(crate) fn run(arguments: &Man, output: &Output) -> Result<ExitCode> {
    let folder = &arguments.folder;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    clap_mangen::generate_to(Arguments::command(), folder)
        .with_context(|| format!("cannot write into `{}`", folder.display()))?;
    output.note(&format!("wrote the man pages into {}", folder.display()));
    Ok(ExitCode::SUCCESS)
}
