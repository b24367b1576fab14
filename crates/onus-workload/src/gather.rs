//! Loads the files of a run: those that were found, and those that they name in turn.

use crate::cdk;
use crate::cloudformation::{self, Environment, Library, Notation};
use crate::load;
use crate::recognize::{Kind, of_name, recognize};
use crate::terraform::source::{Configuration, Unit};
use crate::walk::{self, Asked, Candidate, Source, identity};
use onus_model::{FileId, Place, Problem, ProblemKind, SourceFile};
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
    asked: Asked,
}

/// How many files a notice names of those that no reader knows.
const MAX_NAMED: usize = 3;

/// What came of a candidate.
enum Outcome {
    Loaded(Loaded),
    /// None that a reader knows, though its name looked like one.
    Unknown(String),
    /// Nothing to speak of.
    Nothing,
}

/// Loads the candidates and what they name.
pub(crate) fn gather(candidates: Vec<Candidate>) -> Gathered {
    let mut gathered = Gathered::default();
    let outcomes: Vec<_> = candidates.into_par_iter().map(load).collect();
    let mut unknown = Vec::new();
    let mut loaded = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(Outcome::Loaded(file)) => loaded.push(file),
            Ok(Outcome::Unknown(name)) => unknown.push(name),
            Ok(Outcome::Nothing) => {}
            Err(problem) => gathered.problems.push(problem),
        }
    }
    let (manifests, loaded): (Vec<_>, Vec<_>) =
        loaded.into_iter().partition(|loaded| loaded.kind == Kind::CdkManifest);
    let manifests = gathered.parse_manifests(manifests);
    let assemblies: FxHashSet<PathBuf> =
        manifests.iter().map(|manifest| identity(&manifest.folder)).collect();
    for file in
        loaded.into_iter().filter(|file| file.asked == Asked::User || !lies_in(&file.path, &assemblies))
    {
        gathered.add(file);
    }
    unknown.retain(|name| !lies_in(&Some(PathBuf::from(name)), &assemblies));
    gathered.problems.extend(unknown_files(&unknown));
    // A manifest within an assembly is that of a stage: one that the outer manifest does not name is left over.
    let outermost = manifests
        .into_iter()
        .filter(|manifest| {
            manifest.asked == Asked::User || !lies_in(&Some(manifest.folder.clone()), &assemblies)
        })
        .collect();
    gathered.open_assemblies(outermost);
    gathered.connect();
    gathered
}

/// A manifest that was read.
struct Manifest {
    folder: PathBuf,
    asked: Asked,
    assembly: cdk::Assembly,
}

/// Whether a path lies in one of the folders, which are known by their identity; a folder does not lie in itself.
fn lies_in(path: &Option<PathBuf>, folders: &FxHashSet<PathBuf>) -> bool {
    if folders.is_empty() {
        return false;
    }
    let Some(path) = path else { return false };
    identity(path).ancestors().skip(1).any(|folder| folders.contains(folder))
}

/// One notice for all files that look like templates by their names and are none.
fn unknown_files(names: &[String]) -> Option<Problem> {
    match names {
        [] => None,
        [name] => Some(Problem::with_path(ProblemKind::Skipped, name.as_str(), NEITHER)),
        _ => {
            let first: Vec<String> = names.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
            let more = if names.len() > MAX_NAMED { " and others" } else { "" };
            Some(Problem {
                kind: ProblemKind::Skipped,
                message: format!("{} files are neither a template nor a plan", names.len()),
                help: Some(format!("they are {}{more}", first.join(", "))),
                place: Place::Input,
            })
        }
    }
}

const NEITHER: &str = "this is neither a template nor a plan";

