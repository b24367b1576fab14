//! A module as it runs: what its names mean, and what its blocks become.

use super::configuration::{Declared, Module, is_local, span};
use super::{Variables, World, policy};
use crate::walk::identity;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Body, Structure};
use onus_hcl::{
    Data, Evaluator, Files, Instance, MAX_SIZE, Scope, Type, Unknown, Val, convert, items, read_type,
    written_key,
};
use onus_model::{FileId, Problem, ProblemKind, Reference, Span};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// Modules within modules run this deep: one that calls itself would go on for ever.
const MAX_MODULE_DEPTH: usize = 24;

/// A block has at most this many instances.
const MAX_INSTANCES: usize = 100_000;

/// Blocks within blocks are read this deep; AWS's deepest (WAF's statements) have about 20.
const MAX_BLOCK_DEPTH: usize = 64;

/// An instance of a module.
pub(super) struct Running<'c> {
    pub(super) world: &'c World<'c>,
    pub(super) module: &'c Module<'c>,
    folder: PathBuf,
    root: PathBuf,
    /// `module.a["x"]`, or empty for the root.
    pub(super) address: String,
    /// The names of the calls that lead here, as Terraform's list of fetched modules has them: `a.b`.
    calls: String,
    depth: usize,
    inputs: Inputs<'c>,
    /// The providers that its call gives it.
    given: BTreeMap<String, Rc<Provider>>,
    /// Those, and its own; empty while they are worked out, in case one depends on itself.
    providers: RefCell<Option<BTreeMap<String, Rc<Provider>>>>,
    this: Weak<Self>,
    names: RefCell<FxHashMap<String, Option<Val>>>,
    expansions: RefCell<FxHashMap<String, Rc<Expansion>>>,
    children: RefCell<FxHashMap<String, Rc<Children<'c>>>>,
}

/// A provider's configuration.
#[derive(Debug, Default)]
pub(super) struct Provider {
    pub(super) region: Option<Val>,
    pub(super) default_tags: Option<Val>,
}

/// Where a module's variables have their values from.
enum Inputs<'c> {
    Root(&'c Variables),
    Call(Box<Calling<'c>>),
}

/// The call that a module runs by.
struct Calling<'c> {
    parent: Rc<Running<'c>>,
    call: Declared<'c>,
    each: Each,
}

/// The instances of a block.
pub(super) struct Expansion {
    pub(super) instances: Vec<Each>,
    /// Whether it has `count`, `for_each`, or neither.
    kind: Kind,
}

impl Expansion {
    /// One instance that stands for an unknown number of them.
    fn open(unknown: &Unknown) -> Self {
        let value = || Some(Val::unknown(unknown.clone()));
        let each = Each { suffix: String::new(), key: value(), value: value(), index: value() };
        Self { instances: vec![each], kind: Kind::Open }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Single,
    Count,
    ForEach,
    /// It has one of them, and what that comes to is not known.
    Open,
}

/// One instance of a block: its key, and what `each` and `count` are in it.
#[derive(Clone, Default)]
pub(super) struct Each {
    /// `[0]`, `["x"]`, or empty.
    pub(super) suffix: String,
    key: Option<Val>,
    value: Option<Val>,
    index: Option<Val>,
}

/// The instances of a module call; none where the module is not there.
type Children<'c> = Option<Vec<(Each, Rc<Running<'c>>)>>;

/// A module's names together with those of an instance of one of its blocks.
struct Within<'r, 'c> {
    running: &'r Running<'c>,
    each: &'r Each,
}

impl Scope for Within<'_, '_> {
    fn name(&self, root: &str, attributes: &[&str]) -> Option<(Val, usize)> {
        let found = match (root, attributes.first().copied()) {
            ("each", Some("key")) => self.each.key.clone()?,
            ("each", Some("value")) => self.each.value.clone()?,
            ("count", Some("index")) => self.each.index.clone()?,
            _ => return self.running.name(root, attributes),
        };
        Some((found, 1))
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(self.running)
    }
}

