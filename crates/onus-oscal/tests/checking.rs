//! What is found in documents that can be read.

mod common;

use common::{document, reference_document, uuid};
use onus_oscal::{Document, ProblemKind, check};

/// The problems of a document, as they are shown.
fn problems(document: &Document, others: &[&Document]) -> Vec<String> {
    check(document, others).iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_is_wrong_with_a_sound_catalog() {
    let fields = r#""params": [{"id": "p"}], "controls": [{"id": "a", "title": "A",
        "links": [{"href": "\#a"}], "parts": [{"id": "a_s", "name": "statement", "prose": "{{ insert: param, p }}"}]}]"#
        .replace("\\#", "#");
    assert_eq!(problems(&document("catalog", &fields), &[]), [""; 0]);
}

#[test]
fn identifiers_that_are_taken_twice() {
    let fields = r#""controls": [{"id": "a", "title": "A", "parts": [{"id": "x", "name": "n"}, {"id": "x", "name": "n"}]},
        {"id": "a", "title": "A"}], "params": [{"id": "p"}, {"id": "p"}]"#;
    assert_eq!(
        problems(&document("catalog", fields), &[]),
        [
            "/catalog/controls/0/parts/1/id: the part id `x` is taken already",
            "/catalog/controls/1/id: the control id `a` is taken already",
            "/catalog/params/1/id: the parameter id `p` is taken already",
        ]
    );
    let resource = uuid(7);
    let fields =
        format!(r#""back-matter": {{"resources": [{{"uuid": "{resource}"}}, {{"uuid": "{resource}"}}]}}"#);
    let expected = format!("/catalog/back-matter/resources/1/uuid: the uuid `{resource}` is taken already");
    assert_eq!(problems(&document("catalog", &fields), &[]), [expected]);
}

#[test]
fn values_that_are_not_of_their_type() {
    let text = common::text("catalog", "")
        .replace(&uuid(1), "not-a-uuid")
        .replace("2026-01-31T12:00:00Z", "2026-01-31T12:00:00");
    let document = onus_oscal::read("f", text.as_bytes()).unwrap().document;
    assert_eq!(
        problems(&document, &[]),
        [
            "/catalog/uuid: `not-a-uuid` is not a uuid of version 4 or 5",
            "/catalog/metadata/last-modified: `2026-01-31T12:00:00` is not a time with its offset, such as `2026-01-31T12:00:00Z`",
        ]
    );
}

#[test]
fn links_and_insertions_that_lead_nowhere() {
    let fields = format!(
        r##""controls": [{{"id": "a", "title": "A", "links": [{{"href": "#b"}}, {{"href": "#{}"}}],
        "parts": [{{"name": "n", "prose": "{{{{ insert: param, q }}}} [x](#{})"}}]}}]"##,
        uuid(8),
        uuid(9)
    );
    let document = document("catalog", &fields);
    assert_eq!(
        problems(&document, &[]),
        [
            "/catalog/controls/0/links/0/href: nothing here is called `b`".to_owned(),
            format!("/catalog/controls/0/links/1/href: nothing here is called `{}`", uuid(8)),
            format!("/catalog/controls/0/parts/0/prose: nothing here is called `{}`", uuid(9)),
            "/catalog/controls/0/parts/0/prose: there is no parameter `q` to insert".to_owned(),
        ]
    );
    let severities: Vec<_> = check(&document, &[]).iter().map(|problem| problem.severity).collect();
    use onus_oscal::Severity::{Error, Warning};
    assert_eq!(severities, [Warning, Error, Error, Error]);
}

/// A security plan with one requirement, from what a component contributes.
fn plan(control: &str, by_component: &str) -> Document {
    document("system-security-plan", &plan_fields(control, by_component))
}

fn plan_fields(control: &str, by_component: &str) -> String {
    format!(
        r##""import-profile": {{"href": "p.json"}},
        "system-characteristics": {{"system-ids": [{{"id": "s"}}], "system-name": "S", "description": "d",
          "system-information": {{"information-types": []}},
          "status": {{"state": "operational"}}, "authorization-boundary": {{"description": "d"}}}},
        "system-implementation": {{"users": [], "components": [{{"uuid": "{}", "type": "this-system", "title": "T",
          "description": "d", "status": {{"state": "operational"}}}}]}},
        "control-implementation": {{"description": "d", "implemented-requirements": [{{"uuid": "{}",
          "control-id": "{control}", "statements": [{{"statement-id": "{control}_smt", "uuid": "{}", "by-components": [
          {{"component-uuid": "{}", "uuid": "{}", "description": "d"{by_component}}}]}}]}}]}}"##,
        uuid(2),
        uuid(3),
        uuid(4),
        uuid(2),
        uuid(5),
    )
}

