//! Aligned tables for people.

use super::Listing;
use crate::Screen;
use crate::facts::counted;
use crate::text::{Ink, Line, Page, Table};
use onus_check::Severity;
use onus_knowledge::Knowledge;
use onus_model::{Case, Service};

/// A list.
pub fn write(listing: Listing, knowledge: &Knowledge, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    match listing {
        Listing::Services => services(knowledge).draw(&mut page),
        Listing::Layers => layers(knowledge).draw(&mut page),
        Listing::Checks => checks(knowledge).draw(&mut page),
        Listing::Frameworks => frameworks(knowledge).draw(&mut page),
        Listing::Programs => programs(knowledge).draw(&mut page),
    }
    page.finish()
}

fn plain(text: &str) -> Line {
    Line::new().with(Ink::PLAIN, text)
}

fn bold(text: &str) -> Line {
    Line::new().with(Ink::BOLD, text)
}

fn services(knowledge: &Knowledge) -> Table {
    let mut table = Table::default();
    for service in &knowledge.services {
        let text = plain(&service.name).with(Ink::DIM, &choices(service));
        table.row([bold(&service.id), plain(service.category.as_str()), text]);
    }
    table
}

/// ` (on EC2, on Fargate; moved by runtime updates)`
fn choices(service: &Service) -> String {
    let titles = |cases: &[Case]| cases.iter().map(|case| case.title.as_str()).collect::<Vec<_>>().join(", ");
    let settings: Vec<_> = service.settings.iter().map(|setting| setting.title.as_str()).collect();
    match (service.variants.as_slice(), settings.as_slice()) {
        ([], []) => String::new(),
        (cases, []) => format!(" ({})", titles(cases)),
        ([], settings) => format!(" (moved by {})", settings.join(", ")),
        (cases, settings) => format!(" ({}; moved by {})", titles(cases), settings.join(", ")),
    }
}

fn layers(knowledge: &Knowledge) -> Table {
    let mut table = Table::default();
    for facts in &knowledge.layers {
        table.row([bold(facts.layer.as_str()), plain(&facts.what)]);
    }
    table
}

fn checks(knowledge: &Knowledge) -> Table {
    let mut table = Table::default();
    for check in &knowledge.checks {
        let style = match check.severity {
            Severity::Critical | Severity::High => Ink::BAD,
            Severity::Medium => Ink::OPEN,
            Severity::Low => Ink::PLAIN,
        };
        let hub = if check.security_hub.is_empty() {
            String::new()
        } else {
            let controls: Vec<_> = check.security_hub.iter().map(ToString::to_string).collect();
            format!(" ({})", controls.join(", "))
        };
        let text = plain(&check.title).with(Ink::DIM, &hub);
        table.row([bold(&check.id), Line::new().with(style, check.severity.as_str()), text]);
    }
    table
}

fn frameworks(knowledge: &Knowledge) -> Table {
    let mut table = Table::default();
    for framework in &knowledge.frameworks {
        let count = counted(knowledge.controls(framework).len(), "control");
        table.row([bold(&framework.id), plain(&count), plain(&framework.title)]);
    }
    table
}

fn programs(knowledge: &Knowledge) -> Table {
    let mut table = Table::default();
    for program in &knowledge.programs {
        let lists = program.scopes.iter().map(|scope| {
            let count = counted(scope.in_scope.len(), "service");
            format!("{count} in {} as of {}", scope.partition, scope.as_of)
        });
        let lists = lists.collect::<Vec<_>>().join(", ");
        let lists = if lists.is_empty() { String::new() } else { format!(" ({lists})") };
        let text = plain(&program.name).with(Ink::DIM, &lists);
        table.row([bold(&program.id), plain(program.kind.as_str()), text]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::knowledge;
    use crate::text::assert_fits;

    const ALL: [Listing; 5] =
        [Listing::Services, Listing::Layers, Listing::Checks, Listing::Frameworks, Listing::Programs];

    #[test]
    fn every_list() {
        let lists = ALL.map(|listing| write(listing, &knowledge(), &Screen::default()));
        insta::assert_snapshot!(lists.join("\n"));
    }

    #[test]
    fn every_list_fits_every_width() {
        for listing in ALL {
            for width in [40, 61, 80, 200] {
                assert_fits(&write(listing, &knowledge(), &Screen { width, ..Screen::default() }), width);
            }
        }
    }
}