impl<'c> Running<'c> {
    /// The root module of a folder.
    pub(super) fn root(world: &'c World<'c>, folder: PathBuf, variables: &'c Variables) -> Option<Rc<Self>> {
        let module = world.modules.get(&folder)?;
        Some(Rc::new_cyclic(|this| Self {
            world,
            module,
            root: folder.clone(),
            folder,
            address: String::new(),
            calls: String::new(),
            depth: 0,
            inputs: Inputs::Root(variables),
            given: BTreeMap::new(),
            providers: RefCell::default(),
            this: this.clone(),
            names: RefCell::default(),
            expansions: RefCell::default(),
            children: RefCell::default(),
        }))
    }

    /// A provider by the name that it has in this module.
    fn provider_named(&self, name: &str) -> Option<Rc<Provider>> {
        if self.providers.borrow().is_none() {
            *self.providers.borrow_mut() = Some(BTreeMap::new());
            let made = self.configured();
            *self.providers.borrow_mut() = Some(made);
        }
        self.providers.borrow().as_ref()?.get(name).cloned()
    }

    /// The providers that this module configures, over those that it is given.
    fn configured(&self) -> BTreeMap<String, Rc<Provider>> {
        let mut given = self.given.clone();
        let each = Each::default();
        for declared in &self.module.providers {
            let value = |name: &str| {
                let (file, attribute) = declared.attribute(name)?;
                Some(self.value(&attribute.value, file, &each))
            };
            let alias = declared.block.body.get_attribute("alias").and_then(|alias| alias.value.as_str());
            let name = declared.label(0);
            let name = alias.map_or_else(|| name.to_owned(), |alias| format!("{name}.{alias}"));
            let tags = declared.bodies().find_map(|(file, body)| {
                let block = body.get_blocks("default_tags").next()?;
                Some(self.value(&block.body.get_attribute("tags")?.value, file, &each))
            });
            given.insert(name, Rc::new(Provider { region: value("region"), default_tags: tags }));
        }
        given
    }

    /// The address of something of this module.
    pub(super) fn address_of(&self, inner: &str) -> String {
        if self.address.is_empty() { inner.to_owned() } else { format!("{}.{inner}", self.address) }
    }

    /// The value of an expression; where it fails, that is a problem, and the value is unknown.
    pub(super) fn value(&self, expression: &Expression, file: FileId, each: &Each) -> Val {
        self.value_in(expression, file, &Within { running: self, each })
    }

    /// A value that is worked out once; while it is, it is unknown to itself.
    fn once(&self, name: &str, make: impl FnOnce() -> Option<Val>) -> Option<Val> {
        if let Some(found) = self.names.borrow().get(name) {
            return found.clone();
        }
        let circle = Val::unknown(Unknown::new(format!("`{name}` refers to itself")));
        self.names.borrow_mut().insert(name.to_owned(), Some(circle));
        let made = make().map(|value| match value.size(MAX_SIZE) {
            Some(_) => value,
            None => {
                let message = format!("`{name}` has more than a million parts");
                Val::unknown(Unknown::new(message))
            }
        });
        self.names.borrow_mut().insert(name.to_owned(), made.clone());
        made
    }

    fn variable(&self, name: &str) -> Option<Val> {
        let declared = self.module.variables.get(name)?;
        self.once(&format!("var.{name}"), || Some(self.variable_of(name, declared)))
    }

