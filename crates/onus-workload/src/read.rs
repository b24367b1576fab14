//! The entry: inputs to a workload.

use crate::cloudformation::{self, Environment, Library, Sources};
use crate::exclude::{Exclusion, Exclusions};
use crate::gather::{self, Gathered, gather};
use crate::recognize::Kind;
use crate::terraform::join::join;
use crate::terraform::source::{self, Configuration, Root, Surroundings};
use crate::terraform::{self, Dictionary, Given};
use crate::{credentials, exports, parameter_files, repeated, spelling, walk};
use onus_model::{FileId, Place, Problem, ProblemKind, Resource, Suppression, Value, Workload};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder that is walked; `-` is standard input.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// A text that is at hand.
    Text {
        /// The name under which it is reported.
        name: String,
        /// The text.
        text: String,
    },
    /// Bytes that are at hand, and may not be text.
    Bytes {
        /// The name under which they are reported.
        name: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options<'k> {
    /// Values for the parameters of root templates, by name. They win over defaults.
    pub parameters: BTreeMap<String, String>,
    /// Files with values for parameters, in either of AWS's formats. Later files win over earlier ones,
    /// `parameters` wins over all.
    pub parameter_files: Vec<PathBuf>,
    /// The account that templates are deployed to, where nothing else states it.
    pub account: Option<String>,
    /// The region that templates are deployed to, where nothing else states it.
    pub region: Option<String>,
    /// Services that are to be counted as in use, by id or name as the user wrote it.
    pub services: Vec<String>,
    /// What the Terraform reader needs to know; without it, Terraform's types count for their service alone.
    pub terraform: Dictionary<'k>,
    /// What Terraform would be told on its command line.
    pub terraform_settings: terraform::Settings,
    /// Files and folders that are left out.
    pub exclude: Vec<Exclusion>,
    /// How many threads to use; without it as many as there are processors.
    pub jobs: Option<usize>,
}

/// What a reader found in one file.
#[derive(Debug, Default)]
pub struct Reading {
    /// The resources, in the order of the source.
    pub resources: Vec<Resource>,
    /// The waivers.
    pub suppressions: Vec<Suppression>,
    /// What could not be read, or only in part.
    pub problems: Vec<Problem>,
    /// The values that a plan's variables had, as JSON texts: only source beside the plan is read with them.
    pub(crate) variables: BTreeMap<String, Box<str>>,
    /// What a stack exports, by name.
    pub(crate) exports: Vec<(String, Value)>,
    /// The bytes of the file that no report may quote.
    pub(crate) hidden: Vec<Range<usize>>,
}

/// Reads everything that the inputs hold. The result depends on neither timing nor the order of threads.
pub fn read(inputs: &[Input], options: &Options<'_>) -> Workload {
    static SHARED: OnceLock<ThreadPool> = OnceLock::new();
    match options.jobs {
        Some(jobs) => pool(jobs).install(|| read_here(inputs, options)),
        None => SHARED.get_or_init(|| pool(0)).install(|| read_here(inputs, options)),
    }
}

/// So many threads, with a stack that evaluation fits into; 0 for as many as there are processors.
fn pool(jobs: usize) -> ThreadPool {
    let builder = ThreadPoolBuilder::new().num_threads(jobs).stack_size(crate::STACK_SIZE);
    builder.build().expect("a machine that runs this can start a thread")
}

fn read_here(inputs: &[Input], options: &Options<'_>) -> Workload {
    let mut problems = Vec::new();
    let options = &with_parameter_files(options, &mut problems);
    let exclusions = Arc::new(Exclusions::new(&options.exclude, &mut problems));
    let candidates = walk::walk(inputs, &exclusions, &mut problems);
    let mut gathered = gather(candidates);
    problems.append(&mut gathered.problems);
    let roots = gathered.roots();
    let mut readings: Vec<Read> = roots
        .into_par_iter()
        .map(|file| {
            let (reading, declared) = reading(&gathered, file, options);
            (file, reading, declared)
        })
        .collect();
    let assessed = folders(inputs);
    let declared = read_terraform(&mut gathered, (options, &assessed), &mut readings, &mut problems);
    check_parameters(options, &readings, &mut problems);
    check_variables(options, &declared, &mut problems);
    let mut by_file = std::mem::take(&mut gathered.parse_problems);
    tell_apart(&mut readings, &gathered);
    exports::connect(readings.iter_mut().map(|(_, reading, _)| reading));
    let mut workload = Workload { services: options.services.clone(), ..Workload::default() };
    for (scope, (file, reading, _)) in readings.drain(..).enumerate() {
        let scope = scope as u32;
        for root in reading.resources.iter().filter_map(|resource| resource.root.as_ref()) {
            if workload.roots.last() != Some(root) && !workload.roots.contains(root) {
                workload.roots.push(root.clone());
            }
        }
        workload
            .resources
            .extend(reading.resources.into_iter().map(|resource| Resource { scope, ..resource }));
        workload
            .suppressions
            .extend(reading.suppressions.into_iter().map(|found| Suppression { scope, ..found }));
        if !reading.hidden.is_empty() {
            gathered.files[file.0 as usize].hide(reading.hidden);
        }
        by_file.extend(reading.problems.into_iter().map(|problem| (file, problem)));
    }
    by_file.sort_by_key(|(file, _)| *file);
    problems.extend(by_file.into_iter().map(|(_, problem)| problem));
    let problems = repeated::once(problems, &gathered.files);
    let mut workload = Workload { files: gathered.files, problems, ..workload };
    credentials::mask(&mut workload);
    workload
}

