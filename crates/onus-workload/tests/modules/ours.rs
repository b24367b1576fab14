//! What the reader makes of a case.

use super::cases::{Argument, Case};
use onus_knowledge::File;
use onus_model::{Mappings, Workload};
use onus_workload::terraform::{Dictionary, Given, Settings};
use onus_workload::{Input, Options};
use std::sync::LazyLock;

/// The type that stands for `terraform_data`.
const KIND: &str = "aws_test_data";

static MAPPINGS: LazyLock<Mappings> = LazyLock::new(|| {
    let text = format!("{KIND}:\n  type: AWS::Test::Data\n  attributes: {{input: Input}}\n");
    onus_knowledge::load_mappings(&[File { path: "terraform/test.yaml".into(), text }]).unwrap()
});

/// Reads a case; its resources have the addresses that Terraform gives them.
pub(crate) fn read(case: &Case) -> Workload {
    let folder = tempfile::tempdir().unwrap();
    case.write(folder.path(), KIND);
    let mut settings = Settings::default();
    for argument in &case.arguments {
        match argument {
            Argument::Var(name, value) => settings.variables.push(Given::Value(name.clone(), value.clone())),
            Argument::VarFile(path) => settings.variables.push(Given::File(folder.path().join(path))),
            Argument::Environment(name, value) => {
                settings.environment.insert(name.clone(), value.clone());
            }
        }
    }
    let options = Options {
        terraform: Dictionary { mappings: Some(&MAPPINGS), names: None },
        terraform_settings: settings,
        ..Options::default()
    };
    // The root alone: other folders of the case are read as it calls them.
    let is_root = |name: &&String| !name.contains('/') && name.ends_with(".tf");
    let root = case.files.iter().map(|(name, _)| name).find(is_root).unwrap();
    let mut workload = onus_workload::read(&[Input::Path(folder.path().join(root))], &options);
    for resource in &mut workload.resources {
        resource.address = resource.address.replace(KIND, "terraform_data").into();
    }
    workload
}
