//! From the command line and `onus.yaml` to an assessment: what every command does that looks at a workload.

use crate::cli::Reading;
use crate::progress::Progress;
use crate::project::Found;
use crate::revision::Side;
use crate::{clock, evidence, knowledge, project, providers};
use anyhow::{Result, bail};
use onus_assess::{Assessment, Options};
use onus_knowledge::{Knowledge, Project};
use onus_model::{Place, Problem, Record, Workload};
use onus_workload::terraform::Settings;
use onus_workload::{Exclusion, Input};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is known before anything is read.
pub(crate) struct Start<'a> {
    arguments: &'a Reading,
    found: Found,
    knowledge: Arc<Knowledge>,
    /// What the project's own programs and records give notice of.
    problems: Vec<Problem>,
    records: Vec<Record>,
}

/// Finds the project file, and loads the knowledge with the user's own checks.
pub(crate) fn start(arguments: &Reading) -> Result<Start<'_>> {
    let mut found = project::find(arguments.config.as_deref())?;
    let mut knowledge = knowledge::load()?;
    let own = found.project.checks.iter().map(|path| found.path(path));
    knowledge::add_checks(&mut knowledge, &own.chain(arguments.checks.iter().cloned()).collect::<Vec<_>>())?;
    let mut problems = evidence::replace_programs(&mut knowledge, &found)?;
    knowledge::add_catalogs(&mut knowledge, &found.catalogs())?;
    let known = || knowledge.frameworks.iter().map(|framework| framework.id.as_str());
    if let Some((id, _)) = onus_knowledge::unknown_framework(&found.project, &known().collect::<Vec<_>>()) {
        let file = found.file.display();
        bail!("{file}: {}", knowledge::unknown("framework", id, known(), "frameworks"));
    }
    if let Some(id) = arguments.frameworks.iter().find(|id| knowledge.framework(id).is_none()) {
        bail!("{}", knowledge::unknown("framework", id, known(), "frameworks"));
    }
    if !arguments.frameworks.is_empty() {
        found.project.frameworks.clone_from(&arguments.frameworks);
    }
    providers::resolve(&mut found, &knowledge)?;
    let folder = evidence::read(&found, &knowledge)?;
    problems.extend(evidence::problems(&folder.unloaded));
    Ok(Start { arguments, found, knowledge: Arc::new(knowledge), problems, records: folder.records })
}

impl Start<'_> {
    /// What `onus.yaml` says.
    pub(crate) const fn project(&self) -> &Project {
        &self.found.project
    }

    /// The facts, with the user's own.
    pub(crate) fn knowledge(&self) -> Arc<Knowledge> {
        Arc::clone(&self.knowledge)
    }

    /// The paths that were named on the command line, or those of the project, or the working folder.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let inputs = inputs(self.arguments, &self.found).into_iter();
        inputs
            .filter_map(|input| match input {
                Input::Path(path) => Some(path),
                _ => None,
            })
            .collect()
    }

    /// The frameworks that have a control: those asked for first, then all others.
    pub(crate) fn frameworks_with(&self, control: &str) -> Vec<String> {
        let has = |framework: &&onus_model::Framework| {
            self.knowledge.controls(framework).iter().any(|own| own.id == control)
        };
        let wanted = self.found.project.frameworks.iter().filter_map(|id| self.knowledge.framework(id));
        // A catalogue before the selections from it, and the model's own before all.
        let mut all: Vec<&onus_model::Framework> = self.knowledge.frameworks.iter().collect();
        all.sort_by_key(|framework| {
            (framework.id != onus_knowledge::DEFAULT_FRAMEWORK, framework.selects.is_some())
        });
        wanted.chain(all).filter(has).map(|framework| framework.id.clone()).collect()
    }

    /// The ids of all controls there are.
    pub(crate) fn controls(&self) -> Vec<String> {
        let controls = self.knowledge.frameworks.iter().flat_map(|framework| &framework.controls);
        controls.map(|control| control.id.clone()).collect()
    }

    /// Derives these frameworks, whatever else was asked for.
    pub(crate) fn set_frameworks(&mut self, frameworks: Vec<String>) {
        self.found.project.frameworks = frameworks;
    }

    /// Reads what was named, and assesses it.
    pub(crate) fn assess(self, baseline: BTreeSet<String>) -> Result<Assessment> {
        let inputs = inputs(self.arguments, &self.found);
        let exclude = exclusions(self.arguments, &self.found, Path::to_owned);
        self.assess_inputs(&inputs, None, exclude, baseline)
    }

    /// Reads a side of a comparison, and assesses it.
    pub(crate) fn assess_side(&self, side: &Side) -> Result<Assessment> {
        let exclude = exclusions(self.arguments, &self.found, |folder| side.counterpart(folder));
        self.assess_inputs(side.inputs(), side.checkout(), exclude, BTreeSet::new())
    }

    /// Reads these inputs, and assesses them. Files are named from the folder on, where one is given.
    fn assess_inputs(
        &self,
        inputs: &[Input],
        from: Option<&Path>,
        exclude: Vec<Exclusion>,
        baseline: BTreeSet<String>,
    ) -> Result<Assessment> {
        let (arguments, found) = (self.arguments, &self.found);
        let progress = Progress::start("reading");
        let options = onus_workload::Options {
            parameter_files: parameter_files(arguments, found),
            account: arguments.account.clone().or_else(|| found.project.account.clone()),
            region: arguments.region.clone().or_else(|| found.project.region.clone()),
            services: arguments.services.clone(),
            exclude,
            terraform: knowledge::dictionary(&self.knowledge),
            terraform_settings: terraform_settings(arguments),
            ..onus_workload::Options::default()
        };
        let region = options.region.clone();
        let mut workload = onus_workload::read(inputs, &options);
        if let Some(folder) = from {
            name_from(&mut workload, folder);
        }
        workload.problems.extend(self.problems.iter().cloned());
        let (providers, problems) = providers::read(found, &self.knowledge);
        workload.problems.extend(problems);
        progress.say("assessing");
        let options = Options {
            system: found.project.system.clone().unwrap_or_else(|| system_name(inputs)),
            date: clock::today()?,
            inputs: inputs.iter().map(|input| named_from(&input_name(input), from)).collect(),
            project: Project { region, ..found.project.clone() },
            baseline,
            providers,
            records: self.records.clone(),
        };
        let assessment = onus_assess::assess(workload, Arc::clone(&self.knowledge), options);
        progress.end();
        Ok(assessment)
    }
}

