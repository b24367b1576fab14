//! Documents written, and catalogs imported, as a user does it.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use onus_oscal::Document;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The day of the tests: 2026-11-22.
const DATE: &str = "1795305600";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn onus(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onus"));
    command.args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", DATE).output().unwrap()
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = onus(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {out}{err}");
    (out, err)
}

fn file(name: &str) -> String {
    root().join("crates/onus/tests/files").join(name).display().to_string()
}

fn read(path: &Path) -> Document {
    onus_oscal::read(&path.display().to_string(), &std::fs::read(path).unwrap()).unwrap().document
}

#[test]
fn all_documents_refer_to_each_other_by_their_files() {
    let folder = tempfile::tempdir().unwrap();
    for yaml in [false, true] {
        let target = folder.path().join(if yaml { "yaml" } else { "json" });
        let shop = root().join("examples/web-shop").display().to_string();
        let target_name = target.display().to_string();
        let mut arguments =
            vec!["export", "all", &shop, "--framework", "fedramp-r5-moderate", "-o", &target_name];
        arguments.extend(yaml.then_some("--yaml"));
        done(folder.path(), &arguments);
        let names: Vec<PathBuf> =
            std::fs::read_dir(&target).unwrap().map(|own| own.unwrap().path()).collect();
        assert_eq!(names.len(), 7, "{names:?}");
        let ending = if yaml { "yaml" } else { "json" };
        let document = |stem: &str| read(&target.join(format!("{stem}.{ending}")));
        let (ssp, leveraged) = (document("ssp"), document("leveraged-ssp"));
        assert_eq!(onus_oscal::check(&ssp, &[&leveraged]), []);
        let onus_oscal::Model::SystemSecurityPlan(plan) = &ssp.model else { unreachable!() };
        assert!(target.join(&plan.import_profile.href).is_file(), "{}", plan.import_profile.href);
        let onus_oscal::Model::Profile(profile) = document("fedramp-r5-moderate-profile").model else {
            unreachable!()
        };
        onus_oscal::resolve(&profile, |href| Ok(read(&target.join(href)))).unwrap();
    }
}

#[test]
fn an_imported_catalog_is_seen_wherever_a_control_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (_, said) = done(folder, &["catalog", "import", &file("own-catalog.json")]);
    assert!(said.contains("1 controls are those of nist-800-53-r5"), "{said}");
    assert!(said.contains("co-7"), "{said}");
    let (why, _) = done(folder, &["why", "ac-2", "--services", "s3"]);
    assert!(why.contains("Accounts, as the company says"), "{why}");
    assert!(why.contains("[Assignment: a named role]"), "{why}");
    let matrix = ["matrix", "--services", "s3", "--framework", "nist-800-53-r5", "--format", "csv"];
    let (matrix, _) = done(folder, &matrix);
    let own = matrix.lines().find(|line| line.starts_with("nist-800-53-r5,co-7,")).unwrap();
    assert!(own.contains(",customer,") && own.contains("Badges are worn"), "{own}");
    assert!(own.contains("Nothing is known of this control"), "{own}");
    // A selection shows the same texts, and a second import of the same file replaces the first.
    let selected = ["matrix", "--services", "s3", "--framework", "fedramp-r5-low", "--format", "csv"];
    assert!(done(folder, &selected).0.contains("Accounts, as the company says"));
    let (_, again) = done(folder, &["catalog", "import", &file("own-catalog.json")]);
    assert!(again.contains("replaced"), "{again}");
}

#[test]
fn an_imported_profile_is_a_framework() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (profile, catalog) = (file("own-profile.json"), file("own-catalog.json"));
    done(folder, &["catalog", "import", &profile, "--with", &catalog, "--id", "company"]);
    assert!(done(folder, &["list", "frameworks"]).0.contains("company"));
    let matrix = ["matrix", "--services", "s3", "--framework", "company", "--format", "csv"];
    let (matrix, _) = done(folder, &matrix);
    let controls: Vec<&str> =
        matrix.lines().skip(1).filter(|line| line.split(',').nth(2) == Some("")).collect();
    assert_eq!(controls.len(), 2, "{matrix}");
    // What is asked for twice with another text is an error that names the other file.
    let other =
        std::fs::read_to_string(file("own-catalog.json")).unwrap().replace("as the company", "as others");
    std::fs::write(folder.join("other.json"), other).unwrap();
    let output = onus(folder, &["catalog", "import", "other.json", "--id", "other"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("has another text in") && said.contains("company.yaml"), "{said}");
}

