//! Runs the operations, and sums up the result.

use crate::compile::Op;
use crate::index::Index;
use crate::logic::{Connective, Logic, Term, not};
use crate::operators::{self, Equal, contained_in, equal};
use crate::value::{Could, Data, Item, Place, Unk, V, Why};
use crate::{credentials, macros, policy, relations, text};
use onus_model::{Resource, Span};
use std::borrow::Cow;
use std::cell::Cell;

/// What an expression says about a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The result as a condition.
    pub truth: Truth,
    /// The place of the property whose value made the result what it is; for a missing property
    /// that of the nearest map around it. None where no property had a part.
    pub span: Option<Span>,
    /// Where it is unknown: why, each reason once.
    pub reasons: Vec<String>,
}

/// The result of an expression as a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// Nothing, or no truth value, or for certain one of these or false.
    Null,
    /// It holds or not, depending on something that is not known.
    Unknown,
}

impl Evaluation {
    pub(crate) fn of(value: &V<'_>) -> Self {
        let (truth, reasons) = match Logic::of(&value.data) {
            Logic::True => (Truth::True, Vec::new()),
            Logic::False => (Truth::False, Vec::new()),
            Logic::Null => (Truth::Null, Vec::new()),
            Logic::Unknown(Unk { could: Could::FALSE, .. }) => (Truth::False, Vec::new()),
            Logic::Unknown(Unk { could, .. }) if !could.has(Could::TRUE) => (Truth::Null, Vec::new()),
            Logic::Unknown(Unk { could: Could::TRUE, .. }) => (Truth::True, Vec::new()),
            Logic::Unknown(unknown) => {
                (Truth::Unknown, unknown.why.reasons().into_iter().map(Cow::into_owned).collect())
            }
        };
        Self { truth, span: value.place.span.copied(), reasons }
    }
}

/// How many elements and comparisons one evaluation may take. A check of a large policy takes some
/// thousands; nested macros over long lists would take years.
const MAX_STEPS: usize = 200_000;

const EXHAUSTED: &str = "the expression takes too many steps on this resource";

/// What an evaluation runs in.
pub(crate) struct Ctx<'a> {
    pub(crate) index: &'a Index<'a>,
    pub(crate) resource: &'a Resource,
    steps: Cell<usize>,
}

impl<'a> Ctx<'a> {
    pub(crate) const fn new(index: &'a Index<'a>, resource: &'a Resource) -> Self {
        Self { index, resource, steps: Cell::new(MAX_STEPS) }
    }

    /// Takes steps from the budget; false where it is used up.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        match self.steps.get().checked_sub(steps) {
            Some(rest) => {
                self.steps.set(rest);
                true
            }
            None => {
                self.steps.set(0);
                false
            }
        }
    }

    /// The reason of a result that was not reached.
    pub(crate) const fn exhausted(&self) -> Why<'a> {
        Why::Text(EXHAUSTED)
    }
}

/// A macro's variable, and those around it.
pub(crate) struct Frame<'f, 'a> {
    pub(crate) value: V<'a>,
    pub(crate) outer: Option<&'f Self>,
}

/// The variables in scope.
pub(crate) type Scope<'f, 'a> = Option<&'f Frame<'f, 'a>>;

