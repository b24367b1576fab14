//! What others ask beside our checks.

use onus_check::Check;
use schemars::JsonSchema;
use serde::Serialize;

/// What somebody else asks beside a check of ours.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Counterpart<'a> {
    /// Our check.
    pub(crate) check: &'a str,
    /// Who asks: `security-hub`, or a tool.
    pub(crate) tool: &'static str,
    /// The id there.
    pub(crate) id: &'a str,
    /// How our check stands to it, on the resources that both look at: `equal`, `looser` where ours asks for
    /// less, `stricter` where it asks for more.
    #[schemars(extend("enum" = ["equal", "looser", "stricter"]))]
    pub(crate) relation: &'static str,
    /// Where the two differ; null where they are equal.
    pub(crate) difference: Option<&'a str>,
    /// The AWS Config rule that implements it.
    pub(crate) config_rule: Option<&'a str>,
}

/// All counterparts of a check.
pub(crate) fn counterparts(check: &Check) -> impl Iterator<Item = Counterpart<'_>> {
    let controls = check.security_hub.iter().map(|control| ("security-hub", control));
    let rules = check.also_known_as.iter().map(|(notation, rule)| (notation.as_str(), rule));
    controls.chain(rules).map(|(tool, one)| Counterpart {
        check: &check.id,
        tool,
        id: &one.id,
        relation: one.strictness.as_str(),
        difference: one.strictness.difference(),
        config_rule: check.config_rule_of(&one.id),
    })
}
