//! The chart as a table: layers by services, a letter for the party and a mark for the state.

use super::escape::prose;
use crate::facts::layer_title;
use onus_assess::{Assessment, Cell, DutyState, Holder};
use onus_model::Party;

/// More columns than this are shown when asked for only.
const MAX_OPEN: usize = 10;

/// The table with its legend; none without services.
pub(super) fn table(assessment: &Assessment) -> Option<String> {
    let rows = assessment.columns.iter().map(|column| column.cells.len()).max()?;
    let headings: Vec<_> = assessment.columns.iter().map(|column| prose(&column.heading)).collect();
    let mut out = format!("| | {} |\n|:--|{}\n", headings.join(" | "), ":-:|".repeat(headings.len()));
    for row in 0..rows {
        let layer = assessment.columns.iter().find_map(|column| column.cells.get(row)).map(|cell| cell.layer);
        let title = layer.map_or_else(String::new, |layer| prose(layer_title(assessment, layer)));
        let cells: Vec<_> =
            assessment.columns.iter().map(|column| column.cells.get(row).map_or("", shown)).collect();
        out.push_str(&format!("| {title} | {} |\n", cells.join(" | ")));
    }
    out.push_str("\n**C** yours · **A** AWS's · **B** both · **U** undetermined · ");
    out.push_str("✓ met · ❗ not met · ◌ needs evidence · ❔ not decided · ~ waived\n");
    let open = if headings.len() <= MAX_OPEN { " open" } else { "" };
    Some(format!("<details{open}><summary>Whose duty, layer by layer</summary>\n\n{out}\n</details>\n"))
}

const fn shown(cell: &Cell) -> &'static str {
    match (&cell.holder, cell.state) {
        (Holder::NotApplicable(_), _) => "",
        (Holder::Party(Party::Aws), _) => "A",
        (Holder::Party(Party::Customer), state) => letters(["C", "C ✓", "C ❗", "C ◌", "C ~", "C ❔"], state),
        (Holder::Party(Party::Both), state) => letters(["B", "B ✓", "B ❗", "B ◌", "B ~", "B ❔"], state),
        (Holder::Undetermined(_), state) => letters(["U", "U ✓", "U ❗", "U ◌", "U ~", "U ❔"], state),
    }
}

const fn letters(words: [&'static str; 6], state: Option<DutyState>) -> &'static str {
    match state {
        None => words[0],
        Some(DutyState::Met) => words[1],
        Some(DutyState::NotMet) => words[2],
        Some(DutyState::NeedsEvidence) => words[3],
        Some(DutyState::Waived) => words[4],
        Some(DutyState::Undetermined) => words[5],
    }
}
