//! `onus assess`: the main job.

use super::{FINDINGS, INCOMPLETE, USAGE};
use crate::cli::{Assess, FailOn, Format, Show};
use crate::progress::Progress;
use crate::style::Output;
use crate::{baseline, clock, knowledge, project};
use anyhow::{Context, Result};
use onus_assess::{Assessment, FindingOutcome, Options};
use onus_check::Severity;
use onus_report::{html, json, junit, markdown, sarif, terminal};
use onus_workload::Input;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

pub(crate) fn run(arguments: &Assess, output: &Output) -> Result<ExitCode> {
    let found = project::find(arguments.config.as_deref())?;
    let mut knowledge = knowledge::load()?;
    let own = found.project.checks.iter().map(|path| found.path(path));
    knowledge::add_checks(&mut knowledge, &own.chain(arguments.checks.iter().cloned()).collect::<Vec<_>>())?;
    let known: Vec<&str> = knowledge.frameworks.iter().map(|framework| framework.id.as_str()).collect();
    if let Some((id, _)) = onus_knowledge::unknown_framework(&found.project, &known) {
        let file = found.file.display();
        anyhow::bail!("{file}: {}", knowledge::unknown("framework", id, known.into_iter(), "frameworks"));
    }
    let baseline = arguments.baseline.as_deref().map(baseline::read).transpose()?.unwrap_or_default();

    let progress = Progress::start("reading");
    let inputs = inputs(arguments, &found);
    let options = onus_workload::Options {
        parameter_files: parameter_files(arguments, &found),
        account: arguments.account.clone().or_else(|| found.project.account.clone()),
        region: arguments.region.clone().or_else(|| found.project.region.clone()),
        services: arguments.services.clone(),
        terraform: knowledge::dictionary(&knowledge),
        ..onus_workload::Options::default()
    };
    let workload = onus_workload::read(&inputs, &options);
    progress.say("assessing");
    let options = Options {
        system: found.project.system.clone().unwrap_or_else(|| system_name(&inputs)),
        date: clock::today()?,
        inputs: inputs.iter().map(input_name).collect(),
        project: found.project,
        baseline,
    };
    let fail_on = fail_on(arguments.fail_on, options.project.fail_on);
    let assessment = onus_assess::assess(workload, Arc::new(knowledge), options);
    progress.end();

    write(arguments, &assessment, output)?;
    let code = exit_code(&assessment, fail_on, arguments.strict);
    // The program ends here: the system takes the memory back at once, piece by piece costs a tenth of the run.
    std::mem::forget(assessment);
    Ok(code)
}

fn inputs(arguments: &Assess, found: &project::Found) -> Vec<Input> {
    // The order in which a shell expands `*` must not show in a report.
    let paths: BTreeSet<&str> = arguments.paths.iter().map(String::as_str).collect();
    let input = |path: &str| if path == "-" { Input::Stdin } else { Input::Path(PathBuf::from(path)) };
    let named: Vec<Input> = paths.into_iter().map(input).collect();
    if !named.is_empty() {
        return named;
    }
    let of_project: Vec<Input> = found.project.inputs.iter().map(|path| Input::Path(found.path(path))).collect();
    if of_project.is_empty() && arguments.services.is_empty() {
        return vec![Input::Path(PathBuf::from("."))];
    }
    of_project
}

fn parameter_files(arguments: &Assess, found: &project::Found) -> Vec<PathBuf> {
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

/// The severity from which findings fail the run; none if they never do.
fn fail_on(argument: Option<FailOn>, project: Option<Severity>) -> Option<Severity> {
    match argument {
        None => Some(project.unwrap_or(Severity::Low)),
        Some(FailOn::None) => None,
        Some(FailOn::Low) => Some(Severity::Low),
        Some(FailOn::Medium) => Some(Severity::Medium),
        Some(FailOn::High) => Some(Severity::High),
        Some(FailOn::Critical) => Some(Severity::Critical),
    }
}

fn write(arguments: &Assess, assessment: &Assessment, output: &Output) -> Result<()> {
    let show = match arguments.show {
        Show::Open => onus_report::Show::Open,
        Show::All => onus_report::Show::All,
    };
    let text = match arguments.format {
        Format::Terminal => {
            let mut screen = output.screen();
            screen.color &= arguments.output.is_none();
            terminal::write(assessment, &terminal::Options { screen, show, ..terminal::Options::default() })
        }
        Format::Json => return write_json(assessment, json::Options { show }, arguments.output.as_deref(), output),
        Format::Sarif => sarif::write(assessment, &sarif::Options { show, ..sarif::Options::default() }),
        Format::Junit => junit::write(assessment, &junit::Options { show }),
        Format::Markdown => markdown::write(assessment, &markdown::Options { show, ..markdown::Options::default() }),
        Format::Html => html::write(assessment)?,
    };
    match &arguments.output {
        Some(path) => save(path, &text)?,
        None => output.print(&text)?,
    }
    // A page about nothing would take the place of the last one that said something.
    let says_something = !assessment.columns.is_empty();
    if arguments.format == Format::Terminal && !arguments.no_html && says_something {
        save(&arguments.html, &html::write(assessment)?)?;
        output.note(&format!("The same as a page: {}", arguments.html.display()));
    }
    Ok(())
}

/// Writes JSON as it is made: of a large workload it is the largest thing there is.
fn write_json(assessment: &Assessment, options: json::Options, path: Option<&Path>, output: &Output) -> Result<()> {
    let Some(path) = path else {
        output.stream(|out| json::write_to(assessment, &options, out))?;
        return Ok(());
    };
    let write = || {
        let mut file = BufWriter::new(File::create(path)?);
        json::write_to(assessment, &options, &mut file)?;
        file.flush()
    };
    write().with_context(|| format!("cannot write `{}`", path.display()))
}

fn save(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

fn exit_code(assessment: &Assessment, fail_on: Option<Severity>, strict: bool) -> ExitCode {
    let fails = |severity: Severity| fail_on.is_some_and(|from| severity >= from);
    let failed = assessment
        .findings
        .iter()
        .any(|finding| finding.outcome == FindingOutcome::Fail && !finding.in_baseline && fails(finding.severity));
    let summary = &assessment.summary;
    if assessment.problems.iter().any(|problem| problem.kind.is_error()) || summary.services == 0 {
        // What could not be read may hold anything, so that the rest cannot be called in order;
        // and where nothing was found at all, the path is more likely wrong than the system empty.
        ExitCode::from(USAGE)
    } else if failed {
        ExitCode::from(FINDINGS)
    } else if strict && summary.needs_evidence + summary.undetermined + summary.unchecked > 0 {
        ExitCode::from(INCOMPLETE)
    } else {
        ExitCode::SUCCESS
    }
}
