//! The parts of `terraform show -json` that are read, borrowed from the text.
//!
//! The format: <https://developer.hashicorp.com/terraform/internals/json-format>.
//! What is not named here is skipped without being kept.

use super::json::{Json, RawMap, Text};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The whole file.
#[derive(Debug, Deserialize)]
pub(super) struct File<'a> {
    #[serde(borrow, default)]
    pub(super) format_version: Option<Json<'a>>,
    #[serde(borrow, default)]
    pub(super) planned_values: Option<Values<'a>>,
    /// A state has `values` where a plan has `planned_values`.
    #[serde(borrow, default)]
    pub(super) values: Option<Values<'a>>,
    #[serde(borrow, default)]
    pub(super) resource_changes: Option<Vec<ResourceChange<'a>>>,
    #[serde(borrow, default)]
    pub(super) configuration: Option<Configuration<'a>>,
    #[serde(borrow, default)]
    pub(super) variables: RawMap<'a>,
    /// Whether planning ended early, by an error.
    #[serde(borrow, default)]
    pub(super) errored: Option<Json<'a>>,
    /// Whether nothing was left for another plan.
    #[serde(borrow, default)]
    pub(super) complete: Option<Json<'a>>,
    /// Only the file that Terraform itself keeps has it.
    #[serde(borrow, default)]
    pub(super) lineage: Option<&'a RawValue>,
}

/// `planned_values`, or the `values` of a state.
#[derive(Debug, Deserialize)]
pub(super) struct Values<'a> {
    #[serde(borrow, default)]
    pub(super) root_module: Option<Module<'a>>,
}

/// A module instance.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Module<'a> {
    #[serde(borrow, default)]
    pub(super) address: Text<'a>,
    #[serde(borrow, default)]
    pub(super) resources: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) child_modules: Vec<Module<'a>>,
}

/// A resource instance.
#[derive(Debug, Deserialize)]
pub(super) struct Instance<'a> {
    #[serde(borrow)]
    pub(super) address: Text<'a>,
    #[serde(borrow, default)]
    pub(super) mode: Text<'a>,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Text<'a>,
    #[serde(borrow, default)]
    pub(super) name: Text<'a>,
    #[serde(borrow, default)]
    pub(super) values: RawMap<'a>,
    #[serde(borrow, default)]
    pub(super) sensitive_values: Option<Json<'a>>,
}

/// What a plan does to a resource instance.
#[derive(Debug, Deserialize)]
pub(super) struct ResourceChange<'a> {
    #[serde(borrow, default)]
    pub(super) address: Text<'a>,
    #[serde(borrow, default)]
    pub(super) change: Option<Change<'a>>,
}

/// What is not known, and what must not be shown, of a resource's values.
#[derive(Debug, Deserialize)]
pub(super) struct Change<'a> {
    #[serde(borrow, default)]
    pub(super) after_unknown: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) after_sensitive: Option<&'a RawValue>,
}

/// The configuration: what the author wrote, with references instead of values.
#[derive(Debug, Deserialize)]
pub(super) struct Configuration<'a> {
    #[serde(borrow, default)]
    pub(super) provider_config: BTreeMap<Text<'a>, ProviderConfig<'a>>,
    #[serde(borrow, default)]
    pub(super) root_module: ConfigModule<'a>,
}

/// A provider's configuration.
#[derive(Debug, Deserialize)]
pub(super) struct ProviderConfig<'a> {
    #[serde(borrow, default)]
    pub(super) expressions: Option<&'a RawValue>,
}

/// A module as written.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ConfigModule<'a> {
    #[serde(borrow, default)]
    pub(super) resources: Vec<ConfigResource<'a>>,
    #[serde(borrow, default)]
    pub(super) module_calls: BTreeMap<Text<'a>, ModuleCall<'a>>,
    #[serde(borrow, default)]
    pub(super) outputs: BTreeMap<Text<'a>, Output<'a>>,
}

/// A resource as written.
#[derive(Debug, Deserialize)]
pub(super) struct ConfigResource<'a> {
    #[serde(borrow, default)]
    pub(super) address: Text<'a>,
    #[serde(borrow, default)]
    pub(super) provider_config_key: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(super) expressions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) for_each_expression: Option<&'a RawValue>,
}

/// A module's call.
#[derive(Debug, Deserialize)]
pub(super) struct ModuleCall<'a> {
    #[serde(borrow, default)]
    pub(super) expressions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) for_each_expression: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) module: Option<Box<ConfigModule<'a>>>,
}

/// An output of a module.
#[derive(Debug, Deserialize)]
pub(super) struct Output<'a> {
    #[serde(borrow, default)]
    pub(super) expression: Option<&'a RawValue>,
}

impl<'a> ConfigModule<'a> {
    /// Puts resources in the order of their addresses, so that they are found fast.
    pub(super) fn sort(&mut self) {
        self.resources.sort_by(|a, b| a.address.cmp(&b.address));
        for call in self.module_calls.values_mut() {
            if let Some(module) = &mut call.module {
                module.sort();
            }
        }
    }

    /// A module's call by name.
    pub(super) fn call(&self, name: &str) -> Option<&ModuleCall<'a>> {
        self.module_calls.get(&Text(name.to_owned().into()))
    }

    /// The expression of an output.
    pub(super) fn output(&self, name: &str) -> Option<&'a RawValue> {
        self.outputs.get(&Text(name.to_owned().into()))?.expression
    }
}
