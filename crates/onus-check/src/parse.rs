//! From text to an [`Expression`]: CEL's own parser, and then our lowering.

use crate::error::{Cause, ParseError};
use crate::lower;
use cel::common::ast::{IdedExpr, SourceInfo};
use onus_model::Expression;
use std::ops::Range;

/// The longest text. The longest checks have some hundred bytes; a parser whose time is not
/// linear in every case should not be given much more.
const MAX_LENGTH: usize = 4096;

/// The parser recurses several frames per level, and a chain of 2,000 selects is as many levels.
const STACK: usize = 64 << 20;

/// Parses an expression, and refuses what it could never evaluate: unknown names and functions,
/// wrong numbers of arguments, patterns that are no regular expressions.
pub fn parse(source: &str) -> Result<Expression, ParseError> {
    if source.len() > MAX_LENGTH {
        let cause = Cause::TooLong { length: source.len(), limit: MAX_LENGTH };
        return Err(ParseError::new(0..source.len(), cause));
    }
    if source.trim().is_empty() {
        return Err(ParseError::new(0..source.len(), Cause::Empty));
    }
    on_large_stack(|| parse_here(source))
        .unwrap_or_else(|| Err(ParseError::new(0..source.len(), Cause::Unreadable)))
}

/// Runs on a thread of its own. None if the thread cannot be had, or panics.
fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name("expression".to_owned()).stack_size(STACK);
        builder.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

fn parse_here(source: &str) -> Result<Expression, ParseError> {
    let (root, places) = parse_cel(source)?;
    let root = lower::lower(source, &places, &root)?;
    Ok(Expression { source: source.to_owned(), root })
}

/// An environment without macros: they stay calls, which [`lower`] recognises.
fn parse_cel(source: &str) -> Result<(IdedExpr, SourceInfo), ParseError> {
    cel::Env::default().parser().parse_with_source_info(source).map_err(|errors| {
        let first = errors.errors.iter().min_by_key(|error| error.pos);
        first.map_or_else(
            || ParseError::new(0..source.len(), Cause::Unreadable),
            |error| syntax_error(source, error.pos, &error.msg),
        )
    })
}

/// CEL's messages speak of its grammar; ours name the token.
fn syntax_error(source: &str, (line, column): (isize, isize), message: &str) -> ParseError {
    if nesting(source) > lower::MAX_DEPTH {
        return ParseError::new(0..source.len(), Cause::TooDeep { limit: lower::MAX_DEPTH });
    }
    let at = token_at(source, offset(source, line, column));
    let found = source.get(at.clone()).unwrap_or_default().to_owned();
    let cause = match found.chars().next() {
        None => Cause::UnexpectedEnd,
        Some('\'' | '"') if message.contains("token recognition") && !is_closed(&found) => {
            Cause::UnclosedText
        }
        Some('\'' | '"') if message.contains("token recognition") => Cause::InvalidLiteral { literal: found },
        _ if message.starts_with("unsupported syntax") => Cause::NotSupported { what: "names in backticks" },
        _ if message.starts_with("reserved identifier") => Cause::Reserved { word: found },
        _ if message.starts_with("invalid ") => Cause::InvalidLiteral { literal: found },
        Some(_) => Cause::Unexpected { found },
    };
    ParseError::new(at, cause)
}

/// About how deep a text is nested that the parser gave up on; its message does not tell.
fn nesting(source: &str) -> usize {
    let (mut depth, mut deepest, mut choices) = (0_usize, 0, 0);
    for sign in source.bytes() {
        match sign {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'?' => choices += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest + choices
}

/// Whether a text in quotation marks ends with one.
fn is_closed(text: &str) -> bool {
    text.len() > 1 && text.ends_with(['\'', '"'])
}

/// The byte at a line and column that count from one, columns in characters.
fn offset(source: &str, line: isize, column: isize) -> usize {
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let column = usize::try_from(column).unwrap_or(1).max(1);
    let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = source.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
}

/// The word or sign that starts at a byte, behind white space.
pub(crate) fn token_at(source: &str, from: usize) -> Range<usize> {
    let rest = source.get(from..).unwrap_or_default();
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = source.get(start..).unwrap_or_default();
    let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let length = match rest.chars().next() {
        None => 0,
        Some(_) if word > 0 => word,
        Some(quote @ ('\'' | '"')) => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
        Some(sign) => sign.len_utf8(),
    };
    start..start + length
}
