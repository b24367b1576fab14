//! The answer for people.

use super::facts::{base, differs, duty, layers, party_word};
use crate::Screen;
use crate::text::{Ink, Line, Page, Table, clean, place_headings, width};
use anstyle::Style;
use onus_knowledge::Knowledge;
use onus_model::{Case, Duty, Layer, Service, Setting};

/// Who is responsible for each layer of a service, or for the one that is asked for, with both parties' parts.
///
/// Variants stand side by side first, then what differs between them; then the settings that move a layer.
pub fn write(service: &Service, layer: Option<Layer>, knowledge: &Knowledge, screen: &Screen) -> String {
    let mut answer =
        Answer { page: Page::new(screen), service, knowledge, asked: layer, sources: Vec::new() };
    answer.opening();
    if !service.variants.is_empty() {
        answer.side_by_side();
        answer.differences();
    }
    answer.settled();
    for setting in &service.settings {
        answer.setting(setting);
    }
    answer.help();
    answer.sources();
    answer.page.finish()
}

struct Answer<'a> {
    page: Page,
    service: &'a Service,
    knowledge: &'a Knowledge,
    asked: Option<Layer>,
    /// Those named so far, in the order of their numbers.
    sources: Vec<&'a str>,
}

impl<'a> Answer<'a> {
    fn opening(&mut self) {
        let category = self.service.category.as_str();
        let line = Line::new().with(Ink::BOLD, &self.service.name).with(Ink::DIM, &format!(", {category}"));
        self.page.line(&line);
        if let Some(facts) =
            self.asked.and_then(|layer| self.knowledge.layers.iter().find(|facts| facts.layer == layer))
        {
            self.page.paragraph(&Line::new().with(Ink::DIM, &format!("{}: {}", facts.title, facts.what)));
        }
        if let Some(layer) = self.asked.filter(|layer| !layer.is_of_service()) {
            let text = format!("{} belongs to the workload as a whole, not to a service.", self.title(layer));
            self.page.paragraph(&Line::new().with(Ink::PLAIN, &text));
        }
    }

