//! Evaluation: an expression and a scope to a value.

use crate::convert::{convert, text_of, truth_of};
use crate::functions::{self, Files, Host};
use crate::operators;
use crate::template;
use crate::unify::agreed;
use crate::value::Unknown;
use crate::{Data, Number, Type, Val};
use hcl_edit::Span as _;
use hcl_edit::expr::{
    Conditional, Expression, ForExpr, FuncCall, Object, ObjectKey, Traversal, TraversalOperator,
};
use onus_model::{FileId, Span};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What names mean where an expression stands.
pub trait Scope {
    /// The value of a name with the attributes that follow it, and how many of these it used: `var` with
    /// `["zone", "id"]` is the value of the variable `zone`, and 1. None where there is no such name.
    fn name(&self, root: &str, attributes: &[&str]) -> Option<(Val, usize)>;

    /// The files that functions may read.
    fn files(&self) -> Option<&dyn Files> {
        None
    }

    /// The functions that there are beside the language's own.
    fn functions(&self) -> Option<&dyn Functions> {
        None
    }
}

/// Functions of a tool that has the language, but more functions.
pub trait Functions {
    /// What a function gives that is none of the language's own.
    ///
    /// # Errors
    /// Says why it gives nothing, or that there is no such function.
    fn call(&self, name: &str, arguments: &[Val]) -> Result<Val, String>;
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The reason, as a phrase.
    pub message: String,
    /// The part of the expression that has none.
    pub span: Option<Span>,
    /// Whether it is for want of budget, so that `try` must not go on.
    pub is_limit: bool,
}

/// How much evaluation may still do, in steps of about the same time, and how much memory may be kept of it.
#[derive(Debug)]
pub struct Budget {
    steps: Cell<u64>,
    /// The bytes of values that may still be kept.
    bytes: Cell<u64>,
    /// How deep the evaluation is at the moment, through all names that it followed.
    depth: Cell<u32>,
}

/// Steps for the evaluation of one configuration. One with 10,000 resources takes about a million.
const STEPS: u64 = 20_000_000;

/// Bytes of the values that are kept of one configuration. One with 10,000 resources keeps about 50 MB.
const BYTES: u64 = 512 * 1024 * 1024;

/// Bytes of text that count as a step.
const BYTES_PER_STEP: usize = 64;

/// A value is made of at most this many values: `for_each` over a million would be a million resources.
pub const MAX_SIZE: usize = 1_000_000;

/// A text is at most this long: longer ones are no arguments that AWS would take.
pub(crate) const MAX_TEXT: usize = 4 * 1024 * 1024;

impl Default for Budget {
    fn default() -> Self {
        Self::of(STEPS)
    }
}

impl Budget {
    /// A budget of so many steps.
    pub const fn of(steps: u64) -> Self {
        Self::of_both(steps, BYTES)
    }

    /// A budget of so many steps, and of so many bytes of values that are kept.
    pub const fn of_both(steps: u64, bytes: u64) -> Self {
        Self { steps: Cell::new(steps), bytes: Cell::new(bytes), depth: Cell::new(0) }
    }

    /// Takes the memory of a value that is kept; false where too little is left.
    pub fn keep(&self, bytes: u64) -> bool {
        let left = self.bytes.get().checked_sub(bytes);
        self.bytes.set(left.unwrap_or(0));
        left.is_some()
    }

    /// The steps that are left.
    pub const fn left(&self) -> u64 {
        self.steps.get()
    }