/// The folders that were named.
fn folders(inputs: &[Input]) -> Vec<PathBuf> {
    let named = inputs.iter().filter_map(|input| match input {
        Input::Path(path) if path.is_dir() => Some(walk::identity(path)),
        _ => None,
    });
    named.collect()
}

/// Names the root of resources that stand in a file which several scopes share: a template within several stacks, or source beside
/// several plans. Else two resources would be one in every report.
fn tell_apart(readings: &mut [Read], gathered: &Gathered) {
    let mut scopes: BTreeMap<FileId, BTreeSet<usize>> = BTreeMap::new();
    for (scope, (_, reading, _)) in readings.iter().enumerate() {
        for resource in reading.resources.iter().filter(|resource| resource.root.is_none()) {
            scopes.entry(resource.span.file).or_default().insert(scope);
        }
    }
    for (file, reading, _) in readings {
        let name: Arc<str> = gathered.files[file.0 as usize].path.as_str().into();
        let is_shared = |file: &FileId| scopes.get(file).is_some_and(|scopes| scopes.len() > 1);
        for resource in &mut reading.resources {
            if resource.root.is_none() && is_shared(&resource.span.file) {
                resource.root = Some(name.clone());
            }
        }
    }
}

/// Reads Terraform source, batch by batch: its trees take fifty times as much memory as its text. Gives the variables
/// that its modules declare.
fn read_terraform(
    gathered: &mut Gathered,
    (options, assessed): (&Options<'_>, &[PathBuf]),
    readings: &mut Vec<Read>,
    problems: &mut Vec<Problem>,
) -> BTreeSet<String> {
    // Files of values that are named count as such alone, wherever they lie.
    let batches = gathered.terraform_batches();
    let mut given = BTreeMap::new();
    for one in &options.terraform_settings.variables {
        if let Given::File(path) = one {
            match gathered.values_at(path) {
                Ok(source) => {
                    given.insert(path.clone(), source);
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    let (mut declared, mut found) = (BTreeSet::new(), Vec::new());
    for batch in batches {
        gathered.open_terraform(&batch);
        problems.append(&mut gathered.problems);
        declared.extend(gathered.terraform.variables().map(str::to_owned));
        found.extend(read_batch(gathered, (options, assessed), &given, readings));
        gathered.terraform = Configuration::default();
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    readings.extend(found.into_iter().map(|(_, reading)| reading));
    declared
}

/// What was read of a file, and the parameters that it declares.
type Read = (FileId, Reading, Vec<String>);

/// A root module's folder, and that of its Terragrunt unit: what roots are ordered by.
type Order = (PathBuf, Option<PathBuf>);

/// Reads the root modules that are open, and gives plans the places of the source beside them.
fn read_batch(
    gathered: &Gathered,
    (options, assessed): (&Options<'_>, &[PathBuf]),
    given: &BTreeMap<PathBuf, terraform::source::Source>,
    readings: &mut [Read],
) -> Vec<(Order, Read)> {
    let surroundings = Surroundings {
        planned: &BTreeMap::new(),
        settings: &options.terraform_settings,
        given,
        fetched: &gathered.fetched,
        assessed,
        account: options.account.as_deref(),
        dictionary: options.terraform,
    };
    let first = |root: &Root<'_>| {
        gathered.terraform.folders.get(root.folder)?.sources.first().map(|source| source.file)
    };
    let planned: BTreeMap<FileId, PathBuf> = gathered.plans().into_iter().collect();
    readings.par_iter_mut().for_each(|(file, reading, _)| {
        let variables = std::mem::take(&mut reading.variables);
        let folder = planned.get(file).filter(|_| !reading.resources.is_empty());
        let root = folder.map(|folder| gathered.terraform_root(folder));
        if let Some(root) = root.filter(|root| first(root).is_some()) {
            let surroundings = Surroundings { planned: &variables, ..surroundings };
            join(reading, source::read(&gathered.terraform, root, &surroundings));
        }
    });
    let roots = gathered.terraform_roots();
    let read = roots.par_iter().filter_map(|root| {
        let first = first(root)?;
        let mut reading = source::read(&gathered.terraform, *root, &surroundings);
        let name = gathered.name_of_root(*root);
        reading.resources.iter_mut().for_each(|resource| resource.root.clone_from(&name));
        let order = (root.folder.to_owned(), root.unit.map(|unit| unit.folder.clone()));
        Some((order, (first, reading, Vec::new())))
    });
    read.collect()
}

/// The options with the values of all parameter files put in.
fn with_parameter_files<'k>(options: &Options<'k>, problems: &mut Vec<Problem>) -> Options<'k> {
    let mut parameters = BTreeMap::new();
    for path in &options.parameter_files {
        if let Err(problem) = parameter_files::read(path, &mut parameters) {
            problems.push(problem);
        }
    }
    parameters.extend(options.parameters.clone());
    Options { parameters, ..options.clone() }
}

/// A value for a parameter that no template has is likely to be a misspelling.
fn check_parameters(options: &Options<'_>, readings: &[Read], problems: &mut Vec<Problem>) {
    let declared: BTreeSet<&String> = readings.iter().flat_map(|(_, _, declared)| declared).collect();
    for name in options.parameters.keys().filter(|name| !declared.contains(name)) {
        let problem = Problem {
            kind: ProblemKind::Invalid,
            message: format!("a value is given for the parameter `{name}`, which no template has"),
            help: spelling::nearest(name, declared.iter()).map(|near| format!("did you mean `{near}`?")),
            place: Place::Input,
        };
        problems.push(problem);
    }
}

/// Reports values for variables of Terraform's that no module has.
fn check_variables(options: &Options<'_>, declared: &BTreeSet<String>, problems: &mut Vec<Problem>) {
    for given in &options.terraform_settings.variables {
        if let Given::Value(name, _) = given
            && !declared.contains(name)
        {
            let problem = Problem {
                kind: ProblemKind::Invalid,
                message: format!("a value is given for the variable `{name}`, which no module has"),
                help: spelling::nearest(name, declared.iter()).map(|near| format!("did you mean `{near}`?")),
                place: Place::Input,
            };
            problems.push(problem);
        }
    }
}

/// Reads one file, with the nested stacks within it.
fn reading(gathered: &Gathered, file: FileId, options: &Options<'_>) -> (Reading, Vec<String>) {
    let source = &gathered.files[file.0 as usize];
    let kind = gathered.kinds[file.0 as usize];
    let Some(notation) = gather::notation(kind) else {
        let is_plan = kind == Kind::TerraformJson;
        let reading = is_plan.then(|| terraform::read(file, &source.text, 0, options.terraform));
        return (reading.unwrap_or_default(), Vec::new());
    };
    let environment = environment(gathered.environments.get(&file), options);
    let files = &gathered.files;
    if gathered.library.contains(file) {
        let sources = Sources { library: &gathered.library, files };
        return cloudformation::lower(&sources, file, environment, options);
    }
    // Templates without nested stacks are parsed here, so that not all trees are in memory at once.
    let (tree, mut problems) = match cloudformation::parse(source, file, notation) {
        Ok(parsed) => parsed,
        Err(problem) => {
            let hidden = cloudformation::secrets::find_in_lines(&source.text);
            return (Reading { problems: vec![problem], hidden, ..Reading::default() }, Vec::new());
        }
    };
    let hidden = cloudformation::secrets::find(&tree, source, file);
    let mut library = Library::default();
    library.insert(file, tree);
    let (mut reading, declared) =
        cloudformation::lower(&Sources { library: &library, files }, file, environment, options);
    problems.append(&mut reading.problems);
    (Reading { problems, hidden, ..reading }, declared)
}

fn environment(stated: Option<&Environment>, options: &Options<'_>) -> Environment {
    let stated = stated.cloned().unwrap_or_default();
    Environment {
        account: stated.account.or_else(|| options.account.clone()),
        region: stated.region.or_else(|| options.region.clone()),
        stack_name: stated.stack_name,
    }
}