    fn variable_of(&self, name: &str, declared: &Declared<'c>) -> Val {
        let none = Each::default();
        let scope = Within { running: self, each: &none };
        let constant = |expression: &Expression| {
            Evaluator::new(&scope, Some(declared.file), &self.world.budget).value(expression).ok()
        };
        let kind = match declared.attribute("type") {
            Some((file, attribute)) => match read_type(&attribute.value, &constant) {
                Ok(kind) => kind,
                Err(why) => {
                    self.world.report(Problem::at(ProblemKind::Invalid, span(file, &attribute.value), why));
                    Type::Any
                }
            },
            None => Type::Any,
        };
        let truth = |argument: &str| {
            let (file, attribute) = declared.attribute(argument)?;
            match self.value(&attribute.value, file, &none).data {
                Data::Bool(truth) => Some(truth),
                _ => None,
            }
        };
        let (sensitive, nullable) = (truth("sensitive") == Some(true), truth("nullable") != Some(false));
        let stated = match &self.inputs {
            Inputs::Root(variables) => variables.value(name, &kind),
            Inputs::Call(by) => {
                let stated = by.call.attribute(name);
                stated.map(|(file, attribute)| by.parent.value(&attribute.value, file, &by.each))
            }
        };
        let stated = stated.filter(|value| nullable || !value.is_null());
        let value = stated.or_else(|| {
            let (file, attribute) = declared.attribute("default")?;
            Some(self.value(&attribute.value, file, &none))
        });
        let value = value.unwrap_or_else(|| {
            let unknown = Unknown::new(format!("the variable `{name}` has no value")).typed(kind.clone());
            Val::unknown(Unknown { present: !nullable, ..unknown }).at(Some(declared.span()))
        });
        let place = value.span;
        let value = convert(&value, &kind).unwrap_or_else(|why| {
            let message = format!("the value of `{name}` is not of its type: {why}");
            let place = place.unwrap_or_else(|| declared.span());
            self.world.report(Problem::at(ProblemKind::Invalid, place, message.as_str()));
            Val::unknown(Unknown::new(message)).at(Some(place))
        });
        value.marked(sensitive)
    }

    fn local(&self, name: &str) -> Option<Val> {
        let (file, expression) = *self.module.locals.get(name)?;
        self.once(&format!("local.{name}"), || Some(self.value(expression, file, &Each::default())))
    }

    /// The instances of a block that may have `count` or `for_each`.
    pub(super) fn expansion(&self, name: &str, declared: &Declared<'c>) -> Rc<Expansion> {
        if let Some(found) = self.expansions.borrow().get(name) {
            return found.clone();
        }
        let open = |unknown: &Unknown, place: Span| {
            let message =
                format!("how many of `{name}` there are is not known: {}; it is read once", unknown.reason);
            self.world.report(Problem::at(ProblemKind::NotEvaluated, place, message));
            Expansion::open(unknown)
        };
        // Until it is known, it is of itself one of unknown number.
        let circle = Expansion::open(&Unknown::new(format!("the number of `{name}` depends on itself")));
        self.expansions.borrow_mut().insert(name.to_owned(), Rc::new(circle));
        let made = if let Some((file, attribute)) = declared.attribute("count") {
            let place = span(file, &attribute.value);
            let count = self.value(&attribute.value, file, &Each::default());
            if let Some(unknown) = count.as_unknown() {
                open(unknown, place)
            } else if let Ok(Data::Number(number)) = convert(&count, &Type::Number).map(|count| count.data)
                && let Some(count) = number.as_usize()
            {
                self.counted(name, count, place)
            } else {
                let message = "`count` is not a whole number from 0 on";
                self.world.report(Problem::at(ProblemKind::Invalid, place, message));
                open(&Unknown::new(message), place)
            }
        } else if let Some((file, attribute)) = declared.attribute("for_each") {
            let place = span(file, &attribute.value);
            let over = self.value(&attribute.value, file, &Each::default());
            if let Some(unknown) = over.as_unknown() {
                open(unknown, place)
            } else {
                self.keyed(name, &over, place)
            }
        } else {
            Expansion { instances: vec![Each::default()], kind: Kind::Single }
        };
        let made = Rc::new(made);
        self.expansions.borrow_mut().insert(name.to_owned(), made.clone());
        made
    }

    fn counted(&self, name: &str, count: usize, place: Span) -> Expansion {
        let instances = (0..self.bounded(name, count, place)).map(|index| Each {
            suffix: format!("[{index}]"),
            index: Some(Val::number(index)),
            ..Each::default()
        });
        Expansion { instances: instances.collect(), kind: Kind::Count }
    }

    fn keyed(&self, name: &str, over: &Val, place: Span) -> Expansion {
        let pairs: Vec<(Arc<str>, Val)> = match &over.data {
            Data::Object(all) | Data::Map(all) => {
                all.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
            }
            Data::Set(all) => {
                all.iter().filter_map(|key| Some((key.as_str()?.into(), key.clone()))).collect()
            }
            _ => {
                let message = "`for_each` goes over a map or a set of strings";
                self.world.report(Problem::at(ProblemKind::Invalid, place, message));
                Vec::new()
            }
        };
        let most = self.bounded(name, pairs.len(), place);
        let instances = pairs.into_iter().take(most).map(|(key, value)| Each {
            suffix: format!("[{}]", onus_hcl::to_json(&Val::string(key.clone())).unwrap_or_default()),
            key: Some(Val::string(key)),
            value: Some(value.marked(over.sensitive)),
            index: None,
        });
        Expansion { instances: instances.collect(), kind: Kind::ForEach }
    }