    /// Takes steps; false where too few are left.
    pub fn take(&self, steps: u64) -> bool {
        let left = self.steps.get().checked_sub(steps);
        self.steps.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// A range of bytes in the text, as the parser gives it.
type Place = Option<std::ops::Range<usize>>;

/// Evaluates expressions of one file in one scope.
#[derive(Clone)]
pub struct Evaluator<'e> {
    scope: &'e dyn Scope,
    file: Option<FileId>,
    budget: &'e Budget,
    /// The variables of `for` expressions around, the innermost last.
    locals: Option<&'e Locals<'e>>,
}

/// Expressions are evaluated this deep, those that names stand for counted in. A level takes up to 10 KiB of stack
/// without optimization, and those who evaluate have 16 MiB.
const MAX_DEPTH: u32 = 1000;

struct Locals<'e> {
    names: Vec<(&'e str, Val)>,
    outer: Option<&'e Locals<'e>>,
}

impl Locals<'_> {
    fn find(&self, name: &str) -> Option<&Val> {
        let own = self.names.iter().find(|(own, _)| *own == name).map(|(_, value)| value);
        own.or_else(|| self.outer?.find(name))
    }
}

impl<'e> Evaluator<'e> {
    /// An evaluator for expressions of a file.
    pub fn new(scope: &'e dyn Scope, file: Option<FileId>, budget: &'e Budget) -> Self {
        Self { scope, file, budget, locals: None }
    }

    /// The value of an expression, at its place.
    ///
    /// # Errors
    /// Says why it has none: Terraform would refuse it as well.
    pub fn value(&self, expression: &Expression) -> Result<Val, Failure> {
        let depth = self.budget.depth.get();
        if depth >= MAX_DEPTH {
            return Err(
                self.limit(expression.span(), "expressions are nested, or refer to each other, too deep")
            );
        }
        self.spend(1, expression.span())?;
        self.budget.depth.set(depth + 1);
        let made = self.expression(expression);
        self.budget.depth.set(depth);
        let made = made?;
        Ok(match &made.span {
            // What was written elsewhere keeps its place: a variable's default, an element of a local.
            Some(_) if !is_literal(expression) => made,
            _ => made.at(self.span(expression.span())),
        })
    }

    fn span(&self, range: Place) -> Option<Span> {
        let (file, range) = (self.file?, range?);
        Some(Span::new(file, range.start as u32, range.end as u32))
    }

    fn fail(&self, range: Place, message: impl Into<String>) -> Failure {
        Failure { message: message.into(), span: self.span(range), is_limit: false }
    }

    fn limit(&self, range: Place, message: &str) -> Failure {
        Failure { is_limit: true, ..self.fail(range, message) }
    }

    fn expression(&self, expression: &Expression) -> Result<Val, Failure> {
        let range = expression.span();
        match expression {
            Expression::Null(_) => Ok(Val::null()),
            Expression::Bool(value) => Ok(Val::bool(**value)),
            Expression::Number(number) => {
                let text = number.as_repr().map_or_else(|| number.value().to_string(), |raw| raw.to_string());
                let parsed =
                    Number::parse(text.trim()).or_else(|| Number::parse(&number.value().to_string()));
                parsed.map(Val::number).ok_or_else(|| self.fail(range, "the number is too large"))
            }
            Expression::String(text) => Ok(Val::string(text.as_str())),
            Expression::Array(elements) => {
                let all =
                    elements.iter().map(|element| self.value(element)).collect::<Result<Vec<_>, _>>()?;
                Ok(Val::tuple(all))
            }
            Expression::Object(object) => self.object(object),
            Expression::StringTemplate(template) => template::quoted(self, template.iter()),
            Expression::HeredocTemplate(heredoc) => template::heredoc(self, heredoc),
            Expression::Parenthesis(inner) => self.value(inner.inner()),
            Expression::Variable(name) => self.name(name.as_str(), &[], range).map(|(value, _)| value),
            Expression::Conditional(conditional) => self.conditional(conditional),
            Expression::FuncCall(call) => self.call(call),
            Expression::Traversal(traversal) => self.traversal(traversal),
            Expression::UnaryOp(operation) => {
                let operand = self.value(&operation.expr)?;
                let made = operators::unary(*operation.operator.value(), &operand);
                made.map_err(|why| self.fail(range, why))
            }
            Expression::BinaryOp(operation) => {
                let left = self.value(&operation.lhs_expr)?;
                let operator = *operation.operator.value();
                if let Some(decided) = operators::decided(operator, &left) {
                    return Ok(decided);
                }
                let right = self.value(&operation.rhs_expr)?;
                self.weigh(&left, range.clone())?;
                self.weigh(&right, range.clone())?;
                operators::binary(operator, &left, &right).map_err(|why| self.fail(range, why))
            }
            Expression::ForExpr(each) => self.each(each),
        }
    }

