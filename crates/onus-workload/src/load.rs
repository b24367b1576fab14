//! Bytes to text, within limits.

use onus_model::{Problem, ProblemKind};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest file that is read. Spans are 32-bit offsets, and the tree of a file is a few times its size.
/// CloudFormation takes templates of up to 1 MB; a large Terraform plan has 100 MB.
pub(crate) const MAX_FILE: u64 = 512 * 1024 * 1024;

/// The text of a file.
pub(crate) fn file(path: &Path, name: &str) -> Result<Box<str>, Problem> {
    let unreadable = |error: io::Error| Problem::with_path(ProblemKind::Unreadable, name, cause(&error));
    if would_wait(path) {
        let problem = Problem::with_path(ProblemKind::Unreadable, name, "this is a named pipe, not a file");
        return Err(problem.help("pass what it gives on standard input, as `-`"));
    }
    let opened = File::open(path).map_err(unreadable)?;
    let metadata = opened.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Problem::with_path(ProblemKind::Unreadable, name, "this is a folder"));
    }
    if metadata.len() > MAX_FILE {
        return Err(too_large(name));
    }
    reader(opened, name, metadata.len())
}

/// A link leads to a link so often at most.
const MAX_LINKS: usize = 8;

/// The longest path that a link is read as.
const MAX_LINK: usize = 1024;

/// What a link stands for. Git writes the path of a link as the text of a file where it may not make links, and archives
/// hold them so; a path alone is no Terraform.
pub(crate) fn followed(path: &Path, name: &str, text: Box<str>) -> Result<Box<str>, Problem> {
    let (mut path, mut text) = (path.to_owned(), text);
    for _ in 0..MAX_LINKS {
        let target = Path::new(text.trim_end_matches(['\r', '\n']));
        let is_path = text.len() <= MAX_LINK
            && target.extension() == path.extension()
            && target.is_relative()
            && !text.contains([' ', '\t', '"', '=', '{', '#']);
        let place = path.parent().map(|folder| folder.join(target));
        let Some(place) = place.filter(|place| is_path && place.is_file()) else { break };
        text = file(&place, name)?;
        path = place;
    }
    Ok(text)
}

/// Whether opening a path would wait for somebody to write into it. The pipes of a shell's `<(command)` have
/// their writer already.
#[cfg(unix)]
fn would_wait(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let of_shell = path.starts_with("/dev") || path.starts_with("/proc");
    !of_shell && path.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo())
}

#[cfg(not(unix))]
fn would_wait(_: &Path) -> bool {
    false
}

/// The text of a stream, of which a size is expected.
pub(crate) fn reader(source: impl Read, name: &str, size: u64) -> Result<Box<str>, Problem> {
    text(bytes_up_to(source, name, size, MAX_FILE)?, name)
}

fn bytes_up_to(source: impl Read, name: &str, size: u64, limit: u64) -> Result<Vec<u8>, Problem> {
    // One byte more than is needed tells the end of the file without growing.
    let mut bytes = Vec::with_capacity(size.min(limit) as usize + 1);
    let read = source.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| Problem::with_path(ProblemKind::Unreadable, name, cause(&error)))?;
    if bytes.len() as u64 > limit { Err(too_large(name)) } else { Ok(bytes) }
}

/// Bytes as text, without a byte order mark.
pub(crate) fn text(mut bytes: Vec<u8>, name: &str) -> Result<Box<str>, Problem> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let problem = Problem::with_path(ProblemKind::Unreadable, name, "the file is UTF-16, not UTF-8");
        return Err(problem.help("save it as UTF-8"));
    }
    String::from_utf8(bytes).map(String::into_boxed_str).map_err(|error| {
        let bytes = error.as_bytes();
        let at = error.utf8_error().valid_up_to();
        let before = &bytes[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let column = before[start..].iter().filter(|byte| (**byte & 0xC0) != 0x80).count() + 1;
        let message = format!("the file is not valid UTF-8 at line {line}, column {column}");
        Problem::with_path(ProblemKind::Unreadable, name, message)
    })
}

fn too_large(name: &str) -> Problem {
    let message = format!("the file is larger than {} MiB", MAX_FILE / 1024 / 1024);
    Problem::with_path(ProblemKind::Limit, name, message)
}

fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission to read it is denied".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_text_are_a_problem_with_their_place() {
        assert_eq!(&*text(b"\xEF\xBB\xBFa".to_vec(), "f").unwrap(), "a");
        let problem = text(b"a\nb\xC3\xA4\xFF".to_vec(), "f").unwrap_err();
        assert_eq!(problem.message, "the file is not valid UTF-8 at line 2, column 3");
        assert!(text(b"\xFF\xFEa\0".to_vec(), "f").unwrap_err().message.contains("UTF-16"));
    }

    #[test]
    fn a_stream_is_read_only_up_to_the_limit() {
        let problem = bytes_up_to(io::repeat(b'a'), "-", 0, 1000).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Limit);
    }
}
