//! The functions of the language.
//!
//! A function is an entry of a table in the file of its kind. What holds for all functions is done here, once:
//! the number of arguments, arguments that are null, unknown or sensitive.

mod collections;
mod dates;
mod encoding;
mod files;
mod format;
mod hashes;
mod network;
mod numbers;
mod patterns;
mod strings;
#[cfg(test)]
mod testing;
mod types;
mod yaml;

use crate::value::Unknown;
use crate::{Data, Type, Val};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The files that functions may read: those of the module's tree, and nothing else.
pub trait Files {
    /// The bytes of a file, by its path as the function was given it; the error says why it is not read.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
    /// Whether there is such a file; the error says why it cannot be told.
    fn exists(&self, path: &str) -> Result<bool, String>;
    /// The files under a folder, by their paths relative to it, sorted; the error says why it is not read.
    fn list(&self, folder: &str) -> Result<Vec<String>, String>;
    /// The folder that Terraform runs in, where it can be told.
    fn folder(&self) -> Option<String> {
        None
    }
}

/// What a function may ask for.
pub(crate) struct Host<'h> {
    /// The module's files; none where there is no module.
    pub(crate) files: Option<&'h dyn Files>,
    /// Renders a template (`templatefile`, `templatestring`) with these variables.
    pub(crate) template: &'h dyn Fn(&str, &Val) -> Result<Val, String>,
}

/// What a function makes of its arguments: a value, or why it cannot.
pub(crate) type Outcome = Result<Val, String>;

/// A function.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// The least number of arguments.
    pub(crate) least: usize,
    /// The most; none for any number.
    pub(crate) most: Option<usize>,
    /// Which arguments it takes as they are.
    pub(crate) takes: Takes,
    pub(crate) call: fn(&[Val], &Host<'_>) -> Outcome,
}

impl Function {
    /// An entry of a table.
    pub(crate) const fn of(
        name: &'static str,
        least: usize,
        most: Option<usize>,
        takes: Takes,
        call: fn(&[Val], &Host<'_>) -> Outcome,
    ) -> Self {
        Self { name, least, most, takes, call }
    }
}

/// Text that is certain to be set and not known, for a reason of the function's own.
pub(crate) fn open_text(why: &str) -> Val {
    Val::unknown(Unknown::present(why).typed(Type::String))
}

/// Which arguments a function is called with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Arguments that are known as a whole and not null; within them there may be unknowns and nulls.
    Known,
    /// Like `Known`, for a function that passes parts on: what is sensitive within an argument stays so by itself.
    Parts,
    /// Arguments in which everything is known; none is null, though something within may be.
    WhollyKnown,
    /// Arguments that are known or null.
    Nulls,
    /// Anything.
    Anything,
}

static FUNCTIONS: LazyLock<FxHashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let tables: [&'static [Function]; 9] = [
        collections::FUNCTIONS,
        dates::FUNCTIONS,
        encoding::FUNCTIONS,
        files::FUNCTIONS,
        hashes::FUNCTIONS,
        network::FUNCTIONS,
        numbers::FUNCTIONS,
        strings::FUNCTIONS,
        types::FUNCTIONS,
    ];
    tables.into_iter().flatten().map(|function| (function.name, function)).collect()
});

/// The names of all functions, sorted. `try` and `can` belong to the evaluator, and are not among them.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = FUNCTIONS.keys().copied().collect();
    names.sort_unstable();
    names
}

/// A function by its name.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.get(name).copied()
}

/// Calls a function; of what it leaves unknown, the type is known for most.
pub(crate) fn call(function: &Function, arguments: &[Val], host: &Host<'_>) -> Outcome {
    let made = checked(function, arguments, host)?;
    Ok(match &made.data {
        Data::Unknown(unknown) if unknown.kind == Type::Any => {
            let typed = Unknown::clone(unknown).typed(gives(function.name));
            Val { data: Data::Unknown(typed.into()), ..made }
        }
        _ => made,
    })
}

