//! Systems in a chain, as `onus.yaml` names them: providers above, and what is handed on to the customers below.

use crate::Knowledge;
use crate::error::{KnowledgeError, Mistakes, did_you_mean};
use crate::raw::{RawHandOn, RawProvider};
use crate::user::Project;
use onus_model::{ControlIndex, Framework, Inherited, NotFound, ProviderLayout};
use serde_saphyr::{Location, Spanned};

/// The framework that a provider, or a responsibility, is of where nothing else is said.
pub const PIVOT: &str = "nist-800-53-r5";

/// A provider, and the document in which it says what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderEntry {
    /// Who runs it.
    pub name: String,
    /// What the system is called.
    pub system: Option<String>,
    /// The document, relative to the file.
    pub document: String,
    /// The frameworks that it speaks of.
    pub frameworks: Vec<Word>,
    /// Where the document has what, if in no usual layout.
    pub layout: ProviderLayout,
    /// What proves what it says.
    pub attestation: Option<String>,
    /// The line in `onus.yaml`.
    pub line: u32,
}

/// A responsibility that is handed on to the system's own customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandOn {
    /// The framework that has the control.
    pub framework: Word,
    /// The control or statement, as the user wrote it; an id once [`resolve_chain`] has found it.
    pub target: Word,
    /// The control's id; empty until it is found.
    pub control: String,
    /// The statement's id; none where the control as a whole is meant.
    pub statement: Option<String>,
    /// What the customers have to do.
    pub responsibility: String,
    /// The line in `onus.yaml`.
    pub line: u32,
}

/// A word of the file, with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// The line, from one.
    pub line: u32,
    /// The column, from one.
    pub column: u32,
}

impl Word {
    fn of(raw: &Spanned<String>) -> Self {
        Self::at(raw.value.clone(), raw.referenced)
    }

    fn at(text: String, at: Location) -> Self {
        Self { text, line: at.line() as u32, column: at.column() as u32 }
    }
}

pub(crate) fn read_provider(raw: &Spanned<RawProvider>, mistakes: &mut Mistakes<'_>) -> ProviderEntry {
    let RawProvider { name, system, document, frameworks, columns, answers, attestation } = raw.value.clone();
    for (word, what) in [(&name, "name"), (&document, "document")] {
        if word.value.trim().is_empty() {
            mistakes.at(word.referenced, format!("a provider needs a `{what}`"));
        }
    }
    let mut layout = ProviderLayout {
        sheet: columns.sheet,
        control: columns.control,
        statement: columns.statement,
        inherited: columns.inherited,
        provides: columns.provides,
        leaves: columns.leaves,
        answers: Vec::new(),
    };
    for (answer, words) in answers.0 {
        let all = [Inherited::Yes, Inherited::Partly, Inherited::No];
        match all.into_iter().find(|known| known.as_str() == answer) {
            Some(known) => layout.answers.extend(words.0.into_iter().map(|word| (word, known))),
            None => {
                let help = did_you_mean(&answer, all.iter().map(|known| known.as_str()))
                    .or_else(|| Some("answers are yes, partly, no".to_owned()));
                mistakes.note(raw.referenced, format!("`{answer}` is not an answer"), help);
            }
        }
    }
    let frameworks: Vec<Word> = match frameworks.as_slice() {
        [] => vec![Word::at(PIVOT.to_owned(), raw.referenced)],
        frameworks => frameworks.iter().map(Word::of).collect(),
    };
    let line = name.referenced.line() as u32;
    ProviderEntry {
        name: name.value,
        system,
        document: document.value,
        frameworks,
        layout,
        attestation,
        line,
    }
}

pub(crate) fn read_hand_on(raw: &Spanned<RawHandOn>, mistakes: &mut Mistakes<'_>) -> HandOn {
    let RawHandOn { framework, control, statement, responsibility } = &raw.value;
    if responsibility.trim().is_empty() {
        mistakes.at(raw.referenced, "what is handed on needs a `responsibility`");
    }
    let target = match (control, statement) {
        (Some(word), None) | (None, Some(word)) => Word::of(word),
        _ => {
            mistakes.at(raw.referenced, "what is handed on needs either a `control` or a `statement`");
            Word::default()
        }
    };
    HandOn {
        framework: framework.as_ref().map_or_else(|| Word::at(PIVOT.to_owned(), raw.referenced), Word::of),
        line: target.line,
        target,
        control: String::new(),
        statement: None,
        responsibility: responsibility.trim().to_owned(),
    }
}

/// Finds the frameworks and controls that a project names of its providers and customers.
///
/// # Errors
/// Every one that there is not, at its line.
pub fn resolve_chain(
    project: &mut Project,
    path: &str,
    knowledge: &Knowledge,
) -> Result<(), Vec<KnowledgeError>> {
    let mut errors = Vec::new();
    let known = || knowledge.frameworks.iter().map(|framework| framework.id.as_str());
    let frameworks = project.providers.iter().flat_map(|provider| &provider.frameworks);
    for word in frameworks.chain(project.hands_on.iter().map(|hand_on| &hand_on.framework)) {
        if knowledge.framework(&word.text).is_none() {
            let message = format!("there is no framework `{}`", word.text);
            errors.push(wrong(path, word, message, did_you_mean(&word.text, known())));
        }
    }
    for hand_on in &mut project.hands_on {
        let Some(framework) = knowledge.framework(&hand_on.framework.text) else { continue };
        let catalog = knowledge.catalog(framework);
        if let Err((message, help)) = resolve(hand_on, catalog) {
            errors.push(wrong(path, &hand_on.target, message, help));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn wrong(path: &str, at: &Word, message: String, help: Option<String>) -> KnowledgeError {
    KnowledgeError { path: path.to_owned(), line: at.line, column: at.column, message, help }
}

fn resolve(hand_on: &mut HandOn, catalog: &Framework) -> Result<(), (String, Option<String>)> {
    let index = ControlIndex::new(&[catalog]);
    let text = &hand_on.target.text;
    let named = index.find(text, None).map_err(|why| match why {
        NotFound::Several => (format!("`{text}` names several controls"), None),
        NotFound::NoPart { control, part } => (format!("control `{control}` has no part `{part}`"), None),
        NotFound::Withdrawn { control, into } => {
            let help = (!into.is_empty()).then(|| format!("it went into {}", into.join(", ")));
            (format!("control `{control}` was withdrawn"), help)
        }
        NotFound::NotAnId | NotFound::Unknown(_) | NotFound::Ambiguous(_) => {
            let help = did_you_mean(&text.to_lowercase(), index.ids());
            (format!("there is no control `{text}` in `{}`", catalog.id), help)
        }
    })?;
    hand_on.framework.text.clone_from(&catalog.id);
    hand_on.control = named.control;
    hand_on.statement = named.statement;
    Ok(())
}
