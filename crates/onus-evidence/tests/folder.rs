//! The evidence folder: what is written is read again, and what is hostile is refused.

#![allow(clippy::unwrap_used)]

use onus_evidence::{EvidenceError, Folder, MAX_RECORD_BYTES, NewRecord, add, read};
use onus_knowledge::Knowledge;
use onus_model::{FileState, Flaw, Record, RecordResult, Target};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
        onus_knowledge::load(&onus_knowledge::read_folder(&folder).unwrap()).unwrap().knowledge
    });
    &KNOWLEDGE
}

/// A folder with a file in it.
struct Kit {
    _root: TempDir,
    folder: PathBuf,
}

impl Kit {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("evidence");
        fs::create_dir_all(folder.join("files")).unwrap();
        fs::write(folder.join("files/a.txt"), "hi\n").unwrap();
        fs::write(root.path().join("outside.txt"), "no\n").unwrap();
        Self { _root: root, folder }
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.join(below)
    }

    fn add(&self, record: &NewRecord) -> Result<PathBuf, EvidenceError> {
        add(&self.folder, record, knowledge())
    }

    fn read(&self) -> Folder {
        read(&self.folder, knowledge()).unwrap()
    }

    fn said(&self) -> Vec<String> {
        self.read().unloaded.iter().map(|unloaded| unloaded.error.message.clone()).collect()
    }

    fn only(&self) -> Record {
        let mut read = self.read();
        assert!(read.unloaded.is_empty(), "{:?}", read.unloaded);
        assert_eq!(read.records.len(), 1);
        read.records.remove(0)
    }
}

fn record(kit: &Kit) -> NewRecord {
    NewRecord {
        id: "restore".to_owned(),
        targets: vec!["duty/rds/resilience".parse().unwrap()],
        owner: "Jo".to_owned(),
        result: Some(RecordResult::Satisfied),
        date: Some("2026-11-01".parse().unwrap()),
        valid_until: Some("2027-11-01".parse().unwrap()),
        signed_off_by: Some("Kim".to_owned()),
        files: vec![kit.path("files/a.txt")],
        ..NewRecord::default()
    }
}

#[test]
fn what_is_added_is_read_again_with_its_files_intact() {
    let kit = Kit::new();
    let path = kit.add(&record(&kit)).unwrap();
    assert_eq!(path, kit.path("restore.yaml"));
    let read = kit.only();
    assert_eq!(read.files[0].path, "files/a.txt");
    assert_eq!(read.files[0].state, FileState::Intact);
    assert!(read.flaws("2026-11-22".parse().unwrap()).is_empty());
}

#[test]
fn changed_and_missing_files_are_noticed() {
    let kit = Kit::new();
    kit.add(&record(&kit)).unwrap();
    let today = "2026-11-22".parse().unwrap();
    fs::write(kit.path("files/a.txt"), "ho\n").unwrap();
    assert_eq!(kit.only().flaws(today), [Flaw::FileChanged("files/a.txt".to_owned())]);
    fs::remove_file(kit.path("files/a.txt")).unwrap();
    assert_eq!(kit.only().flaws(today), [Flaw::FileMissing("files/a.txt".to_owned())]);
}

#[test]
fn a_record_that_is_there_is_kept() {
    let kit = Kit::new();
    fs::write(kit.path("restore.yaml"), "mine").unwrap();
    assert!(matches!(kit.add(&record(&kit)), Err(EvidenceError::Exists(_))));
    assert_eq!(fs::read_to_string(kit.path("restore.yaml")).unwrap(), "mine");
}

#[test]
fn nothing_is_written_that_would_not_load() {
    let kit = Kit::new();
    let good = record(&kit);
    let wrong = [
        NewRecord { id: "../x".to_owned(), ..good.clone() },
        NewRecord { owner: " ".to_owned(), ..good.clone() },
        NewRecord { valid_until: None, ..good.clone() },
        NewRecord { targets: Vec::new(), ..good.clone() },
        NewRecord { targets: vec!["duty/rdss/resilience".parse().unwrap()], ..good },
    ];
    for record in wrong {
        assert!(matches!(kit.add(&record), Err(EvidenceError::Incomplete(_))), "{record:?}");
    }
    assert!(kit.read().records.is_empty() && kit.read().unloaded.is_empty());
}

