//! From the file's parts to resources.

use super::attributes::{Context, Written};
use super::cloud_control::CloudControl;
use super::collector::{Collector, Configured};
use super::json::{Json, RawMap, Source};
use super::plan::{Change, ConfigResource, Configuration, File, Instance, Module};
use super::references::{Resolver, Scope, parse, split_key};
use super::{Reading, syntax};
use onus_model::{Elsewhere, Map, Mappings, Node, Problem, ProblemKind, Reference, Span, Value};
use rustc_hash::FxHashMap;

/// Reads the resources of a plan or state.
pub(super) fn lower<'a>(
    source: Source<'a>,
    file: &'a File<'a>,
    scope: u32,
    mappings: &Mappings,
    names: Option<&CloudControl<'_>>,
) -> Reading {
    let values = file.planned_values.as_ref().or(file.values.as_ref());
    let Some(root) = values.and_then(|values| values.root_module.as_ref()) else { return Reading::default() };
    let mut problems = Vec::new();
    let mut modules = Vec::new();
    collect(root, source, &mut modules, &mut problems);

    let mut resolver = Resolver::new(file.configuration.as_ref());
    for (_, instances) in &modules {
        instances.iter().for_each(|(instance, _)| resolver.add(&instance.address.0));
    }
    let changes = file.resource_changes.iter().flatten();
    let changes = changes.filter_map(|change| Some((&*change.address.0, change.change.as_ref()?))).collect();
    let plan = Plan { source, file, resolver, changes };
    let mut collector = Collector::new(scope, mappings, names, problems);
    for (module, instances) in &modules {
        let scope = plan.resolver.scope(&module.address.0);
        for (instance, span) in instances {
            if instance.mode.0 == "data" || !Collector::reads(&instance.kind.0) {
                continue;
            }
            if let Some(key) = instance.values.duplicate() {
                let message =
                    format!("`{key}` stands more than once in `{}`; the first counts", instance.address.0);
                collector.reading.problems.push(Problem::at(ProblemKind::Invalid, *span, message));
            }
            let scope = scope.as_ref();
            let written =
                scope.and_then(|scope| scope.resource(&format!("{}.{}", instance.kind.0, instance.name.0)));
            collector.add(&Planned { plan: &plan, instance, span: *span, scope, written });
        }
    }
    let variables = file.variables.0.iter().filter_map(|(name, variable)| {
        Some((
            name.to_string(),
            serde_json::from_str::<RawMap<'_>>(variable.get()).ok()?.get("value")?.get().into(),
        ))
    });
    Reading { variables: variables.collect(), ..collector.finish() }
}

type Instances<'a> = Vec<(Instance<'a>, Span)>;

/// The modules with their resources, from the outside in.
fn collect<'a>(
    module: &'a Module<'a>,
    source: Source<'a>,
    modules: &mut Vec<(&'a Module<'a>, Instances<'a>)>,
    problems: &mut Vec<Problem>,
) {
    let mut instances = Vec::new();
    for raw in &module.resources {
        match serde_json::from_str::<Instance<'a>>(raw.get()) {
            Ok(instance) => instances.push((instance, source.span(raw))),
            Err(error) => problems.push(syntax(source, raw.get(), &error)),
        }
    }
    modules.push((module, instances));
    for child in &module.child_modules {
        collect(child, source, modules, problems);
    }
}

/// What a plan says of all its instances.
struct Plan<'a> {
    source: Source<'a>,
    file: &'a File<'a>,
    resolver: Resolver<'a>,
    changes: FxHashMap<&'a str, &'a Change<'a>>,
}

/// An instance of a plan.
struct Planned<'p, 'a> {
    plan: &'p Plan<'a>,
    instance: &'p Instance<'a>,
    span: Span,
    scope: Option<&'p Scope<'a>>,
    /// The resource in the plan's configuration.
    written: Option<&'a ConfigResource<'a>>,
}

impl Planned<'_, '_> {
    fn change(&self) -> Option<&Change<'_>> {
        self.plan.changes.get(&*self.instance.address.0).copied()
    }
}

impl Configured for Planned<'_, '_> {
    fn address(&self) -> &str {
        &self.instance.address.0
    }

    fn kind(&self) -> &str {
        &self.instance.kind.0
    }

    fn span(&self) -> Span {
        self.span
    }

