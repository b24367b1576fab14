//! Documents that were damaged in many ways: nothing may panic or take long, whatever comes of it.

mod common;

use onus_oscal::{Document, Model, check, locate, read, resolve, write_json, write_yaml};

/// Small documents that reach most of the code.
const SEEDS: [&str; 3] = [
    include_str!("../../../fuzz/seeds/oscal/profile.json"),
    include_str!("../../../fuzz/seeds/oscal/catalog.yaml"),
    include_str!("../../../fuzz/seeds/oscal/plan.json"),
];

/// All that can be done with bytes.
fn exercise(bytes: &[u8]) -> Option<Document> {
    let document = match read("hostile", bytes) {
        Ok(read) => read.document,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    for problem in check(&document, &[&document]) {
        assert!(locate(bytes, &problem.pointer).is_some(), "{problem}");
    }
    if let Model::Profile(profile) = &document.model {
        let _ = resolve(profile, |_| Ok(document.clone()));
        let catalog = read("catalog", SEEDS[1].as_bytes()).expect("the seed is sound").document;
        let _ = resolve(profile, |_| Ok(catalog.clone()));
    }
    let written = write_json(&document);
    assert!(read("written", written.as_bytes()).expect("what is written can be read").document == document);
    let _ = write_yaml(&document);
    Some(document)
}

#[test]
fn the_seeds_are_sound() {
    for seed in SEEDS {
        let document = exercise(seed.as_bytes()).expect("it can be read");
        assert_eq!(check(&document, &[]), [], "{seed}");
    }
    let Model::Profile(profile) = read("p", SEEDS[0].as_bytes()).unwrap().document.model else {
        panic!("the first is a profile")
    };
    let resolved = resolve(&profile, |href| {
        assert_eq!(href, "catalog.yaml");
        Ok(read("c", SEEDS[1].as_bytes()).unwrap().document)
    });
    assert_eq!(check(&resolved.unwrap().into(), &[]), []);
}

#[test]
fn truncated_documents() {
    for seed in SEEDS {
        for end in 0..seed.len() {
            let read = exercise(&seed.as_bytes()[..end]);
            let is_json = seed.starts_with('{');
            assert!(read.is_none() || !is_json || seed[end..].trim().is_empty(), "read until {end}");
        }
    }
}

/// The same sequence each time, so that what fails, fails again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Changes a few places: a byte, a piece taken out, a piece repeated elsewhere, a word that means something.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    const WORDS: [&str; 12] = [
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        "null",
        "#",
        "\"controls\": [{}],",
        "*",
        "\n  ",
        "\"with-child-controls\": \"yes\",",
    ];
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(4) {
            0 => bytes[at..end.min(at + 1)].fill(random.below(256) as u8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let word = WORDS[random.below(WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
        }
    }
}

#[test]
fn damaged_documents() {
    let mut random = Random(0x6f6e_7573);
    let (mut some, mut none) = (0, 0);
    for round in 0..6000 {
        let mut bytes = SEEDS[round % SEEDS.len()].as_bytes().to_vec();
        damage(&mut bytes, &mut random);
        match exercise(&bytes) {
            Some(_) => some += 1,
            None => none += 1,
        }
    }
    // Both ways are gone, so that neither is a test of nothing.
    assert!(some > 500 && none > 500, "{some} read, {none} refused");
}

/// Work that grows with the square of the input, in each place where something is looked for.
#[test]
fn many_of_everything() {
    let many = |item: &str| vec![item; 3000].join(",");
    let ids: Vec<String> = (0..3000).map(|id| format!(r#"{{"id": "c-{id}", "title": "T"}}"#)).collect();
    let catalog = common::document("catalog", &format!(r#""controls": [{}]"#, ids.join(",")));
    let patterns = many(r#"{"pattern": "*-*-*-*-*"}"#);
    let inserts = many(r#"{"include-controls": [{"matching": [{"pattern": "*"}]}]}"#);
    let imports =
        format!(r#""imports": [{{"href": "c", "include-controls": [{{"matching": [{patterns}]}}]}}]"#);
    let custom =
        format!(r#""imports": [{{"href": "c"}}], "merge": {{"custom": {{"insert-controls": [{inserts}]}}}}"#);
    for fields in [imports, custom] {
        let _ = resolve(&common::profile(&fields), |_| Ok(catalog.clone()));
    }
    assert_eq!(check(&catalog, &[]), []);
}
