//! Terragrunt: folders whose `terragrunt.hcl` says which module Terragrunt would run, and with which values.
//!
//! `shelf` loads the files, `frame` says what one of them holds for a unit, `functions` has Terragrunt's functions that follow
//! from paths alone. Nothing is run or fetched: what other functions and other units give is unknown, and the reason names them.
//!
//! The language: <https://terragrunt.gruntwork.io/docs/reference/hcl/>.

mod frame;
mod functions;
mod shelf;

use super::configuration::{Source, span};
use crate::gather::Gathered;
use crate::recognize::{Kind, of_name};
use crate::walk::identity;
use frame::{Frame, Run};
use onus_hcl::{Unknown, Val};
use onus_model::{FileId, Problem, ProblemKind, Span};
use rustc_hash::FxHashSet;
use shelf::Shelf;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Steps for the evaluation of one unit.
const STEPS_OF_UNIT: u64 = 1_000_000;

/// Steps for all units, since what they give is kept until all is read. A thousand units take about a million.
const STEPS: u64 = 20_000_000;

/// A folder that Terragrunt would run a module for.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Its own file.
    pub(crate) file: FileId,
    pub(crate) folder: PathBuf,
    /// The folder of its module, which may be its own.
    pub(crate) module: PathBuf,
    /// Where that is stated.
    pub(crate) place: Span,
    pub(crate) inputs: Inputs,
    /// The files that Terragrunt would write into it.
    pub(crate) generated: Vec<Source>,
}

/// Values for the variables of a unit's module.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) values: BTreeMap<String, Val>,
    /// Why there may be more of them.
    pub(crate) rest: Option<Unknown>,
}

impl Inputs {
    /// These, and over them others; `deep` where maps and lists of one name are put together.
    fn under(mut self, over: Self, deep: bool) -> Self {
        if let Some(rest) = over.rest {
            return Self { rest: Some(rest), ..over };
        }
        for (name, value) in over.values {
            let value = match self.values.remove(&name) {
                Some(own) if deep => together(&own, value),
                _ => value,
            };
            self.values.insert(name, value);
        }
        self
    }
}

/// Two values of one name as a deep merge has them; values are no deeper than they are evaluated.
fn together(own: &Val, over: Val) -> Val {
    let made = match (own.entries(), over.entries(), own.elements(), over.elements()) {
        (Some(own), Some(others), ..) => {
            let mut all = own.clone();
            for (key, value) in others {
                let value = match all.get(key) {
                    Some(own) => together(own, value.clone()),
                    None => value.clone(),
                };
                all.insert(key.clone(), value);
            }
            Val::object(all)
        }
        (.., Some(own), Some(others)) => Val::tuple(own.iter().chain(others).cloned().collect()),
        _ => return over,
    };
    made.at(over.span).marked(own.sensitive || over.sensitive)
}

/// What came of a `terragrunt.hcl`.
struct Found {
    file: FileId,
    folder: PathBuf,
    module: Stated,
    inputs: Inputs,
    /// The names and texts of the files that it generates.
    generated: Vec<(String, Arc<str>)>,
    problems: Vec<Problem>,
}

/// What is said of a unit's module.
enum Stated {
    /// Nothing: it is what lies in the folder.
    Nothing,
    At(PathBuf, Span),
    NotThere(Problem),
}

impl Gathered {
    /// Reads all `terragrunt.hcl`: which of them are units, and what these give to their modules.
    pub(super) fn find_units(&mut self) -> Vec<Unit> {
        let files: Vec<FileId> = (0..self.files.len() as u32)
            .map(FileId)
            .filter(|file| self.kinds[file.0 as usize] == Kind::Terragrunt)
            .collect();
        let mut paths = Vec::new();
        for file in files {
            match self.path(file).map(identity) {
                Some(path) => paths.push(path),
                None => {
                    let message = "this Terragrunt configuration is in no folder, so it is not read";
                    let place = Span::new(file, 0, 0);
                    self.parse_problems.push((file, Problem::at(ProblemKind::NotEvaluated, place, message)));
                }
            }
        }
        let mut included = BTreeSet::new();
        let shelf = Shelf::new(self);
        let mut steps = STEPS;
        let found: Vec<Found> =
            paths.iter().filter_map(|path| read(&shelf, path, &mut included, &mut steps)).collect();
        let mut units = Vec::new();
        // What several units include may be wrong for each of them.
        let mut told: FxHashSet<(String, String)> = FxHashSet::default();
        for Found { file, folder, module, inputs, generated, mut problems } in found {
            let has_own = self.terraform.folders.get(&folder).is_some_and(|own| !own.sources.is_empty());
            // What others include is for them, unless there is something in the folder itself.
            if included.contains(&file) && !has_own {
                continue;
            }
            let start = Span::new(file, 0, 0);
            let found = match module {
                Stated::Nothing if has_own => Ok((folder.clone(), start)),
                Stated::Nothing => {
                    let message = "this names no module to run, and there is none in its folder";
                    Err(Problem::at(ProblemKind::NotEvaluated, start, message))
                }
                Stated::At(module, place) => Ok((module, place)),
                Stated::NotThere(problem) => Err(problem),
            };
            match found {
                Ok((module, place)) => {
                    let beside = self.files[file.0 as usize].path.clone();
                    let written =
                        generated.iter().filter_map(|(name, text)| self.written(&beside, name, text));
                    let generated = written.collect();
                    units.push(Unit { file, folder, module, place, inputs, generated });
                }
                Err(problem) => problems.push(problem),
            }
            let is_new =
                |problem: &Problem| told.insert((format!("{:?}", problem.place), problem.message.clone()));
            let problems = problems.into_iter().filter(is_new);
            self.parse_problems.extend(problems.map(|problem| (file, problem)));
        }
        units
    }
}

