//! The one table in which the rule of a waiver is looked up, wherever the waiver is written.

use super::Pattern;
use onus_check::{Check, Counterpart, Strictness};
use onus_model::Notation;
use std::collections::HashMap;

/// The checks by all names that they and their counterparts have.
pub(super) struct Names<'k> {
    checks: &'k [&'k Check],
    /// By the id as [`key`] has it.
    counterparts: HashMap<String, Vec<Named<'k>>>,
}

struct Named<'k> {
    /// The tool whose rule it is; none for Security Hub.
    tool: Option<Notation>,
    check: &'k Check,
    counterpart: &'k Counterpart,
}

/// What a rule means here.
#[derive(Default)]
pub(super) struct Meaning {
    /// The checks that ask what the rule asks.
    pub(super) same: Vec<Pattern>,
    /// The checks that have to do with it and ask something else, with a sentence on that.
    pub(super) near: Vec<(String, String)>,
}

impl<'k> Names<'k> {
    pub(super) fn new(checks: &'k [&'k Check]) -> Self {
        let mut counterparts: HashMap<String, Vec<Named<'k>>> = HashMap::new();
        for check in checks {
            let controls = check.security_hub.iter().map(|one| (None, one));
            let rules = check.also_known_as.iter().map(|(tool, one)| (Some(*tool), one));
            for (tool, counterpart) in controls.chain(rules) {
                let named = Named { tool, check, counterpart };
                counterparts.entry(key(&counterpart.id)).or_default().push(named);
            }
        }
        Self { checks, counterparts }
    }

    /// What a rule means that is written in a notation.
    ///
    /// In our own it is a pattern of our ids, or else the id of anybody's. In another tool's it is one of that tool.
    pub(super) fn meaning(&self, rule: &str, notation: Notation) -> Meaning {
        let own = notation == Notation::Onus;
        let pattern = Pattern(rule.to_owned());
        if own && self.checks.iter().any(|check| pattern.is_match(&check.id)) {
            return Meaning { same: vec![pattern], near: Vec::new() };
        }
        let mut meaning = Meaning::default();
        let found = self.counterparts.get(&key(rule)).into_iter().flatten();
        for named in found.filter(|named| own || named.tool.is_some_and(|tool| reads(notation, tool))) {
            meaning.add(named);
        }
        meaning
    }
}

impl Meaning {
    fn add(&mut self, named: &Named<'_>) {
        let id = &named.check.id;
        match &named.counterpart.strictness {
            // A check may know the same rule by the ids of two tools.
            Strictness::Equal if self.same.iter().any(|known| known.0 == *id) => {}
            Strictness::Equal => self.same.push(Pattern(id.clone())),
            Strictness::Looser(difference) | Strictness::Stricter(difference) => {
                self.near.push((id.clone(), format!("The check is {}. {difference}", named.counterpart)));
            }
        }
    }

    /// Nothing is waived for a reason that concerns the waiver itself.
    pub(super) fn narrowed(self, because: &str) -> Self {
        let same = self.same.into_iter().map(|check| (check.0, because.to_owned()));
        Self { same: Vec::new(), near: same.chain(self.near).collect() }
    }

    pub(super) const fn is_nothing(&self) -> bool {
        self.same.is_empty() && self.near.is_empty()
    }
}

/// In lower case, as tools differ in what they accept, and without the `AVD-` that trivy has given up.
fn key(id: &str) -> String {
    let id = id.to_ascii_lowercase();
    id.strip_prefix("avd-").map(str::to_owned).unwrap_or(id)
}

/// trivy took tfsec's rules over, and reads comments and ids of both.
fn reads(notation: Notation, tool: Notation) -> bool {
    let family = |notation| if notation == Notation::Tfsec { Notation::Trivy } else { notation };
    family(notation) == family(tool)
}
