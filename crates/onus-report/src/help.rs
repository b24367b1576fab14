//! What helps with an open duty, on a page for a terminal.

use crate::text::{Ink, Line, Page};
use onus_knowledge::Knowledge;
use onus_model::{Help, Layer};

/// More of a kind than this is a catalogue, not help.
const MAX_OF_A_KIND: usize = 5;

/// What helps at a layer: AWS services, kinds of products, partners, and reading; nothing where nothing is known.
pub(crate) fn write(page: &mut Page, knowledge: &Knowledge, layer: Layer, service: Option<&str>) {
    let help = knowledge.help(layer, service);
    for native in help.iter().flat_map(|help| &help.native).take(MAX_OF_A_KIND) {
        entry(page, "Use", &native.name, &format!("{} {}", native.purpose, native.source));
    }
    let kinds = first(&help, |help| help.products.iter().map(|product| product.kind.as_str()).collect());
    if !kinds.is_empty() {
        entry(page, "Products", "", &kinds.join(", "));
    }
    let partners = first(&help, |help| help.competencies.iter().map(|link| link.title.as_str()).collect());
    if !partners.is_empty() {
        entry(page, "Partners", "", &partners.join(", "));
    }
    for link in help.iter().flat_map(|help| &help.learn).take(MAX_OF_A_KIND) {
        entry(page, "Read", &link.title, &link.source);
    }
}

/// The same in one paragraph, without the links.
pub(crate) fn brief(page: &mut Page, knowledge: &Knowledge, layer: Layer, title: &str) {
    let help = knowledge.help(layer, None);
    let lists = [
        ("", first(&help, |help| help.native.iter().map(|native| native.name.as_str()).collect())),
        (
            "products: ",
            first(&help, |help| help.products.iter().map(|product| product.kind.as_str()).collect()),
        ),
        (
            "partners: ",
            first(&help, |help| help.competencies.iter().map(|link| link.title.as_str()).collect()),
        ),
        ("reading: ", first(&help, |help| help.learn.iter().map(|link| link.title.as_str()).collect())),
    ];
    let parts = lists.iter().filter(|(_, names)| !names.is_empty());
    let parts: Vec<String> = parts.map(|(what, names)| format!("{what}{}", names.join(", "))).collect();
    page.hanging(0, &Line::new().with(Ink::BOLD, title).with(Ink::PLAIN, &format!(": {}", parts.join("; "))));
}

fn first<'h>(help: &[&'h Help], of: impl Fn(&'h Help) -> Vec<&'h str>) -> Vec<&'h str> {
    help.iter().flat_map(|help| of(help)).take(MAX_OF_A_KIND).collect()
}

fn entry(page: &mut Page, kind: &str, name: &str, text: &str) {
    let mut line = Line::new().with(Ink::DIM, kind).with(Ink::PLAIN, " ");
    if !name.is_empty() {
        line = line.with(Ink::BOLD, name).with(Ink::PLAIN, ". ");
    }
    page.hanging(2, &line.with(Ink::PLAIN, text));
}
