//! Loads the files of a run: those that were found, and those that they name in turn.

use crate::cdk;
use crate::cloudformation::{self, Environment, Library, Notation};
use crate::load;
use crate::recognize::{Kind, of_name, recognize};
use crate::terraform::source::{Configuration, Unit};
use crate::walk::{self, Candidate, Source, identity};
use onus_model::{FileId, Problem, ProblemKind, SourceFile};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

/// Everything that is to be read, loaded.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) kinds: Vec<Kind>,
    /// Where CDK stacks are deployed.
    pub(crate) environments: FxHashMap<FileId, Environment>,
    /// The templates that nested stacks connect, parsed.
    pub(crate) library: Library,
    /// What was wrong in parsing those, by file.
    pub(crate) parse_problems: Vec<(FileId, Problem)>,
    /// Problems of inputs that are not among the files.
    pub(crate) problems: Vec<Problem>,
    /// The folders with Terraform source, parsed.
    pub(crate) terraform: Configuration,
    /// The folders that Terragrunt runs modules for.
    pub(crate) units: Vec<Unit>,
    /// Modules that Terraform has fetched, by root and the names of the calls that lead to them.
    pub(crate) fetched: BTreeMap<(PathBuf, String), PathBuf>,
    paths: Vec<Option<PathBuf>>,
    known: FxHashMap<PathBuf, FileId>,
}

/// A loaded file that a reader knows.
struct Loaded {
    file: SourceFile,
    kind: Kind,
    path: Option<PathBuf>,
}

/// Loads the candidates and what they name.
pub(crate) fn gather(candidates: Vec<Candidate>) -> Gathered {
    let mut gathered = Gathered::default();
    let loaded: Vec<_> = candidates.into_par_iter().map(load).collect();
    let mut manifests = VecDeque::new();
    for result in loaded {
        match result {
            Ok(Some(loaded)) if loaded.kind == Kind::CdkManifest => manifests.push_back(loaded),
            Ok(Some(loaded)) => {
                gathered.add(loaded);
            }
            Ok(None) => {}
            Err(problem) => gathered.problems.push(problem),
        }
    }
    gathered.open_assemblies(manifests);
    gathered.connect();
    gathered
}

fn load(candidate: Candidate) -> Result<Option<Loaded>, Problem> {
    let Candidate { source, name, named } = candidate;
    let likely = named || walk::is_likely(&name);
    let mut path = None;
    let text = match source {
        Source::Path(from) => {
            let mut text = load::file(&from, &name);
            if of_name(&name).is_some() {
                text = text.and_then(|text| load::followed(&from, &name, text));
            }
            path = Some(from);
            text
        }
        Source::Stdin => load::reader(std::io::stdin().lock(), &name, 0),
        Source::Bytes(bytes) => load::text(bytes, &name),
    };
    let text = match text {
        Ok(text) => text,
        Err(problem) if likely => return Err(problem),
        Err(_) => return Ok(None),
    };
    let skipped = |message: &str| Problem::with_path(ProblemKind::Skipped, name.as_str(), message);
    match of_name(&name).unwrap_or_else(|| recognize(&text)) {
        Kind::Other if likely => Err(skipped("this is neither a template nor a plan")),
        Kind::Companion if named => Err(skipped("this belongs to templates, but holds no resources")),
        Kind::Other | Kind::Companion => Ok(None),
        Kind::TerraformState => Err(skipped("this is a state as Terraform stores it")
            .help("print it with `terraform show -json`, and read that")),
        kind => {
            let file = SourceFile::new(name, text);
            // Plans and states hold secrets, and no mark says where in all cases.
            let file = if kind == Kind::TerraformJson { file.unquotable() } else { file };
            Ok(Some(Loaded { file, kind, path }))
        }
    }
}

impl Gathered {
    fn add(&mut self, loaded: Loaded) -> FileId {
        let id = FileId(self.files.len() as u32);
        if let Some(path) = &loaded.path {
            self.known.insert(walk::known_as(path), id);
        }
        self.files.push(loaded.file);
        self.kinds.push(loaded.kind);
        self.paths.push(loaded.path);
        id
    }

    /// Adds a file that is not to be read on its own.
    pub(crate) fn keep(&mut self, file: SourceFile, kind: Kind) -> FileId {
        self.add(Loaded { file, kind, path: None })
    }

    /// Follows the manifests of cloud assemblies to their templates.
    fn open_assemblies(&mut self, mut manifests: VecDeque<Loaded>) {
        let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
        seen.extend(manifests.iter().filter_map(|manifest| manifest.path.as_deref()).map(identity));
        while let Some(manifest) = manifests.pop_front() {
            let assembly = match cdk::parse(&manifest.file.text) {
                Ok(assembly) => assembly,
                Err(error) => {
                    let message =
                        format!("not valid JSON at line {}, column {}", error.line(), error.column());
                    self.problems.push(Problem::with_path(ProblemKind::Syntax, manifest.file.path, message));
                    continue;
                }
            };
            let Some(folder) = manifest.path.as_deref().and_then(Path::parent) else { continue };
            for stack in assembly.stacks {
                if let Some(id) = self.file_at(&folder.join(stack.template)) {
                    self.environments.insert(id, stack.environment);
                }
            }
            for inner in assembly.manifests.into_iter().map(|inner| folder.join(inner)) {
                if seen.insert(identity(&inner)) {
                    match load(candidate(&inner)) {
                        Ok(Some(loaded)) if loaded.kind == Kind::CdkManifest => manifests.push_back(loaded),
                        Ok(_) => {}
                        Err(problem) => self.problems.push(problem),
                    }
                }
            }
        }
    }