    fn spend(&self, steps: u64, range: Place) -> Result<(), Failure> {
        if self.budget.take(steps) {
            return Ok(());
        }
        Err(self.limit(range, "the configuration takes too long to evaluate"))
    }

    /// Charges for going through a value.
    fn weigh(&self, value: &Val, range: Place) -> Result<(), Failure> {
        match value.size(MAX_SIZE) {
            Some(size) => self.spend(size as u64 / 2, range),
            None => Err(self.limit(range, "the value has more than a million parts")),
        }
    }

    /// Charges for a text that was made.
    pub(crate) fn charge(&self, length: usize, range: Place) -> Result<(), Failure> {
        if length > MAX_TEXT {
            return Err(self.limit(range, "the text is longer than 4 MiB"));
        }
        self.spend((length / BYTES_PER_STEP) as u64, range)
    }

    fn name(&self, root: &str, attributes: &[&str], range: Place) -> Result<(Val, usize), Failure> {
        if let Some(value) = self.locals.and_then(|locals| locals.find(root)) {
            return Ok((value.clone(), 0));
        }
        self.scope.name(root, attributes).ok_or_else(|| {
            let name = attributes.first().map_or_else(|| root.to_owned(), |next| format!("{root}.{next}"));
            self.fail(range, format!("there is no `{name}` here"))
        })
    }

    fn object(&self, object: &Object) -> Result<Val, Failure> {
        let mut entries = BTreeMap::new();
        let mut open: Option<Unknown> = None;
        let mut sensitive = false;
        for (key, value) in object {
            let name: Arc<str> = match key {
                ObjectKey::Expression(expression) if written_key(key).is_none() => {
                    let key = self.value(expression)?;
                    sensitive |= key.sensitive;
                    if let Some(unknown) = key.as_unknown() {
                        open.get_or_insert_with(|| unknown.clone());
                        self.value(value.expr())?;
                        continue;
                    }
                    text_of(&key).map_err(|why| self.fail(expression.span(), why))?
                }
                _ => written_key(key).unwrap_or_default().into(),
            };
            entries.insert(name, self.value(value.expr())?);
        }
        // What is sensitive in a key cannot be told from the others.
        Ok(match open {
            Some(unknown) => Val::unknown(Unknown::of([&unknown], true)),
            None => Val::object(entries),
        }
        .marked(sensitive))
    }

    fn conditional(&self, conditional: &Conditional) -> Result<Val, Failure> {
        let condition = self.value(&conditional.cond_expr)?;
        if let Some(unknown) = condition.as_unknown() {
            let (yes, no) = (self.value(&conditional.true_expr), self.value(&conditional.false_expr));
            // A branch that would fail is not the one that is taken.
            let branches: Vec<Val> = [yes, no].into_iter().flatten().collect();
            let kind = self.one_type(conditional, branches.iter())?;
            if let [yes, no] = branches.as_slice()
                && is_settled(yes, no)
            {
                let made = convert(yes, &kind).map_err(|why| self.fail(conditional.span(), why))?;
                return Ok(made.marked(condition.sensitive || no.sensitive));
            }
            let present = branches.iter().all(|branch| match branch.as_unknown() {
                Some(unknown) => unknown.present,
                // A provider takes an empty text for an argument that is left out.
                None => !branch.is_null() && branch.as_str() != Some(""),
            });
            let mut all = vec![unknown];
            branches.iter().for_each(|branch| functions::collect(branch, &mut all));
            let sensitive = condition.sensitive || branches.iter().any(|branch| branch.sensitive);
            return Ok(Val::unknown(Unknown::of(all, present).typed(kind)).marked(sensitive));
        }
        if condition.is_null() {
            return Err(self.fail(conditional.cond_expr.span(), "the condition is null"));
        }
        let truth = truth_of(&condition).map_err(|why| self.fail(conditional.cond_expr.span(), why))?;
        let (taken, other) = if truth {
            (&conditional.true_expr, &conditional.false_expr)
        } else {
            (&conditional.false_expr, &conditional.true_expr)
        };
        let taken = self.value(taken)?;
        // Both branches are of one type: where the other is text, a number is text too. One that fails has no type.
        let Ok(other) = self.value(other) else { return Ok(taken.marked(condition.sensitive)) };
        self.weigh(&taken, conditional.span())?;
        self.weigh(&other, conditional.span())?;
        let kind = self.one_type(conditional, [&taken, &other].into_iter())?;
        let made = convert(&taken, &kind).map_err(|why| self.fail(conditional.span(), why))?;
        Ok(made.marked(condition.sensitive || other.sensitive))
    }

