//! What could not be read, and waivers that did not work.

use super::context::{Context, Where};
use onus_assess::{WaiverStatus, WaiverUse};
use onus_model::ProblemKind;

/// Problems shown; the other formats have all of them.
const SHOWN: usize = 500;

/// The problems of a run.
pub(crate) struct Problems<'a> {
    /// Something is missing or wrong.
    pub(crate) errors: Vec<ProblemView<'a>>,
    /// Good to know.
    pub(crate) notices: Vec<ProblemView<'a>>,
    pub(crate) left_out: usize,
    pub(crate) number: usize,
}

/// A problem.
pub(crate) struct ProblemView<'a> {
    pub(crate) kind: &'static str,
    pub(crate) message: &'a str,
    pub(crate) help: Option<&'a str>,
    pub(crate) place: Option<Where<'a>>,
}

impl<'a> Problems<'a> {
    pub(crate) fn new(context: &Context<'a>) -> Self {
        let all = &context.assessment.problems;
        let view = |errors: bool| {
            all.iter()
                .filter(move |problem| problem.kind.is_error() == errors)
                .take(SHOWN)
                .map(|problem| ProblemView {
                    kind: kind(problem.kind),
                    message: &problem.message,
                    help: problem.help.as_deref(),
                    place: context.problem_place(&problem.place),
                })
                .collect::<Vec<_>>()
        };
        let (errors, notices) = (view(true), view(false));
        Self { left_out: all.len() - errors.len() - notices.len(), number: all.len(), errors, notices }
    }
}

const fn kind(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Unreadable => "not readable",
        ProblemKind::Syntax => "broken file",
        ProblemKind::Limit => "limit reached",
        ProblemKind::Invalid => "makes no sense",
        ProblemKind::Skipped => "skipped",
        ProblemKind::NotMapped => "not checked",
        ProblemKind::NotEvaluated => "not evaluated",
        ProblemKind::Credential => "credential",
        ProblemKind::Unowned => "nobody's",
        ProblemKind::Evidence => "evidence",
    }
}

/// A waiver for the table of waivers.
pub(crate) struct WaiverView<'a> {
    pub(crate) waiver: &'a WaiverUse,
    pub(crate) status: String,
    pub(crate) works: bool,
}

/// The waivers with what came of each.
pub(crate) fn waivers<'a>(context: &Context<'a>) -> Vec<WaiverView<'a>> {
    let status = |waiver: &WaiverUse| match waiver.status {
        WaiverStatus::Applied(number) => super::text::count(number, "finding waived", "findings waived"),
        WaiverStatus::Expired => "expired: it waives nothing".to_owned(),
        WaiverStatus::Unmatched => "matches no finding".to_owned(),
        WaiverStatus::NoCounterpart => "another tool’s rule without a counterpart here".to_owned(),
        WaiverStatus::OtherQuestion => "asks something else than the checks here".to_owned(),
        WaiverStatus::Invalid => "not valid".to_owned(),
    };
    let view = |waiver: &'a WaiverUse| WaiverView {
        waiver,
        status: status(waiver),
        works: matches!(waiver.status, WaiverStatus::Applied(_)),
    };
    context.assessment.waivers.iter().take(SHOWN).map(view).collect()
}
