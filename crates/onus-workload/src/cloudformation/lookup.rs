//! Functions that look names up: `Ref`, `Fn::GetAtt`, `Fn::FindInMap`, pseudo parameters.

use super::conditions::Truth;
use super::foreach::Loops;
use super::stack::{Stack, shorten};
use super::tree::Syntax;
use super::{scalar, unknown};
use crate::names;
use onus_model::{Node, Piece, Span, Value};
use std::borrow::Cow;

/// The longest name and attribute that are looked up; a logical id has at most 255 characters.
const MAX_NAME: usize = 512;

/// The pseudo parameters, for suggestions.
const PSEUDO_PARAMETERS: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

impl<'t> Stack<'t> {
    /// `Ref`
    pub(crate) fn reference(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Option<Node> {
        match self.name_of(argument, loops) {
            Some(name) => self.named(&name, node.span(), loops),
            None => {
                let evaluated = self.evaluate(argument, loops);
                let value = unknown::blend(evaluated.iter().map(|node| &node.value), true);
                Some(Node::new(value.unwrap_or_else(|| Value::unknown("`Ref` takes a name")), node.span()))
            }
        }
    }

    /// What a name stands for: a loop's variable, a pseudo parameter, a parameter or a resource.
    pub(crate) fn named(&self, name: &str, at: Span, loops: &Loops) -> Option<Node> {
        if let Some(value) = loops.get(name) {
            return Some(Node::new(Value::string(value), at));
        }
        if name == "AWS::NoValue" {
            return None;
        }
        let value = match self.pseudo_parameter(name).or_else(|| self.parameter(name, at)) {
            Some(value) => value,
            None if self.exists(name, at) => self.attribute_of(name, None),
            None => self.unresolved(name, "parameter or resource", at, true),
        };
        Some(Node::new(value, at))
    }

    fn parameter(&self, name: &str, at: Span) -> Option<Value> {
        let value = &self.parameters.get(name)?.value;
        let size = if let Value::List(items) = value { items.len() } else { 0 };
        if !self.run.spend(size as u64, at) || !self.run.spend_text(text_length(value), at) {
            return Some(Value::unknown(super::run::OVER_LIMIT));
        }
        let mut value = value.clone();
        place(&mut value, at);
        Some(value)
    }

    fn pseudo_parameter(&self, name: &str) -> Option<Value> {
        let region = self.environment.region.as_deref();
        let stated = |value: &Option<String>, what: &str| match value {
            Some(value) => Value::string(value.as_str()),
            None => Value::unknown_name(format!("the {what} is chosen at deployment")),
        };
        Some(match name {
            "AWS::AccountId" => stated(&self.environment.account, "account"),
            "AWS::Region" => stated(&self.environment.region, "region"),
            "AWS::StackName" => stated(&self.environment.stack_name, "stack's name"),
            "AWS::Partition" => Value::string(partition(region)),
            "AWS::URLSuffix" => Value::string(match partition(region) {
                "aws-cn" => "amazonaws.com.cn",
                _ => "amazonaws.com",
            }),
            "AWS::StackId" => Value::unknown_name("the stack's id is known only after deployment"),
            "AWS::NotificationARNs" => Value::unknown("the notification topics are chosen at deployment"),
            _ => return None,
        })
    }

    /// Whether a logical id names a resource of this stack. One that its condition leaves out is a mistake,
    /// which is reported, but the reference stays.
    fn exists(&self, name: &str, at: Span) -> bool {
        if name.len() > MAX_NAME || !self.run.spend_text(name.len(), at) {
            return false;
        }
        let Some(entry) = self.resource(name) else { return self.is_generated(name, at) };
        if self.included(entry) == Truth::Is(false) {
            self.run.invalid_if_deployed(
                at,
                format!("the resource `{}` is left out by its condition", shorten(name)),
            );
        }
        true
    }

    /// Whether the SAM transform makes a resource of this name, or may.
    fn is_generated(&self, name: &str, at: Span) -> bool {
        if !self.transforms.serverless || !self.run.spend(self.resources.len() as u64, at) {
            return false;
        }
        let of_sam = |entry: &super::foreach::Entry<'t>| {
            let kind = entry.value.get("Type").and_then(Syntax::scalar);
            kind.is_some_and(|kind| kind.starts_with("AWS::Serverless::"))
        };
        matches!(name, "ServerlessRestApi" | "ServerlessHttpApi")
            || name.starts_with("ServerlessRestApi")
            || name.starts_with("ServerlessHttpApi")
            || self.resources.iter().any(|entry| name.starts_with(&*entry.name) && of_sam(entry))
    }

