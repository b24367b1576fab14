//! Terraform source, read as Terraform would.
//!
//! `configuration` holds the parsed files of each folder and what they declare (`json` those in the JSON syntax), `terragrunt` what
//! Terragrunt would run and give to it, `running` a module as it runs: names to
//! values, blocks to instances. Each instance of a resource is then lowered by the rules that plans are lowered by.
//! Nothing is fetched, and no provider is asked: what only they know is unknown, with the reason.

mod circles;
mod configuration;
mod duplicates;
mod elsewhere;
mod gather;
mod json;
mod names;
mod policy;
mod requirements;
mod running;
mod secrets;
mod suppress;
mod terragrunt;
mod values;
mod variables;

pub(crate) use configuration::{Configuration, Source};
pub(crate) use names::UNKNOWN_WORKSPACE;
pub(crate) use running::MISSING_MODULE;
pub(crate) use terragrunt::Unit;
pub use variables::{Given, Settings};

use super::Dictionary;
use super::collector::{Collector, Configured};
use crate::Reading;
use crate::walk::identity;
use configuration::{Declared, Folder, Module, local_calls};
use onus_hcl::{Budget, MAX_SIZE, Val};
use onus_model::{Elsewhere, FileId, Map, Mappings, Node, Problem, ProblemKind, Reference, Span, Value};
use running::{Each, Running};
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, LazyLock};
use suppress::Placed;
use variables::Variables;

/// The most resources of one root module.
const MAX_RESOURCES: usize = 200_000;

/// The most instances of modules of one root: two calls at each of 24 levels would be millions.
const MAX_MODULES: usize = 20_000;

/// The most problems that are kept of one root module: each call of a bad module would repeat them.
const MAX_PROBLEMS: usize = 1_000;

/// About what each part of a value takes in the workload.
const BYTES_OF_PART: u64 = 128;

/// What all modules of a root share.
pub(crate) struct World<'c> {
    modules: &'c BTreeMap<PathBuf, Module<'c>>,
    /// Fetched modules, by root and the names of the calls that lead to them.
    fetched: &'c BTreeMap<(PathBuf, String), PathBuf>,
    assessed: &'c [PathBuf],
    budget: Budget,
    instances_left: Cell<usize>,
    modules_left: Cell<usize>,
    problems: RefCell<Vec<Problem>>,
    /// Whether what is worked out may be of something that there is none of: that it has no value is no problem then.
    is_doubtful: Cell<bool>,
    /// Collections that variables took, by where they lie and the variable; with each its own, so that it stays there.
    conversions: RefCell<FxHashMap<(usize, usize), (Val, Val)>>,
    /// Where what is reported without a place of its own stands.
    place: Span,
    /// The workspace, where somebody has said which.
    workspace: Option<String>,
    account: Option<String>,
    waivers: BTreeMap<(FileId, u32), Vec<&'c Placed>>,
}

impl World<'_> {
    /// Reports that something has no value, unless there may be none of it.
    fn fail(&self, problem: Problem) {
        if !self.is_doubtful.get() {
            self.report(problem);
        }
    }

    /// Reports that there is no more time or memory for values.
    fn report_full(&self, place: Option<Span>) {
        self.report(Problem::at(ProblemKind::Limit, place.unwrap_or(self.place), running::FULL));
    }

    fn report(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MAX_PROBLEMS && !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// What is needed beside the files to read a root module.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'s> {
    pub(crate) settings: &'s Settings,
    /// The values that variables have in a plan, as JSON texts; they count over all others.
    pub(crate) planned: &'s BTreeMap<String, Box<str>>,
    /// The files of `--var-file`, parsed, by path.
    pub(crate) given: &'s BTreeMap<PathBuf, Source>,
    pub(crate) fetched: &'s BTreeMap<(PathBuf, String), PathBuf>,
    /// The folders that were named: what is in them may be read.
    pub(crate) assessed: &'s [PathBuf],
    pub(crate) account: Option<&'s str>,
    pub(crate) dictionary: Dictionary<'s>,
}

/// A module that is run by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Root<'c> {
    pub(crate) folder: &'c Path,
    /// Where Terragrunt runs it: what that gives to it.
    pub(crate) unit: Option<&'c Unit>,
}

