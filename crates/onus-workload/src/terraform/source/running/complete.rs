//! What no resource asked for: Terraform works it out all the same, and refuses what has no value.

use super::{Each, Running};
use crate::credentials;
use crate::terraform::collector::Collector;
use crate::terraform::source::configuration::{Declared, span};
use crate::terraform::source::values;
use onus_model::{Problem, ProblemKind};
use std::rc::Rc;

impl<'c> Running<'c> {
    /// Works out the rest of a module and of those that it calls, for the problems that come of it.
    pub(in crate::terraform::source) fn complete(self: &Rc<Self>) {
        for name in self.module.variables.keys() {
            self.variable(name);
            self.written_default(name);
        }
        for name in self.module.locals.keys() {
            self.local(name);
        }
        for ((kind, name), declared) in &self.module.resources {
            if !Collector::reads(kind) {
                self.complete_block(&format!("{kind}.{name}"), declared, false);
            }
        }
        for ((kind, name), declared) in &self.module.data {
            self.complete_block(&format!("data.{kind}.{name}"), declared, true);
        }
        for (name, declared) in &self.module.outputs {
            self.complete_output(name, declared);
        }
        for name in self.module.calls.keys() {
            for (_, child) in self.children(name).iter().flatten() {
                child.complete();
            }
        }
    }

    /// Reports a credential that is written as the default of a variable, whoever uses it.
    fn written_default(&self, name: &str) {
        let Some((file, attribute)) =
            self.module.variables.get(name).and_then(|declared| declared.attribute("default"))
        else {
            return;
        };
        let value = self.value(&attribute.value, file, &Each::default());
        if let Some(node) = values::node(&value, span(file, &attribute.value)) {
            credentials::in_node(&node, name, &mut |_, span| {
                self.world.report(credentials::problem(span, "default of a variable"));
            });
        }
    }

    fn complete_block(&self, name: &str, declared: &Declared<'c>, is_data: bool) {
        let is_known = declared.repetition().is_none_or(|(_, file, attribute)| {
            let over = self.apart(|| self.value(&attribute.value, file, &Each::default()));
            over.as_unknown().is_none()
        });
        // Nothing is said of how many there are of what is not read.
        if is_known {
            self.instances(name, declared, is_data);
        }
    }

    fn complete_output(&self, name: &str, declared: &Declared<'c>) {
        let is_root = self.address.is_empty();
        let says_so = declared.attribute("sensitive").is_some();
        if self.output(name).is_some_and(|value| is_root && !says_so && value.has_sensitive())
            && let Some((file, attribute)) = declared.attribute("value")
        {
            let message = format!("the output `{name}` holds what is sensitive, and does not say so");
            self.world.report(Problem::at(ProblemKind::Invalid, span(file, &attribute.value), message));
        }
    }
}
