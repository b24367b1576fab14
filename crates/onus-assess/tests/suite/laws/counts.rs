//! Counts add up, and what refers to something refers to something that is there.

use super::{picture, recipes};
use crate::kit;
use onus_assess::{Assessment, FindingOutcome};
use onus_model::Workload;
use proptest::prelude::*;

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn counts_add_up(recipe in recipes()) {
        let assessment = kit::assess(recipe.workload());
        let summary = assessment.summary;
        prop_assert_eq!(
            summary.customer,
            summary.met + summary.not_met + summary.needs_evidence + summary.waived + summary.undetermined
        );
        let counted = summary.failed + summary.passed + summary.undecided + summary.waived_findings;
        prop_assert_eq!(counted, assessment.findings.len());
        prop_assert_eq!(summary.resources, assessment.workload.resources.len());
        let cells = || assessment.columns.iter().flat_map(|column| &column.cells);
        prop_assert_eq!(summary.customer, cells().filter(|cell| cell.holder.may_have_customer()).count());
        prop_assert_eq!(summary.aws, cells().filter(|cell| cell.holder.has_aws()).count());
    }

    #[test]
    fn what_is_referred_to_is_there(recipe in recipes()) {
        let assessment = kit::assess(recipe.workload());
        prop_assert_eq!(dangling(&assessment), Vec::<String>::new());
    }

    #[test]
    fn a_cell_holds_the_parties_of_its_duties(recipe in recipes()) {
        let assessment = kit::assess(recipe.workload());
        for column in &assessment.columns {
            for cell in &column.cells {
                let rows = cell.responsibilities.iter().map(|at| &assessment.responsibilities[*at]);
                for row in rows {
                    prop_assert_eq!(row.layer, cell.layer);
                    prop_assert_eq!(&row.service, &column.service);
                    let theirs = picture::parties(&row.holder).iter().any(|party| party.has_customer());
                    prop_assert!(!theirs || cell.holder.may_have_customer(), "{} {}: {row:?}", column.heading, cell.layer);
                    let aws = row.holder.has_aws();
                    prop_assert!(!aws || cell.holder.has_aws(), "{} {}: {row:?}", column.heading, cell.layer);
                }
                prop_assert_eq!(cell.state.is_some(), cell.holder.may_have_customer());
            }
        }
        for row in &assessment.responsibilities {
            prop_assert!(!matches!(row.holder, onus_assess::Holder::NotApplicable(_)));
            prop_assert_eq!(row.responsibility.is_some(), row.holder.may_have_customer(), "{:?}", row);
            prop_assert!(row.provision.is_some() || !row.holder.has_aws(), "{:?}", row);
        }
    }
}

/// References to nothing.
fn dangling(assessment: &Assessment) -> Vec<String> {
    let mut wrong = Vec::new();
    let resources = assessment.workload.resources.len();
    for finding in &assessment.findings {
        let known = assessment.knowledge.check(&finding.check).is_some();
        if finding.resource >= resources
            || !known
            || (finding.outcome == FindingOutcome::Waived) != finding.waiver.is_some()
        {
            wrong.push(format!("{finding:?}"));
        }
    }
    for (at, place) in assessment.placements.iter().enumerate() {
        let in_column = |column: usize| assessment.columns[column].resources.contains(&at);
        if place.service.is_some() != place.column.is_some_and(in_column) {
            wrong.push(format!("{place:?}"));
        }
    }
    for column in &assessment.columns {
        let rows = column.cells.iter().flat_map(|cell| &cell.responsibilities);
        let findings = column.cells.iter().flat_map(|cell| &cell.findings);
        if rows.clone().any(|row| *row >= assessment.responsibilities.len())
            || findings
                .clone()
                .any(|finding| !column.resources.contains(&assessment.findings[*finding].resource))
        {
            wrong.push(column.heading.clone());
        }
    }
    // Every duty stands in exactly one cell.
    let mut rows: Vec<usize> =
        assessment.columns.iter().flat_map(|c| &c.cells).flat_map(|c| &c.responsibilities).copied().collect();
    rows.sort_unstable();
    if rows != (0..assessment.responsibilities.len()).collect::<Vec<_>>() {
        wrong.push(format!("duties {rows:?} of {}", assessment.responsibilities.len()));
    }
    wrong
}

#[test]
fn an_empty_workload_is_an_empty_assessment() {
    let assessment = kit::assess(Workload::default());
    assert!(
        assessment.columns.is_empty()
            && assessment.findings.is_empty()
            && assessment.responsibilities.is_empty()
    );
    assert_eq!(assessment.summary, onus_assess::Summary::default());
}
