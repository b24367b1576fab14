//! What data sources give that can be known without asking AWS.

use super::{Each, Running, Within, whole};
use crate::terraform::source::configuration::Declared;
use crate::terraform::source::policy;
use onus_hcl::{Evaluator, Piece, Type, Unknown, Val};
use onus_model::{Problem, ProblemKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The attributes of a data source, as far as they are known.
type Attributes = BTreeMap<Arc<str>, Val>;

/// Policies of AWS's own that checks ask for. Of others the name does not tell the path, nor that they are AWS's.
/// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
const POLICIES_OF_AWS: [&str; 5] =
    ["AWSCloudShellFullAccess", "AdministratorAccess", "IAMFullAccess", "PowerUserAccess", "ReadOnlyAccess"];

/// The partitions that are not AWS's commercial one, by how the names of their regions begin, and the ending of their hosts.
/// <https://docs.aws.amazon.com/general/latest/gr/rande.html>
const PARTITIONS: [(&str, &str, &str); 5] = [
    ("cn-", "aws-cn", "amazonaws.com.cn"),
    ("us-gov-", "aws-us-gov", "amazonaws.com"),
    ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
    ("eusc-", "aws-eusc", "amazonaws.eu"),
];

impl<'c> Running<'c> {
    /// Adds what a data source gives that can be known without asking AWS.
    pub(super) fn complete_data(&self, declared: &Declared<'c>, attributes: &mut Attributes, each: &Each) {
        let own = attributes.get("region").filter(|region| !region.is_null()).cloned();
        let region = || own.or_else(|| self.provider(declared, each)?.region.clone());
        let region = || region().filter(|region| region.as_str().is_some());
        match declared.label(0) {
            "aws_iam_policy_document" => self.document(declared, attributes),
            "aws_iam_policy" => managed_policy(declared, attributes),
            "template_file" => self.rendered(declared, attributes, each),
            "aws_region" if each.suffix.is_empty() => {
                if let Some(region) = region() {
                    ["name", "region", "id"].iter().for_each(|name| fill(attributes, name, region.clone()));
                }
            }
            "aws_partition" => {
                if let Some(region) = region().as_ref().and_then(Val::as_str) {
                    let other = PARTITIONS.iter().find(|(prefix, ..)| region.starts_with(prefix));
                    let (_, name, hosts) = other.unwrap_or(&("", "aws", "amazonaws.com"));
                    ["partition", "id"].iter().for_each(|own| fill(attributes, own, Val::string(*name)));
                    fill(attributes, "dns_suffix", Val::string(*hosts));
                }
            }
            "aws_caller_identity" => {
                if let Some(account) = &self.world.account {
                    attributes.insert("account_id".into(), Val::string(account.as_str()));
                }
            }
            _ => {}
        }
    }

    fn document(&self, declared: &Declared<'c>, attributes: &mut Attributes) {
        let made = policy::document(attributes, &self.world.budget).unwrap_or_else(|why| {
            self.world.report(Problem::at(ProblemKind::Limit, declared.span(), why));
            Val::unknown(Unknown::present(why).typed(Type::String))
        });
        let made = made.at(Some(declared.span()));
        attributes.insert("json".into(), made.clone());
        attributes.insert("minified_json".into(), made);
    }

    /// What a template comes to; what is wrong with one is the provider's to say, which has fewer functions.
    fn rendered(&self, declared: &Declared<'c>, attributes: &mut Attributes, each: &Each) {
        let Some(template) = attributes.get("template").filter(|template| !template.is_null()) else {
            return;
        };
        let none = Val::object(BTreeMap::new());
        let variables = attributes.get("vars").filter(|variables| !variables.is_null()).unwrap_or(&none);
        let (Some(text), None) = (template.as_str(), variables.as_unknown()) else { return };
        let scope = Within { running: self, each };
        let evaluator = Evaluator::new(&scope, Some(declared.file), &self.world.budget);
        let sensitive = template.sensitive || variables.has_sensitive();
        if let Ok(made) = evaluator.render(text, variables) {
            attributes.insert("rendered".into(), made.at(Some(declared.span())).marked(sensitive));
        }
    }
}

/// Sets an attribute that is not set.
fn fill(attributes: &mut Attributes, name: &str, value: Val) {
    let own = attributes.entry(name.into()).or_insert(Val::null());
    if own.is_null() {
        *own = value;
    }
}

/// The ARN of a policy that is looked up by its name: whose it is and under which path it lies only AWS's own names tell.
fn managed_policy(declared: &Declared<'_>, attributes: &mut Attributes) {
    let is_set = |name: &str| attributes.get(name).is_some_and(|value| !value.is_null());
    let Some(name) = attributes.get("name").and_then(Val::as_str) else { return };
    if is_set("arn") {
        return;
    }
    let open = |why: &str| Piece::Open(Unknown::present(why).typed(Type::String));
    let pieces = if POLICIES_OF_AWS.contains(&name) {
        vec![
            Piece::Known("arn:".into()),
            open("the partition is not known"),
            Piece::Known(format!(":iam::aws:policy/{name}").into()),
        ]
    } else {
        vec![
            Piece::Known("arn:".into()),
            open("whose policy it is, and under which path, is not known"),
            Piece::Known(format!("/{name}").into()),
        ]
    };
    let address = format!("data.aws_iam_policy.{}", declared.label(1));
    let unknown = Unknown {
        pieces: Some(pieces.into()),
        prefix: Some("arn:".into()),
        ..whole(&address).typed(Type::String)
    };
    attributes.insert("arn".into(), Val::unknown(unknown).at(Some(declared.span())));
}
