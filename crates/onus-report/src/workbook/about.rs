//! What the workbook is about: the system, the inputs, the facts, how to read it, and the counts.

use super::context::Context;
use super::model::{Cell, Column, Row, Sheet};
use crate::facts::{counted, standing};
use onus_assess::{ControlAnswer, Status};
use onus_model::{Class, Convention};

/// No more problems than this are told one by one; the report has them all.
const MAX_PROBLEMS: usize = 20;
/// No more inputs than this are named.
const MAX_INPUTS: usize = 50;

/// How to read the sheets.
const SHEETS: [(&str, &str); 11] = [
    (
        "CIS",
        "Control implementation summary: a row per control, with marks for implementation status and control origination.",
    ),
    (
        "CRM",
        "Customer responsibility matrix: what can be inherited, from whom, what remains, and what is open.",
    ),
    (
        "Matrix",
        "Every control and statement with both parties' parts, reasons and status: the rows of the CSV.",
    ),
    (
        "By service",
        "The same per layer and service in use, with the state of the customer's part and sources.",
    ),
    ("Services", "The chart: whose each layer of each service is, and how the customer's part stands."),
    ("Layers", "The duties at each layer, service by service, each once, with sources."),
    ("Findings", "What the checks found in the configuration, and how to fix it."),
    ("Tasks", "What the customer has to show and has not yet: how, who, by when."),
    ("Records", "The customer's evidence, until when it counts, and why a record does not count."),
    ("Attestations", "The documents that prove AWS's part, and how each stands."),
    ("Derivation", "How each answer follows: statement, layer, relation, reason, services by party."),
];

/// How the marks of the summary follow from the evidence.
const MARKS: [(&str, &str); 6] = [
    (
        "Implemented",
        "Every part of the control has valid evidence. A check that passes is not enough by itself.",
    ),
    (
        "Partially implemented",
        "Some part has valid evidence; for others there is none, or evidence speaks against them.",
    ),
    ("Planned", "There is no evidence yet, and a record in the evidence folder plans it."),
    (
        "Alternative",
        "Never marked from a configuration, which does not say what stands in for what: for you to fill in.",
    ),
    ("Not applicable", "Nothing in the workload concerns the control."),
    (
        "No mark",
        "No evidence says anything yet. Inherited controls need an attestation of AWS's work to be implemented.",
    ),
];

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let mut rows = Vec::new();
    system(context, &mut rows);
    frameworks(context, &mut rows);
    counts(context, &mut rows);
    knowledge(context, &mut rows);
    problems(context, &mut rows);
    section(&mut rows, "How to read it");
    rows.extend(SHEETS.map(|(name, what)| line(name, what)));
    section(&mut rows, "The marks of the summary");
    rows.extend(MARKS.map(|(name, what)| line(name, what)));
    Sheet {
        name: "About",
        note: "Responsibility matrix, derived from the services and settings in use. Made by onus."
            .to_owned(),
        columns: vec![Column::new("What", 28), Column::new("Answer", 120)],
        frozen: 0,
        rows,
    }
}

fn line<'s>(name: impl Into<Cell<'s>>, what: impl Into<Cell<'s>>) -> Row<'s> {
    Row::new([name.into(), what.into()])
}

fn section(rows: &mut Vec<Row<'_>>, title: &'static str) {
    rows.push(Row { head: true, shaded: true, ..Row::new([title.into()]) });
}

fn system<'s>(context: &'s Context<'_>, rows: &mut Vec<Row<'s>>) {
    let assessment = context.assessment;
    section(rows, "The system");
    rows.push(line("System", &assessment.system));
    rows.push(line("Day of the assessment", assessment.date.to_string()));
    let inputs = &assessment.inputs;
    let mut named = inputs.iter().take(MAX_INPUTS).map(String::as_str).collect::<Vec<_>>().join("\n");
    if inputs.len() > MAX_INPUTS {
        named.push_str(&format!("\nand {} more", inputs.len() - MAX_INPUTS));
    }
    rows.push(line("Inputs", named));
    if !assessment.workload.services.is_empty() {
        rows.push(line("Services that were named", assessment.workload.services.join(", ")));
    }
    let boundary = if assessment.endpoints_in_boundary {
        "The workforce's devices and offices belong to the system."
    } else {
        "The system lives on AWS alone; the workforce's devices and offices are outside."
    };
    rows.push(line("Boundary", boundary));
    rows.push(line("Written by", concat!("onus ", env!("CARGO_PKG_VERSION"))));
}

fn frameworks<'s>(context: &'s Context<'_>, rows: &mut Vec<Row<'s>>) {
    section(rows, "Frameworks and conventions");
    for controls in context.assessment.controls.chunk_by(|one, next| one.framework == next.framework) {
        let Some(first) = controls.first() else { continue };
        let title = crate::matrix::framework_title(context.assessment, &first.framework);
        let facts = context.assessment.knowledge.framework(&first.framework);
        let version =
            facts.and_then(|facts| facts.version.as_ref()).map(|version| format!(", version {version}"));
        let read = facts.map(|facts| format!(", facts stated as of {}", facts.read)).unwrap_or_default();
        let text = format!("{title}{}{read}", version.unwrap_or_default());
        rows.push(line(&first.framework, text));
        rows.push(line("  whose each is", classes(context, controls)));
        rows.push(line("  how they stand", standings(controls)));
        rows.extend(readiness(context, &first.framework).map(|text| line("  readiness", text)));
    }
    for convention in context.conventions() {
        rows.push(line(format!("Convention {convention}"), meaning(convention)));
    }
}

