//! To which service a resource belongs, and which of the service's cases hold for it.

use onus_check::{Index, Program, Truth};
use onus_knowledge::Knowledge;
use onus_model::{Case, Coverage, Layer, Party, Resource, Service};
use rustc_hash::FxHashMap;

/// The services by resource type, and the conditions of their cases, made ready to run.
pub(crate) struct Services<'k> {
    knowledge: &'k Knowledge,
    exact: FxHashMap<&'k str, Vec<Claim>>,
    spaces: FxHashMap<&'k str, Vec<Claim>>,
    /// The conditions, by the places of service, choice and case.
    conditions: FxHashMap<(usize, usize, usize), Program>,
}

struct Claim {
    service: usize,
    when: Option<Program>,
}

/// The service of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Belonging {
    /// The place of the service.
    pub(crate) service: usize,
    /// The services that it may belong to instead, as the condition of their claim is not known.
    pub(crate) instead: Vec<usize>,
    /// Why that is not known.
    pub(crate) reasons: Vec<String>,
}

/// What holds for a resource within its service.
#[derive(Clone, Debug)]
pub(crate) struct Selection<'k> {
    /// One entry per choice that the resource decides.
    pub(crate) choices: Vec<Choice<'k>>,
    /// The services that it may belong to instead, and what would hold for it there.
    pub(crate) instead: Vec<(&'k Service, Vec<Choice<'k>>)>,
    /// Why the service itself is not decided.
    pub(crate) reasons: Vec<String>,
}

/// A choice of a service, as far as the configuration tells.
#[derive(Clone, Debug)]
pub(crate) struct Choice<'k> {
    /// The place among the service's choices; zero is the variants where the service has them.
    pub(crate) place: usize,
    /// The cases that are possible; one where it is decided.
    pub(crate) possible: Vec<&'k Case>,
    /// Why it is not decided.
    pub(crate) reasons: Vec<String>,
}

impl Belonging {
    pub(crate) const fn certain(service: usize) -> Self {
        Self { service, instead: Vec::new(), reasons: Vec::new() }
    }
}

impl<'k> Services<'k> {
    pub(crate) fn new(knowledge: &'k Knowledge, types: &[&str]) -> Self {
        let mut services = Self {
            knowledge,
            exact: FxHashMap::default(),
            spaces: FxHashMap::default(),
            conditions: FxHashMap::default(),
        };
        for (place, service) in knowledge.services.iter().enumerate() {
            for claim in &service.types {
                let when = claim.when.as_ref().map(Program::compile);
                let (table, key) = match claim.pattern.strip_suffix('*') {
                    Some(prefix) => (&mut services.spaces, prefix),
                    None => (&mut services.exact, claim.pattern.as_str()),
                };
                table.entry(key).or_default().push(Claim { service: place, when });
            }
            services.compile_conditions(place, service, types);
        }
        services
    }

    /// Compiles the conditions that are asked of the types in use.
    fn compile_conditions(&mut self, place: usize, service: &Service, types: &[&str]) {
        for (choice, cases) in service.choices().enumerate() {
            for (at, case) in cases.iter().enumerate() {
                let in_use = case.resource.iter().any(|name| types.contains(&name.as_str()));
                if let (true, Some(when)) = (in_use, &case.when) {
                    self.conditions.insert((place, choice, at), Program::compile(when));
                }
            }
        }
    }

