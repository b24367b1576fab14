//! How a provider's part in a statement stands.
//!
//! What the user says of a provider's attestation is words without a period: it shows something, and satisfies nothing by
//! itself. A record that counts for the statement is a signed and dated word on it: it proves the provider's part where
//! there is an attestation behind it, or where nobody else's part could be meant.

use crate::assessment::StatementAnswer;
use crate::standing::{EvidenceKinds, Standing, Status};
use onus_model::{Provider, RecordResult};

/// The standing of the providers' part; `shown` is what the record says that counts for the statement.
pub(crate) fn providers_part(
    statement: &StatementAnswer,
    providers: &[Provider],
    shown: Option<RecordResult>,
) -> Standing {
    let mut names: Vec<&str> = Vec::new();
    let mut part = Standing::default();
    let mut statuses = Vec::new();
    for found in statement.providers.iter().filter(|found| found.discharges(providers)) {
        let (provider, _) = found.part(providers);
        if names.contains(&provider.name.as_str()) {
            continue;
        }
        names.push(&provider.name);
        statuses.push(one(provider, statement.share.may_have_customer(), shown, &mut part));
    }
    part.status = Status::of_parts(statuses);
    part
}

fn one(provider: &Provider, shared: bool, shown: Option<RecordResult>, part: &mut Standing) -> Status {
    let name = &provider.name;
    let recorded = shown == Some(RecordResult::Satisfied) && (!shared || provider.attestation.is_some());
    if let Some(text) = &provider.attestation {
        part.evidence.push(format!("{name} is attested, as onus.yaml says: {text}"));
        part.kinds = part.kinds.union(EvidenceKinds { attested: true, ..EvidenceKinds::default() });
    }
    if recorded {
        part.kinds = part.kinds.union(EvidenceKinds { manual: true, ..EvidenceKinds::default() });
    }
    match (recorded, &provider.attestation) {
        (true, _) => Status::Satisfied,
        (false, Some(_)) => {
            part.missing.push(format!("no record shows that the attestation of {name} is in force"));
            Status::PartlySatisfied
        }
        (false, None) => {
            part.missing.push(format!("the part of {name} has no attestation"));
            Status::NotAssessed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::ProviderUse;
    use onus_model::{Inherited, ProviderPart, Share};

    fn standing(attestation: bool, inherited: Inherited, shown: Option<RecordResult>) -> Status {
        let part = ProviderPart {
            framework: String::new(),
            control: String::new(),
            statement: None,
            inherited,
            provides: None,
            leaves: Vec::new(),
            place: onus_model::DocumentPlace::Whole,
        };
        let attestation = attestation.then(|| "FedRAMP Moderate".to_owned());
        let provider = Provider { parts: vec![part], attestation, ..Provider::default() };
        let statement = StatementAnswer {
            share: Share::of_provider(inherited),
            providers: vec![ProviderUse { provider: 0, part: 0, through: None }],
            ..StatementAnswer::default()
        };
        providers_part(&statement, &[provider], shown).status
    }

    #[test]
    fn words_alone_satisfy_nothing() {
        use Inherited::{No, Partly, Yes};
        let satisfied = Some(RecordResult::Satisfied);
        for (attested, inherited, shown, expected) in [
            (false, Yes, None, Status::NotAssessed),
            (true, Yes, None, Status::PartlySatisfied),
            (true, Yes, satisfied, Status::Satisfied),
            (false, Yes, satisfied, Status::Satisfied),
            (false, Partly, satisfied, Status::NotAssessed),
            (true, Partly, satisfied, Status::Satisfied),
            (true, Yes, Some(RecordResult::NotSatisfied), Status::PartlySatisfied),
            (true, No, None, Status::NotApplicable),
        ] {
            assert_eq!(standing(attested, inherited, shown), expected, "{attested} {inherited} {shown:?}");
        }
    }
}
