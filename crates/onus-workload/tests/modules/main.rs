//! Whole modules through `terraform plan`, where that program is installed, and through the reader of source.
//!
//! `cases/` holds cases that were written by hand, in the form that `cases.rs` reads; `generate.rs` makes more by chance,
//! from fixed seeds. A case uses resources of the type `terraform_data`, which Terraform plans without a provider; the
//! reader is given the same text with the name of a type that it has a mapping for. Both must come to the same
//! instances, and of each to the same `input`: what is known, what is not, and what is sensitive. What Terraform refuses
//! must be a problem here, and nothing else may be.

#![allow(clippy::unwrap_used)]

mod cases;
mod compare;
mod generate;
mod ours;
mod theirs;

use cases::Case;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Seeds of generated modules.
const SEEDS: std::ops::Range<u64> = 0..200;

/// Generated modules that one run of Terraform plans.
const BATCH: usize = 50;

/// Does the work for each item, on two threads, and gives what it found.
fn each<T: Sync>(all: &[T], work: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let own = work(one);
                    found.lock().unwrap().extend(own);
                }
            });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn cases_are_what_terraform_makes_of_them() {
    if !theirs::is_installed() {
        println!("skipped: the program `terraform` is not installed");
        return;
    }
    let all = cases::all();
    let different = each(&all, |case| {
        let found = compare::differences(&theirs::plan(case), &ours::read(case));
        found.into_iter().map(|what| format!("{}\n  {what}", case.name)).collect()
    });
    println!("{} cases compared", all.len());
    assert!(all.len() >= 40, "only {} cases were compared", all.len());
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
}

#[test]
fn generated_modules_are_what_terraform_makes_of_them() {
    if !theirs::is_installed() {
        println!("skipped: the program `terraform` is not installed");
        return;
    }
    let seeds: Vec<u64> = match std::env::var("ONUS_SEED") {
        Ok(seed) => vec![seed.parse().unwrap()],
        Err(_) => SEEDS.collect(),
    };
    let all: Vec<Case> = seeds.into_iter().map(generate::module).collect();
    let batches: Vec<&[Case]> = all.chunks(BATCH).collect();
    let refused = AtomicUsize::new(0);
    let different = each(&batches, |batch| {
        let mut found = Vec::new();
        for (case, planned) in batch.iter().zip(theirs::plan_all(batch)) {
            if let Err(why) = &planned {
                if std::env::var("ONUS_REFUSED").is_ok() {
                    println!("REFUSED {} {}", case.name, why);
                }
                refused.fetch_add(1, Ordering::Relaxed);
            }
            let name = &case.name;
            let own = compare::differences(&planned, &ours::read(&case.called()));
            let text = || {
                format!(
                    "\n{}",
                    case.files.iter().map(|(name, text)| format!("--- {name}\n{text}")).collect::<String>()
                )
            };
            found.extend(own.into_iter().map(|what| format!("{name}\n  {what}{}", text())));
        }
        found
    });
    let refused = refused.into_inner();
    println!("{} modules compared, of which Terraform refuses {refused}", all.len());
    assert!(refused * 4 <= all.len().max(4), "Terraform refuses {refused} of {} modules", all.len());
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
}
