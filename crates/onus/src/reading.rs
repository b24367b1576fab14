//! From the arguments and `onus.yaml` to an assessment.

use crate::cli::Reading;
use crate::progress::Progress;
use crate::{clock, evidence, knowledge, project};
use anyhow::Result;
use onus_assess::{Assessment, Options};
use onus_check::Severity;
use onus_knowledge::Knowledge;
use onus_workload::Input;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// An assessment, and what the project says about reporting it.
pub(crate) struct Assessed {
    pub(crate) assessment: Assessment,
    /// The severity from which `onus.yaml` lets findings fail the run.
    pub(crate) fail_on: Option<Severity>,
}

/// Reads what there is to read, and assesses it.
pub(crate) fn assess(arguments: &Reading, baseline: BTreeSet<String>) -> Result<Assessed> {
    let found = project::find(arguments.config.as_deref())?;
    let mut knowledge = knowledge::load()?;
    let own = found.project.checks.iter().map(|path| found.path(path));
    knowledge::add_checks(&mut knowledge, &own.chain(arguments.checks.iter().cloned()).collect::<Vec<_>>())?;
    let mut problems = evidence::replace_programs(&mut knowledge, &found)?;
    check_frameworks(&found, &knowledge)?;

    let progress = Progress::start("reading");
    let folder = evidence::read(&found, &knowledge)?;
    problems.extend(evidence::problems(&folder.unloaded));
    let inputs = inputs(arguments, &found);
    let options = onus_workload::Options {
        parameter_files: parameter_files(arguments, &found),
        account: arguments.account.clone().or_else(|| found.project.account.clone()),
        region: arguments.region.clone().or_else(|| found.project.region.clone()),
        services: arguments.services.clone(),
        terraform: knowledge::dictionary(&knowledge),
        ..onus_workload::Options::default()
    };
    let region = options.region.clone();
    let mut workload = onus_workload::read(&inputs, &options);
    workload.problems.extend(problems);
    progress.say("assessing");
    let options = Options {
        system: found.project.system.clone().unwrap_or_else(|| system_name(&inputs)),
        date: clock::today()?,
        inputs: inputs.iter().map(input_name).collect(),
        project: onus_knowledge::Project { region, ..found.project },
        baseline,
        records: folder.records,
    };
    let fail_on = options.project.fail_on;
    let assessment = onus_assess::assess(workload, Arc::new(knowledge), options);
    progress.end();
    Ok(Assessed { assessment, fail_on })
}

fn check_frameworks(found: &project::Found, knowledge: &Knowledge) -> Result<()> {
    let known: Vec<&str> = knowledge.frameworks.iter().map(|framework| framework.id.as_str()).collect();
    if let Some((id, _)) = onus_knowledge::unknown_framework(&found.project, &known) {
        let file = found.file.display();
        anyhow::bail!("{file}: {}", knowledge::unknown("framework", id, known.into_iter(), "frameworks"));
    }
    Ok(())
}

fn inputs(arguments: &Reading, found: &project::Found) -> Vec<Input> {
    // The order in which a shell expands `*` must not show in a report.
    let paths: BTreeSet<&str> = arguments.paths.iter().map(String::as_str).collect();
    let input = |path: &str| if path == "-" { Input::Stdin } else { Input::Path(PathBuf::from(path)) };
    let named: Vec<Input> = paths.into_iter().map(input).collect();
    if !named.is_empty() {
        return named;
    }
    let of_project: Vec<Input> =
        found.project.inputs.iter().map(|path| Input::Path(found.path(path))).collect();
    if of_project.is_empty() && arguments.services.is_empty() {
        return vec![Input::Path(PathBuf::from("."))];
    }
    of_project
}

fn parameter_files(arguments: &Reading, found: &project::Found) -> Vec<PathBuf> {
    let of_project = found.project.parameters.iter().map(|path| found.path(path));
    of_project.chain(arguments.parameters.iter().cloned()).collect()
}

fn input_name(input: &Input) -> String {
    match input {
        Input::Path(path) => path.display().to_string(),
        _ => "-".to_owned(),
    }
}

/// The name of the folder, or of the file without its ending.
fn system_name(inputs: &[Input]) -> String {
    let path = match inputs {
        [Input::Path(path), ..] => std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()),
        _ => return "workload".to_owned(),
    };
    let name = if path.is_dir() { path.file_name() } else { path.file_stem() };
    name.map_or_else(|| "workload".to_owned(), |name| name.to_string_lossy().into_owned())
}