    fn unresolved(&self, name: &str, kind: &str, at: Span, with_parameters: bool) -> Value {
        if self.transforms.other {
            return Value::unknown(format!("`{}` may be made by a macro", shorten(name)));
        }
        self.nothing_of_name(at, kind, name, || {
            let mut known: Vec<&str> = Vec::new();
            if with_parameters {
                known.extend(self.parameters.keys());
                known.sort_unstable();
                known.extend(PSEUDO_PARAMETERS);
            }
            known.into_iter().chain(self.resources.iter().map(|entry| &*entry.name))
        });
        Value::unknown(format!("there is no {kind} `{}`", shorten(name)))
    }

    /// A name that is written out, or that a function of the language extensions makes.
    fn name_of(&self, argument: Syntax<'t>, loops: &Loops) -> Option<Box<str>> {
        if let Some(text) = argument.untagged_scalar() {
            return Some(loops.replace(text));
        }
        let node = self.evaluate(argument, loops)?;
        scalar::text(&node.value).map(|text| text.into())
    }

    /// `Fn::GetAtt`
    pub(crate) fn attribute(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        let path = if argument.is_list() {
            let parts: Option<Vec<Box<str>>> =
                argument.items().map(|part| self.name_of(part, loops)).collect();
            parts.map(|parts| parts.join("."))
        } else {
            self.name_of(argument, loops).map(String::from)
        };
        match path.as_deref().and_then(|path| path.split_once('.')) {
            Some((name, attribute)) => self.named_attribute(name, attribute, node.span()),
            None => {
                self.run.invalid(node.span(), "`Fn::GetAtt` takes a resource and an attribute");
                Value::unknown("`Fn::GetAtt` makes no sense here")
            }
        }
    }

    /// An attribute of a resource, or an output of a nested stack.
    pub(crate) fn named_attribute(&self, name: &str, attribute: &str, at: Span) -> Value {
        if attribute.len() > MAX_NAME || !self.exists(name, at) {
            return self.unresolved(name, "resource", at, false);
        }
        let output =
            attribute.strip_prefix("Outputs.").and_then(|output| self.child_output(name, output, at));
        output.unwrap_or_else(|| self.attribute_of(name, Some(attribute)))
    }

    /// What `Ref` or an attribute gives of a resource. Ids and ARNs of AWS's own resources are names; other attributes may
    /// be empty (`PublicIp`), and whoever wrote a custom resource may return anything.
    fn attribute_of(&self, name: &str, attribute: Option<&str>) -> Value {
        let kind =
            self.resource(name).and_then(|entry| entry.value.get("Type")?.scalar()).unwrap_or_default();
        let value = Value::reference(self.address(name), attribute);
        match (names::in_template(kind, attribute), value) {
            (Some(named), Value::Unknown(unknown)) => Value::Unknown(Box::new(named.describe(*unknown))),
            (_, value) => value,
        }
    }

