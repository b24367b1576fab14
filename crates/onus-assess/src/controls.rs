//! Control origination: whose each control is, by the layers where it is decided.

use crate::assessment::{Column, ControlAnswer, Holder, Responsibility, StatementAnswer};
use onus_model::{Control, Framework, Layer, Origination, Party, PrimaryLayer, Relation, Statement};

/// What the derivation rests on.
pub(crate) struct Basis<'a> {
    pub(crate) columns: &'a [Column],
    pub(crate) responsibilities: &'a [Responsibility],
    /// Whether the workforce's devices and offices are in the boundary.
    pub(crate) endpoints_in_boundary: bool,
}

/// Who has a part, and who may have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    aws: bool,
    customer: bool,
    aws_possible: bool,
    customer_possible: bool,
}

impl Parts {
    fn add(&mut self, other: Self) {
        self.aws |= other.aws;
        self.customer |= other.customer;
        self.aws_possible |= other.aws_possible;
        self.customer_possible |= other.customer_possible;
    }

    const fn certain(aws: bool, customer: bool) -> Self {
        Self { aws, customer, aws_possible: aws, customer_possible: customer }
    }

    /// The same where it may be that the layer does not apply.
    const fn possibly(self) -> Self {
        Self { aws: false, customer: false, ..self }
    }

    fn origination(self) -> Origination {
        let certain = class(self.aws, self.customer);
        let possible = class(self.aws_possible, self.customer_possible);
        if certain == possible { certain } else { Origination::Undetermined }
    }

    fn parties(self) -> Vec<Party> {
        let aws = self.aws_possible.then_some(Party::Aws);
        aws.into_iter().chain(self.customer_possible.then_some(Party::Customer)).collect()
    }
}

const fn class(aws: bool, customer: bool) -> Origination {
    match (aws, customer) {
        (true, false) => Origination::Inherited,
        (true, true) => Origination::Shared,
        (false, true) => Origination::Customer,
        (false, false) => Origination::NotApplicable,
    }
}

/// The origination of every control of a framework, as the model itself defines it: AWS's mechanisms and its own
/// counterpart of a duty count as its part.
pub(crate) fn derive(framework: &Framework, basis: &Basis<'_>) -> Vec<ControlAnswer> {
    framework.controls.iter().map(|control| answer(framework, control, basis)).collect()
}

fn answer(framework: &Framework, control: &Control, basis: &Basis<'_>) -> ControlAnswer {
    let mut parts = Parts::default();
    let mut statements = Vec::new();
    for statement in &control.statements {
        let (own, because) = statement_parts(statement, basis);
        parts.add(own);
        statements.push(StatementAnswer {
            id: format!("{}_smt.{}", control.id, statement.id),
            gist: statement.gist.clone(),
            origination: own.origination(),
            because,
        });
    }
    let because = statements.iter().flat_map(|statement| statement.because.iter().cloned());
    ControlAnswer {
        framework: framework.id.clone(),
        control: control.id.clone(),
        title: control.title.clone(),
        origination: parts.origination(),
        parties: parts.parties(),
        provision: control.provision.clone().filter(|_| parts.aws_possible),
        responsibility: control.responsibility.clone().filter(|_| parts.customer_possible),
        because: because.collect(),
        statements,
    }
}

fn statement_parts(statement: &Statement, basis: &Basis<'_>) -> (Parts, Vec<String>) {
    let mut parts = Parts::default();
    let mut because = Vec::new();
    for primary in &statement.layers {
        let (own, line) = layer_parts(primary, basis);
        parts.add(own);
        because.extend(line);
    }
    (parts, because)
}

fn layer_parts(primary: &PrimaryLayer, basis: &Basis<'_>) -> (Parts, Option<String>) {
    match primary.layer {
        Layer::Organization => {
            let line = format!("organization: each party its own. {}", primary.reason);
            (Parts::certain(primary.relation.is_some(), true), Some(line))
        }
        Layer::Endpoints if basis.endpoints_in_boundary => (
            Parts::certain(false, true),
            Some(format!("endpoints: in the boundary, so yours. {}", primary.reason)),
        ),
        Layer::Endpoints => (Parts::default(), None),
        layer => service_parts(layer, primary, basis),
    }
}

