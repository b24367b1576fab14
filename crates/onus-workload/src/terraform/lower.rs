//! From the file's parts to resources.

use super::attributes::{Context, Written};
use super::cloud_control::{CloudControl, fold, properties};
use super::json::{Json, Source};
use super::plan::{Change, ConfigResource, Configuration, File, Instance, Module};
use super::references::{Resolver, Scope, parse, split_key};
use super::satellites::{self, Directory, Satellite};
use super::{Reading, mapping, syntax};
use onus_model::{
    Becomes, Coverage, Map, Mappings, Node, Problem, ProblemKind, Reference, Resource, Span, TypeMapping,
    Value,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    let mut lowering = Lowering {
        source,
        file,
        scope,
        mappings,
        cloud_control: names,
        resolver,
        changes,
        names: FxHashMap::default(),
        reading: Reading { problems, ..Reading::default() },
        satellites: Vec::new(),
        directory: Directory::default(),
        unmapped: BTreeMap::new(),
    };
    for (module, instances) in &modules {
        let module_scope = lowering.resolver.scope(&module.address.0);
        for (instance, span) in instances {
            lowering.instance(instance, *span, module_scope.as_ref());
        }
    }
    lowering.finish()
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

struct Lowering<'a, 'm> {
    source: Source<'a>,
    file: &'a File<'a>,
    scope: u32,
    mappings: &'m Mappings,
    cloud_control: Option<&'m CloudControl<'m>>,
    resolver: Resolver<'a>,
    changes: FxHashMap<&'a str, &'a Change<'a>>,
    names: FxHashMap<Box<str>, Arc<str>>,
    reading: Reading,
    satellites: Vec<Satellite<'m>>,
    directory: Directory,
    /// By type: the number of resources without a mapping, and the first one's place.
    unmapped: BTreeMap<Box<str>, (usize, Span)>,
}

impl<'a, 'm> Lowering<'a, 'm> {
    fn instance(&mut self, instance: &Instance<'a>, span: Span, scope: Option<&Scope<'a>>) {
        let kind = &*instance.kind.0;
        let is_aws = kind.starts_with("aws_") || kind.starts_with("awscc_");
        if instance.mode.0 == "data" || !is_aws {
            return;
        }
        if let Some(key) = instance.values.duplicate() {
            let message =
                format!("`{key}` stands more than once in `{}`; the first counts", instance.address.0);
            self.reading.problems.push(Problem::at(ProblemKind::Invalid, span, message));
        }
        let mappings = self.mappings;
        if let Some(names) = self.cloud_control.filter(|_| kind.starts_with("awscc_"))
            && let Some(found) = (names.resource_type)(&fold(kind))
        {
            self.by_rule(names, &found, instance, span, scope);
            return;
        }
        match mappings.get(kind) {
            Some(mapping) if mapping.becomes != Becomes::NoCounterpart => {
                self.mapped(mapping, instance, span, scope);
            }
            found => {
                if found.is_none() {
                    self.unmapped.entry(kind.into()).or_insert((0, span)).0 += 1;
                }
                let kind = self.name(kind);
                let empty = Node::new(Value::Map(Map::new()), span);
                let resource = self.resource(instance, kind, empty, Coverage::TypeOnly);
                self.reading.resources.push(resource);
            }
        }
    }

    fn mapped(
        &mut self,
        mapping: &'m TypeMapping,
        instance: &Instance<'a>,
        span: Span,
        scope: Option<&Scope<'a>>,
    ) {
        let written =
            scope.and_then(|scope| scope.resource(&format!("{}.{}", instance.kind.0, instance.name.0)));
        let attributes = self.attributes(&mapping::attributes(mapping), instance, span, scope, written);
        let properties = Node::new(Value::Map(mapping::properties(mapping, &attributes, span)), span);
        let kind = match &mapping.becomes {
            Becomes::Resource(kind) => self.name(kind),
            _ => self.name(&instance.kind.0),
        };
        let mut resource = self.resource(instance, kind, properties, Coverage::Full);
        let text = |name: &str| attributes.get(name).and_then(Node::as_str);
        let arn = text("arn").or_else(|| text("id").filter(|id| id.starts_with("arn:")));
        self.place(&mut resource, arn, text("region"), written);
        match &mapping.becomes {
            Becomes::Part(part) => {
                let by = attributes.get(&part.by).cloned();
                let references = self.references(&part.by, instance, scope, written);
                self.satellites.push(Satellite { part, resource, by, references });
            }
            _ => {
                let place = self.reading.resources.len();
                let identities = mapping.identity.iter().filter_map(|name| text(name)).map(Into::into);
                self.directory.add(place, &resource, identities);
                self.reading.resources.push(resource);
            }
        }
    }

    /// A resource of the provider `awscc`.
    fn by_rule(
        &mut self,
        names: &CloudControl<'_>,
        kind: &str,
        instance: &Instance<'a>,
        span: Span,
        scope: Option<&Scope<'a>>,
    ) {
        let written =
            scope.and_then(|scope| scope.resource(&format!("{}.{}", instance.kind.0, instance.name.0)));
        let change = self.changes.get(&*instance.address.0).copied();
        let unknown = change.and_then(|change| change.after_unknown).and_then(parse);
        let unknown = unknown.as_ref().map(Json::entries).unwrap_or_default();
        let known = instance.values.0.iter().map(|(name, _)| &**name);
        let mut wanted: Vec<&str> = known.chain(unknown.iter().map(|(name, _)| &**name)).collect();
        // `id` is Terraform's own.
        wanted.retain(|name| *name != "id");
        wanted.sort_unstable();
        wanted.dedup();
        let attributes = self.attributes(&wanted, instance, span, scope, written);
        let arn = attributes.get("arn").and_then(Node::as_str).map(str::to_owned);
        let map = Node::new(Value::Map(properties(names, kind, attributes)), span);
        let kind = self.name(kind);
        let mut resource = self.resource(instance, kind, map, Coverage::Full);
        self.place(&mut resource, arn.as_deref(), None, written);
        self.reading.resources.push(resource);
    }

    /// Fills in account and region as far as the source states them.
    fn place(
        &mut self,
        resource: &mut Resource,
        arn: Option<&str>,
        region: Option<&str>,
        written: Option<&ConfigResource<'_>>,
    ) {
        let region = region.map(str::to_owned).or_else(|| arn_field(arn, 3)).or_else(|| self.region(written));
        resource.region = region.map(|region| self.name(&region));
        let account = arn_field(arn, 4).filter(|account| account.len() == 12);
        resource.account = account.map(|account| self.name(&account));
    }

    /// The wanted attributes of an instance.
    fn attributes(
        &mut self,
        wanted: &[&str],
        instance: &Instance<'a>,
        span: Span,
        scope: Option<&Scope<'a>>,
        written: Option<&'a ConfigResource<'a>>,
    ) -> Map {
        let change = self.changes.get(&*instance.address.0).copied();
        let unknown = change.and_then(|change| change.after_unknown).and_then(parse);
        let sensitive = change.and_then(|change| change.after_sensitive).and_then(parse);
        let expressions = written.and_then(|written| written.expressions).map(parse);
        let (_, key) = split_key(&instance.address.0);
        let context = Context { resolver: &self.resolver, scope, resource: written, key };
        let empty = Json::Map(Vec::new());
        let mut attributes = Map::new();
        for name in wanted {
            let raw = instance.values.get(name);
            let unknown = unknown.as_ref().and_then(|all| all.get(name));
            if raw.is_none() && unknown.is_none() {
                continue;
            }
            let place = raw.map_or(span, |raw| self.source.span(raw));
            let known = match raw.map(|raw| serde_json::from_str::<Json<'_>>(raw.get())).transpose() {
                Ok(known) => known,
                Err(error) => {
                    let raw = raw.map_or("", |raw| raw.get());
                    self.reading.problems.push(syntax(self.source, raw, &error));
                    attributes
                        .push(*name, Node::new(Value::unknown_but_present("it could not be read"), place));
                    continue;
                }
            };
            let of = |all: Option<&Json<'a>>| all.and_then(|all| all.get(name)).cloned();
            let sensitive = both(of(instance.sensitive_values.as_ref()), of(sensitive.as_ref()));
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

    /// What the configuration sets an attribute to, known value or not.
    fn references(
        &self,
        attribute: &str,
        instance: &Instance<'a>,
        scope: Option<&Scope<'a>>,
        written: Option<&'a ConfigResource<'a>>,
    ) -> Vec<Reference> {
        let (Some(scope), Some(expressions)) = (scope, written.and_then(|written| written.expressions))
        else {
            return Vec::new();
        };
        let all = parse(expressions);
        let Some(expression) = all.as_ref().and_then(|all| all.get(attribute)) else { return Vec::new() };
        self.resolver.references(scope, expression, written, split_key(&instance.address.0).1)
    }

    fn resource(
        &mut self,
        instance: &Instance<'a>,
        kind: Arc<str>,
        properties: Node,
        coverage: Coverage,
    ) -> Resource {
        Resource {
            address: (*instance.address.0).into(),
            resource_type: kind,
            native_type: Some(self.name(&instance.kind.0)),
            scope: self.scope,
            account: None,
            region: None,
            span: properties.span,
            properties,
            coverage,
        }
    }

    /// A name that many resources share, stored once.
    fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(name) = self.names.get(name) {
            return name.clone();
        }
        let shared: Arc<str> = Arc::from(name);
        self.names.insert(name.into(), shared.clone());
        shared
    }

    /// The region that the resource's provider is configured with.
    fn region(&self, written: Option<&ConfigResource<'_>>) -> Option<String> {
        let configuration = self.file.configuration.as_ref()?;
        let key = written?.provider_config_key.as_ref().map(|key| &*key.0)?;
        region_of(configuration, key, self.file)
    }

    fn finish(mut self) -> Reading {
        satellites::fold(self.satellites, &self.directory, &mut self.reading.resources);
        self.reading.resources.sort_by_key(|resource| resource.span.start);
        for (kind, (count, span)) in self.unmapped {
            let resources =
                if count == 1 { "1 resource counts".to_owned() } else { format!("{count} resources count") };
            let message = format!(
                "`{kind}` has no mapping: {resources} for the service, but the properties are not checked"
            );
            self.reading.problems.push(Problem::at(ProblemKind::NotMapped, span, message));
        }
        self.reading
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

fn arn_field(arn: Option<&str>, field: usize) -> Option<String> {
    arn?.split(':').nth(field).filter(|text| !text.is_empty()).map(str::to_owned)
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