    fn bounded(&self, name: &str, wanted: usize, place: Span) -> usize {
        let left = self.world.instances_left.get();
        let granted = wanted.min(MAX_INSTANCES).min(left);
        self.world.instances_left.set(left - granted);
        if granted < wanted {
            let message = format!("`{name}` has {wanted} instances, of which only {granted} are read");
            self.world.report(Problem::at(ProblemKind::Limit, place, message));
        }
        granted
    }

    /// A resource or data source as expressions see it: one, a list, or a map of instances.
    fn instances(&self, name: &str, declared: &Declared<'c>, is_data: bool) -> Val {
        let expansion = self.expansion(name, declared);
        let one = |each: &Each| self.instance(name, declared, each, is_data);
        match expansion.kind {
            Kind::Single => expansion.instances.first().map_or(Val::null(), one),
            Kind::Open => Val::unknown(whole(&self.address_of(name))),
            Kind::Count => Val::tuple(expansion.instances.iter().map(one).collect()),
            Kind::ForEach => {
                let entry = |each: &Each| Some((each.key.as_ref()?.as_str()?.into(), one(each)));
                Val::object(expansion.instances.iter().filter_map(entry).collect())
            }
        }
    }

    fn instance(&self, name: &str, declared: &Declared<'c>, each: &Each, is_data: bool) -> Val {
        let address = self.address_of(&format!("{name}{}", each.suffix));
        self.once(&address, || {
            let mut attributes = self.attributes(declared, each);
            if is_data {
                self.complete_data(declared, &mut attributes, each);
            }
            let made = Instance { attributes, whole: whole(&address) };
            Some(Val::new(Data::Instance(Arc::new(made))))
        })
        .unwrap_or(Val::null())
    }

    /// What a data source gives that can be known without asking AWS.
    fn complete_data(&self, declared: &Declared<'c>, attributes: &mut BTreeMap<Arc<str>, Val>, each: &Each) {
        let region = || self.provider(declared).and_then(|provider| provider.region.clone());
        match declared.label(0) {
            "aws_iam_policy_document" => {
                let document = policy::document(attributes);
                attributes.insert("json".into(), document.clone().at(Some(declared.span())));
                attributes.insert("minified_json".into(), document.at(Some(declared.span())));
            }
            "aws_region" if each.suffix.is_empty() => {
                if let Some(region) = region().filter(|region| region.as_str().is_some()) {
                    for name in ["name", "region", "id"] {
                        attributes.entry(name.into()).or_insert_with(|| region.clone());
                    }
                }
            }
            "aws_caller_identity" => {
                if let Some(account) = &self.world.account {
                    attributes.insert("account_id".into(), Val::string(account.as_str()));
                }
            }
            _ => {}
        }
    }

    /// The configuration of the provider that a resource names, or its default one.
    pub(super) fn provider(&self, declared: &Declared<'c>) -> Option<Rc<Provider>> {
        let named = declared.attribute("provider").map(|(_, attribute)| provider_name(&attribute.value));
        let name =
            named.unwrap_or_else(|| declared.label(0).split('_').next().unwrap_or_default().to_owned());
        self.provider_named(&name)
    }

    /// What an instance's arguments and blocks are set to.
    pub(super) fn attributes(&self, declared: &Declared<'c>, each: &Each) -> BTreeMap<Arc<str>, Val> {
        let scope = Within { running: self, each };
        let mut made = BTreeMap::new();
        for (file, body) in declared.bodies() {
            let own = self.body(body, file, &scope, 0);
            made.extend(own);
        }
        made
    }

