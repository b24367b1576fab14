//! What a matrix of 1,000 controls over 200 services costs: `cargo bench -p onus-report`.
//!
//! The aims: derived in less than 50 ms once the knowledge is loaded, each export in less than half a second.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use onus_assess::Options;
use onus_knowledge::{Knowledge, Project};
use onus_model::Workload;
use onus_report::{matrix, workbook};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

const FRAMEWORK: &str = "nist-800-53-r5";
const SERVICES: usize = 200;

fn knowledge() -> Knowledge {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let files = onus_knowledge::read_folder(&folder).expect("knowledge/ can be read");
    onus_knowledge::load(&files).expect("knowledge/ has no mistakes").knowledge
}

fn workload(knowledge: &Knowledge) -> Workload {
    let services: Vec<String> =
        knowledge.services.iter().take(SERVICES).map(|service| service.id.clone()).collect();
    assert_eq!(services.len(), SERVICES);
    Workload { services, ..Workload::default() }
}

fn benches(criterion: &mut Criterion) {
    let knowledge = Arc::new(knowledge());
    let options = Options {
        system: "platform".to_owned(),
        date: date(2026, 11, 22),
        project: Project { frameworks: vec![FRAMEWORK.to_owned()], ..Project::default() },
        ..Options::default()
    };
    let assess = |workload| onus_assess::assess(workload, Arc::clone(&knowledge), options.clone());
    let mut group = criterion.benchmark_group("1,000 controls over 200 services");
    group.sample_size(20);
    group.bench_function("derive", |b| {
        b.iter_batched(|| workload(&knowledge), assess, BatchSize::LargeInput);
    });
    let assessment = assess(workload(&knowledge));
    assert!(assessment.controls.len() >= 1_000);
    group.bench_function("csv", |b| b.iter(|| matrix::write_csv(black_box(&assessment), None)));
    group.bench_function("html", |b| b.iter(|| matrix::write_html(black_box(&assessment), None)));
    group.bench_function("xlsx", |b| b.iter(|| workbook::write(black_box(&assessment), None)));
    group.finish();
}

criterion_group!(of_matrix, benches);
criterion_main!(of_matrix);