#[test]
fn a_profile_without_its_catalog_selects_from_ours_or_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let output = onus(folder, &["catalog", "import", &file("own-profile.json")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("there is no `the-catalog.json`"), "{said}");
    let known = std::fs::read_to_string(file("own-profile.json")).unwrap().replace("co-7", "ac-2.1");
    std::fs::write(folder.join("known.json"), known).unwrap();
    let (_, said) = done(folder, &["catalog", "import", "known.json"]);
    assert!(said.contains("no texts") && said.contains("company-baseline.yaml"), "{said}");
    let (why, _) = done(folder, &["why", "ac-2", "--services", "s3", "--framework", "company-baseline"]);
    assert!(why.contains("Account Management"), "{why}");
}

#[test]
fn a_project_says_where_catalogs_lie() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("onus.yaml"), "catalogs: texts\n").unwrap();
    done(folder, &["catalog", "import", &file("own-catalog.json"), "--id", "ours"]);
    assert!(folder.join("texts/ours.yaml").is_file());
    std::fs::write(folder.join("texts/broken.yaml"), "id: broken\ntitel: x\n").unwrap();
    let output = onus(folder, &["why", "ac-2", "--services", "s3"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("broken.yaml:2:"), "{said}");
}

#[test]
fn a_plan_names_providers_and_what_is_handed_on() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("plans").display().to_string();
    let config = root().join("examples/on-a-platform/onus.yaml").display().to_string();
    done(folder.path(), &["export", "all", "--config", &config, "-o", &target]);
    let [ssp, leveraged] =
        ["ssp", "leveraged-ssp"].map(|stem| read(&Path::new(&target).join(format!("{stem}.json"))));
    assert_eq!(onus_oscal::check(&ssp, &[&leveraged]), []);
    let onus_oscal::Model::SystemSecurityPlan(plan) = &ssp.model else { unreachable!() };
    let components = &plan.system_implementation.components;
    let platform = components.iter().find(|own| own.description.contains("Example Platform")).unwrap();
    let requirements = &plan.control_implementation.implemented_requirements;
    let parts = || {
        let statements = requirements.iter().flat_map(|requirement| &requirement.statements);
        statements.flat_map(|own| own.by_components.iter().map(move |part| (&own.statement_id, part)))
    };
    let of_platform = parts().filter(|(_, part)| part.component_uuid == platform.uuid);
    assert!(of_platform.clone().any(|(id, part)| id == "pe-8_smt.c" && !part.satisfied.is_empty()));
    assert!(of_platform.clone().any(|(_, part)| !part.inherited.is_empty()));
    let exported = parts().filter_map(|(id, part)| Some((id, part.export.as_ref()?)));
    let handed_on = exported.filter(|(id, export)| {
        let texts = || export.responsibilities.iter().map(|own| own.description.as_str());
        id.starts_with("ac-2_smt")
            && texts().any(|text| text.starts_with("Review the accounts of your staff"))
    });
    assert!(handed_on.count() > 0, "what is handed on is exported");
}

#[test]
fn the_prototype_is_written_for_those_who_ask_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let config = root().join("examples/on-a-platform/onus.yaml").display().to_string();
    let target = folder.path().join("shared.json");
    let name = target.display().to_string();
    let arguments = ["export", "shared-responsibility", "--config", &config, "-o", &name];
    let unasked = onus(folder.path(), &arguments);
    assert_eq!(unasked.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unasked.stderr).contains("add --experimental"));
    done(folder.path(), &[&arguments[..], &["--experimental"]].concat());
    let document: serde_json::Value = serde_json::from_slice(&std::fs::read(&target).unwrap()).unwrap();
    let body = &document["shared-responsibility"];
    assert!(body["source-ssp"]["ssp-uuid"].is_string() && body["metadata"]["title"].is_string());
    let requirements = body["control-implementation"]["implemented-requirements"].as_array().unwrap();
    let statements = requirements.iter().flat_map(|own| own["statements"].as_array().into_iter().flatten());
    let parts: Vec<_> =
        statements.flat_map(|own| own["by-components"].as_array().into_iter().flatten()).collect();
    for key in ["provided", "responsibilities", "inherited", "satisfied"] {
        assert!(parts.iter().any(|part| part[key].is_array()), "{key}");
    }
    assert!(parts.iter().all(|part| part.get("export").is_none()));
}
