//! Chores of the repository: `cargo xtask <chore>`.

#![allow(clippy::print_stdout, reason = "chores talk to the one who runs them")]

mod knowledge;
mod properties;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask <chore>

chores:
  knowledge    validate knowledge/ (or the folder that is named) and run its examples
  properties   renew knowledge/cloudformation/properties.txt from the resource schemas that cfn-lint carries";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("knowledge") => {
            let folder = arguments.next().map_or_else(|| properties::root().join("knowledge"), std::path::PathBuf::from);
            knowledge::validate(&folder)
        }
        Some("properties") => properties::renew(),
        _ => bail!("{USAGE}"),
    }
}