impl Op {
    pub(crate) fn eval<'a>(&'a self, ctx: &Ctx<'a>, scope: Scope<'_, 'a>) -> V<'a> {
        match self {
            Self::Null => V::plain(Data::Null),
            Self::Bool(value) => V::plain(Data::Bool(*value)),
            Self::Int(value) => V::plain(Data::Int(*value)),
            Self::Float(value) => V::plain(Data::Float(*value)),
            Self::Text(text) => V::plain(Data::Str(text)),
            Self::Resource => V::own(ctx.resource),
            Self::Address => V::new(Data::Str(&ctx.resource.address), Place::at(&ctx.resource.span)),
            Self::Type => V::new(Data::Str(&ctx.resource.resource_type), Place::at(&ctx.resource.span)),
            Self::Variable(position) => variable(scope, *position),
            Self::Path(root, fields) => {
                fields.iter().fold(root.eval(ctx, scope), |value, field| value.select(field))
            }
            Self::Has(operand, field) => operators::has(&operand.eval(ctx, scope), field),
            Self::Connect(connective, a, b) => connect(*connective, a, b, ctx, scope),
            Self::Not(operand) => not(&operand.eval(ctx, scope)),
            Self::Negate(operand) => operators::negate(&operand.eval(ctx, scope)),
            Self::Equal(a, b) => equality(ctx, &a.eval(ctx, scope), &b.eval(ctx, scope)),
            Self::NotEqual(a, b) => not(&equality(ctx, &a.eval(ctx, scope), &b.eval(ctx, scope))),
            Self::Order(kind, a, b) => operators::order(*kind, &a.eval(ctx, scope), &b.eval(ctx, scope)),
            Self::Arithmetic(kind, a, b) => {
                operators::arithmetic(ctx, *kind, &a.eval(ctx, scope), &b.eval(ctx, scope))
            }
            Self::Condition(condition, yes, no) => choose(condition, yes, no, ctx, scope),
            Self::In(value, range) => {
                operators::contained(ctx, &value.eval(ctx, scope), &range.eval(ctx, scope))
            }
            Self::InList(value, elements) => in_list(value, elements, ctx, scope),
            Self::Index(value, key) => operators::index(&value.eval(ctx, scope), &key.eval(ctx, scope)),
            Self::TextTest(kind, a, b) => text::compare(*kind, &a.eval(ctx, scope), &b.eval(ctx, scope)),
            Self::Matches(value, regex) => text::test(&value.eval(ctx, scope), |text| regex.is_match(text)),
            Self::Lower(operand) => text::lower(operand.eval(ctx, scope)),
            Self::IntOf(operand) => operators::int(&operand.eval(ctx, scope)),
            Self::Size(operand) => operators::size(&operand.eval(ctx, scope)),
            Self::ListOf(operand) => operators::list(operand.eval(ctx, scope)),
            Self::Written(operand) => text::written(&operand.eval(ctx, scope)),
            Self::Related(name, path) => relations::related(ctx, name, path),
            Self::Resources(name) => relations::all(ctx, name),
            Self::Target { value, resource_type } => {
                relations::target(ctx, &value.eval(ctx, scope), resource_type.as_deref())
            }
            Self::Statements(document) => policy::statements(&document.eval(ctx, scope)),
            Self::Credential(value, examples) => {
                credentials::credential(ctx, &value.eval(ctx, scope), *examples)
            }
            Self::Call(builtin, arguments) => {
                let arguments: Vec<V<'a>> =
                    arguments.iter().map(|argument| argument.eval(ctx, scope)).collect();
                builtin.call(ctx, &arguments)
            }
            Self::Siblings(path) => relations::siblings(ctx, path),
            Self::List(elements) => list(elements, ctx, scope),
            Self::Map(entries) => map(entries, ctx, scope),
            Self::Macro { kind, range, body, filter } => {
                macros::run(*kind, &range.eval(ctx, scope), body, filter.as_deref(), ctx, scope)
            }
        }
    }
}

fn variable<'a>(scope: Scope<'_, 'a>, position: usize) -> V<'a> {
    let mut frame = scope;
    for _ in 0..position {
        frame = frame.and_then(|frame| frame.outer);
    }
    frame.map_or_else(|| V::plain(Data::Null), |frame| frame.value.clone())
}

fn connect<'a>(connective: Connective, a: &'a Op, b: &'a Op, ctx: &Ctx<'a>, scope: Scope<'_, 'a>) -> V<'a> {
    let first = Term::of(&a.eval(ctx, scope));
    if first.decides(connective) {
        return first.value();
    }
    first.followed_by(connective, Term::of(&b.eval(ctx, scope))).value()
}

fn equality<'a>(ctx: &Ctx<'a>, a: &V<'a>, b: &V<'a>) -> V<'a> {
    equal(ctx, a, b).value(a.place.or(b.place))
}

