//! What reading and assessing the example costs: `cargo bench -p onus-assess`.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use onus_knowledge::Knowledge;
use onus_model::Workload;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn knowledge() -> Knowledge {
    let files = onus_knowledge::read_folder(&root().join("knowledge")).expect("knowledge/ can be read");
    onus_knowledge::load(&files).expect("knowledge/ has no mistakes").knowledge
}

fn read() -> Workload {
    let input = onus_workload::Input::Path(root().join("examples/web-shop"));
    onus_workload::read(&[input], &onus_workload::Options::default())
}

fn benches(criterion: &mut Criterion) {
    let knowledge = Arc::new(knowledge());
    let packed = onus_knowledge::pack(&knowledge);
    criterion
        .bench_function("unpack the knowledge", |b| b.iter(|| onus_knowledge::unpack(black_box(&packed))));
    criterion.bench_function("read the web shop", |b| b.iter(read));
    criterion.bench_function("read the web shop's Terraform source", |b| {
        // The folder's plan would count if the folder were named.
        let input = onus_workload::Input::Path(root().join("examples/web-shop-terraform/main.tf"));
        let dictionary =
            onus_workload::terraform::Dictionary { mappings: Some(&knowledge.terraform), names: None };
        let options = onus_workload::Options { terraform: dictionary, ..onus_workload::Options::default() };
        b.iter(|| onus_workload::read(std::slice::from_ref(&input), &options));
    });
    criterion.bench_function("assess the web shop", |b| {
        let options = onus_assess::Options {
            system: "shop".to_owned(),
            date: date(2026, 11, 22),
            ..onus_assess::Options::default()
        };
        let assess = |workload| onus_assess::assess(workload, Arc::clone(&knowledge), options.clone());
        b.iter_batched(read, assess, BatchSize::LargeInput);
    });
}

/// A large catalogue over every service, with a document that is about all of them.
fn catalogue(criterion: &mut Criterion) {
    let knowledge = Arc::new(knowledge());
    let services: Vec<String> = knowledge.services.iter().map(|service| service.id.clone()).collect();
    let workload = || Workload { services: services.clone(), ..Workload::default() };
    let attestation = onus_model::Attestation {
        program: "soc-2".to_owned(),
        report: "r-1".to_owned(),
        proof: onus_model::Proof::Period { from: date(2025, 10, 1), to: date(2026, 9, 30) },
        version: "1".to_owned(),
        sha256: onus_model::Sha256::new([0; 32]),
        partition: onus_model::Partition::Aws,
        regions: Vec::new(),
        services: None,
        bridge_letters: Vec::new(),
        line: 1,
    };
    for frameworks in [vec![], vec!["nist-800-53-r5".to_owned()]] {
        let project = onus_knowledge::Project {
            attestations: vec![attestation.clone(); 10],
            frameworks: frameworks.clone(),
            ..onus_knowledge::Project::default()
        };
        let options =
            onus_assess::Options { date: date(2026, 11, 22), project, ..onus_assess::Options::default() };
        let assess = |workload| onus_assess::assess(workload, Arc::clone(&knowledge), options.clone());
        criterion.bench_function(&format!("every service, {frameworks:?}"), |b| {
            b.iter_batched(workload, assess, BatchSize::LargeInput);
        });
    }
}

criterion_group!(web_shop, benches, catalogue);
criterion_main!(web_shop);
