//! Templates: text with interpolations and directives.
//!
//! A template is taken apart into pieces first, since that is how Terraform strips them: a mark (`~`) reaches to the end
//! of the next piece of text, and in all but quoted text each line is a piece of its own. The indentation of a heredoc
//! is taken off after that.

use crate::convert::truth_of;
use crate::evaluate::{Evaluator, Failure, MAX_TEXT, items};
use crate::functions::collect;
use crate::pieces::Pieced;
use crate::value::Unknown;
use crate::{Type, Val};
use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::template::{Directive, Element, ForTemplateExpr, HeredocTemplate, Strip, Template};
use std::borrow::Cow;
use std::sync::Arc;

/// A piece of a template.
enum Piece<'t> {
    Text(Cow<'t, str>),
    Mark { what: Mark<'t>, strip: Strip },
}

/// What stands between texts.
#[derive(Clone, Copy)]
enum Mark<'t> {
    Value(&'t Expression),
    If(&'t Expression),
    Else,
    For(&'t ForTemplateExpr),
    End,
}

/// What a template has come to.
#[derive(Default)]
struct Text {
    text: String,
    unknown: Option<Unknown>,
    sensitive: bool,
    pieces: Pieced,
    /// The length of the text that is in pieces already.
    taken: usize,
}

impl Text {
    /// From here on it is not known; the whole begins with what is known so far.
    fn open(&mut self, value: &Val) {
        let prefix = match &self.unknown {
            Some(unknown) => unknown.prefix.clone(),
            None => safe_prefix(&self.text),
        };
        let mut all: Vec<&Unknown> = self.unknown.iter().collect();
        collect(value, &mut all);
        let mut unknown = Unknown { prefix, ..Unknown::of(all, true).typed(Type::String) };
        unknown.refers_to(value.from.as_deref().unwrap_or_default());
        self.unknown = Some(unknown);
        self.take();
        self.pieces.open(value);
    }

    /// Puts what is known so far into a piece.
    fn take(&mut self) {
        self.pieces.known(self.text.get(self.taken..).unwrap_or_default());
        self.taken = self.text.len();
    }

    fn value(mut self) -> Val {
        self.take();
        let made = match self.unknown {
            Some(unknown) => Val::unknown(Unknown { pieces: self.pieces.finish(), ..unknown }),
            None => Val::string(self.text),
        };
        made.marked(self.sensitive)
    }

    /// Adds what a directive has come to.
    fn append(&mut self, other: Self) {
        self.sensitive |= other.sensitive;
        match other.unknown {
            Some(unknown) => {
                let mut other = Self { unknown: None, ..other };
                other.take();
                self.open(&Val::unknown(Unknown { pieces: other.pieces.finish(), ..unknown }));
            }
            None => self.text.push_str(&other.text),
        }
    }
}

/// What a text is certain to begin with of which this is known: what follows may combine with the last letter, unless
/// that only separates words.
fn safe_prefix(known: &str) -> Option<Arc<str>> {
    let is_safe = known.ends_with(['-', '_', ':', '/', '.', ' ', ',', ';', '=', '@']);
    let end = if is_safe { known.len() } else { known.char_indices().next_back().map_or(0, |(at, _)| at) };
    known.get(..end).filter(|text| !text.is_empty()).map(Into::into)
}

/// The value of text in quotes.
pub(crate) fn quoted<'t>(
    evaluator: &Evaluator<'_>,
    elements: impl Iterator<Item = &'t Element>,
) -> Result<Val, Failure> {
    let mut pieces = Pieces { all: Vec::new(), by_line: false };
    elements.for_each(|element| pieces.add(element, 0));
    pieces.strip();
    pieces.value(evaluator)
}

/// The value of a template that is a file's.
pub(crate) fn file(evaluator: &Evaluator<'_>, template: &Template) -> Result<Val, Failure> {
    let mut pieces = Pieces { all: Vec::new(), by_line: true };
    template.iter().for_each(|element| pieces.add(element, 0));
    pieces.strip();
    pieces.value(evaluator)
}

/// The value of a heredoc.
pub(crate) fn heredoc(evaluator: &Evaluator<'_>, heredoc: &HeredocTemplate) -> Result<Val, Failure> {
    let mut pieces = Pieces { all: Vec::new(), by_line: true };
    // The parser has taken off what it holds to be the indentation.
    let taken = heredoc.indent().unwrap_or(0);
    heredoc.template.iter().for_each(|element| pieces.add(element, taken));
    pieces.strip();
    if taken > 0 {
        pieces.dedent();
    }
    pieces.value(evaluator)
}

/// The pieces of a template, without those ends that marks strip.
struct Pieces<'t> {
    all: Vec<Piece<'t>>,
    by_line: bool,
}

impl<'t> Pieces<'t> {
    /// Adds an element; of its lines this much indentation was taken, and is put back.
    fn add(&mut self, element: &'t Element, taken: usize) {
        match element {
            Element::Literal(text) if self.by_line => {
                text.split_inclusive('\n').for_each(|line| self.line(line, taken));
            }
            Element::Literal(text) => self.all.push(Piece::Text(text.as_str().into())),
            Element::Interpolation(one) => {
                self.start(taken);
                self.mark(Mark::Value(&one.expr), one.strip);
            }
            Element::Directive(directive) => match &**directive {
                Directive::If(choice) => {
                    self.start(taken);
                    self.mark(Mark::If(&choice.if_expr.cond_expr), choice.if_expr.strip);
                    choice.if_expr.template.iter().for_each(|element| self.add(element, 0));
                    if let Some(other) = &choice.else_expr {
                        self.mark(Mark::Else, other.strip);
                        other.template.iter().for_each(|element| self.add(element, 0));
                    }
                    self.mark(Mark::End, choice.endif_expr.strip);
                }
                Directive::For(each) => {
                    self.start(taken);
                    self.mark(Mark::For(&each.for_expr), each.for_expr.strip);
                    each.for_expr.template.iter().for_each(|element| self.add(element, 0));
                    self.mark(Mark::End, each.endfor_expr.strip);
                }
            },
        }
    }

    fn line(&mut self, line: &'t str, taken: usize) {
        let is_empty = line.trim_end_matches(['\r', '\n']).is_empty();
        self.all.push(Piece::Text(if taken > 0 && !is_empty && self.is_start() {
            format!("{}{line}", " ".repeat(taken)).into()
        } else {
            line.into()
        }));
    }

    /// A line that begins with a mark had nothing but its indentation before it.
    fn start(&mut self, taken: usize) {
        if taken > 0 && self.is_start() {
            self.all.push(Piece::Text(" ".repeat(taken).into()));
        }
    }

    fn is_start(&self) -> bool {
        match self.all.last() {
            Some(Piece::Text(before)) => before.ends_with('\n'),
            Some(Piece::Mark { .. }) => false,
            None => true,
        }
    }

    fn mark(&mut self, what: Mark<'t>, strip: Strip) {
        self.all.push(Piece::Mark { what, strip });
    }

    /// Strips the ends of texts beside marks that say so.
    fn strip(&mut self) {
        for at in 0..self.all.len() {
            let Some(Piece::Mark { strip, .. }) = self.all.get(at) else { continue };
            let strip = *strip;
            if strip.strip_start()
                && let Some(Piece::Text(text)) = at.checked_sub(1).and_then(|at| self.all.get_mut(at))
            {
                *text = text.trim_end().to_owned().into();
            }
            if strip.strip_end()
                && let Some(Piece::Text(text)) = self.all.get_mut(at + 1)
            {
                *text = text.trim_start().to_owned().into();
            }
        }
    }

    /// Takes the indentation off that all lines have, those within directives too. Lines without text do not count.
    fn dedent(&mut self) {
        let (mut least, mut starts, mut is_start) = (usize::MAX, Vec::new(), true);
        for (at, piece) in self.all.iter().enumerate() {
            let Piece::Text(text) = piece else {
                least = if is_start { 0 } else { least };
                is_start = false;
                continue;
            };
            let spaces = text.chars().take_while(|letter| letter.is_whitespace()).count();
            let is_blank = text.ends_with('\n') && text.trim_start().is_empty();
            if is_start && !is_blank {
                least = least.min(spaces);
                starts.push(at);
            }
            is_start = text.ends_with('\n');
        }
        for at in starts {
            if let Some(Piece::Text(text)) = self.all.get_mut(at) {
                *text = text.chars().skip(least).collect::<String>().into();
            }
        }
    }

    fn value(self, evaluator: &Evaluator<'_>) -> Result<Val, Failure> {
        // A template that is a single interpolation is that value, of whatever type.
        if let [Piece::Mark { what: Mark::Value(only), .. }] = self.all.as_slice() {
            return evaluator.value(only);
        }
        let mut text = Text::default();
        write(evaluator, &self.all, &mut text)?;
        Ok(text.value())
    }
}

fn write(evaluator: &Evaluator<'_>, pieces: &[Piece<'_>], into: &mut Text) -> Result<(), Failure> {
    let mut left = pieces;
    while let Some((first, rest)) = left.split_first() {
        left = rest;
        match first {
            Piece::Text(text) => {
                into.text.push_str(text);
            }
            Piece::Mark { what: Mark::Value(expression), .. } => {
                let value = evaluator.value(expression)?;
                into.sensitive |= value.has_sensitive();
                if value.as_unknown().is_some() {
                    into.open(&value);
                } else {
                    into.text.push_str(&evaluator.text(&value, expression.span())?);
                }
            }
            Piece::Mark { what: Mark::If(condition), .. } => {
                let (yes, no, after) = branches(rest);
                left = after;
                choose(evaluator, condition, yes, no, into)?;
            }
            Piece::Mark { what: Mark::For(intro), .. } => {
                let (body, _, after) = branches(rest);
                left = after;
                repeat(evaluator, intro, body, into)?;
            }
            Piece::Mark { what: Mark::Else | Mark::End, .. } => {}
        }
        if into.text.len() > MAX_TEXT {
            return Err(evaluator.too_long());
        }
    }
    Ok(())
}

