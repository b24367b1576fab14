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

criterion_group!(web_shop, benches);
criterion_main!(web_shop);
