//! What each party does, in sentences: worked out once per layer, put together per statement.

use onus_assess::{Assessment, Column, LayerShare, Responsibility, StatementAnswer};
use onus_model::{LAYER_COUNT, Layer, Relation};

/// A cell names no more services than this before it counts the rest.
const MAX_NAMED: usize = 8;
/// A cell tells no more different duties at a layer than this; the sheet by service has them all.
const MAX_DUTIES: usize = 4;

/// The texts of each layer.
pub(crate) struct Parts {
    layers: Vec<LayerTexts>,
}

/// What is said of a layer, whichever control asks.
#[derive(Clone, Debug, Default)]
struct LayerTexts {
    title: String,
    /// What AWS provides where it has a part.
    provided: Option<String>,
    /// Where the customer has a part, and what it is.
    duty: Option<String>,
    /// The services in which the customer has a part.
    customer_in: Option<String>,
}

impl Parts {
    pub(crate) fn new(assessment: &Assessment) -> Self {
        let mut layers = vec![LayerTexts::default(); LAYER_COUNT];
        for layer in Layer::ALL {
            layers[layer.index()] = texts(assessment, layer);
        }
        Self { layers }
    }

    /// What AWS does for a statement; empty where it has no part.
    pub(crate) fn of_aws(&self, statement: &StatementAnswer) -> String {
        let sentences = statement.layers.iter().filter_map(|primary| self.aws_at(primary));
        sentences.collect::<Vec<_>>().join(" ")
    }

    /// What the customer does at a layer, whatever the statement; none where it has no part there.
    pub(crate) fn duty_at(&self, layer: Layer) -> Option<&str> {
        self.layers[layer.index()].duty.as_deref()
    }

    /// What AWS does for a statement at one of its layers.
    pub(crate) fn aws_at(&self, primary: &LayerShare) -> Option<String> {
        let texts = &self.layers[primary.layer.index()];
        let (title, share) = (&texts.title, primary.share);
        if share.may_be_covered() {
            let provided = texts.provided.as_deref().unwrap_or_default();
            return Some(format!("{title}: {provided}"));
        }
        match primary.relation? {
            Relation::Enables if share.may_have_customer() => {
                Some(format!("{title}: AWS supplies the mechanism; your settings decide the outcome."))
            }
            Relation::Parallel if share.may_have_customer() => Some(format!(
                "{title}: AWS does the same for its own people and systems, which discharges nothing here."
            )),
            _ => None,
        }
    }

    /// What the customer does for a statement; empty where there is nothing to do.
    pub(crate) fn of_customer(&self, statement: &StatementAnswer) -> String {
        let mut places = Vec::new();
        let mut duties = Vec::new();
        for primary in statement.layers.iter().filter(|primary| primary.share.may_have_customer()) {
            let texts = &self.layers[primary.layer.index()];
            match primary.layer {
                Layer::Organization => places.push("as an organization".to_owned()),
                Layer::Endpoints => places.push("on your devices and in your offices".to_owned()),
                _ => places.push(texts.customer_in.clone().unwrap_or_else(|| texts.title.clone())),
            }
            duties.extend(texts.duty.clone());
        }
        if places.is_empty() {
            return String::new();
        }
        let mut text = format!("To do: {} Where: {}.", sentence(&statement.gist), places.join("; "));
        for duty in duties {
            text.push(' ');
            text.push_str(&duty);
        }
        text
    }
}

/// A text that ends as a sentence does.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn texts(assessment: &Assessment, layer: Layer) -> LayerTexts {
    let facts = assessment.knowledge.layers.iter().find(|facts| facts.layer == layer);
    let title = facts.map_or_else(|| layer.as_str().to_owned(), |facts| facts.title.clone());
    let of = || assessment.responsibilities.iter().filter(|duty| duty.layer == layer);
    let with_aws: Vec<&Responsibility> = of().filter(|duty| duty.provision.is_some()).collect();
    let with_customer: Vec<&Responsibility> = of().filter(|duty| duty.holder.may_have_customer()).collect();
    let provided = told(assessment, &with_aws, |duty| duty.provision.as_deref());
    let duty = told(assessment, &with_customer, |duty| duty.responsibility.as_deref());
    let names = names(assessment, &with_customer);
    LayerTexts {
        provided: (!with_aws.is_empty()).then_some(provided),
        duty: (!with_customer.is_empty() && !duty.is_empty()).then(|| format!("{title}: {duty}")),
        customer_in: (!names.is_empty()).then(|| format!("{} ({names})", title.to_lowercase())),
        title,
    }
}

/// The headings of the columns of some duties, each once.
fn names(assessment: &Assessment, duties: &[&Responsibility]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for duty in duties {
        let name = heading(assessment, duty);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    listed(&names)
}

fn listed(names: &[&str]) -> String {
    match names.len().checked_sub(MAX_NAMED) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..MAX_NAMED].join(", ")),
    }
}

fn heading<'a>(assessment: &'a Assessment, duty: &'a Responsibility) -> &'a str {
    let of_service = || assessment.columns.iter().filter(|column| column.service == duty.service);
    let holds = |column: &&Column| duty.resources.iter().any(|resource| column.resources.contains(resource));
    of_service().find(holds).or_else(|| of_service().next()).map_or(&duty.service, |column| &column.heading)
}

/// What duties say, services that say the same together.
fn told<'a>(
    assessment: &'a Assessment,
    duties: &[&'a Responsibility],
    text: impl Fn(&'a Responsibility) -> Option<&'a str>,
) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for duty in duties {
        let Some(own) = text(duty) else { continue };
        let name =
            assessment.knowledge.service(&duty.service).map_or(duty.service.as_str(), |facts| &facts.name);
        // Defaults of a category differ between services only in the service's name.
        let common = own.replace(name, "the service");
        let heading = heading(assessment, duty);
        match groups.iter_mut().find(|(known, _)| *known == common) {
            Some((_, names)) if names.contains(&heading) => {}
            Some((_, names)) => names.push(heading),
            None => groups.push((common, vec![heading])),
        }
    }
    groups.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    let more = groups.len().saturating_sub(MAX_DUTIES);
    let told =
        groups.iter().take(MAX_DUTIES).map(|(text, names)| format!("[{}] {}", listed(names), sentence(text)));
    let mut told = told.collect::<Vec<_>>().join(" ");
    if more > 0 {
        told.push_str(&format!(" [{more} more services or settings differ]"));
    }
    told
}
