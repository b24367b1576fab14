//! A module as it runs: what its names mean, and what its blocks become.

mod body;
mod calls;
mod complete;
mod data;
mod expansion;
mod files;
mod providers;
mod seen;

pub(super) use body::is_meta;
pub(super) use calls::MAX_MODULE_DEPTH;
pub(crate) use calls::MISSING_MODULE;
pub(super) use expansion::Each;
pub(super) use files::Tree;

use super::configuration::{Declared, Module, span};
use super::{Variables, World};
use crate::secret_names::is_name_of_secret;
use crate::walk::relative;
use calls::Children;
use expansion::{Expansion, Kind};
use hcl_edit::expr::Expression;
use onus_hcl::{Data, Evaluator, Files, Instance, MAX_SIZE, Scope, Type, Unknown, Val, convert, read_type};
use onus_model::{FileId, Problem, ProblemKind, Reference};
use providers::Provider;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// Going through so many parts of a value counts as a step.
const PARTS_PER_STEP: u64 = 16;

/// What is said where there is no more memory, or time, for values.
pub(super) const FULL: &str = "the values of this configuration take more time or memory than is allowed";

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
    /// Whether there may be none of it, since how often it is called is not known.
    may_be_missing: bool,
    /// The providers that its call gives it.
    given: BTreeMap<String, Rc<Provider>>,
    /// Those, and its own; empty while they are worked out, in case one depends on itself.
    providers: RefCell<Option<BTreeMap<String, Rc<Provider>>>>,
    this: Weak<Self>,
    names: RefCell<FxHashMap<String, Option<Val>>>,
    /// What all instances of a block come to; none while that is worked out.
    wholes: RefCell<FxHashMap<String, Option<Val>>>,
    expansions: RefCell<FxHashMap<String, Rc<Expansion>>>,
    children: RefCell<FxHashMap<String, Rc<Children<'c>>>>,
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
            may_be_missing: false,
            given: BTreeMap::new(),
            providers: RefCell::default(),
            this: this.clone(),
            names: RefCell::default(),
            wholes: RefCell::default(),
            expansions: RefCell::default(),
            children: RefCell::default(),
        }))
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
        let made = self.apart(make).map(|value| self.kept(name, value));
        self.names.borrow_mut().insert(name.to_owned(), made.clone());
        made
    }

    /// A value that is kept, if it is not too large to be.
    fn kept(&self, name: &str, value: Val) -> Val {
        // What is shared was looked at when it was made.
        if value.is_shared() {
            return value;
        }
        let budget = &self.world.budget;
        let Some(size) = value.size(MAX_SIZE) else {
            return Val::unknown(Unknown::new(format!("`{name}` has more than a million parts")));
        };
        if budget.take(size as u64 / PARTS_PER_STEP) && budget.keep(value.own_bytes()) {
            return value;
        }
        self.world.report_full(value.span);
        Val::unknown(Unknown::new(FULL)).at(value.span)
    }

    /// A value that is put together of others which are each worked out once. While it is, whoever asks for it in between
    /// gets what there is so far.
    fn shared(&self, name: &str, make: impl FnOnce() -> Val) -> Val {
        let known = self.wholes.borrow().get(name).cloned();
        match known {
            Some(Some(found)) => found,
            Some(None) => make(),
            None => {
                self.wholes.borrow_mut().insert(name.to_owned(), None);
                let made = make();
                self.wholes.borrow_mut().insert(name.to_owned(), Some(made.clone()));
                made
            }
        }
    }

    /// Works out what is the module's own, whoever asks for it: a block that there may be none of says nothing of it.
    fn apart<T>(&self, make: impl FnOnce() -> T) -> T {
        self.in_doubt(self.may_be_missing, make)
    }

    fn in_doubt<T>(&self, is_doubtful: bool, make: impl FnOnce() -> T) -> T {
        let before = self.world.is_doubtful.replace(is_doubtful);
        let made = make();
        self.world.is_doubtful.set(before);
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
        let stated_kind = match declared.attribute("type") {
            Some((file, attribute)) => match read_type(&attribute.value, &constant) {
                Ok(kind) => Some(kind),
                Err(why) => {
                    self.world.report(Problem::at(ProblemKind::Invalid, span(file, &attribute.value), why));
                    None
                }
            },
            None => None,
        };
        let truth = |argument: &str| {
            let (file, attribute) = declared.attribute(argument)?;
            match self.value(&attribute.value, file, &none).data {
                Data::Bool(truth) => Some(truth),
                _ => None,
            }
        };
        let default = || {
            let (file, attribute) = declared.attribute("default")?;
            Some(self.value(&attribute.value, file, &none))
        };
        let is_handed = matches!(&self.inputs, Inputs::Root(variables) if variables.is_handed(name, default));
        let is_secret = is_handed && is_name_of_secret(name);
        let (sensitive, nullable) =
            (is_secret || truth("sensitive") == Some(true), truth("nullable") != Some(false));
        let stated = match &self.inputs {
            Inputs::Root(variables) => match variables.value(name, stated_kind.as_ref()) {
                Some(Err(why)) => {
                    self.world.report(Problem::at(ProblemKind::Invalid, declared.span(), why.as_str()));
                    Some(Val::unknown(Unknown::new(why)))
                }
                stated => stated.and_then(Result::ok),
            },
            Inputs::Call(by) => {
                let stated = by.call.attribute(name);
                stated.map(|(file, attribute)| by.parent.value(&attribute.value, file, &by.each))
            }
        };
        if !nullable && declared.attribute("default").is_none() && stated.as_ref().is_some_and(Val::is_null) {
            let message = format!("the variable `{name}` may not be null");
            self.world.fail(Problem::at(ProblemKind::Invalid, declared.span(), message));
        }
        let stated = stated.filter(|value| nullable || !value.is_null());
        let kind = stated_kind.unwrap_or(Type::Any);
        let value = stated.or_else(default);
        let value = value.unwrap_or_else(|| {
            let unknown = Unknown::new(format!("the variable `{name}` has no value")).typed(kind.clone());
            Val::unknown(Unknown { present: !nullable, deferred: true, ..unknown }).at(Some(declared.span()))
        });
        let place = value.span;
        let value = self.converted(&value, declared, &kind).unwrap_or_else(|why| {
            let message = format!("the value of `{name}` is not of its type: {why}");
            let place = place.unwrap_or_else(|| declared.span());
            self.world.fail(Problem::at(ProblemKind::Invalid, place, message.as_str()));
            Val::unknown(Unknown::new(message)).at(Some(place))
        });
        // A secret that is handed over is written in no file.
        if sensitive && is_handed && !value.is_null() {
            let why = format!("the value of `{name}` is handed over, and is a secret");
            let unknown = Unknown { deferred: true, ..Unknown::present(why) }.typed(kind);
            return Val::unknown(unknown).at(Some(declared.span())).marked(true);
        }
        value.marked(sensitive)
    }

    /// A value of a variable as one of its type. All instances of a module that take the same collection share it.
    fn converted(&self, value: &Val, declared: &Declared<'c>, kind: &Type) -> Result<Val, String> {
        let Some(identity) = value.identity() else { return convert(value, kind) };
        let key = (identity, std::ptr::from_ref(declared.block) as usize);
        if let Some((_, made)) = self.world.conversions.borrow().get(&key) {
            return Ok(Val { data: made.data.clone(), ..value.clone() });
        }
        if !self.world.budget.take(value.size(MAX_SIZE).unwrap_or(MAX_SIZE) as u64 / 2) {
            self.world.report_full(value.span);
            return Ok(Val::unknown(Unknown::new(FULL)));
        }
        let made = convert(value, kind)?;
        self.world.conversions.borrow_mut().insert(key, (value.clone(), made.clone()));
        Ok(made)
    }

    fn local(&self, name: &str) -> Option<Val> {
        let (file, expression) = *self.module.locals.get(name)?;
        self.once(&format!("local.{name}"), || Some(self.value(expression, file, &Each::default())))
    }

    /// A resource or data source as expressions see it: one, a list, or a map of instances.
    fn instances(&self, name: &str, declared: &Declared<'c>, is_data: bool) -> Val {
        let expansion = self.expansion(name, declared);
        let one = |each: &Each| self.instance(name, declared, each, is_data);
        match expansion.kind {
            Kind::Single => expansion.instances.first().map_or(Val::null(), one),
            Kind::Open => Val::unknown(whole(&self.address_of(name))),
            Kind::Count => self.shared(name, || Val::tuple(expansion.instances.iter().map(one).collect())),
            Kind::ForEach => self.shared(name, || {
                let entry = |each: &Each| Some((each.key.as_ref()?.as_str()?.into(), one(each)));
                Val::object(expansion.instances.iter().filter_map(entry).collect())
            }),
        }
    }

    fn instance(&self, name: &str, declared: &Declared<'c>, each: &Each, is_data: bool) -> Val {
        let address = self.address_of(&format!("{name}{}", each.suffix));
        self.once(&address, || {
            let mut attributes = self.attributes(declared, each);
            if is_data {
                self.complete_data(declared, &mut attributes, each);
            }
            let bodies = declared.bodies().map(|(_, body)| body);
            let made = seen::instance(declared.label(0), bodies, attributes, whole(&address));
            Some(Val::new(Data::Instance(Arc::new(made))))
        })
        .unwrap_or(Val::null())
    }

    /// The same in any scope.
    fn value_in(&self, expression: &Expression, file: FileId, scope: &dyn Scope) -> Val {
        match Evaluator::new(scope, Some(file), &self.world.budget).value(expression) {
            Ok(value) => value,
            Err(failure) => {
                let place = failure.span.unwrap_or_else(|| span(file, expression));
                if failure.is_limit {
                    self.world.report(Problem::at(ProblemKind::Limit, place, failure.message.as_str()));
                } else {
                    self.world.fail(Problem::at(ProblemKind::Invalid, place, failure.message.as_str()));
                }
                Val::unknown(Unknown::new(failure.message)).at(Some(place))
            }
        }
    }

    fn workspace(&self) -> Val {
        match &self.world.workspace {
            Some(name) => Val::string(name.as_str()),
            None => {
                let unknown = Unknown::present("which workspace this is read for is not said");
                Val::unknown(unknown.typed(Type::String))
            }
        }
    }

    fn path(&self, which: &str) -> Option<Val> {
        match which {
            "root" => Some(Val::string(".")),
            "module" => Some(match relative(&self.root, &self.folder) {
                Some(path) => Val::string(path),
                None => Val::string(self.folder.to_string_lossy().replace('\\', "/")),
            }),
            "cwd" => Some(Val::string(self.root.to_string_lossy().replace('\\', "/"))),
            _ => None,
        }
    }
}

