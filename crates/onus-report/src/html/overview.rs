//! The top of the page: what was assessed and when, the one sentence, the cards.

use super::context::Context;
use super::text::{count, day, grouped};
use onus_assess::Summary;
use onus_model::ProblemKind;

/// The paths that are named at the top; more are counted.
const INPUTS_SHOWN: usize = 6;

/// The top of the page.
pub(crate) struct Overview<'a> {
    pub(crate) system: &'a str,
    pub(crate) day: String,
    pub(crate) date: String,
    pub(crate) inputs: Vec<&'a str>,
    pub(crate) more_inputs: usize,
    pub(crate) facts: Vec<String>,
    pub(crate) frameworks: Vec<&'a str>,
    pub(crate) sentence: Vec<Piece>,
    /// How many findings make how many duties not met.
    pub(crate) behind: String,
    pub(crate) cards: Vec<Card>,
    /// What is missing from the picture, as a sentence.
    pub(crate) missing: String,
    /// The shares of the customer's duties, for the bar.
    pub(crate) shares: Vec<Share>,
}

/// A piece of the sentence; a class sets it off.
pub(crate) struct Piece {
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

/// A number with its meaning, a link to what it counts.
pub(crate) struct Card {
    pub(crate) state: &'static str,
    pub(crate) number: String,
    pub(crate) label: &'static str,
    pub(crate) target: &'static str,
    pub(crate) none: bool,
}

/// A share of the bar, in thousandths.
pub(crate) struct Share {
    pub(crate) state: &'static str,
    pub(crate) x: f64,
    pub(crate) width: f64,
}

impl<'a> Overview<'a> {
    pub(crate) fn new(context: &Context<'a>) -> Self {
        let assessment = context.assessment;
        let summary = &assessment.summary;
        let mut frameworks: Vec<&str> = Vec::new();
        for control in &assessment.controls {
            let title = framework_title(context, &control.framework);
            if !frameworks.contains(&title) {
                frameworks.push(title);
            }
        }
        Self {
            system: &assessment.system,
            day: day(assessment.date),
            date: assessment.date.to_string(),
            inputs: assessment.inputs.iter().take(INPUTS_SHOWN).map(String::as_str).collect(),
            more_inputs: assessment.inputs.len().saturating_sub(INPUTS_SHOWN),
            facts: vec![
                count(summary.services, "service", "services"),
                count(summary.resources, "resource", "resources"),
            ],
            frameworks,
            sentence: sentence(summary),
            behind: format!(
                "{} in {}",
                count(summary.failed, "finding", "findings"),
                count(summary.not_met, "duty of yours", "of your duties")
            ),
            cards: cards(summary),
            missing: missing(context),
            shares: shares(summary),
        }
    }
}

/// A framework's title, or its id where the knowledge does not have it.
pub(crate) fn framework_title<'a>(context: &Context<'a>, id: &'a str) -> &'a str {
    let frameworks = &context.assessment.knowledge.frameworks;
    frameworks.iter().find(|framework| framework.id == id).map_or(id, |framework| &framework.title)
}

fn sentence(summary: &Summary) -> Vec<Piece> {
    let plain = |text: &str| Piece { class: "", text: text.to_owned() };
    let mut out = match summary.aws {
        0 => vec![plain("AWS carries no duty here. ")],
        number => vec![
            plain("AWS carries "),
            Piece { class: "aws", text: count(number, "duty", "duties") },
            plain(". "),
        ],
    };
    if summary.customer == 0 {
        out.push(plain("None is yours."));
        return out;
    }
    let verb = |number: usize| if number == 1 { "is" } else { "are" };
    out.push(Piece {
        class: "you",
        text: format!("{} {} yours", grouped(summary.customer), verb(summary.customer)),
    });
    let parts = [
        (summary.met, "", format!("{} {} met", grouped(summary.met), verb(summary.met))),
        (summary.not_met, "bad", format!("{} {} not", grouped(summary.not_met), verb(summary.not_met))),
        (
            summary.needs_evidence,
            "",
            format!(
                "{} {} evidence",
                grouped(summary.needs_evidence),
                if summary.needs_evidence == 1 { "needs" } else { "need" }
            ),
        ),
        (summary.waived, "", format!("{} {} waived", grouped(summary.waived), verb(summary.waived))),
        (summary.undetermined, "", format!("{} could not be decided", grouped(summary.undetermined))),
    ];
    // "3 are not" only reads after "2 are met".
    let parts: Vec<_> = parts.into_iter().filter(|(number, ..)| *number > 0).collect();
    for (at, (_, class, text)) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        out.push(plain(match (at, last) {
            (0, _) => ": ",
            (_, true) if parts.len() > 2 => ", and ",
            (_, true) => " and ",
            _ => ", ",
        }));
        let text = if *class == "bad" && summary.met == 0 { format!("{text} met") } else { text.clone() };
        out.push(Piece { class, text });
    }
    out.push(plain("."));
    out
}

