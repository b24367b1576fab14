//! `onus list`.

use crate::cli::{List, What};
use crate::style::Output;
use crate::{knowledge, project};
use anyhow::Result;
use onus_report::list::{self, Listing};
use std::process::ExitCode;

pub(crate) fn run(arguments: &List, output: &Output) -> Result<ExitCode> {
    let mut knowledge = knowledge::load()?;
    knowledge::add_catalogs(&mut knowledge, &project::find(None)?.catalogs())?;
    let listing = match arguments.what {
        What::Services => Listing::Services,
        What::Layers => Listing::Layers,
        What::Frameworks => Listing::Frameworks,
        What::Checks => Listing::Checks,
        What::Programs => Listing::Programs,
    };
    output.print(&if arguments.json {
        list::write_json(listing, &knowledge)
    } else {
        list::write(listing, &knowledge, &output.screen())
    })?;
    Ok(ExitCode::SUCCESS)
}
