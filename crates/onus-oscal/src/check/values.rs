//! Values that are text to the types, and more than text to the standard.

use super::walk::{Object, Path};
use super::{ProblemKind, Problems};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

/// Fields with a time and an offset.
const TIMES: [&str; 8] =
    ["last-modified", "published", "collected", "expires", "deadline", "start", "end", "date"];

pub(super) fn check(path: &Path<'_>, object: &Object, problems: &mut Problems) {
    let text = |field: &str| object.get(field).and_then(Value::as_str);
    if let Some(uuid) = text("uuid").filter(|uuid| !is_uuid(uuid)) {
        let message = format!("`{uuid}` is not a uuid of version 4 or 5");
        problems.error(ProblemKind::Malformed, path.field("uuid"), message);
    }
    for field in TIMES {
        if let Some(time) = text(field).filter(|time| time.parse::<Timestamp>().is_err()) {
            let message = format!("`{time}` is not a time with its offset, such as `2026-01-31T12:00:00Z`");
            problems.error(ProblemKind::Malformed, path.field(field), message);
        }
    }
    if let Some(date) = text("date-authorized").filter(|date| !is_date(date)) {
        let message = format!("`{date}` is not a date, such as `2026-01-31`");
        problems.error(ProblemKind::Malformed, path.field("date-authorized"), message);
    }
}

/// The standard wants the form with hyphens, and random or named identifiers.
fn is_uuid(text: &str) -> bool {
    let uuid = if text.len() == 36 { Uuid::try_parse(text).ok() } else { None };
    uuid.is_some_and(|uuid| matches!(uuid.get_version_num(), 4 | 5))
}

/// A date may carry an offset.
fn is_date(text: &str) -> bool {
    let Some((date, offset)) = text.split_at_checked("2026-01-31".len()) else { return false };
    let known = offset.is_empty() || offset == "Z" || (offset.len() == 6 && offset.starts_with(['+', '-']));
    known && date.parse::<Date>().is_ok()
}