const BY_COMPONENT: &str =
    "/system-security-plan/control-implementation/implemented-requirements/0/statements/0/by-components/0";

#[test]
fn references_within_a_plan() {
    assert_eq!(problems(&plan("ac-1", ""), &[]), [""; 0]);
    let roles = r#", "responsible-roles": [{"role-id": "admin", "party-uuids": ["nobody"]}]"#;
    assert_eq!(
        problems(&plan("ac-1", roles), &[]),
        [
            format!("{BY_COMPONENT}/responsible-roles/0/party-uuids/0: there is no party `nobody`"),
            format!("{BY_COMPONENT}/responsible-roles/0/role-id: there is no role `admin`"),
        ]
    );
    let wrong = plan("ac-1", "");
    let text = onus_oscal::write_json(&wrong);
    let text = text.replace(
        &format!("\"component-uuid\": \"{}\"", uuid(2)),
        &format!("\"component-uuid\": \"{}\"", uuid(6)),
    );
    let wrong = onus_oscal::read("f", text.as_bytes()).unwrap().document;
    let expected = format!("{BY_COMPONENT}/component-uuid: there is no component `{}`", uuid(6));
    assert_eq!(problems(&wrong, &[]), [expected]);
}

#[test]
fn controls_and_statements_against_the_catalog() {
    let catalog = document(
        "catalog",
        r#""controls": [{"id": "ac-1", "title": "A", "parts": [{"id": "ac-1_smt", "name": "statement"}]}]"#,
    );
    assert_eq!(problems(&plan("ac-1", ""), &[&catalog]), [""; 0]);
    let requirement = "/system-security-plan/control-implementation/implemented-requirements/0";
    assert_eq!(
        problems(&plan("ac-9", ""), &[&catalog]),
        [
            format!("{requirement}/control-id: there is no control `ac-9`"),
            format!("{requirement}/statements/0/statement-id: there is no part `ac-9_smt`"),
        ]
    );
}

#[test]
fn what_is_inherited_must_be_provided_and_what_is_satisfied_asked_for() {
    let (provided, asked, gone) = (uuid(21), uuid(22), uuid(29));
    let leveraged = plan(
        "ac-1",
        &format!(
            r#", "export": {{"provided": [{{"uuid": "{provided}", "description": "d"}}],
            "responsibilities": [{{"uuid": "{asked}", "provided-uuid": "{provided}", "description": "d"}}]}}"#
        ),
    );
    let leveraging = |inherited: &str, satisfied: &str| {
        plan(
            "ac-1",
            &format!(
                r#", "inherited": [{{"uuid": "{}", "provided-uuid": "{inherited}", "description": "d"}}],
                "satisfied": [{{"uuid": "{}", "responsibility-uuid": "{satisfied}", "description": "d"}}]"#,
                uuid(31),
                uuid(32)
            ),
        )
    };
    assert_eq!(problems(&leveraged, &[]), [""; 0]);
    assert_eq!(problems(&leveraging(&provided, &asked), &[&leveraged]), [""; 0]);
    assert_eq!(problems(&leveraging(&gone, &gone), &[]), [""; 0]);
    assert_eq!(
        problems(&leveraging(&asked, &provided), &[&leveraged]),
        [
            format!(
                "{BY_COMPONENT}/inherited/0/provided-uuid: `{asked}` is a responsibility of the leveraged system, where a provided part is expected"
            ),
            format!(
                "{BY_COMPONENT}/satisfied/0/responsibility-uuid: `{provided}` is a provided part of the leveraged system, where a responsibility is expected"
            ),
        ]
    );
    assert_eq!(
        problems(&leveraging(&gone, &asked), &[&leveraged]),
        [format!(
            "{BY_COMPONENT}/inherited/0/provided-uuid: the leveraged system has no provided part `{gone}`"
        )]
    );
    let wrong = plan(
        "ac-1",
        &format!(
            r#", "export": {{"responsibilities": [{{"uuid": "{asked}", "provided-uuid": "{gone}", "description": "d"}}]}}"#
        ),
    );
    assert_eq!(
        problems(&wrong, &[]),
        [format!(
            "{BY_COMPONENT}/export/responsibilities/0/provided-uuid: this system has no provided part `{gone}`"
        )]
    );
}

