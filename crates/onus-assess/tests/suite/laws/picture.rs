//! An assessment as lines that do not depend on positions, so that two can be compared.

use onus_assess::{Assessment, Cell, Holder};
use onus_model::Party;

/// A resource by file and address, which stay when others move.
pub(super) fn resource(assessment: &Assessment, at: usize) -> String {
    let resource = &assessment.workload.resources[at];
    format!("{}/{}", assessment.workload.file(resource.span.file).path, resource.address)
}

/// The parties that are possible.
pub(super) fn parties(holder: &Holder) -> Vec<Party> {
    match holder {
        Holder::Party(party) => vec![*party],
        Holder::Undetermined(parties) => parties.clone(),
        Holder::NotApplicable(_) => Vec::new(),
    }
}

/// Everything that a report may say, without positions, in alphabetical order.
pub(super) fn lines(assessment: &Assessment) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, place) in assessment.placements.iter().enumerate() {
        let column = place.column.map(|column| &assessment.columns[column].heading);
        let name = resource(assessment, at);
        lines.push(format!(
            "placed {name}: {:?} {:?} {:?} {column:?}",
            place.service, place.variant, place.reasons
        ));
    }
    for (place, column) in assessment.columns.iter().enumerate() {
        let own = names(assessment, &column.resources);
        lines.push(format!(
            "column {place}: {} {} {:?} {:?} {own:?}",
            column.name, column.heading, column.variant, column.category
        ));
        lines.extend(
            column.cells.iter().map(|cell| format!("cell {} {}", column.heading, of_cell(assessment, cell))),
        );
    }
    for row in &assessment.responsibilities {
        let own = names(assessment, &row.resources);
        lines.push(format!(
            "duty {} {:?} {} {:?} {:?} {:?} {:?} {:?} {own:?} {:?}",
            row.service,
            row.variant,
            row.layer,
            row.holder,
            row.provision,
            row.responsibility,
            row.state,
            row.because,
            row.sources
        ));
    }
    lines.extend((0..assessment.findings.len()).map(|at| format!("finding {}", finding(assessment, at))));
    lines.extend(assessment.controls.iter().map(|control| format!("control {control:?}")));
    lines.extend(assessment.problems.iter().map(|problem| format!("problem {}", problem.message)));
    lines.push(format!("{:?}", assessment.summary));
    lines.sort();
    lines
}

fn names(assessment: &Assessment, resources: &[usize]) -> Vec<String> {
    let mut names: Vec<String> = resources.iter().map(|at| resource(assessment, *at)).collect();
    names.sort();
    names
}

fn finding(assessment: &Assessment, at: usize) -> String {
    let finding = &assessment.findings[at];
    let name = resource(assessment, finding.resource);
    format!(
        "{} {name} {} {} {}",
        finding.check,
        finding.outcome.as_str(),
        finding.message,
        finding.fingerprint
    )
}

fn of_cell(assessment: &Assessment, cell: &Cell) -> String {
    let mut findings: Vec<String> = cell.findings.iter().map(|at| finding(assessment, *at)).collect();
    findings.sort();
    let rows = cell.responsibilities.iter().map(|at| assessment.responsibilities[*at].because.as_str());
    let mut rows: Vec<&str> = rows.collect();
    rows.sort_unstable();
    format!("{} {:?} {:?} {} {findings:?} {rows:?}", cell.layer, cell.holder, cell.state, cell.passed)
}
