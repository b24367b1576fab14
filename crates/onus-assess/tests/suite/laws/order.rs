//! The result does not depend on the order of resources or files.

use super::{picture, workloads};
use crate::kit;
use onus_model::{FileId, Node, SourceFile, Value, Workload};
use proptest::prelude::*;

/// The files in another order; every span follows its file.
fn with_files(mut workload: Workload, order: &[usize]) -> Workload {
    let place_of = |file: FileId| {
        let place = order.iter().position(|old| *old == file.0 as usize).expect("the order holds every file");
        FileId(place as u32)
    };
    workload.files = order
        .iter()
        .map(|old| SourceFile::new(workload.files[*old].path.clone(), workload.files[*old].text.clone()))
        .collect();
    for resource in &mut workload.resources {
        resource.span.file = place_of(resource.span.file);
        resource.scope = resource.span.file.0;
        renumber(&mut resource.properties, &place_of);
    }
    workload
}

fn renumber(node: &mut Node, place_of: &impl Fn(FileId) -> FileId) {
    node.span.file = place_of(node.span.file);
    match &mut node.value {
        Value::List(elements) => elements.iter_mut().for_each(|element| renumber(element, place_of)),
        Value::Map(map) => map.iter_mut().for_each(|(_, value)| renumber(value, place_of)),
        _ => {}
    }
}

fn shuffled() -> impl Strategy<Value = (Workload, Workload)> {
    workloads().prop_flat_map(|workload| {
        let resources = Just((0..workload.resources.len()).collect::<Vec<_>>()).prop_shuffle();
        let files = Just((0..workload.files.len()).collect::<Vec<_>>()).prop_shuffle();
        (resources, files).prop_map(move |(resources, files)| {
            let mut other = kit::copy(&workload);
            other.resources = resources.iter().map(|place| workload.resources[*place].clone()).collect();
            other.services.reverse();
            (kit::copy(&workload), with_files(other, &files))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn resources_and_files_in_another_order_give_the_same_report((one, other) in shuffled()) {
        let (one, other) = (picture::lines(&kit::assess(one)), picture::lines(&kit::assess(other)));
        let differ: Vec<_> = one.iter().zip(&other).filter(|(one, other)| one != other).take(3).collect();
        prop_assert!(one == other, "{differ:#?}");
    }
}
