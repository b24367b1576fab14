//! What an expression of the configuration refers to: from `references` to addresses of resource instances.
//!
//! The configuration of a plan keeps no expressions, only the names in them
//! (`aws_s3_bucket.logs.id`, `var.bucket`). Names of resources are resolved to the
//! instances that the plan has; inputs and outputs of modules are followed.
//! Locals are not part of the format, so what goes through one stays unresolved.

use super::json::Json;
use super::plan::{ConfigModule, ConfigResource, Configuration};
use crate::names::{self, Attribute};
use onus_model::{Names, Reference};
use rustc_hash::FxHashMap;
use serde_json::value::RawValue;

/// Inputs and outputs are followed this far: deeper than modules are nested in practice, and an end to cycles.
const MAX_HOPS: usize = 24;

/// An expression refers to at most this many instances; a splat over more tells nothing further.
const MAX_REFERENCES: usize = 256;

/// The configuration, and every resource instance by the address that it is written under.
pub(super) struct Resolver<'a> {
    root: Option<&'a ConfigModule<'a>>,
    /// `module.a["x"].aws_s3_bucket.b` to the addresses of its instances.
    instances: FxHashMap<Box<str>, Vec<Box<str>>>,
}

/// What an expression refers to.
#[derive(Default)]
pub(super) struct Found {
    pub(super) references: Vec<Reference>,
    /// Whether it may refer to more than these: to what a local value holds, or to what the plan does not have.
    pub(super) is_open: bool,
}

impl Found {
    /// What is known of a value that is known only after apply and comes of this expression. How it comes of it a plan does not say:
    /// an ARN may stand at any place in a text, but it is there.
    pub(super) fn names(&self) -> Names {
        let are_secrets = self.references.iter().all(|to| names::gives_secrets(&to.address));
        if are_secrets && !self.references.is_empty() && !self.is_open {
            return Names::Secret;
        }
        let [Reference { address, attribute: Some(attribute), .. }] = self.references.as_slice() else {
            return Names::Unclear;
        };
        match names::in_terraform(address, attribute).filter(|_| !self.is_open) {
            Some(
                Attribute::Name(names @ (Names::Key | Names::Network))
                | Attribute::Arn { names: names @ Names::Key, .. },
            ) => names,
            Some(_) => Names::Part,
            None => Names::Unclear,
        }
    }
}

/// A module instance: its address, and how to come to it from the root.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    address: String,
    steps: Vec<Step<'a>>,
}