/// The type of single values that a function gives; any of those that give others, or what they are given.
fn gives(name: &str) -> Type {
    match name {
        "abspath" | "base64decode" | "base64encode" | "base64gzip" | "base64sha256" | "base64sha512"
        | "basename" | "bcrypt" | "chomp" | "cidrhost" | "cidrnetmask" | "cidrsubnet" | "dirname"
        | "file" | "filebase64" | "filebase64sha256" | "filebase64sha512" | "filemd5" | "filesha1"
        | "filesha256" | "filesha512" | "format" | "formatdate" | "indent" | "join" | "jsonencode"
        | "lower" | "md5" | "pathexpand" | "plantimestamp" | "replace" | "rsadecrypt" | "sha1" | "sha256"
        | "sha512" | "strrev" | "substr" | "textdecodebase64" | "textencodebase64" | "timeadd"
        | "timestamp" | "title" | "tostring" | "trim" | "trimprefix" | "trimspace" | "trimsuffix"
        | "upper" | "urlencode" | "uuid" | "uuidv5" | "yamlencode" => Type::String,
        "abs" | "ceil" | "floor" | "index" | "length" | "log" | "max" | "min" | "parseint" | "pow"
        | "signum" | "sum" | "timecmp" | "tonumber" => Type::Number,
        "alltrue" | "anytrue" | "contains" | "endswith" | "fileexists" | "issensitive" | "startswith"
        | "strcontains" | "tobool" => Type::Bool,
        _ => Type::Any,
    }
}

/// What holds for all functions, and the call.
fn checked(function: &Function, arguments: &[Val], host: &Host<'_>) -> Outcome {
    let Function { name, least, most, takes, call } = function;
    if arguments.len() < *least || most.is_some_and(|most| arguments.len() > most) {
        let wanted = match most {
            Some(most) if most == least => format!("{least}"),
            Some(most) => format!("{least} to {most}"),
            None => format!("at least {least}"),
        };
        return Err(format!("`{name}` takes {wanted} arguments, not {}", arguments.len()));
    }
    let sensitive = match takes {
        Takes::Parts => arguments.iter().any(|argument| argument.sensitive),
        _ => arguments.iter().any(Val::has_sensitive),
    };
    if matches!(takes, Takes::Known | Takes::Parts | Takes::WhollyKnown)
        && let Some(at) = arguments.iter().position(Val::is_null)
    {
        return Err(format!("argument {} of `{name}` is null", at + 1));
    }
    let unknown = match takes {
        Takes::Anything => None,
        Takes::Known | Takes::Parts | Takes::Nulls => arguments.iter().find_map(Val::as_unknown),
        Takes::WhollyKnown => arguments.iter().find_map(Val::first_unknown),
    };
    if unknown.is_some() {
        let mut all = Vec::new();
        arguments.iter().for_each(|argument| collect(argument, &mut all));
        // Functions give null only where they say so, and those take anything.
        let made = Unknown { deferred: arguments.iter().all(is_deferred), ..Unknown::of(all, true) };
        return Ok(Val::unknown(Unknown { pieces: encoded(name, arguments), ..made }).marked(sensitive));
    }
    call(arguments, host).map(|made| made.marked(sensitive && *takes != Takes::Anything))
}

/// Whether no part of a value is written in the source.
fn is_deferred(value: &Val) -> bool {
    match &value.data {
        Data::Unknown(unknown) => unknown.deferred || unknown.name,
        Data::Instance(instance) => instance.whole.deferred,
        _ => false,
    }
}

/// What is known of a text that is to be encoded: plain, since where its letters come to stand is not known. It is user
/// data, of which people ask what was written.
fn encoded(name: &str, arguments: &[Val]) -> Option<std::sync::Arc<[crate::Piece]>> {
    match (name, arguments) {
        ("base64encode", [Val { data: Data::Unknown(unknown), .. }]) => unknown.pieces.clone(),
        _ => None,
    }
}

/// All unknowns within a value.
pub(crate) fn collect<'v>(value: &'v Val, into: &mut Vec<&'v Unknown>) {
    match &value.data {
        Data::Unknown(unknown) => into.push(unknown),
        Data::Instance(instance) => into.push(&instance.whole),
        Data::Tuple(all) | Data::List(all) | Data::Set(all) => all.iter().for_each(|one| collect(one, into)),
        Data::Object(all) | Data::Map(all) => all.values().for_each(|one| collect(one, into)),
        _ => {}
    }
}