    /// The type that the branches of a conditional have in common.
    fn one_type<'v>(
        &self,
        conditional: &Conditional,
        branches: impl Iterator<Item = &'v Val> + Clone,
    ) -> Result<Type, Failure> {
        agreed(branches).ok_or_else(|| {
            self.fail(conditional.span(), "the two branches of the conditional are of different types")
        })
    }

    fn call(&self, call: &FuncCall) -> Result<Val, Failure> {
        let range = call.span();
        let name = call.name.name.as_str();
        let namespace: Vec<&str> = call.name.namespace.iter().map(|part| part.as_str()).collect();
        match (namespace.as_slice(), name) {
            ([] | ["core"], "try") => return self.first_that_works(call),
            ([] | ["core"], "can") => {
                let argument =
                    call.args.get(0).ok_or_else(|| self.fail(range, "`can` takes an expression"))?;
                return match self.value(argument) {
                    // What is unknown may turn out to be what the rest cannot work with.
                    Ok(value) if value.has_unknown() => {
                        Ok(open_all(&value, true).marked(value.has_sensitive()))
                    }
                    Ok(_) => Ok(Val::bool(true)),
                    Err(failure) if failure.is_limit => Err(failure),
                    Err(_) => Ok(Val::bool(false)),
                };
            }
            ([] | ["core"], _) => {}
            (_, _) => {
                // A provider's function: what it gives only the provider knows.
                let reason = format!("the function `{}::{name}` is a provider's", namespace.join("::"));
                return Ok(Val::unknown(Unknown::new(reason)));
            }
        }
        let function = functions::find(name);
        let others = self.scope.functions();
        let no_function = || self.fail(range.clone(), format!("there is no function `{name}`"));
        if function.is_none() && others.is_none() {
            return Err(no_function());
        }
        let mut arguments = Vec::with_capacity(call.args.len());
        for argument in call.args.iter() {
            let value = self.value(argument)?;
            match value.as_str() {
                Some(text) => self.charge(text.len(), argument.span())?,
                None => self.weigh(&value, argument.span())?,
            }
            arguments.push(value);
        }
        if call.args.expand_final()
            && let Some(last) = arguments.pop()
        {
            if let Some(unknown) = last.as_unknown() {
                return Ok(Val::unknown(Unknown::of([unknown], true)).marked(last.sensitive));
            }
            let elements = last.elements().ok_or_else(|| self.fail(range.clone(), "`...` takes a list"))?;
            arguments.extend(elements.iter().map(|element| element.clone().marked(last.sensitive)));
        }
        let template = |text: &str, variables: &Val| self.render(text, variables);
        let spend = |steps: u64| self.budget.take(steps);
        let host = Host { files: self.scope.files(), template: &template, spend: &spend };
        let made = match (function, others) {
            (Some(function), _) => functions::call(function, &arguments, &host),
            (None, Some(others)) => others.call(name, &arguments),
            (None, None) => return Err(no_function()),
        };
        let made = made.map_err(|why| self.fail(range.clone(), why))?;
        if let Some(text) = made.as_str() {
            self.charge(text.len(), range)?;
        } else {
            self.weigh(&made, range)?;
        }
        Ok(made)
    }

    fn first_that_works(&self, call: &FuncCall) -> Result<Val, Failure> {
        let mut last = self.fail(call.span(), "`try` takes an expression");
        for argument in call.args.iter() {
            match self.value(argument) {
                // What names something is a text, so that nothing can be wrong with it later.
                Ok(value) if !value.sensitive && value.as_unknown().is_some_and(|unknown| unknown.name) => {
                    return Ok(value);
                }
                Ok(value) if value.has_unknown() => {
                    return Ok(open_all(&value, false));
                }
                Ok(value) => return Ok(value),
                Err(failure) if failure.is_limit => return Err(failure),
                Err(failure) => last = failure,
            }
        }
        Err(last)
    }

    /// What a template makes of its variables, an object or a map: these are all that it can name.
    ///
    /// # Errors
    /// Says what is wrong with the template.
    pub fn render(&self, text: &str, variables: &Val) -> Result<Val, String> {
        let parsed: hcl_edit::template::Template =
            text.parse().map_err(|_| "the template is not one that can be read".to_owned())?;
        let scope = Variables { values: variables, files: self.scope.files() };
        let inner = Evaluator { scope: &scope, file: None, budget: self.budget, locals: None };
        template::file(&inner, &parsed).map_err(|failure| failure.message)
    }

    pub(crate) fn text(&self, value: &Val, range: Place) -> Result<Arc<str>, Failure> {
        let text = text_of(value).map_err(|why| self.fail(range.clone(), why))?;
        self.charge(text.len(), range)?;
        Ok(text)
    }

    fn traversal(&self, traversal: &Traversal) -> Result<Val, Failure> {
        let operators = traversal.operators.as_slice();
        let (value, used) = match &traversal.expr {
            Expression::Variable(name) => {
                let attributes: Vec<&str> = operators
                    .iter()
                    .map_while(|operator| match operator.value() {
                        TraversalOperator::GetAttr(name) => Some(name.as_str()),
                        _ => None,
                    })
                    .collect();
                self.name(name.as_str(), &attributes, traversal.span())?
            }
            other => (self.value(other)?, 0),
        };
        self.follow(value, &operators[used.min(operators.len())..], traversal.span())
    }

    fn follow(
        &self,
        mut value: Val,
        operators: &[hcl_edit::Decorated<TraversalOperator>],
        range: Place,
    ) -> Result<Val, Failure> {
        for (at, operator) in operators.iter().enumerate() {
            value = match operator.value() {
                TraversalOperator::GetAttr(name) => {
                    attribute(&value, name.as_str()).map_err(|why| self.fail(range.clone(), why))?
                }
                TraversalOperator::Index(index) => {
                    let index = self.value(index)?;
                    operators::index(&value, &index).map_err(|why| self.fail(range.clone(), why))?
                }
                TraversalOperator::LegacyIndex(index) => {
                    let index = Val::number(Number::from(**index as usize));
                    operators::index(&value, &index).map_err(|why| self.fail(range.clone(), why))?
                }
                TraversalOperator::FullSplat(_) => {
                    return self.splat(&value, &operators[at + 1..], &[], range);
                }
                TraversalOperator::AttrSplat(_) => {
                    let rest = &operators[at + 1..];
                    let is_attribute = |operator: &hcl_edit::Decorated<TraversalOperator>| {
                        matches!(operator.value(), TraversalOperator::GetAttr(_))
                    };
                    let own = rest.iter().take_while(|operator| is_attribute(operator)).count();
                    return self.splat(&value, &rest[..own], &rest[own..], range);
                }
            };
        }
        Ok(value)
    }

    /// `each` is applied to every element, `after` to what comes of it.
    fn splat(
        &self,
        value: &Val,
        each: &[hcl_edit::Decorated<TraversalOperator>],
        after: &[hcl_edit::Decorated<TraversalOperator>],
        range: Place,
    ) -> Result<Val, Failure> {
        let elements = match &value.data {
            Data::Null | Data::NullOf(_) => Vec::new(),
            Data::Tuple(all) | Data::List(all) | Data::Set(all) => all.to_vec(),
            Data::Unknown(unknown) => {
                let (name, deferred) = (unknown.name, unknown.deferred);
                return Ok(Val::unknown(Unknown { name, deferred, ..Unknown::of([&**unknown], true) })
                    .marked(value.sensitive));
            }
            // A splat over what is no list is over a list of one.
            _ => vec![value.clone()],
        };
        let mut made = Vec::with_capacity(elements.len());
        for element in elements {
            self.spend(1, range.clone())?;
            made.push(self.follow(element, each, range.clone())?);
        }
        self.follow(Val::tuple(made).marked(value.sensitive), after, range)
    }

    fn each(&self, each: &ForExpr) -> Result<Val, Failure> {
        let range = each.span();
        let over = self.value(&each.intro.collection_expr)?;
        let Some(items) = items(&over) else {
            if let Some(unknown) = over.as_unknown() {
                return Ok(Val::unknown(Unknown::of([unknown], true)).marked(over.sensitive));
            }
            return Err(self.fail(
                each.intro.collection_expr.span(),
                format!("`for` goes over a list or map, not a {}", over.kind()),
            ));
        };
        let key_name = each.intro.key_var.as_ref().map(|name| name.as_str());
        let mut list = Vec::new();
        let mut map: BTreeMap<Arc<str>, Vec<Val>> = BTreeMap::new();
        let mut open: Vec<Unknown> = Vec::new();
        // Which elements there are, and under which keys, may tell what is sensitive.
        let mut sensitive = over.sensitive;
        for (key, value) in items {
            let mut names = vec![(each.intro.value_var.as_str(), value.marked(over.sensitive))];
            names.extend(key_name.map(|name| (name, key)));
            let locals = Locals { names, outer: self.locals };
            let inner = Evaluator { locals: Some(&locals), ..self.clone() };
            if let Some(condition) = &each.cond {
                let truth = inner.value(&condition.expr)?;
                sensitive |= truth.sensitive;
                if let Some(unknown) = truth.as_unknown() {
                    open.push(unknown.clone());
                    continue;
                }
                if !truth_of(&truth).map_err(|why| self.fail(condition.expr.span(), why))? {
                    continue;
                }
            }
            let value = inner.value(&each.value_expr)?;
            let Some(key) = &each.key_expr else {
                list.push(value);
                continue;
            };
            let made = inner.value(key)?;
            sensitive |= made.sensitive;
            if let Some(unknown) = made.as_unknown() {
                open.push(unknown.clone());
                continue;
            }
            let own = map.entry(text_of(&made).map_err(|why| self.fail(key.span(), why))?).or_default();
            own.push(value);
            if own.len() > 1 && !each.grouping {
                return Err(self.fail(key.span(), "two elements have the same key"));
            }
        }
        if !open.is_empty() {
            return Ok(Val::unknown(Unknown::of(&open, true)).marked(sensitive));
        }
        if list.len() > MAX_SIZE {
            return Err(self.limit(range, "the value has more than a million parts"));
        }
        if each.key_expr.is_none() {
            return Ok(Val::tuple(list).marked(sensitive));
        }
        let entry = |(key, mut values): (Arc<str>, Vec<Val>)| {
            let value = if each.grouping { Val::tuple(values) } else { values.pop().unwrap_or(Val::null()) };
            (key, value)
        };
        Ok(Val::object(map.into_iter().map(entry).collect()).marked(sensitive))
    }

    /// The same evaluator with names for the body of a template's `for`.
    pub(crate) fn with<T>(
        &self,
        names: Vec<(&str, Val)>,
        use_it: impl FnOnce(&Evaluator<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let locals = Locals { names, outer: self.locals };
        use_it(&Evaluator { locals: Some(&locals), scope: self.scope, file: self.file, budget: self.budget })
    }

    pub(crate) fn too_long(&self) -> Failure {
        self.limit(None, "the text is longer than 4 MiB")
    }

    pub(crate) fn refuse(&self, range: Place, message: String) -> Failure {
        self.fail(range, message)
    }
}

