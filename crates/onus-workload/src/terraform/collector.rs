//! What is common to all that Terraform configures: an instance's attributes become a resource by its type's mapping.
//!
//! A plan's instances and those of source text are lowered here, by the same rules.

use super::cloud_control::{CloudControl, fold, properties};
use super::mapping;
use super::releases::{self, Releases};
use super::satellites::{self, Directory, Satellite};
use super::typed;
use crate::{Reading, unset};
use onus_model::{
    Apart, Becomes, Coverage, Elsewhere, Map, Mappings, Node, Part, Problem, ProblemKind, Reference,
    Resource, Span, TypeMapping, Value,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A resource instance, wherever it was read from.
pub(super) trait Configured {
    /// Its address (`module.a.aws_s3_bucket.b["x"]`).
    fn address(&self) -> &str;
    /// Its type.
    fn kind(&self) -> &str;
    /// Where it stands.
    fn span(&self) -> Span;
    /// The names of the attributes that it sets or that are unknown, sorted.
    fn names(&self) -> Vec<String>;
    /// The wanted attributes, as far as they are set.
    fn attributes(&self, wanted: &[&str], problems: &mut Vec<Problem>) -> Map;
    /// What an attribute is set to, known value or not.
    fn references(&self, attribute: &str) -> Vec<Reference>;
    /// Whether its values are those that an author wrote, not those that a plan or state holds.
    fn is_written(&self) -> bool;
    /// The arguments whose values are written elsewhere.
    fn elsewhere(&self) -> Vec<Elsewhere>;
    /// The region that its provider is configured with.
    fn region(&self) -> Option<String>;
}

/// Collects the resources of one input.
pub(super) struct Collector<'m> {
    scope: u32,
    mappings: &'m Mappings,
    cloud_control: Option<&'m CloudControl<'m>>,
    names: FxHashMap<Box<str>, Arc<str>>,
    pub(super) reading: Reading,
    /// The releases of the provider that may be in use, where values are those that an author wrote.
    pub(super) releases: Releases,
    satellites: Vec<Satellite<'m>>,
    directory: Directory,
    /// By type: the number of resources without a mapping, and the first one's place.
    unmapped: BTreeMap<Box<str>, (usize, Span)>,
}

impl<'m> Collector<'m> {
    pub(super) fn new(
        scope: u32,
        mappings: &'m Mappings,
        cloud_control: Option<&'m CloudControl<'m>>,
        problems: Vec<Problem>,
    ) -> Self {
        Self {
            scope,
            mappings,
            cloud_control,
            names: FxHashMap::default(),
            reading: Reading { problems, ..Reading::default() },
            releases: Releases::NEWEST,
            satellites: Vec::new(),
            directory: Directory::default(),
            unmapped: BTreeMap::new(),
        }
    }

    /// Whether resources of a type are read at all.
    pub(super) fn reads(kind: &str) -> bool {
        kind.starts_with("aws_") || kind.starts_with("awscc_")
    }

    /// Adds an instance of a type that is [read](Self::reads).
    pub(super) fn add(&mut self, instance: &dyn Configured) {
        let kind = instance.kind();
        if let Some(names) = self.cloud_control.filter(|_| kind.starts_with("awscc_"))
            && let Some(found) = (names.resource_type)(&fold(kind))
        {
            self.by_rule(names, &found, instance);
            return;
        }
        let mappings = self.mappings;
        match mappings.get(kind) {
            Some(mapping) if mapping.becomes != Becomes::NoCounterpart => self.mapped(mapping, instance),
            found => {
                if found.is_none() {
                    self.unmapped.entry(kind.into()).or_insert((0, instance.span())).0 += 1;
                }
                let kind = self.name(kind);
                let empty = Node::new(Value::Map(Map::new()), instance.span());
                let resource = self.resource(instance, kind, empty, Coverage::TypeOnly);
                self.reading.resources.push(resource);
            }
        }
    }

    fn mapped(&mut self, mapping: &'m TypeMapping, instance: &dyn Configured) {
        let span = instance.span();
        let mut attributes = instance.attributes(&mapping::attributes(mapping), &mut self.reading.problems);
        if let Some(types) = &mapping.types {
            typed::convert(types, &mut attributes);
        }
        if instance.is_written() {
            releases::fill(&mapping.fields, &mut attributes, self.releases, span);
        }
        let mut properties = Node::new(Value::Map(mapping::properties(mapping, &attributes, span)), span);
        if !instance.is_written() && mapping.has_secrets() {
            mapping::close_secrets(&mut properties);
        }
        let kind = match &mapping.becomes {
            Becomes::Resource(kind) => self.name(kind),
            _ => self.name(instance.kind()),
        };
        let mut resource = self.resource(instance, kind, properties, Coverage::Full);
        let text = |name: &str| attributes.get(name).and_then(Node::as_str).filter(|text| !text.is_empty());
        let arn = text("arn").or_else(|| text("id").filter(|id| id.starts_with("arn:")));
        self.place(&mut resource, arn, text("region"), instance);
        match &mapping.becomes {
            Becomes::Part(part) => self.part(part, resource, &attributes, instance),
            _ => {
                let place = self.reading.resources.len();
                if let Some(by) = &mapping.known_by {
                    self.directory.known_by(instance.address(), instance.references(by));
                }
                let identities = mapping.identity.iter().filter_map(|name| text(name)).map(Into::into);
                self.directory.add(place, &resource, identities);
                let apart = mapping.apart.iter();
                let apart: Vec<_> =
                    apart.filter_map(|apart| self.apart(apart, &resource, &attributes)).collect();
                self.reading.resources.push(resource);
                self.reading.resources.extend(apart);
            }
        }
    }