    /// Arguments and blocks; blocks of one name become a list.
    fn body(&self, body: &Body, file: FileId, scope: &dyn Scope, depth: usize) -> BTreeMap<Arc<str>, Val> {
        let mut made: BTreeMap<Arc<str>, Val> = BTreeMap::new();
        let mut blocks: BTreeMap<&str, Result<Vec<Val>, (Unknown, Span)>> = BTreeMap::new();
        if depth > MAX_BLOCK_DEPTH {
            return made;
        }
        for structure in body {
            match structure {
                Structure::Attribute(attribute) if depth == 0 && is_meta(attribute.key.as_str()) => {}
                Structure::Attribute(attribute) => {
                    let value = self.value_in(&attribute.value, file, scope);
                    made.insert(attribute.key.as_str().into(), value);
                }
                Structure::Block(block) if block.ident.as_str() == "dynamic" => {
                    let Some(name) = block.labels.first().map(|label| label.as_str()) else { continue };
                    let own = self.dynamic(name, &block.body, file, scope, depth);
                    let all = blocks.entry(name).or_insert_with(|| Ok(Vec::new()));
                    match (all, own) {
                        (Ok(all), Ok(own)) => all.extend(own),
                        (all @ Ok(_), Err(unknown)) => *all = Err((unknown, span(file, block))),
                        (Err(_), _) => {}
                    }
                }
                Structure::Block(block) if depth == 0 && is_meta(block.ident.as_str()) => {}
                Structure::Block(block) => {
                    let own = Val::object(self.body(&block.body, file, scope, depth + 1));
                    let own = own.at(Some(span(file, block)));
                    if let Ok(all) = blocks.entry(block.ident.as_str()).or_insert_with(|| Ok(Vec::new())) {
                        all.push(own);
                    }
                }
            }
        }
        for (name, all) in blocks {
            let value = match all {
                Ok(all) => {
                    let place = all.first().and_then(|first| first.span);
                    Val::tuple(all).at(place)
                }
                // Whether there is a block at all is not known.
                Err((unknown, place)) => Val::unknown(Unknown { present: false, ..unknown }).at(Some(place)),
            };
            made.insert(name.into(), value);
        }
        made
    }

    /// The same in any scope.
    fn value_in(&self, expression: &Expression, file: FileId, scope: &dyn Scope) -> Val {
        match Evaluator::new(scope, Some(file), &self.world.budget).value(expression) {
            Ok(value) => value,
            Err(failure) => {
                let place = failure.span.unwrap_or_else(|| span(file, expression));
                let kind = if failure.is_limit { ProblemKind::Limit } else { ProblemKind::Invalid };
                self.world.report(Problem::at(kind, place, failure.message.as_str()));
                Val::unknown(Unknown::new(failure.message)).at(Some(place))
            }
        }
    }

    /// The blocks that a `dynamic` block makes.
    fn dynamic(
        &self,
        name: &str,
        body: &Body,
        file: FileId,
        scope: &dyn Scope,
        depth: usize,
    ) -> Result<Vec<Val>, Unknown> {
        let Some(over) = body.get_attribute("for_each") else { return Ok(Vec::new()) };
        let over_value = self.value_in(&over.value, file, scope);
        if let Some(unknown) = over_value.as_unknown() {
            return Err(unknown.clone());
        }
        let iterator = match body.get_attribute("iterator").map(|attribute| &attribute.value) {
            Some(Expression::Variable(name)) => name.as_str(),
            _ => name,
        };
        let Some(content) = body.get_blocks("content").next() else { return Ok(Vec::new()) };
        let Some(items) = items(&over_value) else {
            let message = "`for_each` goes over a list, a set or a map";
            self.world.report(Problem::at(ProblemKind::Invalid, span(file, &over.value), message));
            return Err(Unknown::new(message));
        };
        let mut made = Vec::new();
        for (key, value) in items {
            if !self.world.budget.take(1) {
                return Err(Unknown::new("the configuration takes too long to evaluate"));
            }
            let entries = [("key".into(), key), ("value".into(), value.marked(over_value.sensitive))];
            let own = Iteration { name: iterator, value: Val::object(entries.into()), outer: scope };
            let block = Val::object(self.body(&content.body, file, &own, depth + 1));
            made.push(block.at(Some(span(file, content))));
        }
        Ok(made)
    }

