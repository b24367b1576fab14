//! The result does not depend on the order of resources or files.

use super::{Recipe, picture, recipes};
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

/// A workload, an order of its resources and one of its files.
fn shuffled() -> impl Strategy<Value = (Recipe, Vec<usize>, Vec<usize>)> {
    recipes().prop_flat_map(|recipe| {
        let workload = recipe.workload();
        let order = |count: usize| Just((0..count).collect::<Vec<_>>()).prop_shuffle();
        (Just(recipe), order(workload.resources.len()), order(workload.files.len()))
    })
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn resources_and_files_in_another_order_give_the_same_report((recipe, resources, files) in shuffled()) {
        let one = recipe.workload();
        let mut other = kit::copy(&one);
        other.resources = resources.iter().map(|place| one.resources[*place].clone()).collect();
        other.services.reverse();
        let other = with_files(other, &files);
        let (one, other) = (picture::lines(&kit::assess(one)), picture::lines(&kit::assess(other)));
        let differ: Vec<_> = one.iter().zip(&other).filter(|(one, other)| one != other).take(3).collect();
        prop_assert!(one == other, "{differ:#?}");
    }
}
