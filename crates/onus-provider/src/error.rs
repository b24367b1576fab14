//! What is wrong with a document, and where.

use onus_model::{DocumentPlace, Inherited, Problem, ProblemKind};

/// Something that is wrong with a document, or to be known about how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Where.
    pub place: DocumentPlace,
    /// What.
    pub error: ProviderError,
}

impl Trouble {
    /// As a problem of an assessment.
    pub fn problem(&self, path: &str) -> Problem {
        let message = match self.place {
            DocumentPlace::Whole => self.error.to_string(),
            _ => format!("{}: {}", self.place, self.error),
        };
        let problem = Problem::with_path(self.error.kind(), path, message);
        match self.error.help() {
            Some(help) => problem.help(help),
            None => problem,
        }
    }
}

/// Everything that can be wrong with a provider's document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// The file is beyond the limit.
    #[error("a document of {bytes} bytes is not read: the limit is {} MiB", crate::limits::MAX_BYTES >> 20)]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// There is nothing in it.
    #[error("the document is empty")]
    Empty,
    /// The bytes are of no kind that is read.
    #[error("the document is not text in UTF-8")]
    NotText,
    /// A workbook of the old kind, or one that is encrypted.
    #[error("the workbook is encrypted, or in the binary form of old spreadsheets")]
    OldWorkbook,
    /// OSCAL in XML.
    #[error("XML is not read")]
    Xml,
    /// A zip file that is no workbook.
    #[error("the file is a zip archive, but no workbook")]
    NotAWorkbook,
    /// A part of a workbook is broken or missing.
    #[error("the workbook is broken: `{part}` {reason}")]
    Broken {
        /// The part.
        part: String,
        /// What is the matter with it.
        reason: String,
    },
    /// A text of separated values breaks off.
    #[error("a quotation mark is not closed, so that rows may be missing")]
    OpenQuote,
    /// There is more of something than is read.
    #[error("there are more than {limit} {what}")]
    TooMany {
        /// What.
        what: &'static str,
        /// How many are read.
        limit: u64,
    },
    /// A text is longer than a cell can hold.
    #[error("a text has more than {} characters", crate::limits::MAX_TEXT)]
    TooLong,
    /// No sheet has the columns of a matrix.
    #[error("no table with a column for controls and one for what is inherited was found")]
    NoMatrix,
    /// The named sheet is not there.
    #[error("there is no sheet `{name}`")]
    NoSheet {
        /// Its name.
        name: String,
        /// A name that is near.
        near: Option<String>,
    },
    /// A named column is not there.
    #[error("no row of headings has the column `{name}`")]
    NoColumn {
        /// Its heading.
        name: String,
        /// A heading that is near.
        near: Option<String>,
    },
    /// Two columns of one table say the same kind of thing.
    #[error("this heading and that of {other} both stand for {what}")]
    ColumnTwice {
        /// What they stand for.
        what: &'static str,
        /// The other.
        other: String,
    },
    /// The text names no control.
    #[error("`{text}` is not the id of a control")]
    NotAControl {
        /// The text.
        text: String,
    },
    /// The text names several.
    #[error("`{text}` names several controls")]
    Several {
        /// The text.
        text: String,
    },
    /// No framework has the control.
    #[error("there is no control `{id}` in {frameworks}")]
    UnknownControl {
        /// The id.
        id: String,
        /// The frameworks that the document speaks of.
        frameworks: String,
        /// An id that is near.
        near: Option<String>,
    },
    /// The control has no such part.
    #[error("control `{control}` has no part `{part}`")]
    NoPart {
        /// The control.
        control: String,
        /// The part.
        part: String,
    },
    /// Several frameworks have the control.
    #[error("`{text}` is a control of {frameworks}")]
    Ambiguous {
        /// The text.
        text: String,
        /// The frameworks.
        frameworks: String,
    },
    /// The framework of a row is none that the document was said to speak of.
    #[error("the framework `{name}` is not among those of this provider: {frameworks}")]
    OtherFramework {
        /// Its name.
        name: String,
        /// The frameworks that the document speaks of.
        frameworks: String,
    },
    /// A number that may stand for either of two ids.
    #[error("the number {text} may stand for `{text}` or `{text}0`")]
    NumberAsId {
        /// The number.
        text: String,
    },
    /// The control was withdrawn.
    #[error("`{control}` was withdrawn{}, and what is said of it is not used", went(.into))]
    Withdrawn {
        /// The control.
        control: String,
        /// Where it went.
        into: Vec<String>,
    },
    /// A row says something, but of which control.
    #[error("the row says something, but names no control")]
    NoControl,
    /// A row does not say what is inherited.
    #[error("the row of `{control}` does not say what is inherited")]
    Blank {
        /// The control.
        control: String,
    },
    /// The answer is not understood.
    #[error("`{text}` does not say what is inherited of `{control}`")]
    UnknownAnswer {
        /// The control.
        control: String,
        /// The text.
        text: String,
    },
    /// The cell holds an error.
    #[error("the cell holds the error `{text}`")]
    Fault {
        /// The error.
        text: String,
    },
    /// The cell holds a formula without its result.
    #[error("the cell holds a formula whose result was not stored")]
    NoResult,
    /// Two places say different things.
    #[error("says `{said}` of `{control}`, but {first} says `{other}`: the lesser is used")]
    Disagree {
        /// The control or statement.
        control: String,
        /// What is said here.
        said: Inherited,
        /// The other place.
        first: DocumentPlace,
        /// What is said there.
        other: Inherited,
    },
    /// What is said to be inherited is marked as not in place, or as the customer's too.
    #[error("marks `{control}` as {mark}, but {first} says that all of it is inherited: the lesser is used")]
    Contradicted {
        /// The control or statement.
        control: String,
        /// What is marked.
        mark: &'static str,
        /// The other place.
        first: DocumentPlace,
    },
    /// All is inherited, and something is left.
    #[error(
        "says that all of `{control}` is inherited, and leaves something to the customer: read as partly"
    )]
    YesAndLeft {
        /// The control or statement.
        control: String,
    },
    /// Rows that are no rows of a matrix.
    #[error("{} without a control: {}", rows(*.count), numbers(.first, *.count))]
    Notes {
        /// How many.
        count: usize,
        /// The first of them.
        first: Vec<u32>,
    },
    /// Rows of controls that were withdrawn, of which nothing is inherited.
    #[error("{} of withdrawn controls: {}", rows(*.count), numbers(.first, *.count))]
    WithdrawnRows {
        /// How many.
        count: usize,
        /// The first of them.
        first: Vec<u32>,
    },
    /// A sheet that names controls, of which nothing was read.
    #[error("the sheet names controls, but no row of headings says what is inherited: it is not read")]
    NotRead,
    /// A hidden sheet was read.
    #[error("the sheet is hidden, and was read")]
    Hidden,
    /// A selection of controls is not answered in full.
    #[error("says nothing of {count} of the controls of `{framework}`: {}", listed(.first, *.count))]
    Silent {
        /// The selection.
        framework: String,
        /// How many.
        count: usize,
        /// The first of them.
        first: Vec<String>,
    },
    /// A matrix that says what its own system does, not what that leaves to others.
    #[error(
        "the matrix has no columns `customers_inherit` and `left_to_customers`: what its system does itself is not taken as inherited"
    )]
    OwnMatrix,
    /// The document offers nothing to its customers.
    #[error("the document says nothing of what others may inherit, or must do")]
    NothingOffered,
    /// A document of OSCAL is wrong.
    #[error("{message}")]
    Oscal {
        /// What is the matter.
        message: String,
    },
    /// Something to know about a document of OSCAL.
    #[error("{message}")]
    OscalWarning {
        /// What.
        message: String,
    },
    /// What is offered is not in place.
    #[error("offers `{control}`, which is {mark}: it is not inherited")]
    NotInPlace {
        /// The control or statement.
        control: String,
        /// How it is marked.
        mark: &'static str,
    },
    /// A component definition that refers to others.
    #[error("the document imports {count} others, which are not read")]
    Imports {
        /// How many.
        count: usize,
    },
    /// Requirements of a component definition that say nothing of whose they are.
    #[error("{count} requirements have no `control-origination`, and are not inherited: {}", listed(.first, *.count))]
    NotTold {
        /// How many.
        count: usize,
        /// The first of them.
        first: Vec<String>,
    },
    /// There is more trouble than is told.
    #[error("and {count} more")]
    More {
        /// How much.
        count: usize,
    },
}