/// Where the condition is not known, both branches may agree all the same.
fn choose<'a>(condition: &'a Op, yes: &'a Op, no: &'a Op, ctx: &Ctx<'a>, scope: Scope<'_, 'a>) -> V<'a> {
    let condition = condition.eval(ctx, scope);
    let Unk { why, could } = match Logic::of(&condition.data) {
        Logic::True => return yes.eval(ctx, scope),
        Logic::False => return no.eval(ctx, scope),
        Logic::Null => return V::null(condition.place),
        Logic::Unknown(unknown) => unknown,
    };
    let mut results = Vec::with_capacity(3);
    for (outcome, branch) in [(Could::TRUE, Some(yes)), (Could::FALSE, Some(no)), (Could::NULL, None)] {
        if could.has(outcome) {
            results.push(branch.map_or_else(|| V::null(condition.place), |branch| branch.eval(ctx, scope)));
        }
    }
    let agree = results.windows(2).all(|pair| matches!(identical(ctx, &pair[0], &pair[1]), Equal::Yes));
    let possible = results.iter().fold(Could::EMPTY, |all, result| all.and(could_be(result)));
    match results.into_iter().next() {
        Some(result) if agree => result,
        _ => V::unknown(why.derived(), possible, condition.place),
    }
}

/// Equal, and of the same kind: `'5'` and `5` are equal, but behave differently.
fn identical<'a>(ctx: &Ctx<'a>, a: &V<'a>, b: &V<'a>) -> Equal<'a> {
    let scalar = |value: &V<'a>| match &value.data {
        Data::Bool(_) => 1,
        Data::Int(_) => 2,
        Data::Float(_) => 3,
        Data::Str(_) | Data::Text(_) => 4,
        Data::Null => 5,
        // The elements of lists and maps can differ in kind, and this is no place to look.
        _ => 0,
    };
    if scalar(a) != scalar(b) || scalar(a) == 0 { Equal::No } else { equal(ctx, a, b) }
}

fn could_be(value: &V<'_>) -> Could {
    match &value.data {
        Data::Null => Could::NULL,
        Data::Bool(true) => Could::TRUE,
        Data::Bool(false) => Could::FALSE,
        Data::Unknown(unknown) => unknown.could,
        _ => Could::OTHER,
    }
}

fn in_list<'a>(value: &'a Op, elements: &'a [Op], ctx: &Ctx<'a>, scope: Scope<'_, 'a>) -> V<'a> {
    let value = value.eval(ctx, scope);
    let mut place = value.place;
    let items = elements.iter().map(|element| {
        let element = element.eval(ctx, scope);
        place = place.or(element.place);
        Item::certain(element)
    });
    let found = contained_in(ctx, &value, items);
    found.value(place)
}

fn list<'a>(elements: &'a [Op], ctx: &Ctx<'a>, scope: Scope<'_, 'a>) -> V<'a> {
    let mut place = Place::default();
    let items = elements.iter().map(|element| {
        let value = element.eval(ctx, scope);
        place = place.or(value.place);
        Item::certain(value)
    });
    let items = items.collect();
    V::new(Data::Items(items), place)
}

/// A key that is no scalar makes the whole map nothing, an unknown one makes it unknown. Of
/// equal keys the first counts.
fn map<'a>(entries: &'a [(Op, Op)], ctx: &Ctx<'a>, scope: Scope<'_, 'a>) -> V<'a> {
    let mut result: Vec<(Cow<'a, str>, V<'a>)> = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let key = key.eval(ctx, scope);
        if let Data::Unknown(unknown) = &key.data {
            return V::unknown(unknown.why.derived(), Could::OTHER.and(Could::NULL), key.place);
        }
        let name = match (&key.data, key.text()) {
            (Data::Str(text), _) => Cow::Borrowed(*text),
            (_, Some(text)) => Cow::Owned(text.into_owned()),
            (_, None) => return V::null(key.place),
        };
        result.push((name, value.eval(ctx, scope)));
    }
    V::plain(Data::Entries(result.into()))
}
