//! Credentials that are written out, wherever they stand: hidden from every report, and said where no check looks.
//!
//! Readers hide what is named like a secret; this comes after them, over the texts of the files and over the values that
//! came of them, so that it holds whatever language and reader.

use onus_credentials::{Examples, Found, MAX_VALUE, find_from, named};
use onus_model::{FileId, Node, Place, Problem, ProblemKind, SourceFile, Span, Value, Workload};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How much source is looked through for secrets that stand there as their values read. Beyond it whole places are hidden.
const MAX_LOOKED_THROUGH: usize = 256 << 20;

/// More notices than this for a file say nothing further.
const MAX_NOTICES: usize = 50;

/// The shortest secret that is looked for in a whole file: a shorter one stands anywhere.
const LEAST_SECRET: usize = 6;

/// The longest secret that a message is held against.
const MAX_IN_MESSAGE: usize = 256;

/// Hides what is written of credentials, and says where they are.
pub(crate) fn mask(workload: &mut Workload) {
    // The keys of AWS's documentation are hidden as well: a check may ask for them.
    let look = |file: &SourceFile| file.quotable().map(|_| find_from(&file.text, Examples::Counted));
    let by_text: Vec<Option<Vec<Found>>> = workload.files.par_iter().map(look).collect();
    let mut hidden: Vec<Vec<Range<usize>>> =
        by_text.iter().map(|found| found.iter().flatten().map(|one| one.range.clone()).collect()).collect();
    let mut walk = Walk { files: &workload.files, hidden: &mut hidden, looked_through: 0 };
    // Of plans nothing is shown in any case.
    let is_shown =
        |span: Span| workload.files.get(span.file.0 as usize).is_some_and(|file| file.quotable().is_some());
    for resource in workload.resources.iter().filter(|resource| is_shown(resource.span)) {
        in_node(&resource.properties, "", &mut |secret, span| walk.hide(secret, span));
    }
    for problem in &workload.problems {
        if let (ProblemKind::Credential, Place::Span(span)) = (problem.kind, &problem.place) {
            walk.hidden[span.file.0 as usize].push(span.start as usize..span.end as usize);
        }
    }
    for (file, ranges) in workload.files.iter_mut().zip(hidden) {
        if !ranges.is_empty() {
            file.hide(ranges);
        }
    }
    redact(workload);
    notices(workload, &by_text);
}

/// Says where credentials are written, once for each place.
fn notices(workload: &mut Workload, by_text: &[Option<Vec<Found>>]) {
    let is_credential = |problem: &Problem| problem.kind == ProblemKind::Credential;
    let said: Vec<Problem> = workload.problems.extract_if(.., |problem| is_credential(problem)).collect();
    let mut once = FxHashSet::default();
    // By file, as nothing overlaps what stands in another.
    let mut spans: FxHashMap<FileId, Vec<Span>> = FxHashMap::default();
    for problem in said {
        if let Place::Span(span) = problem.place
            && once.insert(span)
        {
            spans.entry(span.file).or_default().push(span);
            workload.problems.push(problem);
        }
    }
    for (at, (file, found)) in workload.files.iter().zip(by_text).enumerate() {
        let file_id = FileId(at as u32);
        let said_here = spans.get(&file_id).map(Vec::as_slice).unwrap_or_default();
        let is_no_example = |one: &&Found| !file.text[one.range.clone()].contains("EXAMPLE");
        for one in found.iter().flatten().filter(is_no_example).take(MAX_NOTICES) {
            // Readers refuse files of 4 GiB and more, so a byte offset fits.
            let span = Span::new(file_id, one.range.start as u32, one.range.end as u32);
            let overlaps = |other: &Span| other.start < span.end && span.start < other.end;
            if !said_here.iter().any(overlaps) {
                workload.problems.push(problem(span, one.kind));
            }
        }
    }
}

/// The notice of a credential.
pub(crate) fn problem(span: Span, kind: &str) -> Problem {
    let what = kind.replace('-', " ");
    Problem::at(ProblemKind::Credential, span, format!("a credential is written out here ({what})"))
        .help("keep it in Secrets Manager or Parameter Store, name it from there, and replace it")
}

/// What is to be hidden, by file.
struct Walk<'w> {
    files: &'w [SourceFile],
    hidden: &'w mut [Vec<Range<usize>>],
    looked_through: usize,
}

