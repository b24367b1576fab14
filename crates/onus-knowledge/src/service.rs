//! Services: the file's statements resolved against the defaults of the category.

use crate::error::{Mistakes, did_you_mean};
use crate::expression;
use crate::properties::PropertyIndex;
use crate::raw::{RawCase, RawClaim, RawCrossSetting, RawDuty, RawLayers, RawService};
use onus_check::Example;
use onus_model::{Assignment, Case, Category, Duty, LAYER_COUNT, Layer, Party, Service, Setting, TypeClaim};
use serde_saphyr::{Location, Spanned};
use std::collections::BTreeSet;

/// The longest heading of a column.
const MAX_SHORT: usize = 14;

/// The default duty of each layer in each category, with `{service}` where its name goes.
pub(crate) struct Defaults {
    duties: Vec<[Duty; 3]>,
}

impl Defaults {
    pub(crate) fn new(raw: &RawLayers, mistakes: &mut Mistakes<'_>) -> Self {
        let duties = Layer::ALL.map(|layer| {
            let found = raw.layers.0.iter().find(|(name, _)| name == layer.as_str());
            Category::ALL.map(|category| {
                if !layer.is_of_service() {
                    return Duty::NotApplicable(
                        "It belongs to the workload as a whole, not to a service.".into(),
                    );
                }
                let Some((_, entry)) = found else { return Duty::NotApplicable("not described".into()) };
                let own = match category {
                    Category::Infrastructure => &entry.value.infrastructure,
                    Category::Managed => &entry.value.managed,
                    Category::Abstracted => &entry.value.abstracted,
                };
                match own.as_ref().or(entry.value.all.as_ref()) {
                    Some(duty) => read_duty(duty, entry.referenced, &raw.sources, mistakes),
                    None => {
                        mistakes.at(
                            entry.referenced,
                            format!("`{layer}` has no duty for {} services", category.as_str()),
                        );
                        Duty::NotApplicable("not described".into())
                    }
                }
            })
        });
        Self { duties: duties.into_iter().collect() }
    }

    /// The default duty, with the service's name put in.
    pub(crate) fn duty(&self, layer: Layer, category: Category, service: &str) -> Duty {
        let fill = |text: &str| text.replace("{service}", service);
        match &self.duties[layer.index()][category as usize] {
            Duty::NotApplicable(reason) => Duty::NotApplicable(fill(reason)),
            Duty::Assigned(assignment) => Duty::Assigned(Assignment {
                party: assignment.party,
                provision: assignment.provision.as_deref().map(fill),
                responsibility: assignment.responsibility.as_deref().map(fill),
                sources: assignment.sources.clone(),
            }),
        }
    }
}

/// The examples of a case, for the test suite.
#[derive(Clone, Debug)]
pub struct CaseExamples {
    /// The service's id.
    pub service: String,
    /// The case's id.
    pub case: String,
    /// The examples; each must choose this case.
    pub examples: Vec<Example>,
}

/// Reads one service file.
pub(crate) fn read(
    raw: RawService,
    defaults: &Defaults,
    index: &PropertyIndex<'_>,
    examples: &mut Vec<CaseExamples>,
    mistakes: &mut Mistakes<'_>,
) -> Service {
    let id = raw.id.value.clone();
    if raw.short.value.chars().count() > MAX_SHORT {
        mistakes
            .at(raw.short.referenced, format!("`{}` is longer than {MAX_SHORT} characters", raw.short.value));
    }
    let stated = read_layers(&raw.layers.0, &raw.sources, mistakes);
    let layers: Vec<Duty> = Layer::ALL
        .into_iter()
        .map(|layer| find(&stated, layer).unwrap_or_else(|| defaults.duty(layer, raw.category, &raw.name)))
        .collect();
    let mut reader = CaseReader {
        service: &id,
        name: &raw.name,
        category: raw.category,
        sources: &raw.sources,
        defaults,
        index,
        examples,
    };
    let variants = reader.cases(&raw.variants, mistakes);
    let settings: Vec<_> = raw
        .settings
        .0
        .iter()
        .map(|(id, setting)| Setting {
            id: id.clone(),
            title: setting.title.clone(),
            cases: reader.cases(&setting.cases, mistakes),
        })
        .collect();
    unique_cases(&raw, mistakes);
    let types = read_claims(&raw.types, index, mistakes);
    debug_assert_eq!(layers.len(), LAYER_COUNT);
    Service {
        id,
        name: raw.name,
        short: raw.short.value,
        aliases: raw.aliases,
        category: raw.category,
        types,
        layers,
        variants,
        settings,
        sources: raw.sources,
        read: raw.read,
    }
}