fn inputs(arguments: &Reading, found: &Found) -> Vec<Input> {
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

/// The patterns of the command line, which are meant in the working folder, and those of the project.
fn exclusions(arguments: &Reading, found: &Found, place: impl Fn(&Path) -> PathBuf) -> Vec<Exclusion> {
    let of = |patterns: &[String], folder: &Path| -> Vec<Exclusion> {
        let folder = if patterns.is_empty() { PathBuf::new() } else { place(folder) };
        patterns
            .iter()
            .map(|pattern| Exclusion { pattern: pattern.clone(), folder: folder.clone() })
            .collect()
    };
    let mut all = of(&found.project.exclude, &found.folder);
    all.extend(of(&arguments.exclude, Path::new(".")));
    all
}

fn parameter_files(arguments: &Reading, found: &Found) -> Vec<PathBuf> {
    let of_project = found.project.parameters.iter().map(|path| found.path(path));
    of_project.chain(arguments.parameters.iter().cloned()).collect()
}

/// What Terraform would be told: its variables of the environment, files of values, and values.
fn terraform_settings(arguments: &Reading) -> Settings {
    let variable = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        let name = name.into_string().ok()?.strip_prefix("TF_VAR_")?.to_owned();
        Some((name, value.into_string().ok()?))
    };
    Settings {
        environment: std::env::vars_os().filter_map(variable).collect(),
        variables: arguments.variables.in_order.clone(),
        workspace: arguments
            .workspace
            .clone()
            .or_else(|| std::env::var("TF_WORKSPACE").ok())
            .filter(|name| !name.is_empty()),
    }
}

/// Names files from the folder on: a revision lies in a folder that has another name in each run.
fn name_from(workload: &mut Workload, folder: &Path) {
    for file in &mut workload.files {
        file.path = named_from(&file.path, Some(folder));
    }
    let renamed = |root: &Arc<str>| match named_from(root, Some(folder)).as_str() {
        "" => Arc::from("."),
        inside => Arc::from(inside),
    };
    for root in &mut workload.roots {
        *root = renamed(root);
    }
    for resource in &mut workload.resources {
        resource.root = resource.root.as_ref().map(renamed);
    }
    for problem in &mut workload.problems {
        if let Place::Path(path) = &mut problem.place {
            *path = named_from(path, Some(folder));
        }
    }
}

fn named_from(path: &str, folder: Option<&Path>) -> String {
    let inside = folder.and_then(|folder| Path::new(path).strip_prefix(folder).ok());
    inside.map_or_else(|| path.to_owned(), |inside| inside.to_string_lossy().replace('\\', "/"))
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
