//! The files of a configuration, parsed: folders, and what each declares.

use super::duplicates;
use super::json::{Content, Places};
use super::suppress::Placed;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};
use onus_model::{FileId, Problem, ProblemKind, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;

/// A file is parsed up to this size: its tree takes a hundred times as much. The largest in use have 1 MB.
pub(super) const MAX_SOURCE: usize = 16 * 1024 * 1024;

/// All folders that hold Terraform source, by the paths that they are known by.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    pub(crate) folders: BTreeMap<PathBuf, Folder>,
    /// The folders in which a plan lies.
    pub(crate) planned: BTreeSet<PathBuf>,
}

impl Configuration {
    /// The names of all variables, of whichever module.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        let sources = self.folders.values().flat_map(|folder| &folder.sources);
        sources.flat_map(|source| source.body.get_blocks("variable")).map(|block| label(block, 0))
    }
}

/// A folder: the files of a module.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    pub(crate) sources: Vec<Source>,
    /// The files with values of variables that Terraform loads by itself, in its order.
    pub(crate) values: Vec<Source>,
    /// Whether another folder calls it as a module.
    pub(crate) is_called: bool,
}

impl Folder {
    /// Adds a file; those with values are kept in the order in which Terraform reads them.
    pub(super) fn add(&mut self, source: Source, content: Content) {
        match content {
            Content::Configuration => self.sources.push(source),
            Content::Values => {
                self.values.push(source);
                self.values.sort_by_cached_key(|source| {
                    let by_itself = ["terraform.tfvars", "terraform.tfvars.json"];
                    let rank = by_itself.iter().position(|name| source.name == *name);
                    (rank.unwrap_or(by_itself.len()), source.name.clone())
                });
            }
        }
    }
}

/// A file.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) file: FileId,
    /// Its name within the folder.
    pub(crate) name: String,
    pub(crate) body: Body,
    pub(crate) waivers: Vec<Placed>,
    /// Of a file in the JSON syntax: where in it everything stands. All places that are made of its body need it.
    pub(crate) places: Option<Places>,
}

/// The bytes of a text that were left out when it was parsed.
pub(crate) type Dropped = Vec<Range<usize>>;

/// Parses a text. Of a key that an object has twice, all but the last entries are left out.
pub(crate) fn parse(file: FileId, text: &str) -> Result<(Body, Dropped), Problem> {
    match parsed(file, text) {
        Err(problem) if problem.message.contains("object key") => {
            let dropped = duplicates::find(text);
            let body = parsed(file, &duplicates::without(text, &dropped))?;
            Ok((body, dropped))
        }
        made => made.map(|body| (body, Dropped::new())),
    }
}

fn parsed(file: FileId, text: &str) -> Result<Body, Problem> {
    let whole = Span::new(file, 0, 0);
    if text.len() > MAX_SOURCE {
        return Err(Problem::at(ProblemKind::Limit, whole, "the file is larger than 16 MiB"));
    }
    hcl_edit::parser::parse_body(text).map_err(|error| {
        let location = error.location();
        // At the end of the text the parser points within its last letter.
        let at = text.floor_char_boundary(location.offset()) as u32;
        Problem::at(
            ProblemKind::Syntax,
            Span::new(file, at, at),
            format!("not Terraform's syntax: {}", error.message()),
        )
    })
}

/// By what a block has several instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repetition {
    Count,
    ForEach,
}

/// A block, with those of override files that change it.
#[derive(Debug, Clone)]
pub(crate) struct Declared<'c> {
    pub(crate) file: FileId,
    pub(crate) block: &'c Block,
    overrides: Vec<(FileId, &'c Body)>,
}

impl<'c> Declared<'c> {
    /// The argument as the last of the files sets it.
    pub(crate) fn attribute(&self, name: &str) -> Option<(FileId, &'c Attribute)> {
        let later =
            self.overrides.iter().rev().find_map(|(file, body)| Some((*file, body.get_attribute(name)?)));
        later.or_else(|| Some((self.file, self.block.body.get_attribute(name)?)))
    }

    /// `count` or `for_each`; the former where an override file adds the other.
    pub(crate) fn repetition(&self) -> Option<(Repetition, FileId, &'c Attribute)> {
        let by = |by, name| self.attribute(name).map(|(file, attribute)| (by, file, attribute));
        by(Repetition::Count, "count").or_else(|| by(Repetition::ForEach, "for_each"))
    }

    /// All bodies, the later ones counting over the earlier.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (FileId, &'c Body)> {
        std::iter::once((self.file, &self.block.body)).chain(self.overrides.iter().copied())
    }

    pub(crate) fn span(&self) -> Span {
        span(self.file, self.block)
    }

    /// A label by its place.
    pub(crate) fn label(&self, at: usize) -> &'c str {
        label(self.block, at)
    }
}

fn label(block: &Block, at: usize) -> &str {
    block.labels.get(at).map_or("", |label| label.as_str())
}

/// The place of a piece of syntax.
pub(crate) fn span(file: FileId, of: &impl hcl_edit::Span) -> Span {
    let range = of.span().unwrap_or_default();
    Span::new(file, range.start as u32, range.end as u32)
}

