//! `onus list`.

use crate::cli::{List, What};
use crate::knowledge;
use crate::style::Output;
use anyhow::Result;
use std::process::ExitCode;

pub(crate) fn run(arguments: &List, output: &Output) -> Result<ExitCode> {
    let knowledge = knowledge::load()?;
    let what = match arguments.what {
        What::Services => onus_report::list::What::Services,
        What::Layers => onus_report::list::What::Layers,
        What::Frameworks => onus_report::list::What::Frameworks,
        What::Checks => onus_report::list::What::Checks,
    };
    let text = if arguments.json {
        onus_report::list::json(what, &knowledge)
    } else {
        let options = onus_report::list::Options { width: output.width(), color: output.color(), ascii: output.ascii() };
        onus_report::list::write(what, &knowledge, &options)
    };
    output.print(&text)?;
    Ok(ExitCode::SUCCESS)
}
