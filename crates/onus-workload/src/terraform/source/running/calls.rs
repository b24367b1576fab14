//! Modules that a module calls, and what they give back.

use super::expansion::Kind;
use super::{Calling, Each, Inputs, Running};
use crate::terraform::source::configuration::{Declared, Module, is_local, span};
use crate::walk::identity;
use onus_hcl::{Unknown, Val};
use onus_model::{Problem, ProblemKind};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// Modules within modules run this deep: one that calls itself would go on for ever.
pub(in crate::terraform::source) const MAX_MODULE_DEPTH: usize = 24;

/// What is said of a module that was not fetched.
pub(crate) const MISSING_MODULE: &str =
    "is not here, so what it holds is missing and its outputs are unknown";

/// The instances of a module call; none where the module is not there.
pub(super) type Children<'c> = Option<Vec<(Each, Rc<Running<'c>>)>>;

impl<'c> Running<'c> {
    /// The instances of a module call.
    pub(in crate::terraform::source) fn children(self: &Rc<Self>, name: &str) -> Rc<Children<'c>> {
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
        self.check_arguments(call, module);
        let expansion = self.expansion(&format!("module.{name}"), call);
        let mut made = Vec::new();
        for each in &expansion.instances {
            let Some(left) = self.world.modules_left.get().checked_sub(1) else {
                let message = "there are too many instances of modules; this one and the rest are not read";
                self.world.report(Problem::at(ProblemKind::Limit, call.span(), message));
                break;
            };
            self.world.modules_left.set(left);
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
                may_be_missing: self.may_be_missing || each.is_open,
                given: self.handed_down(call, each),
                providers: RefCell::default(),
                this: this.clone(),
                names: RefCell::default(),
                wholes: RefCell::default(),
                expansions: RefCell::default(),
                children: RefCell::default(),
            });
            made.push((each.clone(), running));
        }
        Some(made)
    }

    /// A call sets variables that its module has, and all that it needs.
    fn check_arguments(&self, call: &Declared<'c>, module: &Module<'c>) {
        let problem = |place, message: String| {
            self.world.report(Problem::at(ProblemKind::Invalid, place, message));
        };
        for (file, body) in call.bodies() {
            for attribute in body.attributes() {
                let name = attribute.key.as_str();
                if !is_meta(name) && !module.variables.contains_key(name) {
                    problem(span(file, attribute), format!("the module has no variable `{name}`"));
                }
            }
        }
        for (name, declared) in &module.variables {
            if declared.attribute("default").is_none() && call.attribute(name).is_none() {
                problem(call.span(), format!("the module needs a value for its variable `{name}`"));
            }
        }
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
        let message = format!("the module `{source}` {MISSING_MODULE}");
        let problem = Problem::at(ProblemKind::NotEvaluated, call.span(), message);
        self.world.report(problem.help("fetch it with `terraform init`, or read a plan"));
        None
    }

    pub(super) fn output(&self, name: &str) -> Option<Val> {
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
        self.shared("outputs", || {
            let entry = |name: &&str| Some(((*name).into(), self.output(name)?));
            Val::object(self.module.outputs.keys().filter_map(entry).collect())
        })
    }

    /// What `module.a` and what follows means.
    pub(super) fn module_value(&self, name: &str, output: Option<&str>) -> Option<(Val, usize)> {
        let call = self.module.calls.get(name)?;
        let this = self.this.upgrade()?;
        let children = this.children(name);
        let Some(children) = children.as_ref() else {
            let reason = format!("the module `{name}` is not read");
            return Some((Val::unknown(Unknown::new(reason)), 1));
        };
        let full = format!("module.{name}");
        let expansion = self.expansion(&full, call);
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
            Kind::Count => {
                self.shared(&full, || Val::tuple(children.iter().map(|(_, child)| child.outputs()).collect()))
            }
            Kind::ForEach => self.shared(&full, || {
                let entry = |(each, child): &(Each, Rc<Self>)| {
                    Some((each.key.as_ref()?.as_str()?.into(), child.outputs()))
                };
                Val::object(children.iter().filter_map(entry).collect())
            }),
        };
        Some((value, 1))
    }
}

/// Arguments of a call that are not the module's.
fn is_meta(name: &str) -> bool {
    matches!(name, "source" | "version" | "providers" | "count" | "for_each" | "depends_on")
}