#[derive(Clone)]
struct Step<'a> {
    module: &'a ConfigModule<'a>,
    /// The name of the call that leads here, and its key as written (`["x"]`, or empty).
    call: String,
    key: String,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(configuration: Option<&'a Configuration<'a>>) -> Self {
        Self { root: configuration.map(|all| &all.root_module), instances: FxHashMap::default() }
    }

    /// Makes an instance known.
    pub(super) fn add(&mut self, address: &str) {
        let (written, _) = split_key(address);
        self.instances.entry(written.into()).or_default().push(address.into());
    }

    /// The module instance at an address; none where the input has no configuration for it.
    pub(super) fn scope(&self, module_address: &str) -> Option<Scope<'a>> {
        let mut steps = vec![Step { module: self.root?, call: String::new(), key: String::new() }];
        let segments = segments(module_address);
        let mut names = segments.iter();
        while let (Some(word), Some(segment)) = (names.next(), names.next()) {
            if *word != "module" {
                return None;
            }
            let (call, key) = split_key(segment);
            let module = steps.last()?.module.call(call)?.module.as_deref()?;
            steps.push(Step { module, call: call.to_owned(), key: key.to_owned() });
        }
        Some(Scope { address: module_address.to_owned(), steps })
    }

    /// What an expression in a module refers to; `key` is the index of the instance that it belongs to.
    pub(super) fn found(
        &self,
        scope: &Scope<'a>,
        expression: &Json<'_>,
        resource: Option<&ConfigResource<'_>>,
        key: &str,
    ) -> Found {
        let mut found = Found::default();
        let each = resource.and_then(|resource| resource.for_each_expression);
        self.follow(scope, expression, each, key, MAX_HOPS, &mut found);
        found
    }

    /// The same without what is not clear of it.
    pub(super) fn references(
        &self,
        scope: &Scope<'a>,
        expression: &Json<'_>,
        resource: Option<&ConfigResource<'_>>,
        key: &str,
    ) -> Vec<Reference> {
        self.found(scope, expression, resource, key).references
    }

    fn follow(
        &self,
        scope: &Scope<'a>,
        expression: &Json<'_>,
        each: Option<&RawValue>,
        key: &str,
        hops: usize,
        found: &mut Found,
    ) {
        let Some(hops) = hops.checked_sub(1) else {
            found.is_open = true;
            return;
        };
        let names = names(expression);
        let keyed = names.iter().any(|name| name.starts_with("each.") || name.starts_with("count."));
        for name in &names {
            if found.references.len() >= MAX_REFERENCES {
                found.is_open = true;
                return;
            }
            let parts = segments(name);
            match parts.as_slice() {
                ["var", input, ..] => self.follow_input(scope, split_key(input).0, hops, found),
                ["module", call, output, ..] => {
                    self.follow_output(scope, call, split_key(output).0, key_if(keyed, key), hops, found);
                }
                ["each", "value", ..] => match each.and_then(parse) {
                    Some(over) => self.follow_each(scope, &over, key, hops, found),
                    None => found.is_open = true,
                },
                ["local" | "self", ..] => found.is_open = true,
                ["each" | "count" | "path" | "terraform", ..] => {}
                ["data", kind, name, rest @ ..] => {
                    self.find(scope, &format!("data.{kind}"), name, rest, key_if(keyed, key), found);
                }
                [kind, name, rest @ ..] => self.find(scope, kind, name, rest, key_if(keyed, key), found),
                _ => {}
            }
        }
    }

    fn follow_each(&self, scope: &Scope<'a>, over: &Json<'_>, key: &str, hops: usize, found: &mut Found) {
        for name in names(over) {
            match segments(name).as_slice() {
                [kind, name, rest @ ..] if !is_keyword(kind) => {
                    self.find(scope, kind, name, rest, Some(key), found)
                }
                ["var", input, ..] => self.follow_input(scope, split_key(input).0, hops, found),
                _ => found.is_open = true,
            }
        }
    }

    fn follow_input(&self, scope: &Scope<'a>, input: &str, hops: usize, found: &mut Found) {
        let Some((step, parents)) = scope.steps.split_last() else { return };
        let Some(parent) = parents.last() else { return };
        // One that the call leaves out has its default, which is known.
        let Some(call) = parent.module.call(&step.call) else { return };
        let Some(all) = call.expressions.and_then(parse) else { return };
        let Some(expression) = all.get(input) else { return };
        let outer = Scope { address: parent_address(&scope.address).to_owned(), steps: parents.to_vec() };
        self.follow(&outer, expression, call.for_each_expression, &step.key, hops, found);
    }

    fn follow_output(
        &self,
        scope: &Scope<'a>,
        call: &str,
        output: &str,
        same_key: Option<&str>,
        hops: usize,
        found: &mut Found,
    ) {
        let (name, written_key) = split_key(call);
        let key = if written_key.is_empty() { same_key.unwrap_or_default() } else { written_key };
        let address = join(&scope.address, &format!("module.{name}{key}"));
        let inner = self.scope(&address);
        let step = inner.as_ref().and_then(|inner| inner.steps.last());
        let expression = step.and_then(|step| step.module.output(output)).and_then(parse);
        let (Some(inner), Some(expression)) = (&inner, expression) else {
            found.is_open = true;
            return;
        };
        self.follow(inner, &expression, None, "", hops, found);
    }

    /// Adds the instances of a resource that a name in a module means.
    fn find(
        &self,
        scope: &Scope<'a>,
        kind: &str,
        name: &str,
        rest: &[&str],
        same_key: Option<&str>,
        found: &mut Found,
    ) {
        let (bare, key) = split_key(name);
        let written = join(&scope.address, &format!("{kind}.{bare}"));
        let Some(instances) = self.instances.get(written.as_str()) else {
            found.is_open = true;
            return;
        };
        let wanted = |key: &str| instances.iter().find(|instance| split_key(instance).1 == key);
        let one = match (key, same_key) {
            ("" | "[*]", Some(same)) if !same.is_empty() => wanted(same),
            ("" | "[*]", _) => None,
            (key, _) => wanted(key),
        };
        let attribute = rest.first().map(|attribute| split_key(attribute).0);
        let all = one.map_or(instances.as_slice(), std::slice::from_ref);
        for address in all {
            let reference =
                Reference { address: address.clone(), attribute: attribute.map(Into::into), scope: None };
            if found.references.len() >= MAX_REFERENCES {
                found.is_open = true;
                return;
            }
            if !found.references.contains(&reference) {
                found.references.push(reference);
            }
        }
    }
}

