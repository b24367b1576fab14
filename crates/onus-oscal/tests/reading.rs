//! What is read, what is refused, and what is said of it.

mod common;

use common::{text, uuid};
use onus_oscal::{ModelKind, Notation, OscalError, Warning, limits, locate, read};

/// What is said of a text that is refused.
fn refusal(bytes: &[u8]) -> String {
    match read("f", bytes) {
        Ok(_) => panic!("read: {}", String::from_utf8_lossy(bytes)),
        Err(error) => error.to_string(),
    }
}

/// A catalog in some version of OSCAL.
fn in_version(version: &str) -> String {
    text("catalog", "").replace("1.2.1", version)
}

#[test]
fn what_is_refused_and_why() {
    let roots = "`catalog`, `profile`, `mapping-collection`, `component-definition`, `system-security-plan`, \
                 `assessment-plan`, `assessment-results`, `plan-of-action-and-milestones`";
    let whole = text("catalog", "");
    let truncated = &whole[..whole.len() - 2];
    for (text, expected) in [
        ("", "f: the file is empty".to_owned()),
        (" \n", "f: the file is empty".to_owned()),
        ("[]", format!("f: this is no OSCAL document: no object, where one of {roots} is expected")),
        ("{}", format!("f: this is no OSCAL document: an empty object, where one of {roots} is expected")),
        (
            "{\"Resources\": {}}",
            format!("f: this is no OSCAL document: the key `Resources`, where one of {roots} is expected"),
        ),
        (
            "{\"catalog\": {}, \"profile\": {}}",
            format!(
                "f: this is no OSCAL document: the keys `catalog` and `profile`, where one of {roots} is expected"
            ),
        ),
        (
            "{\"catalog\": {\n  \"uuid\": \"a\", \"uuid\": \"b\"}}",
            "f:2:21: the key `uuid` is there twice".to_owned(),
        ),
        ("{\"catalog\": {\"x\": {\"y\": 1,\n \"y\": 2}}}", "f:2:4: the key `y` is there twice".to_owned()),
        ("{\"catalog\": {}} {}", "f:1:17: trailing characters".to_owned()),
        ("{\"catalog\": {\"uuid\": \"a\"}}", "f:1:25: missing field `metadata`".to_owned()),
        ("{\"catalog\": {\"uuid\": 1}}", "f:1:22: invalid type: integer `1`, expected a string".to_owned()),
        (truncated, "f:2:90: EOF while parsing an object".to_owned()),
        ("catalog:\n  uuid: a\n  uuid: b\n", "f:3:3: the key `uuid` is there twice".to_owned()),
        ("catalog:\n  uuid: a\n", "f:2:3: missing field `metadata`".to_owned()),
    ] {
        assert_eq!(refusal(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn what_is_not_text_is_refused_where_it_begins_not_to_be() {
    assert_eq!(refusal(b"{\n \xff"), "f:2:2: the file is not text in UTF-8");
    assert_eq!(refusal(b"\xff\xfe{\0"), "f:1:1: the file is not text in UTF-8");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let text = format!("\u{feff}{}", text("catalog", ""));
    assert_eq!(read("f", text.as_bytes()).unwrap().notation, Notation::Json);
}

#[test]
fn each_model_is_known_by_its_root() {
    assert_eq!(ModelKind::ALL.len(), 8);
    for kind in ModelKind::ALL {
        assert_eq!(ModelKind::of_key(kind.key()), Some(*kind));
    }
    assert_eq!(ModelKind::of_key("catalogs"), None);
}

#[test]
fn the_schema_that_a_file_names_is_no_second_model() {
    let text = text("catalog", "").replacen('{', "{\"$schema\": \"x.json\", ", 1);
    assert_eq!(read("f", text.as_bytes()).unwrap().document.schema.as_deref(), Some("x.json"));
}

#[test]
fn versions() {
    for version in ["1.0.0", "1.0.6", "1.1.3", "1.2.0", "1.2.1"] {
        assert_eq!(read("f", in_version(version).as_bytes()).unwrap().warnings, [], "{version}");
    }
    let newer = read("f", in_version("1.3.0").as_bytes()).unwrap().warnings;
    assert_eq!(newer, [Warning::NewerVersion { version: "1.3.0".to_owned() }]);
    assert_eq!(
        newer[0].to_string(),
        "OSCAL `1.3.0` is newer than 1.2: what it adds is kept, and not understood"
    );
    for (version, reason) in [
        ("1.0.0-rc2", "the candidates for 1.0.0 have other names for much"),
        ("2.0.0", "versions after 1.x are not known yet"),
        ("latest", "it is not a version, such as `1.2.1`"),
    ] {
        let expected = format!("f: OSCAL `{version}` cannot be read: {reason}");
        assert_eq!(refusal(in_version(version).as_bytes()), expected);
    }
}

#[test]
fn yaml_is_read_as_the_schema_means_it() {
    let yaml = format!(
        "catalog:\n  uuid: {}\n  metadata:\n    title: yes\n    last-modified: 2026-01-31T12:00:00Z\n    \
         version: 1.0\n    oscal-version: 1.2.1\n    x-flag: yes\n    x-number: 0123\n",
        uuid(1)
    );
    let read = read("f", yaml.as_bytes()).unwrap();
    let metadata = read.document.model.metadata();
    assert_eq!(read.notation, Notation::Yaml);
    assert_eq!((metadata.title.as_str(), metadata.version.as_str()), ("yes", "1.0"));
    assert_eq!((&metadata.rest["x-flag"], &metadata.rest["x-number"]), (&"yes".into(), &"0123".into()));
}

/// What JSON could not say is refused in YAML, not turned into something else.
#[test]
fn yaml_that_is_no_json_is_refused() {
    let document = |field: &str| {
        let json = text("catalog", "");
        let json = json.replace("\"title\": \"A title\"", "@");
        // Whatever is JSON is YAML; a comment first keeps it from being taken for JSON.
        format!("# YAML\n{}", json.replace('@', field))
    };
    assert!(read("f", document("title: T").as_bytes()).is_ok());
    for field in [
        "title: T, x: .inf",
        "title: T, x: .nan",
        "title: ~",
        "title: [T]",
        "title: T, ? [a] : b",
        "title: T, <<: {x: y}",
        "title: T, x: *nothing",
        "title: T, x: 1, x: 2",
        "title: T, title: U",
    ] {
        let found = read("f", document(field).as_bytes());
        assert!(found.is_err(), "{field}: {found:#?}");
    }
    let binary = read("f", document("title: T, x: !!binary YWJj").as_bytes()).unwrap().document;
    assert_eq!(binary.model.metadata().rest["x"], "YWJj");
    let two = format!("{}\n---\n{}", document("title: T"), document("title: T"));
    assert!(read("f", two.as_bytes()).is_err());
}

#[test]
fn limits_end_in_errors() {
    let deep = "[".repeat(limits::MAX_DEPTH + 1);
    assert!(
        matches!(read("f", deep.as_bytes()), Err(OscalError::TooDeep { .. })),
        "{:?}",
        read("f", deep.as_bytes())
    );
    let deep = format!("{{\"catalog\": {}", "{\"a\":".repeat(100_000));
    assert!(matches!(read("f", deep.as_bytes()), Err(OscalError::TooDeep { .. })));
    let deep = format!("catalog: {}", "[".repeat(100_000));
    assert!(read("f", deep.as_bytes()).is_err());
    let many = format!("{{\"catalog\": [{}0]}}", "0,".repeat(limits::MAX_VALUES));
    assert!(matches!(read("f", many.as_bytes()), Err(OscalError::TooMany { .. })));
}

/// Two hundred megabytes of a plan cost no more than a look at their length.
#[test]
fn a_file_of_any_size_ends_in_an_error() {
    let large = vec![b' '; 200 * 1024 * 1024];
    let error = refusal(&large);
    assert_eq!(error, "f: the file has 209715200 bytes, and at most 67108864 are read");
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut yaml = "catalog:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        yaml.push_str(&format!("  a{level}: &a{level} [{}]\n", before.trim_end_matches(", ")));
    }
    assert!(read("f", yaml.as_bytes()).is_err());
}

#[test]
fn a_pointer_becomes_a_place() {
    let json = b"{\"catalog\": {\n  \"uuid\": \"a\",\n  \"controls\": [{}, {\"a/b\":\n 1}]}}";
    let yaml = b"catalog:\n  uuid: a\n  controls:\n  - {}\n  - a/b:\n      1\n";
    for (pointer, in_json, in_yaml) in [
        ("/catalog/uuid", Some(2), Some(2)),
        ("/catalog/controls/1", Some(3), Some(5)),
        ("/catalog/controls/1/a~1b", Some(4), Some(6)),
        ("/catalog/controls/2", None, None),
        ("/catalog/nothing", None, None),
    ] {
        assert_eq!(locate(json, pointer).map(|place| place.line), in_json, "{pointer}");
        assert_eq!(locate(yaml, pointer).map(|place| place.line), in_yaml, "{pointer}");
    }
}