/// Reads a setting that reaches across services, and adds it to each service that claims one of its types.
pub(crate) fn add_cross_setting(
    raw: &RawCrossSetting,
    services: &mut [Service],
    claims: &dyn Fn(&Service, &str) -> bool,
    defaults: &Defaults,
    index: &PropertyIndex<'_>,
    mistakes: &mut Mistakes<'_>,
) {
    for service in services {
        let mut examples = Vec::new();
        let mut reader = CaseReader {
            service: &service.id,
            name: &service.name,
            category: service.category,
            sources: &raw.sources,
            defaults,
            index,
            examples: &mut examples,
        };
        let mut cases = reader.cases(&raw.cases, mistakes);
        for case in &mut cases {
            case.resource.retain(|name| claims(service, name));
        }
        cases.retain(|case| !case.resource.is_empty());
        if !cases.is_empty() {
            let (id, title) = (raw.id.value.clone(), raw.title.clone());
            service.settings.push(Setting { id, title, cases });
        }
    }
}

/// The examples of a cross-service setting, which belong to no single service.
pub(crate) fn cross_examples(raw: &RawCrossSetting, mistakes: &mut Mistakes<'_>) -> Vec<CaseExamples> {
    raw.cases.iter().map(|case| case_examples("", case, mistakes)).collect()
}

fn case_examples(service: &str, raw: &RawCase, mistakes: &mut Mistakes<'_>) -> CaseExamples {
    let default_type = raw.resource.value.0.first().map(String::as_str).unwrap_or_default();
    let examples = crate::check::read_examples(&raw.examples, default_type, raw.id.referenced, mistakes);
    CaseExamples { service: service.to_owned(), case: raw.id.value.clone(), examples }
}

struct CaseReader<'a, 'i> {
    service: &'a str,
    name: &'a str,
    category: Category,
    sources: &'a [String],
    defaults: &'a Defaults,
    index: &'a PropertyIndex<'i>,
    examples: &'a mut Vec<CaseExamples>,
}

impl CaseReader<'_, '_> {
    fn cases(&mut self, raw: &[RawCase], mistakes: &mut Mistakes<'_>) -> Vec<Case> {
        check_order(raw, mistakes);
        raw.iter().map(|case| self.case(case, mistakes)).collect()
    }

    fn case(&mut self, raw: &RawCase, mistakes: &mut Mistakes<'_>) -> Case {
        let types = raw.resource.value.0.clone();
        // Terraform's types without a counterpart are held against the mappings by a test.
        let (native, own): (Vec<String>, Vec<String>) =
            types.iter().cloned().partition(|name| name.starts_with("aws_"));
        expression::check_types(&own, raw.resource.referenced, self.index, mistakes);
        if raw.when.is_some() && !native.is_empty() {
            mistakes.at(raw.resource.referenced, format!("`{}` has no properties to ask for", native[0]));
        }
        if raw.examples.is_empty() {
            mistakes.at(raw.id.referenced, format!("case `{}` has no example", raw.id.value));
        }
        self.examples.push(case_examples(self.service, raw, mistakes));
        let sources = if raw.sources.is_empty() { self.sources } else { &raw.sources };
        let mut layers = read_layers(&raw.layers.0, sources, mistakes);
        self.fill(&mut layers);
        if let Some(category) = raw.category {
            self.add_defaults(category, &mut layers);
        }
        layers.sort_by_key(|(layer, _)| *layer);
        Case {
            id: raw.id.value.clone(),
            title: raw.title.clone(),
            category: raw.category,
            when: expression::read_optional(raw.when.as_ref(), &types, self.index, mistakes),
            resource: types,
            layers,
            sources: sources.to_vec(),
        }
    }

    /// Puts the service's name where `{service}` stands (in cross-service settings).
    fn fill(&self, layers: &mut [(Layer, Duty)]) {
        for (_, duty) in layers {
            if let Duty::Assigned(assignment) = duty {
                for text in [&mut assignment.provision, &mut assignment.responsibility].into_iter().flatten()
                {
                    *text = text.replace("{service}", self.name);
                }
            }
        }
    }

    /// A variant of another category takes that category's default at each layer where the defaults differ in party.
    fn add_defaults(&self, category: Category, layers: &mut Vec<(Layer, Duty)>) {
        for layer in Layer::ALL.into_iter().filter(|layer| layer.is_of_service()) {
            let theirs = self.defaults.duty(layer, category, self.name);
            let ours = self.defaults.duty(layer, self.category, self.name);
            if theirs.party() != ours.party() && find(layers, layer).is_none() {
                layers.push((layer, theirs));
            }
        }
    }
}