    fn title(&self, layer: Layer) -> &'a str {
        let facts = self.knowledge.layers.iter().find(|facts| facts.layer == layer);
        facts.map_or(layer.as_str(), |facts| &facts.title)
    }

    /// A row per layer, a column per variant, the party in each cell.
    fn side_by_side(&mut self) {
        let cases = &self.service.variants;
        let label = layers(self.asked).map(|layer| width(self.title(layer))).max().unwrap_or(0).min(25) + 4;
        let room = self.page.width().saturating_sub(label);
        let fit = (room / MIN_COLUMN).max(1);
        self.page.heading("Side by side");
        for cases in cases.chunks(cases.len().div_ceil(cases.len().div_ceil(fit))) {
            let pitch = (room / cases.len()).clamp(MIN_COLUMN, MAX_COLUMN);
            self.page.blank();
            self.variant_headings(cases, label, pitch);
            for layer in layers(self.asked) {
                self.variant_row(cases, layer, label, pitch);
            }
        }
        let moves = layers(self.asked).any(|layer| differs(self.service, cases, layer));
        let note = if moves {
            "* another party   ~ the same party with other work"
        } else {
            "The variants do not differ here."
        };
        self.page.blank();
        self.page.line(&Line::new().with(Ink::DIM, note));
        self.page.blank();
        self.conditions(cases);
    }

    fn variant_headings(&mut self, cases: &[Case], label: usize, pitch: usize) {
        let titles: Vec<_> = cases.iter().map(|case| clean(&case.title)).collect();
        let titles: Vec<_> = titles.iter().map(AsRef::as_ref).collect();
        let leader = if self.page.ascii() { '|' } else { '│' };
        for pieces in place_headings(&titles, pitch, self.page.width() - label, leader) {
            let mut line = Line::new();
            for (at, text) in pieces {
                line.pad_to(label + at);
                line.push(Ink::BOLD, &text);
            }
            self.page.line(&line);
        }
    }

    fn variant_row(&mut self, cases: &[Case], layer: Layer, label: usize, pitch: usize) {
        let variants = &self.service.variants;
        let parties = variants.iter().map(|case| party_word(duty(self.service, case, layer)));
        let mark = match differs(self.service, variants, layer) {
            true if parties.clone().any(|party| parties.clone().any(|other| other != party)) => "* ",
            true => "~ ",
            false => "  ",
        };
        let mut line = Line::new().with(Ink::OPEN, mark);
        line.push(Ink::PLAIN, &crate::text::cut(self.title(layer), label - 4));
        for (at, case) in cases.iter().enumerate() {
            line.pad_to(label + at * pitch);
            let word = party_word(duty(self.service, case, layer));
            line.push(party_style(word), word);
        }
        self.page.line(&line);
    }

    fn differences(&mut self) {
        for layer in layers(self.asked).filter(|layer| differs(self.service, &self.service.variants, *layer))
        {
            self.page.heading(self.title(layer));
            // Variants that agree stand together.
            let mut parts: Vec<(Option<&Duty>, Vec<&str>)> = Vec::new();
            for case in &self.service.variants {
                let duty = duty(self.service, case, layer);
                match parts.iter_mut().find(|(other, _)| *other == duty) {
                    Some((_, titles)) => titles.push(&case.title),
                    None => parts.push((duty, vec![&case.title])),
                }
            }
            for (duty, titles) in parts {
                self.part(&titles.join(", "), duty);
            }
        }
    }

    /// A title with a party, and what each party does.
    fn part(&mut self, title: &str, duty: Option<&'a Duty>) {
        self.page.blank();
        self.titled(Line::new().with(Ink::BOLD, &format!("  {title}")), party_word(duty));
        self.statements(duty);
    }

    /// What chooses each case, once.
    fn conditions(&mut self, cases: &[Case]) {
        let mut table = Table::default();
        for case in cases {
            let when = match &case.when {
                Some(when) => format!("when {}", when.source),
                None => "otherwise".to_owned(),
            };
            table.row([Line::new().with(Ink::BOLD, &case.title), Line::new().with(Ink::DIM, &when)]);
        }
        table.draw(&mut self.page);
    }

    /// A title at the left, a party at the right.
    fn titled(&mut self, title: Line, word: &str) {
        let right = self.page.width().saturating_sub(width(word));
        let mut line = title;
        if line.width() + 2 > right {
            // A long title takes lines of its own, and the party stands at the end of the last.
            let mut lines = line.flow(right.saturating_sub(4));
            line = lines.pop().unwrap_or_default();
            lines.iter().for_each(|line| self.page.entry(&Line::new(), 2, line));
            line = Line::new().with(Ink::PLAIN, "  ").joined(line);
        }
        line.pad_to(right);
        line.push(party_style(word), word);
        self.page.line(&line);
    }

    /// The layers that no variant moves.
    fn settled(&mut self) {
        let service = self.service;
        let settled = |layer: &Layer| !differs(service, &service.variants, *layer);
        let mut settled = layers(self.asked).filter(settled).peekable();
        if settled.peek().is_none() {
            return;
        }
        let heading = match service.variants.is_empty() {
            true => "Layer by layer",
            false => "The same in every variant",
        };
        self.page.heading(heading);
        for layer in settled {
            // What the variants share may be another thing than the service's own.
            let duty = service
                .variants
                .first()
                .map_or_else(|| base(service, layer), |case| duty(service, case, layer));
            self.part(self.title(layer), duty);
        }
    }

    fn statements(&mut self, duty: Option<&'a Duty>) {
        match duty {
            Some(Duty::Assigned(assignment)) => {
                let numbers = self.numbered(&assignment.sources);
                let parts = [
                    ("AWS", Ink::AWS, &assignment.provision),
                    ("You", Ink::CUSTOMER, &assignment.responsibility),
                ];
                for (label, style, text) in parts {
                    if let Some(text) = text {
                        let text = Line::new().with(Ink::PLAIN, text).with(Ink::DIM, &numbers);
                        self.page.entry(&Line::new().with(style, &format!("  {label}")), 7, &text);
                    }
                }
            }
            Some(Duty::NotApplicable(reason)) => self.remark(reason),
            None => self.remark("nothing is known"),
        }
    }

    fn remark(&mut self, text: &str) {
        self.page.entry(&Line::new(), 2, &Line::new().with(Ink::DIM, text));
    }

    /// ` [1, 4]`: the places of sources in the list at the end, to which new ones are added.
    fn numbered(&mut self, sources: &'a [String]) -> String {
        let numbers: Vec<_> = sources.iter().map(|source| self.number(source).to_string()).collect();
        if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(",")) }
    }

    fn number(&mut self, source: &'a str) -> usize {
        let known = self.sources.iter().position(|known| *known == source);
        known.unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        }) + 1
    }

    /// A further choice, as far as it moves what was asked for.
    fn setting(&mut self, setting: &'a Setting) {
        let service = self.service;
        let moved =
            |layer: &Layer| setting.cases.iter().any(|case| case.layers.iter().any(|(own, _)| own == layer));
        let moved: Vec<_> = layers(self.asked).filter(moved).collect();
        if moved.is_empty() {
            return;
        }
        self.page.heading(&format!("Moved by {}", setting.title));
        self.page.blank();
        self.conditions(&setting.cases);
        for layer in moved {
            for case in &setting.cases {
                let title = format!("{}, {}", self.title(layer), case.title);
                self.part(&title, duty(service, case, layer));
            }
        }
    }

    /// What helps, where one layer is asked for and the customer may have a part in it.
    fn help(&mut self) {
        let Some(layer) = self.asked else { return };
        let service = self.service;
        let own = |duty: &Duty| duty.party().is_some_and(|party| party.has_customer());
        let cases = service.choices().flatten().map(|case| duty(service, case, layer));
        if !cases.chain([base(service, layer)]).flatten().any(own)
            || self.knowledge.help(layer, None).is_empty()
        {
            return;
        }
        self.page.heading("What helps with your part");
        self.page.blank();
        crate::help::write(&mut self.page, self.knowledge, layer, Some(&service.id));
    }

    fn sources(&mut self) {
        for source in
            self.service.choices().flatten().flat_map(|case| &case.sources).chain(&self.service.sources)
        {
            self.number(source);
        }
        self.page.heading(&format!("Sources, as of {}", self.service.read));
        self.page.blank();
        for (at, source) in self.sources.iter().enumerate() {
            let label = Line::new().with(Ink::DIM, &format!("{:>4}", format!("[{}]", at + 1)));
            self.page.entry(&label, 5, &Line::new().with(Ink::PLAIN, source));
        }
    }
}

