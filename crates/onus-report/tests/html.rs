//! The HTML page as a whole.

mod support;

use onus_assess::Assessment;
use onus_model::{Category, Layer};
use onus_report::html::write;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use support::{large, web_shop};

fn page(assessment: &Assessment) -> String {
    write(assessment).expect("a page")
}

/// The parts of the page between two texts, from the first on.
fn between<'a>(page: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    page.split(from).skip(1).filter_map(|rest| Some(rest.split_once(to)?.0)).collect()
}

/// The text of a piece of markup.
fn text(markup: &str) -> String {
    let mut out = String::new();
    for piece in markup.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The drawing of the columns.
fn drawing(page: &str) -> String {
    let [inner] = between(page, r#"<svg id="chart-svg""#, "</svg>")[..] else { panic!("one drawing") };
    format!(r#"<svg id="chart-svg"{inner}</svg>"#)
}

#[test]
fn the_outline_of_the_page() {
    let page = page(&web_shop());
    let (_, body) = page.split_once("<body>").expect("a body");
    let mut outline = String::new();
    for (at, _) in body.match_indices('<') {
        let rest = &body[at..];
        let name = rest[1..].split([' ', '>']).next().unwrap_or_default();
        match name {
            "header" | "nav" | "main" | "aside" | "footer" | "form" | "figure" | "section" => {
                outline += &format!("{name}\n");
            }
            "h1" | "h2" | "h3" => {
                let heading = rest.split(&format!("</{name}>")).next().unwrap_or_default();
                outline += &format!("  {name} {}\n", text(heading));
            }
            _ => {}
        }
    }
    insta::assert_snapshot!(outline);
}

#[test]
fn the_one_sentence_and_the_order_of_what_is_not_met() {
    let page = page(&web_shop());
    let lead = text(between(&page, r#"<p class="lead">"#, "</p>")[0]);
    assert_eq!(
        lead,
        "AWS carries 75 duties. 74 are yours: 2 are met, 8 are not, 61 need evidence, 1 is waived, and 2 could not be decided."
    );
    let severities: Vec<&str> = between(&page, r#"<article class="g not-met""#, ">")
        .into_iter()
        .filter_map(|tag| between(tag, r#"data-v=""#, "\"").first().copied())
        .collect();
    assert_eq!(severities, ["critical", "high", "high", "high", "medium", "medium", "medium", "medium"]);
}

#[test]
fn the_drawing_is_well_formed_and_every_cell_has_a_title_and_a_detail() {
    for assessment in [web_shop(), large(35, 50)] {
        let page = page(&assessment);
        let drawing = drawing(&page);
        let mut reader = quick_xml::Reader::from_str(&drawing);
        let (mut cells, mut open, mut titled) = (0, None, true);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) if tag.name().as_ref() == b"a" => {
                    assert!(titled, "the cell before has no title");
                    let attribute = |name: &str| {
                        let value = tag.try_get_attribute(name).expect("well-formed")?;
                        Some(String::from_utf8_lossy(&value.value).into_owned())
                    };
                    let href = attribute("href").expect("a link");
                    assert!(page.contains(&format!(r#" id="{}""#, &href[1..])), "{href} leads nowhere");
                    cells += usize::from(attribute("class").as_deref() == Some("cell"));
                    titled = false;
                }
                Event::Start(tag) => open = Some(tag.name().as_ref().to_vec()),
                Event::Text(words) => titled |= open.as_deref() == Some(b"title") && !words.is_empty(),
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(cells, assessment.columns.len() * 16);
        assert!(titled);
    }
}

#[test]
fn columns_stand_from_infrastructure_to_abstracted_and_the_line_rises_within_a_category() {
    let mut assessment = web_shop();
    assessment.columns.swap(6, 8);
    let page = page(&assessment);
    let heads: Vec<&str> = between(&page, r#"<a class="head" href="\#"#.replace('\\', "").as_str(), "\"");
    assert_eq!(heads.len(), 9);
    let category = |anchor: &str| {
        let column = assessment.columns.iter().find(|c| {
            let variant = c.variant.as_ref().map_or(String::new(), |variant| format!("-{variant}"));
            format!("s-{}{variant}", c.service) == anchor
        });
        column.map_or(Category::Abstracted, |column| column.category)
    };
    assert!(heads.is_sorted_by_key(|anchor| category(anchor)), "{heads:?}");
    let rows: Vec<&str> = between(&page, r#"<text class="lay" x="176" y=""#, "<")
        .into_iter()
        .filter_map(|row| Some(row.split_once('>')?.1))
        .collect();
    let titles: Vec<String> = support::layers()
        .into_iter()
        .filter(|facts| facts.layer.is_of_service())
        .map(|facts| facts.title.replace('&', "&#38;"))
        .collect();
    assert_eq!(rows, titles);
    let line = between(&page, r#"<path class="line" d=""#, "\"");
    let heights: Vec<f64> = line[0]
        .split(['M', 'V'])
        .skip(1)
        .filter_map(|piece| piece.split('H').next()?.split(' ').next_back()?.parse().ok())
        .collect();
    assert!(
        heights.len() >= 3 && heights.is_sorted_by(|a, b| a > b),
        "the line rises to the right: {heights:?}"
    );
}

#[test]
fn the_table_says_what_the_drawing_says() {
    let page = page(&web_shop());
    let table = between(&page, r#"<table class="duties">"#, "</table>")[0];
    let rows: Vec<Vec<String>> = between(table, "<tr>", "</tr>")
        .into_iter()
        .map(|row| between(row, "<t", "</t").into_iter().map(|cell| text(&format!("<t{cell}"))).collect())
        .collect();
    assert_eq!(rows.len(), 17);
    assert!(rows.iter().all(|row| row.len() == 10));
    let platform = rows.iter().find(|row| row[0].starts_with("Platform")).expect("a row");
    assert_eq!(platform[3], "both, your part not met");
    assert_eq!(platform[5], "undetermined: AWS’s or both");
    assert_eq!(platform[7], "AWS’s");
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    for assessment in [web_shop(), large(12, 60)] {
        let page = page(&assessment);
        assert!(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "));
        for loading in [
            " src=", "srcset=", "@import", "<iframe", "<object", "<embed", "<img", "fetch(", "XMLHttp",
            "url(http", "url(//", "url('", "url(\"",
        ] {
            assert!(!page.contains(loading), "{loading}");
        }
        let hrefs = between(&page, "href=\"", "\"");
        assert!(
            hrefs
                .iter()
                .all(|href| href.starts_with('#') || href.starts_with("https://") || *href == "data:,")
        );
        let links: Vec<&str> = between(&page, "<link", ">");
        assert_eq!(links, [r#" rel="icon" href="data:,""#]);
        for before in page.split("href=\"https://").collect::<Vec<_>>().split_last().expect("some").1 {
            let tag = before.rsplit_once('<').expect("a tag").1;
            assert!(tag.starts_with("a ") && tag.contains("noopener"), "{tag}");
        }
    }
}

#[test]
fn ids_are_unique_and_links_within_the_page_lead_somewhere() {
    let mut assessment = large(40, 300);
    // Two columns whose ids would be the same.
    assessment.columns[1].service = "EC2".into();
    let page = page(&assessment);
    let ids = between(&page, " id=\"", "\"");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for target in between(&page, "href=\"#", "\"") {
        assert!(unique.contains(target), "#{target}");
    }
}

const HOSTILE: &str = "</script></title><img src=x onerror=alert(1)>\"' & `</code>` \u{202e}\0{{ x }}";

#[test]
fn hostile_text_stays_text() {
    let mut assessment = web_shop();
    assessment.system = HOSTILE.into();
    assessment.inputs.push(HOSTILE.into());
    for column in &mut assessment.columns {
        (column.heading, column.name, column.service) = (HOSTILE.into(), HOSTILE.into(), HOSTILE.into());
    }
    for duty in &mut assessment.responsibilities {
        duty.because = HOSTILE.into();
        duty.provision = Some(HOSTILE.into());
        duty.sources = vec!["javascript:alert(1)".into(), format!("https://a/{HOSTILE}")];
    }
    for finding in &mut assessment.findings {
        (finding.message, finding.check) = (HOSTILE.into(), HOSTILE.into());
    }
    for resource in &mut assessment.workload.resources {
        (resource.address, resource.resource_type) = (HOSTILE.into(), HOSTILE.into());
    }
    for problem in &mut assessment.problems {
        (problem.message, problem.help) = (HOSTILE.into(), Some(HOSTILE.into()));
    }
    for waiver in &mut assessment.waivers {
        (waiver.rule, waiver.reason, waiver.source) = (HOSTILE.into(), Some(HOSTILE.into()), HOSTILE.into());
    }
    for control in &mut assessment.controls {
        (control.title, control.control, control.framework) =
            (HOSTILE.into(), HOSTILE.into(), HOSTILE.into());
    }
    let page = page(&assessment);
    assert!(!page.contains("<img"), "markup got through");
    assert_eq!(page.matches("</script>").count(), 1);
    assert!(!page.contains(['\0', '\u{202e}']));
    assert!(!page.contains("href=\"javascript"));
    let drawing = drawing(&page);
    let mut reader = quick_xml::Reader::from_str(&drawing);
    while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {}
}

#[test]
fn long_names_are_elided_and_whole_in_a_title() {
    let mut assessment = web_shop();
    let long = format!("start{}end", "x".repeat(10_000));
    assessment.columns[0].heading = long.clone();
    assessment.workload.resources[0].address = long.clone().into();
    let page = page(&assessment);
    assert!(page.contains(&format!("title=\"{long}\"")));
    let shown = page.replace(&format!("title=\"{long}\""), "");
    assert!(!shown.contains(&"x".repeat(400)), "a long name is shown in full");
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    assert_eq!(page(&web_shop()), page(&web_shop()));
    assert_eq!(page(&large(20, 200)), page(&large(20, 200)));
}

#[test]
fn five_thousand_findings_keep_the_page_small_and_it_says_what_it_leaves_out() {
    let page = page(&large(35, 5_000));
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    assert!(page.contains("are without their source lines"));
    assert!(!page.contains("are not on this page"));
}

#[test]
fn an_empty_assessment_is_a_page_too() {
    let page = page(&support::Builder::new("nothing").finish());
    assert!(page.contains("None is yours."));
    assert!(page.contains("No service was found"));
    assert!(!page.contains("NaN") && !page.contains("inf\""));
}

#[test]
fn a_resource_of_no_service_and_knowledge_without_facts_do_no_harm() {
    let mut assessment = web_shop();
    assessment.knowledge = std::sync::Arc::default();
    for placement in &mut assessment.placements {
        placement.column = None;
    }
    assessment.columns[0].cells.retain(|cell| cell.layer != Layer::Platform);
    assert!(page(&assessment).contains("ec2-imdsv2"));
}

/// Writes the pages to look at: `cargo test -p onus-report --test html -- --ignored`.
#[test]
#[ignore = "for people: writes the pages of the fixtures into the target folder"]
fn pages_to_look_at() {
    for (name, assessment) in
        [("web-shop", web_shop()), ("large", large(35, 600)), ("huge", large(35, 5_000))]
    {
        let path = format!("{}/{name}.html", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&path, page(&assessment)).expect("a writable target folder");
        println!("{path}");
    }
}
