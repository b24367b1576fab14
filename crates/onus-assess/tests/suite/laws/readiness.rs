//! Evidence that is dropped, and findings that are waived, never make anything look better.

use super::{Recipe, recipes};
use crate::evidence::{record, soc_2};
use crate::kit;
use onus_assess::{Assessment, Options, Status, assess};
use onus_knowledge::{Project, Waiver};
use onus_model::{Attestation, Record, RecordResult};
use proptest::prelude::*;

/// What somebody may have, and what of it is left out.
#[derive(Clone, Debug)]
struct Holdings {
    /// Documents: for how many of the services, and of which period.
    documents: Vec<(usize, usize, bool)>,
    /// Records: for which control of the framework.
    records: Vec<(usize, bool)>,
    /// Checks that are waived.
    waived: Vec<usize>,
}

const PERIODS: [(&str, &str); 4] = [
    ("2024-01-01", "2024-12-31"),
    ("2025-03-01", "2025-11-30"),
    ("2025-12-01", "2026-09-30"),
    ("2026-12-01", "2027-09-30"),
];

fn holdings() -> impl Strategy<Value = Holdings> {
    let documents = proptest::collection::vec((0..400_usize, 0..PERIODS.len(), any::<bool>()), 0..4);
    let records = proptest::collection::vec((0..40_usize, any::<bool>()), 0..12);
    let waived = proptest::collection::vec(0..400_usize, 0..60);
    (documents, records, waived).prop_map(|(documents, records, waived)| Holdings {
        documents,
        records,
        waived,
    })
}

impl Holdings {
    fn attestations(&self, all: bool) -> Vec<Attestation> {
        let services: Vec<&str> = kit::knowledge_ref().services.iter().map(|own| own.id.as_str()).collect();
        let kept = self.documents.iter().filter(|(_, _, kept)| all || *kept);
        kept.map(|(count, period, _)| soc_2(PERIODS[*period], &services[..(*count).min(services.len())]))
            .collect()
    }

    fn records(&self, all: bool) -> Vec<Record> {
        let framework = kit::knowledge_ref().framework("aws-shared-responsibility").unwrap();
        let kept = self.records.iter().filter(|(_, kept)| all || *kept);
        kept.map(|(place, _)| {
            let control = &framework.controls[place % framework.controls.len()].id;
            record(control, &format!("{}/{control}", framework.id), RecordResult::Satisfied)
        })
        .collect()
    }

    fn waivers(&self) -> Vec<Waiver> {
        let checks = &kit::knowledge_ref().checks;
        let waiver = |place: &usize| Waiver {
            check: checks[place % checks.len()].id.clone(),
            resource: None,
            root: None,
            reason: "x".to_owned(),
            approver: "y".to_owned(),
            expires: "2027-01-01".parse().unwrap(),
            line: 1,
        };
        self.waived.iter().map(waiver).collect()
    }

    fn assess(&self, recipe: &Recipe, all: bool, waived: bool) -> Assessment {
        let project = Project {
            attestations: self.attestations(all),
            waivers: if waived { self.waivers() } else { Vec::new() },
            ..Project::default()
        };
        let records = self.records(all);
        let options = Options { date: kit::today(), project, records, ..Options::default() };
        assess(recipe.workload(), kit::knowledge(), options)
    }
}

fn satisfied(assessment: &Assessment) -> Vec<&str> {
    let statements = assessment.controls.iter().flat_map(|control| &control.statements);
    statements
        .filter(|statement| statement.standing.status == Status::Satisfied)
        .map(|statement| statement.id.as_str())
        .collect()
}

fn applicable(assessment: &Assessment) -> usize {
    assessment.readiness[0].statements.applicable()
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn dropping_evidence_and_waiving_findings_never_raises_readiness(recipe in recipes(), holdings in holdings()) {
        let whole = holdings.assess(&recipe, true, false);
        for (all, waived) in [(false, false), (true, true), (false, true)] {
            let less = holdings.assess(&recipe, all, waived);
            prop_assert_eq!(applicable(&less), applicable(&whole), "nothing leaves the sum");
            for id in satisfied(&less) {
                prop_assert!(satisfied(&whole).contains(&id), "{id} is satisfied by less");
            }
            prop_assert!(less.readiness[0].figure() <= whole.readiness[0].figure());
        }
    }

    #[test]
    fn what_is_satisfied_lacks_nothing_and_what_is_not_says_what_is_missing(
        recipe in recipes(),
        holdings in holdings(),
    ) {
        let assessment = holdings.assess(&recipe, true, true);
        for control in &assessment.controls {
            for statement in &control.statements {
                let standing = &statement.standing;
                match standing.status {
                    Status::Satisfied => {
                        prop_assert!(standing.missing.is_empty() && !standing.evidence.is_empty(), "{statement:?}");
                        prop_assert!(!statement.share.may_have_customer() || standing.kinds.manual);
                        prop_assert!(!statement.share.may_be_covered() || standing.kinds.attested);
                    }
                    Status::NotApplicable => {
                        prop_assert!(!statement.share.may_have_customer() && !statement.share.may_be_covered());
                    }
                    _ => prop_assert!(!standing.missing.is_empty(), "{statement:?}"),
                }
            }
        }
    }

    #[test]
    fn what_nobody_shows_is_a_task(recipe in recipes(), holdings in holdings()) {
        let assessment = holdings.assess(&recipe, true, false);
        let tasks: Vec<&str> = assessment.tasks.iter().map(|task| task.id.as_str()).collect();
        let mut unique = tasks.clone();
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), tasks.len());
        for control in &assessment.controls {
            for statement in control.statements.iter().filter(|own| own.share.may_have_customer()) {
                let id = format!("{}/{}", control.framework, statement.id);
                prop_assert_eq!(tasks.contains(&id.as_str()), !statement.standing.kinds.manual, "{}", id);
            }
        }
    }
}
