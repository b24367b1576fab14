//! `onus init`.

use crate::cli::Init;
use crate::style::Output;
use anyhow::{Context, Result, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// The file as it is written: every line of it a comment, so that it changes nothing until edited.
const TEMPLATE: &str = include_str!("onus.yaml");

pub(crate) fn run(arguments: &Init, output: &Output) -> Result<ExitCode> {
    let path = arguments.folder.join("onus.yaml");
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    match file {
        Ok(mut file) => file
            .write_all(TEMPLATE.as_bytes())
            .with_context(|| format!("cannot write `{}`", path.display()))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("`{}` exists already", path.display())
        }
        Err(error) => return Err(error).with_context(|| format!("cannot write `{}`", path.display())),
    }
    output.note(&format!("wrote {}; next: onus assess", path.display()));
    Ok(ExitCode::SUCCESS)
}