/// The last case of each deciding type must take what is left, and only the last.
fn check_order(cases: &[RawCase], mistakes: &mut Mistakes<'_>) {
    let types: BTreeSet<_> = cases.iter().flat_map(|case| &case.resource.value.0).collect();
    for name in types {
        let of_type: Vec<_> = cases.iter().filter(|case| case.resource.value.0.contains(name)).collect();
        let Some((last, earlier)) = of_type.split_last() else { continue };
        if last.when.is_some() {
            mistakes.at(
                last.id.referenced,
                format!("`{}` is the last case of {name}, so it must not have a `when`", last.id.value),
            );
        }
        for case in earlier.iter().filter(|case| case.when.is_none()) {
            mistakes.at(
                case.id.referenced,
                format!("`{}` takes all of {name}, so the cases after it are never tried", case.id.value),
            );
        }
    }
}

fn unique_cases(raw: &RawService, mistakes: &mut Mistakes<'_>) {
    let mut seen = BTreeSet::new();
    for case in raw.variants.iter().chain(raw.settings.0.iter().flat_map(|(_, setting)| &setting.cases)) {
        if !seen.insert(&case.id.value) {
            mistakes.at(case.id.referenced, format!("case `{}` exists twice", case.id.value));
        }
        if case.id.value == "undetermined" || case.id.value.contains('+') {
            mistakes.at(case.id.referenced, format!("`{}` cannot be a case's id", case.id.value));
        }
    }
}

fn read_claims(
    raw: &Spanned<Vec<RawClaim>>,
    index: &PropertyIndex<'_>,
    mistakes: &mut Mistakes<'_>,
) -> Vec<TypeClaim> {
    let mut claims = Vec::new();
    for claim in &raw.value {
        let (pattern, when) = match claim {
            RawClaim::Always(pattern) => (pattern, None),
            RawClaim::When { pattern, when } => (pattern, Some(when)),
        };
        let types = [pattern.clone()];
        expression::check_types(&types, raw.referenced, index, mistakes);
        let when = when.and_then(|source| expression::read(source, raw.referenced, &types, index, mistakes));
        claims.push(TypeClaim { pattern: pattern.clone(), when });
    }
    claims
}

fn find(layers: &[(Layer, Duty)], layer: Layer) -> Option<Duty> {
    layers.iter().find(|(at, _)| *at == layer).map(|(_, duty)| duty.clone())
}

fn read_layers(
    raw: &[(String, Spanned<RawDuty>)],
    sources: &[String],
    mistakes: &mut Mistakes<'_>,
) -> Vec<(Layer, Duty)> {
    let mut layers = Vec::new();
    for (name, duty) in raw {
        match name.parse::<Layer>() {
            Ok(layer) if layer.is_of_service() => {
                layers.push((layer, read_duty(&duty.value, duty.referenced, sources, mistakes)));
            }
            Ok(layer) => mistakes.at(
                duty.referenced,
                format!("`{layer}` belongs to the workload as a whole, not to a service"),
            ),
            Err(error) => {
                let help = did_you_mean(name, Layer::ALL.iter().map(|layer| layer.as_str()));
                mistakes.note(duty.referenced, error.to_string(), help);
            }
        }
    }
    layers
}

fn read_duty(raw: &RawDuty, at: Location, sources: &[String], mistakes: &mut Mistakes<'_>) -> Duty {
    if let Some(reason) = &raw.not_applicable {
        if raw.party.is_some() {
            mistakes.at(at, "a layer that does not apply has no party");
        }
        return Duty::NotApplicable(reason.clone());
    }
    let Some(party) = raw.party else {
        mistakes.at(at, "neither `party` nor `not-applicable`");
        return Duty::NotApplicable("not described".into());
    };
    check_statements(party, raw, at, mistakes);
    Duty::Assigned(Assignment {
        party,
        provision: raw.provision.clone(),
        responsibility: raw.responsibility.clone(),
        sources: if raw.sources.is_empty() { sources.to_vec() } else { raw.sources.clone() },
    })
}

fn check_statements(party: Party, raw: &RawDuty, at: Location, mistakes: &mut Mistakes<'_>) {
    let pairs = [
        ("provision", party.has_aws(), &raw.provision),
        ("responsibility", party.has_customer(), &raw.responsibility),
    ];
    for (name, wanted, statement) in pairs {
        match statement {
            None if wanted => mistakes.at(at, format!("party `{party}` needs a `{name}`")),
            Some(_) if !wanted => mistakes.at(at, format!("party `{party}` has no `{name}`")),
            _ => {}
        }
    }
}
