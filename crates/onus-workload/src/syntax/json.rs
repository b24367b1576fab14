//! JSON text to a tree, token by token and without recursion.

use super::builder::{Builder, Stop};
use super::tree::{Shape, Tree};
use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use onus_model::{FileId, Problem, ProblemKind};

/// What becomes of a key that stands twice in a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubles {
    /// The last one is kept, and that is reported.
    LastCounts,
    /// All are kept: the reader knows what it means.
    Kept,
}

/// The tree of a text, and what is wrong within it; or why there is no tree.
pub(crate) fn parse(text: &str, file: FileId, doubles: Doubles) -> Result<(Tree, Vec<Problem>), Problem> {
    let strict = ScannerOptions {
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let builder = Builder::new(text, file, doubles);
    let mut reader = Reader { builder, scanner: Scanner::new(text, &strict), open: Vec::new() };
    match reader.read() {
        Ok(()) => Ok(reader.builder.finish()),
        Err(Stop(problem)) => Err(problem),
    }
}

struct Reader<'t> {
    builder: Builder<'t>,
    scanner: Scanner<'t>,
    open: Vec<Container>,
}

#[derive(Clone, Copy, PartialEq)]
enum Container {
    List,
    Map,
}

/// What the grammar takes next.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    Nothing,
}

impl Expect {
    const fn words(self) -> &'static str {
        match self {
            Self::Value => "a value",
            Self::ValueOrEnd => "a value or `]`",
            Self::Key => "a key in double quotes",
            Self::KeyOrEnd => "a key in double quotes, or `}`",
            Self::Colon => "`:`",
            Self::CommaOrEnd => "a comma or the closing bracket",
            Self::Nothing => "the end of the file",
        }
    }
}

impl<'t> Reader<'t> {
    fn read(&mut self) -> Result<(), Stop> {
        let mut expect = Expect::Value;
        while let Some(token) = self.scanner.scan().map_err(|error| self.scan_error(&error))? {
            expect = self.token(token, expect)?;
        }
        match expect {
            Expect::Nothing => Ok(()),
            expect => Err(self.syntax(format!("the file ends where {} is due", expect.words()))),
        }
    }

    fn token(&mut self, token: Token<'t>, expect: Expect) -> Result<Expect, Stop> {
        let (start, end) = (self.scanner.token_start() as u32, self.scanner.token_end() as u32);
        let value_due = matches!(expect, Expect::Value | Expect::ValueOrEnd);
        let key_due = matches!(expect, Expect::Key | Expect::KeyOrEnd);
        match token {
            Token::OpenBrace if value_due => {
                self.builder.open(Shape::Map, 0, 0, start)?;
                self.open.push(Container::Map);
                return Ok(Expect::KeyOrEnd);
            }
            Token::OpenBracket if value_due => {
                self.builder.open(Shape::List, 0, 0, start)?;
                self.open.push(Container::List);
                return Ok(Expect::ValueOrEnd);
            }
            Token::CloseBrace if self.may_close(Container::Map, expect) => return self.close(end),
            Token::CloseBracket if self.may_close(Container::List, expect) => return self.close(end),
            Token::String(text) if key_due => {
                self.builder.scalar(Shape::Text, 0, &text, start, end)?;
                return Ok(Expect::Colon);
            }
            Token::Colon if expect == Expect::Colon => return Ok(Expect::Value),
            Token::Comma if expect == Expect::CommaOrEnd => {
                return Ok(if self.open.last() == Some(&Container::Map) {
                    Expect::Key
                } else {
                    Expect::Value
                });
            }
            Token::String(text) if value_due => self.builder.scalar(Shape::Text, 0, &text, start, end)?,
            Token::Number(text) if value_due => self.builder.scalar(Shape::Number, 0, text, start, end)?,
            Token::Boolean(true) if value_due => self.builder.scalar(Shape::Plain, 0, "true", start, end)?,
            Token::Boolean(false) if value_due => {
                self.builder.scalar(Shape::Plain, 0, "false", start, end)?
            }
            Token::Null if value_due => self.builder.scalar(Shape::Plain, 0, "null", start, end)?,
            Token::CommentLine(_) | Token::CommentBlock(_) => {
                return Err(self.syntax("JSON has no comments"));
            }
            _ => return Err(self.syntax(format!("not valid JSON: {} is due here", expect.words()))),
        };
        Ok(self.after_value())
    }

    fn may_close(&self, container: Container, expect: Expect) -> bool {
        let empty = if container == Container::Map { Expect::KeyOrEnd } else { Expect::ValueOrEnd };
        self.open.last() == Some(&container) && (expect == empty || expect == Expect::CommaOrEnd)
    }

    fn close(&mut self, end: u32) -> Result<Expect, Stop> {
        self.builder.close(Some(end))?;
        self.open.pop();
        Ok(self.after_value())
    }

    fn after_value(&self) -> Expect {
        if self.open.is_empty() { Expect::Nothing } else { Expect::CommaOrEnd }
    }

    fn syntax(&self, message: impl Into<String>) -> Stop {
        let span = self.builder.span(self.scanner.token_start() as u32, self.scanner.token_end() as u32);
        Stop(Problem::at(ProblemKind::Syntax, span, message))
    }

    fn scan_error(&self, error: &ParseError) -> Stop {
        let range = error.range();
        let span = self.builder.span(range.start as u32, range.end.max(range.start) as u32);
        let message = format!("not valid JSON: {}", lower_first(&error.kind().to_string()));
        Stop(Problem::at(ProblemKind::Syntax, span, message))
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
