//! The files of Terragrunt's language, each loaded and parsed once.

use crate::gather::Gathered;
use crate::recognize::Kind;
use crate::terraform::source::configuration::parse;
use crate::terraform::source::secrets::mask;
use crate::walk::identity;
use hcl_edit::structure::Body;
use onus_model::FileId;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// So many files are opened, those that others include or read counted in.
const MAX_OPENED: usize = 10_000;

/// A file of Terragrunt's language.
#[derive(Debug)]
pub(super) struct Config {
    pub(super) file: FileId,
    pub(super) path: PathBuf,
    /// The folder that it lies in.
    pub(super) folder: PathBuf,
    pub(super) body: Body,
}

/// All files that were opened.
pub(super) struct Shelf<'g> {
    gathered: RefCell<&'g mut Gathered>,
    opened: RefCell<BTreeMap<PathBuf, Option<Rc<Config>>>>,
}

impl<'g> Shelf<'g> {
    pub(super) fn new(gathered: &'g mut Gathered) -> Self {
        Self { gathered: RefCell::new(gathered), opened: RefCell::default() }
    }

    /// A file by its path; none where there is none, or none that can be read, which is reported once.
    ///
    /// Only what is named like a file of the language is opened, so that no path leads to another file's text.
    pub(super) fn open(&self, path: &Path) -> Option<Rc<Config>> {
        let path = identity(path);
        if let Some(opened) = self.opened.borrow().get(&path) {
            return opened.clone();
        }
        let is_named_so = path.extension().is_some_and(|extension| extension == "hcl");
        if !is_named_so || !path.is_file() || self.opened.borrow().len() >= MAX_OPENED {
            return None;
        }
        let opened = self.load(&path).map(Rc::new);
        self.opened.borrow_mut().insert(path, opened.clone());
        opened
    }

    fn load(&self, path: &Path) -> Option<Config> {
        let gathered = &mut **self.gathered.borrow_mut();
        let file = gathered.file_as(path, Kind::Terragrunt)?;
        let source = &mut gathered.files[file.0 as usize];
        let parsed = parse(file, &source.text);
        mask(source, &parsed, None);
        match parsed {
            Ok((body, _)) => {
                let folder = path.parent()?.to_owned();
                Some(Config { file, path: path.to_owned(), folder, body })
            }
            Err(problem) => {
                gathered.parse_problems.push((file, problem));
                None
            }
        }
    }
}
