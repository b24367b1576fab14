//! Strings of a JSON text, written as what they stand for.

use super::blocks::Strings;
use super::text::Text;
use super::translate::{Writer, Written, place};
use crate::syntax::Syntax;
use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::parser::{Error, parse_expr, parse_template};
use hcl_edit::template::{Element, Template};
use onus_model::{Problem, ProblemKind};
use std::ops::Range;

impl<'t> Writer<'t> {
    /// Writes a string as what it stands for.
    pub(super) fn string(&mut self, string: Syntax<'t>, strings: Strings) -> Written {
        let place = place(string);
        let text = Text::new(self.json, place.clone());
        let trimmed = |part: Range<usize>| {
            let inner = text.meant.get(part.clone()).unwrap_or_default();
            let start = part.start + (inner.len() - inner.trim_start().len());
            start..start + inner.trim().len()
        };
        let whole = 0..text.meant.len();
        match strings {
            Strings::Template | Strings::Own => self.template(&text, place),
            Strings::Literal => self.quoted(&text, place),
            Strings::Truth if matches!(&*text.meant, "true" | "false") => self.verbatim(&text, whole),
            Strings::Truth => self.quoted(&text, place),
            Strings::Type => {
                let part = trimmed(whole);
                let is_type = text.meant.get(part.clone()).is_some_and(|text| parse_expr(text).is_ok());
                if is_type { self.verbatim(&text, part) } else { self.quoted(&text, place) }
            }
            Strings::Reference => {
                let part = match text.meant.strip_prefix("${").and_then(|text| text.strip_suffix('}')) {
                    Some(inner) => trimmed(2..2 + inner.len()),
                    None => trimmed(whole),
                };
                let parsed = text.meant.get(part.clone()).and_then(|text| parse_expr(text).ok());
                if matches!(parsed, Some(Expression::Variable(_) | Expression::Traversal(_))) {
                    self.verbatim(&text, part)
                } else {
                    self.quoted(&text, place)
                }
            }
        }
    }

    /// A template in quotes, or what stands alone in it in parentheses.
    fn template(&mut self, text: &Text, place: Range<usize>) -> Written {
        if !text.meant.contains("${") && !text.meant.contains("%{") {
            return self.quoted(text, place);
        }
        let template = parse_template(&text.meant).map_err(|error| self.no_template(text, &error))?;
        if let Some(only) = alone(&template) {
            let end = text.place(only.end);
            // The end of a heredoc has a line of its own.
            let close =
                if text.meant.get(only.clone()).unwrap_or_default().contains('\n') { "\n)" } else { ")" };
            self.push("(", place.start..text.place(only.start))?;
            self.verbatim(text, only)?;
            return self.push(close, end..place.end);
        }
        self.push("\"", place.start..place.start + 1)?;
        for element in &template {
            let part = element.span().unwrap_or_default();
            match element {
                Element::Literal(_) => self.escaped(text, part, false)?,
                // Within a directive the parser takes text as it is, in quotes as elsewhere.
                Element::Interpolation(_) | Element::Directive(_) => self.verbatim(text, part)?,
            }
        }
        self.push("\"", place.end - 1..place.end)
    }

    fn no_template(&self, text: &Text, error: &Error) -> Problem {
        let at = text.place(text.meant.floor_char_boundary(error.location().offset()));
        let message = format!("not Terraform's syntax: {}", error.message());
        self.problem(ProblemKind::Syntax, at..at, message)
    }

    /// A text that stands for itself.
    fn quoted(&mut self, text: &Text, place: Range<usize>) -> Written {
        self.push("\"", place.start..place.start + 1)?;
        self.escaped(text, 0..text.meant.len(), true)?;
        self.push("\"", place.end - 1..place.end)
    }

    /// A part of a text within quotes; `literal` where what begins an interpolation is to be none.
    fn escaped(&mut self, text: &Text, part: Range<usize>, literal: bool) -> Written {
        let mut letters = text.letters(part).peekable();
        while let Some((letter, place, same)) = letters.next() {
            let begins = literal
                && matches!(letter, '$' | '%')
                && letters.peek().is_some_and(|(next, ..)| *next == '{');
            match letter {
                '"' => self.push("\\\"", place)?,
                '\\' => self.push("\\\\", place)?,
                '\n' => self.push("\\n", place)?,
                '\r' => self.push("\\r", place)?,
                '\t' => self.push("\\t", place)?,
                '$' if begins => self.push("$$", place)?,
                '%' if begins => self.push("%%", place)?,
                letter if letter.is_control() => {
                    self.push(&format!("\\u{:04x}", u32::from(letter)), place)?;
                }
                letter => self.add(letter.encode_utf8(&mut [0; 4]), place, same)?,
            }
        }
        Ok(())
    }

    /// A part of a text as it is.
    fn verbatim(&mut self, text: &Text, part: Range<usize>) -> Written {
        for (letter, place, same) in text.letters(part) {
            self.add(letter.encode_utf8(&mut [0; 4]), place, same)?;
        }
        Ok(())
    }
}

/// What stands alone in a template.
fn alone(template: &Template) -> Option<Range<usize>> {
    let mut elements = template.iter();
    match (elements.next(), elements.next()) {
        (Some(Element::Interpolation(only)), None) => only.expr.span(),
        _ => None,
    }
}
