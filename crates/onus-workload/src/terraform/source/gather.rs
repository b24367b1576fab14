//! From files to folders: what was found, what that calls, and what Terraform has fetched.

use super::configuration::{Source, local_calls, parse};
use super::secrets::mask;
use super::{reached, suppress};
use crate::gather::Gathered;
use crate::load;
use crate::recognize::{Kind, of_name};
use crate::walk;
use onus_model::{FileId, Problem, ProblemKind, SourceFile};
use rayon::prelude::*;
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

/// So many folders are opened because others call them as modules.
const MAX_CALLED: usize = 2_000;

/// A folder is looked through up to so many entries.
const MAX_ENTRIES: usize = 10_000;

/// Terraform's list of fetched modules is read up to this size.
const MAX_LIST: u64 = 4 * 1024 * 1024;

impl Gathered {
    /// Parses Terraform's files, and opens the modules that they call.
    pub(crate) fn open_terraform(&mut self) {
        let wanted: Vec<FileId> =
            (0..self.files.len() as u32).map(FileId).filter(|file| self.is_source(*file)).collect();
        self.parse_all(wanted);
        for (file, kind) in self.kinds.iter().enumerate() {
            if *kind == Kind::TerraformJson
                && let Some(folder) = self.folder_of(FileId(file as u32))
                && let Some(folder) = self.terraform.folders.get_mut(&folder)
            {
                folder.has_plan = true;
            }
        }
        let mut open: VecDeque<PathBuf> = self.terraform.folders.keys().cloned().collect();
        // A module is all files of its folder, whichever of them were named or found.
        open.iter().for_each(|folder| self.open_folder(folder));
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

    /// The folders to be read on their own: those that nothing calls, and of which there is no plan; of a circle the first.
    pub(crate) fn terraform_roots(&self) -> Vec<PathBuf> {
        let folders = || self.terraform.folders.iter().filter(|(_, folder)| !folder.sources.is_empty());
        let reach = |path: &Path| reached(&self.terraform, path, &self.fetched);
        let mut roots = Vec::new();
        let mut covered: BTreeSet<PathBuf> = BTreeSet::new();
        for (path, folder) in folders() {
            if folder.has_plan {
                covered.extend(reach(path));
            } else if !folder.is_called {
                covered.extend(reach(path));
                roots.push(path.clone());
            }
        }
        for (path, _) in folders() {
            if !covered.contains(path) {
                covered.extend(reach(path));
                roots.push(path.clone());
            }
        }
        roots.sort();
        roots
    }

    fn is_source(&self, file: FileId) -> bool {
        matches!(self.kinds[file.0 as usize], Kind::TerraformSource | Kind::TerraformValues)
    }

    /// The folder that a file is in. What is no file of the disk is alone in one of its own name.
    fn folder_of(&self, file: FileId) -> Option<PathBuf> {
        match self.path(file) {
            Some(path) => Some(walk::identity(path).parent()?.to_owned()),
            None => Some(PathBuf::from(&self.files[file.0 as usize].path)),
        }
    }

    fn parse_all(&mut self, files: Vec<FileId>) {
        let texts = &self.files;
        let parsed: Vec<_> =
            files.into_par_iter().map(|file| (file, parse(file, &texts[file.0 as usize].text))).collect();
        for (file, parsed) in parsed {
            let Some(folder) = self.folder_of(file) else { continue };
            let source = &mut self.files[file.0 as usize];
            mask(source, &parsed);
            let shown = source.path.clone();
            let name = shown.rsplit('/').next().unwrap_or(&shown).to_owned();
            let body = match parsed {
                Ok(body) => body,
                Err(problem) => {
                    self.parse_problems.push((file, problem));
                    continue;
                }
            };
            let is_source = self.kinds[file.0 as usize] == Kind::TerraformSource;
            let waivers = if is_source {
                let mut problems = Vec::new();
                let waivers = suppress::find(file, &self.files[file.0 as usize].text, &body, &mut problems);
                self.parse_problems.extend(problems.into_iter().map(|problem| (file, problem)));
                waivers
            } else {
                Vec::new()
            };
            let place = self.terraform.folders.entry(folder).or_default();
            let source = Source { file, name, body, waivers };
            if is_source {
                place.sources.push(source);
            } else {
                place.values.push(source);
                // `terraform.tfvars` counts less than any other.
                place.values.sort_by_key(|source| (source.name != "terraform.tfvars", source.name.clone()));
            }
        }
    }

    /// A file with values of variables, as `--var-file` names it.
    pub(crate) fn values_at(&mut self, path: &Path) -> Result<Source, Problem> {
        let name = walk::name(path);
        let text = load::file(path, &name)?;
        let file = FileId(self.files.len() as u32);
        let body = parse(file, &text);
        let mut loaded = SourceFile::new(name.as_str(), text);
        mask(&mut loaded, &body);
        self.keep(loaded, Kind::TerraformValues);
        Ok(Source { file, name, body: body?, waivers: Vec::new() })
    }

    /// Loads and parses what is in a folder and not loaded yet.
    fn open_folder(&mut self, folder: &Path) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = entries.take(MAX_ENTRIES).flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let mut added = Vec::new();
        for path in paths {
            let name = walk::name(&path);
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let kind = of_name(&name).filter(|_| !hidden && path.is_file());
            if !matches!(kind, Some(Kind::TerraformSource | Kind::TerraformValues)) {
                continue;
            }
            let known = self.files.len();
            added.extend(self.file_at(&path).filter(|file| file.0 as usize >= known));
        }
        self.parse_all(added);
    }

    /// Reads the lists of fetched modules, and opens their folders.
    fn list_fetched(&mut self, open: &mut VecDeque<PathBuf>) {
        let roots: Vec<PathBuf> = self.terraform.folders.keys().cloned().collect();
        for root in roots {
            let list = root.join(".terraform/modules/modules.json");
            let Ok(metadata) = list.metadata() else { continue };
            if !metadata.is_file() || metadata.len() > MAX_LIST {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&list) else { continue };
            let Ok(fetched) = serde_json::from_str::<Fetched>(&text) else {
                let message = "this list of fetched modules is not one that Terraform writes";
                self.problems.push(Problem::with_path(ProblemKind::Syntax, walk::name(&list), message));
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
