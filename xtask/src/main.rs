//! Chores of the repository: `cargo xtask <chore>`.

#![allow(clippy::print_stdout, reason = "chores talk to the one who runs them")]

mod bench;
mod ci;
mod generate;
mod knowledge;
mod properties;
mod provider;
mod run;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask <chore>

chores:
  ci           everything that a change has to pass, or the steps that are named
  bench        what onus costs beside checkov and cfn-guard; --no-peers measures onus alone, a word chooses inputs
  knowledge    validate knowledge/ (or the folder that is named) and run its examples
  properties   renew knowledge/cloudformation/properties.txt from the resource schemas that cfn-lint carries
  provider     fetch the schema of Terraform's provider, and renew knowledge/terraform/types.txt from it";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("ci") => ci::run(&arguments.collect::<Vec<_>>()),
        Some("bench") => bench::run(&arguments.collect::<Vec<_>>()),
        Some("knowledge") => {
            let folder =
                arguments.next().map_or_else(|| run::root().join("knowledge"), std::path::PathBuf::from);
            knowledge::validate(&folder)
        }
        Some("properties") => properties::renew(),
        Some("provider") => provider::renew(),
        _ => bail!("{USAGE}\n\nsteps of ci: {}", ci::names()),
    }
}
