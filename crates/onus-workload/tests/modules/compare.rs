//! What Terraform plans against what the reader makes.

use super::theirs::Plan;
use onus_model::{Node, ProblemKind, Value, Workload};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// The reason of values that are sensitive.
const SENSITIVE: &str = "sensitive";

/// All differences, each as a text.
pub(crate) fn differences(plan: &Plan, workload: &Workload) -> Vec<String> {
    // That a credential is written out is no matter of Terraform's.
    let problems = workload.problems.iter().filter(|problem| problem.kind != ProblemKind::Credential);
    let messages: Vec<&str> = problems.map(|problem| problem.message.as_str()).collect();
    let plan = match plan {
        Err(_) if !messages.is_empty() => return Vec::new(),
        Err(why) => return vec![format!("Terraform refuses it, and it is no problem here: {why}")],
        Ok(plan) => plan,
    };
    let mut found: Vec<String> =
        messages.into_iter().map(|message| format!("a problem here only: {message}")).collect();
    let ours: BTreeMap<&str, &Node> =
        workload.resources.iter().map(|resource| (&*resource.address, &resource.properties)).collect();
    let (of_plan, of_ours) = (
        plan.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        ours.keys().copied().collect::<BTreeSet<_>>(),
    );
    found.extend(of_plan.difference(&of_ours).map(|address| format!("only Terraform has {address}")));
    found.extend(of_ours.difference(&of_plan).map(|address| format!("only here is {address}")));
    for (address, planned) in plan {
        if let Some(properties) = ours.get(address.as_str()) {
            let theirs = Theirs {
                after: Some(&planned.after),
                unknown: Some(&planned.unknown),
                sensitive: Some(&planned.sensitive),
            };
            theirs.compare(properties.get("Input"), address, &mut found);
        }
    }
    found
}

/// A part of what is planned.
#[derive(Clone, Copy)]
struct Theirs<'t> {
    after: Option<&'t Json>,
    unknown: Option<&'t Json>,
    sensitive: Option<&'t Json>,
}

impl<'t> Theirs<'t> {
    fn key(self, key: &str) -> Self {
        let part = |all: Option<&'t Json>| all.and_then(|all| all.get(key));
        Self { after: part(self.after), unknown: part(self.unknown), sensitive: part(self.sensitive) }
    }

    fn element(self, at: usize) -> Self {
        let part = |all: Option<&'t Json>| all.and_then(|all| all.get(at));
        Self { after: part(self.after), unknown: part(self.unknown), sensitive: part(self.sensitive) }
    }

    fn compare(self, ours: Option<&Node>, place: &str, found: &mut Vec<String>) {
        let is_true = |value: Option<&Json>| value == Some(&Json::Bool(true));
        let value = ours.map_or(&Value::Null, |node| &node.value);
        let reason = match value {
            Value::Unknown(unknown) => Some(&*unknown.reason),
            _ => None,
        };
        let mut differs = |theirs: String| {
            let ours = reason.map_or_else(|| format!("{value:?}"), |reason| format!("unknown ({reason})"));
            found.push(format!("{place}\n    Terraform: {theirs}\n    here:      {ours}"));
        };
        // What is not set is not shown as sensitive either.
        let is_set = is_true(self.unknown) || !matches!(self.after, None | Some(Json::Null));
        match self.after {
            _ if is_true(self.sensitive) && is_set => {
                if reason != Some(SENSITIVE) {
                    differs("sensitive".to_owned());
                }
            }
            _ if is_true(self.unknown) => {
                if reason.is_none() || reason == Some(SENSITIVE) {
                    differs("unknown".to_owned());
                }
            }
            Some(Json::Array(all)) => match value {
                Value::List(list) if list.len() == all.len() => {
                    for (at, node) in list.iter().enumerate() {
                        self.element(at).compare(Some(node), &format!("{place}[{at}]"), found);
                    }
                }
                _ => differs(format!("{all:?}")),
            },
            Some(Json::Object(_)) => {
                let Value::Map(map) = value else { return differs(format!("{:?}", self.after)) };
                let keys = |value: Option<&'t Json>| {
                    value.and_then(Json::as_object).into_iter().flat_map(|all| all.keys())
                };
                let theirs: BTreeSet<&str> =
                    keys(self.after).chain(keys(self.unknown)).map(String::as_str).collect();
                let all: BTreeSet<&str> = map.iter().map(|(key, _)| key).chain(theirs).collect();
                for key in all {
                    self.key(key).compare(map.get(key), &format!("{place}.{key}"), found);
                }
            }
            after => {
                if !is_same(after.unwrap_or(&Json::Null), value) {
                    differs(after.map_or_else(|| "nothing".to_owned(), Json::to_string));
                }
            }
        }
    }
}

fn is_same(theirs: &Json, ours: &Value) -> bool {
    match (theirs, ours) {
        (Json::Null, Value::Null) => true,
        // An empty text of an argument's sets nothing.
        (Json::String(theirs), Value::Null) => theirs.is_empty(),
        (Json::Bool(theirs), Value::Bool(ours)) => theirs == ours,
        (Json::Number(theirs), Value::Int(ours)) => {
            theirs.as_i64() == Some(*ours) || theirs.as_f64() == Some(*ours as f64)
        }
        (Json::Number(theirs), Value::Float(ours)) => theirs.as_f64() == Some(*ours),
        (Json::String(theirs), Value::String(ours)) => theirs.as_str() == &**ours,
        _ => false,
    }
}
