//! `count` and `for_each`: the instances of a block.

use super::Running;
use crate::terraform::source::configuration::{Declared, Repetition, span};
use onus_hcl::{Data, Type, Unknown, Val, convert};
use onus_model::{Problem, ProblemKind, Span};
use std::rc::Rc;
use std::sync::Arc;

/// A block has at most this many instances.
const MAX_INSTANCES: usize = 100_000;

/// The instances of a block.
pub(in crate::terraform::source) struct Expansion {
    pub(in crate::terraform::source) instances: Vec<Each>,
    /// Whether it has `count`, `for_each`, or neither.
    pub(super) kind: Kind,
}

impl Expansion {
    /// One instance that stands for an unknown number of them.
    fn open(unknown: &Unknown) -> Self {
        let value = || Some(Val::unknown(unknown.clone()));
        let each =
            Each { suffix: String::new(), key: value(), value: value(), index: value(), is_open: true };
        Self { instances: vec![each], kind: Kind::Open }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Single,
    Count,
    ForEach,
    /// It has one of them, and what that comes to is not known.
    Open,
}

/// One instance of a block: its key, and what `each` and `count` are in it.
#[derive(Clone, Default)]
pub(in crate::terraform::source) struct Each {
    /// `[0]`, `["x"]`, or empty.
    pub(in crate::terraform::source) suffix: String,
    pub(super) key: Option<Val>,
    pub(super) value: Option<Val>,
    pub(super) index: Option<Val>,
    /// Whether it stands for an unknown number of them, which may be none.
    pub(super) is_open: bool,
}

impl<'c> Running<'c> {
    /// The instances of a block that may have `count` or `for_each`.
    pub(in crate::terraform::source) fn expansion(
        &self,
        name: &str,
        declared: &Declared<'c>,
    ) -> Rc<Expansion> {
        if let Some(found) = self.expansions.borrow().get(name) {
            return found.clone();
        }
        self.apart(|| self.expanded(name, declared))
    }

    fn expanded(&self, name: &str, declared: &Declared<'c>) -> Rc<Expansion> {
        let open = |unknown: &Unknown, place: Span| {
            let message =
                format!("how many of `{name}` there are is not known: {}; it is read once", unknown.reason);
            self.world.report(Problem::at(ProblemKind::NotEvaluated, place, message));
            Expansion::open(unknown)
        };
        // Until it is known, it is of itself one of unknown number.
        let circle = Expansion::open(&Unknown::new(format!("the number of `{name}` depends on itself")));
        self.expansions.borrow_mut().insert(name.to_owned(), Rc::new(circle));
        let repetition = declared.repetition();
        let made = if let Some((Repetition::Count, file, attribute)) = repetition {
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
                self.world.fail(Problem::at(ProblemKind::Invalid, place, message));
                open(&Unknown::new(message), place)
            }
        } else if let Some((Repetition::ForEach, file, attribute)) = repetition {
            let place = span(file, &attribute.value);
            let over = self.value(&attribute.value, file, &Each::default());
            if let Some(unknown) = over.as_unknown() {
                open(unknown, place)
            } else if over.sensitive {
                // Its keys would be shown in addresses.
                let message = "`for_each` does not go over what is sensitive";
                self.world.fail(Problem::at(ProblemKind::Invalid, place, message));
                Expansion::open(&Unknown::new(message))
            } else if let (Data::Set(_), Some(unknown)) = (&over.data, over.first_unknown()) {
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
            Data::Set(all) if all.iter().all(|key| key.as_str().is_some()) => {
                all.iter().filter_map(|key| Some((key.as_str()?.into(), key.clone()))).collect()
            }
            _ => {
                let message = "`for_each` goes over a map or a set of strings";
                self.world.fail(Problem::at(ProblemKind::Invalid, place, message));
                Vec::new()
            }
        };
        let most = self.bounded(name, pairs.len(), place);
        let instances = pairs.into_iter().take(most).map(|(key, value)| Each {
            suffix: suffix(&key),
            key: Some(Val::string(key)),
            value: Some(value.marked(over.sensitive)),
            ..Each::default()
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
}

/// What stands behind a name for the instance of a key.
pub(super) fn suffix(key: &str) -> String {
    format!("[{}]", quoted(key))
}

/// A key as Terraform writes it in addresses: as a literal of its language.
fn quoted(key: &str) -> String {
    let mut text = String::from("\"");
    let mut letters = key.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '"' | '\\' => text.extend(['\\', letter]),
            // Doubled, so that it does not begin an interpolation.
            '$' | '%' if letters.peek() == Some(&'{') => text.extend([letter, letter]),
            _ if letter.is_control() || (letter.is_whitespace() && letter != ' ') => {
                let code = u32::from(letter);
                text.push_str(&if code < 0x1_0000 {
                    format!("\\u{code:04x}")
                } else {
                    format!("\\U{code:08x}")
                });
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
    text
}
