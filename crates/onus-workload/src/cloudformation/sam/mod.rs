//! SAM: the resource types of `AWS::Serverless`, lowered to the CloudFormation resources that the transform
//! makes of them (docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html).
//!
//! A function brings its role, its event sources and the permissions to call it; events of type `Api` and
//! `HttpApi` bring the implicit APIs. Made resources bear the span of what they were made of.

mod api;
mod event;
mod function;
mod others;
mod policies;
mod role;

use super::foreach::{Entry, Loops};
use super::stack::{Stack, shorten};
use super::tree::Syntax;
use onus_model::{Coverage, Map, Node, Span, Value};
use std::cell::Cell;

/// What the functions of a template ask of the template as a whole: the spans of the first events that
/// belong to an implicit API.
#[derive(Default)]
pub(crate) struct State {
    rest_api: Cell<Option<Span>>,
    http_api: Cell<Option<Span>>,
    told: Cell<bool>,
}

impl State {
    /// Whether it was said already that the template lacks the transform; it counts as said from now on.
    pub(crate) fn told(&self) -> bool {
        self.told.replace(true)
    }
}

impl<'t> Stack<'t> {
    /// Lowers a resource of a SAM type.
    pub(crate) fn lower_serverless(&self, entry: &Entry<'t>, kind: &str, properties: Node) {
        let span = entry.key.span();
        let short = kind.strip_prefix("AWS::Serverless::").unwrap_or(kind);
        let properties = match properties.value {
            Value::Map(map) => self.with_globals(short, entry, map),
            _ => {
                let target = others::target(short).unwrap_or(kind);
                self.push(&entry.name, target, properties, span);
                return;
            }
        };
        let made = Made { stack: self, id: &entry.name, span, properties_span: properties_span(entry, span) };
        match short {
            "Function" => made.function(properties),
            "Api" => made.rest_api(properties),
            "HttpApi" => made.http_api(properties),
            "SimpleTable" => made.table(properties),
            "StateMachine" => made.state_machine(properties),
            "LayerVersion" => made.layer(properties),
            _ => {
                if short != "Application" {
                    let message = format!("the type `{}` is not expanded", shorten(kind));
                    self.run.not_evaluated(span, message);
                }
                let target = others::target(short).unwrap_or(kind);
                let properties = Node::new(Value::Map(properties), made.properties_span);
                self.push_covered(&entry.name, target, properties, span, Coverage::TypeOnly);
            }
        }
    }

    /// Adds what belongs to the template as a whole: the implicit APIs.
    pub(crate) fn finish_serverless(&self) {
        if let Some(span) = self.serverless.rest_api.get() {
            let made = Made { stack: self, id: "ServerlessRestApi", span, properties_span: span };
            let mut properties = self.globals("Api");
            properties.insert("StageName", made.text("Prod"));
            made.rest_api(properties);
        }
        if let Some(span) = self.serverless.http_api.get() {
            let made = Made { stack: self, id: "ServerlessHttpApi", span, properties_span: span };
            made.http_api(self.globals("HttpApi"));
        }
    }

    /// A resource's properties over those of `Globals`.
    ///
    /// SAM merges what is written, before any function is evaluated: maps are merged, lists joined, all else is
    /// replaced, and a function is no map. So a `Fn::If` wins whole, and `AWS::NoValue` takes the property away.
    fn with_globals(&self, short: &str, entry: &Entry<'t>, own: Map) -> Map {
        let globals = self.section("Globals").and_then(|globals| globals.get(short));
        let Some(globals) = globals.filter(|globals| globals.is_map() && globals.call().is_none()) else {
            return own;
        };
        let ignored = entry.value.get("IgnoreGlobals");
        if ignored.is_some_and(|ignored| ignored.scalar() == Some("*")) {
            return own;
        }
        let is_ignored =
            |key: &str| ignored.is_some_and(|all| all.items().any(|item| item.scalar() == Some(key)));
        self.merged(globals, entry.value.get("Properties"), own, &is_ignored)
    }

