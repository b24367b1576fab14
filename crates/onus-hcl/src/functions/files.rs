//! Files and paths. Only the module's own files are read; of any other it is not known what is in it.

use super::{Files, Function, Host, Outcome, Takes};
use crate::convert::text_of;
use crate::value::Unknown;
use crate::{Type, Val};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use globset::GlobBuilder;

const fn of(name: &'static str, least: usize, call: fn(&[Val], &Host<'_>) -> Outcome) -> Function {
    Function { name, least, most: Some(least), takes: Takes::Known, call }
}

pub(super) const FUNCTIONS: &[Function] = &[
    of("abspath", 1, abspath),
    of("basename", 1, basename),
    of("dirname", 1, dirname),
    of("file", 1, file),
    of("filebase64", 1, filebase64),
    of("fileexists", 1, fileexists),
    of("fileset", 2, fileset),
    of("pathexpand", 1, pathexpand),
    of("templatefile", 2, templatefile),
];

/// A file is read up to this size; what is larger is no template and no policy.
const MAX_FILE: usize = 4 * 1024 * 1024;

/// `fileset` finds at most this many files.
const MAX_FILES: usize = 100_000;

/// Letters that a pattern of `fileset` may have.
const MAX_PATTERN: usize = 4096;

/// What reading a file gives.
pub(super) enum SizedRead {
    Bytes(Vec<u8>),
    /// The file's content is not known, for the reason that the value has.
    Open(Val),
}

/// The bytes of the file that an argument names. One that is not read leaves the result open, since the files are read
/// elsewhere than where Terraform runs: a build may put one there before.
pub(super) fn content(path: &Val, host: &Host<'_>) -> Result<SizedRead, String> {
    let path = text_of(path)?;
    let read = host.files.ok_or_else(|| "there is no module whose files could be read".to_owned());
    Ok(match read.and_then(|files| files.read(&path)) {
        Ok(bytes) if bytes.len() <= MAX_FILE => SizedRead::Bytes(bytes),
        Ok(_) => SizedRead::Open(open(&format!("`{path}` is larger than {MAX_FILE} bytes"), Type::String)),
        Err(why) => SizedRead::Open(open(&why, Type::String)),
    })
}

fn open(why: &str, kind: Type) -> Val {
    Val::unknown(Unknown::present(why).typed(kind))
}

fn file(arguments: &[Val], host: &Host<'_>) -> Outcome {
    match content(&arguments[0], host)? {
        SizedRead::Bytes(bytes) => {
            String::from_utf8(bytes).map(Val::string).map_err(|_| "the file is not text in UTF-8".to_owned())
        }
        SizedRead::Open(unknown) => Ok(unknown),
    }
}

fn filebase64(arguments: &[Val], host: &Host<'_>) -> Outcome {
    Ok(match content(&arguments[0], host)? {
        SizedRead::Bytes(bytes) => Val::string(STANDARD.encode(bytes)),
        SizedRead::Open(unknown) => unknown,
    })
}

fn templatefile(arguments: &[Val], host: &Host<'_>) -> Outcome {
    if arguments[1].entries().is_none() {
        return Err(format!("the variables must be an object or a map, not a {}", arguments[1].kind()));
    }
    let template = file(&arguments[..1], host)?;
    match template.as_str() {
        Some(text) => (host.template)(text, &arguments[1]),
        // What the template makes may be of any type.
        None => Ok(template
            .as_unknown()
            .map_or_else(Val::null, |unknown| Val::unknown(unknown.clone().typed(Type::Any)))),
    }
}

fn fileexists(arguments: &[Val], host: &Host<'_>) -> Outcome {
    let path = text_of(&arguments[0])?;
    let told = host.files.ok_or_else(|| "there is no module whose files could be read".to_owned());
    Ok(match told.and_then(|files| files.exists(&path)) {
        Ok(exists) => Val::bool(exists),
        Err(why) => open(&why, Type::Bool),
    })
}

fn fileset(arguments: &[Val], host: &Host<'_>) -> Outcome {
    let (folder, pattern) = (text_of(&arguments[0])?, text_of(&arguments[1])?);
    let kind = || Type::Set(Box::new(Type::String));
    if pattern.len() > MAX_PATTERN {
        return Err("the pattern is too long".to_owned());
    }
    let glob = GlobBuilder::new(&cleaned(&pattern)).literal_separator(true).backslash_escape(true).build();
    let glob = glob.map_err(|_| format!("`{pattern}` is not a pattern of paths"))?.compile_matcher();
    let told = host.files.ok_or_else(|| "there is no module whose files could be read".to_owned());
    Ok(match told.and_then(|files| files.list(&folder)) {
        Ok(files) => {
            let found: Vec<Val> = files
                .iter()
                .filter(|path| glob.is_match(path))
                .map(|path| Val::string(path.as_str()))
                .collect();
            if found.len() > MAX_FILES {
                return Err(format!("more than {MAX_FILES} files"));
            }
            Val::set(found)
        }
        Err(why) => open(&why, kind()),
    })
}