    /// The service of a resource. An exact claim beats a namespace, a claim whose condition holds one without. While
    /// it is not known whether a condition holds, its service remains possible.
    pub(crate) fn service_of<'w>(&self, index: &Index<'w>, resource: &'w Resource) -> Option<Belonging> {
        let name = &*resource.resource_type;
        if let Some(service) = self.service_of_native(resource) {
            return Some(Belonging::certain(service));
        }
        let namespace = name.rfind("::").map(|end| &name[..end + 2]);
        let tables = [self.exact.get(name), namespace.and_then(|space| self.spaces.get(space))];
        let claims = || tables.iter().flatten().flat_map(|claims| claims.iter());
        let (mut instead, mut reasons) = (Vec::new(), Vec::new());
        for claim in claims() {
            let Some(evaluation) = claim.when.as_ref().map(|when| when.evaluate(index, resource)) else {
                continue;
            };
            match evaluation.truth {
                Truth::True => return Some(Belonging { service: claim.service, instead, reasons }),
                Truth::Unknown => {
                    instead.push(claim.service);
                    reasons.extend(evaluation.reasons.iter().map(ToString::to_string));
                }
                Truth::False | Truth::Null => {}
            }
        }
        let service = claims().find(|claim| claim.when.is_none())?.service;
        Some(Belonging { service, instead, reasons })
    }

    /// A type without a counterpart in CloudFormation belongs to the service that its prefix names.
    fn service_of_native(&self, resource: &Resource) -> Option<usize> {
        let name = match resource.coverage {
            Coverage::TypeOnly if !resource.resource_type.contains("::") => &resource.resource_type,
            // What is a part of a resource elsewhere is used here, whatever claims that resource.
            Coverage::Part { .. } => resource.native_type.as_ref()?,
            _ => return None,
        };
        let id = self.knowledge.terraform.service(name)?;
        self.knowledge.services.iter().position(|service| service.id == id)
    }

    /// The cases that hold, or may hold, for a resource of a service, and of those it may belong to instead.
    pub(crate) fn select<'w>(
        &self,
        belonging: &Belonging,
        index: &Index<'w>,
        resource: &'w Resource,
    ) -> Selection<'k> {
        let knowledge: &'k Knowledge = self.knowledge;
        let instead = belonging.instead.iter();
        Selection {
            choices: self.choices(belonging.service, index, resource),
            instead: instead
                .map(|place| (&knowledge.services[*place], self.choices(*place, index, resource)))
                .collect(),
            reasons: belonging.reasons.clone(),
        }
    }

    fn choices<'w>(&self, service: usize, index: &Index<'w>, resource: &'w Resource) -> Vec<Choice<'k>> {
        if matches!(resource.coverage, Coverage::Part { .. }) {
            // The resource is not here, and its variant is no business of this workload.
            return Vec::new();
        }
        let knowledge: &'k Knowledge = self.knowledge;
        let choices = knowledge.services[service].choices().enumerate();
        let choices = choices.map(|(place, cases)| self.choose((service, place), cases, index, resource));
        choices.filter(|choice| !choice.possible.is_empty()).collect()
    }

    fn choose<'w>(
        &self,
        (service, place): (usize, usize),
        cases: &'k [Case],
        index: &Index<'w>,
        resource: &'w Resource,
    ) -> Choice<'k> {
        let mut choice = Choice { place, possible: Vec::new(), reasons: Vec::new() };
        let of_type = |case: &Case| case.resource.iter().any(|name| **name == *resource.resource_type);
        for (at, case) in cases.iter().enumerate().filter(|(_, case)| of_type(case)) {
            let Some(program) = self.conditions.get(&(service, place, at)) else {
                choice.possible.push(case);
                break;
            };
            let evaluation = program.evaluate(index, resource);
            match evaluation.truth {
                Truth::True => {
                    choice.possible.push(case);
                    break;
                }
                Truth::Unknown => {
                    choice.possible.push(case);
                    choice.reasons.extend(evaluation.reasons.iter().map(ToString::to_string));
                }
                Truth::False | Truth::Null => {}
            }
        }
        choice
    }

    /// Every variant that a service has: for a service of whose configuration nothing is known. Variants that run on sites
    /// of the customer's own are among them only where the boundary has such sites; a resource that says that it runs
    /// there does so whatever the boundary.
    pub(crate) fn any_variant(service: &'k Service, sites: bool) -> Option<Choice<'k>> {
        let on_aws = |case: &&Case| sites || !on_own_site(service, case);
        let mut possible: Vec<&Case> = service.variants.iter().filter(on_aws).collect();
        let left_out = possible.len() < service.variants.len();
        if possible.is_empty() {
            possible = service.variants.iter().collect();
        }
        let mut reasons = vec!["nothing in the input says which".to_owned()];
        if left_out {
            reasons.push("none on sites of your own, which are not in the boundary".to_owned());
        }
        (!possible.is_empty()).then_some(Choice { place: 0, possible, reasons })
    }
}

/// Whether a variant puts hardware or sites into the customer's hands.
fn on_own_site(service: &Service, case: &Case) -> bool {
    let party = |layer| service.duty_in(case, layer).party();
    [Layer::Hardware, Layer::Facilities]
        .into_iter()
        .any(|layer| party(layer).is_some_and(Party::has_customer))
}

impl<'k> Selection<'k> {
    /// Of a resource whose service is certain.
    pub(crate) const fn of(choices: Vec<Choice<'k>>) -> Self {
        Self { choices, instead: Vec::new(), reasons: Vec::new() }
    }

    /// Takes the reasons of another that leaves the same open.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.reasons.extend(other.reasons);
        for (own, other) in self.choices.iter_mut().zip(other.choices) {
            own.reasons.extend(other.reasons);
        }
    }

    /// Whether the service and every choice are decided.
    pub(crate) fn is_decided(&self) -> bool {
        self.instead.is_empty() && self.choices.iter().all(|choice| choice.possible.len() == 1)
    }

    /// The chosen cases' ids joined by `+`, or `undetermined`; none where the resource decides nothing.
    ///
    /// Of a setting, the case that moves nothing is left out.
    pub(crate) fn label(&self, has_variants: bool) -> Option<String> {
        if !self.is_decided() {
            return Some("undetermined".to_owned());
        }
        let ids = self.choices.iter().filter_map(|choice| {
            let case = choice.possible.first()?;
            let is_variant = has_variants && choice.place == 0;
            (is_variant || !case.layers.is_empty()).then_some(case.id.as_str())
        });
        let ids: Vec<&str> = ids.collect();
        (!ids.is_empty()).then(|| ids.join("+"))
    }

    /// Why something is not decided.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let open = self.choices.iter().filter(|choice| choice.possible.len() > 1);
        let mut reasons: Vec<String> = open.flat_map(|choice| choice.reasons.clone()).collect();
        reasons.extend(self.reasons.iter().cloned());
        reasons.sort();
        reasons.dedup();
        reasons
    }
}
