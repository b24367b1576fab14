//! Conditions: three-valued, each evaluated once.

use super::foreach::Loops;
use super::stack::{Stack, shorten};
use super::tree::Syntax;
use super::{scalar, unknown};
use onus_model::{Reference, Span, Unknown, Value};

/// A truth that may be unknown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Truth {
    Is(bool),
    Unknown(Unknown),
}

/// How far a condition has been evaluated.
pub(crate) enum ConditionState {
    /// Its evaluation has begun: who asks again has gone in a circle.
    Begun,
    Done(Truth),
}

impl Truth {
    fn unknown(reason: impl Into<Box<str>>) -> Self {
        Self::Unknown(Unknown::present(reason))
    }

    fn not(self) -> Self {
        match self {
            Self::Is(truth) => Self::Is(!truth),
            unknown => unknown,
        }
    }

    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Is(truth) => Value::Bool(truth),
            Self::Unknown(unknown) => Value::Unknown(Box::new(unknown)),
        }
    }
}

impl<'t> Stack<'t> {
    /// A condition by name.
    pub(crate) fn condition(&self, name: &str, at: Span) -> Truth {
        match self.condition_states.borrow().get(name) {
            Some(ConditionState::Done(truth)) => return truth.clone(),
            Some(ConditionState::Begun) => {
                self.run.invalid(at, format!("the condition `{}` depends on itself", shorten(name)));
                return Truth::unknown(format!("the condition `{}` depends on itself", shorten(name)));
            }
            None => {}
        }
        let Some(entry) = self.conditions.get(name) else {
            if !self.transforms.other {
                self.nothing_of_name(at, "condition", name, || self.names_of(&self.conditions));
            }
            return Truth::unknown(format!("there is no condition `{}`", shorten(name)));
        };
        self.condition_states.borrow_mut().insert(name.into(), ConditionState::Begun);
        let truth = self.truth(entry.value, &entry.loops);
        self.condition_states.borrow_mut().insert(name.into(), ConditionState::Done(truth.clone()));
        truth
    }

    /// The names of a section, sorted so that suggestions do not depend on hashing.
    pub(crate) fn names_of<'m, T>(
        &self,
        map: &'m rustc_hash::FxHashMap<Box<str>, T>,
    ) -> impl Iterator<Item = &'m Box<str>> {
        let mut names: Vec<&Box<str>> = map.keys().collect();
        names.sort();
        names.into_iter()
    }

    /// The truth of a condition's expression.
    pub(crate) fn truth(&self, node: Syntax<'t>, loops: &Loops) -> Truth {
        if !self.run.enter(node.span()) {
            return Truth::unknown(super::run::OVER_LIMIT);
        }
        let truth = self.truth_within(node, loops);
        self.run.leave();
        truth
    }

    fn truth_within(&self, node: Syntax<'t>, loops: &Loops) -> Truth {
        if node.tag().is_none()
            && let Some(named) = node.get("Condition").filter(|_| node.entries().len() == 1)
        {
            return self.named_condition(named, loops);
        }
        match node.call() {
            Some(("Condition", name)) => self.named_condition(name, loops),
            Some(("And", parts)) => self.all(parts, loops, false),
            Some(("Or", parts)) => self.all(parts, loops, true),
            Some(("Not", parts)) => match parts.item(0) {
                Some(part) => self.truth(part, loops).not(),
                None => self.not_a_condition(node),
            },
            Some(("Equals", parts)) => self.equals(node, parts, loops),
            _ => match self.evaluate(node, loops).map(|node| node.value) {
                Some(Value::Bool(truth)) => Truth::Is(truth),
                Some(Value::String(text)) if &*text == "true" => Truth::Is(true),
                Some(Value::String(text)) if &*text == "false" => Truth::Is(false),
                Some(Value::Unknown(unknown)) => Truth::Unknown(*unknown),
                _ => self.not_a_condition(node),
            },
        }
    }

    fn named_condition(&self, name: Syntax<'t>, loops: &Loops) -> Truth {
        match name.scalar() {
            Some(text) => self.condition(&loops.replace(text), name.span()),
            None => self.not_a_condition(name),
        }
    }

    fn not_a_condition(&self, node: Syntax<'t>) -> Truth {
        self.run.invalid(node.span(), "this is not a condition");
        Truth::unknown("the condition makes no sense")
    }

    /// All of the parts, or any of them where `decisive` is true.
    fn all(&self, parts: Syntax<'t>, loops: &Loops, decisive: bool) -> Truth {
        let mut open: Option<Unknown> = None;
        for part in parts.items() {
            match self.truth(part, loops) {
                Truth::Is(truth) if truth == decisive => return Truth::Is(decisive),
                Truth::Is(_) => {}
                Truth::Unknown(unknown) => match &mut open {
                    Some(open) => unknown::add(&unknown.references, &mut open.references),
                    None => open = Some(unknown),
                },
            }
        }
        open.map_or(Truth::Is(!decisive), Truth::Unknown)
    }

    fn equals(&self, node: Syntax<'t>, parts: Syntax<'t>, loops: &Loops) -> Truth {
        let (Some(a), Some(b)) = (parts.item(0), parts.item(1)) else { return self.not_a_condition(node) };
        let a = self.evaluate(a, loops).map_or(Value::Null, |node| node.value);
        let b = self.evaluate(b, loops).map_or(Value::Null, |node| node.value);
        if let Some(Value::Unknown(unknown)) = unknown::blend([&a, &b].into_iter(), true) {
            return Truth::Unknown(*unknown);
        }
        // CloudFormation compares text, so `true` equals "true".
        match (scalar::text(&a), scalar::text(&b)) {
            (Some(a), Some(b)) => Truth::Is(a == b),
            _ => Truth::Is(unknown::same(&a, &b)),
        }
    }

    /// `Fn::If`: the branch that the condition chooses. Where that is open and the branches differ the value is
    /// unknown, and set if it is set either way.
    pub(crate) fn choose(
        &self,
        node: Syntax<'t>,
        parts: Syntax<'t>,
        loops: &Loops,
    ) -> Option<onus_model::Node> {
        let (Some(condition), Some(yes), Some(no)) = (parts.item(0), parts.item(1), parts.item(2)) else {
            self.run.invalid(node.span(), "`Fn::If` takes a condition and two values");
            return Some(self.unknown(node, "`Fn::If` makes no sense here"));
        };
        let truth = match condition.untagged_scalar() {
            Some(name) => self.condition(&loops.replace(name), condition.span()),
            None => self.truth(condition, loops),
        };
        match truth {
            Truth::Is(true) => self.evaluate(yes, loops),
            Truth::Is(false) => self.evaluate(no, loops),
            Truth::Unknown(why) => {
                let both = || (self.evaluate(yes, loops), self.evaluate(no, loops));
                let (yes, no) = self.run.suppose(both);
                match (&yes, &no) {
                    (None, None) => return None,
                    (Some(a), Some(b)) if unknown::same(&a.value, &b.value) => return yes,
                    _ => {}
                }
                let mut references: Vec<Reference> = Vec::new();
                for branch in [&yes, &no].into_iter().flatten() {
                    unknown::references(&branch.value, &mut references);
                }
                let present = unknown::is_present(yes.as_ref()) && unknown::is_present(no.as_ref());
                let value =
                    Value::Unknown(Box::new(Unknown { present, references, ..Unknown::new(why.reason) }));
                Some(onus_model::Node::new(value, node.span()))
            }
        }
    }
}