impl ProviderError {
    /// What kind of problem it is.
    pub const fn kind(&self) -> ProblemKind {
        match self {
            Self::TooLarge { .. } | Self::TooMany { .. } | Self::TooLong => ProblemKind::Limit,
            Self::NotText | Self::OldWorkbook | Self::Xml | Self::NotAWorkbook => ProblemKind::Unreadable,
            Self::Broken { .. } | Self::OpenQuote | Self::Oscal { .. } => ProblemKind::Syntax,
            Self::Blank { .. }
            | Self::Withdrawn { .. }
            | Self::YesAndLeft { .. }
            | Self::Notes { .. }
            | Self::WithdrawnRows { .. }
            | Self::NotRead
            | Self::Hidden
            | Self::Silent { .. }
            | Self::OscalWarning { .. }
            | Self::Imports { .. }
            | Self::NotTold { .. }
            | Self::OwnMatrix => ProblemKind::NotEvaluated,
            _ => ProblemKind::Invalid,
        }
    }

    /// What to try.
    pub fn help(&self) -> Option<String> {
        let near = |near: &Option<String>| near.as_ref().map(|near| format!("did you mean `{near}`?"));
        match self {
            Self::OldWorkbook => Some("save it as .xlsx without a password".to_owned()),
            Self::Xml => Some("OSCAL is read in JSON or YAML".to_owned()),
            Self::NoMatrix => Some("name its columns in `columns` of the provider in onus.yaml".to_owned()),
            Self::ColumnTwice { .. } | Self::NotRead => {
                Some("say in `columns` of the provider in onus.yaml which is meant".to_owned())
            }
            Self::NoSheet { near: name, .. } | Self::NoColumn { near: name, .. } => near(name),
            Self::UnknownControl { near: name, .. } => near(name),
            Self::Several { .. } => Some("a row must speak of one control".to_owned()),
            Self::UnknownAnswer { text, .. } => Some(format!(
                "yes, partly and no are understood; `answers: {{partly: [{text}]}}` in onus.yaml adds words"
            )),
            Self::Ambiguous { .. } | Self::OtherFramework { .. } => {
                Some("name the framework in `frameworks` of the provider in onus.yaml".to_owned())
            }
            Self::NumberAsId { .. } => Some("ids must stand as text in their cells".to_owned()),
            Self::NoResult => Some("open the workbook in a spreadsheet and save it".to_owned()),
            Self::OwnMatrix => {
                Some("ask for a matrix of `onus matrix --format csv` of this version".to_owned())
            }
            _ => None,
        }
    }
}

