//! The entry: inputs to a workload.

use crate::cloudformation::{self, Environment, Library, Notation, Sources};
use crate::load;
use crate::recognize::{Kind, recognize};
use crate::walk::{self, Candidate, Source};
use onus_model::{FileId, Problem, ProblemKind, Resource, SourceFile, Suppression, Workload};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

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
pub struct Options {
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
}

/// Reads everything that the inputs hold. The result depends on neither timing nor the order of threads.
pub fn read(inputs: &[Input], options: &Options) -> Workload {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.unwrap_or(0))
        .stack_size(crate::STACK_SIZE)
        .build()
        .expect("a machine that runs this can start a thread");
    pool.install(|| read_here(inputs, options))
}

fn read_here(inputs: &[Input], options: &Options) -> Workload {
    let mut workload = Workload { services: options.services.clone(), ..Workload::default() };
    let candidates = walk::walk(inputs, &mut workload.problems);
    let loaded: Vec<_> = candidates.into_par_iter().map(load).collect();
    let mut kinds = Vec::new();
    for result in loaded {
        match result {
            Ok(Some((file, kind))) => {
                workload.files.push(file);
                kinds.push(kind);
            }
            Ok(None) => {}
            Err(problem) => workload.problems.push(problem),
        }
    }
    let files = &workload.files;
    let readings: Vec<Reading> = kinds
        .into_par_iter()
        .enumerate()
        .map(|(at, kind)| reading(files, FileId(at as u32), kind, options))
        .collect();
    for (scope, reading) in readings.into_iter().enumerate() {
        let scope = scope as u32;
        workload
            .resources
            .extend(reading.resources.into_iter().map(|resource| Resource { scope, ..resource }));
        workload
            .suppressions
            .extend(reading.suppressions.into_iter().map(|found| Suppression { scope, ..found }));
        workload.problems.extend(reading.problems);
    }
    workload
}

fn load(candidate: Candidate) -> Result<Option<(SourceFile, Kind)>, Problem> {
    let Candidate { source, name, named } = candidate;
    let likely = named || walk::is_likely(&name);
    let text = match source {
        Source::Path(path) => load::file(&path, &name),
        Source::Stdin => load::reader(std::io::stdin().lock(), &name, 0),
        Source::Text(text) => load::text(text.into_bytes(), &name),
        Source::Bytes(bytes) => load::text(bytes, &name),
    };
    let text = match text {
        Ok(text) => text,
        Err(problem) if likely => return Err(problem),
        Err(_) => return Ok(None),
    };
    let skipped = |message: &str| Err(Problem::with_path(ProblemKind::Skipped, name.clone(), message));
    match recognize(&text) {
        Kind::Other if likely => skipped("this is neither a template nor a plan"),
        Kind::Other | Kind::Companion => Ok(None),
        Kind::TerraformState => {
            let problem = skipped("this is a state as Terraform stores it");
            problem.map_err(|problem| problem.help("print it with `terraform show -json`, and read that"))
        }
        kind => Ok(Some((SourceFile::new(name, text), kind))),
    }
}

fn reading(files: &[SourceFile], file: FileId, kind: Kind, options: &Options) -> Reading {
    let notation = match kind {
        Kind::CloudFormationYaml => Notation::Yaml,
        Kind::CloudFormationJson => Notation::Json,
        _ => return Reading::default(),
    };
    let (tree, mut problems) = match cloudformation::parse(&files[file.0 as usize], file, notation) {
        Ok(parsed) => parsed,
        Err(problem) => return Reading { problems: vec![problem], ..Reading::default() },
    };
    let mut library = Library::default();
    library.insert(file, tree);
    let environment =
        Environment { account: options.account.clone(), region: options.region.clone(), stack_name: None };
    let mut reading =
        cloudformation::lower(&Sources { library: &library, files }, file, environment, options);
    problems.append(&mut reading.problems);
    Reading { problems, ..reading }
}