fn load(candidate: Candidate) -> Result<Outcome, Problem> {
    let Candidate { source, name, asked } = candidate;
    let likely = asked != Asked::Nobody || walk::is_likely(&name);
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
        Err(_) => return Ok(Outcome::Nothing),
    };
    // What the user named and is not read may hold anything.
    let skipped = if asked == Asked::User { ProblemKind::Unreadable } else { ProblemKind::Skipped };
    match of_name(&name).unwrap_or_else(|| recognize(&text)) {
        Kind::Other if asked == Asked::User && text.trim().is_empty() => {
            let problem = Problem::with_path(skipped, name.as_str(), "there is nothing in it");
            Err(problem.help("if another program writes it, see whether that failed"))
        }
        Kind::Other if asked == Asked::Nobody && likely => Ok(Outcome::Unknown(name)),
        Kind::Other if likely => Err(Problem::with_path(skipped, name.as_str(), NEITHER)),
        Kind::Companion if asked == Asked::User => Err(Problem::with_path(
            ProblemKind::Skipped,
            name.as_str(),
            "this belongs to templates, but holds no resources",
        )),
        Kind::Other | Kind::Companion => Ok(Outcome::Nothing),
        Kind::TerraformState => {
            Err(Problem::with_path(skipped, name.as_str(), "this is a state as Terraform stores it")
                .help("print it with `terraform show -json`, and read that"))
        }
        Kind::CdkManifest if path.is_none() => {
            let message = "this is the manifest of a cloud assembly, whose templates lie beside it";
            Err(Problem::with_path(skipped, name.as_str(), message).help("name its folder"))
        }
        kind => {
            let file = SourceFile::new(name, text);
            // Plans and states hold secrets, and no mark says where in all cases.
            let file = if kind == Kind::TerraformJson { file.unquotable() } else { file };
            Ok(Outcome::Loaded(Loaded { file, kind, path, asked }))
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
        self.add(Loaded { file, kind, path: None, asked: Asked::File })
    }

    /// Reads the manifests; what is none of the CDK's is passed over.
    fn parse_manifests(&mut self, manifests: impl IntoIterator<Item = Loaded>) -> VecDeque<Manifest> {
        let mut parsed = VecDeque::new();
        for loaded in manifests {
            match cdk::parse(&loaded.file.text) {
                Ok(assembly) => {
                    let folder = loaded.path.as_deref().and_then(Path::parent).map(Path::to_owned);
                    let manifest = folder.map(|folder| Manifest { folder, asked: loaded.asked, assembly });
                    parsed.extend(manifest.filter(|manifest| manifest.assembly.is_cdk));
                }
                Err(error) => {
                    let message =
                        format!("not valid JSON at line {}, column {}", error.line(), error.column());
                    self.problems.push(Problem::with_path(ProblemKind::Syntax, loaded.file.path, message));
                }
            }
        }
        parsed
    }

    /// Follows the manifests of cloud assemblies to their templates.
    fn open_assemblies(&mut self, mut manifests: VecDeque<Manifest>) {
        let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
        seen.extend(manifests.iter().map(|manifest| identity(&manifest.folder)));
        while let Some(Manifest { folder, assembly, .. }) = manifests.pop_front() {
            for stack in assembly.stacks {
                if let Some(id) = self.file_at(&folder.join(stack.template)) {
                    self.environments.insert(id, stack.environment);
                }
            }
            for inner in assembly.manifests.into_iter().map(|inner| folder.join(inner)) {
                let folder = inner.parent().map(identity);
                if folder.is_some_and(|folder| seen.insert(folder)) {
                    match load(candidate(&inner)) {
                        Ok(Outcome::Loaded(loaded)) if loaded.kind == Kind::CdkManifest => {
                            manifests.extend(self.parse_manifests([loaded]));
                        }
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
            Ok(Outcome::Loaded(loaded)) => Some(self.add(loaded)),
            Ok(Outcome::Unknown(_) | Outcome::Nothing) => None,
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
                Some(self.add(Loaded { file, kind, path: Some(path.to_owned()), asked: Asked::File }))
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
    Candidate { name: walk::shown(path), source: Source::Path(path.to_owned()), asked: Asked::File }
}

/// The notation of a template; nothing for other kinds.
pub(crate) fn notation(kind: Kind) -> Option<Notation> {
    match kind {
        Kind::CloudFormationYaml => Some(Notation::Yaml),
        Kind::CloudFormationJson => Some(Notation::Json),
        _ => None,
    }
}
