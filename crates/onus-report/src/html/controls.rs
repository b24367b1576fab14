//! The controls of the chosen frameworks, each with the reasons for its origination.

use super::context::Context;
use super::overview::framework_title;
use crate::matrix::{Layout, Parts, control_parts};
use onus_assess::ControlAnswer;
use onus_model::Origination;

/// A framework with its controls.
pub(crate) struct FrameworkView<'a> {
    pub(crate) id: String,
    pub(crate) title: &'a str,
    pub(crate) controls: Vec<ControlView<'a>>,
}

/// A control with what each party does for it.
pub(crate) struct ControlView<'a> {
    pub(crate) answer: &'a ControlAnswer,
    pub(crate) of_aws: String,
    pub(crate) of_customer: String,
}

/// The frameworks in the order in which they come.
pub(crate) fn frameworks<'a>(context: &Context<'a>) -> Vec<FrameworkView<'a>> {
    let parts = Parts::new(context.assessment, Layout::Line);
    let control = |answer: &'a ControlAnswer| {
        let (of_aws, of_customer) = match answer.withdrawn {
            Some(_) => Default::default(),
            None => control_parts(context.assessment, answer, &parts),
        };
        ControlView { answer, of_aws, of_customer }
    };
    let view = |(at, run): (usize, &'a [ControlAnswer])| {
        let id = &run.first()?.framework;
        Some(FrameworkView {
            id: format!("framework-{at}"),
            title: framework_title(context, id),
            controls: run.iter().map(control).collect(),
        })
    };
    context
        .assessment
        .controls
        .chunk_by(|a, b| a.framework == b.framework)
        .enumerate()
        .filter_map(view)
        .collect()
}

/// An origination in words.
pub(crate) const fn origination(origination: Origination) -> &'static str {
    match origination {
        Origination::Inherited => "inherited",
        Origination::Shared => "shared",
        Origination::Customer => "yours",
        Origination::NotApplicable => "does not apply",
        Origination::Undetermined => "undetermined",
    }
}
