//! `Fn::ForEach`: maps whose keys stand for many entries.

use super::stack::Stack;
use super::tree::Syntax;
use onus_model::Value;
use std::rc::Rc;

/// The longest text in which variables are replaced, and the longest value: ids have at most 255 characters.
const MAX_TEXT: usize = 1_024;

/// The variables of the loops around a place, the innermost last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Loops(Rc<Vec<(Box<str>, Box<str>)>>);

impl Loops {
    /// The value of a loop's variable.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(variable, _)| &**variable == name).map(|(_, value)| &**value)
    }

    fn with(&self, name: &str, value: &str) -> Self {
        let mut all = (*self.0).clone();
        all.push((name.into(), value.into()));
        Self(Rc::new(all))
    }

    /// Text with `${Variable}` and `&{Variable}` replaced; the latter without what an id cannot contain.
    pub(crate) fn replace(&self, text: &str) -> Box<str> {
        if self.0.is_empty() || !text.contains('{') || text.len() > MAX_TEXT {
            return text.into();
        }
        let whole = text;
        let mut text = text.to_owned();
        for (name, value) in self.0.iter().rev() {
            if text.len() > MAX_TEXT || value.len() > MAX_TEXT {
                return whole.into();
            }
            text = text.replace(&format!("${{{name}}}"), value);
            if text.contains("&{") {
                let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
                text = text.replace(&format!("&{{{name}}}"), &plain);
            }
        }
        text.into()
    }
}

/// An entry of a section or map, after loops were expanded.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'t> {
    pub(crate) name: Box<str>,
    pub(crate) key: Syntax<'t>,
    pub(crate) value: Syntax<'t>,
    pub(crate) loops: Loops,
}

impl<'t> Stack<'t> {
    /// The entries of a map, with loops expanded where the template has the language extensions.
    pub(crate) fn expand(&self, map: Syntax<'t>, loops: &Loops, into: &mut Vec<Entry<'t>>) {
        for (name, key, value) in map.named() {
            if !self.run.spend(1, key.span()) {
                return;
            }
            if self.transforms.language_extensions && name.starts_with("Fn::ForEach::") {
                if self.run.enter(key.span()) {
                    self.expand_loop(key, value, loops, into);
                    self.run.leave();
                }
            } else {
                into.push(Entry { name: loops.replace(name), key, value, loops: loops.clone() });
            }
        }
    }

    fn expand_loop(&self, key: Syntax<'t>, body: Syntax<'t>, loops: &Loops, into: &mut Vec<Entry<'t>>) {
        let parts = (body.item(0).and_then(Syntax::scalar), body.item(1), body.item(2));
        let (Some(variable), Some(collection), Some(entries)) = parts else {
            self.run.invalid(key.span(), "a loop takes a name, a collection and a map");
            return;
        };
        let collection = self.evaluate(collection, loops).map(|node| node.value);
        let Some(Value::List(items)) = collection else {
            let why = match collection {
                Some(Value::Unknown(unknown)) => format!("its collection is not known: {}", unknown.reason),
                _ => "its collection is not a list".to_owned(),
            };
            self.run.not_evaluated(key.span(), format!("this loop is not expanded: {why}"));
            return;
        };
        for item in items {
            match super::scalar::text(&item.value) {
                Some(value) => self.expand(entries, &loops.with(variable, &value), into),
                None => self.run.not_evaluated(item.span, "this element of a loop's collection is not known"),
            }
        }
    }
}
