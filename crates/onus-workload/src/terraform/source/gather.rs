//! From files to folders: what was found, what that calls, and what Terraform has fetched.

use super::configuration::{Dropped, Source, is_local, local_calls, parse};
use super::json::{self, Content, Translation};
use super::secrets::mask;
use super::{Root, reached, suppress};
use crate::gather::Gathered;
use crate::load;
use crate::recognize::{Kind, of_name};
use crate::walk;
use hcl_edit::structure::Body;
use onus_model::{FileId, Problem, ProblemKind, SourceFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// So many folders are opened because others call them as modules.
const MAX_CALLED: usize = 2_000;

/// A folder is looked through up to so many entries.
const MAX_ENTRIES: usize = 10_000;

/// Source is read in batches of at least this much text: smaller ones would leave processors idle.
const MIN_BATCH: usize = 256 * 1024;

/// Where Terraform lists the modules that it has fetched.
const FETCHED: &str = ".terraform/modules/modules.json";

/// Terraform's list of fetched modules is read up to this size.
const MAX_LIST: u64 = 4 * 1024 * 1024;

impl Gathered {
    /// The files in batches that have nothing to do with each other: folders whose text names none of another batch.
    ///
    /// What a plan, a Terragrunt unit, a fetched module or a module outside of the files belongs to shows only when all are
    /// open, so that there is one batch then.
    pub(crate) fn terraform_batches(&mut self) -> Vec<Vec<FileId>> {
        for folder in self.source_folders().keys() {
            self.load_folder(folder);
        }
        let folders = self.source_folders();
        let is_plain = self.kinds.iter().all(|kind| !matches!(kind, Kind::TerraformJson | Kind::Terragrunt))
            && folders.keys().all(|folder| !folder.join(FETCHED).exists());
        if let Some(batches) = is_plain.then(|| self.parted(&folders)).flatten() {
            return batches;
        }
        vec![(0..self.files.len() as u32).map(FileId).collect()]
    }

    /// The files of source, by folder.
    fn source_folders(&self) -> BTreeMap<PathBuf, Vec<FileId>> {
        let mut folders: BTreeMap<PathBuf, Vec<FileId>> = BTreeMap::new();
        for file in (0..self.files.len() as u32).map(FileId).filter(|file| self.is_source(*file)) {
            if let Some(folder) = self.folder_of(file) {
                folders.entry(folder).or_default().push(file);
            }
        }
        folders
    }

    /// Folders that name each other, together; none where one names a folder that is not among them.
    fn parted(&self, folders: &BTreeMap<PathBuf, Vec<FileId>>) -> Option<Vec<Vec<FileId>>> {
        let numbers: BTreeMap<&Path, usize> =
            folders.keys().enumerate().map(|(at, folder)| (folder.as_path(), at)).collect();
        let mut with: Vec<usize> = (0..folders.len()).collect();
        for (folder, files) in folders {
            for path in files.iter().flat_map(|file| local_paths(&self.files[file.0 as usize].text)) {
                let target = walk::identity(&folder.join(path));
                match (numbers.get(target.as_path()), numbers.get(folder.as_path())) {
                    (Some(other), Some(own)) => {
                        let (other, own) = (first_of(&with, *other), first_of(&with, *own));
                        let (first, second) = (other.min(own), other.max(own));
                        with[second] = first;
                    }
                    _ if target.is_dir() => return None,
                    _ => {}
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<FileId>> = BTreeMap::new();
        for (at, files) in folders.values().enumerate() {
            groups.entry(first_of(&with, at)).or_default().extend(files);
        }
        let mut batches: Vec<Vec<FileId>> = Vec::new();
        let mut size = MIN_BATCH;
        for group in groups.into_values() {
            if size >= MIN_BATCH {
                batches.push(Vec::new());
                size = 0;
            }
            size += group.iter().map(|file| self.files[file.0 as usize].text.len()).sum::<usize>();
            if let Some(batch) = batches.last_mut() {
                batch.extend(group);
            }
        }
        Some(batches)
    }

    /// Parses Terraform's files, and opens the modules that they call.
    pub(crate) fn open_terraform(&mut self, files: &[FileId]) {
        let wanted: Vec<FileId> = files.iter().copied().filter(|file| self.is_source(*file)).collect();
        self.parse_all(wanted);
        for file in files.iter().copied() {
            let Some(folder) = self.folder_of(file) else { continue };
            match self.kinds[file.0 as usize] {
                Kind::TerraformJson => {
                    // The source beside a plan says where what the plan holds is written.
                    if !self.terraform.folders.contains_key(&folder) && self.path(file).is_some() {
                        self.open_folder(&folder);
                    }
                    self.terraform.planned.insert(folder);
                }
                // Its module may lie beside it.
                Kind::Terragrunt => {
                    self.terraform.folders.entry(folder).or_default();
                }
                _ => {}
            }
        }
        let mut open: VecDeque<PathBuf> = self.terraform.folders.keys().cloned().collect();
        // A module is all files of its folder, whichever of them were named or found.
        open.iter().for_each(|folder| self.open_folder(folder));
        self.open_units(&mut open);
        self.list_fetched(&mut open);
        let mut seen: BTreeSet<PathBuf> = open.iter().cloned().collect();
        let mut called = 0;
        while let Some(folder) = open.pop_front() {
            let Some(files) = self.terraform.folders.get(&folder) else { continue };
            let calls: Vec<PathBuf> = files
                .sources
                .iter()
                .flat_map(|source| local_calls(&source.body))
                .map(|source| walk::identity(&folder.join(source)))
                .collect();
            for target in calls {
                if !self.terraform.folders.contains_key(&target) && called < MAX_CALLED {
                    called += 1;
                    self.open_folder(&target);
                }
                if target != folder
                    && let Some(found) = self.terraform.folders.get_mut(&target)
                {
                    found.is_called = true;
                }
                if seen.insert(target.clone()) {
                    open.push_back(target);
                }
            }
        }
    }

    /// The modules to be read on their own: those that Terragrunt runs, those that nothing calls, and of a circle the first;
    /// but none of which there is a plan.
    pub(crate) fn terraform_roots(&self) -> Vec<Root<'_>> {
        let folders = || self.terraform.folders.iter().filter(|(_, folder)| !folder.sources.is_empty());
        let reach = |path: &Path| reached(&self.terraform, path, &self.fetched);
        let has_plan = |folder: &Path| self.terraform.planned.contains(folder);
        let mut roots = Vec::new();
        let mut covered: BTreeSet<PathBuf> = BTreeSet::new();
        for unit in &self.units {
            covered.extend(reach(&unit.module));
            covered.insert(unit.folder.clone());
            if !has_plan(&unit.folder) {
                roots.push(Root { folder: &unit.module, unit: Some(unit) });
            }
        }
        let of_units = covered.clone();
        for (path, folder) in folders().filter(|(path, _)| !of_units.contains(*path)) {
            if has_plan(path) {
                covered.extend(reach(path));
            } else if !folder.is_called {
                covered.extend(reach(path));
                roots.push(Root { folder: path, unit: None });
            }
        }
        for (path, _) in folders() {
            if !covered.contains(path) {
                covered.extend(reach(path));
                roots.push(Root { folder: path, unit: None });
            }
        }
        roots.sort_by_key(|root| (root.folder, root.unit.map(|unit| &unit.folder)));
        roots
    }

    /// The plans and states, with the folders that they lie in.
    pub(crate) fn plans(&self) -> Vec<(FileId, PathBuf)> {
        let files = (0..self.files.len() as u32).map(FileId);
        let plans = files.filter(|file| self.kinds[file.0 as usize] == Kind::TerraformJson);
        plans.filter_map(|file| Some((file, self.folder_of(file)?))).collect()
    }

    /// The root module of a folder, with what Terragrunt gives to it there.
    pub(crate) fn terraform_root<'g>(&'g self, folder: &'g Path) -> Root<'g> {
        match self.units.iter().find(|unit| unit.folder == folder) {
            Some(unit) => Root { folder: &unit.module, unit: Some(unit) },
            None => Root { folder, unit: None },
        }
    }

    /// The folder of a root module as the user would write it. What is no file of the disk is one by its own name.
    pub(crate) fn name_of_root(&self, root: Root<'_>) -> Option<Arc<str>> {
        let file = match root.unit {
            Some(unit) => unit.file,
            None => self.terraform.folders.get(root.folder)?.sources.first()?.file,
        };
        let path = self.files[file.0 as usize].path.as_str();
        let folder = match (self.path(file), path.rsplit_once('/')) {
            (None, _) => path,
            (Some(_), None) => ".",
            (Some(_), Some(("", _))) => "/",
            (Some(_), Some((folder, _))) => folder,
        };
        Some(folder.into())
    }

    /// Finds what Terragrunt would run, and opens the modules that it would run there.
    fn open_units(&mut self, open: &mut VecDeque<PathBuf>) {
        let units = self.find_units();
        for unit in &units {
            if !self.terraform.folders.contains_key(&unit.module) {
                self.open_folder(&unit.module);
                open.push_back(unit.module.clone());
            }
            let module = self.terraform.folders.get(&unit.module);
            if module.is_none_or(|module| module.sources.is_empty()) {
                let message = "there is no Terraform source in the folder that this names";
                let problem = Problem::at(ProblemKind::Invalid, unit.place, message);
                self.parse_problems.push((unit.place.file, problem));
            }
        }
        self.units = units;
    }

    fn is_source(&self, file: FileId) -> bool {
        matches!(self.kinds[file.0 as usize], Kind::TerraformSource | Kind::TerraformValues)
    }

    /// The folder that a file is in. What is no file of the disk is alone in one of its own name.
    fn folder_of(&self, file: FileId) -> Option<PathBuf> {
        match self.path(file) {
            Some(path) => Some(walk::known_as(path).parent()?.to_owned()),
            None => Some(PathBuf::from(&self.files[file.0 as usize].path)),
        }
    }

    fn parse_all(&mut self, files: Vec<FileId>) {
        let (texts, kinds) = (&self.files, &self.kinds);
        let content = |file: FileId| match kinds[file.0 as usize] {
            Kind::TerraformSource => Content::Configuration,
            _ => Content::Values,
        };
        let parsed: Vec<_> = files
            .into_par_iter()
            .map(|file| (file, content(file), parse_as(file, &texts[file.0 as usize], content(file))))
            .collect();
        for (file, content, Parsed { body, json }) in parsed {
            let Some(folder) = self.folder_of(file) else { continue };
            let source = &mut self.files[file.0 as usize];
            mask(source, &body, json.as_ref());
            let shown = source.path.clone();
            let name = shown.rsplit('/').next().unwrap_or(&shown).to_owned();
            let mut problems = Vec::new();
            let made = body.map(|(body, _)| {
                let text = json.as_ref().map_or(&*self.files[file.0 as usize].text, |json| &json.text);
                let waivers = match content {
                    Content::Configuration => suppress::find(file, text, &body, &mut problems),
                    Content::Values => Vec::new(),
                };
                (body, waivers)
            });
            let (places, own) = json.map(|json| (json.places, json.problems)).unzip();
            if let Some(places) = &places {
                problems = problems.into_iter().map(|problem| places.problem(problem)).collect();
            }
            problems.extend(own.unwrap_or_default());
            match made {
                Ok((body, waivers)) => {
                    let place = self.terraform.folders.entry(folder).or_default();
                    place.add(Source { file, name, body, waivers, places }, content);
                }
                Err(problem) => problems.push(problem),
            }
            self.parse_problems.extend(problems.into_iter().map(|problem| (file, problem)));
        }
    }

    /// A file with values of variables, as `--var-file` names it.
    pub(crate) fn values_at(&mut self, path: &Path) -> Result<Source, Problem> {
        let name = walk::name(path);
        let text = load::file(path, &name)?;
        let file = FileId(self.files.len() as u32);
        let mut loaded = SourceFile::new(name.as_str(), text);
        let Parsed { body, json } = parse_as(file, &loaded, Content::Values);
        mask(&mut loaded, &body, json.as_ref());
        self.keep(loaded, Kind::TerraformValues);
        let (places, problems) = json.map(|json| (json.places, json.problems)).unzip();
        self.parse_problems.extend(problems.into_iter().flatten().map(|problem| (file, problem)));
        Ok(Source { file, name, body: body?.0, waivers: Vec::new(), places })
    }

    /// A file that is not there yet, and is to be written beside another; none where it has no bearing on what there is.
    pub(super) fn written(&mut self, beside: &str, name: &str, text: &str) -> Option<Source> {
        let folder = beside.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        let mut made = SourceFile::new(format!("{folder}{name}"), text);
        let file = FileId(self.files.len() as u32);
        let Parsed { body, json } = parse_as(file, &made, Content::Configuration);
        let only_settings = |body: &Body| body.blocks().all(|block| block.ident.as_str() == "terraform");
        if body.as_ref().is_ok_and(|(body, _)| only_settings(body)) {
            return None;
        }
        mask(&mut made, &body, json.as_ref());
        self.keep(made, Kind::TerraformSource);
        match body {
            Ok((body, _)) => {
                let places = json.map(|json| json.places);
                Some(Source { file, name: name.to_owned(), body, waivers: Vec::new(), places })
            }
            Err(problem) => {
                self.parse_problems.push((file, problem));
                None
            }
        }
    }

    /// Loads and parses what is in a folder and not loaded yet.
    fn open_folder(&mut self, folder: &Path) {
        let added = self.load_folder(folder);
        self.parse_all(added);
    }

    /// Loads what is in a folder and not loaded yet; gives what of it is source.
    fn load_folder(&mut self, folder: &Path) -> Vec<FileId> {
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.take(MAX_ENTRIES).flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let mut added = Vec::new();
        for path in paths {
            let name = walk::name(&path);
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let kind = of_name(&name).filter(|_| !hidden && path.is_file());
            if !matches!(kind, Some(Kind::TerraformSource | Kind::TerraformValues | Kind::Terragrunt)) {
                continue;
            }
            let known = self.files.len();
            added
                .extend(self.file_at(&path).filter(|file| file.0 as usize >= known && self.is_source(*file)));
        }
        added
    }

    /// Reads the lists of fetched modules, and opens their folders.
    fn list_fetched(&mut self, open: &mut VecDeque<PathBuf>) {
        let roots: Vec<PathBuf> = self.terraform.folders.keys().cloned().collect();
        for root in roots {
            let list = root.join(FETCHED);
            let Ok(metadata) = list.metadata() else { continue };
            if !metadata.is_file() || metadata.len() > MAX_LIST {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&list) else { continue };
            let Ok(fetched) = serde_json::from_str::<Fetched>(&text) else {
                let message = "this list of fetched modules is not one that Terraform writes";
                self.problems.push(Problem::with_path(ProblemKind::Syntax, walk::shown(&list), message));
                continue;
            };
            for module in fetched.modules.into_iter().filter(|module| !module.key.is_empty()) {
                let folder = walk::identity(&root.join(&module.folder));
                // Nothing outside the root's tree was fetched by Terraform; paths lead there by themselves.
                if !folder.starts_with(&root) {
                    continue;
                }
                if !self.terraform.folders.contains_key(&folder) {
                    self.open_folder(&folder);
                    open.push_back(folder.clone());
                }
                if folder != root
                    && let Some(found) = self.terraform.folders.get_mut(&folder)
                {
                    found.is_called = true;
                }
                self.fetched.insert((root.clone(), module.key), folder);
            }
        }
    }
}

/// A file as it was parsed, in whichever syntax it is.
struct Parsed {
    body: Result<(Body, Dropped), Problem>,
    json: Option<Translation>,
}

fn parse_as(file: FileId, source: &SourceFile, content: Content) -> Parsed {
    if !json::is_json(&source.path) {
        return Parsed { body: parse(file, &source.text), json: None };
    }
    match json::translate(file, &source.text, content) {
        Ok(json) => {
            let body = parse(file, &json.text).map_err(|problem| json.places.problem(problem));
            Parsed { body, json: Some(json) }
        }
        Err(problem) => Parsed { body: Err(problem), json: None },
    }
}

/// Whatever stands in quotes in a text and could be the path of a module.
fn local_paths(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('"').skip(1);
    quoted.filter(|path| path.starts_with('.') && is_local(path))
}

/// The first of those that are together with one.
fn first_of(with: &[usize], mut at: usize) -> usize {
    while with[at] != at {
        at = with[at];
    }
    at
}

/// Terraform's list of fetched modules.
#[derive(serde::Deserialize)]
struct Fetched {
    #[serde(rename = "Modules", default)]
    modules: Vec<FetchedModule>,
}

#[derive(serde::Deserialize)]
struct FetchedModule {
    #[serde(rename = "Key", default)]
    key: String,
    #[serde(rename = "Dir", default)]
    folder: String,
}