    /// The instances of a module call.
    pub(super) fn children(self: &Rc<Self>, name: &str) -> Rc<Children<'c>> {
        if let Some(found) = self.children.borrow().get(name) {
            return found.clone();
        }
        let made = Rc::new(self.module.calls.get(name).and_then(|call| self.called(name, call)));
        self.children.borrow_mut().insert(name.to_owned(), made.clone());
        made
    }

    fn called(self: &Rc<Self>, name: &str, call: &Declared<'c>) -> Children<'c> {
        let calls = if self.calls.is_empty() { name.to_owned() } else { format!("{}.{name}", self.calls) };
        let folder = self.folder_of(call, &calls)?;
        if self.depth >= MAX_MODULE_DEPTH {
            let message = format!("modules are nested more than {MAX_MODULE_DEPTH} deep");
            self.world.report(Problem::at(ProblemKind::Limit, call.span(), message));
            return None;
        }
        let module = self.world.modules.get(&folder)?;
        let expansion = self.expansion(&format!("module.{name}"), call);
        let given = self.handed_down(call);
        let mut made = Vec::new();
        for each in &expansion.instances {
            let running = Rc::new_cyclic(|this| Self {
                world: self.world,
                module,
                root: self.root.clone(),
                folder: folder.clone(),
                address: self.address_of(&format!("module.{name}{}", each.suffix)),
                calls: calls.clone(),
                depth: self.depth + 1,
                inputs: Inputs::Call(Box::new(Calling {
                    parent: Rc::clone(self),
                    call: call.clone(),
                    each: each.clone(),
                })),
                given: given.clone(),
                providers: RefCell::default(),
                this: this.clone(),
                names: RefCell::default(),
                expansions: RefCell::default(),
                children: RefCell::default(),
            });
            made.push((each.clone(), running));
        }
        Some(made)
    }

    /// The providers that a call gives to its module.
    fn handed_down(&self, call: &Declared<'c>) -> BTreeMap<String, Rc<Provider>> {
        self.provider_named("");
        let mut given = self.providers.borrow().clone().unwrap_or_default();
        given.retain(|name, _| !name.contains('.'));
        if let Some((_, attribute)) = call.attribute("providers")
            && let Expression::Object(entries) = &attribute.value
        {
            for (key, value) in entries {
                let own = match (written_key(key), key.as_expr()) {
                    (Some(name), _) => name.to_owned(),
                    (None, Some(expression)) => provider_name(expression),
                    (None, None) => continue,
                };
                match self.provider_named(&provider_name(value.expr())) {
                    Some(provider) => given.insert(own, provider),
                    None => given.remove(&own),
                };
            }
        }
        given
    }

    /// The folder of a call's module; where it is not there, that is reported.
    fn folder_of(&self, call: &Declared<'c>, calls: &str) -> Option<PathBuf> {
        let source = call.attribute("source").and_then(|(_, attribute)| attribute.value.as_str());
        let Some(source) = source else {
            let message = "the source of this module is not written out, so it is not read";
            self.world.report(Problem::at(ProblemKind::NotEvaluated, call.span(), message));
            return None;
        };
        if is_local(source) {
            let folder = identity(&self.folder.join(source));
            if self.world.modules.contains_key(&folder) {
                return Some(folder);
            }
            let message = format!("there is no Terraform source at `{source}`");
            self.world.report(Problem::at(ProblemKind::Invalid, call.span(), message));
            return None;
        }
        let fetched = self.world.fetched.get(&(self.root.clone(), calls.to_owned()));
        if let Some(folder) = fetched.filter(|folder| self.world.modules.contains_key(*folder)) {
            return Some(folder.clone());
        }
        let message = format!(
            "the module `{source}` is not here, so what it holds is missing and its outputs are unknown"
        );
        let problem = Problem::at(ProblemKind::NotEvaluated, call.span(), message);
        self.world.report(problem.help("fetch it with `terraform init`, or read a plan"));
        None
    }

    fn output(&self, name: &str) -> Option<Val> {
        let declared = self.module.outputs.get(name)?;
        self.once(&format!("output.{name}"), || {
            let (file, attribute) = declared.attribute("value")?;
            let sensitive = declared
                .attribute("sensitive")
                .is_some_and(|(_, attribute)| attribute.value.as_bool() == Some(true));
            Some(self.value(&attribute.value, file, &Each::default()).marked(sensitive))
        })
    }

    fn outputs(&self) -> Val {
        let entry = |name: &&str| Some(((*name).into(), self.output(name)?));
        Val::object(self.module.outputs.keys().filter_map(entry).collect())
    }

    /// What `module.a` and what follows means.
    fn module_value(&self, name: &str, output: Option<&str>) -> Option<(Val, usize)> {
        let call = self.module.calls.get(name)?;
        let this = self.this.upgrade()?;
        let children = this.children(name);
        let Some(children) = children.as_ref() else {
            let reason = format!("the module `{name}` is not read");
            return Some((Val::unknown(Unknown::new(reason)), 1));
        };
        let expansion = self.expansion(&format!("module.{name}"), call);
        let value = match expansion.kind {
            Kind::Single => {
                let (_, child) = children.first()?;
                return match output {
                    Some(output) => Some((child.output(output)?, 2)),
                    None => Some((child.outputs(), 1)),
                };
            }
            Kind::Open => {
                Val::unknown(Unknown::new(format!("how many of `module.{name}` there are is not known")))
            }
            Kind::Count => Val::tuple(children.iter().map(|(_, child)| child.outputs()).collect()),
            Kind::ForEach => {
                let entry = |(each, child): &(Each, Rc<Self>)| {
                    Some((each.key.as_ref()?.as_str()?.into(), child.outputs()))
                };
                Val::object(children.iter().filter_map(entry).collect())
            }
        };
        Some((value, 1))
    }

    fn path(&self, which: &str) -> Option<Val> {
        let relative = |from: &PathBuf| {
            let path = self.folder.strip_prefix(from).ok()?.to_string_lossy().replace('\\', "/");
            Some(if path.is_empty() { ".".to_owned() } else { path })
        };
        match which {
            "root" => Some(Val::string(".")),
            "module" => Some(match relative(&self.root) {
                Some(path) => Val::string(path),
                None => Val::string(self.folder.to_string_lossy().replace('\\', "/")),
            }),
            "cwd" => Some(Val::unknown(Unknown::present("the folder in which Terraform is run"))),
            _ => None,
        }
    }
}

