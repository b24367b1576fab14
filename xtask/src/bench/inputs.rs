//! What is assessed: written once per run, the same on every machine.

use crate::generate::{COMMON, plan, source, template};
use crate::run::target;
use anyhow::Result;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Resources in each template of the folder.
const PER_TEMPLATE: u64 = 15;

/// The files of a root module beside its variables, with the resource blocks in each: a hundred.
const PER_FILE: [(&str, usize); 9] = [
    ("api.tf", 12),
    ("compute.tf", 11),
    ("data.tf", 11),
    ("events.tf", 11),
    ("iam.tf", 11),
    ("jobs.tf", 11),
    ("logs.tf", 11),
    ("network.tf", 11),
    ("storage.tf", 11),
];

/// How an input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Template,
    Plan,
    Source,
}

/// A file or a folder.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) path: PathBuf,
    bytes: u64,
}

impl Input {
    pub(super) fn megabytes(&self) -> f64 {
        self.bytes as f64 / 1e6
    }
}

/// All of them.
pub(super) struct Inputs {
    pub(super) one: Input,
    pub(super) large: Vec<Input>,
}

/// Where they lie.
pub(super) fn folder() -> PathBuf {
    target().join("bench")
}

/// Writes them. Resources are written one by one: the memory that this program takes would
/// count as that of the programs that it starts.
pub(super) fn write() -> Result<Inputs> {
    let folder = folder();
    let templates = folder.join("templates");
    std::fs::create_dir_all(&templates)?;
    let one = Input {
        name: "1 resource",
        form: Form::Template,
        bytes: write_template(&folder.join("one.yaml"), 0, 1)?,
        path: folder.join("one.yaml"),
    };
    let path = folder.join("template.yaml");
    let single = Input {
        name: "template of 500 resources",
        form: Form::Template,
        bytes: write_template(&path, 0, 500)?,
        path,
    };
    let mut bytes = 0;
    for number in 0..200 {
        bytes += write_template(
            &templates.join(format!("service-{number:03}.yaml")),
            number * PER_TEMPLATE,
            PER_TEMPLATE,
        )?;
    }
    let many = Input { name: "folder of 200 templates", form: Form::Template, bytes, path: templates };
    let path = folder.join("plan.json");
    let mut file = BufWriter::new(File::create(&path)?);
    plan(&mut file, 5000)?;
    file.flush()?;
    let planned = Input {
        name: "plan of 5,000 resources",
        form: Form::Plan,
        bytes: std::fs::metadata(&path)?.len(),
        path,
    };
    let (path, bytes) = write_source(&folder)?;
    let written = Input { name: "1,000 Terraform files", form: Form::Source, bytes, path };
    Ok(Inputs { one, large: vec![single, many, planned, written] })
}

/// Writes root modules of ten files each, with a hundred resource blocks: 10,000 in all.
fn write_source(folder: &Path) -> Result<(PathBuf, u64)> {
    let source_folder = folder.join("source");
    let (mut next, mut bytes) = (0, 0);
    for root in 0..100 {
        let module = source_folder.join(format!("service-{root:03}"));
        std::fs::create_dir_all(&module)?;
        std::fs::write(module.join("variables.tf"), COMMON)?;
        bytes += COMMON.len() as u64;
        for (name, count) in PER_FILE {
            let path = module.join(name);
            let mut file = BufWriter::new(File::create(&path)?);
            next = source(&mut file, next, count)?;
            file.flush()?;
            bytes += std::fs::metadata(&path)?.len();
        }
    }
    Ok((source_folder, bytes))
}

fn write_template(path: &Path, from: u64, count: u64) -> Result<u64> {
    let mut file = BufWriter::new(File::create(path)?);
    template(&mut file, from, count)?;
    file.flush()?;
    Ok(std::fs::metadata(path)?.len())
}