/// How many places a sentence names.
const MAX_NAMED: usize = 12;

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn numbers(first: &[u32], count: usize) -> String {
    listed(&first.iter().map(u32::to_string).collect::<Vec<_>>(), count)
}

fn listed(first: &[String], count: usize) -> String {
    let named = first.len().min(MAX_NAMED);
    let names = first[..named].join(", ");
    if count > named { format!("{names} and {} more", count - named) } else { names }
}

fn went(into: &[String]) -> String {
    if into.is_empty() { String::new() } else { format!(" and went into {}", into.join(", ")) }
}

/// The nearest of some words, if one is near.
pub(crate) fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    onus_model::nearest(word, words, 0.8).map(str::to_owned)
}

/// Troubles, of which the first are kept and the others counted.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    kept: Vec<Trouble>,
    more: usize,
}

impl Troubles {
    pub(crate) fn at(&mut self, place: DocumentPlace, error: ProviderError) {
        if self.kept.len() < crate::limits::MAX_TROUBLES {
            self.kept.push(Trouble { place, error });
        } else {
            self.more += 1;
        }
    }

    /// Whether what follows is only counted, so that no advice need be looked for.
    pub(crate) const fn is_full(&self) -> bool {
        self.kept.len() >= crate::limits::MAX_TROUBLES
    }

    pub(crate) fn into_inner(mut self) -> Vec<Trouble> {
        if self.more > 0 {
            let error = ProviderError::More { count: self.more };
            self.kept.push(Trouble { place: DocumentPlace::Whole, error });
        }
        self.kept
    }
}
