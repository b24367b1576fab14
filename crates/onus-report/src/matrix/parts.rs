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
    layout: Layout,
}

/// How the pieces of a text stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// In one line, for what is read line by line.
    Line,
    /// Each in a line of its own, for people.
    Lines,
}

impl Layout {
    /// What stands between two sentences.
    pub(crate) const fn gap(self) -> &'static str {
        match self {
            Self::Line => " ",
            Self::Lines => "\n",
        }
    }

    /// What stands between two reasons.
    pub(crate) const fn rule(self) -> &'static str {
        match self {
            Self::Line => " | ",
            Self::Lines => "\n",
        }
    }
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
    pub(crate) fn new(assessment: &Assessment, layout: Layout) -> Self {
        let mut layers = vec![LayerTexts::default(); LAYER_COUNT];
        for layer in Layer::ALL {
            layers[layer.index()] = texts(assessment, layer, layout);
        }
        Self { layers, layout }
    }

    /// How the texts stand.
    pub(crate) const fn layout(&self) -> Layout {
        self.layout
    }

    /// What AWS does for one or several statements of a control; empty where it has no part.
    pub(crate) fn of_aws(&self, statements: &[StatementAnswer]) -> String {
        self.aws(statements, |_| true)
    }

    /// What of some statements AWS discharges, or may discharge: the part of [`of_aws`](Self::of_aws) that can be inherited.
    pub(crate) fn inherited(&self, statements: &[StatementAnswer]) -> String {
        self.aws(statements, |primary| primary.share.may_be_covered())
    }

    fn aws(&self, statements: &[StatementAnswer], counts: impl Fn(&LayerShare) -> bool) -> String {
        let pieces = |statement: &StatementAnswer| -> Vec<String> {
            statement
                .layers
                .iter()
                .filter(|primary| counts(primary))
                .filter_map(|own| self.aws_at(own))
                .collect()
        };
        united(statements, pieces).join(self.layout.gap())
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

    /// What the customer does for one or several statements of a control; empty where there is nothing to do.
    ///
    /// What is to be true comes first, then where; what a layer asks in each service follows where that differs from
    /// service to service by who runs it, and is told once.
    pub(crate) fn of_customer(&self, statements: &[StatementAnswer]) -> String {
        let mut lines = united(statements, |statement| {
            let theirs = statement.layers.iter().any(|primary| primary.share.may_have_customer());
            theirs.then(|| sentence(&statement.gist)).into_iter().collect()
        });
        if lines.is_empty() {
            return String::new();
        }
        lines[0].insert_str(0, "To do: ");
        let mut places = united(statements, |statement| self.places(statement));
        places[0].insert_str(0, "Where: ");
        lines.push(format!("{}.", places.join("; ")));
        lines.extend(self.duties(statements));
        lines.join(self.layout.gap())
    }

    fn places(&self, statement: &StatementAnswer) -> Vec<String> {
        let theirs = statement.layers.iter().filter(|primary| primary.share.may_have_customer());
        theirs
            .map(|primary| {
                let texts = &self.layers[primary.layer.index()];
                match primary.layer {
                    Layer::Organization => "as an organization".to_owned(),
                    Layer::Endpoints => "on your devices and in your offices".to_owned(),
                    _ => texts.customer_in.clone().unwrap_or_else(|| texts.title.to_lowercase()),
                }
            })
            .collect()
    }

    fn duties(&self, statements: &[StatementAnswer]) -> Vec<String> {
        let mut layers: Vec<Layer> = Vec::new();
        for primary in statements.iter().flat_map(|statement| &statement.layers) {
            if primary.share.may_have_customer() && moves(primary.layer) && !layers.contains(&primary.layer) {
                layers.push(primary.layer);
            }
        }
        layers.into_iter().filter_map(|layer| self.layers[layer.index()].duty.clone()).collect()
    }
}

/// Whether who runs a service decides what a duty at the layer is. At the others it is the customer's in every service,
/// and what a control asks there says more than what the service asks.
const fn moves(layer: Layer) -> bool {
    !matches!(
        layer,
        Layer::CustomerData
            | Layer::Applications
            | Layer::IdentityAccess
            | Layer::ClientSideEncryption
            | Layer::NetworkConfiguration
            | Layer::Endpoints
            | Layer::Organization
    )
}

/// The pieces of several statements, each once, with the letters of the statements where not all have it.
fn united(statements: &[StatementAnswer], pieces: impl Fn(&StatementAnswer) -> Vec<String>) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for statement in statements {
        let letter = statement.id.rsplit_once("_smt.").map_or("", |(_, letter)| letter);
        for piece in pieces(statement) {
            match groups.iter_mut().find(|(known, _)| *known == piece) {
                Some((_, letters)) => letters.push(letter),
                None => groups.push((piece, vec![letter])),
            }
        }
    }
    let told = |(piece, letters): (String, Vec<&str>)| {
        if letters.len() == statements.len() { piece } else { format!("({}) {piece}", letters.join(", ")) }
    };
    groups.into_iter().map(told).collect()
}

/// A text that ends as a sentence does.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn texts(assessment: &Assessment, layer: Layer, layout: Layout) -> LayerTexts {
    let facts = assessment.knowledge.layers.iter().find(|facts| facts.layer == layer);
    let title = facts.map_or_else(|| layer.as_str().to_owned(), |facts| facts.title.clone());
    let mut all: Vec<&Responsibility> =
        assessment.responsibilities.iter().filter(|duty| duty.layer == layer).collect();
    all.sort_by_key(|duty| column(assessment, duty).map(|(at, _)| at));
    let of = || all.iter().copied();
    let with_aws: Vec<&Responsibility> = of().filter(|duty| duty.provision.is_some()).collect();
    let with_customer: Vec<&Responsibility> = of().filter(|duty| duty.holder.may_have_customer()).collect();
    let provided = told(assessment, &with_aws, layout, |duty| duty.provision.as_deref());
    let duty = told(assessment, &with_customer, layout, |duty| duty.responsibility.as_deref());
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
    column(assessment, duty).map_or(&duty.service, |(_, column)| &column.heading)
}

/// The column in which a duty stands, with its position.
fn column<'a>(assessment: &'a Assessment, duty: &Responsibility) -> Option<(usize, &'a Column)> {
    let of_service =
        || assessment.columns.iter().enumerate().filter(|(_, column)| column.service == duty.service);
    let holds = |(_, column): &(usize, &Column)| {
        duty.resources.iter().any(|resource| column.resources.contains(resource))
    };
    of_service().find(holds).or_else(|| of_service().next())
}

/// What duties say, services that say the same together.
fn told<'a>(
    assessment: &'a Assessment,
    duties: &[&'a Responsibility],
    layout: Layout,
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
    let mut told = told.collect::<Vec<_>>().join(layout.gap());
    if more > 0 {
        told.push_str(&format!("{}[{more} more services or settings differ]", layout.gap()));
    }
    told
}