/// What a folder declares.
#[derive(Debug, Default)]
pub(crate) struct Module<'c> {
    pub(crate) variables: BTreeMap<&'c str, Declared<'c>>,
    pub(crate) locals: BTreeMap<&'c str, (FileId, &'c Expression)>,
    pub(crate) outputs: BTreeMap<&'c str, Declared<'c>>,
    pub(crate) calls: BTreeMap<&'c str, Declared<'c>>,
    pub(crate) resources: BTreeMap<(&'c str, &'c str), Declared<'c>>,
    pub(crate) data: BTreeMap<(&'c str, &'c str), Declared<'c>>,
    /// Configurations of providers: name, and alias if it has one.
    pub(crate) providers: Vec<Declared<'c>>,
}

impl<'c> Module<'c> {
    /// Puts together what the files of a module declare.
    pub(crate) fn new(sources: &[&'c Source], problems: &mut Vec<Problem>) -> Self {
        let mut module = Self::default();
        let names: BTreeSet<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        for source in sources {
            // OpenTofu's file stands for Terraform's of the same name.
            let shadowed = [(".tf", ".tofu"), (".tf.json", ".tofu.json")].iter().any(|(ending, tofus)| {
                let stem = source.name.strip_suffix(ending);
                stem.is_some_and(|stem| names.contains(format!("{stem}{tofus}").as_str()))
            });
            if !is_override(&source.name) && !shadowed {
                source.body.blocks().for_each(|block| module.declare(source.file, block, problems));
            }
        }
        for source in sources.iter().filter(|source| is_override(&source.name)) {
            source.body.blocks().for_each(|block| module.change(source.file, block, problems));
        }
        module
    }

    fn declare(&mut self, file: FileId, block: &'c Block, problems: &mut Vec<Problem>) {
        let declared = Declared { file, block, overrides: Vec::new() };
        let label = |at: usize| label(block, at);
        let duplicate = match block.ident.as_str() {
            "variable" => insert(&mut self.variables, label(0), declared),
            "output" => insert(&mut self.outputs, label(0), declared),
            "module" => insert(&mut self.calls, label(0), declared),
            "resource" => insert(&mut self.resources, (label(0), label(1)), declared),
            "data" => insert(&mut self.data, (label(0), label(1)), declared),
            "provider" => {
                self.providers.push(declared);
                false
            }
            "locals" => {
                for attribute in block.body.attributes() {
                    let name = attribute.key.as_str();
                    if insert(&mut self.locals, name, (file, &attribute.value)) {
                        problems.push(twice(span(file, attribute), name));
                    }
                }
                false
            }
            _ => false,
        };
        if duplicate {
            let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
            problems.push(twice(span(file, block), &labels.join(".")));
        }
    }

    /// What an override file has changes what is there.
    fn change(&mut self, file: FileId, block: &'c Block, problems: &mut Vec<Problem>) {
        let label = |at: usize| label(block, at);
        let changed = match block.ident.as_str() {
            "variable" => self.variables.get_mut(label(0)),
            "output" => self.outputs.get_mut(label(0)),
            "module" => self.calls.get_mut(label(0)),
            "resource" => self.resources.get_mut(&(label(0), label(1))),
            "data" => self.data.get_mut(&(label(0), label(1))),
            "provider" => {
                let alias =
                    |body: &'c Body| body.get_attribute("alias").and_then(|alias| alias.value.as_str());
                self.providers.iter_mut().find(|provider| {
                    provider.label(0) == label(0) && alias(&provider.block.body) == alias(&block.body)
                })
            }
            "locals" => {
                for attribute in block.body.attributes() {
                    self.locals.insert(attribute.key.as_str(), (file, &attribute.value));
                }
                return;
            }
            _ => return,
        };
        match changed {
            Some(declared) => declared.overrides.push((file, &block.body)),
            None => {
                let message =
                    "an override file changes what is declared elsewhere, but this is declared nowhere";
                problems.push(Problem::at(ProblemKind::Invalid, span(file, block), message));
            }
        }
    }
}

fn twice(place: Span, name: &str) -> Problem {
    let message = format!("`{name}` is declared twice in this module; the first counts");
    Problem::at(ProblemKind::Invalid, place, message)
}

/// Inserts what is not there yet; true where something is.
fn insert<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: V) -> bool {
    let mut twice = true;
    map.entry(key).or_insert_with(|| {
        twice = false;
        value
    });
    twice
}

fn is_override(name: &str) -> bool {
    let endings = [".tf", ".tofu", ".tf.json", ".tofu.json"];
    let stem = endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

/// The paths by which a file calls modules.
pub(crate) fn local_calls(body: &Body) -> impl Iterator<Item = &str> {
    let sources = body.get_blocks("module").filter_map(|block| block.body.get_attribute("source"));
    sources.filter_map(|source| source.value.as_str()).filter(|source| is_local(source))
}

/// Whether a module's source is a path.
pub(crate) fn is_local(source: &str) -> bool {
    source.starts_with("./") || source.starts_with("../") || matches!(source, "." | "..")
}
