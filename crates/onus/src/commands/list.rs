//! `onus list`.

use crate::cli::{List, What};
use crate::knowledge;
use crate::style::Output;
use anyhow::Result;
use onus_report::list::{self, Listing};
use std::process::ExitCode;

pub(crate) fn run(arguments: &List, output: &Output) -> Result<ExitCode> {
    let knowledge = knowledge::load()?;
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
