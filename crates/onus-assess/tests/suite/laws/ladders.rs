//! From infrastructure to managed to abstracted, the customer never gets a layer back.

use crate::kit;

#[test]
fn count_more() {
    use onus_model::{Duty, Party, Layer};
    let k = kit::knowledge();
    let rank = |d: &Duty| match d.party() { None | Some(Party::Aws) => 0, Some(Party::Both) => 1, Some(Party::Customer) => 2 };
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge/layers.yaml")).unwrap();
    let _ = text;
    // defaults from any service that does not state them: take the most common party
    for category in onus_model::Category::ALL {
        for layer in Layer::ALL {
            let mut count = [0; 3];
            for s in k.services.iter().filter(|s| s.category == category) { count[rank(s.duty(layer))] += 1; }
            eprintln!("{category:?} {layer}: aws {} both {} customer {}", count[0], count[1], count[2]);
        }
    }
}
