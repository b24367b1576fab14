//! Records of the evidence folder.

use crate::Knowledge;
use crate::error::{KnowledgeError, Mistakes, did_you_mean};
use crate::raw::{self, RawFile, RawRecord, RawTarget};
use onus_model::{EvidenceFile, FileState, Layer, Record, RecordOutcome, Target};
use serde_saphyr::{Location, Spanned};

/// The longest id of a record; it is a file's name.
const MAX_ID: usize = 100;

/// Reads a record. Its files are not looked at: each is [`FileState::Unread`].
///
/// # Errors
/// Every mistake that was found.
pub fn read_record(path: &str, text: &str, knowledge: &Knowledge) -> Result<Record, Vec<KnowledgeError>> {
    let raw: RawRecord = raw::parse(path, text).map_err(|error| vec![error])?;
    let mut mistakes = Mistakes::new(path);
    let record = record(raw, path, knowledge, &mut mistakes);
    let errors = mistakes.into_inner();
    if errors.is_empty() { Ok(record) } else { Err(errors) }
}

/// Whether a word may be the id of a record: lower-case letters, digits, and single `-` or `.` between them.
pub fn is_record_id(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let parts = word.split(['-', '.']);
    word.len() <= MAX_ID && parts.into_iter().all(|part| !part.is_empty() && part.bytes().all(plain))
}

/// What is said where a word may not be one.
pub fn wrong_record_id(word: &str) -> String {
    format!("`{word}` is no id: lower-case letters, digits, and single `-` or `.` between them")
}

fn record(raw: RawRecord, path: &str, knowledge: &Knowledge, mistakes: &mut Mistakes<'_>) -> Record {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    if !is_record_id(&raw.id.value) {
        mistakes.at(raw.id.referenced, wrong_record_id(&raw.id.value));
    } else if name.rsplit_once('.').map(|(stem, _)| stem) != Some(raw.id.value.as_str()) {
        mistakes.at(raw.id.referenced, format!("the id `{}` is not the file's name", raw.id.value));
    }
    if raw.owner.value.trim().is_empty() {
        mistakes.at(raw.owner.referenced, "a record needs an `owner`");
    }
    if raw.targets.value.is_empty() {
        mistakes.at(raw.targets.referenced, "a record is `for` something");
    }
    let outcome = outcome(&raw, mistakes);
    Record {
        targets: raw.targets.value.iter().flat_map(|target| targets(target, knowledge, mistakes)).collect(),
        owner: raw.owner.value,
        due: raw.due,
        how: raw.how,
        outcome,
        files: raw.files.iter().filter_map(|entry| file(entry, mistakes)).collect(),
        note: raw.note,
        path: path.to_owned(),
        id: raw.id.value,
    }
}

/// A result is one with its day and the end of its validity; without a result there is neither.
fn outcome(raw: &RawRecord, mistakes: &mut Mistakes<'_>) -> Option<RecordOutcome> {
    let Some(result) = &raw.result else {
        let early = [
            ("date", raw.date.as_ref().map(|day| day.referenced)),
            ("valid-until", raw.valid_until.as_ref().map(|day| day.referenced)),
            ("signed-off-by", raw.signed_off_by.as_ref().map(|name| name.referenced)),
        ];
        for (key, at) in early.into_iter().filter_map(|(key, at)| Some((key, at?))) {
            mistakes.at(at, format!("`{key}` belongs to a `result`, and there is none"));
        }
        return None;
    };
    let at = result.referenced;
    let mut needed = |key: &str, day: &Option<Spanned<jiff::civil::Date>>| {
        if day.is_none() {
            mistakes.at(at, format!("a `result` needs a `{key}`"));
        }
        day.as_ref().map(|day| day.value)
    };
    let (date, valid_until) = (needed("date", &raw.date), needed("valid-until", &raw.valid_until));
    let (date, valid_until) = (date?, valid_until?);
    if valid_until < date {
        let at = raw.valid_until.as_ref().map_or(at, |day| day.referenced);
        mistakes.at(at, format!("{valid_until} is before {date}"));
    }
    let signed_off_by = raw.signed_off_by.as_ref().map(|name| name.value.trim().to_owned());
    Some(RecordOutcome {
        result: result.value,
        date,
        valid_until,
        signed_off_by: signed_off_by.filter(|name| !name.is_empty()),
    })
}

fn file(raw: &Spanned<RawFile>, mistakes: &mut Mistakes<'_>) -> Option<EvidenceFile> {
    let RawFile { path, sha256 } = &raw.value;
    if !is_confined(path) {
        let message = format!("`{path}` is no path below the evidence folder");
        mistakes.at(raw.referenced, message);
    }
    match sha256.parse() {
        Ok(sha256) => Some(EvidenceFile { path: path.clone(), sha256, state: FileState::Unread }),
        Err(error) => {
            mistakes.at(raw.referenced, format!("{error}"));
            None
        }
    }
}

