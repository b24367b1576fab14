//! `onus assess`: the main job.

use super::{FINDINGS, INCOMPLETE, USAGE};
use crate::cli::{Assess, FailOn, Format, Show};
use crate::style::Output;
use crate::{baseline, reading, save};
use anyhow::{Context, Result};
use onus_assess::{Assessment, Fate, FindingOutcome};
use onus_check::Severity;
use onus_report::{html, json, junit, markdown, sarif, terminal};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(arguments: &Assess, output: &Output) -> Result<ExitCode> {
    let baseline = arguments.baseline.as_deref().map(baseline::read).transpose()?.unwrap_or_default();
    let start = reading::start(&arguments.reading)?;
    let fail_on = fail_on(arguments.fail_on, start.project().fail_on);
    let assessment = start.assess(baseline)?;

    write(arguments, &assessment, output)?;
    let code = exit_code(&assessment, fail_on, arguments.strict);
    // The program ends here: the system takes the memory back at once, piece by piece costs a tenth of the run.
    std::mem::forget(assessment);
    Ok(code)
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
        Format::Json => {
            return write_json(assessment, json::Options { show }, arguments.output.as_deref(), output);
        }
        Format::Sarif => sarif::write(assessment, &sarif::Options { show, ..sarif::Options::default() }),
        Format::Junit => junit::write(assessment, &junit::Options { show }),
        Format::Markdown => {
            markdown::write(assessment, &markdown::Options { show, ..markdown::Options::default() })
        }
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
fn write_json(
    assessment: &Assessment,
    options: json::Options,
    path: Option<&Path>,
    output: &Output,
) -> Result<()> {
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

fn exit_code(assessment: &Assessment, fail_on: Option<Severity>, strict: bool) -> ExitCode {
    let fails = |severity: Severity| fail_on.is_some_and(|from| severity >= from);
    let failed = assessment.findings.iter().any(|finding| {
        finding.outcome == FindingOutcome::Fail && !finding.in_baseline && fails(finding.severity)
    });
    let summary = &assessment.summary;
    // Who runs on a provider alone may have no service of AWS's.
    let nothing_found =
        summary.services == 0 && assessment.providers.iter().all(|provider| provider.parts.is_empty());
    let unowned = assessment.left.iter().filter(|duty| duty.fate == Fate::Nobody).count();
    if assessment.problems.iter().any(|problem| problem.kind.is_error()) || nothing_found {
        // What could not be read may hold anything, so that the rest cannot be called in order;
        // and where nothing was found at all, the path is more likely wrong than the system empty.
        ExitCode::from(USAGE)
    } else if failed {
        ExitCode::from(FINDINGS)
    } else if strict && summary.needs_evidence + summary.undetermined + summary.unchecked + unowned > 0 {
        ExitCode::from(INCOMPLETE)
    } else {
        ExitCode::SUCCESS
    }
}