/// What is known of a resource as a whole.
fn whole(address: &str) -> Unknown {
    let references = vec![Reference { address: address.into(), attribute: None }];
    Unknown { references, ..Unknown::present(format!("`{address}` is known only after apply")) }
}

/// `aws`, `aws.west`, or either as a text.
fn provider_name(expression: &Expression) -> String {
    match expression {
        Expression::Variable(name) => name.as_str().to_owned(),
        Expression::String(name) => name.as_str().to_owned(),
        Expression::Traversal(traversal) => {
            let mut name = provider_name(&traversal.expr);
            for operator in &traversal.operators {
                if let hcl_edit::expr::TraversalOperator::GetAttr(part) = operator.value() {
                    name = format!("{name}.{}", part.as_str());
                }
            }
            name
        }
        _ => String::new(),
    }
}

/// Arguments and blocks that say how Terraform treats a resource, not what it is.
fn is_meta(name: &str) -> bool {
    matches!(
        name,
        "count" | "for_each" | "provider" | "depends_on" | "lifecycle" | "connection" | "provisioner"
    )
}

impl Scope for Running<'_> {
    fn name(&self, root: &str, attributes: &[&str]) -> Option<(Val, usize)> {
        let first = attributes.first().copied();
        match root {
            "var" => Some((self.variable(first?)?, 1)),
            "local" => Some((self.local(first?)?, 1)),
            "path" => Some((self.path(first?)?, 1)),
            "terraform" | "tofu" => match first? {
                "workspace" => Some((Val::string(self.world.workspace.as_str()), 1)),
                _ => Some((Val::unknown(Unknown::present("known only to Terraform")), 1)),
            },
            "module" => self.module_value(first?, attributes.get(1).copied()),
            "each" | "count" | "self" => {
                Some((Val::unknown(Unknown::new(format!("`{root}` has no meaning here"))), 0))
            }
            "data" => {
                let (kind, name) = (first?, attributes.get(1).copied()?);
                let declared = self.module.data.get(&(kind, name))?;
                Some((self.instances(&format!("data.{kind}.{name}"), declared, true), 2))
            }
            kind => {
                let name = first?;
                let declared = self.module.resources.get(&(kind, name))?;
                let full = format!("{kind}.{name}");
                if declared.attribute("count").is_none()
                    && declared.attribute("for_each").is_none()
                    && let Some(attribute) = attributes.get(1)
                {
                    return Some((self.single_attribute(&full, declared, attribute), 2));
                }
                Some((self.instances(&full, declared, false), 1))
            }
        }
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(self)
    }
}