    /// The file at a path, loaded if it is not there yet.
    pub(crate) fn file_at(&mut self, path: &Path) -> Option<FileId> {
        if let Some(id) = self.known.get(&walk::known_as(path)) {
            return Some(*id);
        }
        match load(candidate(path)) {
            Ok(Some(loaded)) => Some(self.add(loaded)),
            Ok(None) => None,
            Err(problem) => {
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
                None
            }
        }
    }

    /// The file at a path, loaded as of a kind if it is not there yet.
    pub(crate) fn file_as(&mut self, path: &Path, kind: Kind) -> Option<FileId> {
        if let Some(id) = self.known.get(&walk::known_as(path)) {
            return Some(*id);
        }
        let name = walk::shown(path);
        match load::file(path, &name) {
            Ok(text) => {
                let file = SourceFile::new(name, text);
                Some(self.add(Loaded { file, kind, path: Some(path.to_owned()) }))
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// The path of a file of the disk.
    pub(crate) fn path(&self, file: FileId) -> Option<&Path> {
        self.paths[file.0 as usize].as_deref()
    }

    /// Parses the templates that have nested stacks, and what these name, and ties them together.
    fn connect(&mut self) {
        let mut queue: VecDeque<FileId> =
            (0..self.files.len() as u32).map(FileId).filter(|file| self.may_be_parent(*file)).collect();
        while let Some(parent) = queue.pop_front() {
            if !self.parse_into_library(parent) {
                continue;
            }
            for location in self.locations(parent) {
                let folder = self.paths[parent.0 as usize].as_deref().and_then(Path::parent);
                let Some(folder) = folder.map(Path::to_owned) else { continue };
                let path = folder.join(location.strip_prefix("file://").unwrap_or(&location));
                if !path.is_file() {
                    continue;
                }
                let known = self.files.len();
                let Some(child) = self.file_at(&path) else { continue };
                self.library.link(parent, &location, child);
                if self.files.len() > known && self.may_be_parent(child) {
                    queue.push_back(child);
                } else if !self.may_be_parent(child) {
                    self.parse_into_library(child);
                }
            }
        }
    }

    fn locations(&self, parent: FileId) -> Vec<String> {
        let root = self.library.root(parent, &self.files[parent.0 as usize]);
        root.map(|(root, _)| cloudformation::nested_locations(root)).unwrap_or_default()
    }

    /// Whether the words of a nested stack stand in a template.
    fn may_be_parent(&self, file: FileId) -> bool {
        let words = ["TemplateURL", "AWS::Serverless::Application", "aws:asset:path"];
        let text = &self.files[file.0 as usize].text;
        notation(self.kinds[file.0 as usize]).is_some() && words.iter().any(|word| text.contains(word))
    }

    /// Parses a template once; false where it is none, or broken, or parsed already.
    fn parse_into_library(&mut self, file: FileId) -> bool {
        let Some(notation) = notation(self.kinds[file.0 as usize]) else { return false };
        if self.library.contains(file) {
            return false;
        }
        match cloudformation::parse(&self.files[file.0 as usize], file, notation) {
            Ok((tree, problems)) => {
                let source = &mut self.files[file.0 as usize];
                let hidden = cloudformation::secrets::find(&tree, source, file);
                if !hidden.is_empty() {
                    source.hide(hidden);
                }
                self.library.insert(file, tree);
                self.parse_problems.extend(problems.into_iter().map(|problem| (file, problem)));
                true
            }
            Err(problem) => {
                self.parse_problems.push((file, problem));
                let source = &mut self.files[file.0 as usize];
                let hidden = cloudformation::secrets::find_in_lines(&source.text);
                source.hide(hidden);
                self.library.insert(file, cloudformation::Tree::default());
                false
            }
        }
    }

    /// The templates that are to be read on their own: those that are no nested stack's, and of a circle of
    /// nested stacks the first.
    pub(crate) fn roots(&self) -> Vec<FileId> {
        let all = || (0..self.files.len() as u32).map(FileId);
        let children: FxHashSet<FileId> = all().flat_map(|file| self.library.children(file)).collect();
        let mut roots: Vec<FileId> = all().filter(|file| !children.contains(file)).collect();
        let mut reached: FxHashSet<FileId> = FxHashSet::default();
        roots.iter().for_each(|root| self.reach(*root, &mut reached));
        for file in all() {
            if !reached.contains(&file) {
                roots.push(file);
                self.reach(file, &mut reached);
            }
        }
        roots.sort();
        roots
    }

    fn reach(&self, from: FileId, reached: &mut FxHashSet<FileId>) {
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            if reached.insert(file) {
                open.extend(self.library.children(file));
            }
        }
    }
}

fn candidate(path: &Path) -> Candidate {
    Candidate { name: walk::shown(path), source: Source::Path(path.to_owned()), named: true }
}

/// The notation of a template; nothing for other kinds.
pub(crate) fn notation(kind: Kind) -> Option<Notation> {
    match kind {
        Kind::CloudFormationYaml => Some(Notation::Yaml),
        Kind::CloudFormationJson => Some(Notation::Json),
        _ => None,
    }
}
