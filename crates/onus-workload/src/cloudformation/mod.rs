//! Reads CloudFormation templates, in YAML and JSON.
//!
//! Text becomes a tree with spans (`crate::syntax`); a `stack` is a template with its
//! parameters; `evaluate` turns syntax into values with the functions of `lookup`, `strings`, `conditions` and
//! `foreach`; `resources` lowers the resources section, `sam` the types of `AWS::Serverless`, `nested` the
//! stacks within a stack, `suppress` the waivers. `run` holds the limits.
//!
//! # What is known
//!
//! | written | read as |
//! |---|---|
//! | parameter with a value or default | that value; lists split at commas |
//! | parameter without | unknown, and surely set only where it cannot be given empty |
//! | `NoEcho`, Parameter Store, `{{resolve:…}}` | unknown but set; a secret's value is never kept |
//! | `Ref`, `Fn::GetAtt` of a resource | unknown but set, with the reference |
//! | output of a nested stack whose template is at hand | the child's value |
//! | `AWS::Region`, `AWS::AccountId` | as stated by options or the cloud assembly, else unknown but set |
//! | `AWS::Partition`, `AWS::URLSuffix` | those of the region; of the commercial regions where it is unknown |
//! | `AWS::NoValue` | the property is taken away |
//! | `Fn::If` whose condition is unknown | the value on which both branches agree, else unknown |
//! | `Fn::FindInMap` with an unknown key | the value on which all candidates agree, else unknown |
//! | resource whose condition is false | left out |
//! | resource whose condition is unknown | kept, with a notice |
//! | macros, `AWS::Include`, unknown functions | unknown, with a notice |
//!
//! Scalars are read as described in `scalar`, spans as in `evaluate`. Where a key stands twice the last one
//! counts, and it is reported.
//!
//! Not here: finding and recognizing files (`walk`, `recognize`), and what a cloud assembly says about
//! accounts and regions (`cdk`).

mod cidr;
mod conditions;
mod encode;
mod evaluate;
mod foreach;
mod library;
mod lists;
mod lookup;
mod nested;
mod parameters;
mod resources;
mod run;
mod sam;
mod scalar;
pub(crate) mod secrets;
mod stack;
mod strings;
mod suppress;
mod unknown;

use crate::syntax::{json, tree, yaml};
use crate::{Options, Reading};
use onus_model::{FileId, Problem, SourceFile, Value};

pub(crate) use library::Library;
pub(crate) use nested::Sources;
pub(crate) use stack::Environment;
pub(crate) use tree::{Syntax, Tree};

/// The two notations of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    Yaml,
    Json,
}

/// The tree of a template, and what is wrong within it; or why there is none.
pub(crate) fn parse(
    source: &SourceFile,
    file: FileId,
    notation: Notation,
) -> Result<(Tree, Vec<Problem>), Problem> {
    match notation {
        Notation::Yaml => yaml::parse(&source.text, file),
        Notation::Json => json::parse(&source.text, file, json::Doubles::LastCounts),
    }
}

/// The locations that a template's nested stacks name, where they may be local files.
pub(crate) fn nested_locations(root: Syntax<'_>) -> Vec<String> {
    let resources = root.get("Resources");
    let all = resources.iter().flat_map(|resources| resources.entries());
    all.filter_map(|(_, resource)| nested::location(resource)).map(str::to_owned).collect()
}

/// Reads a root template, with the stacks within it. Beside the reading come the names of its parameters.
pub(crate) fn lower(
    sources: &Sources<'_>,
    file: FileId,
    environment: Environment,
    options: &Options<'_>,
) -> (Reading, Vec<String>) {
    let run = run::Run::new(options);
    let declared = lower_within(sources, &run, file, environment);
    (run.into_reading(), declared)
}

fn lower_within<'t>(
    sources: &'t Sources<'t>,
    run: &'t run::Run<'t>,
    file: FileId,
    environment: Environment,
) -> Vec<String> {
    let Some(root) = sources.open(file, run) else { return Vec::new() };
    if !root.is_map() {
        run.invalid(root.span(), "a template must be a map");
        return Vec::new();
    }
    let given = run.options.parameters.iter();
    let given = given.map(|(name, value)| (name.as_str().into(), Value::string(value.as_str()))).collect();
    let stack = stack::Stack::new(run, sources, root, String::new(), vec![file], environment, &given);
    stack.lower();
    stack.parameters.keys().map(|name| (*name).to_owned()).collect()
}