    /// `Fn::FindInMap`. With an unknown key the value is known all the same where all candidates agree.
    pub(crate) fn find_in_map(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Option<Node> {
        let (Some(map), Some(first), Some(second)) = (argument.item(0), argument.item(1), argument.item(2))
        else {
            self.run.invalid(node.span(), "`Fn::FindInMap` takes a mapping and two keys");
            return Some(self.unknown(node, "`Fn::FindInMap` makes no sense here"));
        };
        let keys =
            [map, first, second].map(|key| self.evaluate(key, loops).map_or(Value::Null, |key| key.value));
        let texts = [scalar::text(&keys[0]), scalar::text(&keys[1]), scalar::text(&keys[2])];
        let fallback = argument.item(3).and_then(|options| options.get("DefaultValue"));
        if let [Some(map), _, _] = &texts
            && self.mappings.and_then(|all| self.look_into(all, map)).is_none()
            && fallback.is_none()
        {
            let known = || self.mappings.into_iter().flat_map(|all| all.named().map(|(name, _, _)| name));
            self.nothing_of_name(node.span(), "mapping", map, known);
            return Some(self.unknown(node, format!("there is no mapping `{}`", shorten(map))));
        }
        if texts.iter().all(Option::is_some) {
            let found = self.candidates(&texts, node.span()).pop();
            return match (found, fallback) {
                (Some(found), _) => self.evaluate(found, loops).map(|found| moved(found, node.span())),
                (None, Some(fallback)) => self.evaluate(fallback, loops),
                (None, None) => {
                    let path = texts.iter().flatten().map(|key| shorten(key)).collect::<Vec<_>>().join(".");
                    self.run.invalid_if_deployed(node.span(), format!("the mappings have no `{path}`"));
                    Some(self.unknown(node, format!("the mappings have no `{path}`")))
                }
            };
        }
        let mut values: Vec<Value> = Vec::new();
        if texts[0].is_some() && fallback.is_none() {
            let found = self.candidates(&texts, node.span());
            values =
                found.into_iter().filter_map(|found| self.evaluate(found, loops)).map(|n| n.value).collect();
        }
        if let Some((one, others)) = values.split_first()
            && others.iter().all(|other| unknown::same(one, other))
        {
            return Some(moved(Node::new(one.clone(), node.span()), node.span()));
        }
        let value = unknown::blend(keys.iter(), true);
        let value = value.unwrap_or_else(|| Value::unknown("the keys of `Fn::FindInMap` are not text"));
        Some(Node::new(value, node.span()))
    }

    /// The values in the mappings that keys of which some are unknown may lead to.
    fn candidates(&self, keys: &[Option<Cow<'_, str>>; 3], at: Span) -> Vec<Syntax<'t>> {
        let mut places: Vec<Syntax<'t>> = self.mappings.into_iter().collect();
        for key in keys {
            let mut next = Vec::new();
            for place in places {
                match key {
                    Some(key) => next.extend(self.look_into(place, key)),
                    None => next.extend(place.entries().map(|(_, value)| value)),
                }
            }
            if !self.run.spend(next.len() as u64, at) {
                return Vec::new();
            }
            places = next;
        }
        places
    }
}

impl Stack<'_> {
    /// The partition that the stack is deployed to.
    pub(crate) fn partition(&self) -> &'static str {
        partition(self.environment.region.as_deref())
    }
}

/// The partition of a region: the commercial one unless the region says otherwise.
fn partition(region: Option<&str>) -> &'static str {
    match region {
        Some(region) if region.starts_with("cn-") => "aws-cn",
        Some(region) if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

pub(crate) fn text_length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::List(items) => items.iter().map(|item| text_length(&item.value)).sum(),
        Value::Unknown(unknown) => {
            let pieces = unknown.text.iter().flat_map(|text| text.pieces());
            let size = pieces.map(|piece| match piece {
                Piece::Known(text) => text.len(),
                Piece::Open(open) => 64 + open.references.len() * 64,
            });
            unknown.references.len() * 64 + size.sum::<usize>()
        }
        _ => 0,
    }
}

/// A value at another place, with all that is in it.
pub(crate) fn moved(mut node: Node, at: Span) -> Node {
    node.span = at;
    place(&mut node.value, at);
    node
}

/// Gives everything within a value a place.
fn place(value: &mut Value, at: Span) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| {
            item.span = at;
            place(&mut item.value, at);
        }),
        Value::Map(map) => map.iter_mut().for_each(|(_, item)| {
            item.span = at;
            place(&mut item.value, at);
        }),
        _ => {}
    }
}