impl<'c> Running<'c> {
    /// One attribute of a resource without `count`: the others need not be worked out, and may refer back.
    fn single_attribute(&self, name: &str, declared: &Declared<'c>, attribute: &str) -> Val {
        let address = self.address_of(name);
        let key = format!("{address}.{attribute}");
        let made = self.once(&key, || match declared.attribute(attribute) {
            Some((file, written)) => Some(self.value(&written.value, file, &Each::default())),
            None => {
                let has_block = declared.bodies().any(|(_, body)| {
                    body.blocks().any(|block| {
                        block.ident.as_str() == attribute
                            || block.labels.first().is_some_and(|label| label.as_str() == attribute)
                    })
                });
                if has_block {
                    return match self.instance(name, declared, &Each::default(), false).data {
                        Data::Instance(instance) => Some(instance.attribute(attribute)),
                        _ => None,
                    };
                }
                let instance = Instance { attributes: BTreeMap::new(), whole: whole(&address) };
                Some(instance.attribute(attribute))
            }
        });
        made.unwrap_or(Val::null())
    }

    /// The place of a file that a function names, where it is within the root module's tree or this module's.
    fn place(&self, path: &str) -> Result<PathBuf, String> {
        let given = PathBuf::from(path);
        // `path.module` is relative to the root, and so is every path.
        let full = if given.is_absolute() { given } else { self.root.join(given) };
        let full = full.canonicalize().map_err(|_| format!("there is no file `{path}`"))?;
        if full.starts_with(&self.root) || full.starts_with(&self.folder) {
            return Ok(full);
        }
        Err(format!("`{path}` is outside the module's folder, and is not read"))
    }
}

/// A file that a function reads has at most this size.
const MAX_FUNCTION_FILE: u64 = 4 * 1024 * 1024;

/// A folder that a function lists has at most this many files.
const MAX_LISTED: usize = 10_000;

impl Files for Running<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let place = self.place(path)?;
        let size = place.metadata().map_err(|error| error.to_string())?;
        if !size.is_file() || size.len() > MAX_FUNCTION_FILE {
            return Err(format!("`{path}` is no file of up to 4 MiB"));
        }
        std::fs::read(place).map_err(|error| format!("`{path}` cannot be read: {error}"))
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        match self.place(path) {
            Ok(place) => Ok(place.is_file()),
            Err(why) if why.starts_with("there is no file") => Ok(false),
            Err(why) => Err(why),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        let place = self.place(folder)?;
        let mut files = Vec::new();
        for entry in ignore::WalkBuilder::new(&place).standard_filters(false).follow_links(false).build() {
            let Ok(entry) = entry else { continue };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            if files.len() >= MAX_LISTED {
                return Err(format!("`{folder}` has more than {MAX_LISTED} files"));
            }
            if let Ok(path) = entry.path().strip_prefix(&place) {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
        files.sort_unstable();
        Ok(files)
    }
}

/// The variable of a `dynamic` block.
struct Iteration<'i> {
    name: &'i str,
    value: Val,
    outer: &'i dyn Scope,
}

impl Scope for Iteration<'_> {
    fn name(&self, root: &str, attributes: &[&str]) -> Option<(Val, usize)> {
        if root == self.name {
            return Some((self.value.clone(), 0));
        }
        self.outer.name(root, attributes)
    }

    fn files(&self) -> Option<&dyn Files> {
        self.outer.files()
    }
}