/// The parts at a layer over all services in use, and a line that names them.
fn service_parts(layer: Layer, primary: &PrimaryLayer, basis: &Basis<'_>) -> (Parts, Option<String>) {
    let mut parts = Parts::default();
    let mut named: [Vec<&str>; 4] = Default::default();
    for row in basis.responsibilities.iter().filter(|row| row.layer == layer) {
        let own = holder_parts(&row.holder, primary.relation);
        parts.add(if row.certain { own } else { own.possibly() });
        let list = &mut named[match row.holder {
            _ if !row.certain => 3,
            Holder::Party(Party::Aws) => 0,
            Holder::Party(Party::Both) => 1,
            Holder::Party(Party::Customer) => 2,
            Holder::Undetermined(_) | Holder::NotApplicable(_) => 3,
        }];
        let heading = heading(row, basis.columns);
        if !list.contains(&heading) {
            list.push(heading);
        }
    }
    if named.iter().all(Vec::is_empty) {
        return (parts, None);
    }
    let phrases = ["AWS's in", "both parties' in", "yours in", "undetermined in"];
    let parties = phrases.iter().zip(&named).filter(|(_, list)| !list.is_empty());
    let parties: Vec<String> =
        parties.map(|(phrase, list)| format!("{phrase} {}", list.join(", "))).collect();
    let relation = primary.relation.map_or("AWS has no part in it", relation_phrase);
    (parts, Some(format!("{layer}: {}; {relation}. {}", parties.join("; "), primary.reason)))
}

const fn relation_phrase(relation: Relation) -> &'static str {
    match relation {
        Relation::Covers => "where AWS does it, that covers it",
        Relation::Enables => "AWS supplies the mechanism",
        Relation::Parallel => "AWS does the same for itself",
    }
}

fn heading<'a>(row: &'a Responsibility, columns: &'a [Column]) -> &'a str {
    let of_service = || columns.iter().filter(|column| column.service == row.service);
    let shares = |column: &&Column| row.resources.iter().any(|resource| column.resources.contains(resource));
    of_service()
        .find(shares)
        .or_else(|| of_service().next())
        .map_or(row.service.as_str(), |column| &column.heading)
}

fn holder_parts(holder: &Holder, relation: Option<Relation>) -> Parts {
    match holder {
        Holder::NotApplicable(_) => Parts::default(),
        Holder::Party(party) => {
            let (aws, customer) = party_parts(*party, relation);
            Parts::certain(aws, customer)
        }
        Holder::Undetermined(parties) => {
            let all: Vec<(bool, bool)> = parties.iter().map(|party| party_parts(*party, relation)).collect();
            Parts {
                aws: all.iter().all(|(aws, _)| *aws),
                customer: all.iter().all(|(_, customer)| *customer),
                aws_possible: all.iter().any(|(aws, _)| *aws),
                customer_possible: all.iter().any(|(_, customer)| *customer),
            }
        }
    }
}

/// Whether AWS, and whether the customer, has a part in a control at a layer with this party.
const fn party_parts(party: Party, relation: Option<Relation>) -> (bool, bool) {
    match relation {
        None => (false, party.has_customer()),
        Some(Relation::Covers) => (party.has_aws(), party.has_customer()),
        // The mechanism is AWS's wherever there is something for the customer to set.
        Some(Relation::Enables) => (true, party.has_customer()),
        // What AWS does for itself leaves the customer's need where it was.
        Some(Relation::Parallel) => (true, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_decide_who_has_a_part() {
        use Party::{Aws, Both, Customer};
        let table = [
            (Aws, Some(Relation::Covers), Origination::Inherited),
            (Both, Some(Relation::Covers), Origination::Shared),
            (Customer, Some(Relation::Covers), Origination::Customer),
            (Aws, Some(Relation::Enables), Origination::Inherited),
            (Customer, Some(Relation::Enables), Origination::Shared),
            (Aws, Some(Relation::Parallel), Origination::Shared),
            (Customer, None, Origination::Customer),
            (Aws, None, Origination::NotApplicable),
        ];
        for (party, relation, expected) in table {
            assert_eq!(
                holder_parts(&Holder::Party(party), relation).origination(),
                expected,
                "{party} {relation:?}"
            );
        }
    }

    #[test]
    fn an_undetermined_layer_widens_the_parties() {
        let open = Holder::Undetermined(vec![Party::Aws, Party::Customer]);
        let parts = holder_parts(&open, Some(Relation::Covers));
        assert_eq!(parts.origination(), Origination::Undetermined);
        assert_eq!(parts.parties(), [Party::Aws, Party::Customer]);
    }
}
