//! `onus explain`.

use crate::cli::Explain;
use crate::knowledge;
use crate::style::Output;
use anyhow::{Context, Result};
use std::process::ExitCode;

pub(crate) fn run(arguments: &Explain, output: &Output) -> Result<ExitCode> {
    let mut knowledge = knowledge::load()?;
    knowledge::add_checks(&mut knowledge, &arguments.checks)?;
    let ids = knowledge.checks.iter().map(|check| check.id.as_str());
    let check = knowledge
        .check(&arguments.check)
        .with_context(|| knowledge::unknown("check", &arguments.check, ids, "checks"))?;
    output.print(&if arguments.json {
        onus_report::explain::write_json(check, &knowledge)
    } else {
        onus_report::explain::write(check, &knowledge, &output.screen())
    })?;
    Ok(ExitCode::SUCCESS)
}