fn read(shelf: &Shelf<'_>, path: &Path, included: &mut BTreeSet<FileId>, steps: &mut u64) -> Option<Found> {
    let open = |path: &Path| shelf.open(path);
    let granted = STEPS_OF_UNIT.min(*steps);
    let run = Run::new(&open, granted);
    let config = shelf.open(path)?;
    let (file, folder) = (config.file, config.folder.clone());
    let frame = Frame::of(&run, config, 0);
    included.extend(frame.parents().map(|parent| parent.config.file));
    let inputs = frame.merged();
    let (module, generated) = (module(&frame), generated(&frame));
    drop(frame);
    *steps -= granted - run.budget.left();
    Some(Found { file, folder, module, inputs, generated, problems: run.problems.take() })
}

/// The files of configuration that a unit, and what it includes, has Terragrunt write.
fn generated(frame: &Rc<Frame<'_>>) -> Vec<(String, Arc<str>)> {
    let mut made: BTreeMap<String, (String, Arc<str>)> = BTreeMap::new();
    for of in std::iter::once(&**frame).chain(frame.parents()) {
        for block in of.config.body.get_blocks("generate") {
            let label = block.labels.first().map_or_else(String::new, |label| label.as_str().to_owned());
            let value =
                |name: &str| block.body.get_attribute(name).map(|attribute| of.value(&attribute.value));
            let (Some(path), Some(contents)) = (value("path"), value("contents")) else { continue };
            let Some(path) = path.as_str().filter(|path| of_name(path) == Some(Kind::TerraformSource)) else {
                continue;
            };
            // Of two of a name the unit's own counts.
            if made.contains_key(&label) {
                continue;
            }
            if let Some(unknown) = contents.as_unknown() {
                let message = format!("what `{path}` would hold is not known: {}", unknown.reason);
                let place = span(of.config.file, block);
                of.run.report(ProblemKind::NotEvaluated, place, message);
            } else if let Some(text) = contents.as_str() {
                made.insert(label, (path.to_owned(), text.into()));
            }
        }
    }
    made.into_values().collect()
}

/// The module that a unit, or else what it includes, names.
fn module(frame: &Rc<Frame<'_>>) -> Stated {
    let frames = std::iter::once(&**frame).chain(frame.parents());
    let mut stated = frames.filter_map(|frame| {
        let block = frame.config.body.get_blocks("terraform").next()?;
        Some((frame, &block.body.get_attribute("source")?.value))
    });
    let Some((of, expression)) = stated.next() else { return Stated::Nothing };
    let place = span(of.config.file, expression);
    let not_there = |kind, message: String| {
        let problem = Problem::at(kind, place, message);
        Stated::NotThere(match kind {
            ProblemKind::NotEvaluated => problem.help("read a plan instead: `terragrunt show -json`"),
            _ => problem,
        })
    };
    let value = of.value(expression);
    if let Some(unknown) = value.as_unknown() {
        let message = format!("which module this runs is not known: {}", unknown.reason);
        return not_there(ProblemKind::NotEvaluated, message);
    }
    let Some(source) = value.as_str() else {
        return not_there(ProblemKind::Invalid, "the source of a module is a text".to_owned());
    };
    // What stands before `//` is copied, what stands behind is run.
    let local = frame.folder.join(source.replace("//", "/"));
    let is_remote = source.contains("://") || source.contains("::");
    if !is_remote && local.is_dir() {
        return Stated::At(identity(&local), place);
    }
    if !is_remote && source.starts_with(['.', '/']) {
        return not_there(ProblemKind::Invalid, format!("there is no folder `{source}`"));
    }
    not_there(
        ProblemKind::NotEvaluated,
        format!("the module `{source}` is not here, so what it holds is missing"),
    )
}