/// The key of an object's entry, where it is written out: a bare word is one, and a variable has to stand in parentheses.
pub fn written_key(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(Expression::Null(_)) => Some("null"),
        ObjectKey::Expression(Expression::Bool(truth)) => Some(if **truth { "true" } else { "false" }),
        ObjectKey::Expression(expression) => expression.as_str(),
    }
}

/// Keys and values of what can be iterated over, none of anything else; the key of a set's element is the element.
pub fn items(value: &Val) -> Option<Vec<(Val, Val)>> {
    Some(match &value.data {
        Data::Tuple(all) | Data::List(all) => {
            all.iter().enumerate().map(|(at, element)| (Val::number(at), element.clone())).collect()
        }
        Data::Set(all) => all.iter().map(|element| (element.clone(), element.clone())).collect(),
        Data::Object(all) | Data::Map(all) => {
            all.iter().map(|(key, element)| (Val::string(key.clone()), element.clone())).collect()
        }
        _ => return None,
    })
}

/// Whether Terraform knows what a conditional comes to whose condition it does not know: it keeps the bounds of numbers
/// and of lengths, but not the letters of a text.
fn is_settled(yes: &Val, no: &Val) -> bool {
    match (&yes.data, &no.data) {
        (Data::Number(yes), Data::Number(no)) => yes == no,
        (Data::List(yes), Data::List(no)) | (Data::Set(yes), Data::Set(no)) => {
            yes.is_empty() && no.is_empty()
        }
        (Data::Map(yes), Data::Map(no)) => yes.is_empty() && no.is_empty(),
        _ => false,
    }
}