    /// A part of other resources: of each that its attributes name.
    fn part(&mut self, part: &'m Part, resource: Resource, attributes: &Map, instance: &dyn Configured) {
        let mut found = Vec::new();
        for part in part.all() {
            let references = instance.references(&part.by);
            match attributes.get(&part.by) {
                Some(Node { value: Value::List(all), .. }) => found.extend(all.iter().map(|by| {
                    let references = match &by.value {
                        Value::Unknown(unknown) => unknown.references.clone(),
                        _ => Vec::new(),
                    };
                    (part, Some(by.clone()), references)
                })),
                // One of several that it may be a part of.
                None if !part.and.is_empty() || !found.is_empty() => {}
                by => {
                    self.directory.known_by(instance.address(), references.clone());
                    found.push((part, by.cloned(), references));
                }
            }
        }
        if found.is_empty() {
            let nobody = Node::new(Value::string(""), resource.span);
            found.push((part, Some(nobody), Vec::new()));
        }
        for (part, by, references) in found {
            let whole = part.of.iter().find_map(|kind| satellites::whole(self.mappings, kind, &part.by));
            self.satellites.push(Satellite { part, whole, resource: resource.clone(), by, references });
        }
    }

    /// An argument that is a resource of its own in CloudFormation.
    fn apart(&mut self, apart: &Apart, owner: &Resource, attributes: &Map) -> Option<Resource> {
        let node = attributes.get(&apart.attribute).filter(|node| node.as_str() != Some(""))?;
        let mapping = self.mappings.get(&apart.terraform_type)?;
        let Becomes::Resource(kind) = &mapping.becomes else { return None };
        let name = Value::name_of(owner.address.clone(), None);
        let given = Map::from_iter([
            (apart.by.as_str(), Node::new(name, owner.span)),
            (apart.like.as_str(), node.clone()),
        ]);
        let properties = Value::Map(mapping::properties(mapping, &given, node.span));
        let resource_type = self.name(kind);
        Some(Resource {
            address: format!("{}/{}", owner.address, apart.attribute).into(),
            resource_type,
            properties: Node::new(properties, node.span),
            span: node.span,
            ..owner.clone()
        })
    }

    /// A resource of the provider `awscc`.
    fn by_rule(&mut self, names: &CloudControl<'_>, kind: &str, instance: &dyn Configured) {
        let wanted = instance.names();
        // `id` is Terraform's own.
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).filter(|name| *name != "id").collect();
        let attributes = instance.attributes(&wanted, &mut self.reading.problems);
        let arn = attributes.get("arn").and_then(Node::as_str).map(str::to_owned);
        let mut properties = properties(names, kind, attributes);
        unset::drop_empty(&mut properties);
        let map = Node::new(Value::Map(properties), instance.span());
        let kind = self.name(kind);
        let mut resource = self.resource(instance, kind, map, Coverage::Full);
        self.place(&mut resource, arn.as_deref(), None, instance);
        self.reading.resources.push(resource);
    }

    /// Fills in account and region as far as the source states them.
    fn place(
        &mut self,
        resource: &mut Resource,
        arn: Option<&str>,
        region: Option<&str>,
        instance: &dyn Configured,
    ) {
        let region = region.map(str::to_owned).or_else(|| arn_field(arn, 3)).or_else(|| instance.region());
        resource.region = region.map(|region| self.name(&region));
        let account = arn_field(arn, 4).filter(|account| account.len() == 12);
        resource.account = account.map(|account| self.name(&account));
    }

    fn resource(
        &mut self,
        instance: &dyn Configured,
        kind: Arc<str>,
        properties: Node,
        coverage: Coverage,
    ) -> Resource {
        Resource {
            address: instance.address().into(),
            resource_type: kind,
            native_type: Some(self.name(instance.kind())),
            scope: self.scope,
            root: None,
            account: None,
            region: None,
            span: properties.span,
            properties,
            coverage,
            elsewhere: if coverage == Coverage::Full { instance.elsewhere() } else { Vec::new() },
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

    /// Folds the satellites, and gives what was read, in the order of the source.
    pub(super) fn finish(mut self) -> Reading {
        satellites::fold(self.satellites, &self.directory, &mut self.reading.resources);
        self.reading.resources.sort_by_key(|resource| (resource.span.file, resource.span.start));
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

fn arn_field(arn: Option<&str>, field: usize) -> Option<String> {
    arn?.split(':').nth(field).filter(|text| !text.is_empty()).map(str::to_owned)
}
