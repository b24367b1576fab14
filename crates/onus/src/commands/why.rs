//! `onus why`.

use crate::cli::Why;
use crate::style::Output;
use crate::{knowledge, reading};
use anyhow::{Result, bail};
use onus_model::Convention;
use std::collections::BTreeSet;
use std::process::ExitCode;

pub(crate) fn run(arguments: &Why, output: &Output) -> Result<ExitCode> {
    let mut start = reading::start(&arguments.reading)?;
    let asked = arguments.control.as_str();
    let control = asked.split_once("_smt").map_or(asked, |(control, _)| control);
    let frameworks = start.frameworks_with(control);
    let Some(framework) = frameworks.first() else {
        let known = start.controls();
        let known = known.iter().map(String::as_str);
        bail!("{}", knowledge::unknown("control", control, known, "frameworks"));
    };
    start.set_frameworks(vec![framework.clone()]);
    let assessment = start.assess(BTreeSet::new())?;
    let convention = arguments.convention.map(Convention::from);
    match onus_report::why::write(&assessment, asked, convention, &output.screen()) {
        Some(text) => output.print(&text)?,
        None => bail!("control `{control}` has no statement `{asked}`"),
    }
    Ok(ExitCode::SUCCESS)
}