impl Walk<'_> {
    /// Hides a secret that came of a place: itself where it stands there as it reads, or else the whole place.
    fn hide(&mut self, secret: &str, span: Span) {
        let Some(file) = self.files.get(span.file.0 as usize).filter(|file| file.quotable().is_some()) else {
            return;
        };
        let place = span.start as usize..span.end as usize;
        let Some(source) = file.text.get(place.clone()) else { return };
        let hidden = &mut self.hidden[span.file.0 as usize];
        if hidden.iter().rev().take(8).any(|range| range.start <= place.start && place.end <= range.end) {
            return;
        }
        self.looked_through += source.len();
        let before = hidden.len();
        if self.looked_through < MAX_LOOKED_THROUGH {
            hidden.extend(places(source, place.start, secret));
        }
        if hidden.len() > before {
            return;
        }
        // A parameter's value stands at its default, and a use of it holds nothing.
        self.looked_through += file.text.len();
        if secret.len() >= LEAST_SECRET && self.looked_through < MAX_LOOKED_THROUGH {
            hidden.extend(places(&file.text, 0, secret));
        }
        if hidden.len() == before {
            hidden.push(place);
        }
    }
}

fn places<'t>(text: &'t str, start: usize, secret: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t> {
    text.match_indices(secret).map(move |(at, own)| start + at..start + at + own.len())
}

/// Every credential in a value, with the place that it came of.
pub(crate) fn in_node(node: &Node, name: &str, take: &mut dyn FnMut(&str, Span)) {
    match &node.value {
        Value::String(text) => in_text(text, name, node.span, take),
        Value::Int(number) if onus_credentials::grade(name).is_some() => {
            in_text(&number.to_string(), name, node.span, take);
        }
        Value::List(all) => all.iter().for_each(|one| in_node(one, name, take)),
        Value::Map(map) => {
            let text = |key: &&str| map.get(key).and_then(Node::as_str);
            let named = ["Name", "Key", "ParameterKey", "OptionName", "name"].iter().find_map(text);
            for (key, value) in map.iter() {
                let is_value = matches!(key, "Value" | "value" | "ParameterValue");
                in_node(value, named.filter(|_| is_value).unwrap_or(key), take);
            }
        }
        Value::Unknown(unknown) => {
            let Some(text) = &unknown.text else { return };
            in_text(&text.written(), name, node.span, take);
        }
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
    }
}

fn in_text(text: &str, name: &str, span: Span, take: &mut dyn FnMut(&str, Span)) {
    if text.len() > MAX_VALUE {
        return;
    }
    let found = find_from(text, Examples::Counted);
    for one in &found {
        take(&text[one.range.clone()], span);
    }
    if found.is_empty() && named(name, text, Examples::Counted).is_some() {
        take(text, span);
    }
}

/// Takes credentials out of what is said in words: messages, and the reasons of waivers.
fn redact(workload: &mut Workload) {
    let mut hidden = FxHashSet::default();
    workload.files.iter().for_each(|file| masked(file, &mut hidden));
    for problem in &mut workload.problems {
        redact_text(&mut problem.message, &hidden);
        if let Some(help) = &mut problem.help {
            redact_text(help, &hidden);
        }
    }
    for suppression in &mut workload.suppressions {
        for text in [&mut suppression.reason, &mut suppression.approver].into_iter().flatten() {
            let mut own = text.to_string();
            redact_text(&mut own, &hidden);
            *text = own.into();
        }
    }
}

/// What is masked in a file, in its own words.
fn masked<'f>(file: &'f SourceFile, into: &mut FxHashSet<&'f str>) {
    let Some(shown) = file.quotable().map(str::as_bytes) else { return };
    let is_masked = |at: usize| shown.get(at).is_some_and(|byte| *byte == SourceFile::MASK as u8);
    let mut at = 0;
    while let Some(start) =
        shown.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == SourceFile::MASK as u8))
    {
        let start = at + start;
        let length = (start..).take_while(|at| is_masked(*at)).count();
        at = start + length;
        if let Some(own) = file.text.get(start..at).filter(|own| own.len() <= MAX_IN_MESSAGE) {
            into.insert(own.trim_matches(['"', '\'', ' ']));
        }
    }
}

/// What is between backticks is what a user wrote.
fn redact_text(text: &mut String, hidden: &FxHashSet<&str>) {
    let found = find_from(text, Examples::Counted);
    for one in found.iter().rev() {
        text.replace_range(one.range.clone(), "…");
    }
    if !hidden.is_empty() && text.contains('`') {
        let parts: Vec<&str> = text.split('`').collect();
        let quoted =
            |at: usize, part: &str| at % 2 == 1 && hidden.contains(part.trim_matches(['"', '\'', ' ']));
        if parts.iter().enumerate().any(|(at, part)| quoted(at, part)) {
            let shown: Vec<&str> = parts
                .iter()
                .enumerate()
                .map(|(at, part)| if quoted(at, part) { "…" } else { part })
                .collect();
            *text = shown.join("`");
        }
    }
}