impl<'c> Root<'c> {
    /// The folders whose files it is made of: its own, and what Terragrunt lays beside that.
    fn folders(self, configuration: &'c Configuration) -> impl Iterator<Item = &'c Folder> {
        let beside = self.unit.map(|unit| &*unit.folder).filter(|folder| *folder != self.folder);
        [Some(self.folder), beside]
            .into_iter()
            .flatten()
            .filter_map(|folder| configuration.folders.get(folder))
    }

    /// Its files; what Terragrunt writes stands for a file of the same name.
    fn sources(self, configuration: &'c Configuration) -> Vec<&'c Source> {
        let written = self.unit.map(|unit| unit.generated.as_slice()).unwrap_or_default();
        let is_kept = |source: &&Source| written.iter().all(|other| other.name != source.name);
        let own = self.folders(configuration).flat_map(|folder| &folder.sources).filter(is_kept);
        own.chain(written).collect()
    }
}

/// Reads a root module with all that it calls.
pub(crate) fn read(
    configuration: &Configuration,
    root: Root<'_>,
    surroundings: &Surroundings<'_>,
) -> Reading {
    let Surroundings { settings, planned, given, fetched, assessed, account, dictionary } = surroundings;
    let mut problems = Vec::new();
    let mut files: BTreeMap<PathBuf, Vec<&Source>> = BTreeMap::new();
    for folder in reached(configuration, root.folder, fetched) {
        if let Some(found) = configuration.folders.get(&folder) {
            files.insert(folder, found.sources.iter().collect());
        }
    }
    files.insert(root.folder.to_owned(), root.sources(configuration));
    let modules: BTreeMap<PathBuf, Module<'_>> =
        files.iter().map(|(folder, all)| (folder.clone(), Module::new(all, &mut problems))).collect();
    let mut waivers: BTreeMap<(FileId, u32), Vec<&Placed>> = BTreeMap::new();
    for source in files.values().flatten() {
        for placed in &source.waivers {
            waivers.entry((source.file, placed.block)).or_default().push(placed);
        }
    }
    let used: FxHashMap<PathBuf, Vec<names::Used>> =
        modules.iter().map(|(folder, module)| (folder.clone(), names::of(module, &mut problems))).collect();
    problems.truncate(MAX_PROBLEMS);
    let workspace = settings.workspace.clone().or_else(|| chosen_workspace(root.folder));
    if workspace.is_none() {
        problems.extend(modules.keys().find_map(|folder| names::workspace(used.get(folder)?)));
    }
    let world = World {
        waivers,
        modules: &modules,
        fetched,
        assessed,
        budget: Budget::default(),
        instances_left: Cell::new(MAX_RESOURCES),
        modules_left: Cell::new(MAX_MODULES),
        problems: RefCell::new(problems),
        is_doubtful: Cell::new(false),
        conversions: RefCell::default(),
        place: Span::new(files.values().flatten().next().map_or(FileId(0), |source| source.file), 0, 0),
        workspace,
        account: account.map(str::to_owned),
    };
    let values: Vec<&Source> = root.folders(configuration).flat_map(|folder| &folder.values).collect();
    let variables = Variables::new(root.unit, &values, settings, given, planned);
    variables.problems.iter().for_each(|problem| world.report(problem.clone()));
    static NONE: LazyLock<Mappings> = LazyLock::new(Mappings::default);
    let mappings = dictionary.mappings.unwrap_or(&NONE);
    let mut collector = Collector::new(0, mappings, dictionary.names, Vec::new());
    collector.releases = requirements::releases(root.folder, files.values().flatten().copied());
    if let Some(running) = Running::root(&world, root.folder.to_owned(), &variables) {
        collect(&running, &mut collector);
        running.complete();
    }
    circles::report(&world, root.folder, &used);
    let mut reading = collector.finish();
    reading.problems.extend(world.problems.take());
    let sources = files.values().flatten().copied().chain(values);
    json::restore(&mut reading, sources.chain(given.values()));
    reading
}

/// The folders that a root calls, itself included.
fn reached(
    configuration: &Configuration,
    root: &Path,
    fetched: &BTreeMap<(PathBuf, String), PathBuf>,
) -> Vec<PathBuf> {
    let mut open: Vec<PathBuf> = fetched
        .iter()
        .filter(|((of, _), _)| of == root)
        .map(|(_, folder)| folder.clone())
        .chain([root.to_owned()])
        .collect();
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(folder) = open.pop() {
        if found.contains(&folder) {
            continue;
        }
        if let Some(files) = configuration.folders.get(&folder) {
            let calls = files.sources.iter().flat_map(|source| local_calls(&source.body));
            open.extend(calls.map(|source| identity(&folder.join(source))));
        }
        found.push(folder);
    }
    found
}

/// The workspace that `terraform workspace select` chose in a folder.
fn chosen_workspace(root: &Path) -> Option<String> {
    let chosen = std::fs::read_to_string(root.join(".terraform/environment")).ok()?;
    let name: String = chosen.trim().chars().take(256).collect();
    Some(name).filter(|name| !name.is_empty())
}

/// Adds all resources of a module and of those that it calls.
fn collect(running: &Rc<Running<'_>>, collector: &mut Collector<'_>) {
    for ((kind, name), declared) in &running.module.resources {
        if !Collector::reads(kind) {
            continue;
        }
        let full = format!("{kind}.{name}");
        for each in &running.expansion(&full, declared).instances {
            let address = running.address_of(&format!("{full}{}", each.suffix));
            let place = declared.span();
            for placed in running.world.waivers.get(&(place.file, place.start)).into_iter().flatten() {
                let waivers = placed.waivers.iter().cloned();
                let own = waivers.filter_map(|waiver| waiver.of(Some(address.as_str().into()), placed.span));
                collector.reading.suppressions.extend(own);
            }
            let written = Written { running, declared, each, address, attributes: OnceCell::new() };
            collector.add(&written);
            // What is wrong in it is so whether or not its type is read.
            written.all();
        }
    }
    for name in running.module.calls.keys() {
        for (_, child) in running.children(name).iter().flatten() {
            collect(child, collector);
        }
    }
}

/// An instance of a resource in source text.
struct Written<'r, 'c> {
    running: &'r Running<'c>,
    declared: &'r Declared<'c>,
    each: &'r Each,
    address: String,
    attributes: OnceCell<BTreeMap<Arc<str>, Val>>,
}

impl Written<'_, '_> {
    fn all(&self) -> &BTreeMap<Arc<str>, Val> {
        self.attributes.get_or_init(|| {
            let mut all = self.running.attributes(self.declared, self.each);
            if let Some(tags) =
                self.running.provider(self.declared, self.each).and_then(|own| own.default_tags.clone())
            {
                all.insert("tags_all".into(), merged(&tags, all.get("tags")));
            }
            all
        })
    }
}

/// The provider's default tags, with the resource's own over them.
fn merged(defaults: &Val, own: Option<&Val>) -> Val {
    let own = own.filter(|own| !own.is_null());
    let unknown = defaults.as_unknown().or_else(|| own.and_then(Val::as_unknown));
    match (unknown, defaults.entries()) {
        (Some(unknown), _) => Val::unknown(unknown.clone()),
        (None, Some(entries)) => {
            let mut all = entries.clone();
            all.extend(
                own.and_then(Val::entries)
                    .into_iter()
                    .flatten()
                    .map(|(key, value)| (key.clone(), value.clone())),
            );
            Val::object(all).at(own.and_then(|own| own.span).or(defaults.span))
        }
        (None, None) => own.cloned().unwrap_or(Val::null()),
    }
}

impl Configured for Written<'_, '_> {
    fn address(&self) -> &str {
        &self.address
    }

    fn kind(&self) -> &str {
        self.declared.label(0)
    }

    fn span(&self) -> Span {
        self.declared.span()
    }

    fn names(&self) -> Vec<String> {
        self.all().keys().map(|name| name.to_string()).collect()
    }

    fn attributes(&self, wanted: &[&str], _: &mut Vec<Problem>) -> Map {
        let mut map = Map::new();
        for name in wanted {
            let Some(value) = self.all().get(*name) else { continue };
            let world = self.running.world;
            let size = value.size(MAX_SIZE).unwrap_or(MAX_SIZE) as u64;
            // A workload shares nothing: each part of a value is a copy.
            if !world.budget.keep(size * BYTES_OF_PART) {
                world.report_full(value.span);
                map.push(*name, Node::new(Value::unknown(running::FULL), self.span()));
                continue;
            }
            if let Some(node) = values::node(value, self.span()) {
                map.push(*name, node);
            }
        }
        map
    }

    fn references(&self, attribute: &str) -> Vec<Reference> {
        let Some(value) = self.all().get(attribute) else { return Vec::new() };
        match &value.from {
            Some(from) => from.to_vec(),
            None => value.as_unknown().map(|unknown| unknown.references.clone()).unwrap_or_default(),
        }
    }

    fn is_written(&self) -> bool {
        true
    }

    fn elsewhere(&self) -> Vec<Elsewhere> {
        elsewhere::find(self.declared, self.all())
    }

    fn region(&self) -> Option<String> {
        let provider = self.running.provider(self.declared, self.each)?;
        let region = provider.region.as_ref()?;
        region.as_str().map(str::to_owned)
    }
}
