//! The examples that stand in the knowledge, held against what it says.

use crate::placement::{Belonging, Services};
use onus_check::{CompiledCheck, Index, run};
use onus_knowledge::{CaseExamples, Knowledge, Loaded};
use onus_model::{Resource, Service};

/// Runs every example of every check, variant and setting; says which come out otherwise than they claim.
pub fn wrong_examples(loaded: &Loaded) -> Vec<String> {
    let mut wrong = Vec::new();
    for check in &loaded.knowledge.checks {
        let compiled = CompiledCheck::new(check);
        for (place, (expected, example)) in check.examples.iter().enumerate() {
            let resources = example.resources();
            let verdict = run(&compiled, &Index::new(&resources), &resources[0]);
            if verdict.outcome != expected {
                let (expected, found) = (expected.as_str(), verdict.outcome.as_str());
                wrong.push(format!(
                    "check {}: example {} should be {expected}, is {found}: {:?}",
                    check.id,
                    place + 1,
                    example.properties
                ));
            }
        }
    }
    for examples in &loaded.cases {
        wrong.extend(wrong_cases(&loaded.knowledge, examples));
    }
    wrong
}

fn wrong_cases(knowledge: &Knowledge, examples: &CaseExamples) -> Vec<String> {
    let mut wrong = Vec::new();
    for (place, example) in examples.examples.iter().enumerate() {
        let resources = example.resources();
        let chosen = chosen(knowledge, &examples.service, &examples.case, &resources);
        if chosen != [examples.case.as_str()] {
            wrong.push(format!(
                "service {}: example {} of `{}` chooses {chosen:?}: {:?}",
                examples.service,
                place + 1,
                examples.case,
                example.properties
            ));
        }
    }
    wrong
}

/// The ids of the cases that are possible in the choice to which a case belongs.
fn chosen<'k>(knowledge: &'k Knowledge, service: &str, case: &str, resources: &[Resource]) -> Vec<&'k str> {
    let types: Vec<&str> = resources.iter().map(|resource| &*resource.resource_type).collect();
    let services = Services::new(knowledge, &types);
    let index = Index::new(resources);
    let has_case = |service: &Service| service.choices().flatten().any(|other| other.id == case);
    let belonging = match service {
        // A cross-service setting is tried on the service of the example's resource.
        "" => services.service_of(&index, &resources[0]),
        id => knowledge.services.iter().position(|service| service.id == id).map(Belonging::certain),
    };
    let belonging = belonging.filter(|belonging| has_case(&knowledge.services[belonging.service]));
    let Some(belonging) = belonging else { return Vec::new() };
    let selection = services.select(&belonging, &index, &resources[0]);
    let place = belonging.service;
    let choice =
        knowledge.services[place].choices().position(|cases| cases.iter().any(|other| other.id == case));
    let of_choice = selection.choices.into_iter().filter(|chosen| Some(chosen.place) == choice);
    of_choice.flat_map(|chosen| chosen.possible).map(|case| case.id.as_str()).collect()
}