fn cards(summary: &Summary) -> Vec<Card> {
    let card = |state, number: usize, label, target| Card {
        state,
        number: grouped(number),
        label,
        target,
        none: number == 0,
    };
    let mut out = vec![
        card("aws", summary.aws, "AWS’s part", "#duties"),
        card("met", summary.met, "yours, met", "#passed"),
        card("not-met", summary.not_met, "yours, not met", "#not-met"),
        card("needs-evidence", summary.needs_evidence, "yours, need evidence", "#services"),
        card("undetermined", summary.undetermined, "undetermined", "#undetermined"),
    ];
    if summary.waived > 0 {
        out.push(card("waived", summary.waived, "yours, waived", "#waived"));
    }
    out
}

fn shares(summary: &Summary) -> Vec<Share> {
    let parts = [
        ("met", summary.met),
        ("waived", summary.waived),
        ("needs-evidence", summary.needs_evidence),
        ("undetermined", summary.undetermined),
        ("not-met", summary.not_met),
    ];
    let total: usize = parts.iter().map(|(_, number)| number).sum();
    let mut x = 0.0;
    let mut out = Vec::new();
    for (state, number) in parts.into_iter().filter(|(_, number)| *number > 0) {
        // Whole thousandths, so that the bytes do not depend on how a float prints.
        let width = (1000 * number / total.max(1)) as f64;
        out.push(Share { state, x, width });
        x += width;
    }
    if let Some(last) = out.last_mut() {
        last.width = 1000.0 - last.x;
    }
    out
}

fn missing(context: &Context<'_>) -> String {
    let assessment = context.assessment;
    let broken = |kind: ProblemKind| {
        matches!(kind, ProblemKind::Unreadable | ProblemKind::Syntax | ProblemKind::Limit)
    };
    let lost = assessment.problems.iter().filter(|problem| broken(problem.kind)).count();
    let verb = |number: usize| if number == 1 { "was" } else { "were" };
    let mut out = Vec::new();
    if lost > 0 {
        let places = count(lost, "part of the input", "parts of the input");
        out.push(format!("{places} could not be read, so what it says is missing here."));
    }
    if assessment.summary.unchecked > 0 {
        let number = assessment.summary.unchecked;
        out.push(format!(
            "{} {} not looked at by any check.",
            count(number, "resource", "resources"),
            verb(number)
        ));
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(summary: Summary, expected: &str) {
        let text: String = sentence(&summary).into_iter().map(|piece| piece.text).collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn the_sentence_says_what_there_is_and_nothing_else() {
        let full = Summary {
            aws: 61,
            customer: 75,
            met: 41,
            not_met: 16,
            needs_evidence: 15,
            waived: 1,
            undetermined: 2,
            ..Summary::default()
        };
        check(
            full,
            "AWS carries 61 duties. 75 are yours: 41 are met, 16 are not, 15 need evidence, 1 is waived, and 2 could not be decided.",
        );
        let one = Summary { aws: 1, customer: 1, not_met: 1, ..Summary::default() };
        check(one, "AWS carries 1 duty. 1 is yours: 1 is not met.");
        let two = Summary { aws: 5, customer: 3, met: 2, not_met: 1, ..Summary::default() };
        check(two, "AWS carries 5 duties. 3 are yours: 2 are met and 1 is not.");
        check(Summary::default(), "AWS carries no duty here. None is yours.");
    }

    #[test]
    fn the_bar_is_full() {
        let summary = Summary { customer: 7, met: 3, not_met: 3, undetermined: 1, ..Summary::default() };
        let shares = shares(&summary);
        assert_eq!(shares.iter().map(|share| share.width as usize).sum::<usize>(), 1000);
        assert!(super::shares(&Summary::default()).is_empty());
    }
}
