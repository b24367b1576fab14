//! `onus evidence`: records of what no check decides.

use super::{FINDINGS, USAGE, note_errors};
use crate::cli::{self, AddEvidence, Evidence, EvidenceAction, ListEvidence, VerifyEvidence};
use crate::style::Output;
use crate::{clock, evidence, knowledge, project, reading};
use anyhow::{Context, Result, bail};
use onus_evidence::NewRecord;
use onus_model::RecordResult;
use onus_report::evidence as report;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) fn run(arguments: &Evidence, output: &Output) -> Result<ExitCode> {
    match &arguments.action {
        EvidenceAction::Add(arguments) => add(arguments, output),
        EvidenceAction::List(arguments) => list(arguments, output),
        EvidenceAction::Verify(arguments) => verify(arguments, output),
    }
}

/// The project, and the folder of its records.
fn project(config: Option<&Path>) -> Result<(project::Found, PathBuf)> {
    let found = project::find(config)?;
    let folder = evidence::folder(&found)
        .context("there is no onus.yaml, beside which evidence is kept: `onus init` writes one")?;
    Ok((found, folder))
}

fn add(arguments: &AddEvidence, output: &Output) -> Result<ExitCode> {
    let (_, folder) = project(arguments.config.as_deref())?;
    let knowledge = knowledge::load()?;
    for target in &arguments.targets {
        if let Err((message, help)) = onus_knowledge::check_target(target, &knowledge) {
            bail!("{message}{}", help.map(|help| format!("; {help}")).unwrap_or_default());
        }
    }
    let result = arguments.result.map(|result| match result {
        cli::RecordResult::Satisfied => RecordResult::Satisfied,
        cli::RecordResult::NotSatisfied => RecordResult::NotSatisfied,
    });
    let today = result.map(|_| clock::today()).transpose()?;
    let record = NewRecord {
        id: arguments.id.clone(),
        targets: arguments.targets.clone(),
        owner: arguments.owner.clone(),
        due: arguments.due,
        how: arguments.how.clone(),
        result,
        date: arguments.date.or(today),
        valid_until: arguments.valid_until,
        signed_off_by: arguments.signed_off_by.clone(),
        files: arguments.files.clone(),
        note: arguments.note.clone(),
    };
    let path = onus_evidence::add(&folder, &record, &knowledge)?;
    output.note(&format!("wrote {}", path.display()));
    if result.is_some() && arguments.signed_off_by.is_none() {
        output.note("it proves nothing before somebody signs it off: `signed-off-by:`");
    }
    Ok(ExitCode::SUCCESS)
}

fn list(arguments: &ListEvidence, output: &Output) -> Result<ExitCode> {
    let assessment = reading::start(&arguments.reading)?.assess(BTreeSet::new())?;
    output.print(&if arguments.json {
        report::write_json(&assessment)
    } else {
        report::write(&assessment, &output.screen())
    })?;
    Ok(if note_errors(&assessment, output) { ExitCode::from(USAGE) } else { ExitCode::SUCCESS })
}

fn verify(arguments: &VerifyEvidence, output: &Output) -> Result<ExitCode> {
    let (found, _) = project(arguments.config.as_deref())?;
    let knowledge = knowledge::load()?;
    let folder = evidence::read(&found, &knowledge)?;
    let today = clock::today()?;
    output.print(&if arguments.json {
        report::write_records_json(&folder.records, today)
    } else {
        report::write_records(&folder.records, today, &output.screen())
    })?;
    for unloaded in &folder.unloaded {
        output.note(&format!("error: {}", knowledge::shown(&unloaded.error, &unloaded.text)));
    }
    let flawed = |record: &onus_model::Record| !record.flaws(today).is_empty() || record.is_overdue(today);
    Ok(if !folder.unloaded.is_empty() {
        ExitCode::from(USAGE)
    } else if folder.records.iter().any(flawed) {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}