    fn names(&self) -> Vec<String> {
        let unknown = self.change().and_then(|change| change.after_unknown).and_then(parse);
        let unknown = unknown.as_ref().map(Json::entries).unwrap_or_default();
        let known = self.instance.values.0.iter().map(|(name, _)| name.to_string());
        let mut names: Vec<String> = known.chain(unknown.iter().map(|(name, _)| name.to_string())).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn attributes(&self, wanted: &[&str], problems: &mut Vec<Problem>) -> Map {
        let Self { plan, instance, span, scope, written } = *self;
        let change = self.change();
        let unknown = change.and_then(|change| change.after_unknown).and_then(parse);
        let sensitive = change.and_then(|change| change.after_sensitive).and_then(parse);
        let expressions = written.and_then(|written| written.expressions).map(parse);
        let (_, key) = split_key(&instance.address.0);
        let context = Context { resolver: &plan.resolver, scope, resource: written, key };
        let empty = Json::Map(Vec::new());
        let mut attributes = Map::new();
        for name in wanted {
            let raw = instance.values.get(name);
            let unknown = unknown.as_ref().and_then(|all| all.get(name));
            if raw.is_none() && unknown.is_none() {
                continue;
            }
            let place = raw.map_or(span, |raw| plan.source.span(raw));
            let known = match raw.map(|raw| serde_json::from_str::<Json<'_>>(raw.get())).transpose() {
                Ok(known) => known,
                Err(error) => {
                    let raw = raw.map_or("", |raw| raw.get());
                    problems.push(syntax(plan.source, raw, &error));
                    attributes
                        .push(*name, Node::new(Value::unknown_but_present("it could not be read"), place));
                    continue;
                }
            };
            let marked = instance.sensitive_values.as_ref().and_then(|all| all.get(name)).cloned();
            let sensitive = both(marked, sensitive.as_ref().and_then(|all| all.get(name)).cloned());
            let written = match (written, &expressions) {
                (Some(_), None) => Written::To(&empty).top(name),
                (Some(_), Some(Some(all))) => Written::To(all).top(name),
                _ => Written::Nowhere,
            };
            if let Some(node) = context.node(known.as_ref(), unknown, sensitive.as_ref(), written, place) {
                attributes.push(*name, node);
            }
        }
        attributes
    }

    fn references(&self, attribute: &str) -> Vec<Reference> {
        let (Some(scope), Some(expressions)) =
            (self.scope, self.written.and_then(|written| written.expressions))
        else {
            return Vec::new();
        };
        let all = parse(expressions);
        let Some(expression) = all.as_ref().and_then(|all| all.get(attribute)) else { return Vec::new() };
        self.plan.resolver.references(scope, expression, self.written, split_key(&self.instance.address.0).1)
    }

    fn is_written(&self) -> bool {
        false
    }

    fn elsewhere(&self) -> Vec<Elsewhere> {
        Vec::new()
    }

    fn region(&self) -> Option<String> {
        let configuration = self.plan.file.configuration.as_ref()?;
        let key = self.written?.provider_config_key.as_ref().map(|key| &*key.0)?;
        region_of(configuration, key, self.plan.file)
    }
}

/// What either says is sensitive.
fn both<'a>(a: Option<Json<'a>>, b: Option<Json<'a>>) -> Option<Json<'a>> {
    match (a, b) {
        (Some(Json::Bool(true)), _) | (_, Some(Json::Bool(true))) => Some(Json::Bool(true)),
        (Some(Json::Bool(false) | Json::Null) | None, other)
        | (other, Some(Json::Bool(false) | Json::Null) | None) => other,
        (Some(Json::List(a)), Some(Json::List(b))) => {
            let longest = a.len().max(b.len());
            let mut a = a.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
            let mut b = b.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
            let pairs = (0..longest).map(|_| both(a.next().flatten(), b.next().flatten()));
            Some(Json::List(pairs.map(|pair| pair.unwrap_or(Json::Bool(false))).collect()))
        }
        (Some(Json::Map(mut a)), Some(Json::Map(b))) => {
            for (key, value) in b {
                match a.iter_mut().find(|(name, _)| *name == key) {
                    Some((_, old)) => {
                        let merged = both(Some(std::mem::replace(old, Json::Null)), Some(value));
                        *old = merged.unwrap_or(Json::Bool(false));
                    }
                    None => a.push((key, value)),
                }
            }
            Some(Json::Map(a))
        }
        // Shapes that contradict each other: hide all of it.
        _ => Some(Json::Bool(true)),
    }
}

fn region_of(configuration: &Configuration<'_>, key: &str, file: &File<'_>) -> Option<String> {
    let provider = configuration.provider_config.iter().find(|(name, _)| name.0 == key)?.1;
    let expressions = parse(provider.expressions?)?;
    let region = expressions.get("region")?;
    if let Some(Json::String(text)) = region.get("constant_value") {
        return Some(text.to_string());
    }
    let name = region.get("references")?.elements().first()?.as_str()?;
    let variable = parse(file.variables.get(name.strip_prefix("var.")?)?)?;
    variable.get("value").and_then(Json::as_str).map(str::to_owned)
}