    fn merged(
        &self,
        globals: Syntax<'t>,
        written: Option<Syntax<'t>>,
        mut own: Map,
        is_ignored: &dyn Fn(&str) -> bool,
    ) -> Map {
        let mut merged = Map::new();
        for (name, _, global) in globals.named().filter(|(name, _, _)| !is_ignored(name)) {
            let value = match written.and_then(|written| self.look_into(written, name)) {
                None => self.evaluate(global, &Loops::default()),
                Some(local) => own.remove(name).map(|value| self.merge_value(global, local, value)),
            };
            add(&mut merged, name, value);
        }
        for (name, value) in own {
            merged.insert(name, value);
        }
        merged
    }

    fn merge_value(&self, global: Syntax<'t>, local: Syntax<'t>, own: Node) -> Node {
        if global.call().is_some() || local.call().is_some() || global.shape() != local.shape() {
            return own;
        }
        let value = match own.value {
            Value::Map(own) => Value::Map(self.merged(global, Some(local), own, &|_| false)),
            Value::List(own) => {
                let shared = self.evaluate(global, &Loops::default()).map(|node| node.value);
                let Some(Value::List(mut all)) = shared else {
                    return Node::new(Value::List(own), local.span());
                };
                all.extend(own);
                Value::List(all)
            }
            other => other,
        };
        Node::new(value, own.span)
    }

    fn globals(&self, short: &str) -> Map {
        let section = self.section("Globals").and_then(|globals| globals.get(short));
        match section.and_then(|section| self.evaluate(section, &Loops::default())).map(|node| node.value) {
            Some(Value::Map(map)) => map,
            _ => Map::new(),
        }
    }
}

fn properties_span(entry: &Entry<'_>, otherwise: Span) -> Span {
    entry.value.get("Properties").map_or(otherwise, |properties| properties.span())
}

/// The maker of the resources that come of one SAM resource.
pub(super) struct Made<'s, 't> {
    stack: &'s Stack<'t>,
    id: &'s str,
    span: Span,
    properties_span: Span,
}

impl Made<'_, '_> {
    fn push(&self, name: &str, kind: &str, properties: Map) {
        let properties = Node::new(Value::Map(properties), self.properties_span);
        self.stack.push(name, kind, properties, self.span);
    }

    fn at(&self, value: Value) -> Node {
        Node::new(value, self.span)
    }

    fn text(&self, text: &str) -> Node {
        self.at(Value::string(text))
    }

    fn list(&self, items: impl IntoIterator<Item = Node>) -> Node {
        self.at(Value::List(items.into_iter().collect()))
    }

    fn map<const N: usize>(&self, entries: [(&str, Node); N]) -> Node {
        self.at(Value::Map(entries.into_iter().collect()))
    }

    fn reference(&self, name: &str, attribute: Option<&str>) -> Node {
        self.at(Value::reference(self.stack.address(name), attribute))
    }

    fn managed_policy(&self, name: &str) -> Node {
        self.text(&format!("arn:{}:iam::aws:policy/{name}", self.stack.partition()))
    }

    /// Tags as CloudFormation lists them, from the map that SAM takes.
    fn tags(&self, tags: Option<Node>) -> Option<Node> {
        let tags = tags?;
        Some(match tags.value {
            Value::Map(map) => {
                let pairs = map
                    .into_iter()
                    .map(|(key, value)| self.map([("Key", self.text(&key)), ("Value", value)]));
                self.list(pairs)
            }
            _ => tags,
        })
    }
}

/// Moves properties that are called the same on both sides, and those that are called otherwise.
fn moved(from: &mut Map, same: &[&str], renamed: &[(&str, &str)]) -> Map {
    let same = same.iter().map(|name| (*name, *name));
    let pairs = same.chain(renamed.iter().copied());
    pairs.filter_map(|(old, new)| from.remove(old).map(|node| (new, node))).collect()
}

/// Adds a property, if it is there.
fn add(map: &mut Map, key: &str, node: Option<Node>) {
    if let Some(node) = node {
        map.insert(key, node);
    }
}

/// The text of a property.
fn text_of<'m>(map: &'m Map, key: &str) -> Option<&'m str> {
    map.get(key).and_then(Node::as_str)
}