/// What is known of a resource as a whole.
fn whole(address: &str) -> Unknown {
    let references = vec![Reference { address: address.into(), attribute: None, scope: None }];
    Unknown {
        references,
        deferred: true,
        ..Unknown::present(format!("`{address}` is known only after apply"))
    }
}

impl Scope for Running<'_> {
    fn name(&self, root: &str, attributes: &[&str]) -> Option<(Val, usize)> {
        let first = attributes.first().copied();
        match root {
            "var" => Some((self.variable(first?)?, 1)),
            "local" => Some((self.local(first?)?, 1)),
            "path" => Some((self.path(first?)?, 1)),
            "terraform" | "tofu" => match first? {
                "workspace" => Some((self.workspace(), 1)),
                _ => Some((Val::unknown(Unknown::present("known only to Terraform")), 1)),
            },
            "ephemeral" => {
                Some((Val::unknown(Unknown::new("what is ephemeral is known only to Terraform")), 0))
            }
            // The long form of a resource's name.
            "resource" => {
                let (value, used) = self.name(first?, attributes.get(1..)?)?;
                Some((value, used + 1))
            }
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
                if declared.repetition().is_none()
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
            Some((file, written)) => {
                let value = self.value(&written.value, file, &Each::default());
                let whole = whole(&address);
                let value = seen::argument(declared.label(0), attribute, value, &whole);
                let attributes = BTreeMap::from([(attribute.into(), value)]);
                let names = crate::names::of_terraform(declared.label(0));
                Some(Instance { attributes, whole, names }.attribute(attribute))
            }
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
                let names = crate::names::of_terraform(declared.label(0));
                let instance = Instance { attributes: BTreeMap::new(), whole: whole(&address), names };
                Some(instance.attribute(attribute))
            }
        });
        made.unwrap_or(Val::null())
    }
}
