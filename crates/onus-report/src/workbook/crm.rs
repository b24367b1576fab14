//! The customer responsibility matrix: what can be inherited, from whom, what remains, and what is open.

use super::context::Context;
use super::model::{Cell, Column, INHERITANCE, Row, STANDINGS, Sheet};
use crate::matrix;
use onus_assess::{ControlAnswer, StatementAnswer};
use onus_model::{Class, Convention, Share};

/// The sheet.
pub(crate) fn sheet<'s>(context: &'s Context<'_>) -> Sheet<'s> {
    let columns = context.columns([
        Column::new("Control", 9),
        Column::new("Statement", 13),
        Column::new("Title, or what is asked", 34),
        Column::of_words("Can be inherited", 15, INHERITANCE),
        Column::new("What is inherited, and from whom", 60),
        Column::new("What remains your responsibility", 70),
        Column::new("What is open", 34),
        Column::of_words("Status", 14, STANDINGS),
        Column::new("Your own customers inherit", 13),
        Column::new("What is left to your own customers", 50),
    ]);
    Sheet {
        name: "CRM",
        note: "Customer responsibility matrix. Only what AWS or a provider discharges can be inherited; a mechanism that AWS supplies, or what AWS does for itself, cannot. A control with one statement has one row.".to_owned(),
        columns,
        frozen: context.frozen(2),
        rows: context.controls().enumerate().flat_map(|(at, all)| rows(context, all, at % 2 == 1)).collect(),
    }
}

fn rows<'s>(
    context: &'s Context<'_>,
    (control, row, statements): (&'s ControlAnswer, &'s matrix::Row<'_>, &'s [matrix::Row<'_>]),
    shaded: bool,
) -> Vec<Row<'s>> {
    let convention = context.convention(control);
    let whole = context.parts.inherited(&control.statements);
    let only = if let [only] = statements { only.statement } else { "" };
    let answer = Answer {
        statement: only,
        inheritance: if control.withdrawn.is_some() {
            "Withdrawn"
        } else {
            inheritance(control.share, control.policy, convention)
        },
        inherited: if control.policy && convention == Convention::Fedramp {
            String::new()
        } else {
            from(whole, &row.provider_part)
        },
        open: open(context, row, &control.statements),
    };
    let head = statements.len() > 1;
    let mut rows = vec![Row { head, shaded, ..Row::new(cells(context, row, answer)) }];
    for (row, statement) in statements.iter().zip(&control.statements).filter(|_| head) {
        let own = std::slice::from_ref(statement);
        let answer = Answer {
            statement: row.statement,
            inheritance: inheritance(statement.share, control.policy, convention),
            inherited: from(context.parts.inherited(own), &row.provider_part),
            open: open(context, row, own),
        };
        rows.push(Row { shaded, folds: true, ..Row::new(cells(context, row, answer)) });
    }
    rows
}

/// What the sheet says beside the matrix's own texts.
struct Answer<'s> {
    statement: &'s str,
    inheritance: &'static str,
    inherited: String,
    open: String,
}

fn cells<'s>(context: &Context<'_>, row: &'s matrix::Row<'_>, answer: Answer<'s>) -> Vec<Cell<'s>> {
    let remains = if row.label == "Withdrawn" { &row.because } else { &row.customer_part };
    context.cells(
        row.framework,
        [
            row.control.into(),
            answer.statement.into(),
            row.title.into(),
            answer.inheritance.into(),
            answer.inherited.into(),
            remains.into(),
            answer.open.into(),
            if row.label == "Withdrawn" { "" } else { row.status }.into(),
            row.customers_inherit.into(),
            row.left_to_customers.as_str().into(),
        ],
    )
}

/// Whether a share can be inherited, whatever the convention calls it: all of it, some, or none.
pub(crate) fn inheritance(share: Share, policy: bool, convention: Convention) -> &'static str {
    // That a policy is never inherited is a rule of one convention.
    let policy = policy && convention == Convention::Fedramp;
    let open = share.is_open(Convention::Fedramp) && !policy;
    match (Convention::Fedramp.class(share, policy), open) {
        (Class::Inherited, false) => "Yes",
        (Class::Inherited, true) => "Yes, if anything: undetermined",
        (Class::Shared, false) => "Partly",
        (Class::Shared, true) => "Partly: undetermined",
        (Class::Customer, false) => "No",
        (Class::Customer, true) => "No, if anything: undetermined",
        (Class::NotApplicable, _) => "Does not apply",
    }
}

/// What is inherited from AWS, and from providers.
fn from(aws: String, providers: &str) -> String {
    let aws = if aws.is_empty() { aws } else { format!("From AWS.\n{aws}") };
    match (aws.is_empty(), providers.is_empty()) {
        (_, true) => aws,
        (true, false) => providers.to_owned(),
        (false, false) => format!("{aws}\n{providers}"),
    }
}

/// What is missing, and where the configuration does not tell whose the part is.
fn open(context: &Context<'_>, row: &matrix::Row<'_>, statements: &[StatementAnswer]) -> String {
    let mut lines: Vec<String> = Vec::new();
    if !row.missing.is_empty() {
        lines.push(row.missing.clone());
    }
    if row.undetermined {
        lines.push("The configuration does not tell whose it is; the widest answer is shown.".to_owned());
    }
    for primary in statements.iter().flat_map(|statement| &statement.layers) {
        let open = context.open_services(primary.layer);
        let line = format!("Undetermined at {}: {open}.", context.layer(primary.layer).to_lowercase());
        if !open.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::{Party, Relation};

    #[test]
    fn only_what_aws_discharges_can_be_inherited() {
        use Convention::{Aws, Fedramp};
        let of = |party, relation, policy, convention| {
            inheritance(Share::at(party, Some(relation)), policy, convention)
        };
        assert_eq!(of(Party::Aws, Relation::Covers, false, Fedramp), "Yes");
        assert_eq!(of(Party::Both, Relation::Covers, false, Aws), "Partly");
        // A mechanism is shared by the model's definitions, and still nothing to inherit.
        assert_eq!(of(Party::Both, Relation::Enables, false, Aws), "No");
        assert_eq!(of(Party::Aws, Relation::Parallel, false, Aws), "No");
        assert_eq!(of(Party::Aws, Relation::Covers, true, Fedramp), "No");
        assert_eq!(of(Party::Aws, Relation::Covers, true, Aws), "Yes");
        assert_eq!(inheritance(Share::default(), false, Aws), "Does not apply");
        let open = Share::of(&[Party::Aws, Party::Customer], Some(Relation::Covers));
        assert_eq!(inheritance(open, false, Fedramp), "Partly: undetermined");
    }
}