/// What stands up to the end of a directive, up to its `else` and behind it, and what follows.
fn branches<'p, 't>(pieces: &'p [Piece<'t>]) -> (&'p [Piece<'t>], &'p [Piece<'t>], &'p [Piece<'t>]) {
    let (mut depth, mut other) = (0_usize, None);
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Mark { what, .. } = piece else { continue };
        match what {
            Mark::If(_) | Mark::For(_) => depth += 1,
            Mark::Else if depth == 0 => other = Some(at),
            Mark::End if depth == 0 => {
                let yes = &pieces[..other.unwrap_or(at)];
                let no = other.map_or(&[][..], |other| &pieces[other + 1..at]);
                return (yes, no, &pieces[at + 1..]);
            }
            Mark::End => depth -= 1,
            Mark::Else | Mark::Value(_) => {}
        }
    }
    (pieces, &[], &[])
}

fn choose(
    evaluator: &Evaluator<'_>,
    condition: &Expression,
    yes: &[Piece<'_>],
    no: &[Piece<'_>],
    into: &mut Text,
) -> Result<(), Failure> {
    let value = evaluator.value(condition)?;
    into.sensitive |= value.sensitive;
    let truth = if value.as_unknown().is_some() {
        into.open(&value);
        true
    } else {
        truth_of(&value).map_err(|why| evaluator.refuse(condition.span(), why))?
    };
    let (taken, other) = if truth { (yes, no) } else { (no, yes) };
    // That the other branch is sensitive makes the choice so, as in a conditional.
    let mut unused = Text::default();
    if write(evaluator, other, &mut unused).is_ok() {
        into.sensitive |= unused.sensitive;
    }
    let mut own = Text::default();
    let made = write(evaluator, taken, &mut own);
    if value.as_unknown().is_some() {
        into.sensitive |= own.sensitive;
        return Ok(());
    }
    made?;
    into.append(own);
    Ok(())
}

fn repeat(
    evaluator: &Evaluator<'_>,
    intro: &ForTemplateExpr,
    body: &[Piece<'_>],
    into: &mut Text,
) -> Result<(), Failure> {
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
    let mut own = Text::default();
    for (key, value) in items {
        let mut names = vec![(intro.value_var.as_str(), value)];
        names.extend(intro.key_var.as_ref().map(|name| (name.as_str(), key)));
        evaluator.with(names, |evaluator| write(evaluator, body, &mut own))?;
    }
    into.append(own);
    Ok(())
}
