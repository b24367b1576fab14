//! As Markdown: a table per framework, with the parts folded away.

use super::rows::{framework_title, rows, tally};
use crate::facts::counted;
use crate::markdown::cell;
use onus_assess::Assessment;
use onus_model::Convention;
use std::fmt::Write as _;

/// The matrix as Markdown: a line per control and statement.
pub fn write_markdown(assessment: &Assessment, convention: Option<Convention>) -> String {
    let mut text = format!("# Responsibility matrix: {}\n\n", cell(&assessment.system));
    let tally = tally(assessment, convention);
    let _ = writeln!(
        text,
        "As of {}, over {}: {} inherited, {} shared, {} the customer's, {} not applicable.",
        assessment.date,
        counted(assessment.summary.services, "service"),
        tally.inherited,
        tally.shared,
        tally.customer,
        tally.not_applicable
    );
    let mut framework = "";
    for row in rows(assessment, convention) {
        if row.framework != framework {
            framework = row.framework;
            let _ = write!(
                text,
                "\n## {}\n\n| Control | | Whose | AWS's part | Your part | Status |\n|---|---|---|---|---|---|\n",
                cell(framework_title(assessment, framework))
            );
        }
        let id =
            if row.statement.is_empty() { format!("**{}**", cell(row.control)) } else { cell(row.statement) };
        let label =
            if row.undetermined { format!("{} (undetermined)", row.label) } else { row.label.to_owned() };
        let _ = writeln!(
            text,
            "| {id} | {} | {} | {} | {} | {} |",
            cell(row.title),
            cell(&label),
            cell(&row.aws_part),
            cell(&row.customer_part),
            row.status
        );
    }
    text
}