/// Whether a path stays below the folder that it is relative to, on every system, as far as its text tells.
pub fn is_confined(path: &str) -> bool {
    let parts = path.split('/');
    !path.is_empty()
        && !path.contains(['\\', ':', '\0'])
        && parts.into_iter().all(|part| !matches!(part, "" | "." | ".."))
}

fn targets(raw: &Spanned<RawTarget>, knowledge: &Knowledge, mistakes: &mut Mistakes<'_>) -> Vec<Target> {
    let at = raw.referenced;
    let ids = |words: &crate::raw::Words| words.0.clone();
    let (controls, statements) = (ids(&raw.value.control), ids(&raw.value.statement));
    let named: Vec<Target> = match (&raw.value.task, &raw.value.duty, &raw.value.framework) {
        (Some(task), None, None) if controls.is_empty() && statements.is_empty() => {
            let parsed = task.parse().map_err(|error| mistakes.at(at, format!("{error}")));
            parsed.into_iter().collect()
        }
        (None, Some(duty), None) if controls.is_empty() && statements.is_empty() => {
            duty_target(&duty.service, &duty.layer, at, mistakes).into_iter().collect()
        }
        (None, None, Some(framework)) if !(controls.is_empty() && statements.is_empty()) => {
            let control = |control| Target::Control { framework: framework.clone(), control };
            let statement = |statement| Target::Statement { framework: framework.clone(), statement };
            controls.into_iter().map(control).chain(statements.into_iter().map(statement)).collect()
        }
        _ => {
            let message =
                "a record is for a `framework` with `control` or `statement`, for a `duty`, or for a `task`";
            mistakes.at(at, message);
            Vec::new()
        }
    };
    let mut said: Vec<Said> =
        named.iter().filter_map(|target| check_target(target, knowledge).err()).collect();
    // A framework that there is not is one mistake, however many of its controls are named.
    said.dedup();
    said.into_iter().for_each(|(message, help)| mistakes.note(at, message, help));
    named
}

fn duty_target(service: &str, layer: &str, at: Location, mistakes: &mut Mistakes<'_>) -> Option<Target> {
    match layer.parse::<Layer>() {
        Ok(layer) => Some(Target::Duty { service: service.to_owned(), layer }),
        Err(error) => {
            let help = did_you_mean(layer, Layer::ALL.iter().map(|layer| layer.as_str()));
            mistakes.note(at, format!("{error}"), help);
            None
        }
    }
}

/// Whether what a record is for is there; else what to say, and what was meant.
///
/// # Errors
/// The message, and help where something near is known.
pub fn check_target(target: &Target, knowledge: &Knowledge) -> Result<(), (String, Option<String>)> {
    match target {
        Target::Control { framework, control } => {
            let known = controls(framework, knowledge)?;
            let mut ids = known.iter().map(|control| control.id.as_str());
            one_of("control", framework, control, &mut ids)
        }
        Target::Statement { framework, statement } => {
            let known = controls(framework, knowledge)?;
            let mut ids = known.iter().flat_map(|control| &control.statements).map(|own| own.id.as_str());
            one_of("statement", framework, statement, &mut ids)
        }
        Target::Duty { service, layer } => duty(service, *layer, knowledge),
    }
}

type Said = (String, Option<String>);

fn controls<'k>(framework: &str, knowledge: &'k Knowledge) -> Result<Vec<&'k onus_model::Control>, Said> {
    let found = knowledge.framework(framework).ok_or_else(|| {
        let help = did_you_mean(framework, knowledge.frameworks.iter().map(|known| known.id.as_str()));
        (format!("there is no framework `{framework}`"), help)
    })?;
    Ok(knowledge.controls(found))
}

fn one_of(what: &str, framework: &str, id: &str, known: &mut dyn Iterator<Item = &str>) -> Result<(), Said> {
    let known: Vec<&str> = known.collect();
    if known.contains(&id) {
        return Ok(());
    }
    Err((format!("`{framework}` has no {what} `{id}`"), did_you_mean(id, known)))
}

fn duty(service: &str, layer: Layer, knowledge: &Knowledge) -> Result<(), Said> {
    if !layer.is_of_service() {
        return Err((
            format!("`{layer}` is no layer of a service; a statement of a framework asks for it"),
            None,
        ));
    }
    match knowledge.service(service) {
        Some(known) if known.id == service => Ok(()),
        Some(known) => Err((
            format!("`{service}` is another word for a service"),
            Some(format!("its id is `{}`", known.id)),
        )),
        None => {
            let help = did_you_mean(service, knowledge.services.iter().map(|known| known.id.as_str()));
            Err((format!("there is no service `{service}`"), help))
        }
    }
}
