//! Plans that others may leverage, and component definitions.

use crate::kit::{check, read};
use onus_model::DocumentKind;
use serde_json::{Value, json};

fn metadata() -> Value {
    json!({"title": "Example PaaS", "last-modified": "2026-03-01T10:00:00Z", "version": "1", "oscal-version": "1.2.0"})
}

fn plan(requirements: &Value) -> Vec<u8> {
    let uuid = "11111111-1111-4111-8111-111111111111";
    json!({"system-security-plan": {
        "uuid": uuid,
        "metadata": metadata(),
        "import-profile": {"href": "#p"},
        "system-characteristics": {
            "system-ids": [{"id": "paas"}], "system-name": "Example PaaS", "description": "x",
            "system-information": {"information-types": [{"title": "x", "description": "x"}]},
            "status": {"state": "operational"}, "authorization-boundary": {"description": "x"}
        },
        "system-implementation": {
            "users": [{"uuid": uuid}],
            "components": [{"uuid": uuid, "type": "this-system", "title": "x", "description": "x", "status": {"state": "operational"}}]
        },
        "control-implementation": {"description": "x", "implemented-requirements": requirements}
    }})
    .to_string()
    .into_bytes()
}

fn by(uuid: &str, status: &str, provided: &[&str], asked: &[&str]) -> Value {
    let part = |text: &&str| json!({"uuid": uuid, "description": text});
    let mut export = json!({});
    if !provided.is_empty() {
        export["provided"] = provided.iter().map(part).collect();
    }
    if !asked.is_empty() {
        export["responsibilities"] = asked.iter().map(part).collect();
    }
    json!({
        "component-uuid": uuid, "uuid": uuid, "description": "x",
        "implementation-status": {"state": status}, "export": export
    })
}

#[test]
fn exports_say_what_is_provided_and_what_is_asked() {
    let bytes = plan(&json!([
        {"uuid": "r1", "control-id": "pe-3", "by-components": [by("b1", "implemented", &["Guards."], &[])]},
        {"uuid": "r2", "control-id": "ac-2", "statements": [
            {"statement-id": "ac-2_smt.a", "uuid": "s1", "by-components": [
                by("b2", "implemented", &["Kinds of account."], &[]),
                by("b3", "implemented", &["More."], &["Name your managers.", "Tell us."]),
            ]},
            {"statement-id": "ac-2_smt.b", "uuid": "s2", "by-components": [by("b4", "implemented", &[], &["Review."])]},
        ]},
        {"uuid": "r3", "control-id": "si-2", "by-components": [by("b5", "partial", &["Some patches."], &[])]},
        {"uuid": "r4", "control-id": "sc-7", "by-components": [by("b6", "planned", &["A firewall."], &[])]},
        {"uuid": "r5", "control-id": "ac-1", "by-components": [{"component-uuid": "c", "uuid": "b7", "description": "x"}]},
        {"uuid": "r6", "control-id": "zz-9", "by-components": [by("b8", "implemented", &["x"], &[])]},
    ]));
    check(
        &bytes,
        &[
            "pe-3 yes +Guards. @ by-component b1",
            "ac-2_smt.a partly +Kinds of account.\nMore. -Name your managers. -Tell us. @ by-component b2",
            "ac-2_smt.b no -Review. @ by-component b4",
            "si-2 partly +Some patches. @ by-component b5",
            "sc-7 no +A firewall. @ by-component b6",
            "! by-component b6: offers `sc-7`, which is planned: it is not inherited",
            "! by-component b8: there is no control `zz-9` in nist-800-53-r5",
        ],
    );
    let document = read(&bytes).provider.document;
    assert_eq!((document.kind, document.date), (DocumentKind::Ssp, Some(jiff::civil::date(2026, 3, 1))));
}

#[test]
fn component_definitions_say_whose_a_control_is() {
    let requirement = |id: &str, origins: &[&str], text: &str| {
        let props: Vec<Value> =
            origins.iter().map(|value| json!({"name": "control-origination", "value": value})).collect();
        json!({"uuid": format!("r-{id}"), "control-id": id, "description": text, "props": props})
    };
    let definition = json!({"component-definition": {
        "uuid": "11111111-1111-4111-8111-111111111111",
        "metadata": metadata(),
        "import-component-definitions": [{"href": "other.json"}],
        "components": [{
            "uuid": "c", "type": "service", "title": "x", "description": "x",
            "control-implementations": [{"uuid": "i", "source": "x", "description": "x", "implemented-requirements": [
                requirement("pe-3", &["inherited"], "Guards."),
                requirement("ac-2", &["inherited", "customer-configured"], "Provider responsibility: a.\nCustomer responsibility: b."),
                requirement("si-2", &["customer-provided"], "Patch."),
                requirement("sc-7", &[], "A firewall."),
            ]}]
        }]
    }});
    check(
        definition.to_string().as_bytes(),
        &[
            "pe-3 yes +Guards. @ implemented-requirement r-pe-3",
            "ac-2 partly +a. -b. @ implemented-requirement r-ac-2",
            "si-2 no -Patch. @ implemented-requirement r-si-2",
            "! the document: the document imports 1 others, which are not read",
            "! the document: 1 requirements have no `control-origination`, and are not inherited: sc-7",
        ],
    );
}

#[test]
fn documents_that_do_not_say_it_are_refused() {
    let catalog =
        json!({"catalog": {"uuid": "11111111-1111-4111-8111-111111111111", "metadata": metadata()}});
    check(
        catalog.to_string().as_bytes(),
        &["! the document: a document of the kind `catalog` does not say who does what"],
    );
    check(
        &plan(&json!([])),
        &["! the document: the document says nothing of what others may inherit, or must do"],
    );
    check(b"{\"catalog\": ", &["! the document: 1:12: EOF while parsing a value"]);
    check(b"component-definition:\n  uuid: [\n", &["! the document: 2:9: unclosed bracket '['"]);
}
