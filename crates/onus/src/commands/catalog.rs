//! `onus catalog import`.

use crate::cli::Import;
use crate::import::{self, Wish};
use crate::style::Output;
use crate::{clock, knowledge, project, save};
use anyhow::{Context, Result, bail};
use std::process::ExitCode;

pub(crate) fn import(arguments: &Import, output: &Output) -> Result<ExitCode> {
    let found = project::find(arguments.config.as_deref())?;
    let mut known = knowledge::load()?;
    let wish = Wish {
        file: &arguments.file,
        with: &arguments.with,
        id: arguments.id.as_deref(),
        framework: arguments.framework.as_deref(),
        date: clock::today()?,
    };
    let (overlay, notes) = import::import(&wish, &known)?;
    let folder = found.catalogs();
    let path = folder.join(format!("{}.yaml", overlay.id));
    // Whatever would not load later is an error now, before anything is written; an earlier import is replaced.
    let replaces = path.exists();
    let text = onus_knowledge::write_overlay(&overlay).map_err(anyhow::Error::msg)?;
    let name = path.display().to_string();
    let mut all = knowledge::read_catalogs(&folder)?;
    all.retain(|other| other.path != name);
    all.push(onus_knowledge::read_overlay(&name, &text)?);
    let errors = onus_knowledge::apply_overlays(&mut known, &all);
    if let Some(error) = errors.iter().find(|error| error.path == name) {
        bail!("{}", knowledge::shown(error, &text));
    }
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    save(&path, &text)?;
    for note in notes {
        output.note(&note);
    }
    let done = if replaces { "replaced" } else { "wrote" };
    output.note(&format!("{done} {}; next: onus list frameworks", path.display()));
    Ok(ExitCode::SUCCESS)
}