/// The narrowest column of variants: the longest word and a gap.
const MIN_COLUMN: usize = 7;
/// Wider columns only spread the table.
const MAX_COLUMN: usize = 20;

fn party_style(word: &str) -> Style {
    match word {
        "yours" => Ink::CUSTOMER,
        "AWS's" => Ink::AWS,
        "both" => Ink::OPEN,
        _ => Ink::DIM,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::knowledge;
    use crate::text::assert_fits;

    fn who(service: &str, layer: Option<Layer>) -> String {
        let knowledge = knowledge();
        write(knowledge.service(service).unwrap(), layer, &knowledge, &Screen::default())
    }

    #[test]
    fn a_service_with_variants() {
        insta::assert_snapshot!(who("ecs", None));
    }

    #[test]
    fn one_layer_of_a_service_with_variants() {
        insta::assert_snapshot!(who("ecs", Some(Layer::GuestOs)));
    }

    #[test]
    fn a_service_with_a_setting() {
        insta::assert_snapshot!(who("lambda", Some(Layer::Platform)));
    }

    #[test]
    fn every_answer_fits_every_width() {
        let knowledge = knowledge();
        for service in &knowledge.services {
            for layer in std::iter::once(None).chain(Layer::ALL.map(Some)) {
                for width in [40, 57, 80, 132] {
                    let screen = Screen { width, ..Screen::default() };
                    assert_fits(&write(service, layer, &knowledge, &screen), width);
                }
            }
        }
    }
}
