//! The rows of the matrix.

use super::parts::{Layout, Parts};
use super::upstream;
use onus_assess::{Assessment, ControlAnswer, Standing, StatementAnswer};
use onus_model::{Class, Convention, Share};
use serde::Serialize;

/// A control or one of its statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row<'a> {
    /// The framework's id.
    pub framework: &'a str,
    /// The control's id.
    pub control: &'a str,
    /// The statement's id; empty for the control as a whole.
    pub statement: &'a str,
    /// The control's title, or what the statement asks.
    pub title: &'a str,
    /// Whose it is: `inherited`, `shared`, `customer`, `not-applicable`; where the workload does not tell, the widest.
    pub class: &'static str,
    /// What the convention calls it.
    pub label: &'static str,
    /// What AWS does.
    pub aws_part: String,
    /// What the customer does.
    pub customer_part: String,
    /// The reasons: layer, services, relation, and why.
    pub because: String,
    /// How it stands.
    pub status: &'static str,
    /// The evidence there is.
    pub evidence: String,
    /// What is missing.
    pub missing: String,
    /// Whether the configuration leaves the class open.
    pub undetermined: bool,
    /// What providers between AWS and the customer do.
    pub provider_part: String,
    /// How much the system's own customers inherit: `yes`, `partly`, `no`; empty where nothing concerns it.
    pub customers_inherit: &'static str,
    /// What is left to the system's own customers.
    pub left_to_customers: String,
}

/// How many controls are of each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// AWS's.
    pub inherited: usize,
    /// Both parties'.
    pub shared: usize,
    /// The customer's.
    pub customer: usize,
    /// Nobody's.
    pub not_applicable: usize,
    /// Of them all, those that the configuration leaves open.
    pub undetermined: usize,
}

impl Tally {
    fn add(&mut self, class: Class, open: bool) {
        *match class {
            Class::Inherited => &mut self.inherited,
            Class::Shared => &mut self.shared,
            Class::Customer => &mut self.customer,
            Class::NotApplicable => &mut self.not_applicable,
        } += 1;
        self.undetermined += usize::from(open);
    }
}

/// Counts the controls of an assessment that the publication has not withdrawn.
pub fn tally(assessment: &Assessment, convention: Option<Convention>) -> Tally {
    let mut tally = Tally::default();
    for control in assessment.controls.iter().filter(|control| control.withdrawn.is_none()) {
        let convention = assessment.convention_of(&control.framework, convention);
        tally.add(control.class(convention), control.share.is_open(convention));
    }
    tally
}

/// The title of a framework, or its id where the knowledge has none.
pub fn framework_title<'a>(assessment: &'a Assessment, id: &'a str) -> &'a str {
    assessment.knowledge.framework(id).map_or(id, |framework| &framework.title)
}

/// The rows of all controls, each followed by its statements, in published order.
///
/// Without a convention, each framework is told in that of its field.
pub fn rows(assessment: &Assessment, convention: Option<Convention>) -> Vec<Row<'_>> {
    rows_with(assessment, convention, &Parts::new(assessment, Layout::Line))
}

/// The same, with the texts at hand.
pub(crate) fn rows_with<'a>(
    assessment: &'a Assessment,
    convention: Option<Convention>,
    parts: &Parts,
) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for control in &assessment.controls {
        let convention = assessment.convention_of(&control.framework, convention);
        let own: Vec<Row<'_>> = control
            .statements
            .iter()
            .map(|statement| statement_row(assessment, control, statement, convention, parts))
            .collect();
        rows.push(control_row(assessment, control, convention, parts));
        rows.extend(own);
    }
    upstream::publish(&mut rows, onus_assess::published(assessment));
    rows
}

fn statement_row<'a>(
    assessment: &Assessment,
    control: &'a ControlAnswer,
    statement: &'a StatementAnswer,
    convention: Convention,
    parts: &Parts,
) -> Row<'a> {
    Row {
        statement: &statement.id,
        title: &statement.gist,
        aws_part: parts.of_aws(std::slice::from_ref(statement)),
        customer_part: joined(
            parts.of_customer(std::slice::from_ref(statement)),
            upstream::left(assessment, std::slice::from_ref(statement)),
            parts,
        ),
        provider_part: upstream::provided(assessment, std::slice::from_ref(statement)),
        because: statement.because.join(parts.layout().rule()),
        ..row(control, statement.share, &statement.standing, convention)
    }
}

/// Two texts, one after the other.
fn joined(first: String, second: String, parts: &Parts) -> String {
    let rule = if first.is_empty() || second.is_empty() { "" } else { parts.layout().rule() };
    first + rule + &second
}

/// The control as a whole: what its statements say, each once.
fn control_row<'a>(
    assessment: &Assessment,
    control: &'a ControlAnswer,
    convention: Convention,
    parts: &Parts,
) -> Row<'a> {
    let mut row = Row {
        title: &control.title,
        because: control.because.join(parts.layout().rule()),
        ..row(control, control.share, &control.standing, convention)
    };
    if let Some(into) = &control.withdrawn {
        row.label = "Withdrawn";
        row.because = match into.as_slice() {
            [] => "withdrawn by the publication".to_owned(),
            into => format!("withdrawn by the publication; went into {}", into.join(", ")),
        };
        return row;
    }
    row.provider_part = upstream::provided(assessment, &control.statements);
    (row.aws_part, row.customer_part) = control_parts(assessment, control, parts);
    row
}

/// What AWS and the customer do for a control as a whole: its own words where it has them, else those of its layers.
pub(crate) fn control_parts(
    assessment: &Assessment,
    control: &ControlAnswer,
    parts: &Parts,
) -> (String, String) {
    let statements = control.statements.as_slice();
    let of_aws = control.provision.clone().unwrap_or_else(|| parts.of_aws(statements));
    let of_customer = control.responsibility.clone().unwrap_or_else(|| parts.of_customer(statements));
    (of_aws, joined(of_customer, upstream::left(assessment, statements), parts))
}

fn row<'a>(control: &'a ControlAnswer, share: Share, standing: &Standing, convention: Convention) -> Row<'a> {
    Row {
        framework: &control.framework,
        control: &control.control,
        statement: "",
        title: "",
        class: convention.class(share, control.policy).as_str(),
        label: convention.label(share, control.policy),
        aws_part: String::new(),
        customer_part: String::new(),
        because: String::new(),
        status: standing.status.as_str(),
        evidence: standing.evidence.join("; "),
        missing: standing.missing.join("; "),
        undetermined: share.is_open(convention),
        provider_part: String::new(),
        customers_inherit: "",
        left_to_customers: String::new(),
    }
}