impl<'a> Scope<'a> {
    /// A resource as written in this module, by its address within the module.
    pub(super) fn resource(&self, address: &str) -> Option<&'a ConfigResource<'a>> {
        let module = self.steps.last()?.module;
        let place = module.resources.binary_search_by(|resource| (*resource.address.0).cmp(address)).ok()?;
        module.resources.get(place)
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "var" | "module" | "each" | "count" | "local" | "path" | "terraform" | "self" | "data")
}

fn key_if(keyed: bool, key: &str) -> Option<&str> {
    keyed.then_some(key)
}

pub(super) fn parse(text: &RawValue) -> Option<Json<'_>> {
    serde_json::from_str(text.get()).ok()
}

fn parent_address(address: &str) -> &str {
    let parts = segments(address);
    let kept = parts.len().saturating_sub(2);
    match parts.get(kept) {
        Some(next) if kept > 0 => {
            let end = (next.as_ptr() as usize).saturating_sub(address.as_ptr() as usize + 1);
            address.get(..end).unwrap_or_default()
        }
        _ => "",
    }
}

fn join(module: &str, rest: &str) -> String {
    if module.is_empty() { rest.to_owned() } else { format!("{module}.{rest}") }
}

/// The names of an expression, each in its longest form: Terraform lists `a.b.id` and then `a.b`.
fn names<'j>(expression: &'j Json<'_>) -> Vec<&'j str> {
    let mut kept: Vec<&str> = Vec::new();
    for name in expression.get("references").map(Json::elements).unwrap_or_default() {
        let Some(name) = name.as_str() else { continue };
        let longer = kept.last().and_then(|last| last.strip_prefix(name));
        if !longer.is_some_and(|rest| rest.starts_with(['.', '['])) {
            kept.push(name);
        }
    }
    kept
}

/// `a.b["x.y"].c` as `a`, `b["x.y"]`, `c`: a dot within brackets or quotes does not part.
pub(crate) fn segments(address: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let (mut quoted, mut escaped, mut depth) = (false, false, 0_usize);
    for (at, byte) in address.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'.' if depth == 0 => {
                parts.push(&address[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < address.len() {
        parts.push(&address[start..]);
    }
    parts
}

/// The last segment's key: `a.b["x"]` as `a.b` and `["x"]`.
pub(super) fn split_key(address: &str) -> (&str, &str) {
    let start = segments(address).last().map_or(0, |last| last.as_ptr() as usize - address.as_ptr() as usize);
    let bracket = address[start..].find('[').map_or(address.len(), |at| start + at);
    address.split_at(bracket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_within_keys_do_not_part() {
        assert_eq!(segments(r#"module.a["x.y"].b.c[0]"#), ["module", r#"a["x.y"]"#, "b", "c[0]"]);
        assert_eq!(segments(r#"a.b["q\"].x"].c"#), ["a", r#"b["q\"].x"]"#, "c"]);
        assert_eq!(split_key(r#"module.a["x.y"].b.c["k.l"]"#), (r#"module.a["x.y"].b.c"#, r#"["k.l"]"#));
        assert_eq!(split_key("a.b"), ("a.b", ""));
        assert_eq!(parent_address(r#"module.a["x.y"].module.b"#), r#"module.a["x.y"]"#);
        assert_eq!(parent_address("module.a"), "");
    }
}
