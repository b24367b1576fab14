//! Providers: what a module configures, is handed, and hands down.

use super::expansion::suffix;
use super::{Each, Running};
use crate::terraform::source::configuration::Declared;
use hcl_edit::expr::{Expression, TraversalOperator};
use onus_hcl::{Val, written_key};
use onus_model::FileId;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A provider's configuration.
#[derive(Debug, Default)]
pub(in crate::terraform::source) struct Provider {
    pub(in crate::terraform::source) region: Option<Val>,
    pub(in crate::terraform::source) default_tags: Option<Val>,
}

impl<'c> Running<'c> {
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
        for declared in &self.module.providers {
            let alias = declared.block.body.get_attribute("alias").and_then(|alias| alias.value.as_str());
            let name = declared.label(0);
            let name = alias.map_or_else(|| name.to_owned(), |alias| format!("{name}.{alias}"));
            // OpenTofu has providers with `for_each`.
            for each in &self.expansion(&format!("provider.{name}"), declared).instances {
                let value = |name: &str| {
                    let (file, attribute) = declared.attribute(name)?;
                    Some(self.value(&attribute.value, file, each))
                };
                let tags = declared.bodies().find_map(|(file, body)| {
                    let block = body.get_blocks("default_tags").next()?;
                    Some(self.value(&block.body.get_attribute("tags")?.value, file, each))
                });
                let provider = Provider { region: value("region"), default_tags: tags };
                given.insert(format!("{name}{}", each.suffix), Rc::new(provider));
            }
        }
        given
    }

    /// The configuration of the provider that a resource names, or its default one.
    pub(in crate::terraform::source) fn provider(
        &self,
        declared: &Declared<'c>,
        each: &Each,
    ) -> Option<Rc<Provider>> {
        let named = declared
            .attribute("provider")
            .map(|(file, attribute)| self.name_in(&attribute.value, file, each));
        let name =
            named.unwrap_or_else(|| declared.label(0).split('_').next().unwrap_or_default().to_owned());
        self.provider_named(&name)
    }

    /// The providers that a call gives to its module.
    pub(super) fn handed_down(&self, call: &Declared<'c>, each: &Each) -> BTreeMap<String, Rc<Provider>> {
        self.provider_named("");
        let mut given = self.providers.borrow().clone().unwrap_or_default();
        given.retain(|name, _| !name.contains('.'));
        if let Some((file, attribute)) = call.attribute("providers")
            && let Expression::Object(entries) = &attribute.value
        {
            for (key, value) in entries {
                let own = match (written_key(key), key.as_expr()) {
                    (Some(name), _) => name.to_owned(),
                    (None, Some(expression)) => provider_name(expression),
                    (None, None) => continue,
                };
                match self.provider_named(&self.name_in(value.expr(), file, each)) {
                    Some(provider) => given.insert(own, provider),
                    None => given.remove(&own),
                };
            }
        }
        given
    }

    /// The name of a provider that an expression refers to, in an instance of a block: `aws.by["eu-west-1"]`.
    fn name_in(&self, expression: &Expression, file: FileId, each: &Each) -> String {
        let name = provider_name(expression);
        let Expression::Traversal(traversal) = expression else { return name };
        match traversal.operators.last().map(hcl_edit::Decorated::value) {
            Some(TraversalOperator::Index(key)) => match self.value(key, file, each).as_str() {
                Some(key) => format!("{name}{}", suffix(key)),
                None => name,
            },
            _ => name,
        }
    }
}

/// `aws`, `aws.west`, or either as a text.
fn provider_name(expression: &Expression) -> String {
    match expression {
        Expression::Variable(name) => name.as_str().to_owned(),
        Expression::String(name) => name.as_str().to_owned(),
        Expression::Traversal(traversal) => {
            let mut name = provider_name(&traversal.expr);
            for operator in &traversal.operators {
                if let TraversalOperator::GetAttr(part) = operator.value() {
                    name = format!("{name}.{}", part.as_str());
                }
            }
            name
        }
        _ => String::new(),
    }
}
