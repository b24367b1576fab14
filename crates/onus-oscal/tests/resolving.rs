//! Small profiles over small catalogs, and the whole result in a line.

mod common;

use common::{catalog, document, profile, uuid};
use onus_oscal::catalog::{Catalog, Control, Group};
use onus_oscal::common::Part;
use onus_oscal::{Document, OscalError, resolve};
use std::collections::HashMap;

/// Two groups; `a1` has enhancements, one of them with its own.
const CATALOG: &str = r##""params": [{"id": "loose"}, {"id": "unused"}],
    "groups": [
      {"id": "a", "title": "A", "params": [{"id": "in-a"}], "controls": [
        {"id": "a1", "title": "A1", "params": [{"id": "a1_p", "label": "old", "values": ["v"]}],
         "props": [{"name": "label", "value": "A-1"}],
         "parts": [{"id": "a1_smt", "name": "statement", "prose": "{{ insert: param, a1_p }}",
           "parts": [{"id": "a1_smt.a", "name": "item", "props": [{"name": "label", "value": "a."}]},
                     {"id": "a1_smt.b", "name": "item"}]}],
         "controls": [{"id": "a1.1", "title": "A1.1", "controls": [{"id": "a1.1.1", "title": "A1.1.1"}]},
                      {"id": "a1.2", "title": "A1.2", "params": [{"id": "a1.2_p"}]}]},
        {"id": "a2", "title": "A2", "parts": [{"name": "statement", "prose": "{{ insert: param, loose }}"}]}]},
      {"id": "b", "title": "B", "groups": [{"id": "b.b", "title": "BB", "controls": [
        {"id": "b1", "title": "B1", "links": [{"href": "#00000000-0000-4000-8000-000000000051"}],
         "parts": [{"name": "statement", "prose": "{{ insert: param, a1.2_p }}"}]}]}]}],
    "controls": [{"id": "top", "title": "Top"}],
    "back-matter": {"resources": [
      {"uuid": "00000000-0000-4000-8000-000000000051", "title": "linked"},
      {"uuid": "00000000-0000-4000-8000-000000000052", "title": "not linked"},
      {"uuid": "00000000-0000-4000-8000-000000000053", "title": "kept", "props": [{"name": "keep", "value": "always"}]}]}"##;

/// A catalog in brief: parameters in angle brackets, groups with a colon, enhancements in parentheses.
fn brief(catalog: &Catalog) -> String {
    let params = catalog.params.iter().map(|param| format!("<{}>", param.id));
    let controls = catalog.controls.iter().map(brief_control);
    let groups = catalog.groups.iter().map(brief_group);
    params.chain(controls).chain(groups).collect::<Vec<_>>().join(" ")
}

fn brief_group(group: &Group) -> String {
    let inner = Catalog {
        params: group.params.clone(),
        controls: group.controls.clone(),
        groups: group.groups.clone(),
        ..Catalog::default()
    };
    format!("{}:[{}]", group.id.as_deref().unwrap_or("-"), brief(&inner))
}

fn brief_control(control: &Control) -> String {
    let within: Vec<String> = control.controls.iter().map(brief_control).collect();
    if within.is_empty() { control.id.clone() } else { format!("{}({})", control.id, within.join(" ")) }
}

/// Resolves a profile over files.
fn resolved(fields: &str, files: &[(&str, Document)]) -> Result<Catalog, OscalError> {
    let files: HashMap<&str, &Document> = files.iter().map(|(name, document)| (*name, document)).collect();
    let mut profile = profile(fields);
    profile.uuid = uuid(99);
    resolve(&profile, |href| files.get(href).map(|found| (*found).clone()).ok_or("no such file".to_owned()))
}

/// The result over the catalog, in brief, or the error.
fn check(fields: &str, expected: &str) {
    let files = [("c.json", document("catalog", CATALOG))];
    let found = resolved(fields, &files).map_or_else(|error| error.to_string(), |catalog| brief(&catalog));
    assert_eq!(found, expected, "{fields}");
}