fn basename(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?;
    let name = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    Ok(Val::string(match name {
        "" if text.is_empty() => ".",
        "" => "/",
        name => name,
    }))
}

fn dirname(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?;
    let folder = text.rfind('/').map_or("", |at| &text[..=at]);
    Ok(Val::string(cleaned(folder)))
}

/// A path without `.`, doubled slashes and, as far as it can be told, `..`.
fn cleaned(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_absolute => {}
            other => parts.push(other),
        }
    }
    match (is_absolute, parts.join("/")) {
        (true, joined) => format!("/{joined}"),
        (false, joined) if joined.is_empty() => ".".to_owned(),
        (false, joined) => joined,
    }
}

fn abspath(arguments: &[Val], host: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?;
    if text.starts_with('/') {
        return Ok(Val::string(cleaned(&text)));
    }
    if let Some(folder) = host.files.and_then(Files::folder) {
        return Ok(Val::string(cleaned(&format!("{folder}/{text}"))));
    }
    Ok(open("the folder in which Terraform will run is not known", Type::String))
}

fn pathexpand(arguments: &[Val], _: &Host<'_>) -> Outcome {
    let text = text_of(&arguments[0])?;
    match text.strip_prefix('~') {
        None => Ok(Val::string(text)),
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            Ok(open("the home of whoever runs Terraform is not known", Type::String))
        }
        Some(_) => Err("the home of another user cannot be told".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, s};
    use super::super::{Files, Host, call, find};
    use super::cleaned;
    use crate::{Val, to_json};

    struct Fixed;

    impl Files for Fixed {
        fn read(&self, path: &str) -> Result<Vec<u8>, String> {
            match path {
                "a.txt" => Ok(b"hi".to_vec()),
                "binary" => Ok(vec![0xff]),
                _ => Err(format!("there is no file `{path}`")),
            }
        }

        fn exists(&self, path: &str) -> Result<bool, String> {
            Ok(path == "a.txt")
        }

        fn list(&self, _: &str) -> Result<Vec<String>, String> {
            Ok(["a.txt", "b.json", "sub/c.txt", "sub/deep/d.txt"].map(str::to_owned).to_vec())
        }
    }

    #[track_caller]
    fn reads(name: &str, arguments: &[Val], expected: &str) {
        let template = |text: &str, _: &Val| Ok(Val::string(format!("<{text}>")));
        let host = Host { files: Some(&Fixed), template: &template, spend: &|_| true };
        let made = match call(find(name).unwrap(), arguments, &host) {
            Ok(value) if value.as_unknown().is_some() => "UNKNOWN".to_owned(),
            Ok(value) => to_json(&value).unwrap(),
            Err(_) => "ERROR".to_owned(),
        };
        assert_eq!(made, expected, "{name}({arguments:?})");
    }

    #[test]
    fn paths() {
        check("dirname", &[s("a/b/c.txt")], r#""a/b""#);
        check("dirname", &[s("a")], r#"".""#);
        check("dirname", &[s("/")], r#""/""#);
        check("dirname", &[s("a//b/")], r#""a/b""#);
        check("basename", &[s("a/b/")], r#""b""#);
        check("basename", &[s("")], r#"".""#);
        check("basename", &[s("/")], r#""/""#);
        check("pathexpand", &[s("a/b")], r#""a/b""#);
        check("pathexpand", &[s("~/b")], "UNKNOWN");
        check("pathexpand", &[s("~user/x")], "ERROR");
        check("abspath", &[s("/a/../b")], r#""/b""#);
        check("abspath", &[s("a")], "UNKNOWN");
        assert_eq!(cleaned("../a/./b"), "../a/b");
    }

    #[test]
    fn contents() {
        reads("file", &[s("a.txt")], r#""hi""#);
        reads("file", &[s("binary")], "ERROR");
        reads("file", &[s("nope")], "UNKNOWN");
        reads("filebase64", &[s("binary")], r#""/w==""#);
        reads("filemd5", &[s("a.txt")], r#""49f68a5c8493ec2c0bf489821c21fc3b""#);
        reads("fileexists", &[s("a.txt")], "true");
        reads("fileexists", &[s("b.txt")], "false");
        let none = Val::object(std::collections::BTreeMap::new());
        reads("templatefile", &[s("a.txt"), none.clone()], r#""\u003chi\u003e""#);
        reads("templatefile", &[s("nope"), none], "UNKNOWN");
        reads("templatefile", &[s("a.txt"), s("x")], "ERROR");
    }

    #[test]
    fn patterns() {
        reads("fileset", &[s("."), s("*.txt")], r#"["a.txt"]"#);
        reads("fileset", &[s("."), s("**/*.txt")], r#"["a.txt","sub/c.txt","sub/deep/d.txt"]"#);
        reads("fileset", &[s("."), s("*.{txt,json}")], r#"["a.txt","b.json"]"#);
        reads("fileset", &[s("."), s("[")], "ERROR");
        check("fileset", &[s("."), s("*")], "UNKNOWN");
    }
}
