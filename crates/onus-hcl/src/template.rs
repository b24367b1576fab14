//! Templates: text with interpolations and directives.

use crate::convert::truth_of;
use crate::evaluate::{Evaluator, Failure, MAX_TEXT, items};
use crate::functions::collect;
use crate::value::Unknown;
use crate::{Type, Val};
use hcl_edit::Span as _;
use hcl_edit::template::{Directive, Element};

/// What a template has come to.
#[derive(Default)]
struct Text {
    text: String,
    unknown: Option<Unknown>,
    sensitive: bool,
}

impl Text {
    fn open(&mut self, value: &Val) {
        let mut all: Vec<&Unknown> = self.unknown.iter().collect();
        collect(value, &mut all);
        self.unknown = Some(Unknown::of(all, true).typed(Type::String));
    }
}

/// The value of a template. One that is a single interpolation is that value, of whatever type.
pub(crate) fn evaluate(evaluator: &Evaluator<'_>, elements: &[&Element]) -> Result<Val, Failure> {
    if let [Element::Interpolation(only)] = elements {
        return evaluator.value(&only.expr);
    }
    let mut text = Text::default();
    write(evaluator, elements, &mut text)?;
    let made = match text.unknown {
        Some(unknown) => Val::unknown(unknown),
        None => Val::string(text.text),
    };
    Ok(made.marked(text.sensitive))
}

fn write(evaluator: &Evaluator<'_>, elements: &[&Element], into: &mut Text) -> Result<(), Failure> {
    for (at, element) in elements.iter().enumerate() {
        match element {
            Element::Literal(literal) => {
                let before =
                    at.checked_sub(1).and_then(|at| elements.get(at)).is_some_and(|e| strips_after(e));
                let after = elements.get(at + 1).is_some_and(|e| strips_before(e));
                let mut own = literal.as_str();
                if before {
                    own = own.trim_start();
                }
                if after {
                    own = own.trim_end();
                }
                into.text.push_str(own);
            }
            Element::Interpolation(interpolation) => {
                let value = evaluator.value(&interpolation.expr)?;
                into.sensitive |= value.has_sensitive();
                if value.as_unknown().is_some() {
                    into.open(&value);
                } else {
                    into.text.push_str(&evaluator.text(&value, interpolation.expr.span())?);
                }
            }
            Element::Directive(directive) => write_directive(evaluator, directive, into)?,
        }
        if into.text.len() > MAX_TEXT {
            return Err(Failure {
                is_limit: true,
                ..evaluator.refuse(element.span(), "the text is longer than 4 MiB".to_owned())
            });
        }
    }
    Ok(())
}

fn write_directive(evaluator: &Evaluator<'_>, directive: &Directive, into: &mut Text) -> Result<(), Failure> {
    match directive {
        Directive::If(choice) => {
            let condition = evaluator.value(&choice.if_expr.cond_expr)?;
            into.sensitive |= condition.sensitive;
            if condition.as_unknown().is_some() {
                into.open(&condition);
                return Ok(());
            }
            let truth =
                truth_of(&condition).map_err(|why| evaluator.refuse(choice.if_expr.cond_expr.span(), why))?;
            let after_if = choice.if_expr.strip.strip_end();
            let end = choice.endif_expr.strip.strip_start();
            match (truth, &choice.else_expr) {
                (true, Some(other)) => {
                    inner(evaluator, &choice.if_expr.template, after_if, other.strip.strip_start(), into)
                }
                (true, None) => inner(evaluator, &choice.if_expr.template, after_if, end, into),
                (false, Some(other)) => inner(evaluator, &other.template, other.strip.strip_end(), end, into),
                (false, None) => Ok(()),
            }
        }
        Directive::For(each) => {
            let intro = &each.for_expr;
            let over = evaluator.value(&intro.collection_expr)?;
            into.sensitive |= over.has_sensitive();
            let Some(items) = items(&over) else {
                if over.as_unknown().is_some() {
                    into.open(&over);
                    return Ok(());
                }
                let message = format!("`for` goes over a list or map, not a {}", over.kind());
                return Err(evaluator.refuse(intro.collection_expr.span(), message));
            };
            let (start, end) = (intro.strip.strip_end(), each.endfor_expr.strip.strip_start());
            for (key, value) in items {
                let mut names = vec![(intro.value_var.as_str(), value)];
                names.extend(intro.key_var.as_ref().map(|name| (name.as_str(), key)));
                evaluator.with(names, |evaluator| inner(evaluator, &intro.template, start, end, into))?;
            }
            Ok(())
        }
    }
}

/// The template within a directive, whose marks may strip its ends.
fn inner(
    evaluator: &Evaluator<'_>,
    template: &hcl_edit::template::Template,
    start: bool,
    end: bool,
    into: &mut Text,
) -> Result<(), Failure> {
    let elements: Vec<&Element> = template.iter().collect();
    let mut own = Text::default();
    write(evaluator, &elements, &mut own)?;
    let starts_with_text = matches!(elements.first(), Some(Element::Literal(_)));
    let ends_with_text = matches!(elements.last(), Some(Element::Literal(_)));
    let mut text = own.text.as_str();
    if start && starts_with_text {
        text = text.trim_start();
    }
    if end && ends_with_text {
        text = text.trim_end();
    }
    into.text.push_str(text);
    into.sensitive |= own.sensitive;
    if let Some(unknown) = own.unknown {
        into.open(&Val::unknown(unknown));
    }
    Ok(())
}

fn strips_before(element: &Element) -> bool {
    match element {
        Element::Literal(_) => false,
        Element::Interpolation(interpolation) => interpolation.strip.strip_start(),
        Element::Directive(directive) => match &**directive {
            Directive::If(choice) => choice.if_expr.strip.strip_start(),
            Directive::For(each) => each.for_expr.strip.strip_start(),
        },
    }
}

fn strips_after(element: &Element) -> bool {
    match element {
        Element::Literal(_) => false,
        Element::Interpolation(interpolation) => interpolation.strip.strip_end(),
        Element::Directive(directive) => match &**directive {
            Directive::If(choice) => choice.endif_expr.strip.strip_end(),
            Directive::For(each) => each.endfor_expr.strip.strip_end(),
        },
    }
}