/// The same for what one import says.
fn check_import(selection: &str, expected: &str) {
    let comma = if selection.is_empty() { "" } else { ", " };
    let as_is = r#""merge": {"as-is": true}"#;
    check(&format!(r#""imports": [{{"href": "c.json"{comma}{selection}}}], {as_is}"#), expected);
}

#[test]
fn selection() {
    let all = "<loose> top a:[a1(a1.1(a1.1.1) a1.2) a2] b:[b.b:[b1]]";
    for (selection, expected) in [
        ("", all),
        (r#""include-all": {}"#, all),
        (r#""include-controls": [{"with-ids": ["top"]}]"#, "top"),
        (r#""include-controls": [{"with-ids": ["a1"]}]"#, "a:[a1]"),
        (r#""include-controls": [{"with-ids": ["a1"], "with-child-controls": "no"}]"#, "a:[a1]"),
        (
            r#""include-controls": [{"with-ids": ["a1"], "with-child-controls": "yes"}]"#,
            "a:[a1(a1.1(a1.1.1) a1.2)]",
        ),
        (r#""include-controls": [{"with-ids": ["a1.1.1"]}]"#, "a:[a1(a1.1(a1.1.1))]"),
        (
            r#""include-controls": [{"with-ids": ["a1.1.1"]}], "exclude-controls": [{"with-ids": ["a1.1"]}]"#,
            "a:[a1(a1.1.1)]",
        ),
        (
            r#""include-controls": [{"with-ids": ["a1.1.1"]}], "exclude-controls": [{"with-ids": ["a1"]}]"#,
            "a:[a1.1(a1.1.1)]",
        ),
        (
            r#""include-controls": [{"matching": [{"pattern": "a?"}]}, {"with-ids": ["b1"]}]"#,
            "<loose> a:[<a1.2_p> a1 a2] b:[b.b:[b1]]",
        ),
        (r#""include-controls": [{"matching": [{"pattern": "*.2"}]}]"#, "a:[a1(a1.2)]"),
        (r#""include-controls": [{"matching": [{"pattern": "nothing-*"}]}]"#, ""),
        (r#""exclude-controls": [{"matching": [{"pattern": "a*"}]}]"#, "<a1.2_p> top b:[b.b:[b1]]"),
        (
            r#""exclude-controls": [{"with-ids": ["a1"], "with-child-controls": "yes"}, {"with-ids": ["top", "b1"]}]"#,
            "<loose> a:[a2]",
        ),
        (
            r#""include-all": {}, "include-controls": [{"with-ids": ["a1"]}]"#,
            "`c.json` has both `include-all` and `include-controls`",
        ),
        (r#""include-controls": [{"with-ids": ["a1", "a9"]}]"#, "the import `c.json` has no control `a9`"),
        (r#""exclude-controls": [{"with-ids": ["a9"]}]"#, "the import `c.json` has no control `a9`"),
        (
            r#""include-controls": [{"matching": [{"pattern": "a[12]"}]}]"#,
            "the pattern `a[12]` has `[`, where only `*` and `?` are special",
        ),
        (
            r#""include-controls": [{"with-child-controls": "maybe"}]"#,
            "`with-child-controls` is `yes` or `no`, and not `maybe`",
        ),
    ] {
        check_import(selection, expected);
    }
}

#[test]
fn structure() {
    let some =
        r#""imports": [{"href": "c.json", "include-controls": [{"with-ids": ["b1", "a1.2", "a1", "top"]}]}]"#;
    let custom = |custom: &str| format!(r#"{some}, "merge": {{"custom": {{{custom}}}}}"#);
    let all = r#"{"include-all": {}}"#;
    for (fields, expected) in [
        (some.to_owned(), "top a1 a1.2 b1"),
        (format!(r#"{some}, "merge": {{"flat": {{}}}}"#), "top a1 a1.2 b1"),
        (format!(r#"{some}, "merge": {{"as-is": false}}"#), "top a1 a1.2 b1"),
        (format!(r#"{some}, "merge": {{"as-is": true}}"#), "top a:[a1(a1.2)] b:[b.b:[b1]]"),
        (
            format!(r#"{some}, "merge": {{"as-is": true, "flat": {{}}}}"#),
            "`merge` has more than one of `flat`, `as-is` and `custom`",
        ),
        (custom(&format!(r#""insert-controls": [{all}]"#)), "top a1(a1.2) b1"),
        (
            custom(r#""insert-controls": [{"include-controls": [{"with-ids": ["b1", "top"]}]}]"#),
            "<a1.2_p> top b1",
        ),
        (
            custom(
                r#""insert-controls": [{"order": "descending", "include-controls": [{"with-ids": ["b1", "top", "a1"]}]}]"#,
            ),
            "<a1.2_p> top b1 a1",
        ),
        (
            custom(
                r#""insert-controls": [{"order": "ascending", "include-controls": [{"with-ids": ["b1", "top", "a1"]}]}]"#,
            ),
            "<a1.2_p> a1 b1 top",
        ),
        (
            custom(
                r#""groups": [{"id": "x", "title": "X", "groups": [{"id": "y", "title": "Y", "insert-controls": [{"include-controls": [{"with-ids": ["a1"], "with-child-controls": "yes"}]}]}]},
                {"id": "z", "title": "Z", "insert-controls": [{"include-controls": [{"matching": [{"pattern": "b*"}]}]}]}]"#,
            ),
            "x:[y:[a1(a1.2)]] z:[b1]",
        ),
        (custom(r#""groups": [{"id": "x", "title": "X"}]"#), "x:[]"),
        (
            custom(r#""insert-controls": [{"include-controls": [{"with-ids": ["a2"]}]}]"#),
            "the import `insert-controls` has no control `a2`",
        ),
        (
            custom(r#""insert-controls": [{"order": "random"}]"#),
            "`order` is `keep`, `ascending` or `descending`, and not `random`",
        ),
    ] {
        check(&fields, expected);
    }
}

#[test]
fn controls_that_are_imported_twice() {
    let imports = r#""imports": [{"href": "c.json", "include-controls": [{"with-ids": ["a1.2", "a1"]}]},
        {"href": "c.json", "include-controls": [{"with-ids": ["a2", "a1"], "with-child-controls": "yes"}]}]"#;
    for (merge, expected) in [
        (r#"{}"#, "<loose> a1 a1.2 a1 a1.1 a1.1.1 a1.2 a2"),
        (r#"{"combine": {"method": "keep"}}"#, "<loose> a1 a1.2 a1 a1.1 a1.1.1 a1.2 a2"),
        (r#"{"combine": {"method": "use-first"}}"#, "<loose> a1 a1.2 a1.1 a1.1.1 a2"),
        (r#"{"combine": {"method": "merge"}}"#, "<loose> a1 a1.2 a1.1 a1.1.1 a2"),
        (r#"{"combine": {"method": "use-first"}, "as-is": true}"#, "<loose> a:[a1(a1.1(a1.1.1) a1.2) a2]"),
        (
            r#"{"combine": {"method": "keep"}, "as-is": true}"#,
            "<loose> a:[a1(a1.2) a1(a1.1(a1.1.1) a1.2) a2]",
        ),
        (r#"{"combine": {"method": "all"}}"#, "`combine` is `keep`, `use-first` or `merge`, and not `all`"),
    ] {
        check(&format!(r#"{imports}, "merge": {merge}"#), expected);
    }
}

#[test]
fn merged_controls_have_what_either_has() {
    let one = document(
        "catalog",
        r#""controls": [{"id": "a", "title": "First", "params": [{"id": "p", "label": "1"}],
        "props": [{"name": "s", "value": "1"}], "parts": [{"id": "x", "name": "n", "parts": [{"id": "x.1", "name": "n"}]}]}]"#,
    );
    let two = document(
        "catalog",
        r#""controls": [{"id": "a", "title": "Second", "params": [{"id": "p", "label": "2"}, {"id": "q"}],
        "props": [{"name": "s", "value": "1"}, {"name": "s", "value": "2"}],
        "parts": [{"id": "x", "name": "n", "parts": [{"id": "x.2", "name": "n"}]}, {"name": "m"}]}]"#,
    );
    let fields = r#""imports": [{"href": "1"}, {"href": "2"}], "merge": {"combine": {"method": "merge"}}"#;
    let merged = resolved(fields, &[("1", one), ("2", two)]).unwrap();
    let [control] = &merged.controls[..] else { panic!("{merged:#?}") };
    let params: Vec<_> = control.params.iter().map(|param| (&*param.id, param.label.as_deref())).collect();
    assert_eq!((&*control.title, params), ("First", vec![("p", Some("1")), ("q", None)]));
    assert_eq!(control.props.iter().map(|prop| &*prop.value).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(brief_parts(&control.parts), "x(x.1 x.2) m");
}

fn brief_parts(parts: &[Part]) -> String {
    let brief = |part: &Part| {
        let name = part.id.as_deref().unwrap_or(&part.name);
        if part.parts.is_empty() { name.to_owned() } else { format!("{name}({})", brief_parts(&part.parts)) }
    };
    parts.iter().map(brief).collect::<Vec<_>>().join(" ")
}

/// The control `a1` after changes.
fn changed(modify: &str) -> Result<Control, OscalError> {
    let fields = format!(
        r#""imports": [{{"href": "c.json", "include-controls": [{{"with-ids": ["a1"]}}]}}], "modify": {{{modify}}}"#
    );
    let catalog = resolved(&fields, &[("c.json", document("catalog", CATALOG))])?;
    Ok(catalog.controls.into_iter().next().expect("it is selected"))
}

#[test]
fn parameters_are_set() {
    let control = changed(
        r#""set-parameters": [{"param-id": "a1_p", "label": "new", "values": ["w"], "constraints": [{"description": "c"}]},
        {"param-id": "nothing", "values": ["x"]}]"#,
    )
    .unwrap();
    let param = &control.params[0];
    assert_eq!(
        (param.label.as_deref(), &param.values[..], param.constraints.len()),
        (Some("new"), &["w".to_owned()][..], 1)
    );
    let control =
        changed(r#""set-parameters": [{"param-id": "a1_p", "select": {"choice": ["x", "y"]}}]"#).unwrap();
    let param = &control.params[0];
    assert_eq!((param.label.as_deref(), param.values.len(), param.select.is_some()), (Some("old"), 0, true));
}

#[test]
fn parts_are_added() {
    for (place, expected) in [
        ("", "a1_smt(a1_smt.a a1_smt.b) new"),
        (r#""position": "starting", "#, "new a1_smt(a1_smt.a a1_smt.b)"),
        (r#""position": "before", "#, "new a1_smt(a1_smt.a a1_smt.b)"),
        (r#""by-id": "a1", "position": "after", "#, "a1_smt(a1_smt.a a1_smt.b) new"),
        (r#""by-id": "a1_smt", "#, "a1_smt(a1_smt.a a1_smt.b new)"),
        (r#""by-id": "a1_smt", "position": "starting", "#, "a1_smt(new a1_smt.a a1_smt.b)"),
        (r#""by-id": "a1_smt.b", "position": "before", "#, "a1_smt(a1_smt.a new a1_smt.b)"),
        (r#""by-id": "a1_smt.a", "position": "after", "#, "a1_smt(a1_smt.a new a1_smt.b)"),
        (r#""by-id": "nothing", "#, "a1_smt(a1_smt.a a1_smt.b)"),
        (r#""by-id": "a1_p", "#, "a1_smt(a1_smt.a a1_smt.b) new"),
    ] {
        let add = format!(
            r#""alters": [{{"control-id": "a1", "adds": [{{{place}"parts": [{{"id": "new", "name": "n"}}]}}]}}]"#
        );
        assert_eq!(brief_parts(&changed(&add).unwrap().parts), expected, "{place}");
    }
    let error = changed(r#""alters": [{"control-id": "a1", "adds": [{"position": "over"}]}]"#).unwrap_err();
    assert_eq!(error.to_string(), "`position` is `before`, `after`, `starting` or `ending`, and not `over`");
}

#[test]
fn titles_properties_and_parameters_are_added() {
    let control = changed(
        r#""alters": [{"control-id": "a1", "adds": [
        {"position": "starting", "title": "New", "props": [{"name": "x", "value": "1"}], "params": [{"id": "before"}]},
        {"by-id": "a1_p", "position": "after", "params": [{"id": "after"}], "props": [{"name": "y", "value": "2"}]},
        {"by-id": "a1_smt", "title": "T", "props": [{"name": "z", "value": "3"}]}]}]"#,
    )
    .unwrap();
    let props: Vec<_> = control.props.iter().map(|prop| &*prop.name).collect();
    let params: Vec<_> = control.params.iter().map(|param| &*param.id).collect();
    assert_eq!(
        (&*control.title, props, params),
        ("New", vec!["x", "label", "y"], vec!["before", "a1_p", "after"])
    );
    let part = &control.parts[0];
    assert_eq!((part.title.as_deref(), &*part.props[0].name), (Some("T"), "z"));
}

#[test]
fn things_are_removed() {
    for (criteria, params, props, parts) in [
        (r#""by-id": "a1_smt.a""#, 1, 1, "a1_smt(a1_smt.b)"),
        (r#""by-name": "item""#, 1, 1, "a1_smt"),
        (r#""by-name": "label""#, 1, 0, "a1_smt(a1_smt.a a1_smt.b)"),
        (r#""by-item-name": "part""#, 1, 1, ""),
        (r#""by-item-name": "prop""#, 1, 0, "a1_smt(a1_smt.a a1_smt.b)"),
        (r#""by-item-name": "param""#, 0, 1, "a1_smt(a1_smt.a a1_smt.b)"),
        (r#""by-item-name": "part", "by-name": "label""#, 1, 1, "a1_smt(a1_smt.a a1_smt.b)"),
        (r#""by-id": "a1_p""#, 0, 1, "a1_smt(a1_smt.a a1_smt.b)"),
        (r#""by-class": "none", "by-ns": "none""#, 1, 1, "a1_smt(a1_smt.a a1_smt.b)"),
    ] {
        let remove = format!(r#""alters": [{{"control-id": "a1", "removes": [{{{criteria}}}]}}]"#);
        let control = changed(&remove).unwrap();
        let found = (control.params.len(), control.props.len(), brief_parts(&control.parts));
        assert_eq!(found, (params, props, parts.to_owned()), "{criteria}");
    }
    let error = changed(r#""alters": [{"control-id": "a1", "removes": [{}]}]"#).unwrap_err();
    assert_eq!(error.to_string(), "a `remove` says not what to remove");
    let error =
        changed(r#""alters": [{"control-id": "a1", "removes": [{"by-item-name": "title"}]}]"#).unwrap_err();
    assert_eq!(error.to_string(), "`by-item-name` is `param`, `prop`, `link` or `part`, and not `title`");
}

#[test]
fn resources_stay_where_something_links_to_them() {
    let files = || [("c.json", document("catalog", CATALOG))];
    let titles = |fields: &str| {
        let back_matter = resolved(fields, &files()).unwrap().back_matter;
        let resources = back_matter.into_iter().flat_map(|back| back.resources);
        resources.map(|resource| resource.title.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(titles(r#""imports": [{"href": "c.json"}]"#), ["linked", "kept"]);
    assert_eq!(
        titles(r#""imports": [{"href": "c.json", "include-controls": [{"with-ids": ["a1"]}]}]"#),
        ["kept"]
    );
    let own = format!(
        r#""imports": [{{"href": "c.json"}}], "back-matter": {{"resources": [
        {{"uuid": "{}", "title": "own"}}, {{"uuid": "{}", "title": "not linked"}}, {{"uuid": "{}", "title": "not kept"}}]}}"#,
        uuid(51),
        uuid(54),
        uuid(53)
    );
    assert_eq!(titles(&own), ["kept", "own"]);
}

#[test]
fn imports_are_found_through_resources_and_profiles() {
    let inner = document(
        "profile",
        r#""imports": [{"href": "../c.json", "include-controls": [{"with-ids": ["a1", "b1"]}]}]"#,
    );
    let catalog = document("catalog", CATALOG);
    let outer = format!(
        r##""imports": [{{"href": "#{0}", "include-controls": [{{"with-ids": ["b1"]}}]}}],
        "back-matter": {{"resources": [{{"uuid": "{0}", "rlinks": [{{"href": "x/p.xml"}}, {{"href": "gone.json"}},
        {{"href": "x/p", "media-type": "application/oscal.profile+json"}}]}}]}}"##,
        uuid(61)
    );
    let files = [("x/p", inner), ("c.json", catalog)];
    assert_eq!(brief(&resolved(&outer, &files).unwrap()), "<a1.2_p> b1");
}

#[test]
fn imports_that_cannot_be_followed() {
    let importing = |number: u32, href: &str| {
        let mut profile = profile(&format!(r#""imports": [{{"href": "{href}"}}]"#));
        profile.uuid = uuid(number);
        Document::from(profile)
    };
    let other = document("component-definition", "");
    for (href, files, expected) in [
        ("gone.json", vec![], "the import `gone.json` cannot be read: no such file"),
        ("#none", vec![], "the import `#none` names no resource of the profile's back matter"),
        (
            "o",
            vec![("o", other)],
            "the import `o` is neither a catalog nor a profile, but has the key `component-definition`",
        ),
        ("", vec![], "the profile imports itself: `the profile` imports `the profile`"),
        ("p", vec![("p", importing(2, "p"))], "the profile imports itself: `p` imports `p`"),
        (
            "p",
            vec![("p", importing(2, "q")), ("q", importing(3, "p"))],
            "the profile imports itself: `p` imports `q` imports `p`",
        ),
        (
            "p",
            vec![("p", importing(2, "./p")), ("./p", importing(2, "p"))],
            "the import `./p` has the uuid of `p`, which imports it: a copy needs a uuid of its own",
        ),
        (
            "p",
            vec![("p", importing(99, "q"))],
            "the import `p` has the uuid of `the profile`, which imports it: a copy needs a uuid of its own",
        ),
    ] {
        let fields = format!(r#""imports": [{{"href": "{href}"}}]"#);
        assert_eq!(resolved(&fields, &files).unwrap_err().to_string(), expected, "{href}");
    }
    let resource = uuid(71);
    let fields = format!(
        r##""imports": [{{"href": "#{resource}"}}],
        "back-matter": {{"resources": [{{"uuid": "{resource}", "rlinks": [{{"href": "c.xml"}}]}}]}}"##
    );
    let expected = format!("the import `#{resource}` names a resource without a link to JSON or YAML");
    assert_eq!(resolved(&fields, &[]).unwrap_err().to_string(), expected);
}

#[test]
fn a_chain_of_profiles_ends() {
    let mut count = 0;
    let first = profile(r#""imports": [{"href": "p"}]"#);
    let error = resolve(&first, |_| {
        count += 1;
        let mut next = profile(&format!(r#""imports": [{{"href": "p{count}"}}]"#));
        next.uuid = uuid(1000 + count);
        Ok(next.into())
    });
    assert_eq!(
        error.unwrap_err().to_string(),
        "the import `p10` comes after 10 others, and no more are followed"
    );
}

#[test]
fn what_grows_without_bound_is_refused() {
    let prose = "x".repeat(1_000_000);
    let catalog = catalog(&format!(
        r#""controls": [{{"id": "a", "title": "A", "parts": [{{"name": "n", "prose": "{prose}"}}]}}]"#
    ));
    let imports = vec![r#"{"href": "c"}"#; 1000].join(",");
    let error = resolve(&profile(&format!(r#""imports": [{imports}]"#)), |_| Ok(catalog.clone().into()));
    assert_eq!(error, Err(OscalError::TooMuch));
    let part = format!("{}{}", r#"{"id": "p", "name": "n", "parts": ["#.repeat(40), r#"{"name": "n"}"#)
        + &"]}".repeat(40);
    let fields = format!(
        r#""imports": [{{"href": "c"}}], "modify": {{"alters": [{{"control-id": "a", "adds": [{{"parts": [{part}]}},
        {{"by-id": "p", "parts": [{part}]}}]}}]}}"#
    );
    assert!(resolve(&profile(&fields), |_| Ok(catalog.clone().into())).is_ok());
    let fields = fields.replace(r#""by-id": "p", "#, r#""by-id": "q", "#).replacen(
        r#"{"name": "n"}"#,
        r#"{"id": "q", "name": "n"}"#,
        1,
    );
    let error = resolve(&profile(&fields), |_| Ok(catalog.clone().into())).unwrap_err();
    assert_eq!(error.to_string(), "the parts of `a` lie more than 50 deep");
}

#[test]
fn the_result_has_a_name_of_its_own() {
    let fields = r#""imports": [{"href": "c.json"}]"#;
    let files = |fields: &str| [("c.json", document("catalog", fields))];
    let first = resolved(fields, &files(CATALOG)).unwrap();
    assert_eq!(first, resolved(fields, &files(CATALOG)).unwrap());
    let changed = resolved(fields, &files(&CATALOG.replace("Top", "Other"))).unwrap();
    assert_ne!(first.uuid, changed.uuid);
    assert_eq!((&*first.metadata.title, &*first.metadata.props[0].name), ("A title", "resolution-tool"));
    assert!(onus_oscal::check(&first.into(), &[]).is_empty());
}