#[test]
fn a_file_outside_the_folder_is_no_evidence() {
    let kit = Kit::new();
    for path in ["../outside.txt", "files/../../outside.txt"] {
        let record = NewRecord { files: vec![kit.path(path)], ..record(&kit) };
        assert!(matches!(kit.add(&record), Err(EvidenceError::Outside { .. })), "{path}");
    }
    let record = NewRecord { files: vec![kit.path("files")], ..record(&kit) };
    assert!(matches!(kit.add(&record), Err(EvidenceError::Unfit { .. })));
}

#[test]
fn a_bad_record_does_not_end_the_run() {
    let kit = Kit::new();
    kit.add(&record(&kit)).unwrap();
    fs::write(kit.path("broken.yaml"), "id: [").unwrap();
    fs::write(kit.path("large.yaml"), "#".repeat(MAX_RECORD_BYTES as usize + 1)).unwrap();
    fs::write(kit.path("bytes.yml"), [0xff, 0xfe, 0x00]).unwrap();
    fs::write(kit.path("files/export.yaml"), "not a record").unwrap();
    fs::write(kit.path(".hidden.yaml"), "not a record").unwrap();
    let read = kit.read();
    assert_eq!(read.records.len(), 1);
    let said = kit.said();
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(said[1], "it is not text");
    assert_eq!(said[2], "it is larger than 256 KiB, which no record is");
}

#[test]
fn what_multiplies_itself_is_refused() {
    let kit = Kit::new();
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in ('b'..='h').zip('a'..) {
        bomb += &format!(
            "{name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n"
        );
    }
    fs::write(kit.path("bomb.yaml"), format!("{bomb}id: bomb\n")).unwrap();
    fs::write(kit.path("deep.yaml"), "[".repeat(100_000)).unwrap();
    assert_eq!(kit.said().len(), 2);
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_that_leads_out_is_refused_and_one_that_stays_is_followed() {
        let kit = Kit::new();
        let inside = NewRecord { files: vec![kit.path("files/inside.txt")], ..record(&kit) };
        symlink("a.txt", kit.path("files/inside.txt")).unwrap();
        kit.add(&inside).unwrap();
        assert_eq!(kit.only().files[0].state, FileState::Intact);
        fs::remove_file(kit.path("files/a.txt")).unwrap();
        symlink("../../outside.txt", kit.path("files/a.txt")).unwrap();
        assert!(matches!(kit.only().files[0].state, FileState::Refused(_)));
        let outside = NewRecord { id: "b".to_owned(), ..record(&kit) };
        assert!(matches!(kit.add(&outside), Err(EvidenceError::Outside { .. })));
    }

    #[test]
    fn a_record_that_is_a_link_is_not_read() {
        let kit = Kit::new();
        symlink("../outside.txt", kit.path("x.yaml")).unwrap();
        assert_eq!(kit.said(), ["it is no file, but a link or something else"]);
        let dangling = NewRecord { id: "y".to_owned(), ..record(&kit) };
        symlink("../nowhere.yaml", kit.path("y.yaml")).unwrap();
        assert!(matches!(kit.add(&dangling), Err(EvidenceError::Exists(_))));
    }

    #[test]
    fn a_pipe_is_no_file() {
        let kit = Kit::new();
        let pipe = kit.path("files/pipe");
        if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()) {
            return;
        }
        let record = NewRecord { files: vec![pipe], ..record(&kit) };
        assert!(matches!(kit.add(&record), Err(EvidenceError::Unfit { .. })));
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ \t\n:#'\"{}\\[\\]|>&*!%@`,-]{1,8}", "(true|null|~|2026-01-01|0x1)"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_as_it_was_written(owner in texts(), how in texts(), note in texts(), name in texts()) {
        prop_assume!(!owner.trim().is_empty() && !name.trim().is_empty());
        let kit = Kit::new();
        let new = NewRecord {
            owner: owner.clone(),
            how: Some(how.clone()),
            note: Some(note.clone()),
            signed_off_by: Some(name.clone()),
            ..record(&kit)
        };
        // What YAML cannot hold is refused, and never changed.
        if kit.add(&new).is_ok() {
            let read = kit.only();
            prop_assert_eq!(read.owner, owner);
            prop_assert_eq!(read.how, Some(how));
            prop_assert_eq!(read.note, Some(note));
            prop_assert_eq!(read.outcome.unwrap().signed_off_by.unwrap(), name.trim());
            prop_assert_eq!(read.targets, ["duty/rds/resilience".parse::<Target>().unwrap()]);
        }
    }
}