/// Unknown, because of all that is unknown in a value.
fn open_all(value: &Val, present: bool) -> Val {
    let mut all = Vec::new();
    functions::collect(value, &mut all);
    Val::unknown(Unknown::of(all, present))
}

/// The value of an attribute.
fn attribute(value: &Val, name: &str) -> Result<Val, String> {
    let found = match &value.data {
        Data::Object(all) | Data::Map(all) => {
            all.get(name).cloned().ok_or_else(|| format!("there is no attribute `{name}`"))?
        }
        Data::Instance(instance) => instance.attribute(name),
        Data::Unknown(unknown) => {
            let deferred = unknown.deferred;
            Val::unknown(Unknown { present: false, deferred, ..Unknown::of([&**unknown], false) })
        }
        Data::Null | Data::NullOf(_) => return Err(format!("null has no attribute `{name}`")),
        Data::List(all) | Data::Tuple(all) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
            let at: usize = name.parse().map_err(|_| "the index is too large".to_owned())?;
            all.get(at).cloned().ok_or("the index is past the end")?
        }
        _ => return Err(format!("a {} has no attributes", value.kind())),
    };
    Ok(found.marked(value.sensitive))
}

/// Whether the place of a value is the expression itself.
const fn is_literal(expression: &Expression) -> bool {
    !matches!(
        expression,
        Expression::Variable(_)
            | Expression::Traversal(_)
            | Expression::Conditional(_)
            | Expression::Parenthesis(_)
            | Expression::FuncCall(_)
    )
}

/// What a template file sees: its variables, and nothing else.
struct Variables<'v> {
    values: &'v Val,
    files: Option<&'v dyn Files>,
}

impl Scope for Variables<'_> {
    fn name(&self, root: &str, _: &[&str]) -> Option<(Val, usize)> {
        self.values.get(root).map(|value| (value.clone(), 0))
    }

    fn files(&self) -> Option<&dyn Files> {
        self.files
    }
}
