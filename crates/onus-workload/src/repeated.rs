//! Problems that several readings have in common, each said once.
//!
//! A module that five roots call is read five times, and each time with the same problems. A module that nobody fetched is
//! missing wherever it is called: that is one thing to do, and one line with its callers.

use crate::terraform::source::{MISSING_MODULE, UNKNOWN_WORKSPACE};
use onus_model::{Place, Problem, SourceFile};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// So many other places are named; of more, how many there are.
const MAX_PLACES: usize = 5;

/// The problems without those that say what was said, in their order.
pub(crate) fn once(problems: Vec<Problem>, files: &[SourceFile]) -> Vec<Problem> {
    let mut kept: Vec<(Problem, Vec<Place>)> = Vec::with_capacity(problems.len());
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    for problem in problems {
        match known.entry(key(&problem)) {
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push((problem, Vec::new()));
            }
            Entry::Occupied(place) => {
                if let Some((first, others)) = kept.get_mut(*place.get())
                    && first.place != problem.place
                    && !others.contains(&problem.place)
                {
                    others.push(problem.place);
                }
            }
        }
    }
    kept.into_iter().map(|(problem, others)| with_places(problem, &others, files)).collect()
}

/// What two problems have in common that say the same: the file and byte, or the path, and the words.
type Key = (String, u32, u32, String);

fn key(problem: &Problem) -> Key {
    let words =
        format!("{:?} {} {}", problem.kind, problem.message, problem.help.as_deref().unwrap_or_default());
    if problem.message.ends_with(MISSING_MODULE) || problem.message == UNKNOWN_WORKSPACE {
        return (String::new(), 0, 0, words);
    }
    match &problem.place {
        Place::Span(span) => (span.file.0.to_string(), span.start, span.end, words),
        Place::Path(path) => (format!("/{path}"), 0, 0, words),
        Place::Input => ("-".to_owned(), 0, 0, words),
    }
}

/// Adds where else it is so.
fn with_places(mut problem: Problem, others: &[Place], files: &[SourceFile]) -> Problem {
    if others.is_empty() {
        return problem;
    }
    let mut named: Vec<String> =
        others.iter().take(MAX_PLACES).filter_map(|place| shown(place, files)).collect();
    if others.len() > MAX_PLACES {
        named.push(format!("{} more", others.len() - MAX_PLACES));
    }
    let also = format!("the same holds at {}", named.join(", "));
    problem.help = Some(match problem.help {
        Some(help) => format!("{help}; {also}"),
        None => also,
    });
    problem
}

fn shown(place: &Place, files: &[SourceFile]) -> Option<String> {
    let Place::Span(span) = place else { return None };
    let file = files.get(span.file.0 as usize)?;
    Some(format!("{}:{}", file.path, file.line_and_column(span.start).0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::{FileId, ProblemKind, Span};

    fn at(start: u32, message: &str) -> Problem {
        Problem::at(ProblemKind::NotEvaluated, Span::new(FileId(0), start, start), message)
    }

    #[track_caller]
    fn check(problems: Vec<Problem>, expected: &[(&str, &str)]) {
        let files = [SourceFile::new("a.tf", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")];
        let made = once(problems, &files);
        let shown: Vec<(&str, &str)> = made
            .iter()
            .map(|problem| (problem.message.as_str(), problem.help.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_said_of_one_place_is_said_once() {
        check(vec![at(0, "a"), at(2, "a"), at(0, "a"), at(0, "b")], &[("a", ""), ("a", ""), ("b", "")]);
    }

    #[test]
    fn a_missing_module_is_one_line_with_its_callers() {
        let message = format!("the module `m` {MISSING_MODULE}");
        let all = |count: u32| (0..count).map(|line| at(line * 2, &message)).collect();
        check(all(2), &[(&message, "the same holds at a.tf:2")]);
        let places = "the same holds at a.tf:2, a.tf:3, a.tf:4, a.tf:5, a.tf:6, 2 more";
        check(all(8), &[(&message, places)]);
    }
}