#[test]
fn components_of_an_imported_definition() {
    let capability = |imports: &str| {
        document(
            "component-definition",
            &format!(
                r#"{imports}"capabilities": [{{"uuid": "{}", "name": "C", "description": "d",
                "incorporates-components": [{{"component-uuid": "{}", "description": "d"}}]}}]"#,
                uuid(41),
                uuid(42)
            ),
        )
    };
    let component = document(
        "component-definition",
        &format!(
            r#""components": [{{"uuid": "{}", "type": "service", "title": "T", "description": "d"}}]"#,
            uuid(42)
        ),
    );
    assert_eq!(problems(&capability(""), &[]).len(), 1);
    let imports = r#""import-component-definitions": [{"href": "c.json"}], "#;
    assert_eq!(problems(&capability(imports), &[]), [""; 0]);
    assert_eq!(problems(&capability(imports), &[&component]), [""; 0]);
}

#[test]
fn the_authorization_of_a_leveraged_component() {
    let uuid = uuid(51);
    let props = format!(r#", "props": [{{"name": "leveraged-authorization-uuid", "value": "{uuid}"}}]"#);
    assert_eq!(
        problems(&plan("ac-1", &props), &[]),
        [format!("{BY_COMPONENT}/props/0/value: this system has no leveraged authorization `{uuid}`")]
    );
}

/// Results with one finding that rests on an observation of a component.
#[test]
fn results_refer_to_themselves_and_to_the_plan() {
    let results = |observation: u32| {
        let (own, component) = (uuid(61), uuid(2));
        let fields = format!(
            r#""import-ap": {{"href": "ap.json"}}, "results": [{{"uuid": "{}", "title": "R", "description": "d",
            "start": "2026-01-31T12:00:00Z", "reviewed-controls": {{"control-selections": [{{"include-all": {{}}}}]}},
            "observations": [{{"uuid": "{own}", "description": "d", "methods": ["TEST"], "collected": "2026-01-31T12:00:00Z",
              "subjects": [{{"subject-uuid": "{component}", "type": "component"}}]}}],
            "findings": [{{"uuid": "{}", "title": "F", "description": "d",
              "target": {{"type": "statement-id", "target-id": "ac-1_smt", "status": {{"state": "not-satisfied"}}}},
              "related-observations": [{{"observation-uuid": "{}"}}]}}]}}]"#,
            uuid(62),
            uuid(63),
            uuid(observation)
        );
        document("assessment-results", &fields)
    };
    assert_eq!(problems(&results(61), &[]), [""; 0]);
    assert_eq!(
        problems(&results(62), &[]),
        [format!(
            "/assessment-results/results/0/findings/0/related-observations/0/observation-uuid: there is no observation `{}`",
            uuid(62)
        )]
    );
    assert_eq!(problems(&results(61), &[&plan("ac-1", "")]), [""; 0]);
    let other = document("system-security-plan", &plan_fields("ac-1", "").replace(&uuid(2), &uuid(3)));
    assert_eq!(
        problems(&results(61), &[&other]),
        [format!(
            "/assessment-results/results/0/observations/0/subjects/0/subject-uuid: there is no component `{}`",
            uuid(2)
        )]
    );
}

/// NIST's pair of plans has one mistake: a responsibility that is satisfied is something provided.
#[test]
fn the_mistake_in_the_example_of_nist_is_found() {
    let (Some(leveraged), Some(leveraging)) = (
        reference_document("oscal/oscal_leveraged-example_ssp.json"),
        reference_document("oscal/oscal_leveraging-example_ssp.json"),
    ) else {
        return;
    };
    assert_eq!(problems(&leveraged, &[]), [""; 0]);
    assert_eq!(problems(&leveraging, &[]), [""; 0]);
    let found = check(&leveraging, &[&leveraged]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].kind, ProblemKind::WrongKind);
    assert_eq!(
        found[0].to_string(),
        "/system-security-plan/control-implementation/implemented-requirements/0/statements/0/by-components/1/satisfied/0/responsibility-uuid: `11111111-0000-4000-9009-002001001001` is a provided part of the leveraged system, where a responsibility is expected"
    );
}

/// NIST's resolved baselines link to controls that were not selected, and are sound otherwise.
#[test]
fn baselines_of_nist_are_sound() {
    for path in common::REFERENCES.iter().filter(|path| path.starts_with("nist/")) {
        let Some(document) = reference_document(path) else { return };
        let errors: Vec<_> = check(&document, &[])
            .into_iter()
            .filter(|problem| problem.severity == onus_oscal::Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{path}: {} {:#?}", errors.len(), &errors[..errors.len().min(5)]);
    }
}
