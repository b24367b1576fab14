//! Folders of Terraform source, read with this repository's mappings.

use onus_model::{Mappings, Node, Resource, Workload};
use onus_workload::terraform::{Dictionary, Settings};
use onus_workload::{Input, Options, read};
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

pub static MAPPINGS: LazyLock<Mappings> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let files = onus_knowledge::read_folder(&folder).unwrap();
    onus_knowledge::load_mappings(&files).unwrap()
});

pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

pub fn read_at(path: &Path, settings: Settings) -> Workload {
    let options = Options {
        terraform: Dictionary { mappings: Some(&MAPPINGS), names: None },
        terraform_settings: settings,
        ..Options::default()
    };
    read(&[Input::Path(path.to_owned())], &options)
}

pub fn read_files(files: &[(&str, &str)]) -> Workload {
    read_at(folder(files).path(), Settings::default())
}

pub fn resource<'w>(workload: &'w Workload, address: &str) -> &'w Resource {
    let found = workload.resources.iter().find(|resource| &*resource.address == address);
    found.unwrap_or_else(|| panic!("{address} is not among {:?}", addresses(workload)))
}

pub fn addresses(workload: &Workload) -> Vec<&str> {
    workload.resources.iter().map(|resource| &*resource.address).collect()
}

pub fn property<'w>(workload: &'w Workload, address: &str, path: &str) -> Option<&'w Node> {
    path.split('.').try_fold(&resource(workload, address).properties, |node, name| node.get(name))
}

pub fn text<'w>(workload: &'w Workload, address: &str, path: &str) -> &'w str {
    let node = property(workload, address, path).unwrap_or_else(|| panic!("{address} has no {path}"));
    node.as_str().unwrap_or_else(|| panic!("{address} {path} is {:?}", node.value))
}

pub fn messages(workload: &Workload) -> Vec<&str> {
    workload.problems.iter().map(|problem| problem.message.as_str()).collect()
}