const fn meaning(convention: Convention) -> &'static str {
    match convention {
        Convention::Aws => {
            "The Shared Responsibility Model's own: inherited, shared, customer specific. What AWS enables or does for itself counts as its part."
        }
        Convention::Fedramp => {
            "Control origination as a FedRAMP SSP writes it, in the boundary of the system on AWS. What AWS enables or does for itself is the system's own; policies are never inherited. Labels that concern the system's own customers stay empty: an assessment of the system knows nothing of them."
        }
        Convention::Caiq => "Ownership as CSA's Shared Security Responsibility Model names it in the CAIQ.",
    }
}

/// The controls by class.
fn classes(context: &Context<'_>, controls: &[ControlAnswer]) -> String {
    let live = || controls.iter().filter(|control| control.withdrawn.is_none());
    let mut parts = vec![counted(live().count(), "control")];
    for class in Class::ALL {
        let number = live().filter(|control| control.class(context.convention(control)) == class).count();
        parts.push(format!("{number} {class}"));
    }
    let open = live().filter(|control| control.share.is_open(context.convention(control))).count();
    if open > 0 {
        parts.push(format!("{open} of them left open by the configuration"));
    }
    let withdrawn = controls.len() - live().count();
    if withdrawn > 0 {
        parts.push(format!("and {withdrawn} withdrawn by the publication"));
    }
    parts.join("; ")
}

/// The controls by status.
fn standings(controls: &[ControlAnswer]) -> String {
    const ALL: [Status; 5] = [
        Status::Satisfied,
        Status::PartlySatisfied,
        Status::NotSatisfied,
        Status::NotAssessed,
        Status::NotApplicable,
    ];
    let live = || controls.iter().filter(|control| control.withdrawn.is_none());
    let number = |status: Status| live().filter(move |control| control.standing.status == status).count();
    ALL.map(|status| format!("{} {}", number(status), status.as_str())).join("; ")
}

/// How far a framework is met.
fn readiness(context: &Context<'_>, framework: &str) -> Option<String> {
    let of = context.assessment.readiness.iter().find(|readiness| readiness.framework == framework)?;
    let counts = &of.statements;
    let share = of.figure().map(|figure| format!(" ({:.1} %)", figure * 100.0)).unwrap_or_default();
    Some(format!("{} of {} statements are satisfied{share}", counts.satisfied, counts.applicable()))
}

fn counts<'s>(context: &'s Context<'_>, rows: &mut Vec<Row<'s>>) {
    let summary = &context.assessment.summary;
    section(rows, "Counts");
    rows.push(line("Services in use", summary.services));
    rows.push(line("Resources", summary.resources));
    rows.push(line("Duties with a part of AWS's", summary.aws));
    let standing = standing(context.assessment).into_iter();
    let parts: Vec<String> = standing.map(|(number, _, words)| format!("{number} {words}")).collect();
    let text = format!("{}: {}", summary.customer, parts.join(", "));
    rows.push(line("Duties with a part of yours", text));
    let findings = format!(
        "{} failed, {} undetermined, {} waived, {} passed",
        summary.failed, summary.undecided, summary.waived_findings, summary.passed
    );
    rows.push(line("Findings", findings));
    rows.push(line("Resources not looked at", summary.unchecked));
}

fn knowledge<'s>(context: &'s Context<'_>, rows: &mut Vec<Row<'s>>) {
    let (assessment, facts) = (context.assessment, &context.assessment.knowledge);
    section(rows, "What it rests on");
    let in_use = assessment.columns.iter().filter_map(|column| facts.service(&column.service));
    let days: Vec<_> = in_use.map(|service| service.read).collect();
    if let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) {
        let span = if first == last { first.to_string() } else { format!("{first} to {last}") };
        rows.push(line("Facts on the services", format!("stated as of {span}")));
    }
    let known =
        format!("{}, {}", counted(facts.services.len(), "service"), counted(facts.checks.len(), "check"));
    rows.push(line("Knowledge", known));
    rows.push(line(
        "Sources",
        "AWS's public documentation, named beside each duty. What AWS provides is described from it; attestations are the proof.",
    ));
}

fn problems<'s>(context: &'s Context<'_>, rows: &mut Vec<Row<'s>>) {
    let problems = &context.assessment.problems;
    if problems.is_empty() {
        return;
    }
    section(rows, "Problems: what could not be read may hold anything");
    let (errors, notices): (Vec<_>, Vec<_>) = problems.iter().partition(|problem| problem.kind.is_error());
    let all = errors.iter().map(|problem| ("error", problem)).chain(notices.iter().map(|p| ("notice", p)));
    for (kind, problem) in all.take(MAX_PROBLEMS) {
        rows.push(line(kind, crate::problem(context.assessment, problem)));
    }
    if problems.len() > MAX_PROBLEMS {
        rows.push(line("", format!("and {} more", problems.len() - MAX_PROBLEMS)));
    }
}
